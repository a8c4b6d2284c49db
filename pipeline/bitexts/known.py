"""What is known of findings from earlier: those of a baseline, and those that somebody has dismissed.

A finding is known by its id, which comes from its rule and texts and not from its place, so rows may move.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.bitexts.check import BitextReport
from pipeline.datatypes import unlike_number
from pipeline.decisions.formula_guard import unguarded
from pipeline.errors import InputError
from pipeline.ingestion.encodings import decode
from pipeline.output.columns import DISMISSED
from pipeline.store.plain_files import read_bytes

FINGERPRINT = "synoptic/v1"
"""The name of the id among the fingerprints of SARIF."""

NO = frozenset(("", "no", "n", "0", "false", "-", "open", "nie", "아니요"))
"""What a cell `dismiss` says of a finding that is to stay."""


class Known(NamedTuple):
    """The findings in files from earlier."""

    ids: frozenset[str]
    dismissed: frozenset[str]
    comments: Mapping[str, str]  # by id


def read_known(paths: Iterable[Path]) -> Known:
    """Return the findings in reports of `synoptic check` or of a run: CSV, XLSX, JSON or SARIF.

    A finding is dismissed if its `status` or SARIF's suppression says so, or if its cell `dismiss` is filled;
    a table of decisions dismisses what its lines of the kind `dismiss` name. Of several files, the later one
    counts. Raises `InputError`.
    """
    states: dict[str, bool] = {}
    comments: dict[str, str] = {}
    for path in paths:
        for id, dismissed, comment in _read(path):
            id = unlike_number(id)  # once it could be a number
            states[id], comments[id] = dismissed, comment
    gone = frozenset(id for id, is_dismissed in states.items() if is_dismissed)
    return Known(frozenset(states), gone, {id: text for id, text in comments.items() if text})


def with_known(checked: BitextReport, baseline: Known | None, judged: Known | None) -> BitextReport:
    """Return a report without the findings of the baseline, and with the judgements from earlier."""
    findings = [finding for finding in checked.findings if baseline is None or finding.id not in baseline.ids]
    left_out = len(checked.findings) - len(findings)
    if judged is None:
        return checked._replace(findings=findings, known=left_out)
    findings = [
        finding._replace(status=DISMISSED) if finding.id in judged.dismissed else finding
        for finding in findings
    ]
    return checked._replace(findings=findings, known=left_out, comments=judged.comments)


_Entry = tuple[str, bool, str]
"""Id, whether dismissed, and comment of a finding."""


def _read(path: Path) -> list[_Entry]:
    try:
        data = read_bytes(path, follow=True)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    if data[:4] == b"PK\x03\x04":
        return _of_xlsx(path)
    decoded = decode(data)
    if isinstance(decoded, str):
        raise InputError(f"{path} {decoded}")
    if decoded.text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        return _of_json(decoded.text, path)
    return _of_csv(decoded.text, path)


def _of_xlsx(path: Path) -> list[_Entry]:
    from pipeline.output.xlsx import read_xlsx

    header, lines = read_xlsx(path)
    return _of_table(header, [cells for _, cells in lines], path)


def _of_csv(text: str, path: Path) -> list[_Entry]:
    csv.field_size_limit(sys.maxsize)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise InputError(f"{path} is no table of findings: {error}") from error
    return _of_table(lines[0] if lines else [], [list(map(unguarded, line)) for line in lines[1:]], path)


def _of_table(header: Sequence[str], lines: Iterable[Sequence[str]], path: Path) -> list[_Entry]:
    names = [name.strip().lower() for name in header]
    records = [dict(zip(names, line, strict=False)) for line in lines]
    if {"kind", "target"} <= set(names):
        return _of_decisions(records)
    if "id" not in names or not {"rule", "dismiss"} & set(names):
        raise InputError(f"{path} is no table of findings: it needs the columns id, and rule or dismiss")
    return [_entry(record) for record in records if record.get("id", "").strip()]


def _of_decisions(records: Iterable[Mapping[str, str]]) -> list[_Entry]:
    """Return the dismissals in a table of decisions that are not withdrawn."""
    made: dict[str, _Entry] = {}
    for record in records:
        kind, target = record.get("kind", ""), record.get("target", "")
        if kind == "dismiss":
            made[record.get("id", "") or target] = (target, True, record.get("text", ""))
        elif kind == "withdraw":
            made.pop(target, None)
    return list(made.values())


def _entry(record: Mapping[str, str]) -> _Entry:
    """Return a line of a table; a column `dismiss` counts for more than the status that it was made from."""
    said = record["dismiss"] if "dismiss" in record else record.get("status", "")
    said = "" if "dismiss" not in record and said.strip().lower() != DISMISSED else said
    return record["id"].strip(), said.strip().lower() not in NO, record.get("comment", "").strip()


def _of_json(text: str, path: Path) -> list[_Entry]:
    try:
        value = json.loads(text.lstrip("\ufeff"))
        return _of_sarif(value) if isinstance(value, dict) else _of_records(value)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(f"{path} is neither JSON nor SARIF of findings: {error}") from error


def _of_records(records: list[Mapping[str, Any]]) -> list[_Entry]:
    return [_entry({"id": "", **{key: str(value) for key, value in record.items()}}) for record in records]


def _of_sarif(log: Mapping[str, Any]) -> list[_Entry]:
    """Return the results of a SARIF log that have a fingerprint of ours."""
    found = []
    for run in log["runs"]:
        for result in run.get("results", []):
            id = result.get("partialFingerprints", {}).get(FINGERPRINT)
            suppressed = [each for each in result.get("suppressions", []) if each.get("status") != "rejected"]
            comment = next((each.get("justification", "") for each in suppressed), "")
            if id:
                found.append((str(id), bool(suppressed), str(comment)))
    return found
