"""Keeping the nearest of what comes block by block, compiled by numba."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment.compiled import compiled


@compiled
def keep_nearest(
    nearness: NDArray[np.float32],
    line: int,
    column: int,
    there: NDArray[np.float32],
    there_places: NDArray[np.int64],
    back: NDArray[np.float32],
    back_places: NDArray[np.int64],
) -> None:
    """Take the cosines `[n, m]` of some vectors, from `line` on, with others, from `column` on.

    `there` are the nearest of these, `[n, count]`, `back` those of the others, `[m, count]`.
    """
    for i in range(nearness.shape[0]):
        row, row_places = there[i], there_places[i]
        for j in range(nearness.shape[1]):
            near = nearness[i, j]
            if near > row[-1]:
                _insert(near, column + j, row, row_places)
            if near > back[j, -1]:
                _insert(near, line + i, back[j], back_places[j])


@compiled
def keep_nearest_among(
    nearness: NDArray[np.float32],
    line: int,
    column: int,
    nearest: NDArray[np.float32],
    places: NDArray[np.int64],
) -> None:
    """Take the cosines of some vectors, from `line` on, with some of the same, from `column` on.

    Both may be among the nearest of each other, `[n, count]`; what is left of the diagonal was taken before.
    """
    for i in range(nearness.shape[0]):
        one = line + i
        row, row_places = nearest[one], places[one]
        for j in range(max(0, one - column), nearness.shape[1]):
            near, two = nearness[i, j], column + j
            if near > row[-1]:
                _insert(near, two, row, row_places)
            if two > one and near > nearest[two, -1]:
                _insert(near, one, nearest[two], places[two])


@compiled
def _insert(near: np.float32, place: int, nearest: NDArray[np.float32], places: NDArray[np.int64]) -> None:
    """Put a cosine behind those that are as near; the last one falls out."""
    k = len(nearest) - 1
    while k > 0 and near > nearest[k - 1]:
        nearest[k], places[k] = nearest[k - 1], places[k - 1]
        k -= 1
    nearest[k], places[k] = near, place
