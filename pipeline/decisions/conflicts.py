"""Which decisions contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from pipeline.datatypes import ArticleGroup, Node
from pipeline.decisions.places import Places
from pipeline.decisions.record import Decision, Reference
from pipeline.decisions.resolve import withdrawn
from pipeline.decisions.seen import languages_seen
from pipeline.decisions.splits import Splits

_KINDS = ("approve", "reject", "repair", "propose")
"""Kinds of decisions that can contradict each other."""


class Conflict(NamedTuple):
    """A contradiction, in words."""

    text: str
    decisions: tuple[str, ...] = ()  # ids of the new decisions concerned
    people: tuple[str, ...] = ()  # who made the two decisions, "" if they gave no name
    article: str = ""
    paragraphs: tuple[Reference, ...] = ()  # of the row

    def __str__(self) -> str:
        return self.text


Groups = Mapping[str, ArticleGroup]
"""The articles that decisions are about now, by id."""

Units = frozenset[tuple[str, Node | Reference]]
"""The units that a decision is about, each with its article; if it is stale, the paragraphs that it names."""


def conflicts_with(new: Sequence[Decision], old: Sequence[Decision], groups: Groups) -> list[Conflict]:
    """Return the contradictions between new decisions and active ones that they do not withdraw."""
    cancelled = withdrawn([*old, *new])
    (old, new), groups = _as_split([old, new], cancelled, groups)
    return [
        _conflict(decision, other, (decision.id,))
        for decision, other in _contradictions(new, old, cancelled, groups)
    ]


def conflicts_among(files: Sequence[Sequence[Decision]], groups: Groups) -> list[Conflict]:
    """Return the contradictions between the active decisions of several files."""
    cancelled = withdrawn([decision for decisions in files for decision in decisions])
    files, groups = _as_split(files, cancelled, groups)
    return [
        _conflict(decision, other, (decision.id, other.id))
        for place, decisions in enumerate(files)
        for decision, other in _contradictions(
            decisions, [other for earlier in files[:place] for other in earlier], cancelled, groups
        )
    ]


def _as_split(
    files: Sequence[Sequence[Decision]], cancelled: set[str], groups: Groups
) -> tuple[list[list[Decision]], Groups]:
    """Return decisions and articles with the paragraphs split that any of the decisions split."""
    active = [d for decisions in files for d in decisions if d.id not in cancelled]
    splits = Splits(active, groups, "paragraph")
    return [[splits.translated(d) for d in decisions] for decisions in files], splits.applied(groups)


def _contradictions(
    new: Sequence[Decision], old: Sequence[Decision], cancelled: set[str], groups: Groups
) -> Iterable[tuple[Decision, Decision]]:
    new, old = ([d for d in some if d.id not in cancelled and d.kind in _KINDS] for some in (new, old))
    units = _units_of([*old, *new], groups)
    seen = languages_seen([*old, *new])
    resolved: dict[tuple[str, Node | Reference], list[Decision]] = {}
    for decision in old:
        for place in units[decision.id]:
            resolved.setdefault(place, []).append(decision)
    for decision in new:
        mine = units[decision.id]
        for other in {d.id: d for place in mine for d in resolved.get(place, [])}.values():
            both = seen[decision.id] & seen[other.id]
            same = _within(mine, both, groups) == _within(units[other.id], both, groups)
            if other.id != decision.id and _contradict(decision, other, same):
                yield decision, other


def _contradict(one: Decision, other: Decision, same_row: bool) -> bool:
    """Return whether two decisions that share a paragraph contradict each other."""
    kinds = {one.kind, other.kind}
    if "propose" in kinds:
        same = kinds == {"propose"} and one.language == other.language and same_row
        return same and one.text != other.text
    if same_row:
        return kinds == {"approve", "reject"}
    return not kinds & {"reject"}


def _within(units: Units, languages: Set[str], groups: Groups) -> Units:
    """Return those of the units that are in these languages."""
    return frozenset(each for each in units if _language(*each, groups) in languages)


def _language(article: str, unit: Node | Reference, groups: Groups) -> str:
    return unit.language if isinstance(unit, Reference) else groups[article].articles[unit[0]].language


def _units_of(decisions: Sequence[Decision], groups: Groups) -> dict[str, Units]:
    """Return the units that each decision is about now, by id; of one that is stale, those that it names.

    Paragraphs and whole articles move between two decisions, which still mean the same row.
    """
    found = Places(groups, "paragraph", decisions).locate_all(decisions)
    return {
        d.id: frozenset((found[d.id][0], node) for node in found[d.id][1])
        if d.id in found
        else frozenset((d.article, reference) for reference in d.paragraphs)
        for d in decisions
    }


def _conflict(new: Decision, old: Decision, ids: tuple[str, ...]) -> Conflict:
    words = f"{_named(new)} contradicts {_named(old)}"
    return Conflict(words, ids, (new.reviewer, old.reviewer), new.article, new.paragraphs)


def _named(decision: Decision) -> str:
    place = "+".join(f"{r.language} {r.number}" for r in decision.paragraphs)
    by = f" by {decision.reviewer}" if decision.reviewer else ""
    return f"{decision.kind} {decision.id} of {place}{by}"
