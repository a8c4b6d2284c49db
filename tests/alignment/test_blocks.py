"""Which rows count as moved, and which of them as moved together."""

from pipeline.alignment.blocks import moved_blocks


def rows_of(*orders):
    """Rows 0, 1, ... with the place of each in every language, given the order of the rows in each."""
    return [
        [(language, order.index(row)) for language, order in enumerate(orders) if row in order]
        for row in sorted({row for order in orders for row in order})
    ]


def joined(rows, *which):
    return [row in which for row in range(len(rows))]


def test_where_nothing_was_joined_nothing_was_moved():
    rows = rows_of([0, 1, 2], [0, 1, 2])
    assert moved_blocks(rows, joined(rows), [9, 9, 9]) == {}


def test_a_single_joined_row_was_moved_past_heavier_text():
    rows = rows_of([0, 1, 2, 3], [1, 2, 3, 0])
    assert moved_blocks(rows, joined(rows, 0), [50, 80, 80, 80]) == {0: 1}


def test_rows_that_continue_each_other_are_one_block():
    rows = rows_of([0, 1, 2, 3, 4, 5], [2, 3, 4, 5, 0, 1])
    assert moved_blocks(rows, joined(rows, 0, 1), [50] * 6) == {0: 2, 1: 0}


def test_two_blocks_moved_to_different_places_are_two():
    rows = rows_of([0, 1, 2, 3, 4, 5], [0, 2, 1, 3, 5, 4])
    assert moved_blocks(rows, joined(rows, 1, 4), [90, 40, 90, 90, 40, 90]) == {1: 1, 4: 1}


def test_the_lighter_part_was_moved_even_if_the_other_was_joined():
    orders = [0, 1, 2, 3, 4, 5, 6], [3, 4, 5, 6, 0, 1, 2]
    rows = rows_of(*orders)
    copied = [70, 70, 70, 0, 0, 0, 0]
    assert moved_blocks(rows, joined(rows, 0, 1, 2), copied) == {3: 4, 4: 0, 5: 0, 6: 0}


def test_text_that_was_split_around_a_block_stays_and_the_block_moves_once():
    first = [0, 1, 2, 3, 4, 5, 6]
    rows = rows_of(first, [4, 5, 6, 0, 1, 2, 3], [0, 1, 4, 5, 6, 2, 3])
    weights = [60, 60, 60, 60, 0, 0, 0]
    assert moved_blocks(rows, joined(rows, 0, 1, 2, 3), weights) == {4: 3, 5: 0, 6: 0}


def test_rows_of_one_language_move_nothing_and_part_nothing():
    rows = [[(0, 0), (1, 3)], [(0, 1)], [(0, 2), (1, 0)], [(1, 1)], [(0, 3), (1, 2)]]
    assert moved_blocks(rows, joined(rows, 0), [10, 500, 90, 500, 90]) == {0: 1}
