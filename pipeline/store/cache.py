"""The content-addressed cache of intermediate results under `OUT/.synoptic/`.

An entry's key hashes everything that its value depends on: the text or the file's bytes, the model's hash,
the settings, and the code that computed it. Nothing needs invalidating, because a change gives a new key.
Entries are stored in packs (`pipeline.store.packs`). A damaged pack is dropped (`Cache.drop`) and its entries
are computed again.

The cache also holds notes: small named files, overwritten by each run, that only save time.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import InputError
from pipeline.store.numbers import Numbers
from pipeline.store.packs import (
    DIGEST,
    LEFT,
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
from pipeline.store.plain_files import is_folder, read_bytes

FOLDER = ".synoptic"
"""The folder inside the output folder."""

SCRATCH = "scratch-"
"""Prefix of the temporary folders of runs without a cache."""

_LEFT_SCRATCH = re.compile(rf"{SCRATCH}[a-z0-9_]{{8}}")

_NOTE = ".note"

_CAN_TOUCH_LINKS = os.utime in os.supports_follow_symlinks

_BITS = 32
_LOW_BITS = (1 << _BITS) - 1
"""An entry's number holds its position in the pack in the low bits and the pack's number above them."""

_CHEAP = ("vectors",)
"""Kinds of packs that are large and cheap to recompute: the first to be evicted."""


class Usage(NamedTuple):
    """The contents of a cache, in figures."""

    folder: Path
    bytes: int
    packs: int
    entries: dict[str, int]  # by kind
    damaged: int  # packs that cannot be used


Part = str | bytes | int | float


def key_of(*parts: Part) -> bytes:
    """Return a 16-byte hash of the parts; their boundaries count, so ("ab", "c") and ("a", "bc") differ."""
    return hashlib.blake2b(_joined(parts), digest_size=16).digest()


def keys_after(*parts: Part) -> Callable[..., bytes]:
    """Return a function that computes `key_of` these parts followed by its own arguments."""
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
    """The entries in a folder and their places."""

    def __init__(self, folder: Path, code: str = "") -> None:
        """Open the folder, which need not exist; damaged packs are removed and listed in `damaged`.

        With `code`, only the packs written by that version are opened; no key would match the others.
        """
        self.folder = folder
        self.damaged: list[Damaged] = []
        self.made: Counter[str] = Counter()  # new entries, by kind
        self._indexes: list[Index] = []
        self._numbers = Numbers(self._key_at)  # of the entries (see `_BITS`)
        self._used: set[str] = set()
        for path in sorted(folder.glob(f"*-{code}-*{SUFFIX}" if code else f"*{SUFFIX}")):
            try:
                index = read_index(path)
            except Damaged as damaged:
                self.damaged.append(damaged)
                remove(path)
                continue
            self._enter(index)

    def _enter(self, index: Index) -> None:
        first = len(self._indexes) << _BITS
        self._indexes.append(index)
        self._numbers.update(zip(index.keys(), range(first, first + len(index)), strict=True))

    def _key_at(self, number: int) -> bytes:
        return self._indexes[number >> _BITS].key(number & _LOW_BITS)

    def __contains__(self, key: bytes) -> bool:
        """Return whether the cache has an entry for the key."""
        return self._numbers.get(key) is not None

    def find(self, key: bytes) -> Place | None:
        """Return the place of a key's entry; None if there is none."""
        number = self._numbers.get(key)
        if number is None:
            return None
        place = self._indexes[number >> _BITS].place(number & _LOW_BITS)
        self._used.add(place.pack)
        return place

    def read(self, key: bytes, parse: Callable[[Data], Value]) -> Value:
        """Return the parsed value of an existing key, like `read_entry`; raises `Damaged`."""
        return read_entry(self.folder, self._place_of(key), parse)

    def read_all(self, keys: Iterable[bytes], parse: Callable[[Data], Value]) -> Iterator[Value]:
        """Yield the parsed values of existing keys, like `read_entries`; raises `Damaged`."""
        return read_entries(self.folder, map(self._place_of, keys), parse)

    def _place_of(self, key: bytes) -> Place:
        place = self.find(key)
        assert place is not None, "no entry for this key"
        return place

    def add(self, places: Iterable[Place]) -> None:
        """Register entries that were written."""
        for pack, some in groupby(places, key=attrgetter("pack")):
            index = Index.of(pack, some)  # 40 bytes an entry, and no objects
            self._enter(index)
            self._used.add(pack)
            self.made[pack.split("-")[0]] += len(index)

    def note(self, name: str, parse: Callable[[bytes], Value]) -> Value | None:
        """Return the parsed note of that name; None if it is missing or damaged."""
        path = self.folder / (name + _NOTE)
        try:
            data = read_bytes(path)
        except OSError:
            return None
        try:
            if checksum(data[DIGEST:]) != data[:DIGEST]:
                raise ValueError("does not match its checksum")
            return parse(data[DIGEST:])
        except ValueError as error:
            self.damaged.append(Damaged(path.name, str(error)))
            remove(path)
            return None

    def set_note(self, name: str, data: bytes) -> None:
        """Write or overwrite a note; failures to write are ignored."""
        with suppress(OSError):
            write_whole(self.folder, name + _NOTE, [checksum(data), data])

    def drop(self, damaged: Damaged) -> None:
        """Remove a pack and forget its entries."""
        self.damaged.append(damaged)
        packs = {number for number, index in enumerate(self._indexes) if index.pack == damaged.pack}
        self._numbers.retain(lambda number: number >> _BITS not in packs)
        self._used.discard(damaged.pack)
        remove(self.folder / damaged.pack)

    def trim(self, limit: int) -> None:
        """Remove packs until the folder holds at most `limit` bytes.

        Packs that this run did not use go first, least recently used first. Notes go last: they are small.
        """
        now = time.time()
        for name in self._used:
            with suppress(OSError):
                os.utime(self.folder / name, (now, now), follow_symlinks=not _CAN_TOUCH_LINKS)
        sizes = _sizes(self.folder) | _sizes(self.folder, _NOTE)
        total = sum(size for size, _ in sizes.values())

        def priority(path: Path) -> tuple[bool, bool, bool, float, str]:
            cheap = path.name.startswith(_CHEAP)
            return path.suffix == _NOTE, path.name in self._used, not cheap, sizes[path][1], path.name

        for path in sorted(sizes, key=priority):
            if total <= limit:
                break
            remove(path)
            total -= sizes[path][0]


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files of killed runs; the caller must hold the folder's lock."""
    for path in folder.glob(f"*{TEMPORARY}"):
        if LEFT.fullmatch(path.name):
            remove(path)
    for path in folder.glob(f"{SCRATCH}*"):
        if _LEFT_SCRATCH.fullmatch(path.name) and is_folder(path):
            clear(path)
            with suppress(OSError):
                path.rmdir()


def usage(folder: Path) -> Usage:
    """Return the contents of a cache in figures, without reading any value.

    A link raises `InputError`.
    """
    if os.path.islink(folder):  # noqa: PTH114 (of any name)
        raise InputError(f"{folder} is a link, and links in an output folder are not followed")
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
    """Remove all files of a cache; return the size of its packs in bytes."""
    sizes = _sizes(folder)
    for path in (*sizes, *folder.glob(f"*{_NOTE}")):
        remove(path)
    remove_leftovers(folder)
    return sum(size for size, _ in sizes.values())


def _sizes(folder: Path, suffix: str = SUFFIX) -> dict[Path, tuple[int, float]]:
    """Return the size and the time of last use of every file with this suffix."""
    found = {}
    for path in sorted(folder.glob(f"*{suffix}")):
        with suppress(OSError):
            status = path.lstat()
            found[path] = status.st_size, status.st_mtime
    return found
