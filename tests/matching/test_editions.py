"""Versions of one text, in several languages: which of them are translations of each other."""

from itertools import combinations

import numpy as np
import pytest

from pipeline.alignment.likeness import Likeness
from pipeline.matching.editions import find_editions
from pipeline.matching.join import join
from pipeline.matching.match import match
from tests.synthetic import text_of

LIKENESS = Likeness(same=0.60, same_sd=0.13, other=0.10, other_sd=0.14)
COMMON = tuple(range(90))
BESIDE = [tuple(range(100 * k, 100 * k + 10)) for k in range(1, 9)]  # other articles in the folder


class Still:
    """A source of noise that is the same for a sentence whenever a language says it."""

    def __init__(self, language, sentences):
        self.rows = [np.random.default_rng([ord(language[0]), ord(language[1]), k]) for k in sentences]

    def normal(self, size):
        return np.stack([row.normal(size=size[1]) for row in self.rows])


def version(language, sentences):
    """A text of these sentences, told by their numbers."""
    said = np.stack([np.random.default_rng(k).normal(size=64) for k in sentences])
    return text_of(Still(language, sentences), language, said, [1] * len(sentences))


def others(*languages):
    return [version(code, said) for said in BESIDE for code in languages]


def with_clause(clause, place=7):
    return (*COMMON[:place], clause, *COMMON[place + 1 :])


def test_each_version_finds_the_one_that_says_the_same():
    texts = [version(code, with_clause(90 + k)) for k in range(3) for code in ("it", "ko", "pl")]
    found = match(texts + others("it", "ko", "pl"), LIKENESS)
    assert found.groups[:3] == [(0, 1, 2), (3, 4, 5), (6, 7, 8)]
    assert found.version_of == {}
    assert min(found.belief.values()) > 0.95


def test_a_version_with_a_further_paragraph_is_an_article_of_its_own():
    longer = (*COMMON[:9], 95, *COMMON[9:])
    texts = [version(code, said) for said in (COMMON, longer) for code in ("it", "pl")]
    assert match(texts + others("it", "pl"), LIKENESS).groups[:2] == [(0, 1), (2, 3)]


@pytest.mark.parametrize("translated", [0, 1, 2])
def test_the_version_that_was_translated_is_used_in_place_of_the_others(translated):
    texts = [version("it", with_clause(90 + k)) for k in range(3)]
    texts += [version("pl", with_clause(90 + translated)), *others("it", "pl")]
    found = match(texts, LIKENESS)
    assert found.groups[0] == (translated, 3)
    assert found.version_of == {k: translated for k in range(3) if k != translated}


def test_copies_stay_duplicates():
    texts = [version(code, COMMON) for code in ("it", "it", "pl", "pl")]
    found = match(texts + others("it", "pl"), LIKENESS)
    assert found.groups[0] == (0, 2)
    assert found.version_of == {1: 0, 3: 2}


def test_a_language_with_one_version_joins_the_one_that_it_translates():
    texts = [version(code, with_clause(90 + k)) for k in range(2) for code in ("it", "pl")]
    texts += [version("ko", with_clause(91)), *others("it", "ko", "pl")]
    assert match(texts, LIKENESS).groups[:2] == [(0, 1), (2, 3, 4)]


@pytest.mark.parametrize("swapped", [False, True])
def test_versions_translated_into_one_language_each_are_two_articles(swapped):
    old, new = (with_clause(90), with_clause(91)) if swapped else (with_clause(91), with_clause(90))
    texts = [version("it", old), version("it", new), version("ko", old), version("pl", new)]
    found = match(texts + others("it", "ko", "pl"), LIKENESS)
    assert found.groups[:2] == [(0, 2), (1, 3)]
    assert found.version_of == {}


@pytest.mark.parametrize("place", [0, 3])
def test_a_copy_does_not_part_its_text_from_the_translations(place):
    texts = [version(code, COMMON) for code in ("it", "ko", "pl")]
    texts.insert(place, version("it", COMMON))
    found = match(texts + others("it", "ko", "pl"), LIKENESS)
    its, copy = [k for k in range(4) if texts[k].language == "it"]
    assert found.groups[0] == tuple(sorted({0, 1, 2, 3} - {copy}))
    assert found.version_of == {copy: its}


def test_a_copy_leaves_the_other_versions_to_their_translations():
    texts = [version(code, with_clause(90 + k)) for k in range(2) for code in ("it", "pl")]
    texts += [version("it", with_clause(91)), *others("it", "pl")]
    found = match(texts, LIKENESS)
    assert found.groups[:2] == [(0, 1), (2, 3)]
    assert found.version_of == {4: 2}


def test_versions_that_nothing_decides_between_leave_the_article_as_it_is():
    strength = {(0, 1): 10.1, (0, 2): 10.0, (1, 2): 12.0, (1, 3): 10.0, (2, 3): 10.1}
    group, languages = (0, 1, 2), ["it", "ko", "pl", "it"]
    found = find_editions(
        [group], dict.fromkeys(combinations(group, 2), 9.0), {3: 0}, languages, {},
        lambda pairs: np.array([strength[pair] for pair in pairs]),
        lambda odds, edges: join(odds, edges, languages),
    )  # fmt: skip
    assert found.groups == [group]
    assert found.version_of == {3: 0}
