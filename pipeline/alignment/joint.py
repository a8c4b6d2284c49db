"""Turns pairwise link posteriors into rows: one consistent alignment of all languages of an article.

Paragraphs are tied by the sentences they share. The ties of all language pairs are processed in order
of probability, and each joins two rows unless that would create a cycle in the reading order. This
is sequence annealing (Schwartz & Pachter, Multiple alignment by sequence annealing, Bioinformatics
23, 2007) with paragraphs in place of residues. There is no pivot language, and a single bad tie cannot
drag others along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.datatypes import Node


class Tie(NamedTuple):
    """Two paragraphs of different languages that share a sentence."""

    probability: float
    left: Node
    right: Node


class RowOrder:
    """The rows of an article under construction and their reading order.

    Initially every paragraph is a row. A row precedes another if one of its paragraphs does, directly
    or through other rows. The rows are kept in a topological order, which a join repairs only between
    the two joined rows (after Pearce & Kelly, A dynamic topological sort algorithm for directed acyclic
    graphs, JEA 11, 2007). Translations lie close together, so this is cheap however long the article is.
    """

    def __init__(
        self,
        lengths: Sequence[int],
        places: Sequence[Sequence[float]],
        may_join: Callable[[Sequence[Node], Sequence[Node]], bool] | None = None,
    ) -> None:
        """`lengths` are the paragraphs of each language, `places` the approximate position of each paragraph.

        Places increase within a language and are comparable across languages; the closer those of
        translations are, the less there is to repair. Rows that `may_join` rules out are never joined.
        """
        self._may_join = may_join
        self._next = {(k, p): (k, p + 1) for k, n in enumerate(lengths) for p in range(n - 1)}
        self._enclosed: dict[int, list[Node]] = {}
        self._enclosed_nodes: set[Node] = set()
        nodes = [(language, paragraph) for language, n in enumerate(lengths) for paragraph in range(n)]
        nodes.sort(key=lambda node: (places[node[0]][node[1]], node))
        self.members: list[list[Node]] = [[node] for node in nodes]
        self.row_of = {node: row for row, node in enumerate(nodes)}
        # The row at each place; None where the row was merged into another.
        self._order: list[int | None] = list(range(len(nodes)))
        self._place = list(range(len(nodes)))  # place of each row

    def join(self, left: Node, right: Node) -> bool:
        """Join the rows of two paragraphs; return False, without any change, if the order forbids it."""
        a, b = self.row_of[left], self.row_of[right]
        if a == b:
            return True
        if self._may_join is not None and not self._may_join(self.members[a], self.members[b]):
            return False
        if left in self._enclosed_nodes or right in self._enclosed_nodes:
            return self._join_enclosed(left, right)
        if self._place[a] > self._place[b]:
            a, b = b, a
        inside = self._untied_runs(a, b)
        followers = self._must_follow(a, b, {self.row_of[node] for run in inside for node in run[1:]})
        if followers is None:
            return False
        for first, *lone in inside:
            self._enclose(a, first, lone)
        self._move_together(a, b, followers)
        for node in self.members[b]:
            self.row_of[node] = a
        self.members[a].extend(self.members[b])
        self.members[b] = []
        if b in self._enclosed:
            self._enclosed.setdefault(a, []).extend(self._enclosed.pop(b))
        return True

    def _join_enclosed(self, left: Node, right: Node) -> bool:
        """Join an enclosed paragraph to the row that encloses it; any other row would break the order."""
        a, b = self.row_of[left], self.row_of[right]
        for inner, outer in ((a, b), (b, a)):
            [node] = self.members[inner] if len(self.members[inner]) == 1 else [None]
            if node in self._enclosed_nodes and node in self._enclosed.get(outer, ()):
                self._enclosed[outer].remove(node)
                self._enclosed_nodes.remove(node)
                self.members[outer].append(node)
                self.members[inner] = []
                self.row_of[node] = outer
                return True
        return False

    def rows(self) -> list[list[Node]]:
        """Return the rows in reading order; the paragraphs of each are sorted by language and number."""
        out: list[list[Node]] = []
        for row in self._order:
            if row is not None:
                out.append(sorted(self.members[row]))
                out.extend([node] for node in sorted(self._enclosed.get(row, ())))
        return out

    def _untied_runs(self, a: int, b: int) -> list[list[Node]]:
        """Return the runs of untied paragraphs that lead from row `a` directly to row `b`.

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
        """Take paragraphs out of the order; each stays a row of its own, listed after `row`."""
        self._next[first] = self._next[lone[-1]]
        for node in lone:
            place = self._place[self.row_of[node]]
            self._order[place] = None
            self._enclosed_nodes.add(node)
        self._enclosed.setdefault(row, []).extend(lone)

    def _followers(self, row: int) -> Iterable[int]:
        for node in self.members[row]:
            after = self._next.get(node)
            if after is not None and self.row_of[after] != row:
                yield self.row_of[after]

    def _must_follow(self, a: int, b: int, skipped: set[int]) -> set[int] | None:
        """Return the rows placed before `b` that must follow `a`; None if one of them must precede `b`.

        A direct step from `a` to `b` is allowed: neighbours may become one row. So are the lone paragraphs
        `skipped`, which the new row will enclose.
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

    def _move_together(self, a: int, b: int, followers: set[int]) -> None:
        """Move `a` to the place of `b`, the rows in `followers` after it and all others between before it."""
        first, last = self._place[a], self._place[b]
        between = [row for row in self._order[first + 1 : last] if row is not None]
        order: list[int | None] = [row for row in between if row not in followers]
        order.append(a)
        order.extend(row for row in between if row in followers)
        order.extend([None] * (last + 1 - first - len(order)))
        self._order[first : last + 1] = order
        for place, row in enumerate(order, start=first):
            if row is not None:
                self._place[row] = place


def join_units(
    lengths: Sequence[int],
    ties: Iterable[Tie],
    threshold: float = 0.5,
    fixed: Sequence[Sequence[Node]] = (),
    may_join: Callable[[Sequence[Node], Sequence[Node]], bool] | None = None,
) -> list[list[Node]]:
    """Return the rows of an article with `lengths[k]` units in language k, in reading order.

    The units of each of `fixed` are joined before all ties, where the order allows it. Rows that `may_join`
    rules out are never joined.

    Ties at or below `threshold` are ignored: a link that is more likely wrong than right does more harm
    than good, and of two contradictory links at most one can exceed one half.
    """
    likely = sorted(
        (tie for tie in ties if tie.probability > threshold), key=lambda t: (-t.probability, t.left, t.right)
    )
    firm = [Tie(1.0, row[0], node) for row in fixed for node in row[1:]]
    order = RowOrder(lengths, _places(lengths, [*firm, *likely]), may_join)
    left = [*firm, *likely]
    before = len(left) + 1
    while len(left) < before:  # paragraphs that blocked a tie may since have joined one of its rows
        before = len(left)
        left = [tie for tie in left if not order.join(tie.left, tie.right)]
    return order.rows()


def _places(lengths: Sequence[int], ties: Sequence[Tie]) -> list[list[float]]:
    """Return the approximate position of each unit among those of the first language, based on its ties."""
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
