"""Verdicts: what became of each raw file, with the evidence in words, for `articles.csv`."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType

from pipeline.datatypes import Rejection, Row, Verdict
from pipeline.languages import facts
from pipeline.matching.groups import Group
from pipeline.matching.match import Matching
from pipeline.matching.profiles import Profile

PARALLEL = 0.6
"""Share of the text of both files that must have a counterpart in the other for a whole translation."""

LONGEST = 1.5
"""How many times its usual length a translation can have.

Of two paragraphs of news that translate each other the logarithm of the ratio of their lengths has a standard
deviation of 0.14 to 0.18: this is more than twice that.
"""

HARDLY = 0.05
"""Share below which two texts have hardly anything in common, as only people can pair them."""

RIVAL = 0.05
"""Probability from which another file that might be the same article is named."""

LIKELY = 0.5
"""Probability from which a file that stays alone says why its nearest is not its translation."""

NOTHING_TO_COMPARE = "no file in another language to compare; put its translation into the same folder"

Shares = Mapping[tuple[str, str], float]
"""Share of the characters of an article's first language that stand in a row with its second one."""


def verdicts(
    profiles: Sequence[Profile],
    rejections: Sequence[Rejection],
    matching: Matching,
    groups: Sequence[Group],
    shares: Mapping[str, Shares],
    penalties: Mapping[str, Mapping[str, float]] = MappingProxyType({}),
    own_paragraphs: Mapping[int, str] = MappingProxyType({}),
) -> list[Verdict]:
    """Return a verdict for every raw file, in the order of the file names.

    `shares` and, for `articles.csv`, `penalties` (`pipeline.checks.quality`) are those of each group, by its
    id; `own_paragraphs` are the numbers of those that a version alone has.
    """
    group_of = {file: group for group in groups for file in group.files}
    judged = [_rejected(rejection) for rejection in rejections]
    for k, profile in enumerate(profiles):
        group = group_of.get(profile.file)
        if group is not None:
            rival = _rival(matching, k, profiles)
            penalty = penalties.get(group.id, {}).get(profile.language)
            judged.append(_matched(profile, group, shares[group.id], rival, penalty))
        elif k in matching.version_of:
            judged.append(_version(profile, profiles[matching.version_of[k]], own_paragraphs.get(k, "")))
        else:
            judged.append(
                _alone(profile, _nearest(matching, k, profiles), _taken(matching, k, profiles, group_of))
            )
    if len({profile.language for profile in profiles}) == 1:
        judged = [v._replace(reason=NOTHING_TO_COMPARE) if v.verdict == "alone" else v for v in judged]
    return sorted(judged, key=attrgetter("file"))


def shared_text(rows: Iterable[Row]) -> dict[tuple[str, str], float]:
    """Return how much of each language of an article has a counterpart in each other one."""
    shared: defaultdict[tuple[str, str], float] = defaultdict(float)
    total: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        sides = [
            (language, sum(len(p.text) for p in cell if p.kind != "boilerplate"))
            for language, cell in zip(row.languages, row.cells, strict=True)
        ]
        for language, size in sides:
            total[language] += size
            for other, there in sides:
                if there and other != language:
                    shared[language, other] += min(float(size), most_covered(language, other, there))
    return {(one, two): size / max(1, total[one]) for (one, two), size in shared.items()}


def most_covered(language: str, other: str, size: int) -> float:
    """Return how many characters of a text so many of another language can translate.

    One sentence may stand in a row with a long paragraph that it sums up: that covers it in part. That is
    without limit where the usual length of one of the languages is unknown.
    """
    usual, theirs = facts(language).length, facts(other).length
    if usual is None or theirs is None:
        return math.inf
    return LONGEST * size * math.exp(usual - theirs)


def _nearest(matching: Matching, k: int, profiles: Sequence[Profile]) -> str:
    """Return the best candidate outside an article's group, in words; "" if there is none."""
    if k not in matching.nearest:
        return ""
    found, probability = matching.nearest[k]
    return f"{profiles[found].file} (probability {probability:.2f})"


def _rival(matching: Matching, k: int, profiles: Sequence[Profile]) -> str:
    """Return the same if it might be the right one."""
    likely = k in matching.nearest and matching.nearest[k].probability >= RIVAL
    return _nearest(matching, k, profiles) if likely else ""


def _matched(profile: Profile, group: Group, shares: Shares, rival: str, penalty: float | None) -> Verdict:
    """Judge a file of a group: parallel if it and one of its partners hold the same, partial otherwise."""
    own, score, parts = profile.language, 0.0, []
    for other, file in zip(group.languages, group.files, strict=True):
        if other != own:
            here, there = shares.get((own, other), 0.0), shares.get((other, own), 0.0)
            score = max(score, min(here, there))
            parts.append(
                f"{file}: {100 * here:.0f} % of this text is there, {100 * there:.0f} % of that text here"
            )
    verdict = "parallel" if score >= PARALLEL else "partial"
    shared = "a part" if score >= HARDLY else "hardly anything"
    reason = ("same article as " if verdict == "parallel" else f"shares {shared} with ") + "; ".join(parts)
    if rival:
        reason += f"; a rival is {rival}"
    return _verdict(profile, group.id, verdict, score, reason, penalty)


def _version(profile: Profile, original: Profile, own: str) -> Verdict:
    """Judge a second version: it belongs to no article, because its paragraphs stand in no row."""
    reason = f"another version of {original.file}, which is used in its place"
    if own:
        word = "paragraph" if own.isdigit() else "paragraphs"
        reason += f"; what only this one says is in its {word} {own.replace(',', ', ')}"
    return _verdict(profile, "", "duplicate", 0.0, reason)


def _taken(matching: Matching, k: int, profiles: Sequence[Profile], group_of: Mapping[str, Group]) -> str:
    """Return why the best candidate of an article is not its translation, in words; "" if it is unlikely."""
    if k not in matching.nearest or matching.nearest[k].probability < LIKELY:
        return ""
    found = matching.nearest[k].article
    group = group_of.get(profiles[found].file)
    if group is not None:
        others = [file for file in group.files if file != profiles[found].file]
        return f", but it is the same article as {' and '.join(others)}"
    rival = matching.nearest.get(found)
    return (
        "" if rival is None or rival.article == k else f", but it is nearer to {profiles[rival.article].file}"
    )


def _alone(profile: Profile, nearest: str, taken: str) -> Verdict:
    reason = "no translation found; " + (
        f"the nearest is {nearest}{taken}" if nearest else "no file in another language is near it"
    )
    return _verdict(profile, "", "alone", 0.0, reason)


def _rejected(rejection: Rejection) -> Verdict:
    return Verdict(rejection.file, "", "", 0.0, 0, "rejected", 0.0, rejection.reason)


def _verdict(
    profile: Profile, group: str, verdict: str, score: float, reason: str, penalty: float | None = None
) -> Verdict:
    # In the order of the fields, because naming them takes as long as all the rest, for each file.
    file, language, confidence, paragraphs, repairs, suspicions, boilerplate, metadata, foreign, places = (
        profile
    )
    reason += f"; {foreign}" if foreign else ""
    judged = verdict, score, reason, penalty
    said = repairs, suspicions, boilerplate
    return Verdict(file, group, language, confidence, paragraphs, *judged, *said, metadata, places)
