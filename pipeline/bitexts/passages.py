"""The texts of a row with the passages that its findings are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.bitexts.check import BitextReport
from pipeline.datatypes import SEVERITIES, Finding, Row, Span


class Flagged(NamedTuple):
    """A row and its findings."""

    row: Row
    findings: list[Finding]

    @property
    def severity(self) -> str:
        """The gravest severity among the findings."""
        return min((finding.severity for finding in self.findings), key=SEVERITIES.index)


class Piece(NamedTuple):
    """Part of a text, and the numbers of the findings that it belongs to or that end with it."""

    text: str
    inside: tuple[int, ...]
    ending: tuple[int, ...]


def flagged_rows(checked: BitextReport, findings: Sequence[Finding]) -> list[Flagged]:
    """Return the rows with any of these findings, in the order of the file."""
    by_row: dict[str, list[Finding]] = {}
    for finding in findings:
        by_row.setdefault(finding.row_id, []).append(finding)
    return [Flagged(row, by_row[row.id]) for row in checked.rows if row.id in by_row]


def span_in(finding: Finding, language: str) -> Span | None:
    """Return the span of a finding in the text of a language, if it has one there."""
    for code, span in (
        (finding.source_language, finding.source_span),
        (finding.target_language, finding.target_span),
    ):
        if code == language and span:
            start, _, end = span.partition("-")
            return int(start), int(end)
    return None


def pieces(text: str, spans: Sequence[Span | None]) -> Iterator[Piece]:
    """Cut a text where a span begins or ends; the spans are those of findings 1, 2, ..."""
    known = [(number, span) for number, span in enumerate(spans, 1) if span]
    cuts = sorted({0, len(text), *(min(end, len(text)) for _, span in known for end in span)})
    empty = tuple(number for number, span in known if span == (0, 0))
    if empty:
        yield Piece("", empty, empty)
    for start, end in pairwise(cuts):
        inside = tuple(number for number, span in known if span[0] <= start and end <= span[1])
        yield Piece(text[start:end], inside, tuple(n for n, span in known if n in inside and span[1] == end))
        gaps = tuple(number for number, span in known if span == (end, end))
        if gaps:
            yield Piece("", gaps, gaps)
