"""An index of neighbours, for too many articles to compare all with all; it may miss some.

It is a graph of neighbours that is searched greedily (HNSW, Malkov and Yashunin 2018), by the library
USearch. Building it and asking it take one thread, because its result depends on the order of insertion.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.invocation import installation
from pipeline.matching.nearest import Found

EXACT_UP_TO = 1_000_000
"""Articles of a run up to which everything is compared with everything.

It misses nothing, and on two processors it is faster up to some 700,000 articles in each of two languages
(`docs/scale.md`)."""

_CONNECTIVITY, _EXPANSION = 32, 256
"""Neighbours of a node of the index, and nodes that are looked at when it is built and when it is asked."""

_ASKED = 4096
"""Articles whose neighbours the index is asked for at a time."""

_NEIGHBOURS = 16
"""Nearest vectors that are looked at where all near ones are wanted."""


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
            f"of some millions an index is faster ({installation('index')})"
        ]
    return [f"of {articles} articles the nearest were found by an index, which may miss one in hundreds"]


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


def near_by_index(vectors: NDArray[np.float32], least: float) -> NDArray[np.int64]:
    """Return the places of two unit vectors with at least this cosine, `[k, 2]`: the smaller first, in order.

    Only the `_NEIGHBOURS` nearest of each are looked at.
    """
    cosines, places = indexed(vectors, vectors, _NEIGHBOURS)
    i, column = np.nonzero(cosines >= least)
    j = places[i, column]
    pairs = np.stack([np.minimum(i, j), np.maximum(i, j)], axis=1)[i != j]
    return np.unique(pairs, axis=0)
