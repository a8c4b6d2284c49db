"""Opens plain files only, and below an output folder, which somebody else may have filled, no links.

The folder itself is the user's choice and may be a link. What is in it is not: a link, a pipe or a device in
the place of a file would let whoever put it there read, change or remove other files, or stop a run. So every
file is opened as itself, a temporary one has a name that nobody can guess, and a name is only replaced by
renaming. Systems that cannot open without following links look before they open.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_READ = os.O_RDONLY | _NOFOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW | getattr(os, "O_BINARY", 0)
_APPEND = _READ | os.O_RDWR | os.O_CREAT | os.O_APPEND

_LINK = "it is a link, and links in an output folder are not followed"


def read_bytes(path: Path, follow: bool = False) -> bytes:
    """Return the content of a file, as `opened` opens it. Raises `OSError`."""
    with opened(path, follow) as stream:
        return stream.read()


def opened(path: Path, follow: bool = False) -> BufferedReader:
    """Open a file for reading; with `follow`, for files that the user has named, also through a link.

    Raises `OSError`, also for a pipe, which would never end, and for anything else that is no file.
    """
    return os.fdopen(_descriptor(path, _READ, follow), "rb")


def opened_to_append(path: Path) -> BinaryIO:
    """Open a file, made for this user alone where it is missing, for reading and appending.

    Raises `OSError`, also for a file that has a second name: what is appended would be in both.
    """
    descriptor = _descriptor(path, _APPEND)
    if os.fstat(descriptor).st_nlink > 1:
        os.close(descriptor)
        raise OSError(errno.EMLINK, "it is also known by another name (a hard link)", str(path))
    return os.fdopen(descriptor, "ab+")


def descriptor_of(path: Path) -> int:
    """Return a descriptor for reading a file. Raises `OSError` like `opened`."""
    return _descriptor(path, _READ)


@contextmanager
def replacing(path: Path, keep_mode: bool = False) -> Iterator[BinaryIO]:
    """Yield a new file beside `path` that takes its place at the end; on errors it is removed.

    With `keep_mode` it gets the mode of the file that it replaces. Raises `OSError`.
    """
    beside = path.with_name(f".{secrets.token_hex(8)}.new")
    try:
        with os.fdopen(os.open(beside, _NEW, 0o666), "wb") as stream:
            yield stream
        if keep_mode and is_file(path):
            beside.chmod(path.lstat().st_mode & 0o777)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def make_folder(path: Path) -> None:
    """Make a folder where it is missing. Raises `OSError`, also if a link stands in its place."""
    try:
        path.mkdir()
    except FileExistsError:
        check_folder(path)


def check_folder(path: Path) -> None:
    """Raise `OSError` unless a path is a folder and no link to one."""
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise OSError(errno.ELOOP, _LINK, str(path))
    if not stat.S_ISDIR(mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))


def is_folder(path: Path) -> bool:
    """Return whether a path is a folder and no link to one."""
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def is_file(path: Path) -> bool:
    """Return whether a path is a file and no link to one."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def _descriptor(path: Path, flags: int, follow: bool = False) -> int:
    if not follow and not _NOFOLLOW and _is_link(path):
        raise OSError(errno.ELOOP, _LINK, str(path))
    try:
        descriptor = os.open(path, flags & ~_NOFOLLOW if follow else flags, 0o600)
    except OSError as error:
        if not follow and _is_link(path):
            raise OSError(errno.ELOOP, _LINK, str(path)) from error
        raise
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        number = errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL
        reason = os.strerror(number) if stat.S_ISDIR(mode) else "it is a pipe or a device, not a file"
        raise OSError(number, reason, str(path))
    return descriptor


def _is_link(path: Path) -> bool:
    """Return whether a path is a link, without an error for a name that no file can have."""
    try:
        return path.is_symlink()
    except OSError:
        return False
