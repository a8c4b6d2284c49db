"""Adds the decisions in a file to the log of a corpus, all or none."""

from __future__ import annotations

from pathlib import Path

from pipeline.decisions.incoming import Incoming, read_incoming, read_known
from pipeline.decisions.log import add_decisions, read_decisions
from pipeline.errors import ConflictError
from pipeline.output.commit import recover


def apply_file(file: Path, out: Path, dry_run: bool = False, overrule: bool = False) -> Incoming:
    """Return the decisions in a file after adding them to those of the corpus in `out`.

    With `dry_run` nothing is written. Raises `ConflictError`, before anything is written, if decisions
    contradict each other and the file does not `overrule`; any other `SynopticError` may be raised too.
    """
    recover(out)
    incoming = read_incoming(file, read_known(out), read_decisions(out))
    if incoming.conflicts and not overrule and not dry_run:
        raise ConflictError(incoming.conflicts, incoming.warnings)
    if not dry_run:
        add_decisions(out, incoming.decisions, backup=True)
    return incoming
