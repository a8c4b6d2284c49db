"""The compiled forward-backward algorithm against a plain enumeration of every walk."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.alignment.band import Band
from pipeline.alignment.beads import BEADS, Breaks
from pipeline.alignment.posterior import Prior, agreement, alignment_log_odds, boundary_odds, pair_posterior

PRIOR = Prior(0.7, 0.08, 0.04, 0.03, 0.2, 0.6, 0.1, 0.3, 0.85, 0.4, later_copy=0.15)


def every_walk(n, m, odds, left, right, prior):
    """Yield (probability mass, beads) of each walk; a bead is (i, j, p, q), p or q is 0 for a skip."""
    boundary = boundary_odds((left.starts > 0).mean(), (right.starts > 0).mean(), prior.boundary_kept)
    agree = agreement(boundary, left.starts, right.starts, prior.code_kept)
    chances = prior.beads()

    def leave(state, i, j):
        text, k = (left, i) if state == "left" else (right, j)
        if state == "match" or k == len(text.starts):
            return 1.0
        if not text.starts[k]:
            return prior.rejoin
        return prior.later_copy if text.copies[k] else 1.0

    def onward(i, j, state, mass, beads):
        if (i, j) == (n, m):
            yield mass, beads
            return
        if i < n and state != "right":
            if state == "left":
                factor = prior.alone_again if left.starts[i] else 1.0
            else:
                factor = prior.paragraph_alone if left.starts[i] else prior.sentence_alone
            yield from onward(i + 1, j, "left", mass * factor, [*beads, (i, j, 1, 0)])
        if j < m:
            if state == "right":
                factor = prior.alone_again if right.starts[j] else 1.0
            else:
                factor = prior.paragraph_alone if right.starts[j] else prior.sentence_alone
                if state == "left":
                    factor *= leave(state, i, j)
            yield from onward(i, j + 1, "right", mass * factor, [*beads, (i, j, 0, 1)])
        for b, (p, q) in enumerate(BEADS):
            if i + p <= n and j + q <= m:
                crossed = left.firm[i + 1 : i + p].sum() + right.firm[j + 1 : j + q].sum()
                factor = chances[b] * float(odds[b, i, j]) * agree[int(left.starts[i]), int(right.starts[j])]
                factor *= prior.straddle**crossed
                yield from onward(
                    i + p,
                    j + q,
                    "match",
                    mass * factor * leave(state, i, j),
                    [*beads, (i, j, int(p), int(q))],
                )

    yield from onward(0, 0, "match", 1.0, [])


def breaks(rng, n):
    starts = rng.random(n) < 0.6
    starts[0] = True
    firm, copies = starts & (rng.random(n) < 0.5), starts & (rng.random(n) < 0.3)
    return Breaks(starts * rng.integers(1, 3, n).astype(np.uint8), firm, copies)


@st.composite
def cases(draw):
    n, m = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    odds = np.exp(rng.normal(0, 3, (len(BEADS), n + 1, m + 1))).astype(np.float32)
    return n, m, odds, breaks(rng, n), breaks(rng, m)


@settings(max_examples=60, deadline=None)
@given(cases())
def test_posterior_is_the_share_of_all_walks(case):
    n, m, odds, left, right = case
    link, alone_left, alone_right, total = np.zeros((n, m)), np.zeros(n), np.zeros(m), 0.0
    for mass, beads in every_walk(n, m, odds, left, right, PRIOR):
        total += mass
        for i, j, p, q in beads:
            for x, y in product(range(p), range(q)):
                link[i + x, j + y] += mass
            if q == 0:
                alone_left[i] += mass
            if p == 0:
                alone_right[j] += mass
    flat = odds.reshape(len(BEADS), -1)
    found = pair_posterior(flat, Band.full(n, m), left, right, PRIOR)
    assert alignment_log_odds(flat, Band.full(n, m), left, right, PRIOR) == pytest.approx(found.log_odds)
    assert found.log_odds == pytest.approx(np.log(total), abs=1e-6)
    np.testing.assert_allclose(found.link.reshape(n + 1, m + 1)[:n, :m], link / total, atol=2e-5)
    np.testing.assert_allclose(found.alone_left, alone_left / total, atol=2e-5)
    np.testing.assert_allclose(found.alone_right, alone_right / total, atol=2e-5)


def test_code_agrees_with_code_and_where_there_is_none_nothing_is_said():
    prose, mixed = np.array([1, 0, 1, 1], dtype=np.uint8), np.array([1, 2, 0, 1, 1], dtype=np.uint8)
    boundary = boundary_odds(0.75, 0.8, 0.9)
    plain = agreement(boundary, prose, prose, 0.99)
    np.testing.assert_allclose(plain[:2, :2], boundary)
    agree = agreement(boundary, mixed, mixed, 0.99)
    assert agree[2, 2] > 3 * boundary[1, 1]
    assert agree[1, 2] == agree[2, 1] == pytest.approx(0.01 * boundary[1, 1])
    assert agree[0, 2] == agree[0, 1] == boundary[0, 1]


def test_long_texts_neither_underflow_nor_overflow():
    n = 3000
    band = Band.of(np.maximum(np.arange(n + 1) - 20, 0), np.minimum(np.arange(n + 1) + 21, n + 1))
    diagonal = band.start[:-2] + np.arange(n) - band.low[:-1]
    odds = np.full((len(BEADS), band.cells), 1e-9, dtype=np.float32)
    odds[0, diagonal] = 3000.0
    every = np.ones(n, dtype=np.bool_)
    breaks = Breaks(np.ones(n, dtype=np.uint8), every, ~every)
    found = pair_posterior(odds, band, breaks, breaks, Prior())
    assert found.link[diagonal].min() > 0.99
    assert np.isfinite(found.log_odds)


def test_a_band_with_a_step_lets_walks_through_that_skip_both_texts():
    low, high = np.array([0, 0, 0, 5, 5, 5, 5]), np.array([4, 4, 6, 9, 9, 9, 9])
    band, n, m = Band.of(low, high), 6, 8
    odds = np.zeros((len(BEADS), band.cells), dtype=np.float32)
    left, right = (
        Breaks(np.ones(k, dtype=np.uint8), np.ones(k, dtype=np.bool_), np.zeros(k, dtype=np.bool_))
        for k in (n, m)
    )
    found = pair_posterior(odds, band, left, right, Prior())
    np.testing.assert_allclose(found.alone_left, np.ones(n), rtol=1e-6)
    np.testing.assert_allclose(found.alone_right, np.ones(m), rtol=1e-6)
    assert not found.link.any()
    # Two left skips, five right ones to the edge, four left ones, three right ones: each run begins anew.
    assert found.log_odds == pytest.approx(4 * np.log(0.05) + (n + m - 4) * np.log(0.3))
