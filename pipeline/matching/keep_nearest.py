"""Keeping the nearest of what comes block by block, compiled by numba."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment.compiled import compiled


@compiled
def keep_nearest(
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
def keep_nearest_among(
    nearness: NDArray[np.float32],
    start: int,
    nearest: NDArray[np.float32],
    places: NDArray[np.int64],
) -> None:
    """Take the cosines `[part, n - start]` of some of n, from `start` on, with all from there on.

    Both are among the nearest of each other, `[n, count]`; what is left of the diagonal was taken before.
    """
    for i in range(nearness.shape[0]):
        row, row_places = nearest[start + i], places[start + i]
        for j in range(i, nearness.shape[1]):
            near = nearness[i, j]
            if near > row[-1]:
                _insert(near, start + j, row, row_places)
            if j > i and near > nearest[start + j, -1]:
                _insert(near, start + i, nearest[start + j], places[start + j])


@compiled
def _insert(near: np.float32, place: int, nearest: NDArray[np.float32], places: NDArray[np.int64]) -> None:
    """Put a cosine behind those that are as near; the last one falls out."""
    k = len(nearest) - 1
    while k > 0 and near > nearest[k - 1]:
        nearest[k], places[k] = nearest[k - 1], places[k - 1]
        k -= 1
    nearest[k], places[k] = near, place
