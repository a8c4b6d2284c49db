"""The findings of a file as a list for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from pipeline.cli.text import printable

if TYPE_CHECKING:
    from pipeline.bitexts.check import BitextReport
    from pipeline.bitexts.passages import Flagged
    from pipeline.datatypes import Finding

_COLOURS = {"critical": "red", "major": "red", "minor": "yellow", "neutral": "cyan"}

_AROUND = 60
"""Characters of a text that are shown on either side of a passage."""


def finding_lines(checked: BitextReport) -> Iterator[str]:
    """Yield the open findings, row by row, each with its passages in brackets."""
    from pipeline.bitexts.passages import flagged_rows

    for flagged in flagged_rows(checked, checked.open):
        yield from _row_lines(checked, flagged)
        yield ""


def _row_lines(checked: BitextReport, flagged: Flagged) -> Iterator[str]:
    row = flagged.row
    line = checked.lines.get(row.id)
    article = "" if row.article in ("", PurePath(checked.file).stem) else f"{row.article} · "
    place = f"line {line}" if line else f"row {row.number}"
    yield click.style(printable(f"{article}{row.id} ({place})"), bold=True)
    for finding in flagged.findings:
        severity = click.style(finding.severity, fg=_COLOURS[finding.severity], bold=True)
        yield f"  {severity}: {printable(finding.message)} [{finding.rule}]"
        yield from _passages(flagged, finding)
        if finding.suggestion:
            yield f"    suggestion: {printable(finding.suggestion)}"


def _passages(flagged: Flagged, finding: Finding) -> Iterator[str]:
    for language in filter(None, (finding.source_language, finding.target_language)):
        text = flagged.row.text(language) if language in flagged.row.languages else ""
        yield f"    {language}: {_passage(text, finding, language) if text else '(no text)'}"


def _passage(text: str, finding: Finding, language: str) -> str:
    """Return a text with the span of a finding in brackets, or the beginning of one that has none."""
    from pipeline.bitexts.passages import span_in

    span = span_in(finding, language)
    start, end = span or (0, 0)
    before = text[max(0, start - _AROUND) : start]
    after = text[end : end + (_AROUND if span else 2 * _AROUND)]
    marked = click.style(f"[{_one_line(text[start:end])}]", bold=True) if span else ""
    first = "…" if start > _AROUND else ""
    last = "…" if end + len(after) < len(text) else ""
    return f"{first}{_one_line(before)}{marked}{_one_line(after)}{last}"


def _one_line(text: str) -> str:
    return printable(text.replace("\r\n", "\n").replace("\n", "⏎"))
