"""Which decisions contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.decisions.record import Decision, Reference
from pipeline.decisions.resolve import withdrawn

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


def conflicts_with(new: Sequence[Decision], old: Sequence[Decision]) -> list[Conflict]:
    """Return the contradictions between new decisions and active ones that they do not withdraw."""
    cancelled = withdrawn([*old, *new])
    return [
        _conflict(decision, other, (decision.id,))
        for decision, other in _contradictions(new, old, cancelled)
    ]


def conflicts_among(files: Sequence[Sequence[Decision]]) -> list[Conflict]:
    """Return the contradictions between the active decisions of several files."""
    cancelled = withdrawn([decision for decisions in files for decision in decisions])
    return [
        _conflict(decision, other, (decision.id, other.id))
        for place, decisions in enumerate(files)
        for decision, other in _contradictions(
            decisions, [other for earlier in files[:place] for other in earlier], cancelled
        )
    ]


def _contradictions(
    new: Iterable[Decision], old: Iterable[Decision], cancelled: set[str]
) -> Iterable[tuple[Decision, Decision]]:
    resolved: dict[tuple[str, str, str], list[Decision]] = {}
    for decision in old:
        if decision.id not in cancelled and decision.kind in _KINDS:
            for place in _key(decision):
                resolved.setdefault(place, []).append(decision)
    for decision in new:
        if decision.id in cancelled or decision.kind not in _KINDS:
            continue
        for other in {d.id: d for place in _key(decision) for d in resolved.get(place, [])}.values():
            if other.id != decision.id and _contradict(decision, other):
                yield decision, other


def _contradict(one: Decision, other: Decision) -> bool:
    """Return whether two decisions that share a paragraph contradict each other."""
    kinds = {one.kind, other.kind}
    if "propose" in kinds:
        same = kinds == {"propose"} and one.language == other.language and _key(one) == _key(other)
        return same and one.text != other.text
    if _key(one) == _key(other):
        return kinds == {"approve", "reject"}
    return not kinds & {"reject"}


def _key(decision: Decision) -> frozenset[tuple[str, str, str]]:
    return frozenset(
        (decision.article, r.language, f"{r.number}:{r.fingerprint}") for r in decision.paragraphs
    )


def _conflict(new: Decision, old: Decision, ids: tuple[str, ...]) -> Conflict:
    words = f"{_named(new)} contradicts {_named(old)}"
    return Conflict(words, ids, (new.reviewer, old.reviewer), new.article, new.paragraphs)


def _named(decision: Decision) -> str:
    place = "+".join(f"{r.language} {r.number}" for r in decision.paragraphs)
    by = f" by {decision.reviewer}" if decision.reviewer else ""
    return f"{decision.kind} {decision.id} of {place}{by}"
