"""What the checks hand to each other: the cells they read and the drafts they write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import combinations
from typing import NamedTuple, Protocol, TypeVar

from pipeline.datatypes import CODE, PARAGRAPH_JOINER, Paragraph, Row, Span
from pipeline.languages import all_letters, facts
from pipeline.languages.scripts import uncased_letters

T_co = TypeVar("T_co", covariant=True)


Texts = Mapping[str, str]
"""The texts of a row by language, in the row's order; only those that are not empty."""


class Cells(NamedTuple):
    """A row with its texts at hand."""

    row: Row  # its code blanked, so that spans stay what they are and no check reads it
    texts: dict[str, str]  # as `Texts`
    spans: dict[str, Sequence[Span]]  # of the sentences in each text
    whole: dict[str, str]  # `texts` as they are, with their code

    @property
    def pairs(self) -> Iterable[tuple[str, str]]:
        """Every two languages that have a text, the source first."""
        return combinations(self.texts, 2)

    @property
    def present(self) -> list[str]:
        """The languages that have the row, in its order; one may have nothing but code."""
        return list(self.whole)

    def paragraphs(self, language: str) -> tuple[Paragraph, ...]:
        """The paragraphs of one language's cell."""
        return self.row.cells[self.row.languages.index(language)]

    def is_short(self, language: str) -> bool:
        """Whether a cell is one sentence, or none."""
        return len(self.spans[language]) < 2

    def sentences(self, language: str) -> Sequence[Span]:
        """Every sentence of a cell, as a span of the cell's text."""
        return self.spans[language]


class _Together(NamedTuple):
    texts: dict[str, str]
    joined: str


_last = _Together({}, "")
"""Of the last row: many checks ask for the same one, one after the other."""


def together(cells: Cells) -> str:
    """All texts of a row, a line for each, in which what none of them has is looked for once."""
    global _last
    found = _last
    if found.texts is not cells.texts:
        _last = found = _Together(cells.texts, "\n".join(cells.texts.values()))
    return found.joined


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


class Listed(NamedTuple):
    """A check in the list of those that every row goes through."""

    check: Check
    needs: frozenset[str] = frozenset()
    """Characters of which a row has one if the check finds anything; without any, the check always runs."""


DIGITS = frozenset("0123456789")
"""The digits, which stand for those of all scripts."""

OWN_SCRIPT = re.compile(f"[{all_letters('script')}]")
"""Letters of other scripts than the Latin one."""

UNCASED = re.compile(f"[{uncased_letters()}]")
"""Those of scripts without capitals."""


@lru_cache(maxsize=64)
def has_own_script(text: str) -> bool:
    """Whether a text has any letter of another script than the Latin one."""
    return OWN_SCRIPT.search(text) is not None


def has_script_of(text: str, language: str) -> bool:
    """Whether a text has any letter of the script of a language that is not written in the Latin one."""
    return _letters_of(facts(language).script).search(text) is not None


@cache
def _letters_of(script: str) -> re.Pattern[str]:
    return re.compile(f"[{script}]")


@cache
def are_of_two_scripts(one: str, two: str) -> bool:
    """Whether two languages are written in different scripts."""
    return facts(one).script != facts(two).script


@lru_cache(maxsize=64)
def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text, with the marks at them, for comparison: case and spaces do not count.

    Several checks ask for the same few texts, one row after the other, so the last ones are kept.
    """
    return tuple(text.casefold().split())


@lru_cache(maxsize=64)
def distinct_words(text: str) -> frozenset[str]:
    """The different ones of them."""
    return frozenset(folded_words(text))


def read_cells(row: Row) -> Cells:
    """The row with its non-empty texts."""
    if any(paragraph.kind == CODE for cell in row.cells for paragraph in cell):
        whole = not_empty({language: row.text(language) for language in row.languages})
        return _cells(replace(row, cells=tuple(map(_blanked, row.cells))))._replace(whole=whole)
    return _cells(row)


def _blanked(cell: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    return tuple(
        paragraph._replace(text=" " * len(paragraph.text), sentences=())
        if paragraph.kind == CODE
        else paragraph
        for paragraph in cell
    )


def _cells(row: Row) -> Cells:
    texts: dict[str, str] = {}
    spans: dict[str, Sequence[Span]] = {}
    for language, cell in zip(row.languages, row.cells, strict=True):
        text = row.text(language) if len(cell) > 1 else cell[0].text if cell else ""
        if text.strip():
            texts[language] = text
            spans[language] = cell[0].sentences if len(cell) == 1 else _sentences(cell)
    return Cells(row, texts, spans, texts)


def not_empty(texts: Texts) -> dict[str, str]:
    """The texts that are not just space."""
    return {language: text for language, text in texts.items() if text.strip()}


def _sentences(paragraphs: Sequence[Paragraph]) -> list[Span]:
    spans: list[Span] = []
    offset = 0
    for paragraph in paragraphs:
        spans += [(offset + start, offset + end) for start, end in paragraph.sentences]
        offset += len(paragraph.text) + len(PARAGRAPH_JOINER)
    return spans
