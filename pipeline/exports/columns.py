"""Columns of the spreadsheet exports: those of `corpus.csv` and one for comments."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.exports.content import ExportRow
from pipeline.output.columns import corpus_columns


def header(languages: Sequence[str]) -> list[str]:
    """Return the column names."""
    return [*(column.name for column in corpus_columns(languages)), "comment"]


def values(row: ExportRow, languages: Sequence[str]) -> list[str]:
    """Return the cells of a row in column order; the comment is left empty for the reviewer."""
    return [
        row.article,
        str(row.number),
        row.id,
        *(row.texts.get(code, "") for code in languages),
        *(row.paragraphs.get(code, "") for code in languages),
        row.confidence,
        row.status,
        " ".join(dict.fromkeys(finding.rule for finding in row.findings)),
        row.review,
        "",
    ]
