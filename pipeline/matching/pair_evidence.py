"""How strongly the sentences of two texts say that one translates the other."""

from __future__ import annotations

from pipeline.alignment.align import search_band
from pipeline.alignment.band import inner_products
from pipeline.alignment.beads import breaks_of
from pipeline.alignment.evidence import bead_odds, first_model
from pipeline.alignment.likeness import Likeness
from pipeline.alignment.posterior import Prior, alignment_log_odds
from pipeline.embedding.vectors import Text

OPEN_PRIOR = Prior(paragraph_alone=0.2, alone_again=0.2, sentence_alone=0.05)
"""Candidates may be partial translations: a paragraph without counterpart speaks little against them."""


def pair_evidence(left: Text, right: Text, likeness: Likeness) -> float:
    """Return the log-likelihood ratio of two texts being translations, per sentence of the shorter one.

    Code does not count: many articles may have the same commands in them.
    """
    left, right = left.prose(), right.prose()
    band = search_band(left, right, likeness, OPEN_PRIOR)
    log_odds = alignment_log_odds(
        bead_odds(
            left, right, inner_products(left.sums, right.sums, band), band, first_model(left, right, likeness)
        ),
        band,
        breaks_of(left),
        breaks_of(right),
        OPEN_PRIOR,
    )
    return log_odds / min(len(left.lengths), len(right.lengths))
