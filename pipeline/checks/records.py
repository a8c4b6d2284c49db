"""What the checks hand to each other: the cells they read and the drafts they write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple, Protocol, TypeVar

from pipeline.datatypes import PARAGRAPH_JOINER, Paragraph, Row, Span

T_co = TypeVar("T_co", covariant=True)


Texts = Mapping[str, str]
"""The texts of a row by language, in the row's order; only those that are not empty."""


class Cells(NamedTuple):
    """A row with its texts at hand."""

    row: Row
    texts: dict[str, str]  # as `Texts`

    @property
    def pairs(self) -> Iterable[tuple[str, str]]:
        """Every two languages that have a text, the source first."""
        return combinations(self.texts, 2)

    def paragraphs(self, language: str) -> tuple[Paragraph, ...]:
        """The paragraphs of one language's cell."""
        return self.row.cells[self.row.languages.index(language)]

    def is_short(self, language: str) -> bool:
        """Whether a cell is one sentence, or none."""
        return sum(len(paragraph.sentences) for paragraph in self.paragraphs(language)) < 2

    def sentences(self, language: str) -> list[Span]:
        """Every sentence of a cell, as a span of the cell's text."""
        spans, offset = [], 0
        for paragraph in self.paragraphs(language):
            spans += [(offset + start, offset + end) for start, end in paragraph.sentences]
            offset += len(paragraph.text) + len(PARAGRAPH_JOINER)
        return spans


class Draft(NamedTuple):
    """A finding before its rule's metadata and its fingerprint are added.

    `source` and `target` are language codes, one of them "" where only one cell is concerned; a
    span is in code points of the cell's text, `None` for the whole cell.
    """

    rule: str
    source: str
    target: str
    message: str
    source_span: Span | None = None
    target_span: Span | None = None
    suggestion: str = ""
    fingerprint: bytes = b""  # [8], once it is known (`pipeline.checks.findings`)


class Numbered(Protocol[T_co]):
    """Things found by a number, which may have to be read from disk for it."""

    def __getitem__(self, number: int, /) -> T_co:
        """Return thing `number`."""
        ...


Check = Callable[[Cells], Iterable[Draft]]


@lru_cache(maxsize=64)
def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text, with the marks at them, for comparison: case and spaces do not count.

    Several checks ask for the same few texts, one row after the other, so the last ones are kept.
    """
    return tuple(text.casefold().split())


def read_cells(row: Row) -> Cells:
    """The row with its non-empty texts."""
    texts = {
        language: row.text(language) for language, cell in zip(row.languages, row.cells, strict=True) if cell
    }
    return Cells(row, not_empty(texts))


def not_empty(texts: Texts) -> dict[str, str]:
    """The texts that are not just space."""
    return {language: text for language, text in texts.items() if text.strip()}
