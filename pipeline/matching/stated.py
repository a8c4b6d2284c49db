"""What was stated about articles, as constraints on matching, with articles as numbers.

Stated articles are matched before anything else is looked at. An article that takes no further partner
leaves the pool, so that it is nobody's rival; one whose group may still gain a language stays in it for that
language only. Pairs that were said not to belong together never become candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class StatedGroup(NamedTuple):
    """Articles that belong together, or one that has no translation."""

    members: tuple[int, ...]
    closed: frozenset[str]  # languages of which it takes no further article


class Constraints(NamedTuple):
    """What was stated about the articles of a run."""

    groups: tuple[StatedGroup, ...] = ()
    apart: frozenset[tuple[int, int]] = frozenset()  # articles that are not one, the smaller number first


NO_CONSTRAINTS = Constraints()


class Openness:
    """Which articles may still be matched with which; articles are numbered as their `languages`."""

    def __init__(self, constraints: Constraints, languages: Sequence[str]) -> None:
        codes = sorted(set(languages))
        number = {code: k for k, code in enumerate(codes)}
        self._codes = np.array([number[code] for code in languages], dtype=np.int64)
        self._number = number
        self.group_of = np.full(len(languages), -1, dtype=np.int64)
        self.table = np.ones((len(languages), len(codes)), dtype=np.bool_)
        """Whether an article takes a partner in each language, in alphabetical order."""
        for k, (members, closed) in enumerate(constraints.groups):
            some = list(members)
            self.group_of[some] = k
            for code in closed & number.keys():
                self.table[some, number[code]] = False
        self._apart = np.array(sorted(a * len(languages) + b for a, b in constraints.apart), dtype=np.int64)

    def kept(self) -> NDArray[np.bool_]:
        """Return which articles were put together with others, or may still be, `[n]`.

        Of an article that was said to stand alone nothing is known: not that it stands for its copies either.
        """
        in_group = self.group_of >= 0
        sizes = np.bincount(self.group_of[in_group], minlength=1)
        alone = np.zeros(len(in_group), dtype=np.bool_)
        alone[in_group] = sizes[self.group_of[in_group]] == 1
        found: NDArray[np.bool_] = ~alone | self.pool()
        return found

    def stated(self) -> NDArray[np.bool_]:
        """Return which articles are in a stated group, `[n]`."""
        found: NDArray[np.bool_] = self.group_of >= 0
        return found

    def pool(self) -> NDArray[np.bool_]:
        """Return which articles may still be matched, `[n]`: a partner's language is another one."""
        others = self.table.copy()
        others[np.arange(len(others)), self._codes] = False
        return np.logical_or(self.table.all(axis=1), others.any(axis=1))

    def takes(self, articles: NDArray[np.int64], language: str) -> NDArray[np.int64]:
        """Return the articles that take a partner in that language."""
        chosen: NDArray[np.int64] = articles[self.table[articles, self._number[language]]]
        return chosen

    def allowed(self, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return those of the pairs, `[k, 2]`, the smaller number first, that nothing was said against."""
        one, two = pairs.T
        fits = self.table[one, self._codes[two]] & self.table[two, self._codes[one]]
        both = (self.group_of[one] >= 0) & (self.group_of[two] >= 0)  # two lines are two articles
        apart = np.isin(one * len(self._codes) + two, self._apart)
        chosen: NDArray[np.int64] = pairs[fits & ~both & ~apart]
        return chosen


def closed_of(constraints: Constraints) -> Mapping[int, frozenset[str]]:
    """Return the languages of which each stated article takes no other one."""
    return {k: group.closed for group in constraints.groups for k in group.members}


def stated_pairs(groups: Iterable[StatedGroup]) -> set[tuple[int, int]]:
    """Return the pairs of articles that were stated to be the same."""
    return {pair for group in groups for pair in combinations(sorted(group.members), 2)}
