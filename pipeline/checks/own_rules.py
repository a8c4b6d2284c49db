"""The user's own rules: patterns that texts must or must not have, as the checklists of QA tools.

A pattern runs with a time limit, so none can hang a run: what takes longer is an error that names the rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.checks.cells import Cells, Draft
from pipeline.checks.rules import Example, Rule
from pipeline.datatypes import Span
from pipeline.errors import SettingError

FAMILY = "own"
"""The family of these rules, as in `own.NAME`."""

SECONDS = 2.0
"""Limit of one search. The texts of a row take a harmless pattern far less than a thousandth of it, so no
busy machine decides what is found."""

_NO_EXAMPLE = Example((), ())


class OwnRule(NamedTuple):
    """Conditions that must all hold for a finding; "" is no condition."""

    name: str  # without the family
    message: str
    severity: str
    issue_type: str  # ITS 2.0
    category: str  # MQM
    languages: tuple[tuple[str, str], ...]  # pairs (source, target), "" being any language; none: all pairs
    source: str = ""  # what the source must have
    source_lacks: str = ""  # what it must not have
    target: str = ""
    target_lacks: str = ""
    suggestion: str = ""
    ignore_case: bool = False

    @property
    def id(self) -> str:
        """The name with the family."""
        return f"{FAMILY}.{self.name}"

    @property
    def rule(self) -> Rule:
        """The rule as the reports describe it."""
        return Rule(
            self.id, self.issue_type, self.category, self.severity, self.message,
            _NO_EXAMPLE, _NO_EXAMPLE,
        )  # fmt: skip


class OwnRules(NamedTuple):
    """The rules of a file."""

    rules: tuple[OwnRule, ...] = ()

    @property
    def digest(self) -> bytes:
        """What the findings depend on, as part of a key."""
        return repr(self.rules).encode("utf-8", "surrogatepass")

    @property
    def known(self) -> Mapping[str, Rule]:
        """The rules by name."""
        return {own.id: own.rule for own in self.rules}


def broken_rules(cells: Cells, own: OwnRules, comparable: bool) -> Iterator[Draft]:
    """Findings of the user's rules in a row; rules about two texts need them to be `comparable`."""
    for rule in own.rules:
        if not (rule.target or rule.target_lacks):
            yield from _alone(cells, rule, _named(cells, rule, 0), rule.source, rule.source_lacks)
        elif not (rule.source or rule.source_lacks):
            yield from _alone(cells, rule, _named(cells, rule, 1), rule.target, rule.target_lacks)
        elif comparable:
            for pair in cells.pairs:
                if _applies(rule, pair):
                    yield from _compared(cells.whole, rule, *pair)


def _applies(rule: OwnRule, pair: tuple[str, str]) -> bool:
    return not rule.languages or any(
        wanted[0] in ("", pair[0]) and wanted[1] in ("", pair[1]) for wanted in rule.languages
    )


def _named(cells: Cells, rule: OwnRule, side: int) -> list[str]:
    """The texts that a rule about one side is about: in its languages, or on that side of the row."""
    present = list(cells.texts)
    if not rule.languages:
        return present if len(cells.row.languages) < 2 else [x for x in present if _is_side(cells, x, side)]
    named = {language for pair in rule.languages for language in (pair[side] or pair[1 - side],)}
    return [language for language in present if language in named]


def _is_side(cells: Cells, language: str, side: int) -> bool:
    return (language != cells.row.languages[0]) == bool(side)


def _alone(cells: Cells, rule: OwnRule, languages: Sequence[str], has: str, lacks: str) -> Iterator[Draft]:
    for language in languages:
        text = cells.whole[language]
        found = _spans(rule, has, text) if has else [None]
        if found and not (lacks and _spans(rule, lacks, text)):
            yield Draft(rule.id, "", language, rule.message, None, found[0], rule.suggestion)


def _compared(texts: Mapping[str, str], rule: OwnRule, source: str, target: str) -> Iterator[Draft]:
    """The finding about a pair of texts, at the first place of the source for which all conditions hold."""
    ours, theirs = texts[source], texts[target]
    if rule.source_lacks and _spans(rule, rule.source_lacks, ours):
        return
    for match in _matches(rule, rule.source, ours) if rule.source else [None]:
        groups = {name: text or "" for name, text in match.groupdict().items()} if match else {}
        found = _spans(rule, rule.target, theirs, groups) if rule.target else [None]
        if found and not (rule.target_lacks and _spans(rule, rule.target_lacks, theirs, groups)):
            span = match.span() if match else None
            yield Draft(rule.id, source, target, rule.message, span, found[0], rule.suggestion)
            return


def _spans(
    rule: OwnRule, pattern: str, text: str, groups: Mapping[str, str] | None = None
) -> list[Span | None]:
    """The first place of a pattern in a text, or none."""
    try:
        known = tuple((groups or {}).items())
        match = compiled(pattern, rule.ignore_case, known).search(text, timeout=SECONDS)
    except TimeoutError:
        raise _too_slow(rule) from None
    return [match.span()] if match else []


def _matches(rule: OwnRule, pattern: str, text: str) -> Iterator[Any]:
    try:
        yield from compiled(pattern, rule.ignore_case).finditer(text, timeout=SECONDS)
    except TimeoutError:
        raise _too_slow(rule) from None


def _too_slow(rule: OwnRule) -> SettingError:
    return SettingError(
        f"the rule {rule.id} takes over {SECONDS:.0f} s for one text; avoid repeats inside of repeats,"
        " as in (a+)+"
    )


@lru_cache(maxsize=1 << 12)
def compiled(pattern: str, ignore_case: bool, groups: tuple[tuple[str, str], ...] = ()) -> Any:  # noqa: ANN401
    """Return a compiled pattern in which `(?P=name)` is the text of a group of the source.

    Raises `regex.error`.
    """
    import regex  # imported late because few runs have own rules

    for name, text in groups:
        if f"(?P<{name}>" not in pattern:
            pattern = pattern.replace(f"(?P={name})", regex.escape(text, literal_spaces=True))
    return regex.compile(pattern, regex.IGNORECASE if ignore_case else 0)
