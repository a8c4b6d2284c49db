"""A lock that allows one run at a time in an output folder.

It is an operating-system lock on a file in the folder, so it is released even if its owner crashes. On file
systems without locks it is a lease: a file that the owner renews, and that expires when the owner is gone or
has not renewed it for two minutes. A second file names the owner.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from errno import EINVAL, ENOLCK, ENOSYS, ENOTSUP, EOPNOTSUPP
from pathlib import Path

import msgspec
from filelock import BaseFileLock, FileLock, SoftFileLease, Timeout

from pipeline.errors import OutputError
from pipeline.store.plain_files import check_folder, is_file, read_bytes

LOCK_FILE, LEASE_FILE, OWNER_FILE = "lock", "lease", "owner.json"

RENEW, STALE = 20.0, 120.0
"""Seconds between two renewals of a lease, and until an unrenewed lease expires."""

_NO_LOCKS = (ENOLCK, ENOSYS, ENOTSUP, EOPNOTSUPP)


@dataclass(frozen=True)
class Owner:
    """The holder of a lock."""

    host: str
    pid: int
    since: float  # seconds since the epoch


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of an existing folder; raises `OutputError`, naming the owner if it is already held."""
    try:
        lock = _acquire(folder)
    except Timeout as error:
        owner = _describe(_owner(folder))
        raise OutputError(f"another run is writing to {folder.parent}: {owner}") from error
    except OSError as error:
        raise OutputError(f"cannot write to {folder}: {error.strerror}") from error
    try:
        with suppress(OSError):  # a full disk must not stop a run that holds the lock
            _write_owner(folder)
        yield
    finally:
        with suppress(OSError):
            (folder / OWNER_FILE).unlink()
        lock.release()


def _acquire(folder: Path) -> BaseFileLock:
    """Return the acquired lock; raises `Timeout` or another `OSError`."""
    check_folder(folder)
    for name in (LOCK_FILE, LEASE_FILE):
        if os.path.lexists(folder / name) and not is_file(folder / name):
            raise OSError(EINVAL, f"{name} in it is a link, a pipe or a folder; remove it")
    lock: BaseFileLock = FileLock(folder / LOCK_FILE, fallback_to_soft=False)
    wait = 0.0
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        lock = SoftFileLease(folder / LEASE_FILE, lease_duration=STALE, heartbeat_interval=RENEW)
        owner = _owner(folder)
        if owner and owner.host != socket.gethostname():  # cannot see whether that process is alive
            wait = STALE + RENEW
        lock.acquire(timeout=wait)
    return lock


def _write_owner(folder: Path) -> None:
    path = folder / OWNER_FILE
    path.unlink(missing_ok=True)
    with path.open("xb") as stream:  # creates a new file, so no symlink is followed
        stream.write(msgspec.json.encode(Owner(socket.gethostname(), os.getpid(), time.time())))


def _owner(folder: Path) -> Owner | None:
    """Return the owner that the file names; None if it is missing or invalid."""
    with suppress(OSError, msgspec.MsgspecError):
        return msgspec.json.decode(read_bytes(folder / OWNER_FILE), type=Owner)
    return None


def _describe(owner: Owner | None) -> str:
    if owner is None:
        return "its process is not known yet"
    age = max(0.0, time.time() - owner.since)
    spent = f"{age:.0f} seconds" if age < 120 else f"{age / 60:.0f} minutes"
    return f"process {owner.pid} on {owner.host}, for {spent}"
