"""Decisions about files: which belong to one article, and which do not.

They name files as `articles.csv` does, each with its language. The next run obeys them like lines of
`pairs.csv` (`pipeline.run.steps.pairs`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from pipeline.decisions.record import PAIRING_KINDS, Decision
from pipeline.decisions.resolve import withdrawn

_FILE = re.compile(r"([a-z]{2,3}(?:-[a-z]{2,4})?):(\S[^\n]*)")


class NamedFile(NamedTuple):
    """A file as a decision names it."""

    language: str
    name: str


class Pairing(NamedTuple):
    """What decisions say about some files."""

    files: tuple[NamedFile, ...]
    together: bool
    decision: str  # id of the last one that says so


def files_of(decision: Decision) -> tuple[NamedFile, ...]:
    """Return the files of a decision, which stand in its text, a line each; raises `ValueError`."""
    found = []
    for line in decision.text.split("\n"):
        match = _FILE.fullmatch(line)
        if match is None:
            raise ValueError(f"{line!r} is not a file; write language:name")
        found.append(NamedFile(match[1], match[2]))
    return tuple(found)


def pairings_of(decisions: Sequence[Decision]) -> list[Pairing]:
    """Return what the decisions say in the end; of two that contradict each other the later one counts.

    `join` puts files into one article and takes them out of others. `part` separates the first of its files
    from the others. Decisions that name no files, or two of one language in an article, say nothing.
    """
    cancelled = withdrawn(decisions)
    joined: list[Pairing] = []
    apart: dict[frozenset[NamedFile], Pairing] = {}
    for decision in decisions:
        if decision.kind not in PAIRING_KINDS or decision.id in cancelled:
            continue
        try:
            files = files_of(decision)
        except ValueError:
            continue
        if decision.kind == "join":
            if len({file.language for file in files}) < max(2, len(files)):
                continue
            joined = [*_without(joined, files), Pairing(files, True, decision.id)]
            apart = {pair: said for pair, said in apart.items() if not pair <= set(files)}
        else:
            joined = _without(joined, files[:1])
            pairs = [(one, other) for one, other in product(files[:1], files[1:]) if one != other]
            apart |= {frozenset(pair): Pairing(pair, False, decision.id) for pair in pairs}
    return [*joined, *apart.values()]


def _without(joined: Sequence[Pairing], files: Sequence[NamedFile]) -> list[Pairing]:
    """Return the articles without some files; what is left of one by itself is no article."""
    rest = [each._replace(files=tuple(f for f in each.files if f not in files)) for each in joined]
    return [each for each in rest if len(each.files) > 1]
