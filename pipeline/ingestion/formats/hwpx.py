"""HWPX (OWPML, KS X 6101), the XML format of the Hangul word processor.

Tracked changes are read as accepted. Headers, footers, master pages and tables of contents are boilerplate;
footnotes follow the text. Hidden comments, memos, formulas and prompts of empty fields are left out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping

from pipeline.datatypes import Block, Metadata
from pipeline.ingestion.formats.archive import Archive
from pipeline.ingestion.formats.code_blocks import join_code
from pipeline.ingestion.formats.hangul import kind_of_style
from pipeline.ingestion.formats.html_signs import set_above, set_below
from pipeline.ingestion.formats.hwpx_body import Body
from pipeline.ingestion.formats.reading import Item, Reading, Unusable
from pipeline.ingestion.formats.xmltree import (
    MAX_NODES,
    Element,
    attribute,
    dublin_core,
    name_of,
    parse_xml,
)

_PACKAGE = "Contents/content.hpf"
_SECTION = re.compile(r"Contents/section(\d{1,6})\.xml", re.IGNORECASE)
_MASTER_PAGE = re.compile(r"Contents/masterpage\d+\.xml", re.IGNORECASE)
_LISTS = {"BULLET": "list-item", "NUMBER": "list-item", "OUTLINE": "heading"}


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the one article of a document; raises `Unusable`."""
    archive = Archive(data, reading.max_bytes)
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Unusable("is encrypted")
    package = _parsed(archive, _PACKAGE) if _PACKAGE in archive else None
    sections = _sections(archive, package)
    if not sections:
        raise Unusable("is a ZIP archive, but no HWPX document")
    body = Body(_kinds(archive), _marks(archive))
    found = [block for section in sections for block in body.blocks(_parsed(archive, section))]
    for note in body.notes:  # it grows where notes have notes
        found += body.blocks(note)
    for part in filter(_MASTER_PAGE.fullmatch, archive.names()):
        body.margins.append(_parsed(archive, part))
    texts = (block.text for margin in body.margins for block in body.blocks(margin))
    found += (Block("boilerplate", text) for text in dict.fromkeys(texts))
    yield Item(format="blocks", blocks=tuple(join_code(found)), metadata=_metadata(package))


def _parsed(archive: Archive, part: str) -> Element:
    return parse_xml(archive.read(part), max_nodes=MAX_NODES)[0]


def _sections(archive: Archive, package: Element | None) -> list[str]:
    """Return the names of the sections in the order of the package, or by number where it names none."""
    parts: dict[str, str] = {}
    spine: list[str] = []
    for element in package.iter() if package is not None else ():
        if name_of(element) == "item":
            parts[attribute(element, "id")] = posixpath.normpath(attribute(element, "href"))
        elif name_of(element) == "itemref":
            spine.append(parts.get(attribute(element, "idref"), ""))
    named = {name: int(found[1]) for name in archive.names() if (found := _SECTION.fullmatch(name))}
    listed = [name for name in dict.fromkeys(spine) if name in named]
    return listed + sorted(set(named) - set(listed), key=named.__getitem__)


def _kinds(archive: Archive) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the paragraph kinds of the styles and of the paragraph shapes, by id."""
    styles: dict[str, str] = {}
    shapes: dict[str, str] = {}
    if "Contents/header.xml" not in archive:
        return styles, shapes
    for element in _parsed(archive, "Contents/header.xml").iter():
        if name_of(element) == "style" and attribute(element, "type") != "CHAR":
            kind = kind_of_style(attribute(element, "name"), attribute(element, "engName"))
            styles[attribute(element, "id")] = kind
        elif name_of(element) == "heading":
            parent = element.getparent()
            while parent is not None and name_of(parent) != "paraPr":
                parent = parent.getparent()
            if parent is not None:
                shapes.setdefault(attribute(parent, "id"), _LISTS.get(attribute(element, "type"), ""))
    return styles, shapes


def _marks(archive: Archive) -> Mapping[str, Callable[[str], str]]:
    """Return what marks the text of the shapes of letters above and below the line, by id."""
    if "Contents/header.xml" not in archive:
        return {}
    return {
        attribute(shape, "id"): set_above if name_of(child) == "supscript" else set_below
        for shape in _parsed(archive, "Contents/header.xml").iter()
        if name_of(shape) == "charPr"
        for child in shape
        if name_of(child) in ("supscript", "subscript")
    }


def _metadata(package: Element | None) -> Metadata:
    """Return what the package says of the document: Dublin Core, and pairs of a name and a value."""
    if package is None:
        return Metadata()
    said = {
        attribute(element, "name"): " ".join((element.text or "").split())
        for element in package.iter()
        if name_of(element) == "meta"
    }
    found = dublin_core(package)
    return found._replace(author=said.get("creator", ""), date=said.get("CreatedDate", ""))
