"""Nearest neighbours: exact, or beyond many articles by an index that may miss some.

The index is a graph of neighbours that is searched greedily (HNSW, Malkov and Yashunin 2018), by the library
USearch. Building it and asking it take one thread, because its result depends on the order of insertion.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.align import small_matrices
from pipeline.align.compiled import compiled

EXACT_UP_TO = 100_000
"""Articles of a run up to which everything is compared with everything."""

_CELLS = 1 << 21
"""Cosines in a block, 8 MB: a larger one no longer fits into the processor's cache. One block more than
`_THREADS` is held at a time."""

_THREADS = min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
"""Blocks that are made at a time."""

_SKIPPED, _ROUNDING, _COMPARED = 4, 1e-4, 1 << 16
"""Of so many dimensions one tells which vectors may be near; what rounding may change in a product; pairs
that are compared in full at a time."""

_CONNECTIVITY, _EXPANSION = 32, 256
"""Neighbours of a node of the index, and nodes that are looked at when it is built and when it is asked."""

_ASKED = 4096
"""Articles whose neighbours the index is asked for at a time."""

Found = tuple[NDArray[np.float32], NDArray[np.int64]]
"""Cosines and places of the nearest, the nearest first, both `[n, count]`."""

Search = Callable[[NDArray[np.float32], NDArray[np.float32], int], tuple[Found, Found]]
"""Finds the `count` nearest of `those`, unit vectors `[m, d]`, to each of `these`, `[n, d]`, and of these to
each of those; fewer where there are not so many. Of equally near ones the first is the nearest."""


def search_for(articles: int) -> Search:
    """Return how to search in a run of so many articles."""
    return approximate if use_index(articles) else exact


def use_index(articles: int) -> bool:
    """Tell whether the index is used in a run of so many articles."""
    return articles > EXACT_UP_TO and has_index()


def has_index() -> bool:
    """Return whether the library for the index is installed."""
    return find_spec("usearch") is not None


def notes_on_search(articles: int) -> list[str]:
    """Return what a user should know of the search in a run of so many articles, a line each."""
    if articles <= EXACT_UP_TO:
        return []
    if not has_index():
        return [
            f"{articles} articles were compared with all others, which takes its time: "
            "of some millions an index is faster (pip install 'synoptic[index]')"
        ]
    return [f"of {articles} articles the nearest were found by an index, which may miss one in hundreds"]


def exact(these: NDArray[np.float32], those: NDArray[np.float32], count: int) -> tuple[Found, Found]:
    """See `Search`; every cosine is computed once for both directions."""
    there, back = _nothing(len(these), min(count, len(those))), _nothing(len(those), min(count, len(these)))
    for start, nearness in blocks(these, those):
        part = slice(start, start + len(nearness))
        _keep_nearest(nearness, start, there[0][part], there[1][part], *back)
    return there, back


def _nothing(n: int, count: int) -> Found:
    return np.full((n, count), -np.inf, dtype=np.float32), np.full((n, count), -1, dtype=np.int64)


@compiled
def _keep_nearest(
    nearness: NDArray[np.float32],
    start: int,
    there: NDArray[np.float32],
    there_places: NDArray[np.int64],
    back: NDArray[np.float32],
    back_places: NDArray[np.int64],
) -> None:
    """Take the cosines `[part, m]` of some of these, from `start` on, with all of those among the nearest.

    `there` is `[part, count]`, `back` is `[m, count]`.
    """
    for i in range(nearness.shape[0]):
        row, row_places = there[i], there_places[i]
        for j in range(nearness.shape[1]):
            near = nearness[i, j]
            if near > row[-1]:
                _insert(near, j, row, row_places)
            if near > back[j, -1]:
                _insert(near, start + i, back[j], back_places[j])


@compiled
def _insert(near: np.float32, place: int, nearest: NDArray[np.float32], places: NDArray[np.int64]) -> None:
    """Put a cosine behind those that are as near; the last one falls out."""
    k = len(nearest) - 1
    while k > 0 and near > nearest[k - 1]:
        nearest[k], places[k] = nearest[k - 1], places[k - 1]
        k -= 1
    nearest[k], places[k] = near, place


def near_pairs(vectors: NDArray[np.float32], least: float) -> Iterator[tuple[int, int]]:
    """Yield the places of two unit vectors with at least this cosine, the smaller first, in order.

    Vectors that are near are near in a part of their dimensions too: with |x - y|^2 = 2 - 2 cos(x, y), the
    squared distance in the part is at most that. So a product of the parts finds the few to compare in full.
    """
    part = vectors[:, ::_SKIPPED]
    half = 0.5 * np.einsum("nd,nd->n", part, part)[:, None]
    ones = np.ones_like(half)
    # Products of these are minus half the squared distances of the parts.
    these, those = np.hstack([part, -half, ones]), np.hstack([part, ones, -half])
    for start, nearness in blocks(these, those, above=True):
        i, j = np.divmod(np.flatnonzero(nearness >= least - 1.0 - _ROUNDING), nearness.shape[1])
        later = i < j  # columns are counted from `start` on
        i, j = start + i[later], start + j[later]
        for k in range(0, len(i), _COMPARED):
            one, two = i[k : k + _COMPARED], j[k : k + _COMPARED]
            near = np.einsum("nd,nd->n", vectors[one], vectors[two]) >= least
            yield from zip(one[near].tolist(), two[near].tolist(), strict=True)


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


def _ahead(
    block: Callable[[tuple[int, int]], tuple[int, NDArray[np.float32]]], parts: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """Yield the blocks in order, while `_THREADS` make the next ones."""
    made: deque[Future[tuple[int, NDArray[np.float32]]]] = deque()
    with ThreadPoolExecutor(_THREADS) as pool:
        for part in parts:
            made.append(pool.submit(block, part))
            if len(made) > _THREADS:
                yield made.popleft().result()
        while made:
            yield made.popleft().result()


def approximate(these: NDArray[np.float32], those: NDArray[np.float32], count: int) -> tuple[Found, Found]:
    """See `Search`; as `indexed`."""
    return indexed(these, those, count), indexed(those, these, count)


def indexed(these: NDArray[np.float32], those: NDArray[np.float32], count: int) -> Found:
    """Return the `count` nearest of those to each of these; some may be missing, others stand in their place.

    Raises `ImportError` where USearch is not installed.
    """
    from usearch.index import Index

    count = min(count, len(those))
    index = Index(
        ndim=those.shape[1],
        metric="ip",
        dtype="f32",
        connectivity=_CONNECTIVITY,
        expansion_add=_EXPANSION,
        expansion_search=_EXPANSION,
    )
    index.add(np.arange(len(those), dtype=np.uint64), those, threads=1)
    cosines = np.empty((len(these), count), dtype=np.float32)
    places = np.empty((len(these), count), dtype=np.int64)
    for start in range(0, len(these), _ASKED):
        matches: Any = index.search(these[start : start + _ASKED], count, threads=1)
        places[start : start + _ASKED] = np.atleast_2d(matches.keys)
        cosines[start : start + _ASKED] = 1.0 - np.atleast_2d(matches.distances)
    return cosines, places
