"""Records that the readers of all formats return."""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """An inline code: markup of the original document inside a text."""

    role: str  # "start" or "end" of a pair, "pair" for both, "single"
    id: str  # by which its counterpart is known, or ""
    content: str  # what it stands for, or ""
    shown: str  # as a reviewer knows it


class Limit(NamedTuple):
    """How long a translation may be, and how long it is."""

    least: int
    most: int | None  # none: as long as it likes
    size: int
    unit: str  # "characters" or "bytes"
    of: str = ""  # what is restricted, if it is not the text of the segment alone


class Segment(NamedTuple):
    """Texts that are translations of each other; an absent language is missing or has an empty text."""

    id: str  # as the file has it, or ""
    texts: dict[str, str]  # by language code
    group: str = ""  # the file, document or article inside the file that it belongs to
    confidence: float = 1.0
    line: int = 0  # in the file, from 1; 0 if unknown
    codes: dict[str, tuple[Code, ...]] = {}  # by language code; those of texts that have any  # noqa: RUF012
    limits: tuple[Limit, ...] = ()  # of the translation


class Bitext(NamedTuple):
    """The content of a file."""

    languages: tuple[str, ...]  # the source first
    segments: list[Segment]
