"""The log of decisions as its order: what the server and all its pages agree on.

A decision's sequence number is its place in the file, from 1. The state of the log at a number is a digest of
the decisions up to it: a page that has the state has the same decisions in the same order. If the file was
changed by hand, the states differ, and the page gets the whole log.

A decision that was made on a page is based on the last one that the page had. Bases tell conflicts: what was
decided between its base and a decision was not known to whoever made it. They are kept while the server runs.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.decisions.log import DECISIONS, add_decisions, read_decisions
from pipeline.decisions.record import Decision, decision_fields

EMPTY = "0"
"""The state of a log without decisions."""


class OrderedDecisions(NamedTuple):
    """The decisions of a log, and its state after each."""

    decisions: tuple[Decision, ...] = ()
    states: tuple[str, ...] = ()
    bases: Mapping[str, int] = {}

    def state(self, number: int | None = None) -> str:
        """Return the state after decision `number`, or after the last one."""
        number = len(self.states) if number is None else number
        return self.states[number - 1] if number else EMPTY

    def records(self, since: int, state: str | None = None) -> list[dict[str, Any]]:
        """Return the decisions after number `since` for a page.

        If `state` is given and the log was another one at that number, all decisions are returned.
        """
        known = since <= len(self.decisions) and state in (None, self.state(since))
        start = since if known else 0
        return [
            {**decision_fields(d), "sequence": n, "base": max(0, min(self.bases.get(d.id, n - 1), n - 1))}
            for n, d in enumerate(self.decisions[start:], start + 1)
        ]


class OrderedLog:
    """Reads and extends the log in a folder; safe to use from several threads."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._lock = threading.Lock()
        self._bases: dict[str, int] = {}
        self._stamp: tuple[int, ...] | None = None
        self._known = OrderedDecisions()
        self._backed_up = False

    def read(self) -> OrderedDecisions:
        """Return the log; the file is read again only if it has changed. Raises `InputError`."""
        with self._lock:
            stamp = self._look()
            if stamp != self._stamp or stamp is None:
                decisions = read_decisions(self._out).decisions
                self._known = OrderedDecisions(decisions, _states(decisions, self._known), self._bases)
                self._stamp = stamp
            return self._known

    def store(self, decisions: Sequence[Decision], bases: Mapping[str, int]) -> None:
        """Append decisions to the file; the first call backs it up.

        `bases` are the numbers that decisions are based on, by id; an id that is there keeps its base. Raises
        `InputError`, `OutputError`.
        """
        with self._lock:
            backup, self._backed_up = not self._backed_up, True
            for decision in add_decisions(self._out, decisions, backup=backup):
                if decision.id in bases:
                    self._bases[decision.id] = bases[decision.id]

    def _look(self) -> tuple[int, ...] | None:
        """Return what differs whenever the file was replaced, or None if there is none."""
        try:
            found = (self._out / DECISIONS).stat()
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns


def _states(decisions: Sequence[Decision], known: OrderedDecisions) -> tuple[str, ...]:
    """Return the state of the log after each decision; those of the known beginning are taken over."""
    same = 0
    while same < min(len(decisions), len(known.decisions)) and decisions[same] == known.decisions[same]:
        same += 1
    states = list(known.states[:same])
    state = states[-1] if states else EMPTY
    for decision in decisions[same:]:
        fields = "\0".join([state, *decision_fields(decision).values()])
        state = hashlib.blake2b(fields.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
        states.append(state)
    return tuple(states)
