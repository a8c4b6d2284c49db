"""Nearest neighbours: exact, or beyond many articles by an index that may miss some.

The index is a graph of neighbours that is searched greedily (HNSW, Malkov and Yashunin 2018), by the library
USearch. Building it and asking it take one thread, because its result depends on the order of insertion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

EXACT_UP_TO = 100_000
"""Articles of a run up to which everything is compared with everything."""

_CELLS = 1 << 24
"""Cosines that are held at a time: 64 MB, and twice that for their places."""

_CONNECTIVITY, _EXPANSION = 32, 256
"""Neighbours of a node of the index, and nodes that are looked at when it is built and when it is asked."""

_ASKED = 4096
"""Articles whose neighbours the index is asked for at a time."""

Found = tuple[NDArray[np.float32], NDArray[np.int64]]
"""Cosines and places of the nearest, the nearest first, both `[n, count]`."""

Search = Callable[[NDArray[np.float32], NDArray[np.float32], int], Found]
"""Finds the `count` nearest of `those`, unit vectors `[m, d]`, to each of `these`, `[n, d]`; at most `m`."""


def search_for(articles: int) -> Search:
    """Return how to search in a run of so many articles."""
    return indexed if articles > EXACT_UP_TO and has_index() else exact


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
            "an index is faster (pip install 'synoptic[index]')"
        ]
    return [f"of {articles} articles the nearest were found by an index, which may miss one in hundreds"]


def exact(these: NDArray[np.float32], those: NDArray[np.float32], count: int) -> Found:
    """See `Search`."""
    count = min(count, len(those))
    cosines = np.empty((len(these), count), dtype=np.float32)
    places = np.empty((len(these), count), dtype=np.int64)
    for start, nearness in blocks(these, those):
        best = np.argpartition(-nearness, count - 1, axis=1)[:, :count]
        near = np.take_along_axis(nearness, best, axis=1)
        order = np.lexsort((best, -near), axis=1)
        part = slice(start, start + len(nearness))
        cosines[part] = np.take_along_axis(near, order, axis=1)
        places[part] = np.take_along_axis(best, order, axis=1)
    return cosines, places


def blocks(
    these: NDArray[np.float32], those: NDArray[np.float32]
) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """Yield the cosines of some of these with all of those, `[part, m]`, and where the part begins."""
    size = max(1, _CELLS // max(1, len(those)))
    for start in range(0, len(these), size):
        yield start, these[start : start + size] @ those.T


def indexed(these: NDArray[np.float32], those: NDArray[np.float32], count: int) -> Found:
    """See `Search`; some of the nearest may be missing, others stand in their place.

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
