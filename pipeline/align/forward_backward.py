"""The forward-backward algorithm over the cells of two texts, compiled by numba.

Each cell depends on its neighbours, so that numpy would have to step through anti-diagonals, one
article at a time; compiled loops take some 100 nanoseconds a cell. All arrays over cells are flat
(`pipeline.align.band`). Masses of a line are kept relative to the scale of the line, so that long
texts neither underflow nor overflow.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipeline.align.band import Band

Floats = NDArray[np.float64]

BEADS = np.array([(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1)], dtype=np.int64)
"""Sentences on the left and on the right of each kind of matching bead."""

MATCH, SKIP_LEFT, SKIP_RIGHT = 0, 1, 2
"""States: what the last step was."""

FAINTEST = 1e-30
"""Share of its line's greatest mass below which a cell is not followed on."""

FAINTEST_LINK = 1e-6
"""Posterior below which a bead is not counted."""


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
    sentence_alone: float
    rejoin: float


@njit(cache=True)
def leave(state: int, fresh_left: bool, fresh_right: bool, steps: Steps) -> float:
    """Return the factor for ending a run of skips: inside a paragraph the counterpart seldom comes back."""
    if (state == SKIP_LEFT and not fresh_left) or (state == SKIP_RIGHT and not fresh_right):
        return steps.rejoin
    return 1.0


@njit(cache=True)
def skip_left(state: int, fresh: bool, steps: Steps) -> float:
    """Return the factor for leaving out the next left sentence, which begins a paragraph if `fresh`.

    It never follows a skip on the right, so that two runs of skips beside each other are counted in
    one order only.
    """
    if state == SKIP_RIGHT:
        return 0.0
    if state == SKIP_LEFT and not fresh:
        return 1.0
    return steps.paragraph_alone if fresh else steps.sentence_alone


@njit(cache=True)
def skip_right(state: int, fresh: bool, fresh_left: bool, steps: Steps) -> float:
    """Return the factor for leaving out the next right sentence; the left text may be between paragraphs."""
    if state == SKIP_RIGHT and not fresh:
        return 1.0
    alone = steps.paragraph_alone if fresh else steps.sentence_alone
    return alone * leave(state, fresh_left, True, steps)


@njit(cache=True)
def bead_weight(
    b: int, i: int, j: int, cell: int, odds: NDArray[np.float32], band: Band, steps: Steps
) -> float:
    """Return the factor of bead `b` at cell (i, j) without its start, 0 if it leads out of the band."""
    p, q = BEADS[b]
    if odds[b, cell] <= 0.0 or i + p >= len(band.low) or not band.low[i + p] <= j + q < band.high[i + p]:
        return 0.0
    weight: float = steps.beads[b] * odds[b, cell] * steps.cross_left[p - 1, i] * steps.cross_right[q - 1, j]
    return weight


@njit(cache=True)
def forward(
    odds: NDArray[np.float32], band: Band, left: Breaks, right: Breaks, steps: Steps
) -> tuple[Floats, Floats]:
    """Return the mass of each cell and state, `[cells, 3]`, and the log scale of each line, `[n + 1]`."""
    n = len(left.starts)
    mass = np.zeros((band.start[n + 1], 3))
    scale = np.zeros(n + 1)
    mass[0, MATCH] = 1.0
    for i in range(n + 1):
        _along_line(i, mass, band, left, right, steps)
        line = mass[band.start[i] : band.start[i + 1]]
        top = line.max()
        if top > 0.0:
            scale[i] += np.log(top)
            line /= top
        if i + 3 <= n:  # a line is first reached from three lines before it, and starts with that scale
            scale[i + 3] = scale[i]
        if i < n:
            _from_line(i, mass, scale, odds, band, left, right, steps)
    return mass, scale


@njit(cache=True)
def _along_line(i: int, mass: Floats, band: Band, left: Breaks, right: Breaks, steps: Steps) -> None:
    """Add to each cell of line i what comes from its neighbour: a right sentence without counterpart."""
    fresh_left = i == len(left.starts) or left.starts[i]
    for cell in range(band.start[i] + 1, band.start[i + 1]):
        fresh = right.starts[band.low[i] + cell - band.start[i] - 1]
        for state in range(3):
            before = mass[cell - 1, state]
            if before > 0.0:
                mass[cell, SKIP_RIGHT] += before * skip_right(state, fresh, fresh_left, steps)


@njit(cache=True)
def _from_line(
    i: int,
    mass: Floats,
    scale: Floats,
    odds: NDArray[np.float32],
    band: Band,
    left: Breaks,
    right: Breaks,
    steps: Steps,
) -> None:
    """Carry the mass of line i on to the lines after it."""
    m = len(right.starts)
    fresh_left = left.starts[i]
    fall = _falls(i, scale)
    for cell in range(band.start[i], band.start[i + 1]):
        j = band.low[i] + cell - band.start[i]
        fresh_right = j == m or right.starts[j]
        arrived = 0.0
        for state in range(3):
            here = mass[cell, state]
            if here <= FAINTEST:
                continue
            arrived += here * leave(state, fresh_left, fresh_right, steps)
            if band.low[i + 1] <= j < band.high[i + 1]:
                below = band.start[i + 1] + j - band.low[i + 1]
                mass[below, SKIP_LEFT] += here * skip_left(state, fresh_left, steps) * fall[1]
        if j == m or arrived <= 0.0:
            continue
        arrived *= steps.agree[int(fresh_left), int(fresh_right)]
        for b in range(len(BEADS)):
            weight = bead_weight(b, i, j, cell, odds, band, steps)
            if weight > 0.0:
                p, q = BEADS[b]
                mass[band.start[i + p] + j + q - band.low[i + p], MATCH] += arrived * weight * fall[p]


@njit(cache=True)
def _falls(i: int, scale: Floats) -> Floats:
    """Return the factors from the scale of line i to those of the lines 0 .. 3 further on."""
    falls: Floats = np.exp(scale[i] - scale[i : i + 4])
    return falls


@njit(cache=True)
def backward(
    odds: NDArray[np.float32],
    band: Band,
    left: Breaks,
    right: Breaks,
    steps: Steps,
    mass: Floats,
    scale: Floats,
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32], float]:
    """Return posteriors of links `[cells]` and of standing alone `[n]`, `[m]`, and the log of all mass.

    `mass` and `scale` are those of `forward`. Of the backward masses four lines are held at a time;
    they are scaled so that forward times backward of a cell is its share of all walks.
    """
    n, m = len(left.starts), len(right.starts)
    link = np.zeros(band.start[n + 1], dtype=np.float32)
    alone_left = np.zeros(n, dtype=np.float32)
    alone_right = np.zeros(m, dtype=np.float32)
    total = mass[-1].sum()
    after = np.zeros((4, np.max(band.high - band.low), 3))  # line i is after[i % 4]
    for i in range(n, -1, -1):
        line = after[i % 4]
        line[:] = 0.0
        if i == n:
            line[m - band.low[n]] = 1.0 / total
        fall = _falls(i, scale)
        fresh_left = i == n or left.starts[i]
        for cell in range(band.start[i + 1] - 1, band.start[i] - 1, -1):
            c = cell - band.start[i]
            j = band.low[i] + c
            fresh_right = j == m or right.starts[j]
            matched = _beads_back(i, j, cell, after, fall, link, mass, odds, band, left, right, steps)
            for state in range(3):
                line[c, state] += matched * leave(state, fresh_left, fresh_right, steps)
                if cell + 1 < band.start[i + 1]:
                    weight = skip_right(state, fresh_right, fresh_left, steps) * line[c + 1, SKIP_RIGHT]
                    line[c, state] += weight
                    alone_right[j] += mass[cell, state] * weight
                if i < n and band.low[i + 1] <= j < band.high[i + 1]:
                    weight = skip_left(state, fresh_left, steps) * fall[1]
                    weight *= after[(i + 1) % 4, j - band.low[i + 1], SKIP_LEFT]
                    line[c, state] += weight
                    alone_left[i] += mass[cell, state] * weight
    return link, alone_left, alone_right, np.log(total) + scale[n]


@njit(cache=True)
def _beads_back(
    i: int,
    j: int,
    cell: int,
    after: Floats,
    fall: Floats,
    link: NDArray[np.float32],
    mass: Floats,
    odds: NDArray[np.float32],
    band: Band,
    left: Breaks,
    right: Breaks,
    steps: Steps,
) -> float:
    """Return the backward mass that beads from cell (i, j) bring, and add their posteriors to `link`."""
    if i == len(left.starts) or j == len(right.starts):
        return 0.0
    fresh_left, fresh_right = left.starts[i], right.starts[j]
    arrived = 0.0
    for state in range(3):
        arrived += mass[cell, state] * leave(state, fresh_left, fresh_right, steps)
    matched = 0.0
    for b in range(len(BEADS)):
        weight = bead_weight(b, i, j, cell, odds, band, steps)
        if weight <= 0.0:
            continue
        p, q = BEADS[b]
        weight *= steps.agree[int(fresh_left), int(fresh_right)] * fall[p]
        weight *= after[(i + p) % 4, j + q - band.low[i + p], MATCH]
        matched += weight
        if arrived * weight > FAINTEST_LINK:
            for x in range(i, i + p):
                for y in range(j, j + q):
                    if band.low[x] <= y < band.high[x]:
                        link[band.start[x] + y - band.low[x]] += arrived * weight
    return matched
