"""Editions: versions of one text that exist in several languages, each with its own translation.

A licence with and without a clause, the notice of this year and of last year: in one language such files are
versions of each other (`pipeline.matching.versions`), and matching sees only one of them. Once that one has
found its translation, all versions on both sides are compared. What the versions have in common speaks for
every pair alike, so the pairs differ by what their versions differ in. A version whose best partner is
nobody else's makes an article with it; one without a partner of its own repeats the version that has one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.matching.belief import HALF
from pipeline.matching.candidates import Pair

MOST = 40
"""Versions of a text in one language that are compared with those in another; what has more is a template."""

SURE = 50.0
"""Log-odds of a pair that has no rival."""

PARTED = 3.0
"""Log-odds from which two texts belong to different versions and so not together; a probability of 0.95."""

SAME = 0.001
"""Nats up to which two strengths are the same: sums of rounded numbers, of up to some thousand sentences."""

Total = Callable[[Sequence[Pair]], NDArray[np.float64]]
"""Returns how strongly the whole texts of pairs say that they are translations, in nats."""

Join = Callable[[Mapping[Pair, float], Sequence[Pair]], list[tuple[int, ...]]]
"""Makes groups of the pairs, by their log-odds (`pipeline.matching.join`)."""


class Editions(NamedTuple):
    """The articles that versions make with each other."""

    groups: list[tuple[int, ...]]
    odds: dict[Pair, float]  # log-odds of each pair of these groups
    version_of: dict[int, int]  # what is left: versions, and the ones that are used in their place


def find_editions(
    groups: Sequence[tuple[int, ...]],
    odds: Mapping[Pair, float],
    version_of: Mapping[int, int],
    languages: Sequence[str],
    evidence: Mapping[Pair, float],
    total: Total,
    join: Join,
) -> Editions:
    """Return the groups with those that their members' versions make among each other.

    `odds` are the log-odds of the pairs in the groups, `evidence` is that of all candidates, a sentence. A
    group without versions stays as it is.
    """
    versions: defaultdict[int, list[int]] = defaultdict(list)
    for version, kept in sorted(version_of.items()):
        versions[kept].append(version)
    _add_near_copies(versions, groups, version_of, languages, evidence)
    sides_of = {
        group: [[member, *versions[member][: MOST - 1]] for member in group]
        for group in groups
        if any(versions[member] for member in group)
    }
    asked = sorted({pair for sides in sides_of.values() for pair in _pairs(sides)})
    strength = dict(zip(asked, total(asked).tolist(), strict=True))
    found = Editions([], {}, dict(version_of))
    for group in groups:
        sides = sides_of.get(group, [])
        told_apart, repeats = _without_repeats(sides, strength)
        made = _paired(told_apart, strength, join) if sides else None
        if made is None:
            found.groups.append(group)
            found.odds.update((pair, odds[pair]) for pair in combinations(group, 2))
            continue
        editions, own = made
        used = {member for edition in editions for member in edition}
        for edition in editions:
            found.groups.append(edition)
            for pair in combinations(edition, 2):
                found.odds[pair] = min(own[pair], max(_among(group, odds, languages, pair)))
        for side in sides:
            _place_versions(side, used, versions[side[0]], repeats, found.version_of)
    return found._replace(groups=sorted(found.groups))


def _add_near_copies(
    versions: defaultdict[int, list[int]],
    groups: Sequence[tuple[int, ...]],
    version_of: Mapping[int, int],
    languages: Sequence[str],
    evidence: Mapping[Pair, float],
) -> None:
    """Add to the versions of a member the texts in its language that are nearly such, and found no partner.

    Theirs may be a version in the other language, which matching did not see.
    """
    group_of = {member: group for group in groups if any(k in versions for k in group) for member in group}
    grouped = {member for group in groups for member in group}
    for pair, strength in evidence.items():
        for partner, text in (pair, pair[::-1]):
            group = group_of.get(partner)
            if group is None or text in grouped or text in version_of:
                continue
            for member in group:
                if languages[member] == languages[text]:
                    best = evidence.get((min(partner, member), max(partner, member)), 0.0)
                    if 0.0 < HALF * best <= strength and text not in versions[member]:
                        versions[member].append(text)


def _among(
    group: tuple[int, ...], odds: Mapping[Pair, float], languages: Sequence[str], pair: Pair
) -> Iterable[float]:
    """Yield the log-odds of the members of a group in the languages of a pair."""
    wanted = {languages[k] for k in pair}
    return (odds[p] for p in combinations(group, 2) if {languages[k] for k in p} == wanted)


def _place_versions(
    side: Sequence[int],
    used: set[int],
    every: Sequence[int],
    repeats: Mapping[int, int],
    version_of: dict[int, int],
) -> None:
    """Say of the versions of one language without a partner which version is used in their place."""
    in_place = [member for member in side if member in used]
    for member in (side[0], *every):
        was_version = version_of.pop(member, None) is not None or member == side[0]
        if was_version and member not in used and in_place:
            repeated = repeats.get(member, in_place[0])
            version_of[member] = repeated if repeated in used else in_place[0]


def _pairs(sides: Sequence[Sequence[int]]) -> Iterator[Pair]:
    """Yield every pair of versions in two languages."""
    for one, two in combinations(sides, 2):
        yield from ((min(a, b), max(a, b)) for a in one for b in two)


def _paired(
    sides: Sequence[Sequence[int]], strength: Mapping[Pair, float], join: Join
) -> tuple[list[tuple[int, ...]], dict[Pair, float]] | None:
    """Return the groups that versions make, and the log-odds of their pairs; None if they do not tell.

    They tell which version belongs to an article, not whether one does: a language that the group has and
    none of the new groups means that nothing decides between its versions.
    """
    odds: dict[Pair, float] = {}
    for one, two in combinations(sides, 2):
        pairs = list(_pairs((one, two)))
        own = _own(np.array([strength[pair] for pair in pairs]).reshape(len(one), len(two)))
        odds.update(zip(pairs, own.ravel().tolist(), strict=True))
    _part(sides, odds)
    sure = [pair for pair, value in odds.items() if value > 0.0]
    groups = join(odds, sure)
    used = set(chain(*groups))
    return (groups, odds) if all(used.intersection(side) for side in sides) else None


def _without_repeats(
    sides: Sequence[Sequence[int]], strength: Mapping[Pair, float]
) -> tuple[list[list[int]], dict[int, int]]:
    """Return the versions without those that no text in another language tells from an earlier one.

    Of each that is left out, also the one that it repeats.
    """
    repeats: dict[int, int] = {}
    for side in sides:
        others = [other for each in sides if each is not side for other in each]
        profiles: dict[int, list[float]] = {}
        for member in side:
            profile = [strength[min(member, other), max(member, other)] for other in others]
            same = (k for k, known in profiles.items() if np.allclose(profile, known, rtol=0, atol=SAME))
            first = repeats[member] = next(same, member)
            if first == member:
                profiles[member] = profile
    return [[member for member in side if repeats[member] == member] for side in sides], repeats



def _part(sides: Sequence[Sequence[int]], odds: dict[Pair, float]) -> None:
    """Part the only versions of two languages that surely belong to different ones in a third.

    An old text and a new one, each translated into another language: the translations have no rivals, so
    nothing between the two of them says that they do not belong together.
    """
    best = {
        (member, k): max((odds[min(member, other), max(member, other)], other) for other in side)
        for k, side in enumerate(sides)
        for member in chain(*sides[:k], *sides[k + 1 :])
    }
    for (i, one), (j, two) in combinations(enumerate(sides), 2):
        if len(one) > 1 or len(two) > 1:
            continue
        for k in set(range(len(sides))) - {i, j}:
            (ours, left), (theirs, right) = best[one[0], k], best[two[0], k]
            if left != right and min(ours, theirs) > PARTED:
                pair = (min(one[0], two[0]), max(one[0], two[0]))
                odds[pair] = min(odds[pair], -min(ours, theirs))


def _own(strength: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the log-odds of each pair against all others of its row and of its column, `float64[m, n]`.

    Without others they are those of a sure pair, which leaves the decision to the group.
    """
    out = np.full(strength.shape, SURE)
    for values, result in ((strength, out), (strength.T, out.T)):
        for k in range(values.shape[1]):
            others = np.delete(values, k, axis=1)
            if others.shape[1]:
                rival = np.logaddexp.reduce(others, axis=1)
                result[:, k] = np.minimum(result[:, k], values[:, k] - rival)
    return out
