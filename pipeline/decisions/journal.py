"""The journal: what was stored in `decisions.csv`, in a file that no spreadsheet has open.

`decisions.csv` belongs to people. An old copy that somebody saves over it takes decisions with it that the
server had confirmed. They are still in the journal, so that they are missed, named and can be taken in again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from pipeline.decisions.record import COLUMNS, Decision, decision_fields
from pipeline.errors import OutputError
from pipeline.invocation import quoted, synoptic
from pipeline.output.commit import sync
from pipeline.output.csv_text import csv_text
from pipeline.store.plain_files import make_folder, opened_to_append

BACKUPS = "decisions-backup"
JOURNAL = "journal.csv"


def backup_folder(out: Path) -> Path:
    """Return the folder of backups, which is made where it is missing; a link raises `OutputError`."""
    folder = out / BACKUPS
    try:
        make_folder(folder)
    except OSError as error:
        raise OutputError(f"cannot keep backups in {folder}: {error.strerror}") from error
    return folder


@contextmanager
def opened_journal(out: Path) -> Iterator[Callable[[Sequence[Decision]], None]]:
    """Open the journal and yield a function that appends decisions, on disk when it returns.

    Raises `OSError` or `OutputError` before anything is changed, for instance if a link stands in its place.
    """
    folder = backup_folder(out)
    try:
        stream = opened_to_append(folder / JOURNAL)
    except OSError as error:
        raise OutputError(f"cannot write {folder / JOURNAL}: {error.strerror}") from error
    with stream:
        yield partial(_append, stream, folder)


def _append(stream: BinaryIO, folder: Path, decisions: Sequence[Decision]) -> None:
    begun = _has_header(stream)
    if not begun:
        stream.truncate(0)
    lines = [list(decision_fields(decision).values()) for decision in decisions]
    # A line that the loss of power has cut short ends here; it is named as one that makes no sense.
    stream.write(b"\n" if begun and _is_cut(stream) else b"")
    stream.write(csv_text(lines if begun else [COLUMNS, *lines]).encode())
    stream.flush()
    os.fsync(stream.fileno())
    if not begun:
        sync(folder)


def _has_header(stream: BinaryIO) -> bool:
    """Return whether the first line is whole; if not, nothing was ever stored behind it."""
    stream.seek(0)
    return has_header(stream.readline())


def has_header(data: bytes) -> bool:
    """Return whether the journal begins with a whole line: it may be killed before it has written one."""
    return b"\n" in data


def _is_cut(stream: BinaryIO) -> bool:
    stream.seek(-1, os.SEEK_END)
    return stream.read(1) != b"\n"


def note_on_vanished(out: Path, vanished: Sequence[Decision]) -> list[str]:
    """Return a note on decisions that are in the journal alone, and how to get them back; none for none."""
    if not vanished:
        return []
    path = out / BACKUPS / JOURNAL
    number = f"{len(vanished):,} stored decision{'s are' if len(vanished) > 1 else ' is'}"
    command = synoptic(f"apply {quoted(path)} {quoted(out)}")
    return [
        f"{number} not in decisions.csv any more: was an older copy saved over it? "
        f"This gets them back: {command} (or delete {path} if they are to stay away)"
    ]
