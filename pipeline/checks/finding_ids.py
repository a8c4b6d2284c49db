"""Ids of findings: those of the same rule and texts are told apart by their turn in the run."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from pipeline.datatypes import digest_of_id, unlike_number

_ID = re.compile("[0-9a-p][0-9a-f]{15}")

_TURNS = 100
"""Of findings alike that are gone, so many are recognised."""


def id_of_turn(first: str, turn: int) -> str:
    """Return the id of the finding that is the 1st, 2nd, ... of those alike, from the id of the first."""
    if turn > 1:
        digest = bytes.fromhex(digest_of_id(first)) + str(turn).encode()
        first = hashlib.blake2b(digest, digest_size=8).hexdigest()
    return unlike_number(first)


class Alike:
    """Tells which findings have the same rule and texts, by their ids in the order of the run."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._first: dict[str, str] = {}
        self._known: dict[str, set[str]] = {}
        following: dict[str, tuple[str, int]] = {}
        for id in ids:
            first, turn = following.pop(id, (id, 1))
            self._first[id] = first
            if _ID.fullmatch(first):  # the table may have been edited
                following[id_of_turn(first, turn + 1)] = first, turn + 1

    def are(self, finding: str, other: str) -> bool:
        """Whether a finding is alike another one, which need not be there any more."""
        first = self._first[finding]
        if self._first.get(other) == first or not _ID.fullmatch(first):
            return self._first.get(other) == first
        if first not in self._known:
            self._known[first] = {id_of_turn(first, turn) for turn in range(1, _TURNS + 1)}
        return other in self._known[first]
