"""Evidence that sentences translate each other: a likelihood ratio against unrelated sentences.

Two things speak: how near the vectors of the two sides are, and how their lengths relate. Each is a
normal distribution for translated and one for unrelated sentences of the same article, so that the
topic which all sentences of an article share counts for nothing. Vectors of neighbours add up to the
vector of both; every bead is looked at through inner products of single sentences. How the lengths
relate is a quadratic of the logarithm of their ratio, the terms of which depend on the shorter side alone.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.align.band import Band
from pipeline.align.compiled import compiled
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

LEAST_NORM = 1e-9
"""What is added to a norm, so that a vector of zeros is far from all others."""

_ONE_TO_MANY = np.array([BEADS.tolist().index([1, q]) for q in (1, 2, 3)])
"""Where in `BEADS` the bead of one left sentence and q right ones stands, at q - 1."""

_MANY_TO_ONE = np.array([BEADS.tolist().index([p, 1]) for p in (1, 2, 3)])


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
    spread = _log_variance(left.lengths) + _log_variance(right.lengths) + 0.1
    log_odds = _bead_log_odds(
        dots,
        band,
        _blocks(left.block_norms, left.lengths, model.shift, spread),
        _blocks(right.block_norms, right.lengths, 0.0, spread),
        _contrast(model.likeness),
    )
    odds: NDArray[np.float32] = np.exp(log_odds, out=log_odds)
    return odds


def block_log_odds(
    left: NDArray[np.float32],
    left_length: float,
    right: NDArray[np.float32],
    right_length: float,
    model: PairModel,
) -> float:
    """Return the log-likelihood ratio of two blocks from their lengths and sums of vectors, `[d]`."""
    cosine = left @ right / np.float32(np.linalg.norm(left) * np.linalg.norm(right) + LEAST_NORM)
    size = left_length * math.exp(model.shift)
    return float(
        _nearness(np.float32(cosine), _contrast(model.likeness))
        + _length_match(
            np.float32(math.log(right_length / size)),
            *_length_terms(min(size, right_length), UNRELATED_SPREAD),
        )
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
    """What a bead asks of 1, 2 and 3 neighbouring sentences of a text of n, in numbers ready for use."""

    scales: NDArray[np.float32]  # [3, n]: 1 / Euclidean norm
    sizes: NDArray[np.float32]  # [3, n]: log of the characters, as the right language would need them
    bends: NDArray[np.float32]  # [3, n]: see `_length_terms`
    lifts: NDArray[np.float32]  # [3, n]


class Contrast(NamedTuple):
    """Translated against unrelated sentences, in numbers ready for use."""

    lowest: np.float32  # cosines are held between these
    highest: np.float32
    square: np.float32  # log-likelihood ratio of a cosine: (square * cosine + slope) * cosine + constant
    slope: np.float32
    constant: np.float32
    part_slope: np.float32  # log-likelihood ratio of a part: slope times (cosine - middle)
    part_middle: np.float32


def _contrast(likeness: Likeness) -> Contrast:
    same, same_sd, other, other_sd = likeness
    # Of two normal distributions the wider one wins at both ends; beyond the point where the ratio
    # is greatest a nearer pair must not count less.
    lowest, highest = -1.0, 1.0
    if same_sd != other_sd:
        turn = (same * other_sd**2 - other * same_sd**2) / (other_sd**2 - same_sd**2)
        lowest, highest = (lowest, turn) if same_sd < other_sd else (turn, highest)
    part = other + PART * (same - other)
    return Contrast(
        np.float32(lowest),
        np.float32(highest),
        np.float32(0.5 / other_sd**2 - 0.5 / same_sd**2),
        np.float32(same / same_sd**2 - other / other_sd**2),
        np.float32(0.5 * ((other / other_sd) ** 2 - (same / same_sd) ** 2) + math.log(other_sd / same_sd)),
        np.float32((part - other) / (0.5 * (same_sd + other_sd)) ** 2),
        np.float32(0.5 * (part + other)),
    )


@compiled
def _log_variance(lengths: NDArray[np.float32]) -> float:
    """Return the variance of the logarithms of the lengths."""
    return float(np.var(np.log(lengths.astype(np.float64))))


@compiled
def _blocks(norms: NDArray[np.float32], lengths: NDArray[np.float32], shift: float, spread: float) -> Blocks:
    """Return the blocks of a text, of their norms `[3, n]` and the lengths of its sentences, `[n]`.

    Blocks that would reach beyond the end are zeros. A length counts as exp(`shift`) times itself.
    """
    terms = np.zeros((4, *norms.shape), dtype=np.float32)
    blocks = Blocks(terms[0], terms[1], terms[2], terms[3])
    stretch, n = math.exp(shift), len(lengths)
    for k in range(min(len(norms), n)):
        for i in range(n - k):
            size = stretch * lengths[i : i + k + 1].sum()
            blocks.scales[k, i] = 1.0 / (norms[k, i] + LEAST_NORM)
            blocks.sizes[k, i] = math.log(size)
            blocks.bends[k, i], blocks.lifts[k, i] = _length_terms(size, spread)
    return blocks


# The loops over the cells of a line are short and plain, over arrays cut to the same length, so that the
# processor takes eight cells at a time.


@compiled
def _bead_log_odds(
    dots: NDArray[np.float32], band: Band, left: Blocks, right: Blocks, contrast: Contrast
) -> NDArray[np.float32]:
    """Return the log-likelihood ratio of every bead, `float32[6, cells]`; -inf where it is hopeless."""
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
                _add_nearness(line, cosines[b, begin:end], parts, contrast)
                _add_length_match(line, p, q, i, first, left, right)
    return log_odds


@compiled
def _bead_cosines(
    dots: NDArray[np.float32],
    band: Band,
    left_scales: NDArray[np.float32],
    right_scales: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Return the cosine of the sides of every bead, `float32[6, cells]`."""
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
    """Find the least cosine of one of the sentences of a bead with the whole other side, or `enough`.

    `weakest` is filled for the beads of p and q sentences that begin at i and at `first` and following.
    """
    weakest[:] = enough
    for y in range(first, first + q if q > 1 else first):
        begin = band.start[i] - band.low[i] + y
        parts = cosines[_MANY_TO_ONE[p - 1], begin : begin + len(weakest)]
        for k in range(len(weakest)):
            weakest[k] = min(weakest[k], parts[k])
    for x in range(i, i + p if p > 1 else i):
        begin = band.start[x] - band.low[x] + first
        parts = cosines[_ONE_TO_MANY[q - 1], begin : begin + len(weakest)]
        for k in range(len(weakest)):
            weakest[k] = min(weakest[k], parts[k])


@compiled
def _add_nearness(
    line: NDArray[np.float32],
    cosines: NDArray[np.float32],
    weakest: NDArray[np.float32],
    contrast: Contrast,
) -> None:
    """Set the log-likelihood ratios of a line of beads to what their cosines and their parts' say."""
    for k in range(len(line)):
        part = contrast.part_slope * (weakest[k] - contrast.part_middle)
        value = part + _nearness(cosines[k], contrast)
        line[k] = value if min(part, value) > np.float32(HOPELESS) else np.float32(-np.inf)


@compiled
def _add_length_match(
    line: NDArray[np.float32], p: int, q: int, i: int, first: int, left: Blocks, right: Blocks
) -> None:
    """Add to the log-likelihood ratios of a line of beads what their lengths say."""
    end = first + len(line)
    size, bend, lift = left.sizes[p - 1, i], left.bends[p - 1, i], left.lifts[p - 1, i]
    sizes, bends = right.sizes[q - 1, first:end], right.bends[q - 1, first:end]
    lifts = right.lifts[q - 1, first:end]
    for k in range(len(line)):
        ratio = sizes[k] - size
        smaller = ratio > np.float32(0.0)  # is the left side
        match = _length_match(ratio, bend if smaller else bends[k], lift if smaller else lifts[k])
        value = min(line[k] + match, np.float32(CAP))
        line[k] = value if value > np.float32(HOPELESS) else np.float32(-np.inf)


@compiled
def _nearness(cosine: np.float32, contrast: Contrast) -> np.float32:
    """Return the log-likelihood ratio of a cosine."""
    held = max(contrast.lowest, min(contrast.highest, cosine))
    return (contrast.square * held + contrast.slope) * held + contrast.constant


@compiled
def _length_terms(size: float, spread: float) -> tuple[np.float32, np.float32]:
    """Return the terms of `_length_match` for two lengths of which the smaller one is `size`.

    Lengths are in characters, as the right language would need them.
    """
    related = LENGTH_SD**2 + LENGTH_NOISE / size
    unrelated = related + spread
    return np.float32(0.5 / unrelated - 0.5 / related), np.float32(0.5 * math.log(unrelated / related))


@compiled
def _length_match(ratio: np.float32, bend: np.float32, lift: np.float32) -> np.float32:
    """Return the log-likelihood ratio of the logarithm of the ratio of two lengths."""
    return bend * ratio * ratio + lift
