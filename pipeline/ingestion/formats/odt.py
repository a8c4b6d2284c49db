"""ODT (OpenDocument, ISO/IEC 26300), as written by LibreOffice Writer.

Deleted text and comments are skipped. Headers, footers and indexes are boilerplate; footnotes follow the
text.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.datatypes import Block, Metadata
from pipeline.ingestion.formats.archive import Archive
from pipeline.ingestion.formats.reading import Item, Reading, Unusable, paragraphs_of
from pipeline.ingestion.formats.xmltree import Element, attribute, dublin_core, name_of, parse_xml

MAX_SPACES = 1_000  # limit of the repeat count of a space element
MAX_STYLES = 20  # depth of style inheritance
_LEFT_OUT = frozenset(
    (
        *("tracked-changes", "annotation", "annotation-end", "note-citation", "ruby-text", "forms"),
        *("sequence-decls", "variable-decls", "user-field-decls", "soft-page-break"),
        *("bookmark-start", "bookmark-end", "desc"),
    )
)
_INDEXES = frozenset(
    (
        "table-of-content",
        "illustration-index",
        "table-index",
        "alphabetical-index",
        "user-index",
        "bibliography",
    )
)
_KINDS = (
    ("Subtitle", "heading"),
    ("Title", "title"),
    ("Heading", "heading"),
    ("Quotations", "quote"),
    ("Block", "quote"),
    ("Caption", "caption"),
    ("Illustration", "caption"),
    ("Figure", "caption"),
    ("Contents", "boilerplate"),
)
"""Prefixes of LibreOffice's built-in style names, the same in all interface languages."""

Parents = dict[str, str]


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the one article of a document; raises `Unusable`."""
    archive = Archive(data, reading.max_bytes)
    if "content.xml" not in archive:
        raise Unusable("is a ZIP archive, but no ODT document")
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Unusable("is encrypted")
    root, _ = parse_xml(archive.read("content.xml"))
    common = parse_xml(archive.read("styles.xml"))[0] if "styles.xml" in archive else None
    parents = _parents(root) | (_parents(common) if common is not None else {})
    body = next((e for e in root.iter() if name_of(e) == "text" and name_of(e.getparent()) == "body"), None)
    if body is None:
        raise Unusable("is an OpenDocument file, but no text document")
    notes: list[Element] = []
    found = list(_blocks(body, parents, notes))
    for note in notes:
        found += _blocks(note, parents, [])
    found += _margins(common, parents)
    yield Item(format="blocks", blocks=tuple(found), metadata=_metadata(archive))


def _metadata(archive: Archive) -> Metadata:
    return dublin_core(parse_xml(archive.read("meta.xml"))[0]) if "meta.xml" in archive else Metadata()


def _parents(root: Element) -> Parents:
    """Return the parent of each style."""
    return {
        attribute(style, "name"): attribute(style, "parent-style-name")
        for style in root.iter()
        if name_of(style) == "style"
    }


def _blocks(
    element: Element, parents: Parents, notes: list[Element], inside: str = "paragraph"
) -> Iterator[Block]:
    """Yield the paragraphs below an element; their footnotes are appended to `notes`."""
    for child in element:
        name = name_of(child)
        if name in ("p", "h"):
            boxes: list[Element] = []
            text = "".join(_texts(child, boxes, notes))
            kind = _kind(child, parents, inside)
            yield from (Block(kind, part) for part in paragraphs_of(text))
            for box in boxes:
                yield from _blocks(box, parents, notes, inside)
        elif name not in _LEFT_OUT:
            yield from _blocks(child, parents, notes, _kind_inside(name, inside))


def _kind_inside(name: str, outside: str) -> str:
    if name in _INDEXES:
        return "boilerplate"
    if name == "table-cell":
        return "table-cell"
    return "list-item" if name == "list-item" and outside == "paragraph" else outside


def _kind(paragraph: Element, parents: Parents, inside: str) -> str:
    if inside != "paragraph" and name_of(paragraph) == "p":
        return inside
    style = attribute(paragraph, "style-name")
    for _ in range(MAX_STYLES):
        for begin, kind in _KINDS:
            if style.startswith(begin):
                return kind
        style = parents.get(style, "")
    return "heading" if name_of(paragraph) == "h" else "paragraph"


def _texts(element: Element, boxes: list[Element], notes: list[Element]) -> Iterator[str]:
    """Yield the text of a paragraph; its text boxes go to `boxes`, its footnotes to `notes`."""
    yield element.text or ""
    for child in element:
        name = name_of(child)
        if name == "s":
            count = attribute(child, "c")
            yield " " * min(int(count) if count.isascii() and count.isdigit() else 1, MAX_SPACES)
        elif name in ("tab", "line-break"):
            yield "\t" if name == "tab" else "\n"
        elif name == "note-body":
            notes.append(child)
        elif name in ("text-box", "table"):
            boxes.append(child)
        elif name not in _LEFT_OUT:
            yield from _texts(child, boxes, notes)
        yield child.tail or ""


def _margins(common: Element | None, parents: Parents) -> list[Block]:
    """Return the distinct texts of headers and footers."""
    texts = [
        block.text
        for element in (common.iter() if common is not None else ())
        if name_of(element)
        in ("header", "footer", "header-first", "footer-first", "header-left", "footer-left")
        for block in _blocks(element, parents, [])
    ]
    return [Block("boilerplate", text) for text in dict.fromkeys(texts)]
