"""Which rules a user wants: some by name, some by family, all but some."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

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

    def needs_vectors(self) -> bool:
        """Whether one of the rules needs sentence vectors."""
        return not self.rules.isdisjoint(VECTOR_RULES)


def select(only: Iterable[str] = (), skip: Iterable[str] = ()) -> Selection:
    """The selection of the rules and families in `only` (all, if none) without those in `skip`.

    Raises `SettingError` for a name that is neither.
    """
    wanted = {rule for name in only for rule in _named(name)} or set(RULES)
    return Selection(frozenset(wanted - {rule for name in skip for rule in _named(name)}))


def _named(name: str) -> list[str]:
    rules = [rule for rule in RULES if name in (rule, rule.partition(".")[0])]
    if not rules:
        families = dict.fromkeys(rule.partition(".")[0] for rule in RULES)
        raise SettingError(f"unknown rule {name!r}; the families of rules are {' '.join(families)}")
    return rules
