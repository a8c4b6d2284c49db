"""What every format is read into."""

from __future__ import annotations

from typing import NamedTuple


class Segment(NamedTuple):
    """Texts that translate each other; a language that the segment lacks is missing or has an empty text."""

    id: str  # as the file has it, or ""
    texts: dict[str, str]  # by language code
    group: str = ""  # the file, document or article inside the file that it belongs to
    confidence: float = 1.0
    line: int = 0  # of the file, from 1; 0 where the format does not tell


class Bitext(NamedTuple):
    """The content of a file."""

    languages: tuple[str, ...]  # the source first
    segments: list[Segment]
