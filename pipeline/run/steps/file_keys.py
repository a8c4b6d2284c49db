"""The keys of raw files: of their bytes, which are not read again where nobody has touched the file.

A file is untouched if its inode, size and times are what they were when its key was found, and if these
times were by then so old that a later change must have another one: what Git does in its index
(git/Documentation/technical/racy-git.txt). A touched file is read, and known by its bytes.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pipeline.ingestion.formats.reading import Reading
from pipeline.ingestion.ingest import RawFile, content
from pipeline.run.steps.chunks import code_version
from pipeline.store.cache import Cache, key_of
from pipeline.store.codecs import encode, reader_of

_GRAIN = 2 * 10**9
"""Nanoseconds that time stamps of the coarsest file systems in use (FAT) are apart."""

_NOTE = "untouched"


class Settings(NamedTuple):
    """What the reading of a file depends on, besides its bytes."""

    languages: tuple[str, ...]
    reading: Reading

    @property
    def parts(self) -> tuple[str, ...]:
        """Return all of them as texts, for keys."""
        reading = self.reading
        fields = [f"{field}={name}" for field, name in sorted(reading.fields.items())]
        return (*self.languages, str(reading.max_bytes), *fields, "skip", *sorted(reading.skip))


def file_key(raw: Path, file: Path, settings: Settings) -> bytes:
    """Return the key of what a file comes to: of its bytes, or of the reason why it has none."""
    return _key(file, content(raw, file, settings.reading.max_bytes), settings)


def _key(file: Path, data: bytes | str, settings: Settings) -> bytes:
    kind = "bytes" if isinstance(data, bytes) else "reason"
    return key_of("file", code_version(), *settings.parts, file.suffix.lower(), kind, data)


class _Status(NamedTuple):
    """What the file system says of a file; times are in nanoseconds."""

    inode: int
    size: int
    modified: int
    changed: int


class _Note(NamedTuple):
    settings: bytes  # digest of all that every key depends on
    files: dict[bytes, tuple[_Status, bytes]]  # with the key, by path


class FileKeys:
    """The keys of the files below a folder; those of untouched files are known from the last run."""

    def __init__(self, raw: Path, settings: Settings, cache: Cache) -> None:
        self._raw, self._settings, self._cache = raw, settings, cache
        self._digest = key_of("untouched", code_version(), *settings.parts, os.fsencode(raw))
        note = cache.note(_NOTE, reader_of(_Note))
        self._before = note.files if note and note.settings == self._digest else {}

    def find(self, files: Iterable[RawFile]) -> list[bytes]:
        """Return the key of each file, and keep them for the next run."""
        keys: list[bytes] = []
        now: dict[bytes, tuple[_Status, bytes]] = {}
        for file in files:
            path, status = os.fsencode(file.path), _status(file.path)
            known = self._before.get(path)
            if known is not None and known[0] == status:
                now[path] = known
                keys.append(known[1])
                continue
            settled = time.time_ns() - _GRAIN
            data = content(self._raw, Path(file.path), self._settings.reading.max_bytes)
            key = _key(Path(file.path), data, self._settings)
            keys.append(key)
            # Why a file could not be read may be gone without a trace on the file, so that is asked again.
            if status and isinstance(data, bytes) and max(status.modified, status.changed) < settled:
                now[path] = status, key
        if now != self._before:
            self._cache.set_note(_NOTE, encode(_Note(self._digest, now)))
        return keys

    def read(self, file: RawFile) -> bytes:
        """Return the key of a file by its bytes, whatever is known of it."""
        return file_key(self._raw, Path(file.path), self._settings)


def _status(file: str) -> _Status | None:
    """Return the status of a regular file; None of any other, of a link, and of what cannot be looked at."""
    try:
        status = os.lstat(file)
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return _Status(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
