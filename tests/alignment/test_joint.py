"""Rows from ties: every paragraph once, every language in order, no tie stronger than the order."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.alignment.confidence import row_certainties
from pipeline.alignment.joint import Tie, join_units


def ties(*links):
    """`("0.0 1.0", 0.9)` ties paragraph 0 of language 0 to paragraph 0 of language 1."""
    out = []
    for nodes, probability in links:
        left, right = (tuple(int(x) for x in node.split(".")) for node in nodes.split())
        out.append(Tie(probability, left, right))
    return out


def rows_of(lengths, *links):
    return [[f"{k}.{p}" for k, p in row] for row in join_units(lengths, ties(*links))]


def test_ties_of_three_languages_make_one_row():
    rows = rows_of([1, 1, 1], ("0.0 1.0", 0.9), ("1.0 2.0", 0.8))
    assert rows == [["0.0", "1.0", "2.0"]]


def test_a_tie_that_is_more_likely_wrong_than_right_is_left_out():
    assert rows_of([1, 1], ("0.0 1.0", 0.5)) == [["0.0"], ["1.0"]]


def test_the_surer_of_two_crossing_ties_wins():
    rows = rows_of([2, 2], ("0.0 1.1", 0.6), ("0.1 1.0", 0.9))
    assert ["0.1", "1.0"] in rows
    assert ["0.0", "1.1"] not in rows


def test_a_circle_through_a_third_language_is_refused():
    # it 0 = ko 1, ko 0 = pl 0, and it 1 = pl 0 would put it 1 before it 0.
    rows = rows_of([2, 2, 1], ("0.0 1.1", 0.9), ("1.0 2.0", 0.8), ("0.1 2.0", 0.7))
    assert ["0.0", "1.1"] in rows
    assert ["1.0", "2.0"] in rows
    assert ["0.1"] in rows


def test_neighbours_merge_around_a_paragraph_that_stands_alone():
    rows = rows_of([3, 1], ("0.0 1.0", 0.9), ("0.2 1.0", 0.8))
    assert rows == [["0.0", "0.2", "1.0"], ["0.1"]]


def test_a_paragraph_that_a_row_encloses_cannot_be_tied_any_more():
    rows = rows_of([3, 2], ("0.0 1.0", 0.9), ("0.2 1.0", 0.8), ("0.1 1.1", 0.7))
    assert rows == [["0.0", "0.2", "1.0"], ["0.1"], ["1.1"]]


def test_a_row_takes_in_a_paragraph_that_it_encloses():
    rows = rows_of([3, 1], ("0.0 1.0", 0.9), ("0.2 1.0", 0.8), ("0.1 1.0", 0.7))
    assert rows == [["0.0", "0.1", "0.2", "1.0"]]


def test_a_row_that_was_in_the_way_joins_and_the_tie_is_tried_again():
    # it 1 and pl 0 are one row, which lies between it 0 and it 2 until a weaker tie brings it to ko 0.
    rows = rows_of([3, 1, 1], ("0.0 1.0", 0.99), ("0.1 2.0", 0.98), ("0.2 1.0", 0.97), ("0.1 1.0", 0.9))
    assert rows == [["0.0", "0.1", "0.2", "1.0", "2.0"]]


def test_rows_do_not_merge_around_a_row():
    rows = rows_of([3, 2], ("0.0 1.0", 0.9), ("0.1 1.1", 0.9), ("0.2 1.0", 0.8))
    assert ["0.2"] in rows


LENGTHS = st.lists(st.integers(1, 8), min_size=2, max_size=4)


@st.composite
def articles(draw):
    lengths = draw(LENGTHS)
    nodes = [(k, p) for k, n in enumerate(lengths) for p in range(n)]
    drawn = draw(
        st.lists(st.tuples(st.sampled_from(nodes), st.sampled_from(nodes), st.floats(0, 1)), max_size=40)
    )
    return lengths, [Tie(p, min(a, b), max(a, b)) for a, b, p in drawn if a[0] != b[0]]


@given(articles())
def test_nothing_is_lost_and_nothing_is_doubled(article):
    lengths, given_ties = article
    placed = [node for row in join_units(lengths, given_ties) for node in row]
    assert sorted(placed) == [(k, p) for k, n in enumerate(lengths) for p in range(n)]


@given(articles())
def test_rows_of_several_languages_keep_the_order_of_each(article):
    lengths, given_ties = article
    joined = [row for row in join_units(lengths, given_ties) if len({k for k, _ in row}) > 1]
    for language in range(len(lengths)):
        spans = [[p for k, p in row if k == language] for row in joined]
        for before, after in pairwise(span for span in spans if span):
            assert max(before) < min(after)


@given(articles())
def test_confidence_is_a_probability_and_each_row_hangs_together(article):
    lengths, given_ties = article
    rows = join_units(lengths, given_ties)
    for row, (confidence, _) in zip(rows, row_certainties(rows, given_ties), strict=True):
        assert 0 <= confidence <= 1
        reached, todo = {row[0]}, [row[0]]
        while todo:
            node = todo.pop()
            for tie in given_ties:
                other = {tie.left: tie.right, tie.right: tie.left}.get(node)
                if other in row and other not in reached and tie.probability > 0.5:
                    reached.add(other)
                    todo.append(other)
        assert reached == set(row)


def test_confidence_falls_with_a_rival():
    rows = [[(0, 0), (1, 0)], [(1, 1)]]
    [sure, _] = row_certainties(rows, ties(("0.0 1.0", 0.9)))
    [unsure, rival] = row_certainties(rows, ties(("0.0 1.0", 0.9), ("0.0 1.1", 0.4)))
    assert sure == (0.9, None)
    assert unsure.confidence < sure.confidence
    assert rival.confidence == 0.6
    assert unsure.rival == rival.rival == Tie(0.4, (0, 0), (1, 1))
