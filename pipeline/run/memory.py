"""How much memory processes needed at most, stage by stage, and how seldom Python looks for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PEAK = "VmHWM:"  # the most resident memory since the process began or was last asked to forget it
_FORGET = "5"

_THRESHOLD = (5_000_000, 50, 1_000)
"""New objects after which the youngest are looked at, and how many looks until the older ones are."""


def forget_peaks(processes: Iterable[int | str]) -> None:
    """Let the peaks of processes begin at what they hold now."""
    for process in processes:
        with suppress(OSError):
            Path(f"/proc/{process}/clear_refs").write_text(_FORGET)


def peak_bytes(processes: Iterable[int | str]) -> int:
    """Return the sum of the peaks of processes, in bytes: never less than they held at any one time.

    Only Linux tells. A process that has ended counts nothing, and where the system does not tell, none does.
    """
    total = 0
    for process in processes:
        with suppress(OSError, ValueError, IndexError):
            for line in Path(f"/proc/{process}/status").read_text().splitlines():
                if line.startswith(_PEAK):
                    total += 1024 * int(line.split()[1])
    return total


@contextmanager
def rare_collection() -> Iterator[None]:
    """Have Python look for cycles of objects rarely while the context lasts.

    Records are trees, which go when nobody refers to them. The collector finds no cycles among them, but
    looks at all that are held, again and again: an eighth of the time of a run over what is known.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_THRESHOLD)
    try:
        yield
    finally:
        # Then all that is held is among the oldest, and not looked at because the context ends.
        if not gc.get_freeze_count():  # or what the caller has frozen would thaw
            gc.freeze()
            gc.unfreeze()
        gc.set_threshold(*before)
