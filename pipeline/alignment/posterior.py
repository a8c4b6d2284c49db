"""Link posteriors of two texts, computed with a pair hidden Markov model.

The model walks through both texts sentence by sentence. A step is a *bead*: one to three sentences on
each side that translate each other, or one sentence without a counterpart. The odds of beads come from
`pipeline.alignment.evidence`, the prior probabilities of steps from `Prior`. The sum over all walks
gives, for each pair of sentences, the probability that they share a bead (Durbin et al., Biological
Sequence Analysis, 1998, chapter 4).
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment.band import Band
from pipeline.alignment.beads import Breaks, Floats, Steps
from pipeline.alignment.loops import loops_for

LEAST_LOG_MASS = 600.0
"""Maximum natural logarithm by which a walk may shrink within its line; float64 underflows at 708."""


class Prior(NamedTuple):
    """Prior probabilities of the steps.

    They describe what translators and editors do to an article. They were set by hand; halving or doubling
    one of them changes the rows on the development gold by about a point at most.
    """

    one_to_one: float = 0.85
    one_to_two: float = 0.06  # for each direction
    two_to_two: float = 0.005
    one_to_three: float = 0.005  # for each direction
    paragraph_alone: float = 0.05  # a paragraph has no counterpart
    alone_again: float = 0.3  # a paragraph after one without a counterpart has none either
    sentence_alone: float = 0.01  # a sentence has no counterpart although its paragraph has one
    rejoin: float = 0.2  # a paragraph continues with a counterpart after sentences without one
    boundary_kept: float = 0.9  # both texts start a paragraph where one does
    straddle: float = 0.02  # a bead spans the end of a paragraph that closes with a full stop
    code_kept: float = 0.99  # a paragraph is code in both texts or in neither
    later_copy: float = 1e-6  # a paragraph has a counterpart, and the same one before it has none

    def beads(self) -> Floats:
        """Return the probabilities of matching beads, in the order of `BEADS`."""
        return np.array(
            [
                self.one_to_one,
                self.one_to_two,
                self.one_to_two,
                self.two_to_two,
                self.one_to_three,
                self.one_to_three,
            ]
        )


class Posterior(NamedTuple):
    """The posterior of two texts of n and m sentences."""

    link: NDArray[np.float32]  # [cells]: left sentence i and right sentence j share a bead
    alone_left: NDArray[np.float32]  # [n]: the sentence has no counterpart
    alone_right: NDArray[np.float32]  # [m]
    log_odds: float  # log-likelihood ratio of the alignment against two unrelated texts


def pair_posterior(
    odds: NDArray[np.float32], band: Band, left: Breaks, right: Breaks, prior: Prior
) -> Posterior:
    """Return the posterior of every link between two texts.

    `odds` is `float32[6, cells]`: the likelihood ratio of each kind of bead that starts at a cell.
    """
    loops, steps = loops_for(band), walking_steps(left, right, prior)
    mass, scale = loops.forward(odds, band, left, right, steps)
    return Posterior(*loops.backward(odds, band, left, right, steps, mass, scale))


def alignment_log_odds(
    odds: NDArray[np.float32], band: Band, left: Breaks, right: Breaks, prior: Prior
) -> float:
    """Return only the `log_odds` of `pair_posterior`, in half the time."""
    mass, scale = loops_for(band).forward(odds, band, left, right, walking_steps(left, right, prior))
    return float(np.log(mass[:, -1].sum()) + scale[-1])


def walking_steps(left: Breaks, right: Breaks, prior: Prior) -> Steps:
    """Return the factors of every step for two texts with these paragraph breaks.

    Long texts get a milder penalty for repeated skips, to prevent underflow however much is skipped.
    """
    begun = np.count_nonzero(left.starts), np.count_nonzero(right.starts)
    boundary = boundary_odds(begun[0] / len(left.starts), begun[1] / len(right.starts), prior.boundary_kept)
    return Steps(
        prior.beads(),
        agreement(boundary, left.starts, right.starts, prior.code_kept),
        _crossings(left.firm, prior.straddle),
        _crossings(right.firm, prior.straddle),
        prior.paragraph_alone,
        max(prior.alone_again, math.exp(-LEAST_LOG_MASS / max(begun))),
        prior.sentence_alone,
        _resuming(left, prior),
        _resuming(right, prior),
    )


@lru_cache(maxsize=1024)  # short texts have few different shares
def boundary_odds(left: float, right: float, kept: float) -> Floats:
    """Return how much more often translated sentences agree on starting a paragraph than expected by chance.

    `left` and `right` are the shares of sentences that start one. The result is `float64[2, 2]`, indexed
    by whether the left and the right sentence start one. Where every sentence is a paragraph, agreement
    carries no information and the entry used is 1.
    """
    both = kept * min(left, right) + (1 - kept) * left * right
    joint = (1 - left - right + both, right - both, left - both, both)
    chance = ((1 - left) * (1 - right), (1 - left) * right, left * (1 - right), left * right)
    odds = [max(one, 1e-3) / max(other, 1e-3) for one, other in zip(joint, chance, strict=True)]
    return np.array(odds).reshape(2, 2)


def agreement(
    boundary: Floats, left: NDArray[np.uint8], right: NDArray[np.uint8], code_kept: float
) -> Floats:
    """Return the odds of a bead by what starts in both texts, `float64[3, 3]`, as `Breaks.starts` says it.

    `boundary` are the `boundary_odds`, `left` and `right` the `Breaks.starts`. A share `code_kept` of the
    paragraphs is code in both texts or in neither; where there is no code, that says nothing.
    """
    agree = boundary[[[0], [1], [1]], [0, 1, 1]]
    if left.max() < 2 and right.max() < 2:
        return agree
    shares = [np.bincount(starts, minlength=3)[1:] / np.count_nonzero(starts) for starts in (left, right)]
    agree[1:, 1:] *= 1.0 - code_kept + code_kept * np.diag(1.0 / np.maximum(np.maximum(*shares), 1e-3))
    return agree


def _resuming(breaks: Breaks, prior: Prior) -> Floats:
    """Return the factors for a bead that follows skips, before each sentence and at the end, `[n + 1]`.

    Nobody can tell which of several equal paragraphs in a row was left out. If every choice counted as a walk
    of its own, the links of a long run would spread over so many that none is likely. So it is the last ones
    that are skipped, and `pipeline.alignment.copies` says what that is worth. The factor is not zero because
    a reviewer may have said that it was others.
    """
    factors = np.ones(len(breaks.starts) + 1)
    factors[:-1][breaks.starts == 0] = prior.rejoin
    factors[:-1][breaks.copies] = prior.later_copy
    return factors


def _crossings(firm: NDArray[np.bool_], straddle: float) -> Floats:
    """Return the factors for extending a bead from each sentence over the next 0, 1 and 2, `[3, n]`."""
    factors = np.ones((3, len(firm)))
    factors[1, :-1][firm[1:]] = straddle
    factors[2, :-2] = factors[1, :-2] * factors[1, 1:-1]
    return factors
