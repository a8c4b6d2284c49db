"""The neighbours that an earlier run has found are put to use, and nothing depends on it."""

import numpy as np
import pytest

from pipeline.embedding.vectors import ArticleVectors
from pipeline.matching import neighbours
from pipeline.matching.candidates import article_directions, by_language
from pipeline.matching.neighbours import SPARE, Neighbours

CODES = ["it", "ko", "pl"]
COUNT = 4


@pytest.fixture
def rng():
    return np.random.default_rng(11)


class Collection:
    """Articles that come and go."""

    def __init__(self, rng, articles, dimensions, alike):
        self.rng = rng
        self.totals = rng.normal(size=(4 * articles, dimensions)) + 0.5
        if alike == "ties":
            self.totals = np.round(self.totals)
        if alike == "copies":
            half = len(self.totals) // 2
            self.totals[half:] = self.totals[:half] + rng.normal(size=(half, dimensions)) * 1e-4
        self.sizes = np.exp(2 * rng.normal(size=len(self.totals)))  # a large one moves the mean far
        self.totals *= self.sizes[:, None]
        self.languages = rng.choice(CODES, len(self.totals))
        self.numbers = sorted(rng.choice(len(self.totals), articles, replace=False).tolist())

    def directions(self):
        totals = self.totals[self.numbers].astype(np.float32)
        sizes, sentences = self.sizes[self.numbers], np.full(len(totals), 1000)
        return article_directions(
            ArticleVectors(self.languages[self.numbers].tolist(), totals, sizes, sentences)
        )

    def keys(self):
        return [number.to_bytes(16, "big") for number in self.numbers]

    def change(self, most):
        for _ in range(self.rng.integers(most + 1)):
            if self.rng.random() < 0.6:
                self.numbers = sorted({*self.numbers, int(self.rng.integers(len(self.totals)))})
            elif len(self.numbers) > 2:
                self.numbers.pop(self.rng.integers(len(self.numbers)))


def search(found, languages, versions):
    """Return all that a run asks for."""
    answers = []
    for language, members in by_language(languages).items():
        answers.append(found.near(language, members[::-1], 0.9))
    members = by_language(languages, versions)
    for one in members:
        for two in members:
            if one < two:
                for way in found.nearest((one, two), members[one], members[two], COUNT):
                    answers += way
    return answers


@pytest.mark.parametrize("alike", ["no", "ties", "copies"])
@pytest.mark.parametrize("dimensions", [2, 8, 32])
@pytest.mark.parametrize("seed", range(6))
def test_what_was_found_before_changes_nothing(monkeypatch, seed, dimensions, alike):
    monkeypatch.setattr(neighbours, "RENEWED", 1.0)  # as long as anything is known
    rng = np.random.default_rng(seed)
    collection = Collection(rng, int(rng.integers(2, 90)), dimensions, alike)
    before, centres = None, {}
    for _ in range(8):
        directions = collection.directions()
        known = None if before is None else (before, directions.moved_since(centres))
        again = Neighbours(directions.vectors, collection.keys(), known)
        versions = set(
            rng.choice(len(collection.numbers), len(collection.numbers) // 8, replace=False).tolist()
        )
        answers = search(again, directions.languages, versions)
        for ours, expected in zip(
            answers, search(Neighbours(directions.vectors), directions.languages, versions), strict=True
        ):
            np.testing.assert_array_equal(ours, expected)
        before, centres = again.found, directions.centres
        collection.change(10)


def test_the_nearest_are_told_by_each_cosine_the_first_of_equal_ones_first(rng):
    vectors = rng.choice([-0.5, 0.5], size=(60, 4)).astype(
        np.float32
    )  # unit vectors, whose products are exact
    these, those = np.arange(0, 60, 2), np.arange(1, 60, 2)
    nearness = vectors[these] @ vectors[those].T
    for (cosines, places), expected in zip(
        Neighbours(vectors).nearest(("it", "ko"), these, those, COUNT), (nearness, nearness.T), strict=True
    ):
        order = np.argsort(-expected, axis=1, kind="stable")[:, :COUNT]
        np.testing.assert_array_equal(places, order)
        np.testing.assert_array_equal(cosines, np.take_along_axis(expected, order, axis=1))


def test_a_new_article_is_compared_with_all_and_few_others_are(rng, monkeypatch):
    collection = Collection(rng, 1500, 16, "no")
    directions, keys = collection.directions(), collection.keys()
    first = Neighbours(directions.vectors, keys)
    search(first, directions.languages, ())
    monkeypatch.setattr(neighbours, "exact", None)  # nothing asks for all again
    monkeypatch.setattr(neighbours, "near_pairs", None)
    compared = []
    listed = Neighbours._listed

    def counting(self, these, *rest):
        compared.append(len(these))
        return listed(self, these, *rest)

    monkeypatch.setattr(Neighbours, "_listed", counting)
    new = next(k for k in range(len(collection.totals)) if k not in collection.numbers)
    collection.numbers = sorted([*collection.numbers, new])
    now = collection.directions()
    second = Neighbours(now.vectors, collection.keys(), (first.found, now.moved_since(directions.centres)))
    search(second, now.languages, ())
    assert 0 < sum(compared) < 0.1 * 6 * len(collection.numbers)


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_where_much_is_new_all_are_compared_again(rng, share):
    collection = Collection(rng, 200, 16, "no")
    directions, keys = collection.directions(), collection.keys()
    kept = round((1 - share) * len(keys))
    part = Neighbours(directions.vectors[:kept], keys[:kept])
    search(part, directions.languages[:kept], ())
    whole = Neighbours(directions.vectors, keys, (part.found, np.zeros(len(keys), dtype=np.float32)))
    for ours, expected in zip(
        search(whole, directions.languages, ()),
        search(Neighbours(directions.vectors), directions.languages, ()),
        strict=True,
    ):
        np.testing.assert_array_equal(ours, expected)
    floors = whole.found.lists["it", "ko"].floors
    assert np.isfinite(floors).all()
    assert whole.found.lists["it", "ko"].nearest.shape[1] == COUNT + SPARE


def test_of_few_articles_all_are_known_and_none_is_compared_again(rng, monkeypatch):
    vectors = rng.normal(size=(30, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    keys, languages = [bytes([k]) * 16 for k in range(30)], ["it"] * 25 + ["ko"] * 5
    first = Neighbours(vectors, keys)
    expected = search(first, languages, ())
    second = Neighbours(vectors, keys, (first.found, np.zeros(30, dtype=np.float32)))
    monkeypatch.setattr(neighbours, "exact", None)
    monkeypatch.setattr(Neighbours, "_listed", None)
    for ours, theirs in zip(search(second, languages, ()), expected, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_the_pairs_of_many_copies_are_found_and_not_kept():
    vectors = np.tile(np.float32([0.6, 0.8]), (50, 1))
    found = Neighbours(vectors, [b"1" * 16] * 50)
    assert len(found.near("it", np.arange(50), 0.9)) == 50 * 49 / 2
    assert found.found.pairs == {}


def test_no_article_has_moved_further_than_is_said(rng):
    for _ in range(20):
        collection = Collection(rng, 40, 8, "no")
        before = collection.directions()
        old = dict(zip(collection.numbers, before.vectors, strict=True))
        collection.change(20)
        now = collection.directions()
        said = now.moved_since(before.centres)
        there = [k for k, number in enumerate(collection.numbers) if number in old]
        moved = [float(np.linalg.norm(now.vectors[k] - old[collection.numbers[k]])) for k in there]
        assert (np.array(moved) <= said[there] + 1e-6).all()
        assert (now.moved_since({}) == 2.0).all()
