"""The file `decisions.csv`: it belongs to people, so it is only ever added to.

A write keeps every byte that is there, whatever columns or marks a spreadsheet has left in it, adds
lines below, and replaces the file by one rename after both are on disk. Before the first change of a
session the file is copied to `decisions-backup/`, of which the ten newest copies are kept.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from pipeline.decisions.record import COLUMNS, Decision, decision_fields, parse_decision
from pipeline.errors import InputError, OutputError
from pipeline.output.csv_text import csv_text
from pipeline.output.reader import delimiter_of, read_table
from pipeline.output.write import only_writer, sync

DECISIONS = "decisions.csv"
BACKUPS = "decisions-backup"
KEPT_BACKUPS = 10

_BOM = b"\xef\xbb\xbf"


class Unreadable(NamedTuple):
    """A line that says nothing a run understands; it stays in the file."""

    line: int
    reason: str


class Log(NamedTuple):
    """The decisions of a file in their order, each id once."""

    decisions: tuple[Decision, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()


def read_decisions(out: Path) -> Log:
    """Return what was decided about the corpus in `out`; raises `InputError` if the file is no table."""
    try:
        data = (out / DECISIONS).read_bytes()
    except FileNotFoundError:
        return Log()
    except OSError as error:
        raise InputError(f"cannot read {out / DECISIONS}: {error.strerror}") from error
    return parse_decisions(data, str(out / DECISIONS))


def parse_decisions(data: bytes, name: str) -> Log:
    """Return the decisions in a table that a page, a person or a spreadsheet has written."""
    header, lines = read_table(data, name)
    missing = [column for column in ("id", "kind") if column not in header]
    if missing:
        raise InputError(f"{name} has no column {missing[0]!r}; the columns are {', '.join(COLUMNS)}")
    found: dict[str, Decision] = {}
    unreadable = []
    for number, line in lines:
        try:
            decision = parse_decision(dict(zip(header, line, strict=False)))
        except ValueError as error:
            unreadable.append(Unreadable(number, str(error)))
        else:
            found.setdefault(decision.id, decision)
    return Log(tuple(found.values()), tuple(unreadable))


def add_decisions(out: Path, decisions: Iterable[Decision], *, backup: bool) -> list[Decision]:
    """Add those decisions whose ids the file does not have, in one step; return them.

    They are on disk when this returns. `backup` copies the file first. Raises `InputError`, `OutputError`.
    """
    path = out / DECISIONS
    try:
        with only_writer(out):
            old = path.read_bytes() if path.exists() else b""
            log = parse_decisions(old, str(path)) if old.strip(_BOM + b"\r\n ") else Log()
            there = {decision.id for decision in log.decisions}
            new = list({d.id: d for d in decisions if d.id not in there}.values())
            if new:
                if backup and old:
                    _back_up(out, old)
                _replace(path, _with_lines(old, new))
            return new
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


def _with_lines(old: bytes, decisions: Sequence[Decision]) -> bytes:
    """Return the bytes of the file with lines added, in the order of the columns that it has."""
    if not old.strip(_BOM + b"\r\n "):
        return csv_text([COLUMNS, *(list(decision_fields(d).values()) for d in decisions)]).encode()
    header = read_table(old, DECISIONS)[0]
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        raise InputError(f"{DECISIONS} has lost its column {missing[0]!r}, so nothing can be added to it")
    delimiter = delimiter_of(old.decode("utf-8-sig"))
    lines = [[decision_fields(d).get(column, "") for column in header] for d in decisions]
    return old + (b"" if old.endswith(b"\n") else b"\n") + csv_text(lines, delimiter).encode()


def _replace(path: Path, data: bytes) -> None:
    """Put the file in place by a rename, when it and then the folder are on disk."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
    sync(path.parent)


def _back_up(out: Path, data: bytes) -> None:
    folder = out / BACKUPS
    folder.mkdir(exist_ok=True)
    kept = sorted(folder.glob("decisions-*.csv"))
    if kept and kept[-1].read_bytes() == data:
        return
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S.%fZ")
    _replace(folder / f"decisions-{stamp}.csv", data)
    for path in sorted(folder.glob("decisions-*.csv"))[:-KEPT_BACKUPS]:
        path.unlink()
