"""Nearest neighbours by comparing all with all: products of matrices, in blocks that the cache holds."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment.align import small_matrices

_CELLS, _WIDTH = 1 << 21, 1 << 12
"""Cosines in a block, 8 MB, and in one of its lines.

A larger block no longer fits into the processor's cache, and one of few lines is made by reading more than by
multiplying. One block more than `_THREADS` is held at a time."""

_THREADS = min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
"""Blocks that are made at a time."""

ROUNDING = 1e-4
"""What rounding may change in a product of two unit vectors of some thousand dimensions."""

_SKIPPED, _COMPARED = 4, 1 << 11
"""Of so many dimensions one tells which vectors may be near; pairs that are compared in full at a time."""

_FEW = 1 << 16
"""Cosines that are sorted in milliseconds, before the loop that keeps the nearest is compiled or loaded."""

Part = TypeVar("Part")
Made = TypeVar("Made")


class Rows(NamedTuple):
    """Some of many vectors, which are copied block by block and never all at once."""

    vectors: NDArray[np.float32]  # [all, d]
    numbers: NDArray[np.int64]  # [n]

    def part(self, start: int, end: int) -> NDArray[np.float32]:
        """Return the vectors from `start` to `end`, exclusive."""
        some: NDArray[np.float32] = self.vectors[self.numbers[start:end]]
        return some

    @classmethod
    def of(cls, vectors: NDArray[np.float32]) -> Rows:
        """Return all of these vectors."""
        return cls(vectors, np.arange(len(vectors)))


class Block(NamedTuple):
    """The cosines of some vectors with some others."""

    line: int  # the place of the first of them
    column: int  # that of the first other
    nearness: NDArray[np.float32]


Found = tuple[NDArray[np.float32], NDArray[np.int64]]
"""Cosines and places of the nearest, the nearest first, both `[n, count]`."""


def exact(these: Rows, those: Rows, count: int) -> tuple[Found, Found]:
    """Return the `count` nearest of `those`, m unit vectors, to each of `these`, n, and back.

    There are fewer where there are not so many vectors. Of equally near ones the first is the nearest. Every
    cosine is computed once for both directions.
    """
    n, m = len(these.numbers), len(those.numbers)
    if n * m <= _FEW:
        nearness = these.part(0, n) @ those.part(0, m).T
        return _sorted(nearness, count), _sorted(nearness.T, count)
    from pipeline.matching.keep_nearest import keep_nearest

    there, back = _nothing(n, min(count, m)), _nothing(m, min(count, n))
    for line, column, nearness in blocks(these, those):
        own = slice(line, line + nearness.shape[0])
        other = slice(column, column + nearness.shape[1])
        keep_nearest(nearness, line, column, there[0][own], there[1][own], back[0][other], back[1][other])
    return there, back


def exact_among(rows: Rows, count: int) -> Found:
    """Return the `count` nearest of n unit vectors to each of them, itself included.

    As `exact` of the vectors and themselves, in half the time: each cosine stands for both of its vectors.
    """
    n = len(rows.numbers)
    if n**2 <= _FEW:
        vectors = rows.part(0, n)
        return _sorted(vectors @ vectors.T, count)
    from pipeline.matching.keep_nearest import keep_nearest_among

    found = _nothing(n, min(count, n))
    for line, column, nearness in blocks(rows, rows, above=True):
        keep_nearest_among(nearness, line, column, *found)
    return found


def _sorted(nearness: NDArray[np.float32], count: int) -> Found:
    places = np.argsort(-nearness, axis=1, kind="stable")[:, :count]
    return np.take_along_axis(nearness, places, axis=1), places


def _nothing(n: int, count: int) -> Found:
    return np.full((n, count), -np.inf, dtype=np.float32), np.full((n, count), -1, dtype=np.int64)


def near_pairs(rows: Rows, least: float) -> NDArray[np.int64]:
    """Return the places of two unit vectors with at least this cosine, `[k, 2]`: the smaller first, in order.

    Vectors that are near are near in a part of their dimensions too: with |x - y|^2 = 2 - 2 cos(x, y), the
    squared distance in the part is at most that. So a product of the parts finds the few to compare in full.
    """
    vectors, numbers = rows
    part = vectors[:, ::_SKIPPED][numbers]
    half = 0.5 * np.einsum("nd,nd->n", part, part)[:, None]
    ones = np.ones_like(half)
    # Products of these are minus half the squared distances of the parts.
    these, those = np.hstack([part, -half, ones]), np.hstack([part, ones, -half])
    del part
    found = [np.zeros((0, 2), dtype=np.int64)]
    for line, column, nearness in blocks(Rows.of(these), Rows.of(those), above=True):
        i, j = np.divmod(np.flatnonzero(nearness >= least - 1.0 - ROUNDING), nearness.shape[1])
        pairs = np.stack([line + i, column + j], axis=1)
        pairs = pairs[pairs[:, 0] < pairs[:, 1]]
        found.append(pairs[cosines(vectors, numbers[pairs]) >= least])
    near = np.concatenate(found)
    return near[np.lexsort((near[:, 1], near[:, 0]))]


def cosines(vectors: NDArray[np.float32], pairs: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the cosine of each of the `pairs`, `[k, 2]` places of unit vectors: `[k]`.

    It depends on the two vectors alone, which that of a product of matrices does not to the last bit: numpy
    adds up to 8192 dimensions in one go.
    """

    def some(start: int) -> NDArray[np.float32]:
        one, two = pairs[start : start + _COMPARED].T
        product: NDArray[np.float32] = np.einsum("nd,nd->n", vectors[one], vectors[two])
        return product

    starts = range(0, len(pairs), _COMPARED)
    return np.concatenate([np.zeros(0, dtype=np.float32), *_ahead(some, starts)])


def blocks(these: Rows, those: Rows, above: bool = False, whole: bool = False) -> Iterator[Block]:
    """Yield the cosines of all of these with all of those, line by line of blocks.

    If they are only asked for `above` the diagonal, columns begin where the lines do. Blocks hold `whole`
    lines if they are asked to. Each is made by one thread, because how a product is shared out among threads
    changes its rounding.
    """
    n, m = len(these.numbers), len(those.numbers)

    def block(part: tuple[int, int, int, int]) -> Block:
        line, end, column, last = part
        return Block(line, column, these.part(line, end) @ those.part(column, last).T)

    with small_matrices():
        yield from _ahead(block, _parts(n, m, above, max(1, m) if whole else _WIDTH))


def _parts(n: int, m: int, above: bool, width: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield the first and the last line, exclusive, and columns of blocks with at most `_CELLS` cosines."""
    line = 0
    while line < n:
        first = line if above else 0
        end = min(n, line + max(1, _CELLS // max(1, min(width, m - first))))
        for column in range(first, max(m, first + 1), width):
            yield line, end, column, min(m, column + width)
        line = end


def _ahead(make: Callable[[Part], Made], parts: Iterable[Part]) -> Iterator[Made]:
    """Yield what is made of each part, in order, while `_THREADS` make the next ones."""
    made: deque[Future[Made]] = deque()
    with ThreadPoolExecutor(_THREADS) as pool:
        for part in parts:
            made.append(pool.submit(make, part))
            if len(made) > _THREADS:
                yield made.popleft().result()
        while made:
            yield made.popleft().result()
