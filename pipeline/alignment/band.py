"""The part of the plane of two texts that is looked at, as one flat array of cells.

A cell (i, j) is the place before left sentence i and right sentence j. Of line i the cells `low[i]`
to `high[i] - 1` are looked at; they stand at `start[i]` and following in every array over cells.
Lines may differ in length, so that a band can be narrow and still step over a long gap.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_STRIP = 64
"""Lines multiplied at once: about as many as a band is wide, so that little outside it is computed."""


class Band(NamedTuple):
    """Cells of two texts of n and m sentences."""

    low: NDArray[np.int64]  # [n + 1], never falls
    high: NDArray[np.int64]  # [n + 1], never falls, at most m + 1
    start: NDArray[np.int64]  # [n + 2]

    @classmethod
    def of(cls, low: NDArray[np.int64], high: NDArray[np.int64]) -> Band:
        """Return the band with these ends of its lines."""
        return cls(low, high, np.concatenate([[0], np.cumsum(high - low)]))

    @classmethod
    def full(cls, left: int, right: int) -> Band:
        """Return every cell of two texts of `left` and `right` sentences."""
        return cls.of(np.zeros(left + 1, dtype=np.int64), np.full(left + 1, right + 1, dtype=np.int64))

    @property
    def cells(self) -> int:
        """The number of cells."""
        return int(self.start[-1])

    def lines(self) -> NDArray[np.int64]:
        """Return i for each cell, `int64[cells]`."""
        return np.repeat(np.arange(len(self.low)), self.high - self.low)

    def columns(self) -> NDArray[np.int64]:
        """Return j for each cell, `int64[cells]`."""
        return np.arange(self.cells) - np.repeat(self.start[:-1] - self.low, self.high - self.low)


def inner_products(left: NDArray[np.float32], right: NDArray[np.float32], band: Band) -> NDArray[np.float32]:
    """Return the inner products of left vectors i and right vectors j, `float32[cells]`.

    `left` is `float32[n, d]`, `right` is `float32[m, d]`; in cells beyond an end stands 0.
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
