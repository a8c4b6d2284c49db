"""A slip of writing that a language's own module finds, as "un pò" in Italian."""

from __future__ import annotations

from typing import NamedTuple


class Slip(NamedTuple):
    """A word, or the end of one, that the language does not write so."""

    start: int
    end: int
    right: str  # what is right in its place
