"""Evidence that sentences translate each other: a likelihood ratio against unrelated sentences.

Two things speak: how near the vectors of the two sides are, and how their lengths relate. Each is a
normal distribution for translated and one for unrelated sentences of the same article, so that the
topic which all sentences of an article share counts for nothing. Vectors of neighbours add up to the
vector of both; every bead is looked at through inner products of single sentences.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipeline.align.band import Band
from pipeline.align.posterior import BEADS
from pipeline.embed import Text

CAP = 30.0
"""No bead is surer than this log-likelihood ratio, so that products stay far from overflow."""

HOPELESS = -15.0
"""A bead below this log-likelihood ratio cannot stand against leaving its sentences out, and counts as impossible."""

VERBOSITY = {"it": 0.0, "ko": -0.85, "pl": -0.03}
"""Natural logarithm of a translation's characters, spaces left out, against the Italian text's.

Means over the sentences of professionally translated news (NTREX-128).
"""

LENGTH_SD = 0.14
"""Standard deviation of the log length ratio of two long translated texts."""

LENGTH_NOISE = 1.6
"""What short texts add to its variance, times the characters of the shorter one."""

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
    return _bead_odds(
        dots,
        left.block_norms,
        right.block_norms,
        left.block_lengths,
        right.block_lengths,
        *band,
        np.array([*model.likeness, model.shift, spread]),
    )


def fit_to_article(
    left: Text,
    right: Text,
    dots: NDArray[np.float32],
    band: Band,
    model: PairModel,
    link: NDArray[np.float32],
) -> PairModel:
    """Return the model that this article's own links suggest: one step of expectation maximisation.

    `link` is `float32[cells]` as in `Posterior`. The model's figures count as `ARTICLE_WEIGHT` and
    `UNRELATED_WEIGHT` further pairs of sentences.
    """
    lines, columns = band.lines(), band.columns()
    inside = (lines < len(left.lengths)) & (columns < len(right.lengths))
    lines, columns, link = lines[inside], columns[inside], link[inside]
    norms = left.block_norms[0][lines] * right.block_norms[0][columns]
    cosine = dots[inside] / np.maximum(norms, 1e-9)
    shares = np.bincount(lines, link, len(left.lengths))[lines]
    same = link * link / np.maximum(shares, 1.0)  # a sentence with two partners is half as good an example
    ratio = np.log(right.lengths)[columns] - np.log(left.lengths)[lines]
    prior = model.likeness
    same_mean, same_sd = _posterior_normal(cosine, same, prior.same, prior.same_sd, ARTICLE_WEIGHT)
    other_mean, other_sd = _posterior_normal(cosine, 1.0 - link, prior.other, prior.other_sd, UNRELATED_WEIGHT)
    shift, _ = _posterior_normal(ratio, same, model.shift, LENGTH_SD, ARTICLE_WEIGHT)
    return PairModel(Likeness(same_mean, same_sd, other_mean, other_sd), shift)


def _posterior_normal(
    values: NDArray[np.float32], weights: NDArray[np.float32], mean: float, sd: float, count: float
) -> tuple[float, float]:
    """Return mean and sd of weighted values together with `count` values of the given mean and sd."""
    total = count + float(weights.sum())
    new = (count * mean + float((weights * values).sum())) / total
    variance = (count * sd**2 + float((weights * (values - new) ** 2).sum())) / total
    return new, float(np.sqrt(variance))


@njit(cache=True)
def _bead_odds(dots, left_norms, right_norms, left_lengths, right_lengths, low, high, start, model):  # type: ignore[no-untyped-def]
    same, same_sd, other, other_sd, shift, spread = model
    # Of two normal distributions the wider one wins at both ends; beyond the point where the ratio
    # is greatest a nearer pair must not count less.
    highest, lowest = 1.0, -1.0
    if same_sd != other_sd:
        turn = (same * other_sd**2 - other * same_sd**2) / (other_sd**2 - same_sd**2)
        if same_sd < other_sd:
            highest = turn
        else:
            lowest = turn
    normal = np.log(other_sd / same_sd)
    part_mean = other + PART * (same - other)
    part_slope = (part_mean - other) / (0.5 * (same_sd + other_sd)) ** 2
    part_middle = 0.5 * (part_mean + other)
    n, m = left_norms.shape[1], right_norms.shape[1]
    left_sizes = left_lengths * np.exp(shift)  # what the left blocks would measure on the right
    left_logs, right_logs = np.log(left_sizes + 1e-9), np.log(right_lengths + 1e-9)
    odds = np.zeros((len(BEADS), start[n + 1]), dtype=np.float32)
    for b in range(len(BEADS)):
        p, q = BEADS[b]
        for i in range(n - p + 1):
            for j in range(low[i + p - 1], min(high[i], m + 1) - q):
                dot = 0.0
                weakest = 1.0
                for y in range(q):
                    part = 0.0
                    for x in range(p):
                        part += dots[start[i + x] + j + y - low[i + x]]
                    dot += part
                    if q > 1:
                        weakest = min(weakest, part / (left_norms[p - 1, i] * right_norms[0, j + y] + 1e-9))
                if p > 1:
                    for x in range(p):
                        part = 0.0
                        for y in range(q):
                            part += dots[start[i + x] + j + y - low[i + x]]
                        weakest = min(weakest, part / (left_norms[0, i + x] * right_norms[q - 1, j] + 1e-9))
                value = 0.0
                if p > 1 or q > 1:  # each sentence of a larger bead must bring something of its own
                    value = min(0.0, part_slope * (weakest - part_middle))
                    if value < HOPELESS:
                        continue
                cosine = max(lowest, min(highest, dot / (left_norms[p - 1, i] * right_norms[q - 1, j] + 1e-9)))
                z1, z0 = (cosine - same) / same_sd, (cosine - other) / other_sd
                value += 0.5 * (z0 * z0 - z1 * z1) + normal
                if value < HOPELESS:
                    continue
                ratio = right_logs[q - 1, j] - left_logs[p - 1, i]
                related = LENGTH_SD**2 + LENGTH_NOISE / min(left_sizes[p - 1, i], right_lengths[q - 1, j])
                unrelated = related + spread
                value += 0.5 * (ratio * ratio * (1 / unrelated - 1 / related) + np.log(unrelated / related))
                if value > HOPELESS:
                    odds[b, start[i] + j - low[i]] = np.exp(min(CAP, value))
    return odds
