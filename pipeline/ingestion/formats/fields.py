"""Fields of Word whose instruction is itself text on the page."""

from __future__ import annotations

import re

from pipeline.ingestion.formats.reading import with_reading

_RUBY = re.compile(
    r"\A\s*EQ\b.{0,300}?\\o\s{0,9}(?:\\a[a-z]\s{0,9})?\(\s{0,9}\\s\s{0,9}"
    r"\\up\s{0,9}\d{0,9}\s{0,9}\(([^()]*)\)\s{0,9}[,;]([^()]*)\)",
    re.S,
)


def text_of_instruction(instruction: str) -> str:
    r"""Return the text that a field's instruction shows: a word with its reading above it, an overstrike.

    >>> text_of_instruction(r"EQ \* jc2 \* hps10 \o\ad(\s\up 9(박물관),博物館)")
    '博物館(박물관)'
    >>> text_of_instruction("PAGEREF _Toc1")
    ''
    """
    found = _RUBY.match(instruction)
    return with_reading(found[2].strip(), found[1]) if found else ""
