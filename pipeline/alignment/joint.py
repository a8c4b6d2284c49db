"""From pairwise link posteriors to rows: one consistent alignment of all languages of an article.

Paragraphs are tied by the sentences that they share. The ties of all language pairs are taken in
order of their probability, and each joins two rows unless the rows would then stand in a circle:
every row has one place in the reading order of every language. This is sequence annealing
(Schwartz & Pachter, Multiple alignment by sequence annealing, Bioinformatics 23, 2007) with
paragraphs for residues. No language is the hub, and one bad tie cannot pull the rest along.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

Node = tuple[int, int]
"""(language, paragraph), both counted from 0 inside an article."""


class Tie(NamedTuple):
    """Two paragraphs of different languages that share a sentence."""

    probability: float
    left: Node
    right: Node


class RowOrder:
    """Rows of an article under construction, and the reading order that they must keep.

    At first each paragraph is a row. A row comes before another if a paragraph of it does, directly
    or by way of other rows. The rows are kept in one such order, which a join repairs only between
    the two rows that it joins (after Pearce & Kelly, A dynamic topological sort algorithm for
    directed acyclic graphs, JEA 11, 2007): translations lie near each other, so this is cheap however
    long the article is.
    """

    def __init__(self, lengths: Sequence[int], places: Sequence[Sequence[float]]) -> None:
        """`lengths` are the numbers of paragraphs in each language, `places` where each stands about.

        Places rise with the paragraphs of a language and can be compared between languages; the nearer
        they are for translations, the less there is to repair.
        """
        self._next = {(k, p): (k, p + 1) for k, n in enumerate(lengths) for p in range(n - 1)}
        self._enclosed: dict[int, list[Node]] = {}
        self._shut: set[Node] = set()
        nodes = [(language, paragraph) for language, n in enumerate(lengths) for paragraph in range(n)]
        nodes.sort(key=lambda node: (places[node[0]][node[1]], node))
        self.members: list[list[Node]] = [[node] for node in nodes]
        self.row_of = {node: row for row, node in enumerate(nodes)}
        # The row at each place; None where one was joined away.
        self._order: list[int | None] = list(range(len(nodes)))
        self._place = list(range(len(nodes)))  # place of each row

    def join(self, left: Node, right: Node) -> bool:
        """Put the rows of two paragraphs together; False, and nothing is changed, if the order forbids it."""
        a, b = self.row_of[left], self.row_of[right]
        if a == b:
            return True
        if left in self._shut or right in self._shut:
            return self._join_enclosed(left, right)
        if self._place[a] > self._place[b]:
            a, b = b, a
        inside = self._lone_between(a, b)
        behind = self._behind(a, b, {self.row_of[node] for run in inside for node in run[1:]})
        if behind is None:
            return False
        for first, *lone in inside:
            self._enclose(a, first, lone)
        self._move_together(a, b, behind)
        for node in self.members[b]:
            self.row_of[node] = a
        self.members[a].extend(self.members[b])
        self.members[b] = []
        if b in self._enclosed:
            self._enclosed.setdefault(a, []).extend(self._enclosed.pop(b))
        return True

    def _join_enclosed(self, left: Node, right: Node) -> bool:
        """Join a paragraph that a row encloses to that row; to no other, which would break the order."""
        a, b = self.row_of[left], self.row_of[right]
        for inner, outer in ((a, b), (b, a)):
            [node] = self.members[inner] if len(self.members[inner]) == 1 else [None]
            if node in self._shut and node in self._enclosed.get(outer, ()):
                self._enclosed[outer].remove(node)
                self._shut.remove(node)
                self.members[outer].append(node)
                self.members[inner] = []
                self.row_of[node] = outer
                return True
        return False

    def rows(self) -> list[list[Node]]:
        """The rows in reading order; the paragraphs of each in order of language and number."""
        out: list[list[Node]] = []
        for row in self._order:
            if row is not None:
                out.append(sorted(self.members[row]))
                out.extend([node] for node in sorted(self._enclosed.get(row, ())))
        return out

    def _lone_between(self, a: int, b: int) -> list[list[Node]]:
        """Runs of paragraphs that nothing is tied to yet and that lead from row `a` straight to row `b`.

        Each run begins with the paragraph of `a` that it follows.
        """
        runs = []
        for node in self.members[a]:
            run, after = [node], self._next.get(node)
            while (
                after is not None and self.row_of[after] != b and len(self.members[self.row_of[after]]) == 1
            ):
                if self._place[self.row_of[after]] > self._place[b]:
                    break
                run.append(after)
                after = self._next.get(after)
            if after is not None and self.row_of[after] == b and len(run) > 1:
                runs.append(run)
        return runs

    def _enclose(self, row: int, first: Node, lone: Sequence[Node]) -> None:
        """Take paragraphs out of the order: they stand alone, inside `row`."""
        self._next[first] = self._next[lone[-1]]
        for node in lone:
            place = self._place[self.row_of[node]]
            self._order[place] = None
            self._shut.add(node)
        self._enclosed.setdefault(row, []).extend(lone)

    def _followers(self, row: int) -> Iterable[int]:
        for node in self.members[row]:
            after = self._next.get(node)
            if after is not None and self.row_of[after] != row:
                yield self.row_of[after]

    def _behind(self, a: int, b: int, skipped: set[int]) -> set[int] | None:
        """The rows placed before `b` that must come after `a`; None if one of them must come before `b`.

        That `b` follows `a` directly is no obstacle: neighbours may become one row. Nor are the lone
        paragraphs `skipped`, which the new row will enclose.
        """
        found: set[int] = set()
        todo = [row for row in self._followers(a) if row != b]
        while todo:
            row = todo.pop()
            if row == b:
                return None
            if row not in found and row not in skipped and self._place[row] < self._place[b]:
                found.add(row)
                todo.extend(self._followers(row))
        return found

    def _move_together(self, a: int, b: int, behind: set[int]) -> None:
        """Place `a` where `b` is, what must come after it behind it, and all else between them before it."""
        first, last = self._place[a], self._place[b]
        between = [row for row in self._order[first + 1 : last] if row is not None]
        order: list[int | None] = [row for row in between if row not in behind]
        order.append(a)
        order.extend(row for row in between if row in behind)
        order.extend([None] * (last + 1 - first - len(order)))
        self._order[first : last + 1] = order
        for place, row in enumerate(order, start=first):
            if row is not None:
                self._place[row] = place


def join_units(
    lengths: Sequence[int], ties: Iterable[Tie], threshold: float = 0.5, fixed: Sequence[Sequence[Node]] = ()
) -> list[list[Node]]:
    """Rows of an article with `lengths[k]` units in language k, in reading order.

    The units of each of `fixed` are joined before all ties, as far as the order allows.

    Ties at or below `threshold` are left out: a link that is more likely wrong than right costs more
    than it brings, and of two links that contradict each other only one can be above a half.
    """
    likely = sorted(
        (tie for tie in ties if tie.probability > threshold), key=lambda t: (-t.probability, t.left, t.right)
    )
    firm = [Tie(1.0, row[0], node) for row in fixed for node in row[1:]]
    order = RowOrder(lengths, _places(lengths, [*firm, *likely]))
    left = [*firm, *likely]
    before = len(left) + 1
    while len(left) < before:  # what lay between two rows may have joined one of them in the meantime
        before = len(left)
        left = [tie for tie in left if not order.join(tie.left, tie.right)]
    return order.rows()


def _places(lengths: Sequence[int], ties: Sequence[Tie]) -> list[list[float]]:
    """Return about where each unit stands among those of the first language, by its ties to them."""
    places = [[float(unit) for unit in range(lengths[0])]]
    for language in range(1, len(lengths)):
        anchors = {
            tie.right[1]: tie.left[1]
            for tie in reversed(ties)
            if (tie.left[0], tie.right[0]) == (0, language)
        }
        units = np.array([-1, *sorted(anchors), lengths[language]], dtype=float)
        there = np.array([-1, *(anchors[unit] for unit in sorted(anchors)), lengths[0]], dtype=float)
        places.append(np.interp(np.arange(lengths[language]), units, np.maximum.accumulate(there)).tolist())
    return places
