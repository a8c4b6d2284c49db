"""How sure a row is: the probability that exactly its paragraphs belong together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.align.joint import Node, Tie


def row_confidences(rows: Sequence[Sequence[Node]], ties: Iterable[Tie]) -> list[float]:
    """Return the confidence of each row.

    A row is right if its paragraphs hang together and none of them belongs elsewhere as well. They
    hang together by the surest ties that reach all of them (a maximum spanning tree); for what lies
    outside the row, the strongest tie of each paragraph counts against it. Taken as independent,
    these probabilities multiply.
    """
    row_of = {node: k for k, row in enumerate(rows) for node in row}
    inner: list[list[Tie]] = [[] for _ in rows]
    outward: dict[Node, float] = {}
    for tie in ties:
        if row_of[tie.left] == row_of[tie.right]:
            inner[row_of[tie.left]].append(tie)
        else:
            for node in (tie.left, tie.right):
                outward[node] = max(outward.get(node, 0.0), tie.probability)
    confidences = []
    for row, row_ties in zip(rows, inner, strict=True):
        confidence = _hang_together(row, row_ties)
        for node in row:
            confidence *= 1.0 - outward.get(node, 0.0)
        confidences.append(confidence)
    return confidences


def _hang_together(row: Sequence[Node], ties: Sequence[Tie]) -> float:
    """Return the product of the ties of the maximum spanning tree (Kruskal); 1 for a lone paragraph."""
    part = {node: node for node in row}

    def root(node: Node) -> Node:
        while part[node] != node:
            node = part[node]
        return node

    product = 1.0
    for tie in sorted(ties, key=lambda t: -t.probability):
        left, right = root(tie.left), root(tie.right)
        if left != right:
            part[left] = right
            product *= tie.probability
    return product
