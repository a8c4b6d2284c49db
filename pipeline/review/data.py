"""The data of the review page as JSON, read by `assets/script/model/corpus.js`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from pipeline.checks.rules import RULES, Rule
from pipeline.datatypes import SEVERITIES, Finding, Paragraph, Row, fingerprint
from pipeline.decisions.doubts import LOW_CONFIDENCE
from pipeline.decisions.resolve import Resolved
from pipeline.languages.codes import language_name
from pipeline.normalisation.advice import ADVICE
from pipeline.output.sheet import Sheet
from pipeline.review.inert import inert_json
from pipeline.review.loose import LooseFile, loose_records
from pipeline.review.news import NO_NEWS, News
from pipeline.review.page import DATA_VERSION

MAX_ROWS = 50_000
"""Maximum rows per page: some 70 MB, which open within a few seconds; ten times as many do not."""


class Part(NamedTuple):
    """The rows of an article, ready for the page."""

    article: str
    ids: Sequence[str]
    low: int  # rows below `LOW_CONFIDENCE`
    values: Callable[[], Sequence[bytes]]  # returns the `row_values` of each row; called once


def page_data(
    parts: Sequence[Part],
    findings: Sequence[Finding],
    files: Sheet,
    languages: Sequence[str],
    level: str,
    resolved: Resolved,
    loose: Iterable[LooseFile] = (),
    rules: Mapping[str, Rule] = RULES,
    news: News = NO_NEWS,
) -> bytes:
    """Return the page's data without the decisions, as JSON; `files` is the table of `articles.csv`.

    `loose` are those of the files that are in no article, `news` what the page of the last run had not.

    Above `MAX_ROWS` rows, the articles with the least to review are omitted and named in `left_out`.
    """
    left_out = articles_to_omit(parts, findings)
    shown = [part for part in parts if part.article not in left_out]
    findings = [finding for finding in findings if finding.article not in left_out]
    row_of = _row_indices(shown, {finding.article for finding in findings})
    known: dict[str, Any] = {
        "form": DATA_VERSION,
        "level": level,
        "low": LOW_CONFIDENCE,
        "languages": [{"code": code, "name": language_name(code)} for code in languages],
        "severities": list(SEVERITIES),
        "files": {"columns": files.names, "rows": _array(files.cells())},
        "loose": _array(loose_records(loose)),
        "articles": [part.article for part in shown],
        "findings": [_finding(f, row_of[f.article, f.row_id]) for f in findings],
        "rules": {name: rules[name].meaning for name in sorted({finding.rule for finding in findings})},
        "suspicions": _suspicions(files),
        "stale": [[d.id, why] for d, why in resolved.stale()],
        "moved": _moved(resolved, {finding.id for finding in findings}),
        "fulfilled": resolved.fulfilled(),
        "later": {id: sorted(codes) for id, codes in resolved.later.items()},
        "left_out": sorted(left_out),
    }
    if news.rows or news.findings:
        known["news"] = {"rows": sorted(news.rows), "findings": sorted(news.findings)}
    rows = b",".join(
        [
            b'[%d,"%b",%b]' % (k, id.encode(), values)
            for k, part in enumerate(shown)
            for id, values in zip(part.ids, part.values(), strict=True)
        ]
    )
    return b'%b,"rows":[%b]}' % (inert_json(known)[:-1], rows)


def _array(values: Iterable[Any]) -> msgspec.Raw:
    """Return values as a JSON array; as objects they would take several times the memory."""
    return msgspec.Raw(b"[%b]" % b",".join(map(msgspec.json.encode, values)))


def _suspicions(files: Sheet) -> dict[str, str]:
    """Return what the suspicions in the table of files mean, and what to do about each."""
    place = files.names.index("suspicious")
    names = {part.rpartition(" ")[0] for cells in files.cells() for part in cells[place].split("; ") if part}
    return {name: ADVICE.get(name, name) for name in sorted(names)}


def _row_indices(parts: Sequence[Part], articles: Collection[str]) -> dict[tuple[str, str], int]:
    """Return the indices among all rows of the rows of some articles, by article and row id."""
    places: dict[tuple[str, str], int] = {}
    first = 0
    for part in parts:
        if part.article in articles:
            places.update(((part.article, id), k) for k, id in enumerate(part.ids, first))
        first += len(part.ids)
    return places


def _moved(resolved: Resolved, findings: Collection[str]) -> dict[str, list[str | None]]:
    """Return the current article and target of decisions for which they have changed, by decision id.

    The target is None for a dismissal whose finding no longer exists while another finding has its id.
    """
    moved: dict[str, list[str | None]] = {}
    for decision in resolved.decisions:
        home = resolved.split_in.get(decision.id, decision.article)
        article = resolved.found.get(decision.id, (home,))[0]
        target: str | None = decision.target
        if decision.kind == "dismiss":
            target = resolved.aims.get(decision.id, None if target in findings else target)
        if (article, target) != (decision.article, decision.target):
            moved[decision.id] = [article, target]
    return moved


def articles_to_omit(parts: Sequence[Part], findings: Sequence[Finding]) -> set[str]:
    """Return the articles beyond `MAX_ROWS`, those with the least to review."""
    sizes = {part.article: len(part.ids) for part in parts}
    if sum(sizes.values()) <= MAX_ROWS:
        return set()
    to_review = Counter(finding.article for finding in findings if finding.severity != "neutral")
    to_review.update({part.article: part.low for part in parts})
    room, left_out = MAX_ROWS, set()
    for article in sorted(sizes, key=lambda id: (-to_review[id], id)):
        if sizes[article] <= room:
            room -= sizes[article]
        else:
            left_out.add(article)
    return left_out


def row_values(row: Row, languages: Sequence[str]) -> bytes:
    """Return a row's values other than its article and id, as a JSON array without brackets."""
    cells = dict(zip(row.languages, row.cells, strict=True))
    values: list[Any] = [
        round(row.confidence, 4),
        row.review,
        int(row.moved),
        [[_paragraph(p) for p in cells[code]] if code in cells else None for code in languages],
    ]
    if row.rival is not None and row.rival.language in languages:
        language, paragraph, probability = row.rival
        values.append([languages.index(language), paragraph, round(probability, 4)])
    return inert_json(values)[1:-1]


def _paragraph(paragraph: Paragraph) -> list[Any]:
    record: list[Any] = [paragraph.number, fingerprint(paragraph.text), paragraph.text]
    return record if paragraph.kind == "paragraph" else [*record, paragraph.kind]


def _finding(finding: Finding, row: int) -> list[Any]:
    return [
        row,
        finding.id,
        finding.rule,
        SEVERITIES.index(finding.severity),
        finding.source_language,
        finding.target_language,
        _span(finding.source_span),
        _span(finding.target_span),
        finding.message,
        finding.suggestion,
        int(finding.status == "dismissed"),
    ]


def _span(text: str) -> list[int] | None:
    return [int(end) for end in text.split("-")] if text else None
