"""Cache keys of raw files, based on their bytes; untouched files are not read again.

A file is untouched if its inode, size and times are the same as when its key was computed, and if these
times were by then so old that any later change must produce a different one, as in Git's index
(git/Documentation/technical/racy-git.txt). Any other file is read again.
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
"""Resolution, in nanoseconds, of the coarsest time stamps in use (FAT)."""

_NOTE = "untouched"

Languages = tuple[tuple[str, str], ...]
"""Languages that were stated of articles in a file: pairs of an article's address and its language."""


class Settings(NamedTuple):
    """The settings that reading a file depends on."""

    languages: tuple[str, ...]
    reading: Reading

    @property
    def parts(self) -> tuple[str, ...]:
        """Return all settings as texts, for keys."""
        reading = self.reading
        fields = [f"{field}={name}" for field, name in sorted(reading.fields.items())]
        return (*self.languages, str(reading.max_bytes), *fields, "skip", *sorted(reading.skip))


def file_key(raw: Path, file: Path, settings: Settings) -> bytes:
    """Return the key of a file: of its bytes, or of the reason why it cannot be read."""
    return _key(file, content(raw, file, settings.reading.max_bytes), settings)


def key_as_stated(key: bytes, stated: Languages) -> bytes:
    """Return the key of a file of which the languages were stated, from that of its bytes."""
    return key_of("stated", key, *(part for each in stated for part in each)) if stated else key


def _key(file: Path, data: bytes | str, settings: Settings) -> bytes:
    kind = "bytes" if isinstance(data, bytes) else "reason"
    return key_of("file", code_version(), *settings.parts, file.suffix.lower(), kind, data)


class _Status(NamedTuple):
    """The file system's status of a file; times are in nanoseconds."""

    inode: int
    size: int
    modified: int
    changed: int


class _Note(NamedTuple):
    settings: bytes  # digest of everything that all keys depend on
    files: dict[bytes, tuple[_Status, bytes]]  # status and key, by path


class FileKeys:
    """The keys of the files below a folder; those of untouched files come from the last run."""

    def __init__(self, raw: Path, settings: Settings, cache: Cache) -> None:
        self._raw, self._settings, self._cache = raw, settings, cache
        self._digest = key_of("untouched", code_version(), *settings.parts, os.fsencode(raw))
        note = cache.note(_NOTE, reader_of(_Note))
        self._before = note.files if note and note.settings == self._digest else {}

    def find(self, files: Iterable[RawFile]) -> list[bytes]:
        """Return the key of each file and save the keys for the next run."""
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
            # Unreadable files are always retried, because the cause may disappear without changing them.
            if status and isinstance(data, bytes) and max(status.modified, status.changed) < settled:
                now[path] = status, key
        if now != self._before:
            self._cache.set_note(_NOTE, encode(_Note(self._digest, now)))
        return keys

    def read(self, file: RawFile) -> bytes:
        """Return the key of a file computed from its current bytes."""
        return file_key(self._raw, Path(file.path), self._settings)


def _status(file: str) -> _Status | None:
    """Return the status of a regular file; None for links, other kinds and files without access."""
    try:
        status = os.lstat(file)
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return _Status(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
