"""Which rules a user wants: some by name, some by family, all but some."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.checks.own_rules import FAMILY
from pipeline.checks.rules import RULES
from pipeline.errors import SettingError

VECTOR_RULES = (
    "completeness.omitted-part",
    "completeness.added-part",
    "completeness.doubtful-part",
    "meaning.neighbour",
    "meaning.similarity",
)
"""Rules that ask what texts mean, and so need an encoder."""


class Selection(NamedTuple):
    """The rules that findings are wanted of."""

    rules: frozenset[str] = frozenset(RULES)
    own: frozenset[str] | None = None  # of the user's rules; None: all

    def wants(self, rule: str) -> bool:
        """Whether the findings of a rule are wanted."""
        if rule.startswith(f"{FAMILY}."):
            return self.own is None or rule in self.own
        return rule in self.rules

    def needs_vectors(self) -> bool:
        """Whether one of the rules needs sentence vectors."""
        return not self.rules.isdisjoint(VECTOR_RULES)


def select(only: Iterable[str] = (), skip: Iterable[str] = (), own: Iterable[str] = ()) -> Selection:
    """The selection of the rules and families in `only` (all, if none) without those in `skip`.

    `own` are the names of the user's rules. Raises `SettingError` for a name that is neither rule nor family.
    """
    known = (*RULES, *own)
    wanted = {rule for name in only for rule in _named(name, known)} or set(known)
    wanted -= {rule for name in skip for rule in _named(name, known)}
    return Selection(frozenset(wanted & set(RULES)), frozenset(wanted - set(RULES)))


def _named(name: str, known: Sequence[str]) -> list[str]:
    rules = [rule for rule in known if name in (rule, rule.partition(".")[0])]
    if not rules:
        families = dict.fromkeys(rule.partition(".")[0] for rule in known)
        raise SettingError(f"unknown rule {name!r}; the families of rules are {' '.join(families)}")
    return rules
