"""Beads, paragraph breaks and steps: the parts of a walk through two texts."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.embedding.surface import CODE_KIND, KINDS
from pipeline.embedding.vectors import Text

Floats = NDArray[np.float64]

BEADS = np.array([(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1)], dtype=np.int64)
"""Left and right sentences of each kind of matching bead."""

FAINTEST_LINK = 1e-6
"""Beads below this posterior are ignored."""

MATCH, SKIP_LEFT, SKIP_RIGHT = 0, 1, 2
"""States of the walk, by the last step."""


class Breaks(NamedTuple):
    """Where a text of n sentences is broken into paragraphs."""

    starts: NDArray[np.uint8]  # [n]: the sentence starts a paragraph of prose (1), of code (2) or none (0)
    firm: NDArray[np.bool_]  # [n]: it does, and the previous one ends with a full stop or is the same
    copies: NDArray[np.bool_]  # [n]: it starts a paragraph that is the same as the previous one


class Least(NamedTuple):
    """The least log-likelihood ratio that the cosine of a sentence with another one has."""

    values: NDArray[np.float32]  # [n]
    kinds: NDArray[np.uint8]  # [n]: it holds for sentences of one kind, and for others by `KIND_ODDS`


OTHER_KIND = math.log(0.0015 / 0.47)
"""Log-likelihood ratio of two short lines of different kinds: a heading here, a list item there. So are 7 of
5,288 translations on pages of three software projects, and 47 % of the lines that stand beside each other."""


def _kind_odds() -> NDArray[np.float32]:
    odds = np.full((len(KINDS), len(KINDS)), OTHER_KIND, dtype=np.float32)
    odds[CODE_KIND] = odds[:, CODE_KIND] = -np.inf  # of code, only the wording says what it translates
    np.fill_diagonal(odds, 0.0)
    return odds


KIND_ODDS = _kind_odds()
"""What is added to the least log-likelihood ratio of two sentences, by the kinds of their paragraphs."""


def breaks_of(text: Text) -> Breaks:
    """Return the breaks of a text."""
    code = text.surface.kinds == CODE_KIND
    copies = text.starts & text.copies
    return Breaks(text.starts * (code + np.uint8(1)), text.firm_starts | copies, copies)


class Steps(NamedTuple):
    """Factors for the steps of a walk through two texts of n and m sentences."""

    beads: Floats  # [6]: each kind of bead
    agree: Floats  # [3, 3]: bead starts, by the `Breaks.starts` of the left and the right text
    cross_left: Floats  # [3, n]: a bead extends from sentence i over the next 0, 1 or 2
    cross_right: Floats  # [3, m]
    paragraph_alone: float
    alone_again: float
    sentence_alone: float
    resume_left: Floats  # [n + 1]: a bead follows skipped left sentences before sentence i
    resume_right: Floats  # [m + 1]
