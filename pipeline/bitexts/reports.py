"""Reports of `synoptic check`: CSV, JSON, SARIF for code review tools, and a summary."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.bitexts.check import BitextReport
from pipeline.bitexts.sarif import sarif_log
from pipeline.datatypes import SEVERITIES, Finding
from pipeline.errors import OutputError
from pipeline.languages.codes import language_name
from pipeline.output.columns import Passage, findings_sheet


def report_text(checked: BitextReport, form: str) -> str:
    """Return the findings as "csv", "json" or "sarif"."""
    table = findings_sheet(checked.findings, passages(checked))
    if form == "csv":
        return table.text()
    value: object = [dict(zip(table.names, row, strict=True)) for row in table.cells()]
    if form == "sarif":
        value = sarif_log(checked)
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def passages(checked: BitextReport) -> dict[str, dict[str, Passage]]:
    """Return the passages of the rows with findings, by row id and language."""
    wanted = {finding.row_id for finding in checked.findings}
    return {
        row.id: {code: Passage(checked.file, "", row.text(code)) for code in row.languages}
        for row in checked.rows
        if row.id in wanted
    }


def write_report(path: Path, text: str) -> None:
    """Write a report atomically: to a temporary file, then renamed; raises `OutputError`."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


def has_severity(findings: list[Finding], severity: str) -> bool:
    """Return whether a finding has at least this severity."""
    limit = SEVERITIES.index(severity)
    return any(SEVERITIES.index(finding.severity) <= limit for finding in findings)


def check_lines(checked: BitextReport) -> Iterator[str]:
    """Yield a summary of the findings for the terminal."""
    languages = dict.fromkeys(code for row in checked.rows for code in row.languages)
    names = ", ".join(language_name(code) for code in languages)
    flagged = len({finding.row_id for finding in checked.findings})
    counts = Counter(finding.severity for finding in checked.findings)
    found = ", ".join(f"{counts[severity]} {severity}" for severity in SEVERITIES if counts[severity])
    yield f"{len(checked.rows)} rows in {names}; findings in {flagged}: {found or 'none'}"
    for rule, count in sorted(Counter(finding.rule for finding in checked.findings).items()):
        yield f"  {count:6} {rule}"
