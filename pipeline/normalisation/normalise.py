"""Text clean-up that repairs and never rewrites; every change is logged, and each repair can be left out.

`pipeline.normalisation.repairs` holds the repairs; here they are applied, one after the other, until nothing
changes.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from itertools import accumulate

from pipeline.datatypes import Change
from pipeline.normalisation.repairs import REPAIRS, Repair

NORMALISER_VERSION = "3"
"""Part of every cache key that depends on normalised text; raised when a repair changes."""

MAX_ROUNDS = 5  # one repair may uncover work for another; real files settle in two rounds

_TOKENS = re.compile(r"\s+|\S+")


def normalise(text: str, skip: Set[str] = frozenset()) -> tuple[str, tuple[Change, ...]]:
    """Return `text` repaired, and what was changed; doing it twice changes nothing more.

    Repairs named in `skip` are left out. The position of a change is where it stands in the returned text.
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
                log = [change._replace(position=edits.moved(change.position)) for change in log]
                log += edits.placed()
        if text == before:
            break
    return text, tuple(log)


class Edits:
    """The changes that one repair made, in order, and where they have put the text around them."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self._changes = changes
        self._starts = [change.position for change in changes]
        growth = (len(change.after) - len(change.before) for change in changes)
        self._shifts = list(accumulate(growth, initial=0))

    def moved(self, position: int) -> int:
        """Return where a position of the text before the changes has come to; in a change, its like."""
        k = bisect_right(self._starts, position)
        if k:
            start, change = self._starts[k - 1], self._changes[k - 1]
            if position < start + len(change.before):
                # Where letters were composed, what stands before the position has become that much shorter.
                passed = len(unicodedata.normalize("NFC", change.before[: position - start]))
                return start + self._shifts[k - 1] + min(passed, len(change.after))
        return position + self._shifts[k]

    def placed(self) -> Iterator[Change]:
        """Yield the changes with their positions in the text after all of them."""
        for change, shift in zip(self._changes, self._shifts, strict=False):
            yield change._replace(position=change.position + shift) if shift else change


def apply(repair: Repair, text: str, log: list[Change]) -> str:
    """Return `text` after one repair; its changes, with their positions in `text`, are added to `log`."""
    if repair.needed is not None and not repair.needed(text):
        return text
    function = repair.chosen(text) if repair.chosen is not None else repair.function
    if function is None:
        return text
    pieces: list[str] = []
    done = 0
    for match in repair.where.finditer(text):
        before, after = match.group(), function(match.group())
        if before != after:
            pieces += (text[done : match.start()], after)
            done = match.end()
            log += _changes(repair.name, match.start(), before, after)
    return "".join((*pieces, text[done:])) if pieces else text


def _changes(name: str, position: int, before: str, after: str) -> Iterator[Change]:
    """Yield what differs, word by word: a repair may look at a line for the sake of one letter."""
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
    """Return what differs between two words, without what they begin and end with alike."""
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
    """Return how many characters at the start of both are the same."""
    return next(
        (n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right))
    )
