"""Beads, paragraph breaks and steps: the parts of a walk through two texts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BEADS = np.array([(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1)], dtype=np.int64)
"""Left and right sentences of each kind of matching bead."""

MATCH, SKIP_LEFT, SKIP_RIGHT = 0, 1, 2
"""States of the walk, by the last step."""


class Breaks(NamedTuple):
    """Where a text of n sentences is broken into paragraphs."""

    starts: NDArray[np.bool_]  # [n]: the sentence starts a paragraph
    firm: NDArray[np.bool_]  # [n]: it does, and the previous one ends with a full stop


class Steps(NamedTuple):
    """Factors for the steps of a walk through two texts of n and m sentences."""

    beads: Floats  # [6]: each kind of bead
    agree: Floats  # [2, 2]: bead starts, by whether the left and the right text start a paragraph there
    cross_left: Floats  # [3, n]: a bead extends from sentence i over the next 0, 1 or 2
    cross_right: Floats  # [3, m]
    paragraph_alone: float
    alone_again: float
    sentence_alone: float
    rejoin: float
