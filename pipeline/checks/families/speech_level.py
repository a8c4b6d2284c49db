"""Sentences that end in another level of speech than the article around them, as Korean has levels.

An article addresses its reader in one way; a translator or a machine that changes it is soon noticed. Speech
in quotation marks has levels of its own: what stands between them does not count, nor do rows in which a mark
is left open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.checks.cells import Cells, Draft
from pipeline.datatypes import Span
from pipeline.languages import facts
from pipeline.languages.codes import language_name

_QUOTED = re.compile(
    r"[“„][^“”„\"]*[”\"]|\"[^“”„\"]*[”\"]|‘[^‘’]*’|(?<!\w)'[^']*'|「[^「」]*」|『[^『』]*』|«[^«»]*»|《[^《》]*》"
)
_OPEN = re.compile(r"[“„‘「『«]")
_CLOSED = re.compile(r"[”’」』»]")
_REACH = 6
"""Rows over which speech may run (as in `pipeline.checks.families.paired_marks`)."""

_FEWEST, _SHARE = 5, 0.85
"""Sentences of an article that has a level, and the share of them that has to end in it."""
_POLITE = frozenset(("polite", "formal"))
"""Levels that go together: nobody minds one sentence in -요 among others in -습니다."""


class _Ending(NamedTuple):
    number: int  # of the row
    level: str
    place: Span


def changed_levels(rows: Sequence[Cells]) -> Iterator[tuple[int, Draft]]:
    """`writing.speech-level`, with the number of the row."""
    for language in dict.fromkeys(language for cells in rows for language in cells.texts):
        if facts(language).speech_levels:
            yield from _changed(rows, language)


def _changed(rows: Sequence[Cells], language: str) -> Iterator[tuple[int, Draft]]:
    endings = list(_endings(rows, language))
    if len(endings) < _FEWEST:
        return
    usual, count = Counter(ending.level in _POLITE for ending in endings).most_common(1)[0]
    odd = [ending for ending in endings if (ending.level in _POLITE) != usual]
    if count < _SHARE * len(endings) and len(odd) > 1:
        return
    told: set[int] = set()
    for ending in odd:
        if ending.number not in told:
            told.add(ending.number)
            said = rows[ending.number].texts[language][slice(*ending.place)]
            message = f"“{said}” is another level of speech than the rest of {language_name(language)}"
            yield ending.number, Draft("writing.speech-level", "", language, message, None, ending.place)


def _endings(rows: Sequence[Cells], language: str) -> Iterator[_Ending]:
    """The endings of all sentences outside of quotation marks."""
    read = facts(language).speech_levels
    opened = -_REACH - 1
    for number, cells in enumerate(rows):
        text = _QUOTED.sub(_blank, cells.texts.get(language, ""))
        opens, closes = _OPEN.search(text), _CLOSED.search(text)
        if opens or closes or '"' in text:
            opened = number if opened < number - _REACH or opens else -_REACH - 1
        elif read and opened < number - _REACH:
            for level, start, end in read(text):
                yield _Ending(number, level, (start, end))


def _blank(match: re.Match[str]) -> str:
    return "\ufffc" * len(match[0])
