"""Who decided what: the work of each person, and where people agree or differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.decisions.record import Decision
from pipeline.decisions.resolve import withdrawn

Place = tuple[str, frozenset[str]]
"""An article and the paragraphs of a row."""


@dataclass(slots=True)
class Work:
    """The decisions of one person that were not taken back."""

    kinds: Counter[str] = field(default_factory=Counter)
    first: str = ""  # time of the first and last decision, UTC; "" if none says so
    last: str = ""


class Verdicts(NamedTuple):
    """The latest verdict of each person on one row: "approve" or "reject"."""

    by: Mapping[str, str]

    def agree(self) -> bool:
        """Return whether two people or more gave a verdict, and the same."""
        return len(self.by) > 1 and len(set(self.by.values())) == 1

    def differ(self) -> bool:
        """Return whether people gave different verdicts."""
        return len(set(self.by.values())) > 1


def active(decisions: Sequence[Decision]) -> list[Decision]:
    """Return the decisions that were not taken back, without withdrawals."""
    cancelled = withdrawn(decisions)
    return [d for d in decisions if d.kind != "withdraw" and d.id not in cancelled]


def work_of(decisions: Sequence[Decision]) -> dict[str, Work]:
    """Return the work of each person by name, in order of their first decision; "" if they gave none."""
    found: defaultdict[str, Work] = defaultdict(Work)
    for decision in active(decisions):
        work = found[decision.reviewer]
        work.kinds[decision.kind] += 1
        if decision.time:
            work.first = min(work.first or decision.time, decision.time)
            work.last = max(work.last, decision.time)
    return dict(found)


def verdicts(decisions: Iterable[Decision]) -> dict[Place, Verdicts]:
    """Return the verdicts of the people with a name on each row; `decisions` are active ones, in order."""
    found: defaultdict[Place, dict[str, str]] = defaultdict(dict)
    for decision in decisions:
        if decision.kind in ("approve", "reject") and decision.reviewer:
            found[place_of(decision)][decision.reviewer] = decision.kind
    return {place: Verdicts(by) for place, by in found.items()}


def place_of(decision: Decision) -> Place:
    """Return the row that a decision is about, by its article and texts."""
    return decision.article, frozenset(map(str, decision.paragraphs))
