"""Records that the readers of all formats return."""

from __future__ import annotations

from typing import NamedTuple


class Segment(NamedTuple):
    """Texts that are translations of each other; an absent language is missing or has an empty text."""

    id: str  # as the file has it, or ""
    texts: dict[str, str]  # by language code
    group: str = ""  # the file, document or article inside the file that it belongs to
    confidence: float = 1.0
    line: int = 0  # in the file, from 1; 0 if unknown


class Bitext(NamedTuple):
    """The content of a file."""

    languages: tuple[str, ...]  # the source first
    segments: list[Segment]
