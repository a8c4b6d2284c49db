"""Applies the repairs of `pipeline.normalisation.repairs` in order until nothing changes.

Every change is logged, and each repair can be skipped.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from itertools import accumulate

from pipeline.datatypes import Change
from pipeline.normalisation.repairs import REPAIRS, Repair

NORMALISER_VERSION = "4"
"""Part of every cache key that depends on normalised text; incremented when a repair changes."""

MAX_ROUNDS = 5  # one repair may expose work for another; real files converge in two rounds

_TOKENS = re.compile(r"\s+|\S+")


def normalise(text: str, skip: Set[str] = frozenset()) -> tuple[str, tuple[Change, ...]]:
    """Return the repaired text and its changes; the function is idempotent.

    Repairs named in `skip` are not applied. Positions of changes are offsets in the returned text.
    """
    repairs = [repair for repair in REPAIRS if repair.name not in skip] if skip else REPAIRS
    log: list[Change] = []
    for _ in range(MAX_ROUNDS):
        before = text
        for repair in repairs:
            made: list[Change] = []
            text = apply(repair, text, made)
            if made:
                edits = Edits(made)
                log = [change._replace(position=edits.map(change.position)) for change in log]
                log += edits.mapped()
        if text == before:
            break
    return text, tuple(log)


class Edits:
    """The changes of one repair, in order, and the mapping from old to new positions."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self._changes = changes
        self._starts = [change.position for change in changes]
        growth = (len(change.after) - len(change.before) for change in changes)
        self._shifts = list(accumulate(growth, initial=0))

    def map(self, position: int) -> int:
        """Return the new position of an old one; within a change, the corresponding character."""
        k = bisect_right(self._starts, position)
        if k:
            start, change = self._starts[k - 1], self._changes[k - 1]
            if position < start + len(change.before):
                # If the change composed letters, the part before the position got shorter.
                passed = len(unicodedata.normalize("NFC", change.before[: position - start]))
                return start + self._shifts[k - 1] + min(passed, len(change.after))
        return position + self._shifts[k]

    def mapped(self) -> Iterator[Change]:
        """Yield the changes with their new positions."""
        for change, shift in zip(self._changes, self._shifts, strict=False):
            yield change._replace(position=change.position + shift) if shift else change


def apply(repair: Repair, text: str, log: list[Change]) -> str:
    """Apply one repair to `text`, and append its changes, with positions in `text`, to `log`."""
    if repair.applies is not None and not repair.applies(text):
        return text
    function = repair.select(text) if repair.select is not None else repair.function
    if function is None:
        return text
    pieces: list[str] = []
    done = 0
    for match in repair.pattern.finditer(text):
        before, after = match.group(), function(match.group())
        if before != after:
            pieces += (text[done : match.start()], after)
            done = match.end()
            log += _changes(repair.name, match.start(), before, after)
    return "".join((*pieces, text[done:])) if pieces else text


def _changes(name: str, position: int, before: str, after: str) -> Iterator[Change]:
    """Yield the differences word by word, because a repair may match a whole line to change one letter."""
    if " " not in before:
        yield _change(name, position, before, after)
        return
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    if len(old) != len(new):
        old, new = [before], [after]
    for left, right in zip(old, new, strict=True):
        if left != right:
            yield _change(name, position, left, right)
        position += len(left)


def _change(name: str, position: int, before: str, after: str) -> Change:
    """Return the difference between two words, without their common prefix and suffix."""
    if before[:1] != after[:1] and before[-1:] != after[-1:]:
        return Change(name, position, before, after)
    start = _common(before, after)
    end = min(
        _common(before[: start - 1 if start else None : -1], after[: start - 1 if start else None : -1]),
        len(before) - start,
        len(after) - start,
    )
    return Change(name, position + start, before[start : len(before) - end], after[start : len(after) - end])


def _common(left: str, right: str) -> int:
    """Return the length of the common prefix."""
    return next(
        (n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right))
    )
