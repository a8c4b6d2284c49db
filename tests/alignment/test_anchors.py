"""Rows that a reviewer has settled stand, and everything else is aligned around them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.alignment.align import align_texts
from pipeline.alignment.anchors import DECIDED, Block, in_order
from pipeline.alignment.likeness import Likeness
from tests.synthetic import meanings, text_of

LIKENESS = Likeness(same=0.60, same_sd=0.13, other=0.10, other_sd=0.14)


def aligned(texts, anchors=(), level="paragraph"):
    return align_texts(texts, LIKENESS, level, anchors=anchors)


@pytest.fixture
def texts():
    rng = np.random.default_rng(3)
    said = meanings(rng, 12)
    return [text_of(rng, language, said, [1] * 12) for language in ("it", "ko", "pl")]


def test_a_repaired_row_stands_against_the_evidence(texts):
    anchor = ((0, 5), (1, 6), (2, 6))
    rows = aligned(texts, [anchor])
    [row] = [row for row in rows if row.decided]
    assert (row.nodes, row.confidence, row.moved) == (anchor, DECIDED, False)
    assert ((0, 4), (1, 4), (2, 4)) in [row.nodes for row in rows]
    assert ((0, 7), (1, 7), (2, 7)) in [row.nodes for row in rows]


def test_nothing_crosses_an_anchor(texts):
    anchor = ((0, 5), (1, 7), (2, 7))
    rows = aligned(texts, [anchor])
    assert anchor in [row.nodes for row in rows]
    for row in (row for row in rows if not row.moved):
        places = {(unit > 5) - (unit < 5) if language == 0 else (unit > 7) - (unit < 7)
                  for language, unit in row.nodes}  # fmt: skip
        assert len(places) == 1


def test_what_is_settled_to_stand_alone_stands_alone(texts):
    rows = aligned(texts, [((1, 3),), ((0, 3), (2, 3))])
    assert {row.nodes for row in rows if row.decided} == {((0, 3), (2, 3)), ((1, 3),)}


def test_anchors_that_agree_change_no_other_row(texts):
    free = aligned(texts)
    kept = aligned(texts, [free[3].nodes, free[8].nodes])
    assert [row.nodes for row in kept] == [row.nodes for row in free]
    assert [row.decided for row in kept] == [k in (3, 8) for k in range(12)]


def test_a_moved_paragraph_does_not_part_the_others(texts):
    far = ((0, 1), (1, 10))
    rows = aligned(texts, [far])
    [row] = [row for row in rows if row.decided]
    assert row.nodes == far
    assert sum(len(row.nodes) == 3 for row in rows) >= 8
    crossing = [far, *(((0, k), (1, k), (2, k)) for k in range(3, 9))]
    rows = aligned(texts, crossing)
    assert {row.nodes for row in rows if row.decided} == set(crossing)
    assert [row.moved for row in rows if row.nodes == far] == [True]


def test_sentences_can_be_anchored():
    rng = np.random.default_rng(5)
    said = meanings(rng, 8)
    texts = [text_of(rng, "it", said, [4, 4]), text_of(rng, "ko", said, [2, 2, 2, 2])]
    rows = aligned(texts, [((0, 1), (0, 2), (1, 1))], "sentence")
    assert ((0, 1), (0, 2), (1, 1)) in [row.nodes for row in rows]
    assert ((0, 5), (1, 5)) in [row.nodes for row in rows]


def test_the_band_of_long_texts_leads_through_anchors():
    rng = np.random.default_rng(6)
    said = meanings(rng, 700)
    texts = [text_of(rng, language, said, [1] * 700) for language in ("it", "pl")]
    anchors = [((0, 100), (1, 320)), ((0, 101), (1, 321))]
    rows = [row.nodes for row in aligned(texts, anchors)]
    assert set(anchors) <= set(rows)
    right = sum(((0, k), (1, k)) in rows for k in (*range(100), *range(322, 700)))
    assert right >= 0.98 * 478


def test_in_order_takes_the_longest_chain():
    blocks = [Block(0, 0, 1, 8, 9), Block(1, 2, 2, 0, 1), Block(2, 3, 4, 2, 2), Block(3, 4, 6, 3, 3)]
    assert [block.anchor for block in in_order(blocks)] == [1, 2]
    assert in_order([]) == []


@st.composite
def articles_with_anchors(draw):
    counts = draw(st.lists(st.integers(1, 14), min_size=2, max_size=4))
    nodes = [(language, unit) for language, n in enumerate(counts) for unit in range(n)]
    anchors = []
    for size in draw(st.lists(st.integers(1, 4), max_size=6)):
        if len(nodes) >= size:
            anchors.append(tuple(sorted(draw(st.permutations(nodes))[:size])))
            nodes = [node for node in nodes if node not in anchors[-1]]
    return counts, anchors, draw(st.integers(0, 10**6))


@settings(max_examples=150, deadline=None)
@given(articles_with_anchors())
def test_every_anchor_is_a_row_and_no_unit_is_lost(case):
    counts, anchors, seed = case
    rng = np.random.default_rng(seed)
    said = meanings(rng, max(counts), dimension=16)
    texts = [
        text_of(rng, language, said[:n], [1] * n)
        for language, n in zip(("it", "ko", "pl", "de"), counts, strict=False)
    ]
    rows = aligned(texts, anchors)
    assert {row.nodes for row in rows if row.decided} == set(anchors)
    units = sorted(node for row in rows for node in row.nodes)
    assert units == [(language, unit) for language, n in enumerate(counts) for unit in range(n)]
