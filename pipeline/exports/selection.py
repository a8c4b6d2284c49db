"""Row filters for exports, such as `status=aligned`, `confidence>=0.9`, `findings=none`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from fnmatch import fnmatchcase

from pipeline.datatypes import SEVERITIES
from pipeline.errors import SettingError
from pipeline.exports.content import ExportRow
from pipeline.output.columns import REVIEWS, STATUSES

Test = Callable[[ExportRow], bool]

_NAMES = "status|confidence|findings|reviewer|review|article"
_CONDITION = re.compile(rf"({_NAMES})\s*(!=|>=|<=|=)\s*(.*)", re.DOTALL)


def selected(rows: Iterable[ExportRow], conditions: Sequence[str]) -> tuple[ExportRow, ...]:
    """Return the rows that meet every condition; raises `SettingError` for an invalid one."""
    tests = [condition(text) for text in conditions]
    return tuple(row for row in rows if all(test(row) for test in tests))


def condition(text: str) -> Test:
    """Parse a condition; raises `SettingError`."""
    match = _CONDITION.fullmatch(text.strip())
    if match is None:
        raise SettingError(
            f"--only {text!r} is not a condition; write status=aligned, confidence>=0.9, findings=none, "
            "findings!=numbers.*, review=approved, reviewer=NAME or article=ID"
        )
    name, sign, value = match.groups()
    if name == "confidence":
        return _confidence(sign, value)
    if sign not in ("=", "!="):
        raise SettingError(f"--only {text!r}: {name} allows = and != only")
    values = [each.strip() for each in value.split(",")]
    tests = {"findings": _findings, "reviewer": _decided_by}
    test = tests[name](values) if name in tests else _one_of(name, values)
    return test if sign == "=" else lambda row: not test(row)


def _confidence(sign: str, value: str) -> Test:
    try:
        limit = float(value)
    except ValueError:
        limit = -1.0
    if not 0.0 <= limit <= 1.0 or sign not in (">=", "<="):
        raise SettingError(f"confidence{sign}{value}: write confidence>=0.9 or confidence<=0.5")
    if sign == ">=":
        return lambda row: float(row.confidence) >= limit
    return lambda row: float(row.confidence) <= limit


def _one_of(name: str, values: Sequence[str]) -> Test:
    known = {"status": STATUSES, "review": (*REVIEWS, "none")}.get(name)
    for value in values:
        if known is not None and value not in known:
            raise SettingError(f"{name} must be {', '.join(filter(None, known))}, not {value!r}")
    wanted = {"" if name == "review" and value == "none" else value for value in values}
    return lambda row: getattr(row, name) in wanted


def _decided_by(names: Sequence[str]) -> Test:
    """Return a test for rows that one of these people decided something about; `none`: nobody named."""
    return lambda row: (not row.reviewers and "none" in names) or not set(names).isdisjoint(row.reviewers)


def _findings(values: Sequence[str]) -> Test:
    """Return a test for open findings with given rules or severities, or for `none` or `any`."""
    if values == ["none"]:
        return lambda row: not row.findings
    if values == ["any"]:
        return lambda row: bool(row.findings)
    if any(value not in SEVERITIES and "." not in value for value in values):
        raise SettingError(
            "findings must be none, any, a severity such as critical, or a rule such as numbers.*"
        )
    return lambda row: any(
        finding.severity == value or fnmatchcase(finding.rule, value)
        for finding in row.findings
        for value in values
    )
