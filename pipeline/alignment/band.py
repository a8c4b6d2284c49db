"""The searched part of the plane of two texts, as one flat array of cells.

Cell (i, j) is the position before left sentence i and right sentence j. In line i, the cells `low[i]`
to `high[i] - 1` are searched. They start at index `start[i]` in every array over cells. Lines may
differ in length, which lets a narrow band still cover a long gap.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_STRIP = 64
"""Lines multiplied at once: about the width of a band, to compute little outside it."""


class Band(NamedTuple):
    """Cells of two texts of n and m sentences."""

    low: NDArray[np.int64]  # [n + 1], non-decreasing
    high: NDArray[np.int64]  # [n + 1], non-decreasing, at most m + 1
    start: NDArray[np.int64]  # [n + 2]

    @classmethod
    def of(cls, low: NDArray[np.int64], high: NDArray[np.int64]) -> Band:
        """Return the band whose line i covers columns `low[i]` to `high[i] - 1`."""
        return cls(low, high, np.concatenate([[0], np.cumsum(high - low)]))

    @classmethod
    def full(cls, left: int, right: int) -> Band:
        """Return the band of all cells of texts of `left` and `right` sentences."""
        return _full(left, right)

    @property
    def cells(self) -> int:
        """Return the number of cells."""
        return int(self.start[-1])

    def lines(self) -> NDArray[np.int64]:
        """Return i for each cell, `int64[cells]`."""
        return np.repeat(np.arange(len(self.low)), self.high - self.low)

    def columns(self) -> NDArray[np.int64]:
        """Return j for each cell, `int64[cells]`."""
        return np.arange(self.cells) - np.repeat(self.start[:-1] - self.low, self.high - self.low)


@lru_cache(maxsize=1024)  # short texts have few different lengths
def _full(left: int, right: int) -> Band:
    return Band.of(np.zeros(left + 1, dtype=np.int64), np.full(left + 1, right + 1, dtype=np.int64))


def inner_products(left: NDArray[np.float32], right: NDArray[np.float32], band: Band) -> NDArray[np.float32]:
    """Return the inner products of left vectors i and right vectors j, `float32[cells]`.

    `left` is `float32[n, d]`, `right` is `float32[m, d]`; cells past the end of a text hold 0.
    """
    n, m = len(left), len(right)
    if band.cells == (n + 1) * (m + 1):
        whole = np.zeros((n + 1, m + 1), dtype=np.float32)
        whole[:n, :m] = left @ right.T
        return whole.reshape(-1)
    out = np.zeros(band.cells, dtype=np.float32)
    for begin in range(0, n, _STRIP):
        end = min(n, begin + _STRIP)
        first, last = int(band.low[begin]), min(m, int(band.high[end - 1]))
        block = left[begin:end] @ right[first:last].T
        for i in range(begin, end):
            part = block[i - begin, band.low[i] - first : min(m, band.high[i]) - first]
            out[band.start[i] : band.start[i] + len(part)] = part
    return out
