"""Groups of texts that are the same article, from the log-odds of their pairs."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from pipeline.matching.candidates import Pair
from pipeline.matching.company import probability
from pipeline.matching.stated import NO_CONSTRAINTS, Constraints, closed_of

STATED = 30.0
"""Log-odds of two texts that were stated to be the same article: the probability is 1 to twelve decimals."""

FORBIDDEN = -math.inf
"""Log-odds of two texts that were stated not to be."""

NO_CANDIDATE = -4.0
"""Log-odds of two texts that do not even come into question, and the worst that a pair can count in a group.

Of the translations in the development gold less than one in a hundred is no candidate, of other pairs most
are none.
"""


def join(
    odds: Mapping[Pair, float],
    edges: Sequence[Pair],
    languages: Sequence[str],
    constraints: Constraints = NO_CONSTRAINTS,
) -> list[tuple[int, ...]]:
    """Return the groups that the edges make, the surest first, with at most one text a language in each.

    Two groups become one if the log-odds of all pairs between them, added up, speak for it. Stated groups are
    there from the beginning.
    """
    groups, closed = [set(group.members) for group in constraints.groups], closed_of(constraints)
    group_of: dict[int, set[int]] = {k: group for group in groups for k in group if len(group) > 1}
    for a, b in sorted(edges, key=lambda pair: (-odds[pair], pair)):
        these, those = group_of.get(a, {a}), group_of.get(b, {b})
        if odds[a, b] <= 0.0 or these & those or _clash(these, those, languages, closed):
            continue
        if sum(odds_between(x, y, odds) for x in these for y in those) > 0.0:
            merged = these | those
            group_of.update(dict.fromkeys(merged, merged))
    return sorted({tuple(sorted(group)) for group in group_of.values()})


def beliefs(groups: Sequence[Sequence[int]], odds: Mapping[Pair, float]) -> dict[Pair, float]:
    """Return the probability of each pair in a group: its own, or that of the surest chain through others."""
    belief: dict[Pair, float] = {}
    for group in groups:
        pairs = list(combinations(group, 2))
        belief.update((pair, probability(odds[pair])) for pair in pairs)
        for middle in group:  # Floyd and Warshall's shortest paths, with products for sums
            for a, b in pairs:
                if middle not in (a, b):
                    first, second = _pair(a, middle), _pair(middle, b)
                    belief[a, b] = max(belief[a, b], belief[first] * belief[second])
    return belief


def _pair(a: int, b: int) -> Pair:
    return (min(a, b), max(a, b))


def _clash(
    these: set[int], those: set[int], languages: Sequence[str], closed: Mapping[int, frozenset[str]]
) -> bool:
    """Tell whether two groups have a language that only one of their texts can have."""
    one, two = ({languages[k] for k in group} for group in (these, those))
    full = one.union(*(closed.get(k, frozenset()) for k in these))
    return not (full.isdisjoint(two) and one.isdisjoint(two.union(*(closed.get(k, ()) for k in those))))


def odds_between(a: int, b: int, odds: Mapping[Pair, float]) -> float:
    """Return the log-odds of two texts, which are bounded below unless they were stated to be apart."""
    known = odds.get(_pair(a, b), NO_CANDIDATE)
    return known if known == FORBIDDEN else max(known, NO_CANDIDATE)


def sure_of(group: tuple[int, ...], odds: Mapping[Pair, float], stated: Collection[Pair]) -> tuple[int, ...]:
    """Return what is left of a group, given its company: all or nothing, but stated members stay."""
    core = {k for pair in combinations(group, 2) if pair in stated for k in pair}
    if not core:
        return group if max(odds[pair] for pair in combinations(group, 2)) > 0.0 else ()
    return tuple(k for k in group if k in core or max(odds[_pair(k, other)] for other in core) > 0.0)
