"""MHTML: a page that a browser saved in one file, with its address and the time."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from html import unescape
from urllib.parse import urljoin

from pipeline.datatypes import Metadata
from pipeline.ingestion.formats.html_sheets import with_sheets
from pipeline.ingestion.formats.mime import HTML, header, parse_message, text
from pipeline.ingestion.formats.reading import Item, Reading, Unusable


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the page; raises `Unusable` if the file holds none."""
    message = parse_message(data)
    pages = [part for part in message.walk() if part.get_content_type() in HTML]
    if not pages:
        raise Unusable("holds no page")
    page = _main(message, pages)
    found = text(page)
    if "<frameset" in found.text.lower() and len(pages) > 1:  # such a page is nothing but its frames
        found = max((text(part) for part in pages if part is not page), key=lambda other: len(other.text))
    url = header(message, "Snapshot-Content-Location") or header(page, "Content-Location")
    metadata = Metadata(date=header(message, "Date"), url="" if url.startswith("cid:") else url)
    yield Item(_with_sheets(message, page, found.text), "html", metadata, found.encoding)


def _with_sheets(message: Message, page: Message, source: str) -> str:
    """Return the page with the style sheets that were saved with it."""
    sheets = {
        place: part
        for part in message.walk()
        if part.get_content_type() == "text/css"
        for place in (header(part, "Content-Location"), f"cid:{header(part, 'Content-ID').strip('<>')}")
    }
    base = header(page, "Content-Location")

    def sheet_at(address: str) -> str:
        part = sheets.get(unescape(address)) or sheets.get(urljoin(base, unescape(address)))
        try:
            return text(part).text if part is not None else ""
        except Unusable:  # the page is readable without it
            return ""

    return with_sheets(source, sheet_at)


def _main(message: Message, pages: list[Message]) -> Message:
    """Return the page that the file opens with: the one named as its start, or the first."""
    start = message.get_param("start")
    if isinstance(start, str):
        return next((part for part in pages if header(part, "Content-ID") == start), pages[0])
    return pages[0]
