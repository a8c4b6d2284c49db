"""The loops in numpy give what the compiled ones give, to the last bit."""

import numpy as np
import pytest

from pipeline.alignment import loops
from pipeline.alignment.band import Band, inner_products
from pipeline.alignment.beads import Breaks, Least
from pipeline.alignment.likeness import Likeness
from pipeline.alignment.loops import compiled_loops, loops_for
from pipeline.alignment.odds_terms import contrast, log_variance
from pipeline.alignment.posterior import Prior, walking_steps
from pipeline.embedding.vectors import block_norms
from pipeline.matching import nearest


def _text(rng, meanings):
    """Vectors, sizes, breaks and least odds of a text that says something like `meanings`."""
    n = len(meanings)
    sizes = (rng.integers(1, 300, n) * 1.7).astype(np.float32)
    vectors = (meanings + 0.5 * rng.normal(size=meanings.shape)).astype(np.float32) * sizes[:, None]
    starts = (rng.random(n) < rng.random()).astype(np.uint8)
    starts[0] = 1
    starts[rng.random(n) < 0.1] = 2
    breaks = Breaks(starts, (starts > 0) & (rng.random(n) < 0.7), (starts > 0) & (rng.random(n) < 0.2))
    least = np.where(rng.random(n) < 0.5, -np.inf, -5 * rng.random(n)).astype(np.float32)
    return vectors, sizes, breaks, Least(least, rng.integers(0, 2, n).astype(np.uint8))


def _results(some, left, right, shift):
    band = Band.full(len(left[0]), len(right[0]))
    spread = log_variance(left[1]) + log_variance(right[1]) + 0.1
    one = some.blocks(block_norms(left[0]), left[1], shift, spread)
    two = some.blocks(block_norms(right[0]), right[1], 0.0, spread)
    model = contrast(Likeness(0.6, 0.15, 0.1, 0.12))
    dots = inner_products(left[0], right[0], band)
    odds = some.bead_log_odds(dots, band, one, two, model, left[3], right[3])
    steps = walking_steps(left[2], right[2], Prior())
    mass, scale = some.forward(np.exp(odds), band, left[2], right[2], steps)
    back = some.backward(np.exp(odds), band, left[2], right[2], steps, mass, scale)
    return [*one, *two, odds, mass, scale, *back]


@pytest.mark.parametrize(
    ("n", "m"), [(1, 1), (1, 2), (2, 1), (2, 3), (3, 2), (4, 4), (7, 20), (40, 31), (100, 99)]
)
def test_short_texts_get_what_compiled_loops_give(n, m):
    rng = np.random.default_rng(n * 1000 + m)
    for _ in range(3):
        meanings = rng.normal(size=(max(n, m), 8))
        left, right, shift = _text(rng, meanings[:n]), _text(rng, meanings[:m]), rng.normal()
        plain = _results(loops.plain_loops(), left, right, shift)
        compiled = _results(compiled_loops(), left, right, shift)
        for one, two in zip(plain, compiled, strict=True):
            np.testing.assert_array_equal(one, two)
            assert np.asarray(one).dtype == np.asarray(two).dtype


def test_a_process_with_much_to_do_changes_to_the_compiled_loops(monkeypatch):
    monkeypatch.setattr(loops, "_chooser", loops.Chooser(patience=100))
    short = Band.full(59, 10)
    assert loops_for(short) is loops.plain_loops()
    assert loops_for(short) is loops.plain_loops()  # begun while some patience was left
    assert loops_for(short) is compiled_loops()


def test_long_texts_and_busy_processes_get_the_compiled_loops(monkeypatch):
    monkeypatch.setattr(loops, "_chooser", loops.Chooser(patience=100))
    band = Band.of(np.array([0, 0, 2]), np.array([2, 3, 4]))
    assert loops_for(band) is compiled_loops()
    loops.compile_loops()
    assert loops_for(Band.full(3, 3)) is compiled_loops()


def test_few_neighbours_are_sorted_as_many_are_kept(monkeypatch):
    rng = np.random.default_rng(1)
    for _ in range(20):
        these, those = (rng.integers(-2, 3, (size, 3)).astype(np.float32) for size in (9, 13))  # with ties
        few = nearest.exact(nearest.Rows.of(these), nearest.Rows.of(those), 4)
        with monkeypatch.context() as patch:
            patch.setattr(nearest, "_FEW", 0)
            many = nearest.exact(nearest.Rows.of(these), nearest.Rows.of(those), 4)
        for one, two in zip((*few[0], *few[1]), (*many[0], *many[1]), strict=True):
            np.testing.assert_array_equal(one, two)
