"""The streams of an HWP 5 file, and the records in them as a tree."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

import olefile

from pipeline.ingestion.formats.archive import MAX_GROWTH, MAX_RATIO, SMALL
from pipeline.ingestion.formats.reading import Unusable

PARA_HEADER, PARA_TEXT, CTRL_HEADER, LIST_HEADER = 66, 67, 71, 72
SHAPE_COMPONENT, TABLE, MEMO_LIST = 76, 77, 93
PARA_SHAPE, STYLE = 25, 26

MAX_RECORDS = 1_000_000  # of the kinds that we keep; a page has about a hundred
_OF_TEXT = frozenset((PARA_HEADER, PARA_TEXT, CTRL_HEADER, LIST_HEADER, SHAPE_COMPONENT, TABLE, MEMO_LIST))
_OF_DOCUMENT = frozenset((PARA_SHAPE, STYLE))
_LONG = 0xFFF  # size of records whose true size follows
_CHUNK = 4096
_COMPRESSED = 0x1


class Record(NamedTuple):
    """A record, and those of a deeper level after it."""

    tag: int
    data: bytes
    children: list[Record]


class Stream(NamedTuple):
    """The records of a stream."""

    records: list[Record]
    is_damaged: bool  # whether its end could not be read


class Container:
    """The compound file around the streams."""

    def __init__(self, data: bytes, max_bytes: int) -> None:
        """Raise `Unusable` if it is damaged."""
        self._left = MAX_GROWTH * max_bytes
        try:
            self._file = olefile.OleFileIO(io.BytesIO(data))
            self._names = ["/".join(parts) for parts in self._file.listdir()]
        except Exception as error:  # the library raises whatever damage leads to
            raise Unusable("is damaged: it is no compound file, which such a file has to be") from error
        header = self.read("FileHeader")
        if not header.startswith(b"HWP Document File") or len(header) < 40:
            raise Unusable("is a compound file, but no HWP document")
        self.flags: int = struct.unpack_from("<I", header, 36)[0]

    def names(self) -> list[str]:
        """Return the names of all streams."""
        return self._names

    def read(self, name: str) -> bytes:
        """Return the bytes of a stream; raises `Unusable` if it is missing or damaged."""
        if name not in self._names:
            raise Unusable(f"is damaged: it lacks the part {name}")
        try:
            return bytes(self._file.openstream(name).read())
        except Exception as error:
            raise Unusable(f"is damaged: its part {name} cannot be read") from error

    def properties(self, name: str) -> dict[int, object]:
        """Return the properties in a stream of them, by number; none if they cannot be read."""
        try:
            return dict(self._file.getproperties(name, convert_time=True)) if name in self._names else {}
        except Exception:
            return {}

    def text_records(self, name: str) -> Stream:
        """Return the records of a section that have to do with its text; raises `Unusable`."""
        return self._records(name, _OF_TEXT)

    def document_records(self) -> Stream:
        """Return the records of the document's styles; raises `Unusable`."""
        return self._records("DocInfo", _OF_DOCUMENT)

    def _records(self, name: str, wanted: frozenset[int]) -> Stream:
        data, is_damaged = self._unpacked(name)
        roots: list[Record] = []
        open_: list[tuple[int, Record]] = []  # with their levels
        count = 0
        for tag, level, part in _parts(data):
            if tag < 0:
                return Stream(roots, True)
            if tag not in wanted:
                continue
            count += 1
            if count > MAX_RECORDS:
                raise Unusable(f"has a part of more than {MAX_RECORDS:,} records")
            record = Record(tag, part, [])
            while open_ and open_[-1][0] >= level:
                open_.pop()
            (open_[-1][1].children if open_ else roots).append(record)
            open_.append((level, record))
        return Stream(roots, is_damaged)

    def _unpacked(self, name: str) -> tuple[bytes, bool]:
        """Return the unpacked bytes of a stream up to its first damage, and whether there is one."""
        packed = self.read(name)
        if not self.flags & _COMPRESSED:
            return packed, False
        limit = min(self._left, max(SMALL, MAX_RATIO * len(packed)))
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        parts: list[bytes] = []
        size = 0
        for start in range(0, len(packed), _CHUNK):
            chunk, before = packed[start : start + _CHUNK], unpacker.copy()
            try:
                part = unpacker.decompress(chunk, limit + 1 - size)
            except zlib.error:
                return b"".join((*parts, *_up_to_damage(before, chunk))), True
            parts.append(part)
            size += len(part)
            if size > limit:
                raise Unusable(f"unpacks to far more than its size: its part {name} has over {limit:,} bytes")
            if unpacker.eof:
                break
        self._left -= size
        return b"".join(parts), not unpacker.eof


def _up_to_damage(unpacker: zlib._Decompress, chunk: bytes) -> Iterator[bytes]:
    """Yield what a damaged chunk unpacks to, byte by byte until the damage shows."""
    for place in range(len(chunk)):
        try:
            yield unpacker.decompress(chunk[place : place + 1], SMALL)
        except zlib.error:
            return


def _parts(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield the tag, the level and the bytes of each record; a tag of -1 where the stream breaks off."""
    place = 0
    while place + 4 <= len(data):
        (head,) = struct.unpack_from("<I", data, place)
        place += 4
        tag, level, size = head & 0x3FF, head >> 10 & 0x3FF, head >> 20
        if size == _LONG:
            if place + 4 > len(data):
                yield -1, 0, b""
                return
            (size,) = struct.unpack_from("<I", data, place)
            place += 4
        if place + size > len(data):
            yield -1, 0, b""
            return
        yield tag, level, data[place : place + size]
        place += size


def strings(data: bytes, count: int) -> list[str]:
    """Return strings that stand one after the other, each with its length before it."""
    found: list[str] = []
    place = 0
    for _ in range(count):
        length = struct.unpack_from("<H", data, place)[0] if place + 2 <= len(data) else 0
        found.append(data[place + 2 : place + 2 + 2 * length].decode("utf-16-le", "replace"))
        place += 2 + 2 * length
    return found
