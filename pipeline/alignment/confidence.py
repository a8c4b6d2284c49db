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
    each paragraph counts against the row. The probabilities are treated as independent and multiplied.
    """
    row_of = {node: k for k, row in enumerate(rows) for node in row}
    inner: list[list[Tie]] = [[] for _ in rows]
    outward: dict[Node, Tie] = {}
    for tie in ties:
        if row_of[tie.left] == row_of[tie.right]:
            inner[row_of[tie.left]].append(tie)
        else:
            for node in (tie.left, tie.right):
                if node not in outward or tie.probability > outward[node].probability:
                    outward[node] = tie
    certainties = []
    for row, row_ties in zip(rows, inner, strict=True):
        confidence = connection_probability(row, row_ties)
        rivals = [outward[node] for node in row if node in outward]
        for rival in rivals:
            confidence *= 1.0 - rival.probability
        certainties.append(Certainty(confidence, max(rivals, key=lambda tie: tie.probability, default=None)))
    return certainties


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
