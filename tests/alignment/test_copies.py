"""Equal paragraphs in a row: rows in order, with a confidence that says what the order is worth."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from pipeline.alignment.align import align_texts
from pipeline.alignment.copies import chances_of_places, copied_units
from pipeline.alignment.likeness import Likeness
from pipeline.embedding.surface import Surface
from tests.synthetic import meanings, text_of

LIKENESS = Likeness(same=0.60, same_sd=0.13, other=0.10, other_sd=0.14)
BEFORE = 2
"""Paragraphs before a run and after it."""


def with_run(text, length):
    """Return a text of paragraphs of one sentence, the one at `BEFORE` repeated to a run."""
    order = np.repeat(
        np.arange(len(text.lengths)), np.where(np.arange(len(text.lengths)) == BEFORE, length, 1)
    )
    wordings = (order + 1 + 1000 * len(text.language) + ord(text.language[0])).astype(np.uint64)
    return replace(
        text,
        sums=text.sums[order],
        lengths=text.lengths[order],
        paragraph=np.arange(len(order)),
        closed=text.closed[order],
        paragraphs=len(order),
        surface=Surface(text.surface.sizes[order], wordings, text.surface.kinds[order]),
    )


def texts_with_runs(lengths):
    rng = np.random.default_rng(5)
    said = meanings(rng, 2 * BEFORE + 1)
    languages = ("it", "ko", "pl")[: len(lengths)]
    return [
        with_run(text_of(rng, language, said, [1] * len(said)), length)
        for language, length in zip(languages, lengths, strict=True)
    ]


@pytest.mark.parametrize("length", [2, 40, 700])
def test_runs_of_one_length_are_rows_in_order(length):
    rows = align_texts(texts_with_runs([length] * 3), LIKENESS)
    assert [row.nodes for row in rows] == [((0, k), (1, k), (2, k)) for k in range(length + 2 * BEFORE)]
    assert min(row.confidence for row in rows) > 0.9


def test_of_a_longer_run_it_is_unknown_which_is_missing():
    rows = align_texts(texts_with_runs([40, 36]), LIKENESS)
    run = [row for row in rows if any(BEFORE <= unit < BEFORE + 40 for k, unit in row.nodes if k == 0)]
    both = [row for row in run if len(row.nodes) == 2]
    assert [row.nodes for row in both] == [((0, k), (1, k)) for k in range(BEFORE, BEFORE + 36)]
    confidences = [row.confidence for row in both]
    assert confidences == sorted(confidences, reverse=True)
    assert 0.75 < confidences[0] < 0.95
    assert confidences[20] < 0.1
    assert all(row.confidence == pytest.approx(0.1, abs=0.01) for row in run if len(row.nodes) == 1)
    others = [row for row in rows if row not in run]
    assert all(len(row.nodes) == 2 and row.confidence > 0.9 for row in others)
    assert len(others) == 2 * BEFORE


def test_a_reviewer_may_say_which_is_missing():
    texts = texts_with_runs([6, 5])
    first = ((0, BEFORE),)
    rows = align_texts(texts, LIKENESS, anchors=[first])
    assert [row.nodes for row in rows] == [
        *(((0, k), (1, k)) for k in range(BEFORE)),
        first,
        *(((0, k + 1), (1, k)) for k in range(BEFORE, BEFORE + 5 + BEFORE)),
    ]


@pytest.mark.parametrize("places", ["1101", "0111", "11100", "10101", "00001", "111", "000"])
def test_chances_count_every_choice_of_the_missing_ones(places):
    linked = [place == "1" for place in places]
    count, held = len(linked), sum(linked)
    ranks = np.cumsum(linked)
    choices = list(combinations(range(count), held))  # those that have a counterpart
    for k, chance in enumerate(chances_of_places(linked)):
        right = [
            (k in choice and choice.index(k) + 1 == ranks[k]) if linked[k] else k not in choice
            for choice in choices
        ]
        assert chance == pytest.approx(sum(right) / len(choices))


def test_only_whole_paragraphs_of_the_same_words_are_copies():
    [text] = texts_with_runs([3])
    units = np.arange(len(text.lengths))
    assert copied_units(text, units) == [(BEFORE, BEFORE + 2)]
    other = replace(text, surface=text.surface._replace(wordings=units.astype(np.uint64) + 1))
    assert copied_units(other, units) == []
    pairs = replace(text, paragraph=units // 2)  # a run that no paragraph repeats as a whole
    assert copied_units(pairs, pairs.paragraph) == []
