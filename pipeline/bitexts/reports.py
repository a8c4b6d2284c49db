"""Reports of `synoptic check`: CSV, JSON, SARIF for code review tools, HTML, XLSX, and a summary."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.bitexts.check import BitextReport
from pipeline.bitexts.html_report import html_report
from pipeline.bitexts.sarif import sarif_log
from pipeline.datatypes import SEVERITIES, Finding
from pipeline.errors import OutputError, SettingError
from pipeline.languages.codes import language_name
from pipeline.output.columns import DISMISSED, Passage, findings_sheet
from pipeline.store.plain_files import replacing

FORMS = ("csv", "json", "sarif", "html", "xlsx")

_SUFFIXES = {".htm": "html", ".txt": "csv"} | {f".{form}": form for form in FORMS}


def form_of(path: Path) -> str:
    """Return the format that a file's name asks for, "csv" if it asks for none.

    Raises `SettingError` if it asks for one that no report has.
    """
    suffix = path.suffix.lower()
    if suffix and suffix not in _SUFFIXES:
        raise SettingError(
            f"there is no report as {suffix}; the file of --out can end in {', '.join(sorted(_SUFFIXES))}, "
            "or --format says what it is"
        )
    return _SUFFIXES.get(suffix, "csv")


def report(checked: BitextReport, form: str) -> bytes:
    """Return the findings in one of the `FORMS`."""
    if form == "xlsx":
        from pipeline.bitexts.xlsx_report import xlsx_report  # only needed for this form

        return xlsx_report(checked)
    return _text(checked, form).encode()


def _text(checked: BitextReport, form: str) -> str:
    if form == "html":
        return html_report(checked)
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


def write_report(path: Path, content: bytes) -> None:
    """Write a report atomically: to a temporary file, then renamed; raises `OutputError`."""
    try:
        with replacing(path) as stream:
            stream.write(content)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


def has_severity(findings: list[Finding], severity: str) -> bool:
    """Return whether an open finding has at least this severity."""
    limit = SEVERITIES.index(severity)
    return any(SEVERITIES.index(f.severity) <= limit for f in findings if f.status != DISMISSED)


def check_lines(checked: BitextReport) -> Iterator[str]:
    """Yield a summary of the open findings for the terminal."""
    languages = dict.fromkeys(code for row in checked.rows for code in row.languages)
    names = ", ".join(language_name(code) for code in languages)
    flagged = len({finding.row_id for finding in checked.open})
    counts = Counter(finding.severity for finding in checked.open)
    found = ", ".join(f"{counts[severity]} {severity}" for severity in SEVERITIES if counts[severity])
    yield f"{len(checked.rows)} rows in {names}; findings in {flagged}: {found or 'none'}"
    dismissed = len(checked.findings) - len(checked.open)
    others = {"dismissed": dismissed, "in the baseline": checked.known}
    if any(others.values()):
        yield "  not counted: " + ", ".join(f"{count} {what}" for what, count in others.items() if count)
    for rule, count in sorted(Counter(finding.rule for finding in checked.open).items()):
        yield f"  {count:6} {rule}"
