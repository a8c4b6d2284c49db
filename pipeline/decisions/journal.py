"""The journal: what was stored in `decisions.csv`, in a file that no spreadsheet has open.

`decisions.csv` belongs to people. An old copy that somebody saves over it takes decisions with it that the
server had confirmed. They are still in the journal, so that they are missed, named and can be taken in again.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from pipeline.decisions.record import COLUMNS, Decision, decision_fields
from pipeline.errors import OutputError
from pipeline.invocation import quoted, synoptic
from pipeline.output.commit import sync
from pipeline.output.csv_text import csv_text

BACKUPS = "decisions-backup"
JOURNAL = "journal.csv"


def backup_folder(out: Path) -> Path:
    """Return the folder of backups, which is made where it is missing; a link raises `OutputError`."""
    folder = out / BACKUPS
    if folder.is_symlink():
        raise OutputError(f"{folder} is a symbolic link; backups are kept in a folder of the corpus only")
    folder.mkdir(exist_ok=True)
    return folder


def add_to_journal(out: Path, decisions: Sequence[Decision]) -> None:
    """Append decisions to the journal, on disk when this returns; raises `OSError`, `OutputError`."""
    folder = backup_folder(out)
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(folder / JOURNAL, flags, 0o600)
    with os.fdopen(handle, "ab") as stream:
        begun = os.fstat(handle).st_size > 0
        lines = [list(decision_fields(decision).values()) for decision in decisions]
        # A line that the loss of power has cut short ends here; it is named as one that makes no sense.
        stream.write(b"\n" if begun and _is_cut(folder / JOURNAL) else b"")
        stream.write(csv_text(lines if begun else [COLUMNS, *lines]).encode())
        stream.flush()
        os.fsync(handle)
    if not begun:
        sync(folder)


def _is_cut(path: Path) -> bool:
    with path.open("rb") as stream:
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
