"""One run at a time in an output folder.

The lock is the operating system's, on a file inside the folder, so it ends with its owner however that
ends: a stale lock cannot be. Where the system or the file system has no locks, the file itself is the lock:
its owner writes host, process and time into it and renews the time, and it is taken over when the owner
is gone, or has not renewed it for a long while.
"""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from pipeline.errors import OutputError

LOCK_FILE = "lock"

RENEW, STALE = 20.0, 120.0
"""Seconds after which the time in the file is renewed, and after which nobody is thought to renew it."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of `folder`, an existing one; raises `OutputError` that names the owner of a held one."""
    path = folder / LOCK_FILE
    descriptor = _acquire(path)
    try:
        _write_owner(descriptor)
        ended = threading.Event()
        renewer = threading.Thread(target=_renew, args=(descriptor, ended), daemon=True)
        renewer.start()
        try:
            yield
        finally:
            ended.set()
            renewer.join()  # before the descriptor is closed, whose number may then mean another file
    finally:
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
        os.close(descriptor)


def _acquire(path: Path) -> int:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise OutputError(f"cannot write to {path.parent}: {error.strerror}") from error
    owner = _owner(descriptor)
    held = _try_system_lock(descriptor)
    if held is None:
        held = not (owner and _is_alive(owner))
    if not held:
        os.close(descriptor)
        raise OutputError(f"another run is writing to {path.parent.parent}: {_in_words(owner)}")
    return descriptor


def _try_system_lock(descriptor: int) -> bool | None:
    """Return whether the lock could be had; None where there is no such thing."""
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # some network file systems
        return None
    return True


def _write_owner(descriptor: int) -> None:
    now = time.time()
    record = {"host": socket.gethostname(), "pid": os.getpid(), "since": now, "renewed": now}
    _write(descriptor, record)


def _write(descriptor: int, record: dict[str, Any]) -> None:
    data = json.dumps(record).encode().ljust(200)  # of one length, so that it is never cut off
    with suppress(OSError):  # a full disk must not stop a run that holds the lock
        os.pwrite(descriptor, data, 0)


def _renew(descriptor: int, ended: threading.Event) -> None:
    record = _owner(descriptor)
    while record and not ended.wait(RENEW):
        _write(descriptor, record | {"renewed": time.time()})


def _owner(descriptor: int) -> dict[str, Any]:
    """Return what the file says about its owner; nothing if it is empty or says something else."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        record = json.loads(os.pread(descriptor, 1000, 0))
        return {
            "host": str(record["host"]),
            "pid": int(record["pid"]),
            "since": float(record["since"]),
            "renewed": float(record["renewed"]),
        }
    return {}


def _is_alive(owner: dict[str, Any]) -> bool:
    if owner["host"] == socket.gethostname() and os.name != "nt":
        try:
            os.kill(owner["pid"], 0)
        except ProcessLookupError:
            return False
        except OSError:
            pass
    age: float = time.time() - owner["renewed"]
    return age < STALE


def _in_words(owner: dict[str, Any]) -> str:
    if not owner:
        return "its owner is not known yet"
    age = max(0.0, time.time() - owner["since"])
    spent = f"{age:.0f} seconds" if age < 120 else f"{age / 60:.0f} minutes"
    return f"process {owner['pid']} on {owner['host']}, for {spent}"
