"""Reads the ZIP archives behind office files and books, with limits against zip bombs."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib

from pipeline.ingestion.formats.reading import Unusable

MAX_MEMBERS = 20_000
MAX_RATIO = 100  # compression ratio allowed for a member; text has about 10, at most 50
SMALL = 1_000_000  # bytes up to which the ratio does not matter
MAX_GROWTH = 8  # limit of the unpacked size of all members that are read, relative to the file size limit


class Archive:
    """The members of an archive, by name, unpacked in memory only."""

    def __init__(self, data: bytes, max_bytes: int) -> None:
        """Raise `Unusable` if the archive is damaged, encrypted or malicious."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (
            zipfile.BadZipFile,
            ValueError,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise Unusable("is damaged: it is no ZIP archive, which such a file has to be") from error
        if len(members) > MAX_MEMBERS:
            raise Unusable(f"holds {len(members):,} members, the limit is {MAX_MEMBERS:,}")
        self._members = {_checked_name(member): member for member in members}
        if len(self._members) < len(members):
            raise Unusable("holds two members under one name")
        self._left = MAX_GROWTH * max_bytes

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def names(self) -> list[str]:
        """Return the names of all members, in archive order."""
        return list(self._members)

    def read(self, name: str) -> bytes:
        """Return a member's bytes; raises `Unusable` if it is missing, damaged or too large."""
        member = self._members.get(name)
        if member is None:
            raise Unusable(f"is damaged: it lacks the part {name}")
        if member.flag_bits & 1:
            raise Unusable("is encrypted")
        limit = min(self._left, max(SMALL, MAX_RATIO * member.compress_size))
        try:
            with self._zip.open(member) as stream:
                data = stream.read(limit + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            ValueError,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise Unusable(f"is damaged: its part {name} cannot be unpacked") from error
        if len(data) > limit:
            raise Unusable(f"unpacks to far more than its size: its part {name} has over {limit:,} bytes")
        self._left -= len(data)
        return data


def _checked_name(member: zipfile.ZipInfo) -> str:
    """Return a member's name; raises `Unusable` for path traversal and symbolic links."""
    name = member.filename
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
        shown = name.encode("unicode_escape").decode()[:80]
        raise Unusable(f"holds a member named {shown}, which leads out of the archive")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Unusable("holds a symbolic link")
    return name
