"""WARC: the pages of a crawl, read one record after the other, so a file may be larger than the memory."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple, cast
from urllib.parse import urlsplit

from pipeline.datatypes import Metadata
from pipeline.ingestion.encodings import declared_encoding, decode
from pipeline.ingestion.formats.archive import MAX_RATIO
from pipeline.ingestion.formats.reading import Item, Reading, Unusable

MAX_LINE, MAX_LINES = 65_536, 1_000  # bytes of a line of headers, and lines of a record's headers
CHUNK = 1 << 16
_GZIP = b"\x1f\x8b"
_PAGES = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_NO_PAGES = ("/robots.txt", "/sitemap.xml")
_DAMAGE = (EOFError, OSError, zlib.error, ValueError)


class Record(NamedTuple):
    """A record of the archive: its headers and its content, cut off behind the limit of a file's size."""

    number: int
    headers: Mapping[str, str]
    content: bytes
    is_cut: bool


class Response(NamedTuple):
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the pages of an archive; raises `Unusable`."""
    return items_of_stream(io.BytesIO(data), reading)


def items_of_stream(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """Yield the pages of an archive as they are read, and at last what else it holds; raises `Unusable`."""
    seen: dict[bytes, int] = {}
    others: Counter[str] = Counter()
    number = 0
    try:
        for record in _records(_unpacked(stream), reading.max_bytes):
            number = record.number
            item = _item(record, seen, others)
            if item is not None:
                yield item
    except _DAMAGE as error:
        raise Unusable(f"is damaged after {number} records: {str(error)[:100]}") from error
    if not number:
        raise Unusable("is no WARC file, or holds no records")
    if others:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in others.most_common(8))
        more = ", ..." if len(others) > 8 else ""
        yield Item(address="others", reason=f"{others.total():,} records are no pages: {kinds}{more}")


def _unpacked(stream: BinaryIO) -> BinaryIO:
    buffered = io.BufferedReader(cast(io.RawIOBase, stream))
    if buffered.peek(2)[:2] != _GZIP:
        return cast(BinaryIO, buffered)
    return cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, gzip.GzipFile(fileobj=buffered))))


def _records(stream: BinaryIO, limit: int) -> Iterator[Record]:
    number = 0
    while True:
        line = stream.readline(MAX_LINE)
        if not line:
            return
        if not line.strip():
            continue
        if not line.startswith(b"WARC/"):
            raise ValueError("a record does not begin with WARC/")
        number += 1
        headers = _headers(stream)
        length = int(headers.get("content-length", ""))
        content = _read(stream, min(length, limit + MAX_LINE))
        _skip(stream, length - len(content))
        yield Record(number, headers, content, length > len(content))


def _headers(stream: BinaryIO) -> dict[str, str]:
    """Read lines of headers up to the blank line behind them."""
    found: dict[str, str] = {}
    for _ in range(MAX_LINES):
        line = stream.readline(MAX_LINE)
        if not line.strip():
            return found
        name, _, value = line.decode("utf-8", "replace").partition(":")
        found.setdefault(name.strip().lower(), value.strip())
    raise ValueError("a record has too many headers")


def _read(stream: BinaryIO, length: int) -> bytes:
    content = stream.read(length)
    if len(content) < length:
        raise EOFError("it ends within a record")
    return content


def _skip(stream: BinaryIO, length: int) -> None:
    while length > 0:
        length -= len(_read(stream, min(length, CHUNK)))


def _item(record: Record, seen: dict[bytes, int], others: Counter[str]) -> Item | None:
    """Return the page in a record, or why it is not read; None for what is no page, which is counted."""
    kind = record.headers.get("warc-type", "")
    if kind not in ("response", "resource", "revisit"):
        return None
    metadata = Metadata(
        url=record.headers.get("warc-target-uri", "").strip("<>"), date=record.headers.get("warc-date", "")
    )
    response = _response(record)
    media = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    address = str(record.number)
    if kind == "revisit":
        if media in (*_PAGES, ""):
            return Item(address=address, metadata=metadata, reason=_why_revisited(record))
        others[media] += 1
        return None
    if media not in _PAGES or response.status not in (0, 200) or _is_for_robots(metadata.url):
        others[media if response.status in (0, 200) else f"answers of status {response.status}"] += 1
        return None
    if record.is_cut:
        return Item(address=address, metadata=metadata, reason="is too large")
    digest = hashlib.blake2b(response.body, digest_size=16).digest()
    first = seen.setdefault(digest, record.number)
    if first != record.number:
        return Item(address=address, metadata=metadata, reason=f"is the same page as record {first}")
    return _page(response, metadata, address)


def _page(response: Response, metadata: Metadata, address: str) -> Item:
    said = _CHARSET.search(response.headers.get("content-type", ""))
    found = decode(response.body, said[1] if said else declared_encoding(response.body))
    if isinstance(found, str):
        return Item(address=address, metadata=metadata, reason=found)
    return Item(found.text, "html", metadata, found.encoding, address)


def _is_for_robots(url: str) -> bool:
    try:
        return urlsplit(url).path.lower().endswith(_NO_PAGES)
    except ValueError:
        return False


def _why_revisited(record: Record) -> str:
    url = record.headers.get("warc-refers-to-target-uri", "").strip("<>")
    date = record.headers.get("warc-refers-to-date", "")
    return f"is a page seen before{f' at {url}' if url else ''}{f' on {date}' if date else ''}"


def _response(record: Record) -> Response:
    """Return the answer in a record; a "resource" is the body alone."""
    if record.headers.get("warc-type") == "resource" or not record.content.startswith(b"HTTP/"):
        return Response(0, {"content-type": record.headers.get("content-type", "")}, record.content)
    stream = io.BytesIO(record.content)
    status = stream.readline(MAX_LINE).split()
    headers = _headers(stream)
    body = stream.read()
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    code = int(status[1]) if len(status) > 1 and status[1].isdigit() else 0
    return Response(code, headers, _decompressed(body, headers.get("content-encoding", "").lower()))


def _unchunked(body: bytes) -> bytes:
    """Join the chunks of a body; one that is stored joined, although its headers say otherwise, stays."""
    parts: list[bytes] = []
    place = 0
    while True:
        end = body.find(b"\n", place, place + 100)
        try:
            size = int(body[place:end].split(b";")[0].strip(), 16) if end >= 0 else -1
        except ValueError:
            size = -1
        if size < 0:
            return b"".join(parts) + body[place:]
        if size == 0:
            return b"".join(parts)
        parts.append(body[end + 1 : end + 1 + size])
        place = end + 1 + size
        place += 2 if body[place : place + 2] == b"\r\n" else 1


def _decompressed(body: bytes, encoding: str) -> bytes:
    """Undo the compression of a body, up to the ratio that text can have."""
    if encoding not in ("gzip", "x-gzip", "deflate") or not body:
        return body
    windows = (zlib.MAX_WBITS | 32,) if encoding != "deflate" else (zlib.MAX_WBITS, -zlib.MAX_WBITS)
    for window in windows:
        try:
            return zlib.decompressobj(window).decompress(body, MAX_RATIO * len(body) + CHUNK)
        except zlib.error:
            continue
    return body
