"""Parses XML safely: no external access and no entity expansion."""

from __future__ import annotations

import re
from typing import Any, BinaryIO

from lxml import etree

from pipeline.datatypes import Metadata
from pipeline.ingestion.encodings import Decoded, codec_declared, decode
from pipeline.ingestion.formats.reading import Unusable, too_fine
from pipeline.ingestion.formats.xmlrepair import FORBIDDEN, balanced, repaired
from pipeline.ingestion.guesses import MULTIBYTE, RARE, SINGLE_BYTE
from pipeline.ingestion.streams import encoding_of

MAX_NODES = 1_500_000
"""Limit of elements and attributes of a document in an archive, where few bytes unpack to millions of them.

A page of a novel has about a hundred of them, a page of a form about two thousand. Each takes some 200 bytes.
"""
_DECLARATION = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})[\"']")
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_DOCTYPE_START = re.compile("<!DOCTYPE", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[[^\]]*\][^>]*)?>", re.IGNORECASE)

Element = etree._Element

HARDENED: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""Options of all XML parsers. Without `huge_tree`, libxml2 limits depth and the size of names and texts."""


def parse_xml(data: bytes, lenient: bool = False, max_nodes: int = 0) -> tuple[Element, str]:
    """Return the root of an XML document and its encoding.

    `lenient` accepts common errors in feeds: forbidden characters, bare `&` and `<`, HTML entities, unclosed
    elements, prefixes without a namespace. Raises `Unusable` if the data is not XML, declares entities or has
    more than `max_nodes` tags and attributes.
    """
    found = decode_xml(data)
    return parse_xml_text(found.text, lenient, max_nodes), found.encoding


def parse_xml_text(text: str, lenient: bool = False, max_nodes: int = 0) -> Element:
    """Return the root of an XML document as `parse_xml` does."""
    nodes = sum(map(text.count, ("<", '="', "='")))
    if max_nodes and nodes > max_nodes:
        raise Unusable(f"has a part of more than {max_nodes:,} elements and attributes")
    if reason := too_fine(nodes, len(text), "elements and attributes"):
        raise Unusable(reason)
    text = _XML_DECLARATION.sub("", text)
    if "<!entity" in text.lower() and _has_subset(text):
        raise Unusable("declares entities of its own, which can blow it up")
    return _parsed(_without_doctype(text), lenient)


def parse_fragment(text: str) -> Element:
    """Return the root of a part of a feed, with common errors accepted; raises `Unusable`."""
    return _parsed(text, lenient=True)


def _parsed(text: str, lenient: bool) -> Element:
    if lenient:
        text = repaired(FORBIDDEN.sub("", text))
    try:
        root = _root(text, recover=False)
    except (etree.XMLSyntaxError, ValueError) as error:
        root = _recovered(text) if lenient else _escaped(text, error)
    if root is None:
        raise Unusable("is damaged XML")
    return root


def _has_subset(text: str) -> bool:
    """Return whether a document type has declarations of its own, in square brackets."""
    bracket = end = 0
    for start in _DOCTYPE_START.finditer(text):
        if bracket < start.end() and (bracket := text.find("[", start.end())) < 0:
            return False
        if 0 <= end < start.end():
            end = text.find(">", start.end())
        if bracket < end or end < 0:
            return True
    return False


def _without_doctype(text: str) -> str:
    start = _DOCTYPE_START.search(text)
    found = _DOCTYPE.match(text, start.start()) if start else None
    return text[: found.start()] + text[found.end() :] if found else text


def _root(text: str, recover: bool) -> Element | None:
    return etree.fromstring(text.encode("utf-8", "replace"), etree.XMLParser(recover=recover, **HARDENED))


def _escaped(text: str, error: Exception) -> Element | None:
    """Return the root of a document that is XML but for signs that need escaping."""
    try:
        return _root(repaired(FORBIDDEN.sub("", text)), recover=False)
    except (etree.XMLSyntaxError, ValueError):
        raise Unusable(f"is damaged XML: {str(error).splitlines()[0][:120]}") from error


def _recovered(text: str) -> Element | None:
    """Return the root of a document whose elements do not fit into one another, or that has other faults."""
    try:
        return _root(balanced(text), recover=True)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unusable(f"is damaged XML: {str(error).splitlines()[0][:120]}") from error


def declares_entities(root: Element) -> bool:
    """Return whether a document declares entities, including parameter entities."""
    subset: Any = root.getroottree().docinfo.internalDTD
    return subset is not None and any(True for _ in subset.iterentities())


def decode_xml(data: bytes) -> Decoded:
    """Return the text of an XML document; raises `Unusable`."""
    declared = _DECLARATION.match(data[:1000])
    found = decode(data, declared[1].decode("ascii") if declared else None)
    if isinstance(found, str):
        raise Unusable(found)
    return found


def xml_encoding_of(stream: BinaryIO) -> str:
    """Return the encoding of a document that can be rewound; raises `Unusable`."""
    start = stream.tell()
    declared = _DECLARATION.match(stream.read(1000))
    stream.seek(start)
    encoding, reason = encoding_of(stream)
    if reason:
        raise Unusable(reason)
    if declared and encoding in SINGLE_BYTE + MULTIBYTE + RARE:  # guessed
        return codec_declared(declared[1].decode("ascii")) or encoding
    return encoding


def name_of(element: Element | None) -> str:
    """Return an element's name without its namespace or prefix; "" for None and non-elements.

    If a prefix is not declared, lxml leaves it in the name.
    """
    tag = element.tag if element is not None else None
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def prefix_of(element: Element) -> str:
    """Return the prefix of an element's name, declared or not."""
    return element.prefix or str(element.tag).rpartition("}")[2].rpartition(":")[0]


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its local name; "" if it is missing."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2].rpartition(":")[2] == name:
            return str(value)
    return ""


def dublin_core(root: Element) -> Metadata:
    """Return the metadata in a document's Dublin Core elements."""
    found: dict[str, str] = {}
    for element in root.iter():
        text = " ".join((element.text or "").split())
        if text:
            found.setdefault(name_of(element), text)
    date = found.get("created") or found.get("creation-date") or found.get("date") or ""
    author = found.get("creator") or found.get("initial-creator") or ""
    return Metadata(found.get("title", ""), author, date, language=found.get("language", ""))
