"""Measures peak memory per stage."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_PEAK = "VmHWM:"  # peak resident memory since the start of the process or the last reset
_RESET = "5"

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
