"""Evidence that sentences translate each other: a likelihood ratio against unrelated sentences.

Two things speak: how near the vectors of the two sides are, and how their lengths relate. Each is a
normal distribution for translated and one for unrelated sentences of the same article, so that the
topic which all sentences of an article share counts for nothing. Vectors of neighbours add up to the
vector of both; every bead is looked at through inner products of single sentences.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.align.band import Band
from pipeline.align.compiled import compiled, inlined
from pipeline.align.forward_backward import BEADS
from pipeline.embed import Text

CAP = 30.0
"""No bead is surer than this log-likelihood ratio, so that products stay far from overflow."""

HOPELESS = -15.0
"""A bead below this log-likelihood ratio cannot stand against leaving its sentences out: it is impossible."""

VERBOSITY = {"it": 0.0, "ko": -0.85, "pl": -0.03}
"""Natural logarithm of a translation's characters, spaces left out, against the Italian text's.

Means over the sentences of professionally translated news (NTREX-128).
"""

LENGTH_SD = 0.14
"""Standard deviation of the log length ratio of two long translated texts."""

LENGTH_NOISE = 1.6
"""What short texts add to its variance, times the characters of the shorter one."""

UNRELATED_SPREAD = 0.6
"""Variance of the log length ratio of two paragraphs that have nothing to do with each other."""

PART = 0.7
"""Where a sentence of a bead of several stands between unrelated (0) and all of the translation (1)."""

ARTICLE_WEIGHT, UNRELATED_WEIGHT = 10.0, 100.0
"""Sentence pairs of an article that count as much as the model's own figures: translated, unrelated."""


class Likeness(NamedTuple):
    """Cosines of translated (`same`) and of unrelated (`other`) sentences of one article: mean and sd."""

    same: float
    same_sd: float
    other: float
    other_sd: float


class PairModel(NamedTuple):
    """What translated and unrelated sentences of two texts look like."""

    likeness: Likeness
    shift: float  # mean of log(right length / left length) of translations


def first_model(left: Text, right: Text, likeness: Likeness) -> PairModel:
    """Return the model before the texts have been aligned.

    Of a language that is not in `VERBOSITY` the lengths are compared by their means.
    """
    if left.language in VERBOSITY and right.language in VERBOSITY:
        return PairModel(likeness, VERBOSITY[right.language] - VERBOSITY[left.language])
    return PairModel(likeness, float(np.log(right.lengths).mean() - np.log(left.lengths).mean()))


def bead_odds(
    left: Text, right: Text, dots: NDArray[np.float32], band: Band, model: PairModel
) -> NDArray[np.float32]:
    """Return the likelihood ratio of every bead that begins at a cell, `float32[6, cells]`.

    `dots` is `float32[cells]`, the inner products of the sentences' `sums`.
    """
    spread = float(np.log(left.lengths).var() + np.log(right.lengths).var()) + 0.1
    odds: NDArray[np.float32] = _bead_odds(
        dots,
        band,
        Blocks(left.block_norms, left.block_lengths * np.float32(np.exp(model.shift))),
        Blocks(right.block_norms, right.block_lengths),
        _contrast(model.likeness, spread),
    )
    return odds


def block_log_odds(
    left: NDArray[np.float32],
    left_length: float,
    right: NDArray[np.float32],
    right_length: float,
    model: PairModel,
) -> float:
    """Return the log-likelihood ratio of two blocks from their lengths and sums of vectors, `[d]`."""
    norms = float(np.linalg.norm(left) * np.linalg.norm(right))
    contrast = _contrast(model.likeness, UNRELATED_SPREAD)
    size = left_length * math.exp(model.shift)
    return float(
        _nearness(float(left @ right) / (norms + 1e-9), contrast)
        + _length_match(size, right_length, contrast.spread)
    )


class Examples(NamedTuple):
    """Pairs of sentences of two texts, and how much each is an example of a translation."""

    cosine: NDArray[np.float64]  # [pairs]
    ratio: NDArray[np.float64]  # [pairs]: log of right length / left length
    same: NDArray[np.float64]  # [pairs]: weight as an example of a translation
    other: NDArray[np.float64]  # [pairs]: weight as an example of unrelated sentences


def examples(
    left: Text, right: Text, dots: NDArray[np.float32], band: Band, link: NDArray[np.float32]
) -> Examples:
    """Return every pair of sentences in the band; `dots` and `link` are `float32[cells]`."""
    lines, columns = band.lines(), band.columns()
    inside = (lines < len(left.lengths)) & (columns < len(right.lengths))
    lines, columns, link = lines[inside], columns[inside], link[inside].astype(np.float64)
    norms = left.block_norms[0][lines] * right.block_norms[0][columns]
    shares = np.bincount(lines, link, len(left.lengths))[lines]
    return Examples(
        dots[inside].astype(np.float64) / np.maximum(norms, 1e-9),
        np.log(right.lengths)[columns] - np.log(left.lengths)[lines],
        link * link / np.maximum(shares, 1.0),  # a sentence with two partners is half as good an example
        1.0 - np.minimum(link, 1.0),
    )


def fit_to_article(model: PairModel, found: Examples) -> PairModel:
    """Return the model that this article's own links suggest: one step of expectation maximisation.

    The model's figures count as `ARTICLE_WEIGHT` and `UNRELATED_WEIGHT` further pairs of sentences.
    """
    likeness = fit_likeness(model.likeness, found, ARTICLE_WEIGHT, UNRELATED_WEIGHT)
    shift, _ = _posterior_normal(found.ratio, found.same, model.shift, LENGTH_SD, ARTICLE_WEIGHT)
    return PairModel(likeness, shift)


def fit_likeness(prior: Likeness, found: Examples, same_weight: float, other_weight: float) -> Likeness:
    """Return the likeness of the examples together with so many pairs that are as in `prior`."""
    return Likeness(
        *_posterior_normal(found.cosine, found.same, prior.same, prior.same_sd, same_weight),
        *_posterior_normal(found.cosine, found.other, prior.other, prior.other_sd, other_weight),
    )


def _posterior_normal(
    values: NDArray[np.float64], weights: NDArray[np.float64], mean: float, sd: float, count: float
) -> tuple[float, float]:
    """Return mean and sd of weighted values together with `count` values of the given mean and sd."""
    total = count + float(weights.sum())
    new = (count * mean + float((weights * values).sum())) / total
    variance = (count * sd**2 + float((weights * (values - new) ** 2).sum())) / total
    return new, float(np.sqrt(variance))


class Blocks(NamedTuple):
    """What is known of 1, 2 and 3 neighbouring sentences of a text of n."""

    norms: NDArray[np.float32]  # [3, n]
    sizes: NDArray[np.float32]  # [3, n]: characters, on both sides as the right language would need


class Contrast(NamedTuple):
    """Translated against unrelated sentences, in numbers ready for use."""

    same: float
    same_sd: float
    other: float
    other_sd: float
    lowest: float  # cosines are held between these
    highest: float
    part_slope: float  # log-likelihood ratio of a part: slope times (cosine - middle)
    part_middle: float
    spread: float  # variance of the log length ratio of unrelated sentences beyond that of translations


def _contrast(likeness: Likeness, spread: float) -> Contrast:
    same, same_sd, other, other_sd = likeness
    # Of two normal distributions the wider one wins at both ends; beyond the point where the ratio
    # is greatest a nearer pair must not count less.
    lowest, highest = -1.0, 1.0
    if same_sd != other_sd:
        turn = (same * other_sd**2 - other * same_sd**2) / (other_sd**2 - same_sd**2)
        lowest, highest = (lowest, turn) if same_sd < other_sd else (turn, highest)
    part = other + PART * (same - other)
    slope = (part - other) / (0.5 * (same_sd + other_sd)) ** 2
    return Contrast(*likeness, lowest, highest, slope, 0.5 * (part + other), spread)


@compiled
def _bead_odds(
    dots: NDArray[np.float32], band: Band, left: Blocks, right: Blocks, contrast: Contrast
) -> NDArray[np.float32]:
    low, high, start = band.low, band.high, band.start
    left_norms, right_norms = left.norms, right.norms
    left_sizes, right_sizes = left.sizes, right.sizes
    n, m = left_norms.shape[1], right_norms.shape[1]
    odds = np.zeros((len(BEADS), start[n + 1]), dtype=np.float32)
    for b in range(len(BEADS)):
        p, q = BEADS[b]
        for i in range(n - p + 1):
            for j in range(low[i + p - 1], min(high[i], m + 1) - q):
                value = 0.0
                if p > 1 or q > 1:  # each sentence of a larger bead must bring something of its own
                    weakest = _weakest_part(i, j, p, q, dots, low, start, left_norms, right_norms)
                    value = min(0.0, contrast.part_slope * (weakest - contrast.part_middle))
                    if value < HOPELESS:
                        continue
                norm = left_norms[p - 1, i] * right_norms[q - 1, j] + 1e-9
                value += _nearness(_dot(i, j, p, q, dots, low, start) / norm, contrast)
                if value < HOPELESS:
                    continue
                value += _length_match(left_sizes[p - 1, i], right_sizes[q - 1, j], contrast.spread)
                if value > HOPELESS:
                    odds[b, start[i] + j - low[i]] = np.exp(min(CAP, value))
    return odds


# numba counts references whenever an array is taken out of a record, so what is asked for every cell
# takes the arrays themselves.


@inlined
def _dot(
    i: int,
    j: int,
    p: int,
    q: int,
    dots: NDArray[np.float32],
    low: NDArray[np.int64],
    start: NDArray[np.int64],
) -> float:
    """Return the inner product of the sums of `p` left and `q` right sentences."""
    total = 0.0
    for x in range(i, i + p):
        first = start[x] + j - low[x]
        for cell in range(first, first + q):
            total += dots[cell]
    return total


@inlined
def _weakest_part(
    i: int,
    j: int,
    p: int,
    q: int,
    dots: NDArray[np.float32],
    low: NDArray[np.int64],
    start: NDArray[np.int64],
    left_norms: NDArray[np.float32],
    right_norms: NDArray[np.float32],
) -> float:
    """Return the least cosine of one of the sentences of a bead with the whole other side."""
    weakest = 1.0
    if q > 1:
        for y in range(j, j + q):
            norm = left_norms[p - 1, i] * right_norms[0, y] + 1e-9
            weakest = min(weakest, _dot(i, y, p, 1, dots, low, start) / norm)
    if p > 1:
        for x in range(i, i + p):
            norm = left_norms[0, x] * right_norms[q - 1, j] + 1e-9
            weakest = min(weakest, _dot(x, j, 1, q, dots, low, start) / norm)
    return weakest


@compiled
def _nearness(cosine: float, contrast: Contrast) -> float:
    """Return the log-likelihood ratio of a cosine."""
    cosine = max(contrast.lowest, min(contrast.highest, cosine))
    same = (cosine - contrast.same) / contrast.same_sd
    other = (cosine - contrast.other) / contrast.other_sd
    return 0.5 * (other * other - same * same) + math.log(contrast.other_sd / contrast.same_sd)


@compiled
def _length_match(left: float, right: float, spread: float) -> float:
    """Return the log-likelihood ratio of two lengths, in characters as the right language would need."""
    ratio = math.log(right / left)
    related = LENGTH_SD**2 + LENGTH_NOISE / min(left, right)
    unrelated = related + spread
    return 0.5 * (ratio * ratio * (1 / unrelated - 1 / related) + math.log(unrelated / related))
