"""Reads the numbers of a text as values, whatever way they are written.

`read_digits` finds numbers written with digits, `read_words` those written in words; comparing
them is the business of `pipeline.checks.families.numbers`.
"""

from __future__ import annotations

from pipeline.checks.quantities.calendar import read_months
from pipeline.checks.quantities.digits import read_digits
from pipeline.languages import facts
from pipeline.languages.numbers import Mention

__all__ = ["is_vague", "read_digits", "read_words", "reads_words"]


def reads_words(language: str) -> bool:
    """Whether the number words of a language are known."""
    return facts(language).number_words is not None


def read_words(text: str, language: str) -> list[Mention]:
    """Numbers written in words, in the order of the text; of a language without a reader, the months."""
    read = facts(language).number_words
    return read(text) if read else read_months(text, language)


def is_vague(text: str, mention: Mention, language: str) -> bool:
    """Whether a word is more often something else than the number that it may be, as a single letter is."""
    if mention.end - mention.start == 1 and text[mention.start].isascii():
        return True
    return text[mention.start : mention.end].lower() in facts(language).vague_numbers
