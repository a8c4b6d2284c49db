"""What every format is read into."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.config import DETECTABLE_LANGUAGES


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


def language_code(tag: str) -> str:
    """The code for a language tag: "it" for "it-IT" or "IT_it"; of Chinese, with its script."""
    primary, _, rest = tag.strip().lower().replace("_", "-").partition("-")
    if primary == "zh":
        return "zh-tw" if {"tw", "hk", "mo", "hant"} & set(rest.split("-")) else "zh-cn"
    return {"nb": "no", "nn": "no"}.get(primary, primary)


def is_language(code: str) -> bool:
    """Whether a code is that of a language that can be told from others."""
    return code in DETECTABLE_LANGUAGES
