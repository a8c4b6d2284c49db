"""Make a report and write it to a file."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import OutputError, SettingError
from pipeline.report.document import document
from pipeline.report.facts import read_facts
from pipeline.report.html import html_report
from pipeline.report.markdown import markdown_report
from pipeline.store.plain_files import replacing

FORMATS = {"html": html_report, "md": markdown_report}


def report_of(out: Path, form: str = "html") -> str:
    """Return the report on the corpus in the folder `out`, in one of `FORMATS`.

    Raises `SettingError` for another format, `InputError` without a corpus.
    """
    if form not in FORMATS:
        raise SettingError(f"unknown format {form!r}; the formats are {', '.join(FORMATS)}")
    return FORMATS[form](document(read_facts(out)))


def write_report(out: Path, form: str, to: Path | None = None) -> Path:
    """Write the report to a file, by default `out`/report.html, and return its path.

    Raises `InputError` or `OutputError`; an earlier report is replaced only by a whole one.
    """
    text = report_of(out, form)
    path = to or out / f"report.{form}"
    try:
        with replacing(path) as stream:
            stream.write(text.encode("utf-8", "replace"))
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error
    return path
