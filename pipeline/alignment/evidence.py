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
from pipeline.alignment.beads import Least
from pipeline.alignment.likeness import LENGTH_SD, Likeness, PairModel
from pipeline.alignment.loops import loops_for
from pipeline.alignment.odds_terms import (
    LEAST_NORM,
    contrast,
    cosine_log_odds,
    length_log_odds,
    length_terms,
    log_variance,
)
from pipeline.embedding.surface import NO_WORDING
from pipeline.embedding.vectors import Text
from pipeline.languages import facts

UNRELATED_SPREAD = 0.6
"""Variance of the log length ratio of two unrelated paragraphs."""

SILENT, SHORT_TEXT = 0.15, 10.0
"""How often the vector of a translation says nothing, and the characters beyond which it hardly ever does.

Of headings that are known to translate each other, the cosine is that of unrelated texts in 3 % of those
of 4 to 14 characters and below the middle in 12 %, in under 1 % of those of 14 to 30, and in none above.
"""

COINCIDENCE = 1e-3
"""Expected number of places where the wording of a sentence stands in another text without translating it."""

ARTICLE_WEIGHT, UNRELATED_WEIGHT = 10.0, 100.0
"""Weight of the prior figures, in sentence pairs of the article: translated, unrelated."""


def first_model(left: Text, right: Text, likeness: Likeness) -> PairModel:
    """Return the model used before the texts have been aligned.

    If the usual length of a language is unknown, the mean log sizes of the texts are compared.
    """
    if facts(left.language).length is not None and facts(right.language).length is not None:
        return PairModel(likeness, 0.0)
    sizes = left.surface.sizes, right.surface.sizes
    return PairModel(likeness, float(np.log(sizes[1]).mean() - np.log(sizes[0]).mean()))


def bead_odds(
    left: Text,
    right: Text,
    dots: NDArray[np.float32],
    band: Band,
    model: PairModel,
    equal: SameWording | None = None,
) -> NDArray[np.float32]:
    """Return the likelihood ratio of every bead that starts at a cell, `float32[6, cells]`.

    `dots` is `float32[cells]`, the inner products of the sentences' `sums`. `equal` is for texts that are
    known to translate each other: equal wording then counts as evidence, and the vectors of short lines
    count less. Whether texts translate each other is not told by their shortest lines.
    """
    loops, sizes = loops_for(band), (left.surface.sizes, right.surface.sizes)
    spread = log_variance(sizes[0]) + log_variance(sizes[1]) + 0.1
    log_odds = loops.bead_log_odds(
        dots,
        band,
        loops.blocks(left.block_norms, sizes[0], model.shift, spread),
        loops.blocks(right.block_norms, sizes[1], 0.0, spread),
        contrast(model.likeness),
        *(_least(text, short_too=equal is not None) for text in (left, right)),
    )
    if equal is not None and len(equal.cells):
        log_odds[0, equal.cells] = np.maximum(log_odds[0, equal.cells], equal.log_odds)
    odds: NDArray[np.float32] = np.exp(log_odds, out=log_odds)
    return odds


def _least(text: Text, short_too: bool) -> Least:
    """Return how strongly the cosine of each sentence can speak against a translation.

    The vector of a short text may say nothing of what it means, so a low cosine weighs no more than such
    vectors are rare. What is left to tell is position, length and the kind of paragraph.
    """
    sizes = text.surface.sizes
    if short_too:
        values = (math.log(SILENT) - (sizes / SHORT_TEXT) ** 2).astype(np.float32)
    else:
        values = np.full(len(sizes), -np.inf, dtype=np.float32)
    if not text.has_meaning.all():
        values[~text.has_meaning] = 0.0
    return Least(values, text.surface.kinds)


def block_log_odds(
    left: NDArray[np.float32],
    left_size: float,
    right: NDArray[np.float32],
    right_size: float,
    model: PairModel,
) -> float:
    """Return the log-likelihood ratio of two blocks from their sizes and their summed vectors, `[d]`."""
    cosine = left @ right / np.float32(np.linalg.norm(left) * np.linalg.norm(right) + LEAST_NORM)
    size = left_size * math.exp(model.shift)
    least = math.log(SILENT) - (min(left_size, right_size) / SHORT_TEXT) ** 2
    by_cosine = float(cosine_log_odds(np.float32(cosine), contrast(model.likeness)))
    by_size = length_log_odds(
        np.float32(math.log(right_size / size)),
        *length_terms(min(size, right_size), UNRELATED_SPREAD),
    )
    return max(least, by_cosine) + float(by_size)


class SameWording(NamedTuple):
    """The cells of sentences with the same wording."""

    cells: NDArray[np.int64]
    log_odds: NDArray[np.float32]  # their log-likelihood ratios


def same_wording(left: NDArray[np.uint64], right: NDArray[np.uint64], band: Band) -> SameWording:
    """Return the cells of sentences with the same wording; `left` and `right` are `Surface.wordings`.

    A wording that stands in both texts is kept by the translation. Two sentences that do not translate each
    other have it by coincidence, or because it stands in the text several times.
    """
    if set(left.tolist()).isdisjoint(right.tolist()):
        return SameWording(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))
    m = len(right)
    known, rank = np.unique(right, return_inverse=True)
    count = np.bincount(rank, minlength=len(known))
    own = np.minimum(np.searchsorted(known, left), len(known) - 1)
    lines = np.flatnonzero((known[own] == left) & (left != NO_WORDING))
    own = own[lines]
    # The places of each wording in the right text, as one rising array of rank * (m + 1) + place.
    places = np.sort(rank * (m + 1) + np.arange(m))
    base = own * (m + 1)
    first = np.searchsorted(places, base + band.low[lines])
    found = np.maximum(np.searchsorted(places, base + np.minimum(band.high[lines], m)) - first, 0)
    which = np.repeat(np.arange(len(lines)), found)
    columns = places[_ranges(first, found)] - base[which]
    cells = band.start[lines[which]] - band.low[lines[which]] + columns
    copies = count[own]
    kept = np.minimum(1.0, copies / np.bincount(own, minlength=len(known))[own])
    odds = kept * m / (COINCIDENCE + copies - 1)
    return SameWording(cells, np.log(odds).astype(np.float32)[which])


def _ranges(first: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers from each `first` on, as many as its count, concatenated."""
    ends = np.cumsum(counts)
    return np.asarray(np.arange(int(counts.sum())) + np.repeat(first - (ends - counts), counts))


class Examples(NamedTuple):
    """Pairs of sentences of two texts, weighted as examples of translated and of unrelated sentences."""

    cosine: NDArray[np.float64]  # [pairs]
    ratio: NDArray[np.float64]  # [pairs]: log of right length / left length
    same: NDArray[np.float64]  # [pairs]: weight as an example of a translation
    other: NDArray[np.float64]  # [pairs]: weight as an example of unrelated sentences


def examples(
    left: Text, right: Text, dots: NDArray[np.float32], band: Band, link: NDArray[np.float32]
) -> Examples:
    """Return every pair of sentences in the band; `dots` and `link` are `float32[cells]`.

    Paragraphs that repeat the previous one are no further examples: two of them that are not linked are not
    unrelated.
    """
    lines, columns = band.lines(), band.columns()
    inside = np.append(~left.copies, False)[lines] & np.append(~right.copies, False)[columns]
    lines, columns, link = lines[inside], columns[inside], link[inside].astype(np.float64)
    norms = left.block_norms[0][lines] * right.block_norms[0][columns]
    shares = np.bincount(lines, link, len(left.lengths))[lines]
    said = left.has_meaning[lines] & right.has_meaning[columns]
    return Examples(
        dots[inside].astype(np.float64) / np.maximum(norms, 1e-9),
        np.log(right.surface.sizes)[columns] - np.log(left.surface.sizes)[lines],
        said * link * link / np.maximum(shares, 1.0),  # a sentence with two partners counts half
        said * (1.0 - np.minimum(link, 1.0)),
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
