"""The columns of the exports for spreadsheets: those of `corpus.csv`, and one for a comment."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.exports.content import ExportRow
from pipeline.output.columns import corpus_columns


def header(languages: Sequence[str]) -> list[str]:
    """Return the names of the columns."""
    return [*(column.name for column in corpus_columns(languages)), "comment"]


def values(row: ExportRow, languages: Sequence[str]) -> list[str]:
    """Return a row, in the order of the columns; the comment is for the reader to write."""
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
