"""The best candidates of each article, in columns: hardly any of them is ever looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.matching.company import probability


class Candidate(NamedTuple):
    """An article that another one may be the same as."""

    article: int
    probability: float


class CandidateLists(Mapping[int, tuple[Candidate, ...]]):
    """The first candidates of each article that has any, the best first."""

    def __init__(
        self, pairs: NDArray[np.int64], odds: NDArray[np.float64], wanted: NDArray[np.bool_], most: int
    ) -> None:
        """`pairs` `[k, 2]` are in order, the best first; `wanted` `[n]` are the articles that get a list."""
        articles, others = pairs.reshape(-1), pairs[:, ::-1].reshape(-1)
        kept = np.flatnonzero(wanted[articles])
        kept = kept[np.argsort(articles[kept], kind="stable")]
        sizes = np.bincount(articles[kept], minlength=len(wanted))
        rank = np.arange(len(kept)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        kept = kept[rank < most]
        self._ends = np.cumsum(np.minimum(sizes, most))
        self._others, self._odds = others[kept].astype(np.int32), odds[kept // 2]

    def __getitem__(self, article: int) -> tuple[Candidate, ...]:
        first, end = (int(self._ends[article - 1]) if article else 0), int(self._ends[article])
        if first == end:
            raise KeyError(article)
        found = zip(self._others[first:end].tolist(), self._odds[first:end].tolist(), strict=True)
        return tuple(Candidate(other, probability(odds)) for other, odds in found)

    def __iter__(self) -> Iterator[int]:
        return iter(np.flatnonzero(np.diff(self._ends, prepend=0)).tolist())

    def __len__(self) -> int:
        return int(np.count_nonzero(np.diff(self._ends, prepend=0)))


class FirstCandidates(Mapping[int, Candidate]):
    """The best candidate of each article that has one."""

    def __init__(self, lists: CandidateLists) -> None:
        self._lists = lists

    def __getitem__(self, article: int) -> Candidate:
        return self._lists[article][0]

    def __iter__(self) -> Iterator[int]:
        return iter(self._lists)

    def __len__(self) -> int:
        return len(self._lists)
