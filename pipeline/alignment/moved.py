"""Finds paragraphs that were moved to another position in one language.

The alignment keeps the reading order of every language, so a moved paragraph and its translation end
up in separate rows. Each lone paragraph is compared with the rows that lack its language. If both are
each other's best match and chance cannot explain it, the two rows are merged.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment.evidence import block_log_odds
from pipeline.alignment.likeness import PairModel
from pipeline.datatypes import Node
from pipeline.embedding.vectors import Text

MOVED = 0.02
"""Prior probability that a paragraph without a counterpart in its place has one elsewhere."""

SURE = 0.9
"""Probability from which a moved paragraph is joined with its counterpart."""

SHORTEST = 20
"""Minimum characters of both paragraphs; shorter ones repeat too often to be distinguished."""


NEAREST = 5
"""Rows compared with each lone paragraph; limits the cost for texts with little in common."""

_STRIP = 1024
"""Lone paragraphs compared at once; limits memory."""


class Move(NamedTuple):
    """A lone paragraph and the row it belongs to."""

    lone: int  # the row of the paragraph
    row: int
    probability: float


class Units(NamedTuple):
    """The paragraphs (or sentences) of a text as single blocks."""

    sums: NDArray[np.float32]  # [units, d]
    lengths: NDArray[np.float32]  # [units]

    @classmethod
    def of(cls, text: Text, unit: NDArray[np.int64], count: int) -> Units:
        """Return the blocks of a text whose sentence k is in `unit[k]`, which is non-decreasing."""
        sums = np.zeros((count, text.sums.shape[1]), dtype=np.float32)
        starts = np.flatnonzero(np.diff(unit, prepend=-1))
        sums[unit[starts]] = np.add.reduceat(text.sums, starts, axis=0)
        return cls(sums, np.bincount(unit, text.surface.sizes, count).astype(np.float32))

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
        if lone and lacking:
            found += _mutual_best(_candidates(language, lone, lacking, rows, units, models), len(lacking))
    taken: set[int] = set()
    moves = []
    for move in sorted(found, key=lambda m: (-m.probability, m.lone, m.row)):
        if move.lone not in taken and move.row not in taken:
            taken |= {move.lone, move.row}
            moves.append(move)
    return moves


def _mutual_best(candidates: Mapping[tuple[int, int], float], choices: int) -> list[Move]:
    """Return the sure moves among candidates (lone row, row) that are each other's best match."""
    best: dict[tuple[str, int], tuple[float, int]] = {}
    for (lone, row), log_odds in sorted(candidates.items()):
        best["lone", lone] = max(best.get(("lone", lone), (-math.inf, -1)), (log_odds, row))
        best["row", row] = max(best.get(("row", row), (-math.inf, -1)), (log_odds, lone))
    moves = []
    for (lone, row), log_odds in candidates.items():
        # The prior is split among all rows that it could be.
        odds = log_odds + math.log(MOVED / (1 - MOVED)) - math.log(choices)
        probability = 1 / (1 + math.exp(-min(max(odds, -50), 50)))
        if best["lone", lone][1] == row and best["row", row][1] == lone and probability >= SURE:
            moves.append(Move(lone, row, probability))
    return moves


def _candidates(
    language: int,
    lone: Sequence[int],
    lacking: Sequence[int],
    rows: Sequence[Sequence[Node]],
    units: Sequence[Units],
    models: Mapping[tuple[int, int], PairModel],
) -> dict[tuple[int, int], float]:
    """Return the log-likelihood ratio of each lone row and candidate row, the highest over all languages.

    Candidates are the `NEAREST` rows of each lone one, provided that they are long enough and closer to
    the cosine of translated than of unrelated paragraphs.
    """
    out: dict[tuple[int, int], float] = {}
    own = [rows[k][0][1] for k in lone]
    mine = Units(units[language].sums[own], units[language].lengths[own])
    for other in range(len(units)):
        holders = [k for k in lacking if any(node[0] == other for node in rows[k])]
        if other == language or not holders:
            continue
        there = _blocks([rows[k] for k in holders], other, units[other])
        model = models[min(language, other), max(language, other)]
        for line, found in mine.nearest(there, 0.5 * (model.likeness.same + model.likeness.other)):
            sides = [(u.sums[k], float(u.lengths[k])) for u, k in ((mine, line), (there, found))]
            left, right = sides if language < other else sides[::-1]
            if min(left[1], right[1]) >= SHORTEST:
                pair = lone[line], holders[found]
                out[pair] = max(out.get(pair, -math.inf), block_log_odds(*left, *right, model))
    return out


def _blocks(rows: Sequence[Sequence[Node]], language: int, units: Units) -> Units:
    """Return the text of each row in one language as a block."""
    members = [[unit for k, unit in row if k == language] for row in rows]
    sums = np.stack([units.sums[those].sum(axis=0) for those in members])
    return Units(sums, np.array([units.lengths[those].sum() for those in members]))
