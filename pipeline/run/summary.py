"""The summary of a run: its counts, and notes for the user."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from pipeline.datatypes import SEVERITIES, Finding, Rejection, Verdict
from pipeline.decisions.log import Log, Unreadable
from pipeline.decisions.resolve import Resolved
from pipeline.normalisation.advice import ADVICE


class StaleDecision(NamedTuple):
    """A decision without effect, because its text has changed or its article is gone."""

    id: str
    kind: str
    article: str
    reason: str
    name: str = ""  # of the article, for people


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of a run; each file, row and finding is in exactly one count of its kind."""

    files: int
    paragraphs: int  # in the files that were not rejected
    articles: int  # groups of at least two files
    verdicts: Mapping[str, int]  # files per verdict
    rows: Mapping[str, int]  # rows per status
    findings: Mapping[str, int]  # open findings per severity
    dismissed: int  # findings dismissed by a reviewer
    decisions: Mapping[str, int]  # decisions per fate
    stale: tuple[StaleDecision, ...]
    unreadable: tuple[Unreadable, ...]  # lines of the decisions file that cannot be parsed
    rejections: tuple[Rejection, ...]
    duplicates: tuple[Rejection, ...]  # files that repeat another one
    out: Path
    seconds: float  # wall clock of the whole run
    penalties: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # by article and language
    notes: tuple[str, ...] = ()  # further notes for the user, one line each
    alone: tuple[Rejection, ...] = ()  # files without a translation, and why
    suspicious: tuple[Rejection, ...] = ()  # files that look damaged, and in which paragraphs

    def has_severity(self, severity: str) -> bool:
        """Return whether an open finding has at least this severity."""
        return any(self.findings.get(graver) for graver in SEVERITIES[: SEVERITIES.index(severity) + 1])


def summarise(
    verdicts: Sequence[Verdict],
    statuses: Mapping[str, int],
    findings: Sequence[Finding],
    resolved: Resolved,
    log: Log,
    out: Path,
    seconds: float,
    penalties: Mapping[str, Mapping[str, float]] = MappingProxyType({}),
    notes: Sequence[str] = (),
) -> Summary:
    """Return the summary of a run; `statuses` counts rows by status."""
    names = {verdict.article: verdict.name for verdict in verdicts}
    return Summary(
        files=len(verdicts),
        paragraphs=sum(verdict.paragraphs for verdict in verdicts if verdict.verdict != "rejected"),
        articles=len({verdict.article for verdict in verdicts if verdict.article}),
        verdicts=dict(sorted(Counter(verdict.verdict for verdict in verdicts).items())),
        rows=dict(sorted(statuses.items())),
        findings=dict(sorted(Counter(f.severity for f in findings if f.status == "open").items())),
        dismissed=sum(finding.status != "open" for finding in findings),
        decisions=resolved.counts(),
        stale=tuple(
            StaleDecision(d.id, d.kind, d.article, why, names.get(d.article, ""))
            for d, why in resolved.stale()
        ),
        unreadable=log.unreadable,
        rejections=_with_verdict(verdicts, "rejected"),
        duplicates=_with_verdict(verdicts, "duplicate"),
        out=out,
        seconds=seconds,
        penalties={
            article: {language: round(points, 4) for language, points in by_language.items()}
            for article, by_language in penalties.items()
        },
        notes=tuple(notes),
        alone=_with_verdict(verdicts, "alone"),
        suspicious=tuple(Rejection(v.file, explained(v.suspicious)) for v in verdicts if v.suspicious),
    )


def explained(suspicious: str) -> str:
    """Return the suspicions of a file in words: where, what and what to do."""
    parts = (part.rpartition(" ") for part in suspicious.split("; "))
    return ". ".join(
        f"{'paragraph' if where.isdigit() else 'paragraphs'} {where}: {ADVICE.get(name, name)}"
        for name, _, where in parts
    )


def _with_verdict(verdicts: Sequence[Verdict], wanted: str) -> tuple[Rejection, ...]:
    return tuple(Rejection(v.file, v.reason) for v in verdicts if v.verdict == wanted)
