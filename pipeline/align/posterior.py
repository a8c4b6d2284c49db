"""Link posteriors of two texts: the forward-backward algorithm of a pair hidden Markov model.

The model walks through both texts sentence by sentence. A step is a *bead*: one to three sentences
of each side that translate each other, or one sentence of one side that has no counterpart. What
speaks for a bead is its evidence (`pipeline.align.evidence`); what speaks for a step in general are
the few numbers in `Prior`. The sum over all walks gives, for each pair of sentences, the probability
that they share a bead. (Durbin et al., Biological Sequence Analysis, 1998, chapter 4.)

Time and memory are the number of cells looked at: all of them for short articles, and a `Band`
around a coarse alignment for long ones. The inner loops are compiled by numba, because each cell
depends on its neighbours: numpy would have to step through anti-diagonals, an article at a time.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from pipeline.align.band import Band

BEADS = np.array([(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1)], dtype=np.int64)
"""Sentences on the left and on the right of each kind of matching bead."""

MATCH, SKIP_LEFT, SKIP_RIGHT = 0, 1, 2

FAINTEST = 1e-30
"""Share of its line's greatest mass below which a cell is not followed on."""

FAINTEST_LINK = 1e-6
"""Posterior below which a bead is not counted."""


class Prior(NamedTuple):
    """What is likely before the texts are looked at; every number is a probability.

    The values say what translators and editors do to an article, not what a data set looks like;
    halving or doubling any of them moves the results on the development gold by less than a point.
    """

    one_to_one: float = 0.85
    one_to_two: float = 0.06  # for each direction
    two_to_two: float = 0.005
    one_to_three: float = 0.005  # for each direction
    paragraph_alone: float = 0.05  # a paragraph has no counterpart, begins
    sentence_alone: float = 0.01  # a sentence inside a paragraph that has one has none itself
    rejoin: float = 0.2  # after sentences without counterpart the paragraph goes on with a counterpart
    boundary_kept: float = 0.9  # where one text begins a paragraph, so does the other
    straddle: float = 0.02  # a sentence runs on across a paragraph's end, although that ends in a full stop

    def beads(self) -> NDArray[np.float64]:
        """Probabilities in the order of `BEADS`."""
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


class Breaks(NamedTuple):
    """Where a text of n sentences is broken into paragraphs."""

    starts: NDArray[np.bool_]  # [n]: the sentence begins a paragraph
    firm: NDArray[np.bool_]  # [n]: it does, and the one before it had come to a full stop


class Posterior(NamedTuple):
    """What the model believes about two texts of n and m sentences."""

    link: NDArray[np.float32]  # [cells]: left sentence i and right sentence j share a bead
    alone_left: NDArray[np.float32]  # [n]: the sentence has no counterpart
    alone_right: NDArray[np.float32]  # [m]
    log_odds: float  # log-likelihood ratio of the alignment against two unrelated texts


@njit(cache=True)
def boundary_odds(starts_left, starts_right, kept):  # type: ignore[no-untyped-def]
    """How much more often two translated sentences agree in beginning a paragraph than by chance.

    Returns `float64[2, 2]`, indexed by whether the left and the right sentence begin one. Where
    every sentence is a paragraph, agreement says nothing and all entries used are 1.
    """
    left, right = starts_left.mean(), starts_right.mean()
    both = kept * min(left, right) + (1 - kept) * left * right
    joint = np.array([[1 - left - right + both, right - both], [left - both, both]])
    chance = np.outer(np.array([1 - left, left]), np.array([1 - right, right]))
    return np.maximum(joint, 1e-3) / np.maximum(chance, 1e-3)


@njit(cache=True)
def _crossings(firm, straddle):  # type: ignore[no-untyped-def]
    """Factor for running on from each sentence over the next 0, 1 and 2, `float64[3, n]`."""
    n = len(firm)
    factors = np.ones((3, n))
    for size in (1, 2):
        for i in range(n - size):
            factors[size, i] = factors[size - 1, i] * (straddle if firm[i + size] else 1.0)
    return factors


def pair_posterior(odds: NDArray[np.float32], band: Band, left: Breaks, right: Breaks, prior: Prior) -> Posterior:
    """Return the posterior of every link between two texts of n and m sentences.

    `odds` is `float32[6, cells]`: the likelihood ratio of each kind of bead that begins at a cell.
    """
    arguments = _arguments(odds, band, left, right, prior)
    forward, scale = _forward(*arguments)
    return Posterior(*_backward(*arguments, forward, scale))


def alignment_log_odds(odds: NDArray[np.float32], band: Band, left: Breaks, right: Breaks, prior: Prior) -> float:
    """Return only the `log_odds` of `pair_posterior`, in half its time."""
    forward, scale = _forward(*_arguments(odds, band, left, right, prior))
    return float(np.log(forward[-1].sum()) + scale[-1])


def _arguments(odds: NDArray[np.float32], band: Band, left: Breaks, right: Breaks, prior: Prior) -> tuple[object, ...]:
    return (
        odds,
        *band,
        left.starts,
        right.starts,
        boundary_odds(left.starts, right.starts, prior.boundary_kept),
        _crossings(left.firm, prior.straddle),
        _crossings(right.firm, prior.straddle),
        prior.beads(),
        np.array([prior.paragraph_alone, prior.sentence_alone, prior.rejoin]),
    )


@njit(cache=True, inline="always")
def _leave(state, fresh_left, fresh_right, rejoin):  # type: ignore[no-untyped-def]
    """Factor for ending a run of skips: inside a paragraph it is rare that the counterpart comes back."""
    if (state == SKIP_LEFT and not fresh_left) or (state == SKIP_RIGHT and not fresh_right):
        return rejoin
    return 1.0


@njit(cache=True, inline="always")
def _skip(state, skipping, fresh, left_rejoin, skips):  # type: ignore[no-untyped-def]
    """Factor for leaving out the next sentence; `skipping` is the state in which its side is left out."""
    if state == skipping and not fresh:
        return 1.0
    return (skips[0] if fresh else skips[1]) * left_rejoin


@njit(cache=True)
def _forward(odds, low, high, start, starts_left, starts_right, agree, cross_left, cross_right, beads, skips):  # type: ignore[no-untyped-def]
    """Probability mass `float64[cells, 3]` of reaching each cell in each state, and the log scale of each line."""
    n, m = len(starts_left), len(starts_right)
    mass = np.zeros((start[n + 1], 3))
    scale = np.zeros(n + 1)
    fall = np.zeros(4)  # from this line's scale to that of the line p further on
    mass[0, MATCH] = 1.0
    for i in range(n + 1):
        fresh_left = i == n or starts_left[i]
        top = 0.0
        for cell in range(start[i], start[i + 1]):
            if cell > start[i]:  # what arrives from the same line: a right sentence without counterpart
                fresh_right = starts_right[low[i] + cell - start[i] - 1]
                for state in range(3):
                    before = mass[cell - 1, state]
                    if before > 0.0:
                        rejoin = _leave(state, fresh_left, True, skips[2])
                        mass[cell, SKIP_RIGHT] += before * _skip(state, SKIP_RIGHT, fresh_right, rejoin, skips)
            for state in range(3):
                top = max(top, mass[cell, state])
        if top > 0.0:
            scale[i] += np.log(top)
            for cell in range(start[i], start[i + 1]):
                for state in range(3):
                    mass[cell, state] /= top
        if i == n:
            break
        if i + 3 <= n:  # a line is first reached from three lines before it, and starts with that scale
            scale[i + 3] = scale[i]
        for p in range(1, min(4, n + 1 - i)):
            fall[p] = np.exp(scale[i] - scale[i + p])
        for cell in range(start[i], start[i + 1]):
            j = low[i] + cell - start[i]
            fresh_right = j == m or starts_right[j]
            arrived = 0.0
            for state in range(3):
                here = mass[cell, state]
                if here <= FAINTEST:
                    continue
                arrived += here * _leave(state, fresh_left, fresh_right, skips[2])
                # A left sentence without counterpart. It never follows a skip on the right, so that
                # two runs of skips beside each other are counted in one order only.
                if state != SKIP_RIGHT and low[i + 1] <= j < high[i + 1]:
                    skipped = here * _skip(state, SKIP_LEFT, fresh_left, 1.0, skips) * fall[1]
                    mass[start[i + 1] + j - low[i + 1], SKIP_LEFT] += skipped
            if j == m or arrived <= 0.0:
                continue
            arrived *= agree[int(fresh_left), int(fresh_right)]
            for b in range(len(BEADS)):
                p, q = BEADS[b]
                if i + p <= n and odds[b, cell] > 0.0 and low[i + p] <= j + q < high[i + p]:
                    weight = beads[b] * odds[b, cell] * cross_left[p - 1, i] * cross_right[q - 1, j] * fall[p]
                    mass[start[i + p] + j + q - low[i + p], MATCH] += arrived * weight
    return mass, scale


@njit(cache=True)
def _backward(  # type: ignore[no-untyped-def]
    odds, low, high, start, starts_left, starts_right, agree, cross_left, cross_right, beads, skips, forward, scale
):
    """Posteriors from the forward masses; holds four lines of backward masses at a time.

    Line i of the backward masses is scaled by exp(scale[i] - total), so that forward times backward of
    a cell is its share of all walks.
    """
    n, m = len(starts_left), len(starts_right)
    link = np.zeros(start[n + 1], dtype=np.float32)
    alone_left = np.zeros(n, dtype=np.float32)
    alone_right = np.zeros(m, dtype=np.float32)
    fall = np.zeros(4)
    total = forward[-1].sum()
    after = np.zeros((4, np.max(high - low), 3))  # line i is after[i % 4]
    for i in range(n, -1, -1):
        line = after[i % 4]
        line[:] = 0.0
        fresh_left = i == n or starts_left[i]
        for p in range(1, min(4, n + 1 - i)):
            fall[p] = np.exp(scale[i] - scale[i + p])
        for cell in range(start[i + 1] - 1, start[i] - 1, -1):
            c = cell - start[i]
            j = low[i] + c
            if i == n and j == m:
                line[c] = 1.0 / total
                continue
            fresh_right = j == m or starts_right[j]
            matched = 0.0
            if i < n and j < m:
                agreement = agree[int(fresh_left), int(fresh_right)]
                arrived = 0.0
                for state in range(3):
                    arrived += forward[cell, state] * _leave(state, fresh_left, fresh_right, skips[2])
                for b in range(len(BEADS)):
                    p, q = BEADS[b]
                    if i + p <= n and odds[b, cell] > 0.0 and low[i + p] <= j + q < high[i + p]:
                        weight = agreement * beads[b] * odds[b, cell] * cross_left[p - 1, i] * cross_right[q - 1, j]
                        weight *= fall[p] * after[(i + p) % 4, j + q - low[i + p], MATCH]
                        matched += weight
                        if arrived * weight > FAINTEST_LINK:
                            for x in range(p):
                                for y in range(q):
                                    if low[i + x] <= j + y < high[i + x]:
                                        link[start[i + x] + j + y - low[i + x]] += arrived * weight
            for state in range(3):
                value = matched * _leave(state, fresh_left, fresh_right, skips[2])
                if cell + 1 < start[i + 1]:
                    rejoin = _leave(state, fresh_left, True, skips[2])
                    weight = _skip(state, SKIP_RIGHT, fresh_right, rejoin, skips) * line[c + 1, SKIP_RIGHT]
                    value += weight
                    alone_right[j] += forward[cell, state] * weight
                if i < n and state != SKIP_RIGHT and low[i + 1] <= j < high[i + 1]:
                    weight = _skip(state, SKIP_LEFT, fresh_left, 1.0, skips) * fall[1]
                    weight *= after[(i + 1) % 4, j - low[i + 1], SKIP_LEFT]
                    value += weight
                    alone_left[i] += forward[cell, state] * weight
                line[c, state] = value
    return link, alone_left, alone_right, np.log(total) + scale[n]
