"""The neighbours of all articles; what an earlier run has found is put to use.

The result is that of a new search. The vector of an article moves a little with every article that comes or
goes, because the mean of its language does. The cosine of two unit vectors then changes by no more than the
two have moved. So of each article a few more neighbours are kept than are asked for, and a floor: no other
one is nearer than that. It rises by as much as vectors have moved. While the neighbours that are asked for
lie above it, no other can be among them; where they do not, and where a new article may lie above it, an
article is compared with all again.

Which neighbours are the nearest is told by `pipeline.matching.nearest.cosines`, whose bits do not depend on
what else is compared. Products of matrices only say which ones to look at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.matching.index import indexed, near_by_index, use_index
from pipeline.matching.nearest import ROUNDING, Found, Rows, blocks, cosines, exact, exact_among, near_pairs

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

SPARE = 4
"""Neighbours of an article that are kept besides those that are asked for."""

SLACK = 0.02
"""How much further apart than asked for the pairs may be that are kept."""

MOST_PAIRS = 16
"""Pairs for each article, so that what is kept grows no faster than a collection of many copies."""

RENEWED = 0.25
"""Share of articles that must be compared with all again for all of them to be."""


class Pairs(NamedTuple):
    """The pairs of near articles in a language."""

    members: Numbers  # [n]: the articles that were compared
    pairs: Numbers  # [k, 2]
    ceiling: float  # no other pair is nearer


class Lists(NamedTuple):
    """The nearest articles in another language of each article in one."""

    these: Numbers  # [n]
    nearest: Numbers  # [n, width]: rising; -1 stands for none
    floors: Floats  # [n]: no other article is nearer


class Known(NamedTuple):
    """What a run has found; articles are numbered as in it."""

    keys: Sequence[bytes]
    pairs: dict[str, Pairs]  # by language
    lists: dict[tuple[str, str], Lists]  # by the language of an article and that of its neighbours


class Neighbours:
    """Finds the neighbours of articles, which are numbered from 0."""

    def __init__(
        self, vectors: Floats, keys: Sequence[bytes] = (), before: tuple[Known, Floats] | None = None
    ) -> None:
        """`vectors` are unit vectors, `[n, d]`; by their `keys` articles are known in other runs.

        `before` is what such a run has found, and how far each article, if it was in it, is at most from
        where it was then, `[n]`.
        """
        self._vectors = vectors
        self._before = _Before(vectors, keys, *before) if before else None
        self.found = Known(keys, {}, {})  # for another run

    def forget_vectors(self) -> None:
        """Forget the vectors, the largest of what a run holds in memory; no more can be found then."""
        self._vectors = self._vectors[:0].copy()
        self._before = None

    def near(self, language: str, members: Numbers, least: float) -> Numbers:
        """Return the pairs of members with at least that cosine, `[k, 2]`, in the order of members.

        They are articles of that language. An index may miss some.
        """
        if use_index(len(self._vectors)):
            return members[near_by_index(self._vectors[members], least)]
        kept = self._before.pairs(language, members, least) if self._before else None
        if kept is None:
            kept = Pairs(members, members[near_pairs(self._rows(members), least - SLACK)], least - SLACK)
        if len(kept.pairs) <= MOST_PAIRS * len(members):
            self.found.pairs[language] = kept
        near = _places(members, len(self._vectors))[kept.pairs[cosines(self._vectors, kept.pairs) >= least]]
        near.sort(axis=1)
        return members[near[np.lexsort(near.T[::-1])]]

    def nearest(
        self, languages: tuple[str, str], these: Numbers, those: Numbers, count: int
    ) -> tuple[Found, Found]:
        """Return the `count` nearest of those to each of these, as places in those, and back.

        These and those are the articles of one language each, rising. Of equally near ones the first is the
        nearest. An index may miss some.
        """
        if use_index(len(self._vectors)):
            one, two = self._vectors[these], self._vectors[those]
            return indexed(one, two, count), indexed(two, one, count)
        ways = [(languages, these, those), (languages[::-1], those, these)]
        if self._before:
            known = [self._answer(way, self._before.lists(*way), count, RENEWED) for way in ways]
            if known[0] is not None and known[1] is not None:
                return known[0], known[1]
        width = count + SPARE
        if languages[0] == languages[1] and np.array_equal(these, those):
            lists = _lists(these, these, *exact_among(self._rows(these), width), width)
            own = self._answer(ways[0], lists, count)
            assert own is not None
            return own, own
        pairs = exact(self._rows(these), self._rows(those), width)
        found = [
            self._answer(way, _lists(*way[1:], *each, width), count)
            for way, each in zip(ways, pairs, strict=True)
        ]
        assert found[0] is not None
        assert found[1] is not None
        return found[0], found[1]

    def _rows(self, members: Numbers) -> Rows:
        return Rows(self._vectors, members)

    def _answer(
        self,
        way: tuple[tuple[str, str], Numbers, Numbers],
        lists: Lists | None,
        count: int,
        most: float = 1.0,
    ) -> Found | None:
        """Return the nearest by these lists; None if more than `most` of the articles are not listed well."""
        if lists is None:
            return None
        languages, these, those = way
        nearness = self._cosines(these, lists.nearest)
        count = min(count, len(those))
        least = np.partition(nearness, -count, axis=1)[:, -count]
        stale = np.flatnonzero(least <= lists.floors + ROUNDING)
        if len(stale) > most * len(these):
            return None
        if len(stale):
            lists.nearest[stale], lists.floors[stale] = self._listed(
                these[stale], those, count, lists.nearest.shape[1]
            )
            nearness[stale] = self._cosines(these[stale], lists.nearest[stale])
        self.found.lists[languages] = lists
        order = np.argsort(-nearness, axis=1, kind="stable")[:, :count]
        numbers = np.take_along_axis(lists.nearest, order, axis=1)
        return np.take_along_axis(nearness, order, axis=1), _places(those, len(self._vectors))[numbers]

    def _cosines(self, these: Numbers, nearest: Numbers) -> Floats:
        """Return the cosines of articles with those in their lists, `[n, width]`; -inf for none."""
        nearness = np.full(nearest.shape, -np.inf, dtype=np.float32)
        row, column = np.nonzero(nearest >= 0)
        pairs = np.stack([these[row], nearest[row, column]], axis=1)
        nearness[row, column] = cosines(self._vectors, pairs)
        return nearness

    def _listed(self, these: Numbers, those: Numbers, count: int, width: int) -> tuple[Numbers, Floats]:
        """Return the `width` nearest of those to each of these, as in `Lists`, and the floors.

        Rounding does not matter for which are the `count` nearest.
        """
        nearest = np.full((len(these), width), -1, dtype=np.int64)
        floors = np.full(len(these), -np.inf, dtype=np.float32)
        for start, _, part in blocks(self._rows(these), Rows.of(self._vectors[those]), whole=True):
            for k, nearness in enumerate(part, start):
                if len(those) <= width:
                    places = np.arange(len(those))
                else:
                    places = np.argpartition(nearness, -width)[-width:]
                    least, floors[k] = np.partition(nearness[places], (0, -count))[[-count, 0]]
                    if least <= floors[k] + 2 * ROUNDING:
                        # More are as near as rounding can tell; so they are compared one by one.
                        places = np.flatnonzero(nearness >= least - 2 * ROUNDING)
                        pairs = np.stack([np.full(len(places), these[k]), those[places]], axis=1)
                        places = places[np.argsort(-cosines(self._vectors, pairs), kind="stable")[:width]]
                        floors[k] = least
                nearest[k, -len(places) :] = those[np.sort(places)]
        return nearest, floors


class _Before:
    """What another run has found, in the numbers of this one."""

    def __init__(self, vectors: Floats, keys: Sequence[bytes], before: Known, moved: Floats) -> None:
        self._vectors, self._before = vectors, before
        self._old = _matched(keys, before.keys)  # [n]: its number then, -1 for a new one
        there = np.flatnonzero(self._old >= 0)
        self._new = np.full(len(before.keys) + 1, -1)  # the number now; that of -1 is at the end
        self._new[self._old[there]] = there
        self._moved = np.where(self._old >= 0, moved, np.float32(0.0))

    def pairs(self, language: str, members: Numbers, least: float) -> Pairs | None:
        """Return the near pairs of members; None if too little is known of them."""
        if language not in self._before.pairs:
            return None
        compared, pairs, ceiling = self._before.pairs[language]
        fresh = members[self._is_fresh(members, compared)]
        ceiling += 2 * float(self._moved[members].max(initial=0.0))
        if ceiling > least - ROUNDING or len(fresh) > RENEWED * len(members):
            return None
        place = _places(members, len(self._vectors))
        pairs = self._new[pairs]
        found = [pairs[(place[pairs] >= 0).all(axis=1) & (pairs >= 0).all(axis=1)]]
        for line, column, nearness in blocks(self._rows(fresh), self._rows(members)):
            row, other = np.nonzero(nearness >= ceiling - ROUNDING)
            one, two = fresh[line + row], members[column + other]
            # Two new ones are met twice, and each meets itself.
            once = (one < two) | ~np.isin(two, fresh)
            found.append(np.stack([one, two], axis=1)[once])
        return Pairs(members, np.concatenate(found), ceiling)

    def lists(self, languages: tuple[str, str], these: Numbers, those: Numbers) -> Lists | None:
        """Return the lists of these; the floors of those whose neighbours must be looked for are infinite.

        None if too little is known of them.
        """
        back = languages[::-1]
        if languages not in self._before.lists or back not in self._before.lists:
            return None
        known, others = self._before.lists[languages], self._before.lists[back].these
        fresh = those[self._is_fresh(those, others)]
        if len(fresh) > RENEWED * len(those):
            return None
        row = _places(known.these, len(self._before.keys) + 1)[self._old[these]]
        nearest = self._new[known.nearest[row]]
        nearest[_places(those, len(self._vectors))[nearest] < 0] = -1
        nearest.sort(axis=1)
        floors = known.floors[row] + self._moved[these] + self._moved[those].max(initial=0.0)
        for start, _, nearness in blocks(self._rows(these), self._rows(fresh)) if len(fresh) else ():
            part = floors[start : start + len(nearness)]
            part[nearness.max(axis=1) >= part - ROUNDING] = np.inf
        floors[row < 0] = np.inf
        return Lists(these, nearest, floors)

    def _rows(self, members: Numbers) -> Rows:
        return Rows(self._vectors, members)

    def _is_fresh(self, members: Numbers, compared: Numbers) -> NDArray[np.bool_]:
        """Tell which members were not among the articles, numbered as then, that were compared."""
        was = np.zeros(len(self._before.keys) + 1, dtype=np.bool_)  # -1 is at the end
        was[compared] = True
        return ~was[self._old[members]]


def _matched(keys: Sequence[bytes], before: Sequence[bytes]) -> Numbers:
    """Return the place of each key among those before, each place once; -1 where it is not there."""
    places: defaultdict[bytes, list[int]] = defaultdict(list)
    for place in range(len(before) - 1, -1, -1):
        places[before[place]].append(place)
    return np.array([places[key].pop() if places.get(key) else -1 for key in keys], dtype=np.int64)


def _places(members: Numbers, articles: int) -> Numbers:
    """Return the place of each article among the members, `[articles]`; -1 for one that is none of them."""
    places = np.full(articles, -1, dtype=np.int64)
    places[members] = np.arange(len(members))
    return places


def _lists(these: Numbers, those: Numbers, nearness: Floats, places: Numbers, width: int) -> Lists:
    """Return the nearest of those to each of these, and how near they are, `[n, at most width]`, as lists."""
    nearest = np.full((len(these), width), -1, dtype=np.int64)
    nearest[:, width - places.shape[1] :] = np.sort(those[places], axis=1)
    complete = places.shape[1] == len(those)
    floors = np.full(len(these), -np.inf, dtype=np.float32) if complete else nearness[:, -1].copy()
    return Lists(these, nearest, floors)
