"""DOCX (Office Open XML, ISO/IEC 29500), as written by Word, LibreOffice Writer and Google Docs.

Tracked changes are read as accepted. Headers, footers and tables of contents are boilerplate; footnotes
follow the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.datatypes import Block, Metadata
from pipeline.ingestion.formats.archive import Archive
from pipeline.ingestion.formats.reading import Item, Reading, Unusable, paragraphs_of
from pipeline.ingestion.formats.xmltree import Element, attribute, dublin_core, name_of, parse_xml

MAX_STYLES = 20  # depth of style inheritance
_LEFT_OUT = frozenset(
    (
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "delInstrText",
        "rPr",
        "pPr",
        "sectPr",
        "tblPr",
        "tcPr",
        "trPr",
    )
)
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_HEADING = re.compile(r"heading ?(\d)|subtitle|chapter")
_CONTENTS = re.compile(r"toc ?\d|toc heading|contents ?\d|table of figures|index \d")

Styles = dict[str, str]


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the one article of a document; raises `Unusable`."""
    archive = Archive(data, reading.max_bytes)
    main = _main_part(archive)
    root, _ = parse_xml(archive.read(main))
    folder = main.rpartition("/")[0]
    styles = _kinds_of_styles(archive, f"{folder}/styles.xml")
    found = list(_blocks(root, styles))
    found += _notes(archive, folder, styles)
    found += _margins(archive, folder, styles)
    yield Item(format="blocks", blocks=tuple(found), metadata=_metadata(archive))


def _main_part(archive: Archive) -> str:
    if "_rels/.rels" in archive:
        for relation in parse_xml(archive.read("_rels/.rels"))[0]:
            if attribute(relation, "Type").endswith("/officeDocument"):
                return attribute(relation, "Target").lstrip("/")
    if "word/document.xml" in archive:
        return "word/document.xml"
    raise Unusable("is a ZIP archive, but no DOCX document")


def _metadata(archive: Archive) -> Metadata:
    if "docProps/core.xml" not in archive:
        return Metadata()
    return dublin_core(parse_xml(archive.read("docProps/core.xml"))[0])


def _kinds_of_styles(archive: Archive, part: str) -> Styles:
    """Return the paragraph kind of each style, "" for running text."""
    if part not in archive:
        return {}
    own: Styles = {}
    based_on: dict[str, str] = {}
    for style in parse_xml(archive.read(part))[0]:
        if name_of(style) == "style":
            id_ = attribute(style, "styleId")
            parts = {name_of(child): child for child in style}
            name = attribute(parts["name"], "val").lower() if "name" in parts else id_.lower()
            own[id_] = _kind_of_name(name) or _kind_of_properties(parts.get("pPr"))
            based_on[id_] = attribute(parts["basedOn"], "val") if "basedOn" in parts else ""
    return {id_: _inherited(id_, own, based_on) for id_ in own}


def _inherited(id_: str, own: Styles, based_on: dict[str, str]) -> str:
    for _ in range(MAX_STYLES):
        if not id_ or own.get(id_):
            break
        id_ = based_on.get(id_, "")
    return own.get(id_, "")


def _kind_of_name(name: str) -> str:
    if _CONTENTS.match(name):
        return "boilerplate"
    if name == "title":
        return "title"
    if _HEADING.match(name):
        return "heading"
    if "quote" in name or "quotation" in name or name == "block text":
        return "quote"
    if "caption" in name:
        return "caption"
    return "list-item" if name.startswith("list ") else ""


def _kind_of_properties(properties: Element | None) -> str:
    """Return the kind implied by an outline level or a list number; "" if there is neither."""
    for child in properties if properties is not None else ():
        if name_of(child) == "outlineLvl" and attribute(child, "val") < "9":
            return "heading"
        if name_of(child) == "numPr" and any(
            name_of(c) == "numId" and attribute(c, "val") != "0" for c in child
        ):
            return "list-item"
    return ""


def _blocks(element: Element, styles: Styles, inside: str = "") -> Iterator[Block]:
    """Yield the paragraphs below an element; in a table, all but headings are cells."""
    for child in element:
        name = name_of(child)
        if name == "p":
            boxes: list[Element] = []
            text = "".join(_texts(child, boxes))
            kind = _kind(child, styles, inside)
            yield from (Block(kind, part) for part in paragraphs_of(text))
            for box in boxes:
                yield from _blocks(box, styles, inside)
        elif name == "tbl":
            yield from _blocks(child, styles, "table-cell")
        elif name == "AlternateContent":
            yield from _blocks(_alternative(child), styles, inside)
        elif name not in _LEFT_OUT:
            yield from _blocks(child, styles, inside)


def _kind(paragraph: Element, styles: Styles, inside: str) -> str:
    properties = next((child for child in paragraph if name_of(child) == "pPr"), None)
    style = next((c for c in properties if name_of(c) == "pStyle"), None) if properties is not None else None
    kind = styles.get(attribute(style, "val"), "") if style is not None else ""
    if inside and kind in ("", "list-item"):
        return inside
    return kind or _kind_of_properties(properties) or "paragraph"


def _texts(element: Element, boxes: list[Element]) -> Iterator[str]:
    """Yield the text of a paragraph; its text boxes are appended to `boxes`."""
    for child in element:
        name = name_of(child)
        if name == "t":
            yield child.text or ""
        elif name in _CHARACTERS:
            yield _CHARACTERS[name]
        elif name == "txbxContent":
            boxes.append(child)
        elif name == "AlternateContent":
            yield from _texts(_alternative(child), boxes)
        elif name not in _LEFT_OUT:
            yield from _texts(child, boxes)


def _alternative(element: Element) -> Element:
    """Return the first of the alternative representations of the same content."""
    return element[0] if len(element) else element


def _notes(archive: Archive, folder: str, styles: Styles) -> Iterator[Block]:
    for part in (f"{folder}/footnotes.xml", f"{folder}/endnotes.xml"):
        if part in archive:
            for note in parse_xml(archive.read(part))[0]:
                if not attribute(note, "type"):  # the others are separators
                    yield from _blocks(note, styles)


def _margins(archive: Archive, folder: str, styles: Styles) -> list[Block]:
    """Return the distinct texts of headers and footers."""
    parts = [name for name in archive.names() if re.fullmatch(rf"{folder}/(?:header|footer)\d*\.xml", name)]
    texts = (block.text for name in parts for block in _blocks(parse_xml(archive.read(name))[0], styles))
    return [Block("boilerplate", text) for text in dict.fromkeys(texts)]
