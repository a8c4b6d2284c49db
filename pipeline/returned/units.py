"""A unit of a returned translation file, and how its text is put together from segments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.decisions.edited import Remark


class Piece(NamedTuple):
    """A part of a text: a segment, or what stands between two segments."""

    text: str
    id: str = ""  # of the segment, if it has one


class Unit(NamedTuple):
    """A unit as it came back; `texts` are by language."""

    place: str  # for messages: "unit r7"
    ids: tuple[str, ...]  # names that may be the id of a row
    texts: dict[str, str]
    article: str = ""  # what the file calls the article, if anything
    number: int = 0  # of the row in its article, if the unit says so
    paragraphs: dict[str, str] = {}  # paragraph numbers by language, if the unit says so  # noqa: RUF012
    split: bool = False  # its text was in several segments
    partial: bool = False  # some of its segments have no translation yet, so it gives none
    coded: bool = False  # its text has inline codes that stand for no text
    review: str | None = None
    reopened: bool = False
    pristine: bool = False  # not worked on yet, so a text equal to the source is no translation
    remarks: tuple[Remark, ...] = ()
    reviewer: str = ""
    time: str = ""
    context: tuple[str, str] | None = None  # source texts before and after, of an alternative translation


class Returned(NamedTuple):
    """The content of a returned file."""

    languages: tuple[str, ...]  # the source first
    units: list[Unit]


def joined(sources: Sequence[Piece], targets: Sequence[Piece]) -> str:
    """Return the text of the target pieces, with the gaps of the source where the target has none.

    Tools keep what stands between two segments in the source and often forget it in the target.
    """
    gaps = _gaps(sources)
    text, last = "", ""
    for piece in targets:
        if not piece.text:
            continue
        apart = text[-1:].isspace() or piece.text[:1].isspace()
        if text and not apart and last and piece.id:
            text += gaps.get(last, "")
        text += piece.text
        last = piece.id
    return text


def _gaps(pieces: Sequence[Piece]) -> dict[str, str]:
    """Return the white space after each segment, by its id."""
    gaps: dict[str, str] = {}
    last = ""
    for piece in pieces:
        if last:
            gaps[last] = gaps.get(last, "") + piece.text[: len(piece.text) - len(piece.text.lstrip())]
        if piece.id:
            last = piece.id
            gaps[last] = piece.text[len(piece.text.rstrip()) :]
        elif piece.text.strip():
            last = ""
    return gaps
