"""Finds paragraphs that were moved to another position in one language.

The alignment keeps the reading order of every language, so a moved paragraph and its translation end
up in separate rows. Each lone paragraph is compared with the rows that lack its language. Paragraphs
that were moved together keep their order, so the evidence of neighbours that continue each other is
added up: a block is moved once. If a lone paragraph and a row are each other's best match and chance
cannot explain it, the two rows are merged.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment.evidence import COINCIDENCE, block_log_odds
from pipeline.alignment.joint import Tie
from pipeline.alignment.likeness import PairModel
from pipeline.alignment.posterior import Prior
from pipeline.datatypes import Node
from pipeline.embedding.surface import NO_WORDING
from pipeline.embedding.vectors import Text

MOVED = 0.02
"""Prior probability that a paragraph without a counterpart in its place has one elsewhere."""

SURE = 0.9
"""Probability from which a moved block is joined with its counterpart."""

SHORTEST = 20
"""Minimum characters of both paragraphs; shorter ones repeat too often to be distinguished.

Inside a block, and where both have the same wording that neither text has twice, they may be shorter."""

NEAREST = 5
"""Rows compared with each lone paragraph; limits the cost for texts with little in common."""

WEAK = 2
"""Neighbouring paragraphs of a block whose own evidence may be missing; limits the cost as well."""

_STRIP = 1024
"""Lone paragraphs compared at once; limits memory."""


class Units(NamedTuple):
    """The paragraphs (or sentences) of a text as single blocks."""

    sums: NDArray[np.float32]  # [units, d]
    sizes: NDArray[np.float32]  # [units]: see `pipeline.embedding.surface`
    wordings: NDArray[np.uint64]  # [units]

    @classmethod
    def of(cls, text: Text, unit: NDArray[np.int64], count: int) -> Units:
        """Return the blocks of a text whose sentence k is in `unit[k]`, which is non-decreasing."""
        sums = np.zeros((count, text.sums.shape[1]), dtype=np.float32)
        starts = np.flatnonzero(np.diff(unit, prepend=-1))
        sums[unit[starts]] = np.add.reduceat(text.sums, starts, axis=0)
        wordings = np.full(count, NO_WORDING, dtype=np.uint64)
        first = np.repeat(starts, np.diff(np.append(starts, len(unit))))
        turned = text.surface.wordings * (2 * (np.arange(len(unit)) - first) + 1).astype(np.uint64)
        wordings[unit[starts]] = np.add.reduceat(turned, starts)
        sizes = np.bincount(unit, text.surface.sizes, count).astype(np.float32)
        return cls(sums, sizes, wordings)

    def of_rows(self, rows: Sequence[Sequence[Node]], language: int) -> Units:
        """Return the text of each row in one language as a block."""
        members = [[unit for k, unit in row if k == language] for row in rows]
        if all(len(those) == 1 for those in members):
            only = [those[0] for those in members]
            return Units(self.sums[only], self.sizes[only], self.wordings[only])
        sums = np.stack([self.sums[those].sum(axis=0) for those in members])
        wordings = [self.wordings[those[0]] if len(those) == 1 else NO_WORDING for those in members]
        sizes = np.array([self.sizes[those].sum() for those in members])
        return Units(sums, sizes, np.array(wordings, dtype=np.uint64))

    def nearest(self, others: Units, least: float) -> Iterator[tuple[int, int]]:
        """Yield each unit with those of its `NEAREST` others whose cosine is at least `least`."""
        unit = others.sums / np.maximum(np.linalg.norm(others.sums, axis=1, keepdims=True), 1e-9)
        for begin in range(0, len(self.sums), _STRIP):
            part = self.sums[begin : begin + _STRIP]
            cosines = part @ unit.T / np.maximum(np.linalg.norm(part, axis=1, keepdims=True), 1e-9)
            count = min(NEAREST, cosines.shape[1])
            best = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
            for line, columns in enumerate(best.tolist()):
                for column in sorted(columns):
                    if cosines[line, column] >= least:
                        yield begin + line, column


class Move(NamedTuple):
    """A lone paragraph and the row it belongs to."""

    lone: int  # the row of the paragraph
    row: int
    probability: float
    other: int  # the language whose paragraph it was compared with


def join_moves(
    rows: Sequence[Sequence[Node]],
    units: Sequence[Units],
    models: Mapping[tuple[int, int], PairModel],
    free: Sequence[bool],
) -> tuple[list[list[Node]], list[bool], list[Tie]]:
    """Return the rows with moved paragraphs joined to their counterparts, which rows these are, and the ties.

    Only `free` rows take part. A joined row stands where its earlier language has it. A paragraph that
    stands elsewhere in each of several languages is joined in several rounds.
    """
    found, joined, ties = [list(row) for row in rows], [False] * len(rows), []
    for _ in range(1, len(units)):
        moves = find_moves(found, units, models, free)
        for move in moves:
            [node] = found[move.lone]
            other = next(there for there in found[move.row] if there[0] == move.other)
            ties.append(Tie(move.probability, *sorted((node, other))))
            here, gone = sorted((move.lone, move.row), key=lambda k: (found[k][0][0], k))
            found[here], found[gone] = sorted([*found[here], *found[gone]]), []
            joined[here] = True
        left = [k for k, row in enumerate(found) if row]
        found, joined = [found[k] for k in left], [joined[k] for k in left]
        free = [free[k] for k in left]
        if not moves:
            break
    return found, joined, ties


def find_moves(
    rows: Sequence[Sequence[Node]],
    units: Sequence[Units],
    models: Mapping[tuple[int, int], PairModel],
    free: Sequence[bool],
) -> list[Move]:
    """Return the moves of an article among `free` rows; each row takes part in one move at most."""
    found: list[Move] = []
    loose = [(k, row) for k, row in enumerate(rows) if free[k]]
    for language in range(len(units)):
        lone = [k for k, row in loose if len(row) == 1 and row[0][0] == language]
        lacking = [k for k, row in loose if all(node[0] != language for node in row)]
        for other in range(len(units)) if lone and lacking else ():
            holders = [k for k in lacking if other != language and any(node[0] == other for node in rows[k])]
            if holders:
                model = models[min(language, other), max(language, other)]
                search = _Search(rows, (language, other), (lone, holders), units, model)
                found += search.moves(len(lacking))
    taken: set[int] = set()
    moves = []
    for move in sorted(found, key=lambda m: (-m.probability, m.lone, m.row)):
        if move.lone not in taken and move.row not in taken:
            taken |= {move.lone, move.row}
            moves.append(move)
    return moves


Pair = tuple[int, int]
"""A lone paragraph and a row that may hold its counterpart, as places in the lists of both."""


class _Search:
    """The search for the moved paragraphs of one language among the rows of another."""

    def __init__(
        self,
        rows: Sequence[Sequence[Node]],
        languages: tuple[int, int],
        candidates: tuple[Sequence[int], Sequence[int]],
        units: Sequence[Units],
        model: PairModel,
    ) -> None:
        """`candidates` are the rows of the lone paragraphs and the rows that may hold their counterparts."""
        self._rows, self._languages, self._model = candidates, languages, model
        self._units = tuple(
            units[language].of_rows([rows[k] for k in some], language)
            for language, some in zip(languages, candidates, strict=True)
        )
        spans = [
            [[unit for k, unit in rows[row] if k == language] for row in some]
            for language, some in zip(languages, candidates, strict=True)
        ]
        self._follows = tuple(
            {k for k in range(1, len(some)) if some[k][0] == some[k - 1][-1] + 1} for some in spans
        )

    def moves(self, choices: int) -> list[Move]:
        """Return the sure moves: blocks of pairs that are each other's best match."""
        log_odds = self._candidates()
        totals = self._totals(log_odds)
        best: dict[tuple[int, int], tuple[float, int]] = {}  # by side and place
        for pair, total in sorted(totals.items()):
            for side, place in enumerate(pair):
                best[side, place] = max(best.get((side, place), (-math.inf, -1)), (total, pair[1 - side]))
        moves = []
        for (lone, row), total in totals.items():
            # The prior is split among all rows that it could be.
            of_block = _probability(total + math.log(MOVED / (1 - MOVED)) - math.log(choices))
            own = _probability(log_odds[lone, row] + _KEPT)
            if best[0, lone][1] == row and best[1, row][1] == lone and of_block >= SURE and own > 0.5:
                here, there = self._rows[0][lone], self._rows[1][row]
                moves.append(Move(here, there, of_block * own, self._languages[1]))
        return moves

    def _candidates(self) -> dict[Pair, float]:
        """Return the log-likelihood ratios of pairs that may belong together.

        These are the `NEAREST` rows of each lone paragraph, provided that both are long enough and closer
        to the cosine of translated than of unrelated paragraphs; those with the same wording; and those
        between and beside them that belong to the same block.
        """
        mine, there = self._units
        likeness = self._model.likeness
        out = self._same_wording()
        for pair in mine.nearest(there, 0.5 * (likeness.same + likeness.other)):
            if pair not in out and min(mine.sizes[pair[0]], there.sizes[pair[1]]) >= SHORTEST:
                out[pair] = self._log_odds(pair)
        for seed in [pair for pair, value in out.items() if value > 0]:
            for step in (1, -1):
                self._extend(seed, step, out)
        return out

    def _same_wording(self) -> dict[Pair, float]:
        """Return the pairs with a wording that neither side has twice."""
        places = [_unique_places(units.wordings) for units in self._units]
        log_odds = math.log(len(self._rows[1]) / COINCIDENCE)
        return {
            (place, places[1][wording]): log_odds
            for wording, place in places[0].items()
            if wording in places[1]
        }

    def _extend(self, seed: Pair, step: int, out: dict[Pair, float]) -> None:
        """Add the pairs that continue a block in one direction, until `WEAK` in a row say nothing for it."""
        pair, weak = seed, 0
        while weak <= WEAK:
            follower = pair if step < 0 else (pair[0] + 1, pair[1] + 1)
            if not (follower[0] in self._follows[0] and follower[1] in self._follows[1]):
                return
            pair = (pair[0] + step, pair[1] + step)
            if pair in out:
                return
            value = self._log_odds(pair)
            if value + _KEPT < 0:
                return
            out[pair] = value
            weak = weak + 1 if value <= 0 else 0

    def _log_odds(self, pair: Pair) -> float:
        mine, there = self._units
        if mine.wordings[pair[0]] == there.wordings[pair[1]] != NO_WORDING:
            return math.log(len(there.sizes) / (COINCIDENCE + 1.0))
        sides = [(u.sums[k], float(u.sizes[k])) for u, k in zip(self._units, pair, strict=True)]
        left, right = sides if self._languages[0] < self._languages[1] else sides[::-1]
        return block_log_odds(*left, *right, self._model)

    def _totals(self, log_odds: Mapping[Pair, float]) -> dict[Pair, float]:
        """Return for each pair the log-likelihood ratio of the likeliest block that it is part of."""
        order = sorted(log_odds)
        until = self._sums(order, log_odds, -1)
        since = self._sums(order[::-1], log_odds, 1)
        return {pair: until[pair] + since[pair] - log_odds[pair] for pair in order}

    def _sums(self, order: Iterable[Pair], log_odds: Mapping[Pair, float], step: int) -> dict[Pair, float]:
        sums: dict[Pair, float] = {}
        for lone, row in order:
            follower = (lone, row) if step < 0 else (lone + 1, row + 1)
            joins = follower[0] in self._follows[0] and follower[1] in self._follows[1]
            before = sums.get((lone + step, row + step), 0.0) if joins else 0.0
            sums[lone, row] = log_odds[lone, row] + max(0.0, before)
        return sums


_KEPT = math.log(Prior().one_to_one / Prior().paragraph_alone ** 2)
"""Log-odds that two paragraphs in the same place of a block belong together, not both to nothing."""


def _probability(log_odds: float) -> float:
    return 1 / (1 + math.exp(-min(max(log_odds, -50), 50)))


def _unique_places(wordings: NDArray[np.uint64]) -> dict[int, int]:
    """Return the place of each wording that occurs once."""
    known, first, counts = np.unique(wordings, return_index=True, return_counts=True)
    once = (counts == 1) & (known != NO_WORDING)
    return dict(zip(known[once].tolist(), first[once].tolist(), strict=True))
