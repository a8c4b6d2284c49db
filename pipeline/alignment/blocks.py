"""Tells which rows of an article were moved, and which of them were moved together.

When moved paragraphs have been joined with their counterparts, some rows are in another order in one
language than in another. Either the joined rows were moved, or those that they passed. An author moves
little text rather than much, and lines that are the same in all languages, such as a list of titles that
a website adds, sooner than the text that was translated.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.datatypes import Node


class _Block(NamedTuple):
    """Rows that were joined across the reading order and continue each other in all their languages."""

    rows: list[int]
    passed: list[int]  # the rows that stand before it in one language and after it in another


def moved_blocks(
    rows: Sequence[Sequence[Node]], joined: Sequence[bool], weights: Sequence[float]
) -> dict[int, int]:
    """Return the moved rows; the first of a block with the number of its rows, the others with 0.

    `rows` are in reading order but for the `joined` ones; `weights` say how much of the article a row is.
    """
    if not any(joined):
        return {}
    order = _Order(rows, joined)
    out: dict[int, int] = {}
    for blocks in _overlapping(order.blocks()):
        own = [block.rows for block in blocks]
        passed = sorted({row for block in blocks for row in block.passed})
        lighter = sum(weights[row] for row in passed) < sum(weights[row] for some in own for row in some)
        moved = order.runs(passed) if passed and lighter and order.agree(own) else own
        for some in moved:
            out |= dict.fromkeys(some, 0) | {some[0]: len(some)}
    return out


class _Order:
    """The order of the rows of two languages or more in each language."""

    def __init__(self, rows: Sequence[Sequence[Node]], joined: Sequence[bool]) -> None:
        self._place: list[dict[int, int]] = [
            dict(reversed(row)) if len({x for x, _ in row}) > 1 else {} for row in rows
        ]  # of each row its first unit in each language
        self._joined = [k for k, moved in enumerate(joined) if moved]
        languages = sorted({language for places in self._place for language in places})
        by_place = {
            language: sorted(
                (places[language], k) for k, places in enumerate(self._place) if language in places
            )
            for language in languages
        }
        self._next: dict[tuple[int, int], int] = {  # the following row in a language
            (language, k): after
            for language, some in by_place.items()
            for (_, k), (_, after) in pairwise(some)
        }
        moved = set(self._joined)
        self._kept = {language: [x for x in some if x[1] not in moved] for language, some in by_place.items()}

    def blocks(self) -> list[_Block]:
        """Return the blocks of the joined rows."""
        by_first = sorted(self._joined, key=lambda k: min(self._place[k].items()))
        return [_Block(some, self._passed(some)) for some in self.runs(by_first)]

    def runs(self, rows: Sequence[int]) -> list[list[int]]:
        """Return rows in parts that continue each other in all languages that they share."""
        parts: list[list[int]] = []
        for row in rows:
            if parts and self._continues(parts[-1][-1], row):
                parts[-1].append(row)
            else:
                parts.append([row])
        return parts

    def _continues(self, before: int, row: int) -> bool:
        shared = self._place[before].keys() & self._place[row].keys()
        return bool(shared) and all(self._next.get((language, before)) == row for language in shared)

    def _passed(self, block: Sequence[int]) -> list[int]:
        edges = {}
        for language in sorted({language for row in block for language in self._place[row]}):
            first = min(self._place[row][language] for row in block if language in self._place[row])
            kept = self._kept[language]
            after = bisect_left(kept, (first, -1))
            edges[language] = kept[after][1] if after < len(kept) else len(self._place)
        low, high = min(edges.values()), max(edges.values())
        return [
            row
            for row in range(low, high)
            if len({row >= edge for language, edge in edges.items() if language in self._place[row]}) > 1
        ]

    def agree(self, blocks: Sequence[Sequence[int]]) -> bool:
        """Return whether all rows of these blocks are in the same order in all languages."""
        rows = sorted((row for some in blocks for row in some), key=lambda k: min(self._place[k].items()))
        latest: dict[int, int] = {}
        for row in rows:
            for language, place in self._place[row].items():
                if place < latest.get(language, -1):
                    return False
                latest[language] = place
        return True


def _overlapping(blocks: Sequence[_Block]) -> list[list[_Block]]:
    """Return the blocks in groups that passed some of the same rows."""
    groups: list[list[_Block]] = []
    reach = -1
    for block in sorted(blocks, key=lambda b: (b.passed[:1] or [-1], b.rows)):
        if block.passed and block.passed[0] <= reach:
            groups[-1].append(block)
        else:
            groups.append([block])
        reach = max(reach, block.passed[-1] if block.passed else -1)
    return groups
