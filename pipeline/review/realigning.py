"""Align an article anew when somebody has repaired it, as the next run will."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

import msgspec

from pipeline.datatypes import Row
from pipeline.decisions.record import Decision, parse_decision
from pipeline.errors import InputError, SynopticError
from pipeline.review.data import row_values
from pipeline.review.inert import inert_json


class Realigned(Protocol):
    """The rows that an article will have, and the languages of the run."""

    @property
    def rows(self) -> Sequence[Row]: ...  # noqa: D102
    @property
    def languages(self) -> Sequence[str]: ...  # noqa: D102


class Realigner(Protocol):
    """Aligns articles of a corpus (`pipeline.run.realignment`)."""

    def warm_up(self) -> None:
        """Load what the first article would wait for; raises `SynopticError`."""

    def is_ready(self) -> bool:
        """Return whether the run has left what it takes."""

    def rows(self, article: str, decisions: Sequence[Decision]) -> Realigned:
        """Return the rows of an article with these decisions about it; raises `InputError`."""


class Repaired(msgspec.Struct, forbid_unknown_fields=True):
    """The body of a request: an article, and the decisions about it that hold, in order."""

    article: str
    decisions: list[dict[str, str]]


def parse_repaired(body: bytes) -> tuple[str, list[Decision]]:
    """Return the article and the decisions in a request body; raises `ValueError` with the problem."""
    try:
        repaired = msgspec.json.decode(body, type=Repaired)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"no decisions about an article in the request: {error}") from error
    return repaired.article, [parse_decision(record) for record in repaired.decisions]


def realigned_rows(realigner: Realigner | None, article: str, decisions: Sequence[Decision]) -> bytes:
    """Return the `rows` of an article as JSON, in the form of the page's data, or the `reason` why not."""
    try:
        if realigner is None:
            raise InputError("this server aligns nothing anew")
        found = realigner.rows(article, decisions)
    except InputError as error:
        return inert_json({"reason": str(error)})
    return b'{"rows":[%b]}' % b",".join(b"[%b]" % row_values(row, found.languages) for row in found.rows)


def warm_up_beside(realigner: Realigner) -> None:
    """Warm up in a thread of its own; what goes wrong shows when an article is to be aligned."""

    def warm_up() -> None:
        with suppress(SynopticError):
            realigner.warm_up()

    threading.Thread(target=warm_up, daemon=True).start()
