"""Packs: files of key-value entries that were computed together.

A pack is written to a temporary file and renamed:

    8 bytes    magic number
    ...        the values, concatenated
    40 bytes   for each entry: key (16), offset (8), length (8), checksum of key and value (8)
    32 bytes   number of entries (8), checksum of their list (16), magic number (8)

A value of at most eight bytes is stored in the list itself, in place of its offset, so the many numeric
values are read at once. An incomplete pack or a value that does not match its checksum raises `Damaged`.
"""

from __future__ import annotations

import hashlib
import os
import re
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Self, TypeVar
from uuid import uuid4

from pipeline.store.plain_files import descriptor_of, opened

SUFFIX, TEMPORARY = ".pack", ".tmp"
"""Suffixes of packs and of temporary files."""

LEFT = re.compile(rf".{{1,200}}-[0-9a-f]{{32}}{re.escape(TEMPORARY)}")
"""The name of a temporary file."""

DIGEST = 16
"""Bytes of a digest."""

_MAGIC = b"SynoPk02"
_ENTRY = struct.Struct("<16sQQ8s")
_FOOTER = struct.Struct("<Q16s8s")

_INLINE_BYTES = 8
"""Largest value, in bytes, that is stored in the list of entries."""

_OPEN_PACKS = 160
"""Packs that a process keeps open for reading."""

Value = TypeVar("Value")

Entry = tuple[bytes, bytes | list[memoryview]]
"""Key and value; a large value may be in pieces of bytes."""

Data = bytes | memoryview


class Place(NamedTuple):
    """The location of an entry."""

    pack: str
    offset: int  # or the value itself if it has at most `_INLINE_BYTES` bytes
    length: int
    key: bytes
    check: bytes


class Damaged(Exception):
    """A pack is unusable; not an error of the run, which computes its entries again."""

    def __init__(self, pack: str, reason: str) -> None:
        super().__init__(pack, reason)
        self.pack, self.reason = pack, reason


def write_pack(folder: Path, kind: str, entries: Sequence[Entry]) -> list[Place]:
    """Write a pack atomically and return the places of its entries. Raises `OSError`.

    `kind` may end in a hyphen and the `code` by which `Cache` selects packs.
    """
    parts: list[Data] = [_MAGIC]
    index, offset = [], len(_MAGIC)
    for key, value in entries:
        pieces = value if isinstance(value, list) else [value]
        length = sum(map(len, pieces))
        if length <= _INLINE_BYTES:
            index.append((key, int.from_bytes(b"".join(pieces), "little"), length, _check(key, *pieces)))
            continue
        parts += pieces
        index.append((key, offset, length, _check(key, *pieces)))
        offset += length
    table = b"".join(_ENTRY.pack(*entry) for entry in index)
    parts += [table, _FOOTER.pack(len(index), checksum(table), _MAGIC)]
    name = f"{kind}-{checksum(table).hex()}{SUFFIX}"
    write_whole(folder, name, parts)
    return [Place(name, start, length, key, check) for key, start, length, check in index]


def write_whole(folder: Path, name: str, parts: Iterable[Data]) -> None:
    """Write a file atomically. Raises `OSError`."""
    temporary = folder / f"{name}-{uuid4().hex}{TEMPORARY}"  # process ids may clash between machines
    try:
        with temporary.open("xb") as stream:
            stream.writelines(parts)
        temporary.replace(folder / name)
    except BaseException:
        remove(temporary)
        raise


def read_entry(folder: Path, place: Place, parse: Callable[[Data], Value]) -> Value:
    """Return the value at a place, parsed from its bytes.

    Raises `Damaged` if the bytes do not match their checksum or `parse` raises `ValueError`.
    """
    if place.length <= _INLINE_BYTES:  # the list was verified when it was read
        return _parsed(place, place.offset.to_bytes(_INLINE_BYTES, "little")[: place.length], parse)
    return _parsed(place, _verified(place, _read(folder, place, place.length)), parse)


def read_entries(folder: Path, places: Iterable[Place], parse: Callable[[Data], Value]) -> Iterator[Value]:
    """Yield the values like `read_entry`, reading adjacent entries at once. Raises `Damaged`."""
    for run in _adjacent_runs(places):
        if len(run) == 1:
            yield read_entry(folder, run[0], parse)
            continue
        data = memoryview(_read(folder, run[0], sum(place.length for place in run)))
        for place in run:
            yield _parsed(place, _verified(place, data[: place.length]), parse)
            data = data[place.length :]


def _read(folder: Path, place: Place, length: int) -> bytes:
    try:
        return os.pread(_descriptor(f"{folder}{os.sep}{place.pack}"), length, place.offset)
    except OSError as error:
        raise Damaged(place.pack, error.strerror or "cannot be read") from error


def _verified(place: Place, data: Data) -> Data:
    if _check(place.key, data) != place.check:
        raise Damaged(place.pack, "does not match its checksum")
    return data


def _parsed(place: Place, data: Data, parse: Callable[[Data], Value]) -> Value:
    try:
        return parse(data)
    except ValueError as error:
        raise Damaged(place.pack, f"holds an invalid value ({error})") from error


def _adjacent_runs(places: Iterable[Place]) -> Iterator[list[Place]]:
    """Yield the places in order, grouped into runs that are contiguous in their pack."""
    run: list[Place] = []
    for place in places:
        if run and not _follows(place, run[-1]):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _follows(place: Place, other: Place) -> bool:
    in_pack = place.length > _INLINE_BYTES and other.length > _INLINE_BYTES
    return in_pack and place.offset == other.offset + other.length and place.pack == other.pack


class Index:
    """The places of a pack's entries."""

    def __init__(self, pack: str, table: bytes) -> None:
        """`table` is the list of entries at the end of the pack."""
        self.pack, self._table = pack, table

    @classmethod
    def of(cls, pack: str, places: Iterable[Place]) -> Self:
        """Return the index of entries of a pack."""
        return cls(pack, b"".join(_ENTRY.pack(p.key, p.offset, p.length, p.check) for p in places))

    def __len__(self) -> int:
        return len(self._table) // _ENTRY.size

    def keys(self) -> list[bytes]:
        """Return the key of every entry, in order."""
        table = self._table
        return [table[start : start + DIGEST] for start in range(0, len(table), _ENTRY.size)]

    def key(self, number: int) -> bytes:
        """Return the key of an entry, numbered from 0."""
        start = number * _ENTRY.size
        return self._table[start : start + DIGEST]

    def place(self, number: int) -> Place:
        """Return the place of an entry, numbered from 0."""
        key, offset, length, check = _ENTRY.unpack_from(self._table, number * _ENTRY.size)
        return Place(self.pack, offset, length, key, check)


def read_index(path: Path) -> Index:
    """Return the index of a pack; raises `Damaged`."""
    try:
        with opened(path) as stream:
            size = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, size - _FOOTER.size))
            footer = stream.read()
            if len(footer) != _FOOTER.size:
                raise Damaged(path.name, "is too short")
            count, check, magic = _FOOTER.unpack(footer)
            start = size - _FOOTER.size - count * _ENTRY.size
            if magic != _MAGIC or start < len(_MAGIC):
                raise Damaged(path.name, "is cut off or not a pack")
            stream.seek(start)
            table = stream.read(count * _ENTRY.size)
    except OSError as error:
        raise Damaged(path.name, error.strerror or "cannot be read") from error
    if checksum(table) != check:
        raise Damaged(path.name, "has a damaged list of entries")
    return Index(path.name, table)


@lru_cache(maxsize=1)
def _opened() -> dict[str, int]:
    return {}


def _descriptor(path: str) -> int:
    """Return a file descriptor for a pack; the last `_OPEN_PACKS` stay open."""
    opened = _opened()
    descriptor = opened.pop(path, None)
    if descriptor is None:
        descriptor = descriptor_of(Path(path))
        if len(opened) >= _OPEN_PACKS:
            os.close(opened.pop(next(iter(opened))))
    opened[path] = descriptor
    return descriptor


def remove(path: Path) -> None:
    """Remove a file, closing it if it is an open pack; failures are ignored."""
    descriptor = _opened().pop(str(path), None)
    if descriptor is not None:
        os.close(descriptor)
    with suppress(OSError):
        path.unlink()


def _check(key: bytes, *value: Data) -> bytes:
    digest = hashlib.blake2b(key=key, digest_size=8)
    for piece in value:
        digest.update(piece)
    return digest.digest()


def checksum(data: bytes) -> bytes:
    """Return a digest of the data, `DIGEST` bytes."""
    return hashlib.blake2b(data, digest_size=DIGEST).digest()
