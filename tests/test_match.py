"""Which texts are matched, which are left alone."""

import numpy as np
import pytest

from pipeline import match as stage
from pipeline.align.evidence import Likeness
from pipeline.match import candidates, match
from tests.synthetic import meanings, text_of

LIKENESS = Likeness(same=0.60, same_sd=0.13, other=0.10, other_sd=0.14)


@pytest.fixture
def rng():
    return np.random.default_rng(11)


def article(rng, languages, sentences=10):
    said = meanings(rng, sentences)
    return [text_of(rng, language, said, [1] * sentences) for language in languages]


def test_articles_are_found_among_others(rng):
    texts = article(rng, ["it", "ko", "pl"]) + article(rng, ["pl", "it"]) + article(rng, ["ko"])
    assert match(texts, LIKENESS).groups == [(0, 1, 2), (3, 4)]


def test_same_topic_is_not_the_same_article(rng):
    topic = 0.5 * meanings(rng, 1)  # sentences of one topic then have cosines of 0.12, as in real news
    texts = [text_of(rng, language, meanings(rng, 12) + topic, [1] * 12) for language in ("it", "ko", "pl")]
    assert match(texts, LIKENESS).groups == []


def test_a_summary_belongs_to_its_article(rng):
    said = meanings(rng, 20)
    texts = [text_of(rng, "it", said, [1] * 20), text_of(rng, "ko", said[::3], [1] * 7)]
    assert match(texts, LIKENESS).groups == [(0, 1)]


def test_the_longer_of_two_versions_is_matched(rng):
    said = meanings(rng, 20)
    whole = text_of(rng, "it", said, [1] * 20)
    first = text_of(rng, "it", said[:-1], [1] * 19, noise=0)
    first.sums[:] = whole.sums[:-1]
    korean = text_of(rng, "ko", said, [1] * 20)
    found = match([first, whole, korean], LIKENESS)
    assert found.groups == [(1, 2)]
    assert found.version_of == {0: 1}


def test_a_group_has_one_text_a_language(rng):
    said = meanings(rng, 12)
    texts = [text_of(rng, language, said, [1] * 12) for language in ("it", "it", "ko")]
    groups = match(texts, LIKENESS).groups
    assert len(groups) == 1
    assert sorted(texts[k].language for k in groups[0]) == ["it", "ko"]


def test_the_nearest_is_known_of_a_text_that_stays_alone(rng):
    texts = article(rng, ["it"]) + article(rng, ["ko"])
    assert match(texts, LIKENESS).nearest == {0: 1, 1: 0}


def test_no_texts_and_one_language(rng):
    assert match([], LIKENESS).groups == []
    assert match(article(rng, ["it"]), LIKENESS).nearest == {}


def test_the_search_in_blocks_is_exact(rng, monkeypatch):
    vectors = meanings(rng, 60)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    languages = ["it", "ko", "pl"] * 20
    monkeypatch.setattr(stage, "MARGIN", 2.0)
    whole = candidates(vectors, languages)
    monkeypatch.setattr(stage, "_BLOCK", 7)
    assert candidates(vectors, languages) == whole
    nearness = vectors @ vectors.T
    for k in range(60):
        for language in {"it", "ko", "pl"} - {languages[k]}:
            others = [j for j in range(60) if languages[j] == language]
            best = max(others, key=lambda j: nearness[k, j])
            assert (min(k, best), max(k, best)) in whole


def test_what_is_much_further_than_the_nearest_is_no_candidate():
    angles = np.radians([0, 10, 80, 15])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    assert candidates(vectors, ["it", "ko", "ko", "ko"]) == {(0, 1), (0, 3)}


def test_versions_of_a_long_text_are_compared_inside_the_band(rng, monkeypatch):
    said = meanings(rng, 500)
    text = text_of(rng, "it", said, [1] * 500)
    cells = []
    products = stage.inner_products

    def counting(left, right, band):
        cells.append(band.cells)
        return products(left, right, band)

    monkeypatch.setattr(stage, "inner_products", counting)
    assert stage.same_text(text, text, LIKENESS)
    assert max(cells) < 500 * 500 / 2
