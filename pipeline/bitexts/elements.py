"""Streaming reader for untrusted XML; entities and external references are refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from pipeline.errors import InputError
from pipeline.ingestion.formats.xmltree import HARDENED, Element, declares_entities
from pipeline.store.plain_files import opened

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read_elements(path: Path) -> Iterator[tuple[str, Element]]:
    """Yield ("start" or "end", element) in document order; raises `InputError` for bad or unsafe XML."""
    try:
        with opened(path, follow=True) as stream:
            for event, element in etree.iterparse(stream, ("start", "end"), **HARDENED):
                if event == "start" and element.getparent() is None and declares_entities(element):
                    raise InputError(f"{path} is refused because it declares entities, which can be unsafe")
                yield event, element
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise InputError(f"{path} is not well-formed XML: {error}") from error


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element, name: str) -> list[Element]:
    """Return the children with a local name, in any namespace."""
    return [child for child in element if local_name(child) == name]
