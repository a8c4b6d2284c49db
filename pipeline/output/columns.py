"""Defines the columns of all output tables and builds the tables.

`docs/output.md` describes the columns for readers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from pipeline.datatypes import SEVERITIES, Change, Finding, Paragraph, Row, Verdict
from pipeline.output.csv_text import csv_text
from pipeline.output.sheet import Column, Sheet, cell, fits, validate, writable
from pipeline.segmentation.paragraph_numbers import format_paragraph_numbers

STATUSES = ("aligned", "partial", "unmatched")
REVIEWS = ("", "approved", "rejected", "repaired")
OPEN, DISMISSED = "open", "dismissed"
FINDING_STATUSES = (OPEN, DISMISSED)
VERDICTS = ("parallel", "partial", "alone", "duplicate", "rejected")

METADATA_COLUMNS = {"title": "title", "author": "author", "date": "date", "url": "url", "source_id": "id"}
"""Columns of `articles.csv` with the file's own metadata, and the `Metadata` field that each shows."""

ARTICLE_COLUMNS = (
    Column("file", str),
    Column("article", str),
    Column("language", str),
    Column("language_confidence", float),
    Column("paragraphs", int),
    Column("verdict", str, VERDICTS),
    Column("score", float),
    Column("reason", str),
    Column("penalty", float, most=math.inf, optional=True),
    Column("repairs", str),
    Column("suspicions", str),
    Column("boilerplate", str),
    *(Column(name, str) for name in METADATA_COLUMNS),
    Column("suspicious", str),
    Column("name", str),
)

REPAIR_COLUMNS = (
    Column("file", str),
    Column("paragraph", int),
    Column("repair", str),
    Column("position", int),
    Column("before", str),
    Column("after", str),
)

_FINDING = (
    Column("id", str),
    Column("row_id", str),
    Column("article", str),
    Column("rule", str),
    Column("issue_type", str),
    Column("category", str),
    Column("severity", str, SEVERITIES),
    Column("source_language", str),
    Column("target_language", str),
    Column("source_span", str),
    Column("target_span", str),
    Column("message", str),
    Column("suggestion", str),
    Column("status", str, FINDING_STATUSES),
)

_PASSAGES = tuple(
    Column(f"{side}_{part}", str) for side in ("source", "target") for part in ("file", "paragraphs", "text")
)

FINDING_COLUMNS = (*_FINDING, *_PASSAGES)


class Passage(NamedTuple):
    """Where the text of a row in one language comes from, and the text."""

    file: str = ""
    paragraphs: str = ""  # their numbers, as in the corpus table
    text: str = ""


Rules = Mapping[str, Mapping[str, Mapping[str, None]]]
"""The rules with findings in each row, by article and row id."""


def named(columns: Iterable[Column], *names: str) -> list[Column]:
    """Return those of the columns with these names."""
    return [column for column in columns if column.name in names]


def corpus_columns(languages: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns of `corpus.csv` for these languages, in order."""
    return _corpus_columns(tuple(languages))


@cache
def _corpus_columns(languages: tuple[str, ...]) -> tuple[Column, ...]:
    return (
        Column("article", str),
        Column("row", int),
        Column("id", str),
        *(Column(text_column(code), str) for code in languages),
        *(Column(f"{code}_paragraphs", str) for code in languages),
        Column("confidence", float),
        Column("status", str, STATUSES),
        Column("findings", str),
        Column("review", str, REVIEWS),
    )


def text_column(language: str) -> str:
    """Return the name of the column with the text in `language`: the language code.

    Indonesian is `id_text`, because `id` is the row's id.
    """
    return "id_text" if language == "id" else language


def corpus_sheet(rows: Sequence[Row], findings: Iterable[Finding], languages: Sequence[str]) -> Sheet:
    """Return the table with one line per `Row`; `languages` are those of the run, in its order."""
    return corpus_part(rows, rules_by_row(findings), languages)


def corpus_part(rows: Sequence[Row], rules: Rules, languages: Sequence[str]) -> Sheet:
    """Return the table of some of the rows; `rules` may cover more rows than these."""
    values: dict[str, list[object]] = {column.name: [] for column in corpus_columns(languages)}
    for row in rows:
        own = {
            "article": row.article,
            "row": row.number,
            "id": row.id,
            **_row_values(row, languages),
            "findings": " ".join(rules.get(row.article, {}).get(row.id, ())),
            "review": row.review,
        }
        for name, value in own.items():
            values[name].append(value)
    return Sheet(corpus_columns(languages), values)


def corpus_line(row: Row, languages: Sequence[str]) -> bytes:
    """Return a line of `corpus.csv` for a row without findings. Raises `ValueError` like `Sheet`."""
    values = _row_values(row, languages)
    columns = [column for column in corpus_columns(languages) if column.name in values]
    for column in columns:
        if not fits(column, values[column.name]):
            validate(column, [values[column.name]])
    fields = [cell(values[column.name]) for column in columns]
    return csv_text([(row.article, row.number, row.id, *fields, "", row.review)]).encode()


def changed_line(line: bytes, was: str, id: str, rules: Iterable[str], review: str) -> bytes:
    """Return a line of `corpus_line` with another id, and with the rules of its open findings."""
    line = line[: -len(_end_of_line((), review))] + _end_of_line(rules, review)
    return line if id == was else line.replace(f'"{was}"'.encode(), f'"{id}"'.encode(), 1)


def _end_of_line(rules: Iterable[str], review: str) -> bytes:
    # Formatted without the csv module because it runs for every row; rule names contain no quotes.
    return f',"{" ".join(rules)}","{review}"\n'.encode()


def corpus_header(languages: Sequence[str]) -> bytes:
    """Return the header of `corpus.csv`."""
    return csv_text([[column.name for column in corpus_columns(languages)]]).encode()


def _row_values(row: Row, languages: Sequence[str]) -> dict[str, object]:
    """Return the values of a row that do not depend on other rows, by column."""
    values: dict[str, object] = {text_column(code): row.text(code) for code in languages}
    values |= {f"{code}_paragraphs": format_paragraph_numbers(_cell(row, code)) for code in languages}
    return values | {"confidence": row.confidence, "status": row.status}


def articles_sheet(verdicts: Sequence[Verdict]) -> Sheet:
    """Return the table with one line per article or rejected file."""
    own = [column for column in ARTICLE_COLUMNS if column.name not in METADATA_COLUMNS]
    values = _fields(own, verdicts)
    for column, name in METADATA_COLUMNS.items():
        values[column] = [writable(getattr(verdict.metadata, name)) for verdict in verdicts]
    return Sheet(ARTICLE_COLUMNS, values)


def repairs_sheet(changes: Iterable[tuple[str, Sequence[Change]]]) -> Sheet:
    """Return the table with one line per change of the normaliser, grouped by file."""
    made = [(file, change) for file, some in changes for change in some]
    values: dict[str, list[object]] = {
        "file": [file for file, _ in made],
        "paragraph": [change.paragraph for _, change in made],
        "repair": [change.name for _, change in made],
        "position": [change.position for _, change in made],
        "before": [writable(change.before) for _, change in made],
        "after": [writable(change.after) for _, change in made],
    }
    return Sheet(REPAIR_COLUMNS, values)


def findings_sheet(
    findings: Sequence[Finding], passages: Mapping[str, Mapping[str, Passage]] = MappingProxyType({})
) -> Sheet:
    """Return the table with one line per finding; `passages` are by row id and language."""
    values = _fields(_FINDING, findings)
    for side in ("source", "target"):
        codes = values[f"{side}_language"]
        shown = [
            passages.get(finding.row_id, {}).get(str(code), Passage())
            for finding, code in zip(findings, codes, strict=True)
        ]
        values |= {f"{side}_{part}": [getattr(p, part) for p in shown] for part in Passage._fields}
    return Sheet(FINDING_COLUMNS, values)


def rules_by_row(findings: Iterable[Finding]) -> Rules:
    """Return the rules with an open finding in each row, without repetition, in the order of the findings."""
    rules: dict[str, dict[str, dict[str, None]]] = {}
    for finding in findings:
        if finding.status != DISMISSED:
            rules.setdefault(finding.article, {}).setdefault(finding.row_id, {})[finding.rule] = None
    return rules


def _cell(row: Row, language: str) -> tuple[Paragraph, ...]:
    return row.cells[row.languages.index(language)] if language in row.languages else ()


def _fields(columns: Sequence[Column], records: Sequence[object]) -> dict[str, list[object]]:
    names = [column.name for column in columns]
    values = zip(*map(attrgetter(*names), records), strict=True) if records else [()] * len(names)
    return dict(zip(names, map(list, values), strict=True))
