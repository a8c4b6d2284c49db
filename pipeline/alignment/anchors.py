"""Anchors: rows settled by a reviewer, which constrain the alignment.

The units of an anchor belong together and to nothing else, and text before an anchor in one language
cannot belong to text after it in another. Both rules act on the evidence before it enters the pair
hidden Markov model: a bead that breaks a rule is impossible. The sentences between two anchors are
thus aligned like a separate text, and the result is still a posterior. Moved paragraphs break the
second rule. An anchor that crosses the sure links around it, or more of the other anchors than it
agrees with, therefore keeps its units to itself but does not split the text.

The reviewer may have settled a row before a translation came. Such an anchor is open to the language of
that translation: both rules hold among the other languages, and it may get paragraphs in the new one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Container, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment.band import Band
from pipeline.alignment.beads import BEADS
from pipeline.alignment.joint import Tie
from pipeline.datatypes import Node

DECIDED = 0.99
"""Confidence of an anchored row.

Reviewers make mistakes too. Their error rate has not been measured here; one reviewed row in a hundred
is assumed to be wrong. The model's own probability means nothing here, because the row was imposed on it."""

CROSSED = 4
"""Sure links that an anchor may cross and still split the text. A repair crosses the few links of the
rows it corrects; a moved paragraph crosses many."""

SURE = 0.9
"""Posterior from which a link counts as sure."""

_MIXED_LEFT, _MIXED_RIGHT = -3, -4
_ENCLOSED_LEFT, _ENCLOSED_RIGHT = -1, -2

Anchor = Collection[Node]
"""The units of one row, as (language, unit)."""


class Anchors:
    """The anchors of an article; no two of them share a unit."""

    def __init__(self, anchors: Sequence[Anchor], open_to: Sequence[Container[int]] = ()) -> None:
        """`open_to` are the languages that each anchor leaves open; if it is empty, none leaves any."""
        self.rows = [tuple(sorted(anchor)) for anchor in anchors]
        self.of = {node: k for k, row in enumerate(self.rows) for node in row}
        self._open_to = open_to

    def is_open(self, anchor: int) -> bool:
        """Return whether an anchor may get paragraphs of a language."""
        return bool(self._open_to) and bool(self._open_to[anchor])

    def binds(self, anchor: int, language: int) -> bool:
        """Return whether an anchor says which units of a language belong to it."""
        return not self._open_to or language not in self._open_to[anchor]

    def of_pair(self, pair: tuple[int, int], unit_of: Sequence[NDArray[np.int64]]) -> PairAnchors | None:
        """Return the anchors that bind a pair of languages, or None if none has units in either.

        `unit_of[k]` is `int64[sentences]`: the unit of each sentence in language k.
        """
        bound = [
            row if all(self.binds(k, language) for language in pair) else ()
            for k, row in enumerate(self.rows)
        ]
        left, right = (_owners(bound, language, unit_of[language]) for language in pair)
        return PairAnchors(left, right) if (left >= 0).any() or (right >= 0).any() else None

    def may_join(self, row: Iterable[Node], other: Iterable[Node]) -> bool:
        """Return whether two rows may become one: no anchor among them gets units that it rules out."""
        both = [*row, *other]
        held = {self.of[node] for node in both if node in self.of}
        return not any(self.binds(k, node[0]) and self.of.get(node) != k for k in held for node in both)

    def without_bound(self, ties: Iterable[Tie]) -> list[Tie]:
        """Return the ties that no anchor rules out: those of units in no anchor or in an open one."""
        return [tie for tie in ties if not self._rules_out(tie.left, tie.right)]

    def _rules_out(self, left: Node, right: Node) -> bool:
        one, two = self.of.get(left), self.of.get(right)
        return (one is not None and self.binds(one, right[0])) or (
            two is not None and self.binds(two, left[0])
        )

    def firm_ties(self, rows: Iterable[Sequence[Node]]) -> list[Tie]:
        """Return ties that hold the open anchors in rows together."""
        ties = []
        for row in rows if any(map(self.is_open, range(len(self.rows)))) else ():
            first: dict[int, Node] = {}
            for node in row:
                anchor = self.of.get(node)
                if anchor is not None and self.is_open(anchor) and first.setdefault(anchor, node) != node:
                    ties.append(Tie(DECIDED, first[anchor], node))
        return ties


class Block(NamedTuple):
    """The sentences of an anchor in two texts: the first and the last of each."""

    anchor: int
    left_first: int
    left_last: int
    right_first: int
    right_last: int


class PairAnchors(NamedTuple):
    """The anchors of an article in two of its texts, of n and m sentences."""

    left: NDArray[np.int64]  # [n]: the anchor that holds each sentence, -1 for none
    right: NDArray[np.int64]  # [m]

    def blocks(self) -> list[Block]:
        """Return the block of every anchor that has sentences in both texts."""
        ranges: list[dict[int, list[int]]] = [{}, {}]
        for side, owners in enumerate((self.left, self.right)):
            for sentence in np.flatnonzero(owners >= 0).tolist():
                found = ranges[side].setdefault(int(owners[sentence]), [sentence, sentence])
                found[1] = sentence
        return [Block(k, *ranges[0][k], *ranges[1][k]) for k in ranges[0] if k in ranges[1]]

    def chain(self, lines: NDArray[np.int64], columns: NDArray[np.int64]) -> list[Block]:
        """Return the blocks that split both texts, in reading order; `lines` and `columns` are sure links."""
        free = (self.left[lines] < 0) & (self.right[columns] < 0)
        return in_order(not_crossed(self.blocks(), lines[free], columns[free], CROSSED))


def not_crossed(
    blocks: Iterable[Block], lines: NDArray[np.int64], columns: NDArray[np.int64], most: int
) -> list[Block]:
    """Return the blocks that are crossed by at most `most` links."""
    kept = []
    for block in blocks:
        before = (lines < block.left_first) & (columns > block.right_last)
        after = (lines > block.left_last) & (columns < block.right_first)
        if int(before.sum() + after.sum()) <= most:
            kept.append(block)
    return kept


def in_order(blocks: Iterable[Block]) -> list[Block]:
    """Return the most blocks that are in order in both texts (longest increasing subsequence)."""
    apart: list[Block] = []
    for block in sorted(blocks, key=lambda b: (b.left_last, b.left_first)):
        if not apart or block.left_first > apart[-1].left_last:
            apart.append(block)
    ends: list[int] = []  # the smallest right end of any chain of k + 1 blocks
    last: list[int] = []  # the last block of that chain
    before: list[int | None] = []
    for k, block in enumerate(apart):
        place = bisect_left(ends, block.right_first)
        before.append(last[place - 1] if place else None)
        if place == len(ends) or block.right_last < ends[place]:
            ends[place : place + 1], last[place : place + 1] = [block.right_last], [k]
    chain: list[Block] = []
    at = last[-1] if last else None
    while at is not None:
        chain.append(apart[at])
        at = before[at]
    return chain[::-1]


def forbid(
    odds: NDArray[np.float32], band: Band, anchors: PairAnchors, chain: Sequence[Block] = ()
) -> NDArray[np.float32]:
    """Return `float32[6, cells]`: the odds of beads, set to 0 where the anchors rule them out.

    No bead crosses a block of the `chain`.
    """
    count = len(chain)
    left = _classes(anchors.left, [block[1:3] for block in chain], count, _ENCLOSED_LEFT)
    right = _classes(anchors.right, [block[3:5] for block in chain], count, _ENCLOSED_RIGHT)
    lines, columns = band.lines(), band.columns()
    out = odds.copy()
    for bead, (p, q) in enumerate(BEADS.tolist()):
        here, there = (
            _shared_class(left, p, _MIXED_LEFT)[lines],
            _shared_class(right, q, _MIXED_RIGHT)[columns],
        )
        out[bead, here != there] = 0.0
    return out


def _classes(
    owner: NDArray[np.int64], ranges: Sequence[tuple[int, int]], anchors: int, enclosed: int
) -> NDArray[np.int64]:
    """Return the class of each sentence; only sentences of the same class can be linked.

    A class is either an anchor or the text between two neighbours in the chain. A sentence that lies
    inside an anchor without belonging to it gets the class `enclosed` and has no counterpart.
    """
    classes = np.searchsorted([first for first, _ in ranges], np.arange(len(owner)), side="right")
    for first, last in ranges:
        classes[first : last + 1] = enclosed
    return np.where(owner >= 0, anchors + 1 + owner, classes).astype(np.int64)


def splitting_first(
    anchors: Sequence[Sequence[Node]], chains: Iterable[Sequence[Block]]
) -> list[Sequence[Node]]:
    """Return the anchors; those that split all their pairs of languages come first."""
    parts = Counter(block.anchor for chain in chains for block in chain)

    def crossings(k: int) -> int:
        languages = len({language for language, _ in anchors[k]})
        return languages * (languages - 1) // 2 - parts[k]

    return [anchors[k] for k in sorted(range(len(anchors)), key=lambda k: (crossings(k), k))]


def _owners(anchors: Sequence[Anchor], language: int, unit: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the anchor of each sentence of a language, -1 for none."""
    anchor_of = {there: k for k, anchor in enumerate(anchors) for code, there in anchor if code == language}
    return np.array([anchor_of.get(there, -1) for there in unit.tolist()], dtype=np.int64)


def _shared_class(classes: NDArray[np.int64], length: int, mixed: int) -> NDArray[np.int64]:
    """Return the class shared by `length` sentences from each on, or `mixed` if they differ, `[n + 1]`."""
    out = np.full(len(classes) + 1, mixed, dtype=np.int64)
    count = len(classes) - length + 1
    if count > 0:
        same = np.ones(count, dtype=np.bool_)
        for step in range(1, length):
            same &= classes[step : step + count] == classes[:count]
        out[:count] = np.where(same, classes[:count], mixed)
    return out
