"""What matching keeps in columns is what dictionaries and lists would hold."""

import numpy as np
import pytest

from pipeline.matching import pair_values
from pipeline.matching.best_candidates import CandidateLists, FirstCandidates
from pipeline.matching.company import probability
from pipeline.matching.literals import HashesOfTexts
from pipeline.matching.pair_values import PairValues, in_parts


@pytest.fixture
def pairs(monkeypatch):
    monkeypatch.setattr(pair_values, "_PART", 7)
    rng = np.random.default_rng(2)
    found = np.unique(np.sort(rng.integers(0, 40, (150, 2)), axis=1), axis=0)
    return found[found[:, 0] < found[:, 1]]


def test_pairs_have_their_values_or_those_that_hold_instead(pairs):
    values = np.arange(len(pairs)) + 0.5
    own = {tuple(pairs[3].tolist()): -1.0, (50, 51): 7.0}
    known = PairValues(pairs, values, {}).with_own(own)
    expected = dict(zip(in_parts(pairs), values.tolist(), strict=True)) | own
    assert dict(known.items()) == {pair: known[pair] for pair in known} == expected
    assert len(known) == len(expected)
    assert known.get((60, 61), 9.0) == 9.0
    assert known.column().tolist() == [expected[pair] for pair in in_parts(pairs)]


@pytest.mark.parametrize("most", [1, 3])
def test_articles_have_their_best_candidates_in_order(pairs, most):
    rng = np.random.default_rng(most)
    order, odds = rng.permutation(len(pairs)), rng.normal(size=len(pairs))
    wanted = rng.random(45) < 0.7
    expected: dict[int, list[tuple[int, float]]] = {}
    for pair, value in zip(in_parts(pairs[order]), odds.tolist(), strict=True):
        for article, other in (pair, pair[::-1]):
            if wanted[article]:
                expected.setdefault(article, []).append((other, probability(value)))
    found = CandidateLists(pairs[order], odds, wanted, most)
    assert dict(found) == {article: tuple(some[:most]) for article, some in expected.items()}
    assert len(found) == len(expected)
    assert dict(FirstCandidates(found)) == {article: some[0] for article, some in expected.items()}
    assert 44 not in found


def test_literals_of_texts_are_those_that_were_given():
    given = [np.array(hashes, dtype=np.uint64) for hashes in ([3, 2**64 - 1], [], [7])]
    found = HashesOfTexts(given)
    assert [each.tolist() for each in found] == [each.tolist() for each in given]
    assert [each.tolist() for each in found[1:]] == [[], [7]]
    with pytest.raises(IndexError):
        found[3]
