"""A third language against a link, by hand-made probabilities."""

import numpy as np
import pytest

from pipeline.alignment import consistency
from pipeline.alignment.consistency import EXCEPTION, Links, consistent


def links(sizes, *found):
    left, right, probability = zip(*found, strict=True)
    return Links(np.array(left), np.array(right), np.array(probability, dtype=float), sizes)


def weighed(**pairs):
    """Link probabilities by (pair, left, right); `ab` are languages 0 and 1."""
    given = {tuple("abc".index(x) for x in name): found for name, found in pairs.items()}
    out = consistent(given, 3)
    return {
        ("abc"[a] + "abc"[b], i, j): p
        for (a, b), found in out.items()
        for i, j, p in zip(found.left.tolist(), found.right.tolist(), found.probability.tolist(), strict=True)
    }


def test_a_third_language_that_agrees_makes_a_link_surer():
    same = links((1, 1), (0, 0, 0.9))
    assert all(0.95 < probability < 1 for probability in weighed(ab=same, ac=same, bc=same).values())


def test_a_third_language_that_is_itself_unsure_says_little():
    faint = links((1, 1), (0, 0, 0.1))
    found = weighed(ab=links((1, 1), (0, 0, 0.6)), ac=faint, bc=faint)
    assert found["ab", 0, 0] == pytest.approx(0.6, abs=0.02)


def test_two_different_counterparts_speak_against_a_link():
    found = weighed(
        ab=links((1, 2), (0, 0, 0.6)),
        ac=links((1, 2), (0, 0, 0.99)),
        bc=links((2, 2), (0, 1, 0.99)),
    )
    assert found["ab", 0, 0] < 0.1
    assert found["ac", 0, 0] > 0.9


def test_the_exception_is_the_worst_that_a_language_can_do():
    found = weighed(
        ab=links((1, 1), (0, 0, 0.5)), ac=links((1, 2), (0, 0, 1.0)), bc=links((1, 2), (0, 1, 1.0))
    )
    assert found["ab", 0, 0] == pytest.approx(EXCEPTION / (1 + EXCEPTION))


def test_a_language_without_counterpart_says_nothing():
    found = weighed(
        ab=links((1, 1), (0, 0, 0.6)), ac=links((1, 1), (0, 0, 0.99)), bc=links((1, 1), (0, 0, 0.01))
    )
    assert found["ab", 0, 0] == pytest.approx(0.6, abs=0.01)


def test_a_sentence_in_two_parts_is_not_parted():
    # a says in one sentence what b and c say in two.
    found = weighed(
        ab=links((1, 2), (0, 0, 0.9), (0, 1, 0.9)),
        ac=links((1, 2), (0, 1, 0.9)),
        bc=links((2, 2), (0, 0, 0.95), (1, 1, 0.95)),
    )
    assert found["ab", 0, 0] > 0.8
    assert found["bc", 0, 0] > 0.9


def test_sparse_and_dense_products_agree(monkeypatch):
    rng = np.random.default_rng(5)

    def some(n, m):
        cells = rng.choice(n * m, size=60, replace=False)
        return Links(cells // m, cells % m, rng.random(60), (n, m))

    given = {(0, 1): some(20, 30), (0, 2): some(20, 25), (1, 2): some(30, 25)}
    dense = consistent(given, 3)
    monkeypatch.setattr(consistency, "_DENSE", 0)
    for pair, found in consistent(given, 3).items():
        np.testing.assert_allclose(found.probability, dense[pair].probability)
