"""Which loops over the cells of two texts run: in numpy for a few short texts, compiled for all others.

Both give the same results to the last bit. Compiled ones take a sixteenth of the time, once they are compiled
(seven seconds, the first time on a machine) or loaded (half a second, in every process).
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from pipeline.alignment.band import Band

PATIENCE = 4_000
"""Lines that a process does in numpy before it loads the compiled loops: those take about as long as loading.

A line is a sentence of the left text; the articles of `data/raw` have 1,814 in all of their pairs.
"""


class Loops(NamedTuple):
    """The loops; of each, `pipeline.alignment.bead_log_odds` or `forward_backward` says what it does."""

    blocks: Any
    bead_log_odds: Any
    forward: Any
    backward: Any


class Chooser:
    """Counts the lines that a process does in numpy."""

    def __init__(self, patience: int = PATIENCE) -> None:
        self.left = patience

    def loops(self, band: Band) -> Loops:
        """Return the loops for a band; one that is not full is for long texts."""
        lines = len(band.low)
        if self.left <= 0 or band.cells != lines * int(band.high[0]):
            return compiled_loops()
        self.left -= lines
        return plain_loops()


_chooser = Chooser()


def loops_for(band: Band) -> Loops:
    """Return the loops for two texts that are searched in this band."""
    return _chooser.loops(band)


def compile_loops() -> None:
    """Have this process use the compiled loops from now on, as one with much to do should."""
    _chooser.left = 0


@cache
def compiled_loops() -> Loops:
    """Return the compiled loops; imports numba."""
    from pipeline.alignment.bead_log_odds import bead_log_odds, blocks
    from pipeline.alignment.forward_backward import backward, forward

    return Loops(blocks, bead_log_odds, forward, backward)


@cache
def plain_loops() -> Loops:
    """Return the loops in numpy, for texts that are searched in full."""
    from pipeline.alignment.short_texts import backward, bead_log_odds, blocks, forward

    return Loops(blocks, bead_log_odds, forward, backward)
