"""Finds out what was stated about which files belong together, before anything is read."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pipeline.config import Config
from pipeline.ingestion.ingest import RawFile, find_pairs
from pipeline.matching.stated_files import Remarks
from pipeline.matching.statements import NOTHING_STATED, Statements, read_statements

_LISTED = 5
"""Problems that the summary lists; `run.json` has them all."""


class Pairing(NamedTuple):
    """What was stated, and the file that was left unread for it."""

    statements: Statements
    unused: str = ""

    def notes(self, remarks: Remarks) -> list[str]:
        """Return what the summary says about it, a line each."""
        notes = list(remarks.problems[:_LISTED])
        if len(remarks.problems) > _LISTED:
            notes.append(f"{self.statements.source}: {len(remarks.problems) - _LISTED:,} more, see run.json")
        if self.unused:
            notes.append(f"{self.unused} in the raw folder is not used, because other pairs were given")
        return notes

    def record(self, remarks: Remarks) -> dict[str, object] | None:
        """Return what `run.json` says about it; None if nothing was stated."""
        statements, unused = self.statements, self.unused
        if not statements.source:
            return None
        return {
            "source": statements.source,
            "sha256": statements.sha256,
            "rows": len(statements.rows),
            "problems": list(remarks.problems),
            "unused": unused or None,
        }


def pairing_of(
    config: Config, files: list[RawFile], given: Statements | None
) -> tuple[Pairing, list[RawFile]]:
    """Return what was stated, and the files without the one that states it; raises `InputError`.

    What is `given` wins over the file that the settings name, and that over `pairs.csv` in the raw folder.
    """
    inside = find_pairs(config.raw)
    named = config.pairs if given is None else None
    if named is not None:
        files = _without(files, named, config.raw)
        statements = read_statements(named, named.name, config.languages)
        unused = inside if inside is not None and inside.resolve() != named.resolve() else None
    elif given is not None:
        statements, unused = given, inside
    elif inside is not None:
        statements, unused = read_statements(inside, inside.name, config.languages), None
    else:
        statements, unused = NOTHING_STATED, None
    return Pairing(statements, unused.name if unused else ""), files


def _without(files: list[RawFile], named: Path, raw: Path) -> list[RawFile]:
    """Return the files without a table of pairs that lies among them."""
    try:
        path = raw.absolute() / named.resolve().relative_to(raw.resolve())
    except ValueError:
        return files
    return [file for file in files if file.path != str(path)]
