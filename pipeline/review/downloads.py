"""What the server offers for download: exports of the corpus as it is reviewed now."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.exports.write import export
from pipeline.report.write import report_of

_EXPORTS = ("tmx", "xliff", "xliff12", "xlsx", "csv")
_KINDS = {
    ".tmx": "application/x-tmx+xml",
    ".xlf": "application/x-xliff+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
}

_REPORTS = {"/report.html": "text/html; charset=utf-8", "/report.md": "text/markdown; charset=utf-8"}

DOWNLOADS = (*_REPORTS, *(f"/export/{form}" for form in _EXPORTS))
"""Paths of the downloads."""


class Answer(NamedTuple):
    """What the server sends; a body with the name of a file is stored by the browser, any other is shown."""

    body: bytes
    kind: str
    filename: str = ""
    state: str = ""  # of the log of decisions, for answers about it


def download(out: Path, path: str) -> Answer:
    """Return the file for one of `DOWNLOADS`, made from the corpus in `out`; raises `SynopticError`."""
    if path in _REPORTS:
        name = path.removeprefix("/")
        body = report_of(out, name.rpartition(".")[2]).encode("utf-8", "replace")
        return Answer(body, _REPORTS[path], "" if name.endswith(".html") else name)
    form = path.rpartition("/")[2]
    with tempfile.TemporaryDirectory() as scratch:
        files = export(out, form, Path(scratch) / form).files
        if len(files) == 1:
            [file] = files
            return Answer(file.read_bytes(), _KINDS[file.suffix], file.name)
        return Answer(_zipped(files), "application/zip", f"corpus-{form}.zip")


def _zipped(files: Sequence[Path]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)
    return stream.getvalue()
