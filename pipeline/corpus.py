"""The tables that a run hands over, as pandas DataFrames; their columns stand here and nowhere else.

`docs/output.md` explains the columns to their readers.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from pipeline.datatypes import SEVERITIES, Article, Finding, Paragraph, Row, Verdict


class Column(NamedTuple):
    """A column of an output table."""

    name: str
    type: type[str] | type[int] | type[float]
    allowed: tuple[str, ...] = ()  # the only values it can have, if there are few
    most: float = 1.0  # a float is a probability or a score, 0..1, if nothing else is said
    optional: bool = False  # a float may be missing


STATUSES = ("aligned", "partial", "unmatched")
REVIEWS = ("", "approved", "rejected", "repaired")
OPEN, DISMISSED = "open", "dismissed"
FINDING_STATUSES = (OPEN, DISMISSED)
VERDICTS = ("parallel", "partial", "alone", "duplicate", "rejected")

METADATA_COLUMNS = {"title": "title", "author": "author", "date": "date", "url": "url", "source_id": "id"}
"""Columns of `articles.csv` that say what the file says, and the field of `Metadata` that each shows."""

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
)

REPAIR_COLUMNS = (
    Column("file", str),
    Column("paragraph", int),
    Column("repair", str),
    Column("position", int),
    Column("before", str),
    Column("after", str),
)

FINDING_COLUMNS = (
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


Rules = Mapping[tuple[str, str], Mapping[str, None]]
"""The rules found in each row, by article and row id."""

PART = 50_000
"""Rows of a part of the corpus."""


def corpus_columns(languages: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns of `corpus.csv` for these languages, in order."""
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
    """Return the name of the column with the text in `language`: its code.

    Indonesian is `id_text`, because `id` is the row's.
    """
    return "id_text" if language == "id" else language


def corpus_frame(rows: Sequence[Row], findings: Iterable[Finding], languages: Sequence[str]) -> pd.DataFrame:
    """Return the table with one row for every `Row`; `languages` are those of the run, in its order."""
    return _corpus_frame(rows, _rules_by_row(findings), languages)


def corpus_frames(
    rows: Sequence[Row], findings: Iterable[Finding], languages: Sequence[str]
) -> Iterator[pd.DataFrame]:
    """Yield the same table in parts, which are small beside the rows of a large corpus."""
    rules = _rules_by_row(findings)
    for start in range(0, max(1, len(rows)), PART):
        yield _corpus_frame(rows[start : start + PART], rules, languages)


def _corpus_frame(rows: Sequence[Row], rules: Rules, languages: Sequence[str]) -> pd.DataFrame:
    values: dict[str, list[object]] = {
        "article": [row.article for row in rows],
        "row": [row.number for row in rows],
        "id": [row.id for row in rows],
        "confidence": [row.confidence for row in rows],
        "status": [row.status for row in rows],
        "findings": [" ".join(rules[row.article, row.id]) for row in rows],
        "review": [row.review for row in rows],
    }
    for language in languages:
        values[text_column(language)] = [row.text(language) for row in rows]
        values[f"{language}_paragraphs"] = [paragraph_numbers(_cell(row, language)) for row in rows]
    return _frame(corpus_columns(languages), values)


def articles_frame(verdicts: Sequence[Verdict]) -> pd.DataFrame:
    """Return the table with one row for every raw file."""
    own = [column for column in ARTICLE_COLUMNS if column.name not in METADATA_COLUMNS]
    values = _fields(own, verdicts)
    for column, field in METADATA_COLUMNS.items():
        values[column] = [_writable(getattr(verdict.metadata, field)) for verdict in verdicts]
    return _frame(ARTICLE_COLUMNS, values)


def repairs_frame(articles: Iterable[Article]) -> pd.DataFrame:
    """Return the table with one row for every change that the normaliser made, file by file."""
    made = [(article.file, change) for article in articles for change in article.changes]
    values: dict[str, list[object]] = {
        "file": [file for file, _ in made],
        "paragraph": [change.paragraph for _, change in made],
        "repair": [change.name for _, change in made],
        "position": [change.position for _, change in made],
        "before": [_writable(change.before) for _, change in made],
        "after": [_writable(change.after) for _, change in made],
    }
    return _frame(REPAIR_COLUMNS, values)


def findings_frame(findings: Sequence[Finding]) -> pd.DataFrame:
    """Return the table with one row for every finding."""
    return _frame(FINDING_COLUMNS, _fields(FINDING_COLUMNS, findings))


def _rules_by_row(findings: Iterable[Finding]) -> Rules:
    """Return the rules with an open finding in each row: every rule once, in the order of the findings."""
    rules: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for finding in findings:
        if finding.status != DISMISSED:
            rules[finding.article, finding.row_id][finding.rule] = None
    return rules


def _cell(row: Row, language: str) -> tuple[Paragraph, ...]:
    return row.cells[row.languages.index(language)] if language in row.languages else ()


def paragraph_numbers(cell: Iterable[Paragraph]) -> str:
    """Return the paragraphs' numbers as ranges, as in `4-5` or, with a gap, `4-5,7`."""
    ranges: list[list[int]] = []
    for number in dict.fromkeys(paragraph.number for paragraph in cell):
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    return ",".join("-".join(map(str, numbers)) for numbers in ranges)


def _fields(columns: Sequence[Column], records: Sequence[object]) -> dict[str, list[object]]:
    return {column.name: [getattr(record, column.name) for record in records] for column in columns}


def _frame(columns: Sequence[Column], values: Mapping[str, list[object]]) -> pd.DataFrame:
    """Return the table; raises `ValueError` where a value cannot stand in its column."""
    for column in columns:
        _validate(column, values[column.name])
    kinds = {str: object, int: "int64", float: "float64"}
    # The type object and not pandas' own string type, which may be backed by Arrow and then differs.
    return pd.DataFrame(
        {column.name: pd.Series(values[column.name], dtype=kinds[column.type]) for column in columns},
        columns=pd.Index([column.name for column in columns], dtype=object),
    )


def _validate(column: Column, values: Sequence[object]) -> None:
    for number, value in enumerate(values):
        if not _fits(column, value):
            raise ValueError(f"column {column.name!r} cannot hold {value!r} (row {number})")


def _fits(column: Column, value: object) -> bool:
    if isinstance(value, str):
        return column.type is str and (not column.allowed or value in column.allowed) and _encodable(value)
    if column.type is float:
        if value is None:
            return column.optional
        return isinstance(value, float | int) and 0.0 <= value <= column.most and value != math.inf  # no NaN
    return column.type is int and isinstance(value, int) and value >= 0


def _writable(text: str) -> str:
    r"""Return a text with the halves of characters, which no file can hold, written `\udcff`."""
    return text if _encodable(text) else text.encode("utf-8", "backslashreplace").decode()


def _encodable(text: str) -> bool:
    """Return whether UTF-8 can hold the text: lone surrogates, which normalising takes out, it cannot."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
