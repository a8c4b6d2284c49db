"""Beads, breaks and steps: what a walk through two texts is made of."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BEADS = np.array([(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1)], dtype=np.int64)
"""Sentences on the left and on the right of each kind of matching bead."""

MATCH, SKIP_LEFT, SKIP_RIGHT = 0, 1, 2
"""States: what the last step was."""


class Breaks(NamedTuple):
    """Where a text of n sentences is broken into paragraphs."""

    starts: NDArray[np.bool_]  # [n]: the sentence begins a paragraph
    firm: NDArray[np.bool_]  # [n]: it does, and the one before it had come to a full stop


class Steps(NamedTuple):
    """Factors for the steps of a walk through two texts of n and m sentences."""

    beads: Floats  # [6]: each kind of bead
    agree: Floats  # [2, 2]: a bead begins where left, right text begin a paragraph (1) or do not (0)
    cross_left: Floats  # [3, n]: a bead runs from sentence i over the next 0, 1 and 2
    cross_right: Floats  # [3, m]
    paragraph_alone: float
    alone_again: float
    sentence_alone: float
    rejoin: float
