"""What was found out before, kept by content under `OUT/.synoptic/`.

An entry's key says everything that its value depends on: the text or the file's bytes, the model's hash, the
settings, and the code that made it. So there is nothing to invalidate: what has changed has another key. The
entries that were made together lie in one file, a pack, which is written beside its place and renamed:

    8 bytes    magic number
    ...        the values, one behind the other
    40 bytes   for each entry: key (16), offset (8), length (8), checksum of key and value (8)
    32 bytes   number of entries (8), checksum of their list (16), magic number (8)

A value of at most eight bytes stands in the list itself, where its offset would be: of numbers there are
many, and so they are read all at once.

A pack that is not whole, and a value that its checksum does not fit, are not used: `Damaged` says which pack
to leave out (`Cache.drop`), and what was in it is made again.

Besides there are notes, each of which has a name and is replaced from run to run: what only saves a look.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import struct
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar
from uuid import uuid4

FOLDER = ".synoptic"
"""The folder inside the output folder."""

SCRATCH = "scratch-"
"""Beginning of the names of folders for runs that keep nothing."""

_MAGIC = b"SynoPk02"
_ENTRY = struct.Struct("<16sQQ8s")
_FOOTER = struct.Struct("<Q16s8s")
_DIGEST = 16  # bytes
_SUFFIX, _NOTE, _TEMPORARY = ".pack", ".note", ".tmp"

_IN_LIST = 8
"""Bytes of a value that stands in the list of entries."""

_OPEN_PACKS = 64
"""Packs that a process keeps open for reading."""

_CHEAP = ("vectors",)
"""Kinds of packs that are large and quickly made again: the first to go where room is short."""

Value = TypeVar("Value")

Entry = tuple[bytes, bytes]
"""Key and value."""

Data = bytes | memoryview


class Place(NamedTuple):
    """Where an entry lies."""

    pack: str
    offset: int  # or, of a value of at most `_IN_LIST` bytes, these
    length: int
    key: bytes
    check: bytes


class Damaged(Exception):
    """A pack that cannot be used, with the reason; no error of a run, which makes its entries again."""

    def __init__(self, pack: str, reason: str) -> None:
        super().__init__(pack, reason)
        self.pack, self.reason = pack, reason


class Usage(NamedTuple):
    """What a cache holds."""

    folder: Path
    bytes: int
    packs: int
    entries: dict[str, int]  # by kind
    damaged: int  # packs that cannot be used


Part = str | bytes | int | float


def key_of(*parts: Part) -> bytes:
    """Return the key of what depends on these parts, 16 bytes; parts cannot run into each other."""
    return hashlib.blake2b(_joined(parts), digest_size=16).digest()


def keys_after(*parts: Part) -> Callable[..., bytes]:
    """Return `key_of` for what depends on these parts and on further ones."""
    begun = hashlib.blake2b(_joined(parts), digest_size=16)

    def key(*further: Part) -> bytes:
        digest = begun.copy()
        digest.update(_joined(further))
        return digest.digest()

    return key


def _joined(parts: Iterable[Part]) -> bytes:
    pieces: list[bytes] = []
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass")
        pieces += b"%d:" % len(data), data
    return b"".join(pieces)


def write_pack(folder: Path, kind: str, entries: Sequence[Entry]) -> list[Place]:
    """Write a pack, whole or not at all, and return where its entries lie. Raises `OSError`.

    `kind` may be followed by a hyphen and the `code` that `Cache` asks for.
    """
    parts, index, offset = [_MAGIC], [], len(_MAGIC)
    for key, value in entries:
        if len(value) <= _IN_LIST:
            index.append((key, int.from_bytes(value, "little"), len(value), _check(key, value)))
            continue
        parts.append(value)
        index.append((key, offset, len(value), _check(key, value)))
        offset += len(value)
    table = b"".join(_ENTRY.pack(*entry) for entry in index)
    parts += [table, _FOOTER.pack(len(index), _digest(table), _MAGIC)]
    name = f"{kind}-{_digest(table).hex()}{_SUFFIX}"
    _write_whole(folder, name, parts)
    return [Place(name, start, length, key, check) for key, start, length, check in index]


def _write_whole(folder: Path, name: str, parts: Iterable[bytes]) -> None:
    """Write a file, whole or not at all. Raises `OSError`."""
    temporary = folder / f"{name}-{uuid4().hex}{_TEMPORARY}"  # processes of two machines may have one number
    try:
        with temporary.open("xb") as stream:
            stream.writelines(parts)
        temporary.replace(folder / name)
    except BaseException:
        _remove(temporary)
        raise


def read_entry(folder: Path, place: Place, form: Callable[[Data], Value]) -> Value:
    """Return the value at a place as `form` makes it of its bytes.

    Raises `Damaged` if other bytes lie there, or if they mean nothing to `form`, which raises `ValueError`.
    """
    if place.length <= _IN_LIST:  # the list was checked when it was read
        return _formed(place, place.offset.to_bytes(_IN_LIST, "little")[: place.length], form)
    return _formed(place, _checked(place, _read(folder, place, place.length)), form)


def _read(folder: Path, place: Place, length: int) -> bytes:
    try:
        return os.pread(_descriptor(f"{folder}{os.sep}{place.pack}"), length, place.offset)
    except OSError as error:
        raise Damaged(place.pack, error.strerror or "cannot be read") from error


def _checked(place: Place, data: Data) -> Data:
    if _check(place.key, data) != place.check:
        raise Damaged(place.pack, "does not fit its checksum")
    return data


def _formed(place: Place, data: Data, form: Callable[[Data], Value]) -> Value:
    try:
        return form(data)
    except ValueError as error:
        raise Damaged(place.pack, f"holds something else ({error})") from error


class Cache:
    """The entries in a folder, each with its place."""

    def __init__(self, folder: Path, code: str = "") -> None:
        """Open the folder, which need not exist; packs that are not whole are left out, and remembered.

        Of packs that other `code` has made none is opened: no key would be found in them.
        """
        self.folder = folder
        self.damaged: list[Damaged] = []
        self.made: Counter[str] = Counter()  # entries that were not there, by kind
        self._places: dict[bytes, Place] = {}
        self._used: set[str] = set()
        for path in sorted(folder.glob(f"*-{code}-*{_SUFFIX}" if code else f"*{_SUFFIX}")):
            try:
                self._places |= {place.key: place for place in _read_index(path)}
            except Damaged as damaged:
                self.damaged.append(damaged)
                _remove(path)

    def find(self, key: bytes) -> Place | None:
        """Return where the entry of a key lies, if it is there."""
        place = self._places.get(key)
        if place is not None:
            self._used.add(place.pack)
        return place

    def read(self, key: bytes, form: Callable[[Data], Value]) -> Value:
        """Return the value of a key that is there, as `read_entry` does; raises `Damaged`."""
        return read_entry(self.folder, self._there(key), form)

    def read_all(self, keys: Iterable[bytes], form: Callable[[Data], Value]) -> Iterator[Value]:
        """Yield the values of keys that are there, as `read`; what lies side by side is read in one go."""
        for places in _side_by_side([self._there(key) for key in keys]):
            if len(places) == 1:
                yield read_entry(self.folder, places[0], form)
                continue
            data = memoryview(_read(self.folder, places[0], sum(place.length for place in places)))
            for place in places:
                yield _formed(place, _checked(place, data[: place.length]), form)
                data = data[place.length :]

    def _there(self, key: bytes) -> Place:
        place = self.find(key)
        assert place is not None, "a key that nobody has made"
        return place

    def add(self, places: Iterable[Place]) -> None:
        """Take note of entries that were written."""
        for place in places:
            self._places[place.key] = place
            self._used.add(place.pack)
            self.made[place.pack.split("-")[0]] += 1

    def note(self, name: str, form: Callable[[bytes], Value]) -> Value | None:
        """Return what was noted under a name as `form` makes it of its bytes, if it is there and whole."""
        path = self.folder / (name + _NOTE)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        try:
            if _digest(data[_DIGEST:]) != data[:_DIGEST]:
                raise ValueError("does not fit its checksum")
            return form(data[_DIGEST:])
        except ValueError as error:
            self.damaged.append(Damaged(path.name, str(error)))
            return None

    def set_note(self, name: str, data: bytes) -> None:
        """Note something under a name, in place of what was noted before; where that fails, nothing is."""
        with suppress(OSError):
            _write_whole(self.folder, name + _NOTE, [_digest(data), data])

    def drop(self, damaged: Damaged) -> None:
        """Leave out a pack and what is in it."""
        self.damaged.append(damaged)
        self._places = {key: place for key, place in self._places.items() if place.pack != damaged.pack}
        self._used.discard(damaged.pack)
        _remove(self.folder / damaged.pack)

    def trim(self, limit: int) -> None:
        """Remove packs until the folder holds at most `limit` bytes.

        Those that this run had no use for go first, the longest unused of them before the others.
        """
        now = time.time()
        for name in self._used:
            with suppress(OSError):
                os.utime(self.folder / name, (now, now))
        sizes = _sizes(self.folder)
        total = sum(size for size, _ in sizes.values())
        order = sorted(
            sizes, key=lambda p: (p.name in self._used, not p.name.startswith(_CHEAP), sizes[p][1], p.name)
        )
        for path in order:
            if total <= limit:
                break
            _remove(path)
            total -= sizes[path][0]


def _side_by_side(places: Iterable[Place]) -> Iterator[list[Place]]:
    """Yield the places in their order, those together that follow each other in their pack."""
    run: list[Place] = []
    for place in places:
        if run and not _follows(place, run[-1]):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _follows(place: Place, other: Place) -> bool:
    in_pack = place.length > _IN_LIST and other.length > _IN_LIST
    return in_pack and place.offset == other.offset + other.length and place.pack == other.pack


def remove_leavings(folder: Path) -> None:
    """Remove what killed runs have left half-written; only for a run that has the folder to itself."""
    for path in folder.glob(f"*{_TEMPORARY}"):
        _remove(path)
    for path in folder.glob(f"{SCRATCH}*"):
        shutil.rmtree(path, ignore_errors=True)


def usage(folder: Path) -> Usage:
    """Return what lies in the folder of a cache; no value is looked at."""
    entries: dict[str, int] = {}
    damaged = 0
    sizes = _sizes(folder)
    for path in sizes:
        try:
            kind = path.name.split("-")[0]
            entries[kind] = entries.get(kind, 0) + len(_read_index(path))
        except Damaged:
            damaged += 1
    total = sum(size for size, _ in sizes.values())
    return Usage(folder, total, len(sizes), dict(sorted(entries.items())), damaged)


def clear(folder: Path) -> int:
    """Remove all packs of a cache; return how many bytes that were."""
    sizes = _sizes(folder)
    for path in (*sizes, *folder.glob(f"*{_NOTE}")):
        _remove(path)
    remove_leavings(folder)
    return sum(size for size, _ in sizes.values())


def _read_index(path: Path) -> list[Place]:
    try:
        with path.open("rb") as stream:
            size = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, size - _FOOTER.size))
            footer = stream.read()
            if len(footer) != _FOOTER.size:
                raise Damaged(path.name, "is too short")
            count, check, magic = _FOOTER.unpack(footer)
            start = size - _FOOTER.size - count * _ENTRY.size
            if magic != _MAGIC or start < len(_MAGIC):
                raise Damaged(path.name, "is cut off or no pack")
            stream.seek(start)
            table = stream.read(count * _ENTRY.size)
    except OSError as error:
        raise Damaged(path.name, error.strerror or "cannot be read") from error
    if _digest(table) != check:
        raise Damaged(path.name, "has a damaged list of entries")
    name = path.name
    return [Place(name, offset, length, key, sum_) for key, offset, length, sum_ in _ENTRY.iter_unpack(table)]


@lru_cache(maxsize=1)
def _opened() -> dict[str, int]:
    return {}


def _descriptor(path: str) -> int:
    """Return an open file; the last `_OPEN_PACKS` stay open."""
    opened = _opened()
    descriptor = opened.pop(path, None)
    if descriptor is None:
        descriptor = os.open(path, os.O_RDONLY)
        if len(opened) >= _OPEN_PACKS:
            os.close(opened.pop(next(iter(opened))))
    opened[path] = descriptor
    return descriptor


def _remove(path: Path) -> None:
    descriptor = _opened().pop(str(path), None)
    if descriptor is not None:
        os.close(descriptor)
    with suppress(OSError):
        path.unlink()


def _sizes(folder: Path) -> dict[Path, tuple[int, float]]:
    """Return size and time of last use of every pack."""
    found = {}
    for path in sorted(folder.glob(f"*{_SUFFIX}")):
        with suppress(OSError):
            status = path.stat()
            found[path] = status.st_size, status.st_mtime
    return found


def _check(key: bytes, value: Data) -> bytes:
    return hashlib.blake2b(value, key=key, digest_size=8).digest()


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST).digest()
