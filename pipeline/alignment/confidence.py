"""Confidence of a row: the probability that exactly its paragraphs belong together, and its runner-up."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from pipeline.alignment.joint import Tie
from pipeline.datatypes import Node

Thing = TypeVar("Thing")


class Certainty(NamedTuple):
    """The confidence of a row and its strongest rival."""

    confidence: float
    rival: Tie | None  # the strongest tie to a paragraph outside the row


def row_certainties(rows: Sequence[Sequence[Node]], ties: Iterable[Tie]) -> list[Certainty]:
    """Return the certainty of each row.

    A row is right if its paragraphs hang together and none of them belongs elsewhere as well. The first
    probability is the product along the maximum spanning tree of its ties. The strongest outward tie of
    each paragraph counts against the row, but only so far as it is no mere alternative: a paragraph that
    belongs to one of two others with probability 0.6 and 0.4 belongs to both with none. The probabilities
    of different paragraphs are treated as independent and multiplied.
    """
    row_of = {node: k for k, row in enumerate(rows) for node in row}
    inner: list[list[Tie]] = [[] for _ in rows]
    outward: dict[Node, Tie] = {}
    inward: dict[Node, float] = {}  # the strongest tie of each paragraph inside its row
    for tie in ties:
        if row_of[tie.left] == row_of[tie.right]:
            inner[row_of[tie.left]].append(tie)
            for node in (tie.left, tie.right):
                inward[node] = max(inward.get(node, 0.0), tie.probability)
        else:
            for node in (tie.left, tie.right):
                if node not in outward or tie.probability > outward[node].probability:
                    outward[node] = tie
    certainties = []
    for row, row_ties in zip(rows, inner, strict=True):
        confidence = connection_probability(row, row_ties)
        rivals = [outward[node] for node in row if node in outward]
        for node in row:
            if node in outward:
                confidence *= 1.0 - _beside(inward.get(node, 1.0), outward[node].probability)
        certainties.append(Certainty(confidence, max(rivals, key=lambda tie: tie.probability, default=None)))
    return certainties


def _beside(tie: float, rival: float) -> float:
    """Return the probability that a rival holds beside a tie of the same paragraph, given that tie.

    Ties of a paragraph exclude each other as far as their probabilities allow.
    """
    return max(0.0, rival - (1.0 - tie)) / max(tie, 1e-9)


def connection_probability(nodes: Iterable[Thing], ties: Iterable[tuple[float, Thing, Thing]]) -> float:
    """Return the probability that the ties connect all nodes; 1 for a single node.

    It is the product along the maximum spanning tree. A tie is its probability and its two ends.
    """
    return math.prod(spanning_tree(nodes, ties), start=1.0)


def spanning_tree(nodes: Iterable[Thing], ties: Iterable[tuple[float, Thing, Thing]]) -> Iterator[float]:
    """Yield the strengths of the ties in the maximum spanning tree, strongest first (Kruskal).

    A tie is its strength and its two ends.
    """
    part = {node: node for node in nodes}

    def root(node: Thing) -> Thing:
        while part[node] != node:
            node = part[node]
        return node

    for strength, a, b in sorted(ties, key=lambda tie: -tie[0]):
        left, right = root(a), root(b)
        if left != right:
            part[left] = right
            yield strength
