"""Files in no article, for the review page: their text, and what they might be a translation of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from pipeline.datatypes import Paragraph

MAX_PARAGRAPHS = 20_000
"""Maximum paragraphs of such files on a page; of further files there is all but the text."""


class LooseFile(NamedTuple):
    """A raw file that is in no article."""

    file: str
    rivals: Sequence[tuple[str, float]]  # the nearest files in other languages, and their probabilities
    paragraphs: Callable[[], Sequence[Paragraph]] | None  # None for a file that was rejected


def loose_records(files: Iterable[LooseFile]) -> Iterator[list[Any]]:
    """Yield name, rivals and paragraphs of each file; null stands for a text that there is no room for."""
    room = MAX_PARAGRAPHS
    for file in files:
        text: list[list[Any]] | None = []
        if file.paragraphs is not None:
            found = file.paragraphs() if room > 0 else ()
            room -= len(found)
            text = [[p.number, p.kind, p.text] for p in found] if room > 0 else None
        yield [file.file, [[name, round(chance, 4)] for name, chance in file.rivals], text]
