"""Evidence that sentences translate each other: a likelihood ratio against unrelated sentences.

It combines the cosine of the two sides and the ratio of their lengths. Each has one normal distribution
for translated and one for unrelated sentences of the same article, so the common topic of an article
does not count. The vector of a block is the sum of its sentence vectors, so inner products of single
sentences are enough to score every bead.
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
"""Variance of the log length ratio of two unrelated paragraphs."""

ARTICLE_WEIGHT, UNRELATED_WEIGHT = 10.0, 100.0
"""Weight of the prior figures, in sentence pairs of the article: translated, unrelated."""


def first_model(left: Text, right: Text, likeness: Likeness) -> PairModel:
    """Return the model used before the texts have been aligned.

    If the usual length of a language is unknown, the mean log lengths of the texts are compared instead.
    """
    usual, other = facts(left.language).length, facts(right.language).length
    if usual is not None and other is not None:
        return PairModel(likeness, other - usual)
    return PairModel(likeness, float(np.log(right.lengths).mean() - np.log(left.lengths).mean()))


def bead_odds(
    left: Text, right: Text, dots: NDArray[np.float32], band: Band, model: PairModel
) -> NDArray[np.float32]:
    """Return the likelihood ratio of every bead that starts at a cell, `float32[6, cells]`.

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
    """Return the log-likelihood ratio of two blocks from their lengths and their summed vectors, `[d]`."""
    from pipeline.alignment import bead_log_odds as loops

    cosine = left @ right / np.float32(np.linalg.norm(left) * np.linalg.norm(right) + loops.LEAST_NORM)
    size = left_length * math.exp(model.shift)
    return float(
        loops.cosine_log_odds(np.float32(cosine), loops.contrast(model.likeness))
        + loops.length_log_odds(
            np.float32(math.log(right_length / size)),
            *loops.length_terms(min(size, right_length), UNRELATED_SPREAD),
        )
    )


class Examples(NamedTuple):
    """Pairs of sentences of two texts, weighted as examples of translated and of unrelated sentences."""

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
        link * link / np.maximum(shares, 1.0),  # a sentence with two partners counts half
        1.0 - np.minimum(link, 1.0),
    )


def fit_to_article(model: PairModel, found: Examples) -> PairModel:
    """Return the model refined by the links of this article: one step of expectation maximisation.

    The figures of the model weigh as much as `ARTICLE_WEIGHT` and `UNRELATED_WEIGHT` sentence pairs.
    """
    likeness = fit_likeness(model.likeness, found, ARTICLE_WEIGHT, UNRELATED_WEIGHT)
    shift, _ = _posterior_normal(found.ratio, found.same, model.shift, LENGTH_SD, ARTICLE_WEIGHT)
    return PairModel(likeness, shift)


def fit_likeness(prior: Likeness, found: Examples, same_weight: float, other_weight: float) -> Likeness:
    """Return the likeness of the examples, where `prior` counts as `same_weight` and `other_weight` pairs."""
    return Likeness(
        *_posterior_normal(found.cosine, found.same, prior.same, prior.same_sd, same_weight),
        *_posterior_normal(found.cosine, found.other, prior.other, prior.other_sd, other_weight),
    )


def _posterior_normal(
    values: NDArray[np.float64], weights: NDArray[np.float64], mean: float, sd: float, count: float
) -> tuple[float, float]:
    """Return mean and sd of the weighted values pooled with `count` values of the given mean and sd."""
    total = count + float(weights.sum())
    new = (count * mean + float((weights * values).sum())) / total
    variance = (count * sd**2 + float((weights * (values - new) ** 2).sum())) / total
    return new, float(np.sqrt(variance))
