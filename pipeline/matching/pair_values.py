"""Numbers of very many pairs of articles, in columns: a run may have millions of them."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from pipeline.matching.candidates import Pair

_PART = 1 << 16
"""Pairs that are objects at a time."""

_BITS = 32
"""A pair is one number: the smaller article above so many bits, the other one in them."""


def in_parts(pairs: NDArray[np.int64]) -> Iterator[Pair]:
    """Yield the pairs `[k, 2]`."""
    for start in range(0, len(pairs), _PART):
        yield from map(tuple, pairs[start : start + _PART].tolist())


class PairValues(Mapping[Pair, float]):
    """A value for each of some pairs of articles, the smaller number first."""

    def __init__(
        self, pairs: NDArray[np.int64], values: NDArray[np.float64], own: Mapping[Pair, float]
    ) -> None:
        """`pairs` `[k, 2]` are in order. The values of `own` hold instead, and are found faster."""
        self._pairs, self._values, self._own = pairs, values, own
        self._codes = (pairs[:, 0] << _BITS) + pairs[:, 1]

    def with_own(self, own: Mapping[Pair, float]) -> PairValues:
        """Return the values with those of further pairs, or of the same, which hold instead."""
        return PairValues(self._pairs, self._values, {**self._own, **own})

    def column(self) -> NDArray[np.float64]:
        """Return the value of each of the `pairs`, `[k]`."""
        values = self._values.copy()
        for pair, value in self._own.items():
            place = self._place(pair)
            if place >= 0:
                values[place] = value
        return values

    def _place(self, pair: Pair) -> int:
        code = (pair[0] << _BITS) + pair[1]
        place = int(np.searchsorted(self._codes, code))
        return place if place < len(self._codes) and self._codes[place] == code else -1

    def __getitem__(self, pair: Pair) -> float:
        value = self._own.get(pair)
        if value is not None:
            return value
        place = self._place(pair)
        if place < 0:
            raise KeyError(pair)
        return float(self._values[place])

    def __len__(self) -> int:
        return len(self._pairs) + sum(self._place(pair) < 0 for pair in self._own)

    def __iter__(self) -> Iterator[Pair]:
        yield from in_parts(self._pairs)
        yield from (pair for pair in self._own if self._place(pair) < 0)

    def items(self) -> ItemsView[Pair, float]:
        """Return a view of the pairs and their values."""
        return _Items(self)


class _Items(ItemsView[Pair, float]):
    """The pairs and their values, found at once for many of them."""

    _mapping: PairValues

    def __iter__(self) -> Iterator[tuple[Pair, float]]:
        pairs, own = self._mapping._pairs, self._mapping._own
        values = self._mapping.column()
        for start in range(0, len(pairs), _PART):
            yield from zip(
                in_parts(pairs[start : start + _PART]), values[start : start + _PART].tolist(), strict=True
            )
        yield from ((pair, value) for pair, value in own.items() if self._mapping._place(pair) < 0)
