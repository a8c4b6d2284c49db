"""The rows of a corpus as the queue of doubts sees them."""

from __future__ import annotations

from pathlib import Path

from pipeline.datatypes import REJECTED, REPAIRED
from pipeline.decisions.doubts import Doubt, Forecast, forecast, points_of
from pipeline.exports.content import Content, ExportRow, read_content


def doubts_of(content: Content) -> list[Doubt]:
    """Return the doubt about each row."""
    return [_doubt(row) for row in content.rows]


def forecast_of(out: Path) -> Forecast:
    """Return what is left to look at in the corpus in the folder `out`; raises `InputError`."""
    return forecast(doubts_of(read_content(out)))


def _doubt(row: ExportRow) -> Doubt:
    found = len(row.findings)
    faulty = row.review == REJECTED or any(remark.language for remark in row.remarks)
    return Doubt(
        float(row.confidence),
        points_of(finding.severity for finding in row.findings),
        any(finding.severity != "neutral" for finding in row.findings),
        row.review or (REPAIRED if row.retied else ""),
        not row.settled,
        row.dismissed,
        found if faulty else 0,
        not row.is_boilerplate(),
    )
