"""How much memory processes needed at most, stage by stage, where the system tells (Linux)."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_PEAK = "VmHWM:"  # the most resident memory since the process began or was last asked to forget it
_FORGET = "5"


def forget_peaks(processes: Iterable[int | str]) -> None:
    """Let the peaks of processes begin at what they hold now."""
    for process in processes:
        with suppress(OSError):
            Path(f"/proc/{process}/clear_refs").write_text(_FORGET)


def peak_bytes(processes: Iterable[int | str]) -> int:
    """Return the sum of the peaks of processes, in bytes: never less than they held at any one time.

    A process that has ended counts nothing, and where the system does not tell, none does.
    """
    total = 0
    for process in processes:
        with suppress(OSError, ValueError, IndexError):
            for line in Path(f"/proc/{process}/status").read_text().splitlines():
                if line.startswith(_PEAK):
                    total += 1024 * int(line.split()[1])
    return total
