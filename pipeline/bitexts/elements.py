"""XML that comes from anywhere: read element by element, with entities and outside references refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from pipeline.errors import InputError
from pipeline.ingestion.formats.xmltree import HARDENED, Element, declares_entities

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read_elements(path: Path) -> Iterator[tuple[str, Element]]:
    """`("start" or "end", element)` in the order of the file; raises `InputError` for XML that is unsound."""
    try:
        with path.open("rb") as stream:
            for event, element in etree.iterparse(stream, ("start", "end"), **HARDENED):
                if event == "start" and element.getparent() is None and declares_entities(element):
                    raise InputError(f"{path} is refused: it declares entities, which can do harm")
                yield event, element
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise InputError(f"{path} is no well-formed XML: {error}") from error


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element, name: str) -> list[Element]:
    """The children of that name, in any namespace."""
    return [child for child in element if local_name(child) == name]


def inner_text(element: Element, codes: frozenset[str]) -> str:
    """The text of an element; what stands inside the elements named `codes` is markup and left out.

    Raises `InputError` for an entity that only a DTD elsewhere could explain.
    """
    parts = [element.text or ""]
    for child in element:
        if isinstance(child, etree._Entity):
            raise InputError(f"the file uses the entity {child.text} and does not say what it is")
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
