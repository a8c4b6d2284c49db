"""CSV for spreadsheets, with a byte order mark and guarded against formula injection."""

from __future__ import annotations

from pathlib import Path

from pipeline.decisions.formula_guard import guarded
from pipeline.exports.columns import header, values
from pipeline.exports.content import Content
from pipeline.output.csv_text import csv_text

SUFFIX = ".csv"


def write(content: Content, folder: Path) -> tuple[int, list[str]]:
    """Write `corpus.csv` into the folder; return the number of rows and notes."""
    lines = [[guarded(value) for value in values(row, content.languages)] for row in content.rows]
    text = csv_text([header(content.languages), *lines])
    (folder / f"corpus{SUFFIX}").write_text(text, encoding="utf-8-sig", newline="")
    return len(lines), []
