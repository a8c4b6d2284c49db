"""Anchors: rows that a reviewer has settled, and that the alignment works around.

An anchor's units belong together and to nothing else, and what stands before it in one language does
not belong to what stands behind it in another. Both are said where the evidence enters the pair
hidden Markov model: a bead that breaks a rule is impossible. So the sentences between two anchors are
aligned as if they were a text of their own, and the posterior stays a posterior. A paragraph that was
moved breaks this order: an anchor that crosses what is sure around it, or more of the other anchors
than it agrees with, keeps its units to itself but parts nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment.band import Band
from pipeline.alignment.beads import BEADS
from pipeline.alignment.joint import Node, Tie

DECIDED = 0.99
"""Confidence of an anchored row.

Reviewers err as well, and how often has not been measured here: of a hundred rows that a person has
looked at, one is taken to be wrong. It is not what the model believes of the row, which it was told.
"""

CROSSED = 4
"""Sure links that an anchor may cross and still part the text: a repair corrects the rows beside it, a
moved paragraph passes by many."""

SURE = 0.9
"""Posterior from which a link is sure."""

_MIXED_LEFT, _MIXED_RIGHT = -3, -4
_ENCLOSED_LEFT, _ENCLOSED_RIGHT = -1, -2

Anchor = Collection[Node]
"""The units of one row, as (language, unit)."""


class Block(NamedTuple):
    """The sentences of an anchor in two texts, first and last of each."""

    anchor: int
    left_first: int
    left_last: int
    right_first: int
    right_last: int


class PairAnchors(NamedTuple):
    """The anchors of an article as two of its texts see them, texts of n and m sentences."""

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
        """Return the blocks that part both texts, in reading order; `lines` to `columns` are sure links."""
        free = (self.left[lines] < 0) & (self.right[columns] < 0)
        return in_order(not_crossed(self.blocks(), lines[free], columns[free], CROSSED))


def pair_anchors(
    anchors: Sequence[Anchor], pair: tuple[int, int], unit_of: Sequence[NDArray[np.int64]]
) -> PairAnchors | None:
    """Return the anchors as a pair of languages sees them; None if they say nothing about it.

    `unit_of[k]` is `int64[sentences]`: the unit of each sentence in language k.
    """
    left, right = (_owners(anchors, language, unit_of[language]) for language in pair)
    return PairAnchors(left, right) if (left >= 0).any() or (right >= 0).any() else None


def not_crossed(
    blocks: Iterable[Block], lines: NDArray[np.int64], columns: NDArray[np.int64], most: int
) -> list[Block]:
    """Return the blocks that at most so many of the links cross."""
    kept = []
    for block in blocks:
        before = (lines < block.left_first) & (columns > block.right_last)
        after = (lines > block.left_last) & (columns < block.right_first)
        if int(before.sum() + after.sum()) <= most:
            kept.append(block)
    return kept


def in_order(blocks: Iterable[Block]) -> list[Block]:
    """Return the most blocks that follow each other in both texts (a longest increasing subsequence)."""
    apart: list[Block] = []
    for block in sorted(blocks, key=lambda b: (b.left_last, b.left_first)):
        if not apart or block.left_first > apart[-1].left_last:
            apart.append(block)
    ends: list[int] = []  # the least right end of a chain of k + 1 blocks
    last: list[int] = []  # and the block that it has
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
    """Return `float32[6, cells]`: the odds of beads, 0 where the anchors make them impossible.

    Nothing crosses the blocks of the `chain`.
    """
    count = len(chain)
    left = _classes(anchors.left, [block[1:3] for block in chain], count, _ENCLOSED_LEFT)
    right = _classes(anchors.right, [block[3:5] for block in chain], count, _ENCLOSED_RIGHT)
    lines, columns = band.lines(), band.columns()
    out = odds.copy()
    for bead, (p, q) in enumerate(BEADS.tolist()):
        here, there = _common(left, p, _MIXED_LEFT)[lines], _common(right, q, _MIXED_RIGHT)[columns]
        out[bead, here != there] = 0.0
    return out


def _classes(
    owner: NDArray[np.int64], ranges: Sequence[tuple[int, int]], anchors: int, enclosed: int
) -> NDArray[np.int64]:
    """Return the class of each sentence: only those of the same class can belong together.

    A class is either an anchor or what lies between two neighbours of the chain. A sentence between
    those of one anchor that is not its own has no counterpart.
    """
    classes = np.searchsorted([first for first, _ in ranges], np.arange(len(owner)), side="right")
    for first, last in ranges:
        classes[first : last + 1] = enclosed
    return np.where(owner >= 0, anchors + 1 + owner, classes).astype(np.int64)


def without_anchored(ties: Iterable[Tie], anchors: Sequence[Anchor]) -> list[Tie]:
    """Return the ties of units that no anchor holds."""
    held = {node for anchor in anchors for node in anchor}
    return [tie for tie in ties if tie.left not in held and tie.right not in held]


def settled_first(anchors: Sequence[Anchor], chains: Iterable[Sequence[Block]]) -> list[list[Node]]:
    """Return the anchors, each sorted: before all others those that part all their pairs of languages."""
    parts = Counter(block.anchor for chain in chains for block in chain)

    def crossings(k: int) -> int:
        languages = len({language for language, _ in anchors[k]})
        return languages * (languages - 1) // 2 - parts[k]

    return [sorted(anchors[k]) for k in sorted(range(len(anchors)), key=lambda k: (crossings(k), k))]


def _owners(anchors: Sequence[Anchor], language: int, unit: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the anchor that holds each sentence of a language, -1 for none."""
    anchor_of = {there: k for k, anchor in enumerate(anchors) for code, there in anchor if code == language}
    return np.array([anchor_of.get(there, -1) for there in unit.tolist()], dtype=np.int64)


def _common(classes: NDArray[np.int64], length: int, mixed: int) -> NDArray[np.int64]:
    """Return the class of `length` sentences from each on, `mixed` where they have several, `[n + 1]`."""
    out = np.full(len(classes) + 1, mixed, dtype=np.int64)
    count = len(classes) - length + 1
    if count > 0:
        same = np.ones(count, dtype=np.bool_)
        for step in range(1, length):
            same &= classes[step : step + count] == classes[:count]
        out[:count] = np.where(same, classes[:count], mixed)
    return out
