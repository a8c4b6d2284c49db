"""DOCX (Office Open XML, ISO/IEC 29500), as written by Word, LibreOffice Writer and Google Docs.

Tracked changes are read as accepted. Headers, footers and tables of contents are boilerplate; footnotes
follow the text. Hidden text, comments and prompts of empty form fields are left out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from pipeline.datatypes import Block, Metadata
from pipeline.ingestion.formats.archive import Archive
from pipeline.ingestion.formats.code_blocks import join_code
from pipeline.ingestion.formats.docx_body import Body
from pipeline.ingestion.formats.docx_styles import Styles
from pipeline.ingestion.formats.reading import Item, Reading, Unusable
from pipeline.ingestion.formats.xmltree import MAX_NODES, Element, attribute, dublin_core, parse_xml

_PARTS = re.compile(r"(styles|footnotes|endnotes|header|footer)\d*\.xml")


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the one article of a document; raises `Unusable`."""
    archive = Archive(data, reading.max_bytes)
    main = _main_part(archive)
    root = _parsed(archive, main)
    parts = _parts_of(archive, main)
    styles = Styles(_parsed(archive, parts["styles"][0]) if "styles" in parts else None)
    body = Body(styles)
    found = list(body.blocks(root))
    found += _notes(archive, parts, styles, body)
    found += _margins(archive, parts, styles)
    yield Item(format="blocks", blocks=tuple(join_code(found)), metadata=_metadata(archive))


def _parsed(archive: Archive, part: str) -> Element:
    return parse_xml(archive.read(part), max_nodes=MAX_NODES)[0]


def _main_part(archive: Archive) -> str:
    if "_rels/.rels" in archive:
        for relation in _parsed(archive, "_rels/.rels"):
            if attribute(relation, "Type").endswith("/officeDocument"):
                return attribute(relation, "Target").lstrip("/")
    if "word/document.xml" in archive:
        return "word/document.xml"
    raise Unusable("is a ZIP archive, but no DOCX document")


def _parts_of(archive: Archive, main: str) -> dict[str, list[str]]:
    """Return the names of the parts beside the main one by what they are, such as "footnotes".

    The relations of the main part tell; where they are missing, the usual names do.
    """
    folder, _, name = main.rpartition("/")
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, list[str]] = {}
    for relation in _parsed(archive, relations) if relations in archive else ():
        part = posixpath.normpath(posixpath.join("/", folder, attribute(relation, "Target"))).lstrip("/")
        if part in archive:
            found.setdefault(attribute(relation, "Type").rpartition("/")[2], []).append(part)
    for part in archive.names() if not found else ():
        known = _PARTS.fullmatch(posixpath.basename(part))
        if known and posixpath.dirname(part) == folder:
            found.setdefault(known[1], []).append(part)
    return found


def _metadata(archive: Archive) -> Metadata:
    if "docProps/core.xml" not in archive:
        return Metadata()
    return dublin_core(_parsed(archive, "docProps/core.xml"))


def _notes(archive: Archive, parts: Mapping[str, list[str]], styles: Styles, body: Body) -> Iterator[Block]:
    """Yield the footnotes, then the endnotes that the text refers to, in the order of the references."""
    for kind in ("footnote", "endnote"):
        for part in parts.get(f"{kind}s", ()):
            notes = {attribute(note, "id"): note for note in _parsed(archive, part)}
            for wanted, id_ in list(body.notes):
                if wanted == kind and id_ in notes and not attribute(notes[id_], "type"):  # no separator
                    yield from Body(styles).blocks(notes[id_])


def _margins(archive: Archive, parts: Mapping[str, list[str]], styles: Styles) -> list[Block]:
    """Return the distinct texts of headers and footers."""
    names = dict.fromkeys((*parts.get("header", ()), *parts.get("footer", ())))
    texts = (block.text for name in names for block in Body(styles).blocks(_parsed(archive, name)))
    return [Block("boilerplate", text) for text in dict.fromkeys(texts)]
