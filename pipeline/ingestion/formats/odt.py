"""ODT and flat ODT (OpenDocument, ISO/IEC 26300), as written by LibreOffice Writer.

Deleted and hidden text, comments and prompts of empty fields are left out. Headers, footers and indexes are
boilerplate; footnotes follow the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.datatypes import Block, Metadata
from pipeline.ingestion.formats.archive import Archive
from pipeline.ingestion.formats.code_blocks import join_code
from pipeline.ingestion.formats.odt_body import Body
from pipeline.ingestion.formats.odt_styles import Styles
from pipeline.ingestion.formats.reading import Item, Reading, Unusable
from pipeline.ingestion.formats.xmltree import (
    MAX_NODES,
    Element,
    attribute,
    dublin_core,
    name_of,
    parse_xml,
)

_MARGINS = frozenset(f"{edge}{pages}" for edge in ("header", "footer") for pages in ("", "-first", "-left"))


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the one article of a document; raises `Unusable`."""
    archive = Archive(data, reading.max_bytes)
    if "content.xml" not in archive:
        raise Unusable("is a ZIP archive, but no ODT document")
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Unusable("is encrypted")
    content, common, about = (
        parse_xml(archive.read(part), max_nodes=MAX_NODES)[0] if part in archive else None
        for part in ("content.xml", "styles.xml", "meta.xml")
    )
    assert content is not None
    yield document(content, common, dublin_core(about) if about is not None else Metadata())


def document(content: Element, common: Element | None, metadata: Metadata) -> Item:
    """Return the article of a document's content and common styles; raises `Unusable`."""
    text = next(
        (e for e in content.iter() if name_of(e) == "text" and name_of(e.getparent()) == "body"), None
    )
    if text is None:
        raise Unusable("is an OpenDocument file, but no text document")
    styles = Styles(content, *([common] if common is not None else ()))
    body = Body(styles)
    found = list(body.blocks(text))
    for note in body.notes:  # it grows where notes have notes
        found += body.blocks(note)
    found += _margins(common, styles)
    return Item(format="blocks", blocks=tuple(join_code(found)), metadata=metadata)


def _margins(common: Element | None, styles: Styles) -> list[Block]:
    """Return the distinct texts of headers and footers."""
    texts = [
        block.text
        for element in (common.iter() if common is not None else ())
        if name_of(element) in _MARGINS and attribute(element, "display") != "false"
        for block in Body(styles).blocks(element)
    ]
    return [Block("boilerplate", text) for text in dict.fromkeys(texts)]
