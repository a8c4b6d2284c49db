"""Runs of paragraphs that are the same, and what a row with one of them is worth.

If ten equal lines stand in one language and nine in the other, nobody can tell which one is missing. The
alignment takes the last one (`pipeline.alignment.posterior`), so the rows keep their order, and here is how
likely it is that just these belong together: every choice of the missing ones is as likely as any other.
Where none is missing, order decides.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.datatypes import Node
from pipeline.embedding.vectors import Text


def copied_units(text: Text, unit: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return the runs of equal units, each as its first and last one; sentence k is in `unit[k]`.

    A unit that is less than a paragraph is in none.
    """
    copies = np.flatnonzero(text.copies & text.starts)
    if not len(copies):
        return []
    sentences = np.bincount(unit)
    paragraph = np.bincount(text.paragraph)[text.paragraph[copies]]
    runs: list[tuple[int, int]] = []
    for k in unit[copies[sentences[unit[copies]] == paragraph]].tolist():
        first = runs.pop()[0] if runs and runs[-1][1] == k - 1 else k - 1
        runs.append((first, k))
    return runs


def chances(rows: Sequence[Sequence[Node]], runs: Sequence[Sequence[tuple[int, int]]]) -> dict[int, float]:
    """Return the probability that rows have the right ones of several equal units, for rows that have any.

    `runs` are the `copied_units` of each language. The languages are treated as independent.
    """
    row_of = {node: k for k, row in enumerate(rows) for node in row} if any(runs) else {}
    least: dict[tuple[int, int], float] = {}  # of each row and language that its units were compared with
    for language, some in enumerate(runs):
        for first, last in some:
            held = [row_of[language, unit] for unit in range(first, last + 1)]
            for other in range(len(runs)):
                if other != language:
                    there = [any(node[0] == other for node in rows[row]) for row in held]
                    for row, chance in zip(held, chances_of_places(there), strict=True):
                        least[row, other] = min(least.get((row, other), 1.0), chance)
    out: dict[int, float] = {}
    for (row, _), chance in least.items():
        out[row] = out.get(row, 1.0) * chance
    return out


def chances_of_places(linked: Sequence[bool]) -> list[float]:
    """Return for each copy of a run the probability that it is where it belongs.

    `linked` says of each whether it has a counterpart. Which of them lack one is unknown, so a copy has the
    counterpart that it was given if as many as that lack one before it, and it does not.

    >>> [round(chance, 2) for chance in chances_of_places([True, True, True, False])]
    [0.75, 0.5, 0.25, 0.25]
    """
    count, lacking = len(linked), linked.count(False)
    if lacking in (0, count):
        return [1.0] * count
    out, before = [], 0
    for k, has in enumerate(linked):
        if has:
            ways = _log_choices(k, before) + _log_choices(count - 1 - k, lacking - before)
            out.append(math.exp(ways - _log_choices(count, lacking)))
        else:
            out.append(lacking / count)
            before += 1
    return out


def _log_choices(count: int, chosen: int) -> float:
    """Return the logarithm of the number of ways to choose some of `count`; -inf if there is none."""
    if not 0 <= chosen <= count:
        return -math.inf
    return math.lgamma(count + 1) - math.lgamma(chosen + 1) - math.lgamma(count - chosen + 1)
