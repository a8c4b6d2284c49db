"""Finds out what was stated about which files belong together, before anything is read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from pipeline.config import Config
from pipeline.decisions.log import DECISIONS
from pipeline.decisions.pairings import Pairing as Decided
from pipeline.ingestion.ingest import RawFile, find_pairs
from pipeline.matching.stated_files import Remarks
from pipeline.matching.statements import NOTHING_STATED, Statement, Statements, read_statements, same_name

_LISTED = 5
"""Problems that the summary lists; `run.json` has them all."""


class Pairing(NamedTuple):
    """What was stated, and the file that was left unread for it."""

    statements: Statements
    unused: str = ""
    overruled: tuple[str, ...] = ()  # decisions about files that the statements contradict, in words

    def notes(self, remarks: Remarks) -> list[str]:
        """Return what the summary says about it, a line each."""
        notes = [*self.overruled[:_LISTED], *remarks.problems[:_LISTED]]
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
            "problems": [*self.overruled, *remarks.problems],
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


def with_decided(pairing: Pairing, decided: Sequence[Decided], languages: Sequence[str]) -> Pairing:
    """Return what was stated and what reviewers decided; where they differ, the table counts."""
    statements = pairing.statements
    languages_of = {same_name(name): code for row in statements.rows for code, name in row.files}
    stated = {same_name(name): row for row in statements.rows if row.together for _, name in row.files}
    apart = {
        frozenset(map(same_name, pair))
        for row in statements.rows
        if not row.together
        for pair in combinations((name for _, name in row.files), 2)
    }
    rows, overruled = list(statements.rows), []
    for number, each in enumerate(decided, 1):
        files = tuple((file.language, file.name) for file in each.files if file.language in languages)
        names = {same_name(name) for _, name in files}
        if len(files) < 2:
            continue
        if (
            any(languages_of.get(same_name(name), code) != code for code, name in files)
            or (each.together and (names & stated.keys() or any(pair <= names for pair in apart)))
            or (not each.together and any(names <= set(_names(row)) for row in stated.values()))
        ):
            said = "belong together" if each.together else "do not belong together"
            listed = " and ".join(name for _, name in files)
            overruled.append(f"{statements.source} overrules the decision that {listed} {said}")
            continue
        rows.append(Statement(number, files, (), each.together, f"{DECISIONS}, decision {each.decision}"))
    if len(rows) > len(statements.rows):
        digest = hashlib.sha256(repr((statements.sha256, rows)).encode()).hexdigest()
        source = f"{statements.source} and {DECISIONS}" if statements.source else DECISIONS
        statements = Statements(source, tuple(rows), digest, statements.unit)
    return pairing._replace(statements=statements, overruled=tuple(overruled))


def _names(row: Statement) -> list[str]:
    return [same_name(name) for _, name in row.files]


def _without(files: list[RawFile], named: Path, raw: Path) -> list[RawFile]:
    """Return the files without a table of pairs that lies among them."""
    try:
        path = raw.absolute() / named.resolve().relative_to(raw.resolve())
    except ValueError:
        return files
    return [file for file in files if file.path != str(path)]
