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

from pipeline.alignment.band import Band
from pipeline.alignment.likeness import LENGTH_SD, Likeness, PairModel
from pipeline.embedding.vectors import Text
from pipeline.languages import facts

UNRELATED_SPREAD = 0.6
"""Variance of the log length ratio of two paragraphs that have nothing to do with each other."""

ARTICLE_WEIGHT, UNRELATED_WEIGHT = 10.0, 100.0
"""Sentence pairs of an article that count as much as the model's own figures: translated, unrelated."""


def first_model(left: Text, right: Text, likeness: Likeness) -> PairModel:
    """Return the model before the texts have been aligned.

    Where the usual length of a language is unknown the lengths are compared by their means.
    """
    usual, other = facts(left.language).length, facts(right.language).length
    if usual is not None and other is not None:
        return PairModel(likeness, other - usual)
    return PairModel(likeness, float(np.log(right.lengths).mean() - np.log(left.lengths).mean()))


def bead_odds(
    left: Text, right: Text, dots: NDArray[np.float32], band: Band, model: PairModel
) -> NDArray[np.float32]:
    """Return the likelihood ratio of every bead that begins at a cell, `float32[6, cells]`.

    `dots` is `float32[cells]`, the inner products of the sentences' `sums`.
    """
    from pipeline.alignment import bead_log_odds as loops

    spread = loops.log_variance(left.lengths) + loops.log_variance(right.lengths) + 0.1
    log_odds = loops.bead_log_odds(
        dots,
        band,
        loops.blocks(left.block_norms, left.lengths, model.shift, spread),
        loops.blocks(right.block_norms, right.lengths, 0.0, spread),
        loops.contrast(model.likeness),
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
    from pipeline.alignment import bead_log_odds as loops

    cosine = left @ right / np.float32(np.linalg.norm(left) * np.linalg.norm(right) + loops.LEAST_NORM)
    size = left_length * math.exp(model.shift)
    return float(
        loops.nearness(np.float32(cosine), loops.contrast(model.likeness))
        + loops.length_match(
            np.float32(math.log(right_length / size)),
            *loops.length_terms(min(size, right_length), UNRELATED_SPREAD),
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
