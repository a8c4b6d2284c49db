"""Nearest neighbours by comparing all with all: products of matrices, in blocks that the cache holds."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment.align import small_matrices

_CELLS = 1 << 21
"""Cosines in a block, 8 MB: a larger one no longer fits into the processor's cache. One block more than
`_THREADS` is held at a time."""

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

Found = tuple[NDArray[np.float32], NDArray[np.int64]]
"""Cosines and places of the nearest, the nearest first, both `[n, count]`."""


def exact(these: NDArray[np.float32], those: NDArray[np.float32], count: int) -> tuple[Found, Found]:
    """Return the `count` nearest of `those`, unit vectors `[m, d]`, to each of `these`, `[n, d]`, and back.

    There are fewer where there are not so many vectors. Of equally near ones the first is the nearest. Every
    cosine is computed once for both directions.
    """
    if len(these) * len(those) <= _FEW:
        nearness = np.concatenate([block for _, block in blocks(these, those)])
        return _sorted(nearness, count), _sorted(nearness.T, count)
    from pipeline.matching.keep_nearest import keep_nearest

    there, back = _nothing(len(these), min(count, len(those))), _nothing(len(those), min(count, len(these)))
    for start, nearness in blocks(these, those):
        part = slice(start, start + len(nearness))
        keep_nearest(nearness, start, there[0][part], there[1][part], *back)
    return there, back


def exact_among(vectors: NDArray[np.float32], count: int) -> Found:
    """Return the `count` nearest of unit vectors, `[n, d]`, to each of them, itself included.

    As `exact` of the vectors and themselves, in half the time: each cosine stands for both of its vectors.
    """
    if len(vectors) ** 2 <= _FEW:
        return _sorted(np.concatenate([block for _, block in blocks(vectors, vectors)]), count)
    from pipeline.matching.keep_nearest import keep_nearest_among

    found = _nothing(len(vectors), min(count, len(vectors)))
    for start, nearness in blocks(vectors, vectors, above=True):
        keep_nearest_among(nearness, start, *found)
    return found


def _sorted(nearness: NDArray[np.float32], count: int) -> Found:
    places = np.argsort(-nearness, axis=1, kind="stable")[:, :count]
    return np.take_along_axis(nearness, places, axis=1), places


def _nothing(n: int, count: int) -> Found:
    return np.full((n, count), -np.inf, dtype=np.float32), np.full((n, count), -1, dtype=np.int64)


def near_pairs(vectors: NDArray[np.float32], least: float) -> NDArray[np.int64]:
    """Return the places of two unit vectors with at least this cosine, `[k, 2]`: the smaller first, in order.

    Vectors that are near are near in a part of their dimensions too: with |x - y|^2 = 2 - 2 cos(x, y), the
    squared distance in the part is at most that. So a product of the parts finds the few to compare in full.
    """
    part = vectors[:, ::_SKIPPED]
    half = 0.5 * np.einsum("nd,nd->n", part, part)[:, None]
    ones = np.ones_like(half)
    # Products of these are minus half the squared distances of the parts.
    these, those = np.hstack([part, -half, ones]), np.hstack([part, ones, -half])
    found = [np.zeros((0, 2), dtype=np.int64)]
    for start, nearness in blocks(these, those, above=True):
        i, j = np.divmod(np.flatnonzero(nearness >= least - 1.0 - ROUNDING), nearness.shape[1])
        later = i < j  # columns are counted from `start` on
        pairs = start + np.stack([i[later], j[later]], axis=1)
        found.append(pairs[cosines(vectors, pairs) >= least])
    return np.concatenate(found)


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


def blocks(
    these: NDArray[np.float32], those: NDArray[np.float32], above: bool = False
) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """Yield the cosines of some of these with all of those, `[part, m]`, and where the part begins.

    If they are only asked for `above` the diagonal, columns too begin where the part does. Each block is made
    by one thread, because how a product is shared out among threads changes its rounding.
    """

    def block(part: tuple[int, int]) -> tuple[int, NDArray[np.float32]]:
        start, end = part
        return start, these[start:end] @ (those[start:] if above else those).T

    with small_matrices():
        yield from _ahead(block, _parts(len(these), len(those), above))


def _parts(n: int, m: int, above: bool) -> Iterator[tuple[int, int]]:
    """Yield the first and the last row, exclusive, of blocks with at most `_CELLS` cosines."""
    start = 0
    while start < n:
        end = min(n, start + max(1, _CELLS // max(1, m - start if above else m)))
        yield start, end
        start = end


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
