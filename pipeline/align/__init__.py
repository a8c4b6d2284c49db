"""Align all languages of an article at once: sentences inside, rows of paragraphs outside.

For each pair of languages the evidence of every bead (`evidence`) and a pair hidden Markov model
(`posterior`) give the probability that two sentences belong together; the article's own links then
sharpen the evidence and the model runs once more. Paragraphs are tied by the sentences that they
share, and the ties of all pairs are joined into rows that every language can read in order
(`joint`). The same probabilities say how sure a row is (`confidence`).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from itertools import combinations
from typing import NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from pipeline.align.band import Band, inner_products
from pipeline.align.coarse import band_around, coarser, is_short
from pipeline.align.confidence import row_confidences
from pipeline.align.evidence import Likeness, bead_odds, first_model, fit_to_article
from pipeline.align.forward_backward import Breaks
from pipeline.align.joint import Node, Tie, join_paragraphs
from pipeline.align.posterior import Posterior, Prior, pair_posterior
from pipeline.embed import Text

EMBEDDED_LIKENESS = Likeness(same=0.60, same_sd=0.13, other=0.10, other_sd=0.14)

FAINT = 0.02
"""Links below this probability are not carried on."""


def small_matrices() -> AbstractContextManager[object]:
    """Return a context in which numpy multiplies on one thread.

    An article's matrices are small: sharing them out costs more than it saves, and several times
    that where other work waits for the same processors.
    """
    limits: AbstractContextManager[object] = threadpool_limits(limits=1, user_api="blas")
    return limits


class AlignedRow(NamedTuple):
    """Paragraphs that belong together, as (language, paragraph), and how probable it is that they do."""

    nodes: tuple[Node, ...]
    confidence: float


def align_texts(
    texts: Sequence[Text], likeness: Likeness = EMBEDDED_LIKENESS, prior: Prior | None = None
) -> list[AlignedRow]:
    """Return the rows of one article in reading order; `texts` holds it in each of its languages."""
    ties = [
        tie
        for a, b in combinations(range(len(texts)), 2)
        for tie in paragraph_ties(a, b, texts, link_posterior(texts[a], texts[b], likeness, prior or Prior()))
    ]
    rows = join_paragraphs([text.paragraphs for text in texts], ties)
    return [AlignedRow(tuple(row), c) for row, c in zip(rows, row_confidences(rows, ties), strict=True)]


def link_posterior(left: Text, right: Text, likeness: Likeness, prior: Prior) -> tuple[Band, Posterior]:
    """Return the band looked at and the posterior of the links between two texts."""
    band = search_band(left, right, likeness, prior)
    dots = inner_products(left.sums, right.sums, band)
    model = first_model(left, right, likeness)
    for sharpened in (False, True):
        odds = bead_odds(left, right, dots, band, model)
        posterior = pair_posterior(
            odds, band, Breaks(left.starts, left.firm_starts), Breaks(right.starts, right.firm_starts), prior
        )
        if not sharpened:
            model = fit_to_article(left, right, dots, band, model, posterior.link)
    return band, posterior


def search_band(left: Text, right: Text, likeness: Likeness, prior: Prior) -> Band:
    """Return the cells to look at: all of two short texts, of long ones a band around a coarser alignment."""
    n, m = len(left.lengths), len(right.lengths)
    if is_short(n, m):
        return Band.full(n, m)
    band, posterior = link_posterior(coarser(left), coarser(right), likeness, prior)
    return band_around(posterior.link, band, n, m)


def paragraph_ties(a: int, b: int, texts: Sequence[Text], found: tuple[Band, Posterior]) -> list[Tie]:
    """Return the ties between the paragraphs of languages `a` and `b`: their surest shared sentence."""
    band, posterior = found
    cells = np.flatnonzero(posterior.link > FAINT)
    best: dict[tuple[int, int], float] = {}
    for line, column, probability in zip(
        texts[a].paragraph[band.lines()[cells]].tolist(),
        texts[b].paragraph[band.columns()[cells]].tolist(),
        posterior.link[cells].tolist(),
        strict=True,
    ):
        best[line, column] = max(best.get((line, column), 0.0), min(probability, 1.0))
    return [Tie(probability, (a, line), (b, column)) for (line, column), probability in best.items()]
