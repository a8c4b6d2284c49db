"""What was found out before, kept by content under `OUT/.synoptic/`.

An entry's key says everything that its value depends on: the text or the file's bytes, the model's hash, the
settings, and the code that made it. So there is nothing to invalidate: what has changed has another key.
Entries lie in packs (`pipeline.store.packs`). Where one is damaged it is left out (`Cache.drop`), and what
was in it is made again.

Besides there are notes, each of which has a name and is replaced from run to run: what only saves a look.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pipeline.store.packs import (
    DIGEST,
    SUFFIX,
    TEMPORARY,
    Damaged,
    Data,
    Index,
    Place,
    Value,
    checksum,
    read_entries,
    read_entry,
    read_index,
    remove,
    write_whole,
)

FOLDER = ".synoptic"
"""The folder inside the output folder."""

SCRATCH = "scratch-"
"""Beginning of the names of folders for runs that keep nothing."""

_NOTE = ".note"

_BITS = 32
_LOWEST = (1 << _BITS) - 1
"""Of the number of an entry the lowest bits are its own in its pack, the others that of the pack."""

_CHEAP = ("vectors",)
"""Kinds of packs that are large and quickly made again: the first to go where room is short."""


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


class Cache:
    """The entries in a folder, each with its place."""

    def __init__(self, folder: Path, code: str = "") -> None:
        """Open the folder, which need not exist; packs that are not whole are left out, and remembered.

        Of packs that other `code` has made none is opened: no key would be found in them.
        """
        self.folder = folder
        self.damaged: list[Damaged] = []
        self.made: Counter[str] = Counter()  # entries that were not there, by kind
        self._added: dict[bytes, Place] = {}  # entries of this run
        self._indexes: list[Index] = []
        self._numbers: dict[bytes, int] = {}  # of each other entry: that of its index, and its own there
        self._used: set[str] = set()
        for path in sorted(folder.glob(f"*-{code}-*{SUFFIX}" if code else f"*{SUFFIX}")):
            try:
                index = read_index(path)
            except Damaged as damaged:
                self.damaged.append(damaged)
                remove(path)
                continue
            first = len(self._indexes) << _BITS
            self._indexes.append(index)
            self._numbers.update(zip(index.keys(), range(first, first + len(index)), strict=True))

    def __contains__(self, key: bytes) -> bool:
        """Tell whether the entry of a key is there."""
        return key in self._numbers or key in self._added

    def find(self, key: bytes) -> Place | None:
        """Return where the entry of a key lies, if it is there."""
        number = self._numbers.get(key)
        if number is not None:
            place = self._indexes[number >> _BITS].place(number & _LOWEST)
        elif (added := self._added.get(key)) is not None:
            place = added
        else:
            return None
        self._used.add(place.pack)
        return place

    def read(self, key: bytes, form: Callable[[Data], Value]) -> Value:
        """Return the value of a key that is there, as `read_entry` does; raises `Damaged`."""
        return read_entry(self.folder, self._there(key), form)

    def read_all(self, keys: Iterable[bytes], form: Callable[[Data], Value]) -> Iterator[Value]:
        """Yield the values of keys that are there, as `read_entries` does; raises `Damaged`."""
        return read_entries(self.folder, [self._there(key) for key in keys], form)

    def _there(self, key: bytes) -> Place:
        place = self.find(key)
        assert place is not None, "a key that nobody has made"
        return place

    def add(self, places: Iterable[Place]) -> None:
        """Take note of entries that were written."""
        for place in places:
            self._added[place.key] = place
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
            if checksum(data[DIGEST:]) != data[:DIGEST]:
                raise ValueError("does not fit its checksum")
            return form(data[DIGEST:])
        except ValueError as error:
            self.damaged.append(Damaged(path.name, str(error)))
            remove(path)
            return None

    def set_note(self, name: str, data: bytes) -> None:
        """Note something under a name, in place of what was noted before; where that fails, nothing is."""
        with suppress(OSError):
            write_whole(self.folder, name + _NOTE, [checksum(data), data])

    def drop(self, damaged: Damaged) -> None:
        """Leave out a pack and what is in it."""
        self.damaged.append(damaged)
        packs = {number for number, index in enumerate(self._indexes) if index.pack == damaged.pack}
        self._numbers = {key: number for key, number in self._numbers.items() if number >> _BITS not in packs}
        self._added = {key: place for key, place in self._added.items() if place.pack != damaged.pack}
        self._used.discard(damaged.pack)
        remove(self.folder / damaged.pack)

    def trim(self, limit: int) -> None:
        """Remove packs until the folder holds at most `limit` bytes.

        Those that this run had no use for go first, the longest unused of them before the others. Notes go
        last: they are small.
        """
        now = time.time()
        for name in self._used:
            with suppress(OSError):
                os.utime(self.folder / name, (now, now))
        sizes = _sizes(self.folder) | _sizes(self.folder, _NOTE)
        total = sum(size for size, _ in sizes.values())

        def turn(path: Path) -> tuple[bool, bool, bool, float, str]:
            cheap = path.name.startswith(_CHEAP)
            return path.suffix == _NOTE, path.name in self._used, not cheap, sizes[path][1], path.name

        order = sorted(sizes, key=turn)
        for path in order:
            if total <= limit:
                break
            remove(path)
            total -= sizes[path][0]


def remove_leavings(folder: Path) -> None:
    """Remove what killed runs have left half-written; only for a run that has the folder to itself."""
    for path in folder.glob(f"*{TEMPORARY}"):
        remove(path)
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
            entries[kind] = entries.get(kind, 0) + len(read_index(path))
        except Damaged:
            damaged += 1
    total = sum(size for size, _ in (sizes | _sizes(folder, _NOTE)).values())
    return Usage(folder, total, len(sizes), dict(sorted(entries.items())), damaged)


def clear(folder: Path) -> int:
    """Remove all packs of a cache; return how many bytes that were."""
    sizes = _sizes(folder)
    for path in (*sizes, *folder.glob(f"*{_NOTE}")):
        remove(path)
    remove_leavings(folder)
    return sum(size for size, _ in sizes.values())


def _sizes(folder: Path, suffix: str = SUFFIX) -> dict[Path, tuple[int, float]]:
    """Return size and time of last use of every pack, or of what else has this suffix."""
    found = {}
    for path in sorted(folder.glob(f"*{suffix}")):
        with suppress(OSError):
            status = path.stat()
            found[path] = status.st_size, status.st_mtime
    return found
