"""Paragraphs that stand elsewhere in one language.

The alignment keeps the reading order of every language, so a paragraph that was moved stays alone,
and so does what it translates. Among the rows that lack a language, each lone paragraph of that
language looks for the one that it translates; where both find each other and chance is no
explanation, the rows become one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.align.evidence import PairModel, block_log_odds
from pipeline.align.joint import Node
from pipeline.embed import Text

MOVED = 0.02
"""Prior probability that a paragraph without counterpart in its place has one elsewhere."""

SURE = 0.9
"""Probability from which a moved paragraph is put beside its counterpart."""

SHORTEST = 20
"""Characters that both paragraphs need: shorter ones repeat too often to be told apart."""


class Move(NamedTuple):
    """A lone paragraph and the row that it belongs to."""

    lone: int  # its row
    row: int
    probability: float


class Units(NamedTuple):
    """The paragraphs (or sentences) of a text as single blocks."""

    sums: NDArray[np.float32]  # [units, d]
    lengths: NDArray[np.float32]  # [units]

    @classmethod
    def of(cls, text: Text, unit: NDArray[np.int64], count: int) -> Units:
        """Return the blocks of a text whose sentence k stands in `unit[k]`."""
        sums = np.zeros((count, text.sums.shape[1]), dtype=np.float32)
        np.add.at(sums, unit, text.sums)
        return cls(sums, np.bincount(unit, text.lengths, count).astype(np.float32))

    def cosines(self, other: Units) -> NDArray[np.float32]:
        """Return the cosine of each unit with each of the others, `float32[units, others]`."""
        norms = np.outer(np.linalg.norm(self.sums, axis=1), np.linalg.norm(other.sums, axis=1))
        norms = np.maximum(norms, 1e-9).astype(np.float32)
        cosines: NDArray[np.float32] = self.sums @ other.sums.T / norms
        return cosines


def find_moves(
    rows: Sequence[Sequence[Node]], units: Sequence[Units], models: Mapping[tuple[int, int], PairModel]
) -> list[Move]:
    """Return the moves of an article, each row in one of them at most."""
    found: list[Move] = []
    for language in range(len(units)):
        lone = [k for k, row in enumerate(rows) if len(row) == 1 and row[0][0] == language]
        lacking = [k for k, row in enumerate(rows) if all(node[0] != language for node in row)]
        if lone and lacking:
            found += _mutual(lone, lacking, _log_odds(language, lone, lacking, rows, units, models))
    taken: set[int] = set()
    moves = []
    for move in sorted(found, key=lambda m: (-m.probability, m.lone, m.row)):
        if move.lone not in taken and move.row not in taken:
            taken |= {move.lone, move.row}
            moves.append(move)
    return moves


def _mutual(lone: Sequence[int], lacking: Sequence[int], log_odds: NDArray[np.float64]) -> list[Move]:
    moves = []
    best_row, best_lone = log_odds.argmax(axis=1), log_odds.argmax(axis=0)
    for k, row in enumerate(best_row.tolist()):
        # Any of the rows might have been the one: the prior is shared out among them.
        odds = log_odds[k, row] + math.log(MOVED / (1 - MOVED)) - math.log(len(lacking))
        probability = 1 / (1 + math.exp(-min(odds, 50)))
        if best_lone[row] == k and probability >= SURE:
            moves.append(Move(lone[k], lacking[row], probability))
    return moves


def _log_odds(
    language: int,
    lone: Sequence[int],
    lacking: Sequence[int],
    rows: Sequence[Sequence[Node]],
    units: Sequence[Units],
    models: Mapping[tuple[int, int], PairModel],
) -> NDArray[np.float64]:
    """Return the log-likelihood ratio of each lone paragraph and each row, whose surest language counts.

    Pairs that are nearer to unrelated than to translated paragraphs, or too short, have -inf.
    """
    out = np.full((len(lone), len(lacking)), -math.inf)
    own = [rows[k][0][1] for k in lone]
    mine = Units(units[language].sums[own], units[language].lengths[own])
    for other in range(len(units)):
        columns = [c for c, k in enumerate(lacking) if any(node[0] == other for node in rows[k])]
        if other == language or not columns:
            continue
        there = _blocks([rows[lacking[c]] for c in columns], other, units[other])
        model = models[min(language, other), max(language, other)]
        near = mine.cosines(there) > 0.5 * (model.likeness.same + model.likeness.other)
        long = np.minimum(mine.lengths[:, None], there.lengths) >= SHORTEST
        for line, found in np.argwhere(near & long).tolist():
            sides = [(u.sums[k], float(u.lengths[k])) for u, k in ((mine, line), (there, found))]
            left, right = sides if language < other else sides[::-1]
            value = block_log_odds(*left, *right, model)
            out[line, columns[found]] = max(out[line, columns[found]], value)
    return out


def _blocks(rows: Sequence[Sequence[Node]], language: int, units: Units) -> Units:
    """Return what rows hold in one language, each as one block."""
    members = [[unit for k, unit in row if k == language] for row in rows]
    sums = np.stack([units.sums[those].sum(axis=0) for those in members])
    return Units(sums, np.array([units.lengths[those].sum() for those in members]))
