"""Log-likelihood ratios of all beads of two texts, compiled by numba."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment.band import Band
from pipeline.alignment.beads import BEADS, KIND_ODDS, Least
from pipeline.alignment.compiled import compiled
from pipeline.alignment.odds_terms import (
    CAP,
    HOPELESS,
    LEAST_NORM,
    MANY_TO_ONE,
    ONE_TO_MANY,
    Blocks,
    Contrast,
    cosine_log_odds,
    length_log_odds,
    length_terms,
)

_cosine_log_odds = compiled(cosine_log_odds)
_length_log_odds = compiled(length_log_odds)
_length_terms = compiled(length_terms)


@compiled
def blocks(norms: NDArray[np.float32], lengths: NDArray[np.float32], shift: float, spread: float) -> Blocks:
    """Return the blocks of a text, given their norms `[3, n]` and the lengths of its sentences `[n]`.

    Blocks that would run past the end are zeros. Lengths are multiplied by exp(`shift`).
    """
    terms = np.zeros((4, *norms.shape), dtype=np.float32)
    blocks = Blocks(terms[0], terms[1], terms[2], terms[3])
    stretch, n = math.exp(shift), len(lengths)
    for k in range(min(len(norms), n)):
        for i in range(n - k):
            size = stretch * lengths[i : i + k + 1].sum()
            blocks.scales[k, i] = 1.0 / (norms[k, i] + LEAST_NORM)
            blocks.sizes[k, i] = math.log(size)
            blocks.squares[k, i], blocks.constants[k, i] = _length_terms(size, spread)
    return blocks


# The loops over the cells of a line are kept simple, over slices of equal length, to be vectorised.


@compiled
def bead_log_odds(
    dots: NDArray[np.float32],
    band: Band,
    left: Blocks,
    right: Blocks,
    contrast: Contrast,
    left_least: Least,
    right_least: Least,
) -> NDArray[np.float32]:
    """Return the log-likelihood ratio of every bead, `float32[6, cells]`; -inf below `HOPELESS`.

    The cosine of two sentences of one kind has at least the higher value of `left_least` and `right_least`,
    that of others as much less as `KIND_ODDS` says.
    """
    low, high, start = band.low, band.high, band.start
    n, m = left.scales.shape[1], right.scales.shape[1]
    cosines = _bead_cosines(dots, band, left.scales, right.scales)
    log_odds = np.full(cosines.shape, -np.inf, dtype=np.float32)
    weakest = np.empty(m, dtype=np.float32)
    for b in range(len(BEADS)):
        p, q = BEADS[b]
        for i in range(n - p + 1):
            first, last = low[i + p - 1], min(high[i], m + 1) - q
            if first < last:
                begin, end = start[i] - low[i] + first, start[i] - low[i] + last
                line, parts = log_odds[b, begin:end], weakest[: last - first]
                _weakest_parts(p, q, i, first, cosines, band, contrast.part_middle, parts)
                _set_cosine_log_odds(line, cosines[b, begin:end], parts, contrast)
                if p == 1 and q == 1:
                    values, kinds = right_least.values[first:last], right_least.kinds[first:last]
                    _raise_to_least(line, left_least.values[i], left_least.kinds[i], values, kinds)
                _add_length_log_odds(line, p, q, i, first, left, right)
    return log_odds


@compiled
def _bead_cosines(
    dots: NDArray[np.float32],
    band: Band,
    left_scales: NDArray[np.float32],
    right_scales: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Return the cosine between the two sides of every bead, `float32[6, cells]`."""
    low, high, start = band.low, band.high, band.start
    n, m = left_scales.shape[1], right_scales.shape[1]
    cosines = np.zeros((len(BEADS), start[n + 1]), dtype=np.float32)
    for b in range(len(BEADS)):
        p, q = BEADS[b]
        for i in range(n - p + 1):
            first, last = low[i + p - 1], min(high[i], m + 1) - q
            if first >= last:
                continue
            line = cosines[b, start[i] - low[i] + first : start[i] - low[i] + last]
            for x in range(i, i + p):
                for y in range(first, first + q):
                    begin = start[x] - low[x] + y
                    some = dots[begin : begin + len(line)]
                    for k in range(len(line)):
                        line[k] += some[k]
            scale, scales = left_scales[p - 1, i], right_scales[q - 1, first:last]
            for k in range(len(line)):
                line[k] *= scale * scales[k]
    return cosines


@compiled
def _weakest_parts(
    p: int,
    q: int,
    i: int,
    first: int,
    cosines: NDArray[np.float32],
    band: Band,
    enough: np.float32,
    weakest: NDArray[np.float32],
) -> None:
    """Fill `weakest` with the lowest cosine of a single sentence and the whole other side, at most `enough`.

    `weakest` covers the beads of p and q sentences that begin at line i and columns `first` onwards.
    """
    weakest[:] = enough
    for y in range(first, first + q if q > 1 else first):
        begin = band.start[i] - band.low[i] + y
        parts = cosines[MANY_TO_ONE[p - 1], begin : begin + len(weakest)]
        for k in range(len(weakest)):
            weakest[k] = min(weakest[k], parts[k])
    for x in range(i, i + p if p > 1 else i):
        begin = band.start[x] - band.low[x] + first
        parts = cosines[ONE_TO_MANY[q - 1], begin : begin + len(weakest)]
        for k in range(len(weakest)):
            weakest[k] = min(weakest[k], parts[k])


@compiled
def _set_cosine_log_odds(
    line: NDArray[np.float32],
    cosines: NDArray[np.float32],
    weakest: NDArray[np.float32],
    contrast: Contrast,
) -> None:
    """Set the log-likelihood ratios of a line of beads from the cosines of the beads and of their parts."""
    for k in range(len(line)):
        part = contrast.part_slope * (weakest[k] - contrast.part_middle)
        value = part + _cosine_log_odds(cosines[k], contrast)
        line[k] = value if min(part, value) > np.float32(HOPELESS) else np.float32(-np.inf)


@compiled
def _raise_to_least(
    line: NDArray[np.float32],
    least: np.float32,
    kind: np.uint8,
    leasts: NDArray[np.float32],
    kinds: NDArray[np.uint8],
) -> None:
    """Raise the log-likelihood ratios of a line to `least` and to `leasts`, less what the kinds take away."""
    for k in range(len(line)):
        line[k] = max(line[k], max(least, leasts[k]) + KIND_ODDS[kind, kinds[k]])


@compiled
def _add_length_log_odds(
    line: NDArray[np.float32], p: int, q: int, i: int, first: int, left: Blocks, right: Blocks
) -> None:
    """Add the log-likelihood ratios of the lengths to a line of beads."""
    end = first + len(line)
    size, square, constant = left.sizes[p - 1, i], left.squares[p - 1, i], left.constants[p - 1, i]
    sizes, squares = right.sizes[q - 1, first:end], right.squares[q - 1, first:end]
    constants = right.constants[q - 1, first:end]
    for k in range(len(line)):
        ratio = sizes[k] - size
        left_shorter = ratio > np.float32(0.0)
        match = _length_log_odds(
            ratio, square if left_shorter else squares[k], constant if left_shorter else constants[k]
        )
        value = min(line[k] + match, np.float32(CAP))
        line[k] = value if value > np.float32(HOPELESS) else np.float32(-np.inf)
