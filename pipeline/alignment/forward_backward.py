"""The forward-backward algorithm over the cells of two texts, compiled by numba.

Each cell depends on its neighbours, so numpy would have to step through anti-diagonals; the compiled
loops take about 100 nanoseconds per cell. All arrays over cells are flat (`pipeline.alignment.band`).
Masses are relative to the scale of their line, which prevents underflow and overflow in long texts.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment.band import Band
from pipeline.alignment.beads import BEADS, FAINTEST_LINK, MATCH, SKIP_LEFT, SKIP_RIGHT, Breaks, Floats, Steps
from pipeline.alignment.compiled import compiled, inlined

Values = TypeVar("Values", NDArray[np.float32], NDArray[np.float64])

# The functions below run for every cell. They take arrays and numbers instead of records because numba
# updates reference counts whenever it takes an array out of a record.


@inlined
def leave(state: int, resume_left: float, resume_right: float) -> float:
    """Return the factor for ending a run of skips before sentences with these factors of `Steps`."""
    if state == SKIP_LEFT:
        return resume_left
    if state == SKIP_RIGHT:
        return resume_right
    return 1.0


@inlined
def skip_left(
    state: int, fresh: bool, paragraph_alone: float, alone_again: float, sentence_alone: float
) -> float:
    """Return the factor for skipping the next left sentence, which starts a paragraph if `fresh`.

    A left skip never follows a right skip, so two adjacent runs of skips are counted in one order only.
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
    resume_left: float,
    paragraph_alone: float,
    alone_again: float,
    sentence_alone: float,
) -> float:
    """Return the factor for skipping the next right sentence, which ends a run of left skips."""
    if state == SKIP_RIGHT:
        return alone_again if fresh else 1.0
    alone = paragraph_alone if fresh else sentence_alone
    return alone * resume_left if state == SKIP_LEFT else alone


@inlined
def skip_left_at_edge(fresh: bool, resume_right: float, paragraph: float, sentence: float) -> float:
    """Return the factor for skipping the next left sentence behind right ones, where a band begins.

    To the left of the first cell of the next line nothing is searched. A walk that skips sentences of both
    texts there cannot take the left ones first, so it goes right as far as it has to, and then down.
    """
    return (paragraph if fresh else sentence) * resume_right


@compiled
def forward(
    odds: NDArray[np.float32], band: Band, left: Breaks, right: Breaks, steps: Steps
) -> tuple[Floats, Floats]:
    """Return the mass of each state and cell, `[3, cells]`, and the log scale of each line, `[n + 1]`."""
    n = len(left.starts)
    mass = np.zeros((3, band.start[n + 1]))
    scale = np.zeros(n + 1)
    mass[MATCH, 0] = 1.0
    for i in range(n + 1):
        _along_line(i, mass, band, left, right, steps)
        line = mass[:, band.start[i] : band.start[i + 1]]
        top = line.max()
        if top > 0.0:
            scale[i] += np.log(top)
            line /= top
        if i + 3 <= n:  # a line is first reached from three lines above and starts with that scale
            scale[i + 3] = scale[i]
        if i < n:
            _from_line(i, mass, scale, odds, band, left, right, steps)
    return mass, scale


@compiled
def _along_line(i: int, mass: Floats, band: Band, left: Breaks, right: Breaks, steps: Steps) -> None:
    """Add to each cell of line i the mass from its left neighbour, by skipping a right sentence."""
    resume_left, starts_right = steps.resume_left[i], right.starts
    paragraph_alone, alone_again = steps.paragraph_alone, steps.alone_again
    sentence_alone = steps.sentence_alone
    begin, end, low = band.start[i], band.start[i + 1], band.low[i]
    for cell in range(begin + 1, end):
        fresh = starts_right[low + cell - begin - 1] > 0
        arrived = 0.0
        for state in range(3):
            before = mass[state, cell - 1]
            if before > 0.0:
                arrived += before * skip_right(
                    state, fresh, resume_left, paragraph_alone, alone_again, sentence_alone
                )
        mass[SKIP_RIGHT, cell] += arrived


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
    """Pass the mass of line i on to the lines below."""
    low = band.low
    rescale = _rescalings(i, scale)
    _skip_line(i, mass, rescale[1], band, left, steps)
    arrived = _arrived(i, mass, band, left, right, steps)
    for b in range(len(BEADS)):
        p, q = BEADS[b]
        if i + p <= len(left.starts):
            first, last = _reach(i, p, q, band)
            factor = steps.beads[b] * steps.cross_left[p - 1, i] * rescale[p]
            here, some = arrived[first - low[i] : last - low[i]], _line_of(i, first, last, odds[b], band)
            cross = steps.cross_right[q - 1, first:last]
            there = _line_of(i + p, first + q, last + q, mass[MATCH], band)
            for k in range(len(there)):
                there[k] += factor * here[k] * some[k] * cross[k]


@compiled
def _line_of(i: int, first: int, last: int, cells: Values, band: Band) -> Values:
    """Return a view of the cells of line i from column `first` to `last`, exclusive."""
    begin = band.start[i] - band.low[i]
    return cells[begin + first : begin + last]


@compiled
def _reach(i: int, p: int, q: int, band: Band) -> tuple[int, int]:
    """Return the first and last column (exclusive) where beads of p and q sentences can begin on line i."""
    first = max(band.low[i], band.low[i + p] - q)
    return first, max(first, min(band.high[i], band.high[i + p] - q))


@compiled
def _skip_line(i: int, mass: Floats, rescale: float, band: Band, left: Breaks, steps: Steps) -> None:
    """Pass the mass of line i on to the next line by skipping a left sentence."""
    first, last = _reach(i, 1, 0, band)
    paragraph, again, sentence = steps.paragraph_alone, steps.alone_again, steps.sentence_alone
    fresh = left.starts[i] > 0
    anew = rescale * skip_left(MATCH, fresh, paragraph, again, sentence)
    further = rescale * skip_left(SKIP_LEFT, fresh, paragraph, again, sentence)
    matched = _line_of(i, first, last, mass[MATCH], band)
    skipped = _line_of(i, first, last, mass[SKIP_LEFT], band)
    there = _line_of(i + 1, first, last, mass[SKIP_LEFT], band)
    for k in range(len(there)):
        there[k] += anew * matched[k] + further * skipped[k]
    if first > band.low[i] and len(there) > 0:
        edge = skip_left_at_edge(fresh, steps.resume_right[first], paragraph, sentence)
        there[0] += rescale * edge * mass[SKIP_RIGHT, band.start[i] + first - band.low[i]]


@compiled
def _arrived(i: int, mass: Floats, band: Band, left: Breaks, right: Breaks, steps: Steps) -> Floats:
    """Return the mass available in each cell of line i to the beads that begin there."""
    here, low = mass[:, band.start[i] : band.start[i + 1]], band.low[i]
    starts_right, resume_left, resume_right = right.starts, steps.resume_left[i], steps.resume_right
    agree = steps.agree[left.starts[i]]
    arrived = np.zeros(here.shape[1])
    for k in range(min(len(arrived), len(starts_right) - low)):
        kind = starts_right[low + k]
        after_right = resume_right[low + k]
        total = here[MATCH, k] + resume_left * here[SKIP_LEFT, k] + after_right * here[SKIP_RIGHT, k]
        arrived[k] = agree[kind] * total
    return arrived


@compiled
def _rescalings(i: int, scale: Floats) -> Floats:
    """Return the factors from the scale of line i to those of lines i .. i + 3."""
    factors: Floats = np.exp(scale[i] - scale[i : i + 4])
    return factors


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
    """Return the posteriors of links `[cells]` and of skips `[n]`, `[m]`, and the log of the total mass.

    `mass` and `scale` come from `forward`. Only four lines of backward masses are held at a time. They
    are scaled so that forward times backward mass of a cell is its share of all walks.
    """
    n, m = len(left.starts), len(right.starts)
    link = np.zeros(band.start[n + 1], dtype=np.float32)
    alone_left = np.zeros(n, dtype=np.float32)
    alone_right = np.zeros(m, dtype=np.float32)
    total = mass[:, -1].sum()
    after = np.zeros((4, 3, np.max(band.high - band.low)))  # line i is after[i % 4]
    for i in range(n, -1, -1):
        line = after[i % 4]
        line[:] = 0.0
        if i == n:
            line[:, m - band.low[n]] = 1.0 / total
        else:
            _beads_back(i, after, _rescalings(i, scale), link, mass, odds, band, left, right, steps)
        _skips_back(i, after, _rescalings(i, scale), alone_left, alone_right, mass, band, left, right, steps)
    return link, alone_left, alone_right, np.log(total) + scale[n]


@compiled
def _beads_back(
    i: int,
    after: Floats,
    rescale: Floats,
    link: NDArray[np.float32],
    mass: Floats,
    odds: NDArray[np.float32],
    band: Band,
    left: Breaks,
    right: Breaks,
    steps: Steps,
) -> None:
    """Add the beads to the backward masses of line i, and their posteriors to `link`."""
    low = band.low
    arrived = _arrived(i, mass, band, left, right, steps)
    matched, posterior = np.zeros(len(arrived)), np.zeros(len(arrived))
    for b in range(len(BEADS)):
        p, q = BEADS[b]
        if i + p <= len(left.starts):
            first, last = _reach(i, p, q, band)
            factor = steps.beads[b] * steps.cross_left[p - 1, i] * rescale[p]
            some, cross = _line_of(i, first, last, odds[b], band), steps.cross_right[q - 1, first:last]
            there = after[(i + p) % 4, MATCH, first + q - low[i + p] : last + q - low[i + p]]
            here, onward = arrived[first - low[i] : last - low[i]], matched[first - low[i] : last - low[i]]
            for k in range(len(there)):
                weight = factor * some[k] * cross[k] * there[k]
                onward[k] += weight
                posterior[k] = here[k] * weight
            for k in range(len(there)):
                if posterior[k] > FAINTEST_LINK:
                    _link(i, first + k, p, q, posterior[k], link, band)
    agree, line = steps.agree[left.starts[i]], after[i % 4]
    resume_left, resume_right = steps.resume_left[i], steps.resume_right
    for k in range(min(len(matched), len(right.starts) - low[i])):
        kind = right.starts[low[i] + k]
        onward_here = matched[k] * agree[kind]
        for state in range(3):
            line[state, k] += onward_here * leave(state, resume_left, resume_right[low[i] + k])


@compiled
def _link(i: int, j: int, p: int, q: int, posterior: float, link: NDArray[np.float32], band: Band) -> None:
    """Add the posterior of a bead to the links between its sentences that lie in the band."""
    for x in range(i, i + p):
        for y in range(max(j, band.low[x]), min(j + q, band.high[x])):
            link[band.start[x] + y - band.low[x]] += posterior


@compiled
def _skips_back(
    i: int,
    after: Floats,
    rescale: Floats,
    alone_left: NDArray[np.float32],
    alone_right: NDArray[np.float32],
    mass: Floats,
    band: Band,
    left: Breaks,
    right: Breaks,
    steps: Steps,
) -> None:
    """Add the skips to the backward masses of line i, and their posteriors to `alone_*`."""
    low, high, start = band.low, band.high, band.start
    paragraph_alone, alone_again = steps.paragraph_alone, steps.alone_again
    sentence_alone, resume_left = steps.sentence_alone, steps.resume_left[i]
    starts_right = right.starts
    n, m = len(left.starts), len(starts_right)
    fresh_left = i == n or left.starts[i] > 0
    line, below = after[i % 4], after[(i + 1) % 4]
    for cell in range(start[i + 1] - 1, start[i] - 1, -1):
        c = cell - start[i]
        j = low[i] + c
        fresh_right = j == m or starts_right[j] > 0
        ahead_right = line[SKIP_RIGHT, c + 1] if cell + 1 < start[i + 1] else 0.0
        ahead_left = 0.0
        if i < n and low[i + 1] <= j < high[i + 1]:
            ahead_left = below[SKIP_LEFT, j - low[i + 1]] * rescale[1]
        for state in range(3):
            by_right = ahead_right * skip_right(
                state, fresh_right, resume_left, paragraph_alone, alone_again, sentence_alone
            )
            by_left = ahead_left * skip_left(state, fresh_left, paragraph_alone, alone_again, sentence_alone)
            if state == SKIP_RIGHT and i < n and j == low[i + 1] > low[i]:
                by_left = ahead_left * skip_left_at_edge(
                    fresh_left, steps.resume_right[j], paragraph_alone, sentence_alone
                )
            line[state, c] += by_right + by_left
            if by_right > 0.0:
                alone_right[j] += mass[state, cell] * by_right
            if by_left > 0.0:
                alone_left[i] += mass[state, cell] * by_left
