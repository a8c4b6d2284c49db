"""PDF with a text layer, read with PDFium; paragraphs are reconstructed from the layout.

A PDF stores characters and positions, not paragraphs. The pieces of text that PDFium finds on a page
(`pdf_lines`), without those at its margins (`pdf_margins`), are put into reading order (`pdf_layout`) and
joined to paragraphs (`pdf_paragraphs`).
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium

from pipeline.datatypes import Block, Change, Metadata
from pipeline.ingestion.formats.html_signs import in_line
from pipeline.ingestion.formats.pdf_fonts import stand_in
from pipeline.ingestion.formats.pdf_layout import Layout, Line
from pipeline.ingestion.formats.pdf_lines import Piece, page_pieces
from pipeline.ingestion.formats.pdf_margins import Pages, set_aside
from pipeline.ingestion.formats.pdf_paragraphs import paragraphs
from pipeline.ingestion.formats.reading import Item, Reading, Unusable
from pipeline.ingestion.wrapping import Words, join_lines

SECONDS_PER_MB = 5.0  # CPU time limit; only a malicious file takes longer
MAX_PAGES = 10_000

_UNSET = frozenset(("untitled", "anonymous", "(anonymous)", "unspecified"))
"""What ReportLab, which many reports are made with, says of a file of which nobody said anything."""
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the one article of a document; raises `Unusable`."""
    pieces, metadata = _read(data)
    if not any(pieces):
        raise Unusable("has no text layer: its pages are pictures")
    pages = set_aside(pieces)
    lines = _lines(pages)
    words = Words("\n".join(line.text for line in lines))
    blocks: list[Block] = []
    changes: list[Change] = []
    for kind, texts in paragraphs(lines):
        joined = join_lines(list(map(in_line, texts)), words, reading.skip)
        blocks.append(Block(kind, joined.text))
        changes += (change._replace(paragraph=len(blocks)) for change in joined.changes)
    blocks += (Block("boilerplate", in_line(text)) for text in pages.aside)
    yield Item(format="blocks", blocks=tuple(blocks), changes=tuple(changes), metadata=metadata)


def _read(data: bytes) -> tuple[Sequence[Sequence[Piece]], Metadata]:
    """Return the pieces of text of all pages, and the file's metadata."""
    limit = time.process_time() + SECONDS_PER_MB * max(1.0, len(data) / 1e6)
    pages: list[Sequence[Piece]] = []
    stand_in()
    try:
        document = pdfium.PdfDocument(data)
        try:
            if len(document) > MAX_PAGES:
                raise Unusable(f"has {len(document):,} pages, the limit is {MAX_PAGES:,}")
            for number in range(len(document)):
                pages.append(page_pieces(document[number], number))
                if time.process_time() > limit:
                    raise Unusable("takes far too long to read for its size")
            return pages, _metadata(document)
        finally:
            document.close()
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Unusable("is encrypted" if locked else "is damaged: it is no readable PDF") from error


def _lines(pages: Pages) -> list[Line]:
    """Return the lines of all pages in reading order; what runs up or down a page follows its other text."""
    layout = Layout()
    lines: list[Line] = []
    for body, turned in zip(pages.body, pages.turned, strict=True):
        lines += layout.lines(body)
        for piece in turned:
            lines += layout.lines([piece])
    return lines


def _metadata(document: pdfium.PdfDocument) -> Metadata:
    found = document.get_metadata_dict(skip_empty=True)
    date = _DATE.match(found.get("CreationDate", ""))
    day = "-".join(filter(None, date.groups())) if date else ""
    title, author = (found.get(key, "") for key in ("Title", "Author"))
    if found.get("Producer", "").startswith("ReportLab"):
        title, author = ("" if text in _UNSET else text for text in (title, author))
    return Metadata(title=title, author=author, date=day)
