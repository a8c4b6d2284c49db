"""Align all languages of an article at once: sentences inside, rows of paragraphs outside.

For each pair of languages the evidence of every bead (`evidence`) and a pair hidden Markov model
(`posterior`) give the probability that two sentences belong together; the article's own links then
sharpen the evidence and the model runs once more. What a third language says against a link is taken
into account (`consistency`). Paragraphs are tied by the sentences that they share, and the ties of all
pairs are joined into rows that every language can read in order (`joint`). The same probabilities
say how sure a row is (`confidence`). Long texts are searched coarse to fine (`coarse`).
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
from pipeline.align.consistency import Links, consistent
from pipeline.align.evidence import Likeness, bead_odds, first_model, fit_to_article
from pipeline.align.forward_backward import Breaks
from pipeline.align.joint import Node, Tie, join_paragraphs
from pipeline.align.posterior import Posterior, Prior, pair_posterior
from pipeline.embed import Text

EMBEDDED_LIKENESS = Likeness(same=0.60, same_sd=0.13, other=0.10, other_sd=0.14)

FAINT = 0.001
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
    prior = prior or Prior()
    links = {
        (a, b): likely_links(*link_posterior(texts[a], texts[b], likeness, prior))
        for a, b in combinations(range(len(texts)), 2)
    }
    ties = [tie for pair, found in consistent(links, len(texts)).items() for tie in paragraph_ties(pair, texts, found)]
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


def likely_links(band: Band, posterior: Posterior) -> Links:
    """Return the links that are worth carrying on."""
    cells = np.flatnonzero(posterior.link > FAINT)
    return Links(
        band.lines()[cells],
        band.columns()[cells],
        np.minimum(posterior.link[cells].astype(np.float64), 1.0),
        (len(posterior.alone_left), len(posterior.alone_right)),
    )


def paragraph_ties(pair: tuple[int, int], texts: Sequence[Text], links: Links) -> list[Tie]:
    """Return the ties between the paragraphs of two languages: their surest shared sentence."""
    a, b = pair
    best: dict[tuple[int, int], float] = {}
    for left, right, probability in zip(
        texts[a].paragraph[links.left].tolist(),
        texts[b].paragraph[links.right].tolist(),
        links.probability.tolist(),
        strict=True,
    ):
        best[left, right] = max(best.get((left, right), 0.0), probability)
    return [Tie(probability, (a, left), (b, right)) for (left, right), probability in best.items()]
