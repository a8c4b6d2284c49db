"""Streaming reader for untrusted XML; entities and external references are refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from pipeline.errors import InputError
from pipeline.ingestion.formats.xmltree import HARDENED, Element, declares_entities

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read_elements(path: Path) -> Iterator[tuple[str, Element]]:
    """Yield ("start" or "end", element) in document order; raises `InputError` for bad or unsafe XML."""
    try:
        with path.open("rb") as stream:
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


def inner_text(element: Element, codes: frozenset[str]) -> str:
    """Return the text of an element without the content of inline markup, the elements named in `codes`.

    Raises `InputError` for an entity that only an external DTD could define.
    """
    parts = [element.text or ""]
    for child in element:
        if isinstance(child, etree._Entity):
            raise InputError(f"the file uses the undefined entity {child.text}")
        if local_name(child) == "cp":  # XLIFF 2: a character that XML cannot hold
            parts.append(_character(child.get("hex", "")))
        elif local_name(child) not in codes:
            parts.append(inner_text(child, codes))
        parts.append(child.tail or "")
    return "".join(parts)


def _character(digits: str) -> str:
    try:
        return chr(int(digits, 16))
    except (ValueError, OverflowError):
        return ""
