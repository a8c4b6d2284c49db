"""The forward-backward algorithm over the cells of two texts, compiled by numba.

Each cell depends on its neighbours, so that numpy would have to step through anti-diagonals, one
article at a time; compiled loops take some 100 nanoseconds a cell. All arrays over cells are flat
(`pipeline.align.band`). Masses of a line are kept relative to the scale of the line, so that long
texts neither underflow nor overflow.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.align.band import Band
from pipeline.align.compiled import compiled, inlined

Floats = NDArray[np.float64]

BEADS = np.array([(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1)], dtype=np.int64)
"""Sentences on the left and on the right of each kind of matching bead."""

MATCH, SKIP_LEFT, SKIP_RIGHT = 0, 1, 2
"""States: what the last step was."""

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
    alone_again: float
    sentence_alone: float
    rejoin: float


# The functions below are asked for every cell. They take arrays and numbers, not the records that hold
# them, because numba counts references whenever an array is taken out of a record.


@inlined
def leave(state: int, fresh_left: bool, fresh_right: bool, rejoin: float) -> float:
    """Return the factor for ending a run of skips: inside a paragraph the counterpart seldom comes back."""
    if (state == SKIP_LEFT and not fresh_left) or (state == SKIP_RIGHT and not fresh_right):
        return rejoin
    return 1.0


@inlined
def skip_left(
    state: int, fresh: bool, paragraph_alone: float, alone_again: float, sentence_alone: float
) -> float:
    """Return the factor for leaving out the next left sentence, which begins a paragraph if `fresh`.

    It never follows a skip on the right, so that two runs of skips beside each other are counted in
    one order only.
    """
    if state == SKIP_RIGHT:
        return 0.0
    if state == SKIP_LEFT:
        return alone_again if fresh else 1.0
    return paragraph_alone if fresh else sentence_alone


@inlined
def skip_right(
    state: int,
    fresh: bool,
    fresh_left: bool,
    paragraph_alone: float,
    alone_again: float,
    sentence_alone: float,
    rejoin: float,
) -> float:
    """Return the factor for leaving out the next right sentence; the left text may be between paragraphs."""
    if state == SKIP_RIGHT:
        return alone_again if fresh else 1.0
    alone = paragraph_alone if fresh else sentence_alone
    return alone * rejoin if state == SKIP_LEFT and not fresh_left else alone


@compiled
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


@compiled
def _along_line(i: int, mass: Floats, band: Band, left: Breaks, right: Breaks, steps: Steps) -> None:
    """Add to each cell of line i what comes from its neighbour: a right sentence without counterpart."""
    fresh_left = i == len(left.starts) or left.starts[i]
    starts_right = right.starts
    paragraph_alone, alone_again = steps.paragraph_alone, steps.alone_again
    sentence_alone, rejoin = steps.sentence_alone, steps.rejoin
    begin, end, low = band.start[i], band.start[i + 1], band.low[i]
    for cell in range(begin + 1, end):
        fresh = starts_right[low + cell - begin - 1]
        arrived = 0.0
        for state in range(3):
            before = mass[cell - 1, state]
            if before > 0.0:
                arrived += before * skip_right(
                    state, fresh, fresh_left, paragraph_alone, alone_again, sentence_alone, rejoin
                )
        mass[cell, SKIP_RIGHT] += arrived


@compiled
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
    low, high, start = band.low, band.high, band.start
    beads, agree, cross_left, cross_right = steps.beads, steps.agree, steps.cross_left, steps.cross_right
    paragraph_alone, alone_again = steps.paragraph_alone, steps.alone_again
    sentence_alone, rejoin = steps.sentence_alone, steps.rejoin
    starts_right = right.starts
    n, m = len(left.starts), len(starts_right)
    fresh_left = left.starts[i]
    fall = _falls(i, scale)
    for cell in range(start[i], start[i + 1]):
        j = low[i] + cell - start[i]
        fresh_right = j == m or starts_right[j]
        arrived = skipped = 0.0
        for state in range(3):
            here = mass[cell, state]
            if here > 0.0:
                arrived += here * leave(state, fresh_left, fresh_right, rejoin)
                skipped += here * skip_left(state, fresh_left, paragraph_alone, alone_again, sentence_alone)
        if low[i + 1] <= j < high[i + 1]:
            mass[start[i + 1] + j - low[i + 1], SKIP_LEFT] += skipped * fall[1]
        if j == m or arrived <= 0.0:
            continue
        arrived *= agree[int(fresh_left), int(fresh_right)]
        for b in range(len(BEADS)):
            p, q = BEADS[b]
            if odds[b, cell] > 0.0 and i + p <= n and low[i + p] <= j + q < high[i + p]:
                weight = beads[b] * odds[b, cell] * cross_left[p - 1, i] * cross_right[q - 1, j]
                mass[start[i + p] + j + q - low[i + p], MATCH] += arrived * weight * fall[p]


@compiled
def _falls(i: int, scale: Floats) -> Floats:
    """Return the factors from the scale of line i to those of the lines 0 .. 3 further on."""
    falls: Floats = np.exp(scale[i] - scale[i : i + 4])
    return falls


@compiled
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
        else:
            _beads_back(i, after, _falls(i, scale), link, mass, odds, band, left, right, steps)
        _skips_back(i, after, _falls(i, scale), alone_left, alone_right, mass, band, left, right, steps)
    return link, alone_left, alone_right, np.log(total) + scale[n]


@compiled
def _beads_back(
    i: int,
    after: Floats,
    fall: Floats,
    link: NDArray[np.float32],
    mass: Floats,
    odds: NDArray[np.float32],
    band: Band,
    left: Breaks,
    right: Breaks,
    steps: Steps,
) -> None:
    """Add to the backward masses of line i what beads bring, and the beads' posteriors to `link`."""
    low, high, start = band.low, band.high, band.start
    beads, agree, cross_left, cross_right = steps.beads, steps.agree, steps.cross_left, steps.cross_right
    starts_right, rejoin = right.starts, steps.rejoin
    n, m = len(left.starts), len(starts_right)
    fresh_left = left.starts[i]
    line = after[i % 4]
    for cell in range(start[i], start[i + 1]):
        j = low[i] + cell - start[i]
        if j == m:
            continue
        fresh_right = starts_right[j]
        arrived = 0.0
        for state in range(3):
            arrived += mass[cell, state] * leave(state, fresh_left, fresh_right, rejoin)
        agreement = agree[int(fresh_left), int(fresh_right)]
        matched = 0.0
        for b in range(len(BEADS)):
            p, q = BEADS[b]
            if odds[b, cell] > 0.0 and i + p <= n and low[i + p] <= j + q < high[i + p]:
                weight = beads[b] * odds[b, cell] * cross_left[p - 1, i] * cross_right[q - 1, j]
                weight *= agreement * fall[p] * after[(i + p) % 4, j + q - low[i + p], MATCH]
                matched += weight
                if arrived * weight > FAINTEST_LINK:
                    for x in range(i, i + p):
                        for y in range(j, j + q):
                            if low[x] <= y < high[x]:
                                link[start[x] + y - low[x]] += arrived * weight
        for state in range(3):
            line[cell - start[i], state] += matched * leave(state, fresh_left, fresh_right, rejoin)


@compiled
def _skips_back(
    i: int,
    after: Floats,
    fall: Floats,
    alone_left: NDArray[np.float32],
    alone_right: NDArray[np.float32],
    mass: Floats,
    band: Band,
    left: Breaks,
    right: Breaks,
    steps: Steps,
) -> None:
    """Add to the backward masses of line i what skips bring, and their posteriors to `alone_*`."""
    low, high, start = band.low, band.high, band.start
    paragraph_alone, alone_again = steps.paragraph_alone, steps.alone_again
    sentence_alone, rejoin = steps.sentence_alone, steps.rejoin
    starts_right = right.starts
    n, m = len(left.starts), len(starts_right)
    fresh_left = i == n or left.starts[i]
    line, below = after[i % 4], after[(i + 1) % 4]
    for cell in range(start[i + 1] - 1, start[i] - 1, -1):
        c = cell - start[i]
        j = low[i] + c
        fresh_right = j == m or starts_right[j]
        ahead_right = line[c + 1, SKIP_RIGHT] if cell + 1 < start[i + 1] else 0.0
        ahead_left = 0.0
        if i < n and low[i + 1] <= j < high[i + 1]:
            ahead_left = below[j - low[i + 1], SKIP_LEFT] * fall[1]
        for state in range(3):
            by_right = ahead_right * skip_right(
                state, fresh_right, fresh_left, paragraph_alone, alone_again, sentence_alone, rejoin
            )
            by_left = ahead_left * skip_left(state, fresh_left, paragraph_alone, alone_again, sentence_alone)
            line[c, state] += by_right + by_left
            if by_right > 0.0:
                alone_right[j] += mass[cell, state] * by_right
            if by_left > 0.0:
                alone_left[i] += mass[cell, state] * by_left
