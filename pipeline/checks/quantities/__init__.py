"""Reads the numbers of a text as values, whatever way they are written.

`read_digits` finds numbers written with digits, `read_words` those written in words; comparing
them is the business of `pipeline.checks.families.numbers`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

from pipeline.checks.quantities.calendar import read_months
from pipeline.checks.quantities.digits import read_digits
from pipeline.checks.quantities.italian import VAGUE
from pipeline.checks.quantities.mention import Mention, Reading, Value

__all__ = [
    "WORD_READERS",
    "Mention",
    "Reading",
    "Value",
    "is_vague",
    "read_digits",
    "read_words",
    "reads_words",
]

WORD_READERS = {
    "it": "pipeline.checks.quantities.italian",
    "ko": "pipeline.checks.quantities.korean",
    "pl": "pipeline.checks.quantities.polish",
}
"""Languages whose number words are known, and the module whose `read_words` reads them."""


def reads_words(language: str) -> bool:
    """Whether the number words of a language are known."""
    return language in WORD_READERS


@cache
def _reader(language: str) -> Callable[[str], list[Mention]]:
    reader: Callable[[str], list[Mention]] = import_module(WORD_READERS[language]).read_words
    return reader


def read_words(text: str, language: str) -> list[Mention]:
    """Numbers written in words, in the order of the text; of a language without a reader, the months."""
    return _reader(language)(text) if language in WORD_READERS else read_months(text, language)


def is_vague(text: str, mention: Mention) -> bool:
    """Whether a word is more often something else than the number that it may be, as a single letter is."""
    return (mention.end - mention.start == 1 and text[mention.start].isascii()) or (
        text[mention.start : mention.end].lower() in VAGUE
    )
