"""The loops over the cells of two short texts in numpy: what the compiled ones give, to the last bit.

Compiling `bead_log_odds` and `forward_backward` takes seconds, and loading them half a second; a few short
articles are aligned before that. Short texts are searched in full, so all arrays over cells are matrices of
n + 1 by m + 1 cells here. Every sum is added up in the order of the compiled loops, and logarithms are those
of `math`, so that the results agree.
"""

from __future__ import annotations

import math
from array import array

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment.band import Band
from pipeline.alignment.beads import (
    BEADS,
    FAINTEST_LINK,
    KIND_ODDS,
    MATCH,
    SKIP_LEFT,
    SKIP_RIGHT,
    Breaks,
    Floats,
    Least,
    Steps,
)
from pipeline.alignment.odds_terms import (
    CAP,
    HOPELESS,
    LEAST_NORM,
    MANY_TO_ONE,
    ONE_TO_MANY,
    Blocks,
    Contrast,
    length_terms,
)

Matrix = NDArray[np.float32]


def blocks(norms: Matrix, lengths: Matrix, shift: float, spread: float) -> Blocks:
    """See `pipeline.alignment.bead_log_odds.blocks`."""
    terms = np.zeros((4, *norms.shape), dtype=np.float32)
    stretch, n = math.exp(shift), len(lengths)
    for k in range(min(len(norms), n)):
        sizes = lengths[: n - k].copy()
        for further in range(1, k + 1):
            sizes += lengths[further : n - k + further]
        terms[0, k, : n - k] = 1.0 / (norms[k, : n - k].astype(np.float64) + LEAST_NORM)
        for i, characters in enumerate(sizes.tolist()):
            size = stretch * characters
            terms[1, k, i] = math.log(size)
            terms[2:, k, i] = length_terms(size, spread)
    return Blocks(terms[0], terms[1], terms[2], terms[3])


def bead_log_odds(
    dots: Matrix,
    band: Band,
    left: Blocks,
    right: Blocks,
    contrast: Contrast,
    left_least: Least,
    right_least: Least,
) -> Matrix:
    """See `pipeline.alignment.bead_log_odds.bead_log_odds`."""
    n, m = left.scales.shape[1], right.scales.shape[1]
    cosines = _bead_cosines(dots.reshape(n + 1, m + 1), left.scales, right.scales)
    log_odds = np.full((len(BEADS), n + 1, m + 1), -np.inf, dtype=np.float32)
    for b, (p, q) in enumerate(BEADS.tolist()):
        rows, columns = n + 1 - p, m + 1 - q
        if rows < 1 or columns < 1:
            continue
        weakest = _weakest_parts(p, q, rows, columns, cosines, contrast.part_middle)
        found = _cosine_log_odds(cosines[b, :rows, :columns], weakest, contrast)
        if p == 1 and q == 1:
            least = np.maximum(left_least.values[:, None], right_least.values)
            found = np.maximum(found, least + KIND_ODDS[left_least.kinds[:, None], right_least.kinds])
        found += _length_log_odds(p, q, left, right)
        np.minimum(found, np.float32(CAP), out=found)
        log_odds[b, :rows, :columns] = np.where(found > np.float32(HOPELESS), found, np.float32(-np.inf))
    return log_odds.reshape(len(BEADS), -1)


def _bead_cosines(dots: Matrix, left_scales: Matrix, right_scales: Matrix) -> Matrix:
    n, m = left_scales.shape[1], right_scales.shape[1]
    cosines = np.zeros((len(BEADS), n + 1, m + 1), dtype=np.float32)
    for b, (p, q) in enumerate(BEADS.tolist()):
        rows, columns = max(0, n + 1 - p), max(0, m + 1 - q)
        cells = cosines[b, :rows, :columns]
        for x in range(p):
            for y in range(q):
                cells += dots[x : rows + x, y : columns + y]
        cells *= left_scales[p - 1, :rows, None] * right_scales[q - 1, :columns]
    return cosines


def _weakest_parts(p: int, q: int, rows: int, columns: int, cosines: Matrix, enough: np.float32) -> Matrix:
    weakest = np.full((rows, columns), enough, dtype=np.float32)
    for y in range(q if q > 1 else 0):
        np.minimum(weakest, cosines[MANY_TO_ONE[p - 1], :rows, y : columns + y], out=weakest)
    for x in range(p if p > 1 else 0):
        np.minimum(weakest, cosines[ONE_TO_MANY[q - 1], x : rows + x, :columns], out=weakest)
    return weakest


def _cosine_log_odds(cosines: Matrix, weakest: Matrix, contrast: Contrast) -> Matrix:
    part = contrast.part_slope * (weakest - contrast.part_middle)
    held = np.maximum(contrast.lowest, np.minimum(contrast.highest, cosines))
    value = part + ((contrast.square * held + contrast.slope) * held + contrast.constant)
    return np.where(np.minimum(part, value) > np.float32(HOPELESS), value, np.float32(-np.inf))


def _length_log_odds(p: int, q: int, left: Blocks, right: Blocks) -> Matrix:
    rows, columns = left.sizes.shape[1] + 1 - p, right.sizes.shape[1] + 1 - q
    ratio = right.sizes[q - 1, :columns] - left.sizes[p - 1, :rows, None]
    shorter = ratio > np.float32(0.0)
    square = np.where(shorter, left.squares[p - 1, :rows, None], right.squares[q - 1, :columns])
    constant = np.where(shorter, left.constants[p - 1, :rows, None], right.constants[q - 1, :columns])
    odds: Matrix = square * ratio * ratio + constant
    return odds


class _Factors:
    """The factors of skips and of ends of skips, for all columns: see the functions of `forward_backward`."""

    def __init__(self, left: Breaks, right: Breaks, steps: Steps) -> None:
        self.kinds = right.starts.astype(np.intp)
        fresh = self.kinds > 0
        alone = np.where(fresh, steps.paragraph_alone, steps.sentence_alone)
        again = np.where(fresh, steps.alone_again, 1.0)
        self.after_left, self.after_right = steps.resume_left.tolist(), steps.resume_right[:-1]
        self._alone, self._again = alone, again
        self.fresh_left = [*(start > 0 for start in left.starts.tolist()), True]  # so is the end
        self.skip_left = (
            (steps.sentence_alone, 1.0),
            (steps.paragraph_alone, steps.alone_again),
        )
        self.agree = steps.agree[left.starts][:, self.kinds]

    def skip_right(self, i: int) -> tuple[Floats, Floats, Floats]:
        """Return the factors for skipping each right sentence before left sentence i, by state."""
        return self._alone, self._alone * self.after_left[i], self._again


def forward(odds: Matrix, band: Band, left: Breaks, right: Breaks, steps: Steps) -> tuple[Floats, Floats]:
    """See `pipeline.alignment.forward_backward.forward`."""
    n, m = len(left.starts), len(right.starts)
    factors, odds = _Factors(left, right, steps), odds.reshape(len(BEADS), n + 1, m + 1)
    mass, scale = np.zeros((3, n + 1, m + 1)), [0.0] * (n + 1)
    mass[MATCH, 0, 0] = 1.0
    for i in range(n + 1):
        line = mass[:, i]
        _along_line(line, factors.skip_right(i))
        top = float(line.max())
        if top > 0.0:
            scale[i] += math.log(top)
            line /= top
        if i + 3 <= n:
            scale[i + 3] = scale[i]
        if i < n:
            rescale = _rescalings(i, scale)
            alone, again = factors.skip_left[factors.fresh_left[i]]
            skipped = rescale[1] * alone * line[MATCH] + rescale[1] * again * line[SKIP_LEFT]
            mass[SKIP_LEFT, i + 1] += skipped
            arrived = _arrived(i, line, factors)
            for b, (p, q) in enumerate(BEADS.tolist()):
                if i + p <= n and q <= m:
                    factor = steps.beads[b] * steps.cross_left[p - 1, i] * rescale[p]
                    passed = factor * arrived[: m + 1 - q] * odds[b, i, : m + 1 - q]
                    mass[MATCH, i + p, q:] += passed * steps.cross_right[q - 1, : m + 1 - q]
    return mass.reshape(3, -1), np.array(scale)


def _along_line(line: Floats, skip: tuple[Floats, Floats, Floats]) -> None:
    """Skip right sentences: every cell gets some of the mass of the one before it."""
    arrived = (line[MATCH, :-1] * skip[MATCH] + line[SKIP_LEFT, :-1] * skip[SKIP_LEFT]).tolist()
    right, again = line[SKIP_RIGHT].tolist(), skip[SKIP_RIGHT].tolist()
    for k, more in enumerate(arrived):
        right[k + 1] += more + right[k] * again[k]
    line[SKIP_RIGHT] = right


def _rescalings(i: int, scale: list[float]) -> list[float]:
    return [math.exp(scale[i] - other) for other in scale[i : i + 4]]


def _arrived(i: int, line: Floats, factors: _Factors) -> Floats:
    """Return the mass available in each cell of line i to the beads that begin there."""
    total = (
        line[MATCH, :-1]
        + factors.after_left[i] * line[SKIP_LEFT, :-1]
        + factors.after_right * line[SKIP_RIGHT, :-1]
    )
    arrived = np.zeros(line.shape[1])
    arrived[:-1] = factors.agree[i] * total
    return arrived


def backward(
    odds: Matrix, band: Band, left: Breaks, right: Breaks, steps: Steps, mass: Floats, scale: Floats
) -> tuple[Matrix, Matrix, Matrix, float]:
    """See `pipeline.alignment.forward_backward.backward`."""
    n, m = len(left.starts), len(right.starts)
    factors, odds = _Factors(left, right, steps), odds.reshape(len(BEADS), n + 1, m + 1)
    mass, scales = mass.reshape(3, n + 1, m + 1), scale.tolist()
    link = np.zeros((n + 1, m + 1), dtype=np.float32)
    alone_left, alone_right = np.zeros(n, dtype=np.float32), np.zeros(m, dtype=np.float32)
    last = mass[:, n, m].tolist()
    total = last[0] + last[1] + last[2]
    after = np.zeros((4, 3, m + 1))  # line i is after[i % 4]
    for i in range(n, -1, -1):
        line, rescale = after[i % 4], _rescalings(i, scales)
        line[:] = 0.0
        if i == n:
            line[:, m] = 1.0 / total
        else:
            _beads_back(i, after, rescale, link, mass[:, i], odds, factors, steps)
        ahead_left = after[(i + 1) % 4, SKIP_LEFT] * rescale[1] if i < n else np.zeros(m + 1)
        by_right, by_left = _skips_back(i, line, ahead_left, factors)
        for state in range(3):
            alone_right += mass[state, i, :m] * by_right[state]  # in double precision, as all of these sums
        if i < n:
            alone_left[i] = _added_up(mass[:2, i] * by_left)
    return link.reshape(-1), alone_left, alone_right, math.log(total) + scales[n]


def _beads_back(
    i: int,
    after: Floats,
    rescale: list[float],
    link: Matrix,
    line: Floats,
    odds: Matrix,
    factors: _Factors,
    steps: Steps,
) -> None:
    """Add the beads to the backward masses of line i, and their posteriors to `link`."""
    n, m = odds.shape[1] - 1, odds.shape[2] - 1
    arrived, matched = _arrived(i, line, factors), np.zeros(m + 1)
    for b, (p, q) in enumerate(BEADS.tolist()):
        if i + p <= n and q <= m:
            count = m + 1 - q
            factor = steps.beads[b] * steps.cross_left[p - 1, i] * rescale[p]
            weight = factor * odds[b, i, :count] * steps.cross_right[q - 1, :count]
            weight *= after[(i + p) % 4, MATCH, q:]
            matched[:count] += weight
            posterior = arrived[:count] * weight
            posterior[posterior <= FAINTEST_LINK] = 0.0
            for y in range(q - 1, -1, -1):  # so that a cell gets the beads in the order of their columns
                link[i : i + p, y : count + y] += posterior
    onward = matched[:-1] * factors.agree[i]
    here = after[i % 4, :, :-1]
    here[MATCH] += onward
    here[SKIP_LEFT] += onward * factors.after_left[i]
    here[SKIP_RIGHT] += onward * factors.after_right


def _skips_back(
    i: int, line: Floats, ahead_left: Floats, factors: _Factors
) -> tuple[tuple[Floats, ...], tuple[Floats, Floats]]:
    """Add the skips to the backward masses of a line; return what comes of skips by state, right and left."""
    skip = factors.skip_right(i)
    right, again = line[SKIP_RIGHT].tolist(), skip[SKIP_RIGHT].tolist()
    for k in range(len(again) - 1, -1, -1):
        right[k] += right[k + 1] * again[k]
    line[SKIP_RIGHT] = right
    by_right = tuple(line[SKIP_RIGHT, 1:] * factor for factor in skip)
    by_left = tuple(ahead_left * factor for factor in factors.skip_left[factors.fresh_left[i]])
    for state in (MATCH, SKIP_LEFT):
        line[state, :-1] += by_right[state] + by_left[state][:-1]
        line[state, -1] += by_left[state][-1]
    return by_right, (by_left[0], by_left[1])


def _added_up(terms: Floats) -> float:
    """Return a sum that is rounded to single precision after every addition: last column first, by state."""
    total = array("f", [0.0])
    for term in terms[:, ::-1].T.reshape(-1).tolist():
        if term:
            total[0] += term
    return total[0]
