"""The file `decisions.csv`, which belongs to its users and is append-only.

A write keeps all existing bytes, including columns and marks added by a spreadsheet, appends lines, and
replaces the file by a single rename once everything is on disk. Before the first change of a session the
file is copied to `decisions-backup/`, which keeps the ten newest copies; what is added also goes into the
journal there (`pipeline.decisions.journal`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from pipeline.decisions.journal import BACKUPS, JOURNAL, backup_folder, has_header, opened_journal
from pipeline.decisions.record import COLUMNS, Decision, decision_fields, parse_decision
from pipeline.errors import InputError, OutputError
from pipeline.output.commit import only_writer, sync
from pipeline.output.csv_text import csv_text
from pipeline.output.reader import delimiter_of, read_table
from pipeline.store.plain_files import check_folder, is_file, read_bytes, replacing

DECISIONS = "decisions.csv"
KEPT_BACKUPS = 10

_BLANK = b"\xef\xbb\xbf\r\n "
"""Bytes of a file without a table: the mark of the byte order and line ends."""

_BACKUP = re.compile(r"decisions-[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{6}\.[0-9]{6}Z\.csv")


class Unreadable(NamedTuple):
    """A line that cannot be parsed; it stays in the file."""

    line: int
    reason: str


class Log(NamedTuple):
    """The decisions of a file in order; each id occurs once."""

    decisions: tuple[Decision, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()


def read_decisions(out: Path) -> Log:
    """Return the decisions about the corpus in `out`; raises `InputError` if the file is not a table."""
    try:
        data = read_bytes(_file_of(out))
    except FileNotFoundError:
        return Log()
    except OSError as error:
        raise InputError(f"cannot read {out / DECISIONS}: {error.strerror}") from error
    return parse_decisions(data, str(out / DECISIONS))


def parse_decisions(data: bytes, name: str) -> Log:
    """Return the decisions in a table written by the review page, a person or a spreadsheet."""
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
    """Append the decisions whose ids are new to the file, in one step, and return them.

    They are on disk when this returns. `backup` copies the file first. Raises `InputError`, `OutputError`.
    """
    path = out / DECISIONS
    try:
        with only_writer(out):
            target = _file_of(out)
            old = read_bytes(target) if target.exists() else b""
            if target != path and not old.strip(_BLANK):
                raise OutputError(f"{path} is a link to {target}, which is no file of decisions yet")
            log = parse_decisions(old, str(path)) if old.strip(_BLANK) else Log()
            there = {decision.id for decision in log.decisions}
            new = list({d.id: d for d in decisions if d.id not in there}.values())
            if new:
                with opened_journal(out) as add_to_journal:
                    if backup and old:
                        _back_up(out, old)
                    _replace(target, _with_lines(old, new))
                    add_to_journal(new)  # after it: what nobody has confirmed cannot vanish
            return new
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


def _with_lines(old: bytes, decisions: Sequence[Decision]) -> bytes:
    """Return the bytes of the file with lines appended, in the column order of the file."""
    if not old.strip(_BLANK):
        return csv_text([COLUMNS, *(list(decision_fields(d).values()) for d in decisions)]).encode()
    header = read_table(old, DECISIONS)[0]
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        raise InputError(f"{DECISIONS} lacks the column {missing[0]!r}; restore it before adding decisions")
    delimiter = delimiter_of(old.decode("utf-8-sig"))
    lines = [[decision_fields(d).get(column, "") for column in header] for d in decisions]
    return old + (b"" if old.endswith(b"\n") else b"\n") + csv_text(lines, delimiter).encode()


def vanished_decisions(out: Path, log: Log) -> list[Decision]:
    """Return the decisions that were stored and are not in the log any more; raises `InputError`."""
    try:
        if os.path.lexists(out / BACKUPS):
            check_folder(out / BACKUPS)
        data = read_bytes(out / BACKUPS / JOURNAL)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise InputError(f"cannot read {out / BACKUPS / JOURNAL}: {error.strerror}") from error
    if not has_header(data):
        return []
    there = {decision.id for decision in log.decisions}
    stored = parse_decisions(data, str(out / BACKUPS / JOURNAL)).decisions
    return [decision for decision in stored if decision.id not in there]


def linked_file(out: Path) -> Path | None:
    """Return the file that `decisions.csv` leads to if it is a link, else None; raises `InputError`."""
    target = _file_of(out)
    return None if target == out / DECISIONS else target


def _file_of(out: Path) -> Path:
    """Return the file of decisions: that which a link leads to, if this user or the system has made it.

    It is the only link in the folder of a corpus that is followed. Raises `InputError`.
    """
    path = out / DECISIONS
    if not path.is_symlink():
        return path
    try:
        owner, target = path.lstat().st_uid, path.resolve()
    except (OSError, RuntimeError) as error:  # a circle of links
        raise InputError(f"{path} is a link that leads nowhere") from error
    if owner not in (0, getattr(os, "geteuid", lambda: owner)()):
        raise InputError(
            f"{path} is a link that another user has made; replace it by a file or your own link"
        )
    return target


def _replace(path: Path, data: bytes) -> None:
    """Write a file beside its target, sync it, rename it into place and sync the folder.

    It has the mode of the file that it replaces.
    """
    with replacing(path, keep_mode=True) as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    sync(path.parent)


def _back_up(out: Path, data: bytes) -> None:
    folder = backup_folder(out)
    kept = _backups(folder)
    if kept and read_bytes(kept[-1]) == data:
        return
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S.%fZ")
    _replace(folder / f"decisions-{stamp}.csv", data)
    for path in _backups(folder)[:-KEPT_BACKUPS]:
        path.unlink()


def _backups(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if _BACKUP.fullmatch(path.name) and is_file(path))
