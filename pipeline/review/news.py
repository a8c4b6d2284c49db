"""What is new on the review page since the last run: rows and findings that its page did not have."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from pipeline.errors import InputError
from pipeline.review.page import page_data_of

PAGE = "review.html"


class Shown(NamedTuple):
    """The ids of the rows and findings on a page."""

    rows: frozenset[str]
    findings: frozenset[str]


class News(NamedTuple):
    """What a page has and the one before it had not, and how much of that one is gone."""

    rows: frozenset[str]
    findings: frozenset[str]
    rows_gone: int
    findings_gone: int

    def notes(self) -> list[str]:
        """Return the news in a line, if there are any."""
        rows, findings = len(self.rows), len(self.findings)
        if not any((rows, self.rows_gone, findings, self.findings_gone)):
            return []
        return [
            f"since the last run: {_count(rows, 'row')} new, {self.rows_gone:,} gone; "
            f"{_count(findings, 'finding')} new, {self.findings_gone:,} gone"
        ]


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}" if number == 1 else f"{number:,} {name}s"


NO_NEWS = News(frozenset(), frozenset(), 0, 0)


class _Named(msgspec.Struct, array_like=True):
    """The beginning of a row or finding."""

    place: int
    id: str


class _Data(msgspec.Struct):
    """The fields of the page's data to decode; the rest is validated and discarded."""

    rows: list[_Named]
    findings: list[_Named]
    left_out: list[str] = []


def shown_before(out: Path) -> Shown | None:
    """Return what the last page in a folder shows, None if there is none or it left articles out."""
    try:
        data = msgspec.json.decode(page_data_of((out / PAGE).read_bytes(), PAGE), type=_Data)
    except (OSError, InputError, msgspec.MsgspecError):
        return None
    if data.left_out:
        return None  # what was left out of it cannot be told from what is new
    return Shown(frozenset(row.id for row in data.rows), frozenset(f.id for f in data.findings))


def news_since(before: Shown | None, rows: Iterable[str], findings: Iterable[str]) -> News:
    """Return what is new among ids of rows and findings; nothing is in a first run."""
    if before is None:
        return NO_NEWS
    now = Shown(frozenset(rows), frozenset(findings))
    return News(
        now.rows - before.rows,
        now.findings - before.findings,
        len(before.rows - now.rows),
        len(before.findings - now.findings),
    )
