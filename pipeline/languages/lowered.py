"""A text in small letters: many readers and checks ask for the same few texts, one after the other."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=64)
def lowered(text: str) -> str:
    """Return a text in small letters."""
    return text.lower()
