"""What a report says, read from a finished corpus and the decisions on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.checks.quality import POINTS, words_in
from pipeline.datatypes import APPROVED, SEVERITIES
from pipeline.decisions.doubts import Doubt, Forecast, forecast, harms, needs_look
from pipeline.decisions.log import read_decisions
from pipeline.decisions.people import Work, active, verdicts, work_of
from pipeline.exports.content import Content, ExportRow, read_content
from pipeline.exports.doubts import doubts_of
from pipeline.output.columns import ARTICLE_COLUMNS, named
from pipeline.output.commit import RUN_RECORD
from pipeline.output.reader import record_of, table_of

BANDS = ((0.99, 1.01), (0.9, 0.99), (0.5, 0.9), (0.0, 0.5))
"""Bands of confidence, the surest first: from, below."""

WORST = 10
"""Rows shown with their texts."""


class ArticleFacts(NamedTuple):
    """An article in the report."""

    id: str
    title: str
    language: str  # of the title
    files: tuple[str, ...]
    verdict: str
    rows: int
    to_look_at: int
    findings: int
    harm: float


class Doubtful(NamedTuple):
    """A row that should be looked at, with the harm expected of it."""

    row: ExportRow
    title: str
    harm: float


class Suggested(NamedTuple):
    """A text that somebody has suggested and that is not in the raw files yet."""

    file: str
    paragraphs: str
    language: str
    old: str
    new: str
    reviewer: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report says."""

    folder: str  # the name of the corpus
    made: str  # the day of the run, UTC
    languages: tuple[str, ...]
    files: int
    verdicts: Mapping[str, int]  # files by verdict
    statuses: Mapping[str, int]  # rows by status
    reviews: Mapping[str, int]  # rows by review, "" if undecided
    bands: tuple[int, ...]  # rows in several languages for each of `BANDS`
    articles: tuple[ArticleFacts, ...]  # the most harmful first
    words: Mapping[str, int]  # by language
    categories: Mapping[str, Mapping[str, int]]  # open findings by MQM category and severity
    points: Mapping[str, int]  # of open findings, by the language of the translation
    people: Mapping[str, Work]
    agreed: int  # rows on which people agree
    differing: int  # rows on which they differ
    forecast: Forecast
    worst: tuple[Doubtful, ...]
    approved: tuple[Doubtful, ...]  # rows with an open critical or major finding
    suggested: tuple[Suggested, ...]
    signature: Mapping[str, str]


def read_facts(out: Path) -> Facts:
    """Return what to report of the corpus in the folder `out`; raises `InputError`."""
    content = read_content(out)
    decisions = read_decisions(out).decisions
    wanted = named(ARTICLE_COLUMNS, "file", "article", "language", "verdict", "title")
    lines = table_of(out / "articles.csv", wanted)
    doubts = doubts_of(content)
    harm_of = harms(doubts)
    titles = _titles(content, lines)
    queue = sorted(
        (
            Doubtful(row, titles[row.article][0], harm)
            for row, doubt, harm in zip(content.rows, doubts, harm_of, strict=True)
            if needs_look(doubt) and harm > 0  # boilerplate without a finding does no harm
        ),
        key=lambda doubtful: -doubtful.harm,
    )
    said = verdicts(active(decisions)).values()
    several = [float(row.confidence) for row in content.rows if row.status != "unmatched"]
    return Facts(
        folder=out.absolute().name,
        made=_day_of(out),
        languages=content.languages,
        files=len(lines),
        verdicts=_counted(line["verdict"] for line in lines),
        statuses=_counted(row.status for row in content.rows),
        reviews=_counted(row.review for row in content.rows),
        bands=tuple(sum(low <= value < high for value in several) for low, high in BANDS),
        articles=tuple(_articles(content, lines, titles, doubts, harm_of)),
        words={
            code: words_in((row.texts.get(code, "") for row in content.rows), code)
            for code in content.languages
        },
        categories=_categories(content),
        points=_points(content),
        people=work_of(decisions),
        agreed=sum(each.agree() for each in said),
        differing=sum(each.differ() for each in said),
        forecast=forecast(doubts),
        worst=tuple(queue[:WORST]),
        approved=tuple(
            Doubtful(row, titles[row.article][0], 0.0)
            for row in content.rows
            if _is_approved_with_faults(row)
        ),
        suggested=tuple(_suggested(content)),
        signature=_signature(out),
    )


def _day_of(out: Path) -> str:
    return datetime.fromtimestamp((out / RUN_RECORD).stat().st_mtime, UTC).date().isoformat()


def _is_approved_with_faults(row: ExportRow) -> bool:
    grave = any(finding.severity in ("critical", "major") for finding in row.findings)
    return row.review == APPROVED and grave


def _suggested(content: Content) -> Iterator[Suggested]:
    for row in content.rows:
        for remark in row.remarks:
            code = remark.language
            if code in row.texts and remark.text != row.texts[code]:
                file, old = content.files.get((row.article, code), ""), row.texts[code]
                yield Suggested(file, row.paragraphs[code], code, old, remark.text, remark.reviewer)


def _counted(values: Any) -> dict[str, int]:  # noqa: ANN401 (any iterable of str)
    return dict(Counter(values).most_common())


def _titles(content: Content, lines: Sequence[Mapping[str, str]]) -> dict[str, tuple[str, str]]:
    """Return title and its language of each article: as a file has it, or its first text."""
    titles: dict[str, tuple[str, str]] = {}
    for line in lines:
        if line["article"] and line["title"]:
            titles.setdefault(line["article"], (line["title"], line["language"]))
    for row in content.rows:
        for code, text in row.texts.items():
            if text and row.article not in titles:
                first = " ".join(text.split())
                titles[row.article] = (first if len(first) <= 90 else f"{first[:88]}…", code)
    return titles


def _articles(
    content: Content,
    lines: Sequence[Mapping[str, str]],
    titles: Mapping[str, tuple[str, str]],
    doubts: Sequence[Doubt],
    harm_of: Sequence[float],
) -> list[ArticleFacts]:
    """Return the articles, the most harmful first."""
    files: defaultdict[str, list[str]] = defaultdict(list)
    judged: dict[str, str] = {}
    for line in lines:
        if line["article"]:
            files[line["article"]].append(line["file"])
            partial = "partial" in (judged.get(line["article"]), line["verdict"])
            judged[line["article"]] = "partial" if partial else line["verdict"]
    rows: defaultdict[str, list[tuple[ExportRow, Doubt, float]]] = defaultdict(list)
    for row, doubt, value in zip(content.rows, doubts, harm_of, strict=True):
        rows[row.article].append((row, doubt, value))
    found = [
        ArticleFacts(
            id,
            *titles[id],
            tuple(files[id]),
            judged.get(id, ""),
            len(some),
            sum(needs_look(doubt) for _, doubt, _ in some),
            sum(len(row.findings) for row, _, _ in some),
            sum(value for _, _, value in some),
        )
        for id, some in rows.items()
    ]
    return sorted(found, key=lambda article: -article.harm)


def _categories(content: Content) -> dict[str, dict[str, int]]:
    """Return the open findings by category and severity, the gravest categories first."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in content.rows:
        for finding in row.findings:
            found[finding.category][finding.severity] += 1
    return {
        category: {severity: counts[severity] for severity in SEVERITIES}
        for category, counts in sorted(
            found.items(), key=lambda each: [-each[1][severity] for severity in SEVERITIES]
        )
    }


def _points(content: Content) -> dict[str, int]:
    points: Counter[str] = Counter()
    for row in content.rows:
        for finding in row.findings:
            points[finding.target_language or finding.source_language] += POINTS[finding.severity]
    return {code: points[code] for code in content.languages}


def _signature(out: Path) -> dict[str, str]:
    """Return what identifies the run: versions, model and checksums; raises `InputError`."""
    record = record_of(out)
    parts = {name: record.get(name) for name in ("model", "settings", "files")}
    model, settings, files = (part if isinstance(part, dict) else {} for part in parts.values())
    found = {
        "Synoptic": record.get("synoptic"),
        "Python": record.get("python"),
        "model": model.get("name"),
        "model, SHA-256": model.get("sha256"),
        "level": settings.get("level"),
        **{f"{name}, SHA-256": digest for name, digest in files.items()},
    }
    return {name: str(value) for name, value in found.items() if value}
