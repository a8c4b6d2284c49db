"""EPUB 2 and 3: a book's chapters in reading order, as one article; its contents are boilerplate."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import partial
from urllib.parse import unquote

from pipeline.datatypes import Block
from pipeline.ingestion.formats.archive import Archive
from pipeline.ingestion.formats.html import as_boilerplate, chapter
from pipeline.ingestion.formats.html_sheets import with_sheets
from pipeline.ingestion.formats.reading import Item, Reading, Unusable, too_fine
from pipeline.ingestion.formats.xmltree import Element, attribute, decode_xml, dublin_core, name_of, parse_xml

_CONTAINER = "META-INF/container.xml"
_CONTENTS = ("toc", "loi", "lot", "index")
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the one article of a book; raises `Unusable`."""
    archive = Archive(data, reading.max_bytes)
    if _CONTAINER not in archive:
        raise Unusable("is a ZIP archive, but no EPUB book")
    package = _package(archive)
    root, _ = parse_xml(archive.read(package), lenient=True)
    folder = posixpath.dirname(package)
    chapters, contents = _chapters(root, folder), _contents(root, folder)
    encrypted = _encrypted(archive)
    if any(name in encrypted for name in chapters):
        raise Unusable("is encrypted")
    found: list[Block] = []
    for name in chapters:
        text = decode_xml(archive.read(name)).text
        if reason := too_fine(text.count("<"), len(text), "tags"):
            raise Unusable(reason)
        blocks = chapter(with_sheets(text, partial(_sheet, archive, name)))
        found += as_boilerplate(blocks) if name in contents else blocks
    metadata = next((dublin_core(e) for e in root if name_of(e) == "metadata"), dublin_core(root))
    yield Item(format="blocks", blocks=tuple(_one_title(found)), metadata=metadata)


def _sheet(archive: Archive, page: str, address: str) -> str:
    """Return the style sheet that a page names; "" if the book does not have it."""
    name = _name(posixpath.dirname(page), address.partition("?")[0])
    return archive.read(name).decode("utf-8", "replace") if name in archive else ""


def _package(archive: Archive) -> str:
    for element in parse_xml(archive.read(_CONTAINER))[0].iter():
        if name_of(element) == "rootfile":
            return attribute(element, "full-path")
    raise Unusable("is damaged: its container names no book")


def _chapters(root: Element, folder: str) -> list[str]:
    """Return the names of the chapters, without the book's navigation, which may be in the spine too."""
    pages = {
        attribute(item, "id"): _name(folder, attribute(item, "href"))
        for item in root.iter()
        if name_of(item) == "item"
        and attribute(item, "media-type") in _PAGES
        and "nav" not in attribute(item, "properties").split()
    }
    places = (attribute(reference, "idref") for reference in root.iter() if name_of(reference) == "itemref")
    return list(dict.fromkeys(pages[place] for place in places if place in pages))


def _contents(root: Element, folder: str) -> set[str]:
    """Return the names of the pages that the guide of EPUB 2 calls tables of contents and the like."""
    return {
        _name(folder, attribute(reference, "href"))
        for reference in root.iter()
        if name_of(reference) == "reference"
        and attribute(reference, "type") in _CONTENTS
        and "#" not in attribute(reference, "href")
    }


def _name(folder: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(address)))


def _encrypted(archive: Archive) -> set[str]:
    if "META-INF/encryption.xml" not in archive:
        return set()
    root, _ = parse_xml(archive.read("META-INF/encryption.xml"))
    return {unquote(attribute(e, "URI")) for e in root.iter() if name_of(e) == "CipherReference"}


def _one_title(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks, with every title after the first turned into a heading."""
    seen = False
    for block in blocks:
        yield block._replace(kind="heading") if seen and block.kind == "title" else block
        seen = seen or block.kind == "title"
