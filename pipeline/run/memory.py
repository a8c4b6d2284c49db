"""Measures peak memory per stage and makes Python's garbage collection less frequent."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PEAK = "VmHWM:"  # peak resident memory since the start of the process or the last reset
_RESET = "5"

_THRESHOLD = (5_000_000, 50, 1_000)
"""New objects that trigger a collection of the youngest generation, and collections per older one."""


def reset_peaks(processes: Iterable[int | str]) -> None:
    """Reset the peak memory of processes to their current memory."""
    for process in processes:
        with suppress(OSError):
            Path(f"/proc/{process}/clear_refs").write_text(_RESET)


def peak_bytes(processes: Iterable[int | str]) -> int:
    """Return the sum of the processes' peaks in bytes, an upper bound of their joint peak.

    Works on Linux only. Processes that have ended, or that the system does not report on, count as 0.
    """
    total = 0
    for process in processes:
        with suppress(OSError, ValueError, IndexError):
            for line in Path(f"/proc/{process}/status").read_text().splitlines():
                if line.startswith(_PEAK):
                    total += 1024 * int(line.split()[1])
    return total


@contextmanager
def infrequent_collection() -> Iterator[None]:
    """Make Python search for reference cycles rarely while the context lasts.

    Records are trees, which reference counting frees. The collector finds no cycles among them but scans all
    of them again and again, which takes an eighth of the time of a fully cached run.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_THRESHOLD)
    try:
        yield
    finally:
        # Moves all live objects to the oldest generation, which the end of the context then leaves alone.
        if not gc.get_freeze_count():  # `unfreeze` would also unfreeze the caller's objects
            gc.freeze()
            gc.unfreeze()
        gc.set_threshold(*before)
