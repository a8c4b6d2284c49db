"""The content of an export: the rows of a finished corpus with findings and reviews."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from pipeline.datatypes import APPROVED, REPAIRED
from pipeline.decisions.log import read_decisions
from pipeline.decisions.record import Decision
from pipeline.decisions.replay import CorpusRow, Replay, dismissed_of, read_rows, replay
from pipeline.errors import InputError
from pipeline.output.columns import ARTICLE_COLUMNS, FINDING_COLUMNS, named
from pipeline.output.commit import recover
from pipeline.output.reader import languages_of, table_of

_PLACE = ("id", "article", "row_id", "status")
"""Columns that say which finding a line holds."""


class ExportFinding(NamedTuple):
    """The exported fields of an open finding."""

    rule: str
    issue_type: str  # ITS 2.0
    severity: str
    source_language: str
    target_language: str
    message: str
    suggestion: str
    category: str = ""  # MQM

    def concerns(self, source: str, target: str) -> bool:
        """Return whether the finding is about no other languages than these two."""
        return {self.source_language, self.target_language} - {""} <= {source, target}


class Remark(NamedTuple):
    """A reviewer's comment, or the proposed text for a language."""

    text: str
    reviewer: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A row of the corpus; texts and paragraph numbers are keyed by language, in configured order."""

    article: str
    number: int
    id: str
    texts: dict[str, str]
    paragraphs: dict[str, str]
    confidence: str  # as in corpus.csv, four decimals
    status: str
    review: str  # from the current decisions
    findings: tuple[ExportFinding, ...] = ()
    remarks: tuple[Remark, ...] = ()
    reviewers: tuple[str, ...] = ()  # names of those who decided something about it
    dismissed: int = 0  # findings that reviewers called false alarms
    settled: bool = False  # an earlier decision made it a row, so its confidence is not the aligner's
    retied: bool = False  # a decision that the next run will apply takes it apart

    def is_boilerplate(self) -> bool:
        """Return whether the row is marked as boilerplate and no reviewer has dismissed the finding."""
        return any(finding.rule == "completeness.boilerplate" for finding in self.findings)

    def is_final(self, languages: Collection[str]) -> bool:
        """Return whether the texts in these languages are approved as they are.

        Where a person has proposed another text that is not in the raw files yet, these will change.
        """
        proposed = any(
            remark.language in languages and remark.text != self.texts[remark.language]
            for remark in self.remarks
        )
        return self.review == APPROVED and not proposed

    def filled(self, languages: Sequence[str]) -> list[str]:
        """Return those of the languages that have a text in this row."""
        return [code for code in languages if self.texts.get(code)]


@dataclass(frozen=True, slots=True)
class Content:
    """A corpus to export."""

    rows: tuple[ExportRow, ...]
    languages: tuple[str, ...]
    files: dict[tuple[str, str], str]  # raw file by article and language
    unapplied: int = 0  # repairs that the next run will apply

    def pairs(self) -> list[tuple[str, str]]:
        """Return every language pair, the source first."""
        return [(a, b) for k, a in enumerate(self.languages) for b in self.languages[k + 1 :]]


def read_content(out: Path) -> Content:
    """Return the corpus in the folder `out`; raises `InputError` if there is none."""
    recover(out)
    languages = languages_of(out)
    decisions = read_decisions(out).decisions
    known = read_rows(out, languages)
    findings, dismissed = _findings(out, known, decisions)
    replayed = replay(known, decisions)
    rows = tuple(
        _row(row, replayed, findings.get((row.article, row.id), ()), dismissed[row.article, row.id])
        for row in known
    )
    files = {
        (line["article"], line["language"]): line["file"]
        for line in table_of(out / "articles.csv", named(ARTICLE_COLUMNS, "file", "article", "language"))
        if line["article"]
    }
    return Content(rows, languages, files, replayed.unapplied)


def _row(row: CorpusRow, replayed: Replay, findings: Sequence[ExportFinding], dismissed: int) -> ExportRow:
    line = row.fields
    before = line["review"] if line["review"] == REPAIRED else ""
    return ExportRow(
        row.article,
        int(line["row"]),
        row.id,
        dict(row.texts),
        {code: line[f"{code}_paragraphs"] for code in row.texts},
        line["confidence"],
        line["status"],
        replayed.reviews.get(row.id, before),
        tuple(findings),
        tuple(Remark(d.text, d.reviewer, d.language) for d in replayed.remarks.get(row.id, ())),
        tuple(replayed.people.get(row.id, ())),
        dismissed,
        line["review"] in (APPROVED, REPAIRED),
        row.id in replayed.retied,
    )


def with_languages(content: Content, languages: Sequence[str]) -> Content:
    """Return the corpus restricted to languages, in this order; raises `InputError` if it lacks one."""
    for code in languages:
        if code not in content.languages:
            raise InputError(f"the corpus has no language {code!r}, only {', '.join(content.languages)}")
    return replace(content, languages=tuple(languages))


def _findings(
    out: Path, rows: Sequence[CorpusRow], decisions: Sequence[Decision]
) -> tuple[dict[tuple[str, str], list[ExportFinding]], Counter[tuple[str, str]]]:
    """Return the open findings, and the number of dismissed ones, by article and row id."""
    lines = table_of(out / "findings.csv", named(FINDING_COLUMNS, *ExportFinding._fields, *_PLACE))
    dismissed = dismissed_of(rows, lines, decisions)
    without_withdrawals = [d for d in decisions if d.kind != "withdraw"]
    reopened = dismissed_of(rows, lines, without_withdrawals) - dismissed
    found: defaultdict[tuple[str, str], list[ExportFinding]] = defaultdict(list)
    closed: Counter[tuple[str, str]] = Counter()
    for line in lines:
        is_open = line["status"] == "open" or line["id"] in reopened
        if is_open and line["id"] not in dismissed:
            found[line["article"], line["row_id"]].append(
                ExportFinding(*(line[name] for name in ExportFinding._fields))
            )
        else:
            closed[line["article"], line["row_id"]] += 1
    return found, closed
