"""How a language writes its own words: marks of another width, particles, accents, letters and capitals.

Each asks one text alone. What belongs to a language stands in its record in `pipeline.languages`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice

from pipeline.checks.cells import Cells, Draft
from pipeline.languages import facts
from pipeline.languages.codes import language_name
from pipeline.languages.slips import Slip

_MOST = 3
"""Findings of one kind in one cell: who writes one word so writes more of them so."""

_WIDE = re.compile(r"[\uff01-\uff5d\u3000-\u3002]+")
WIDE_MARKS = frozenset(map(chr, (*range(0xFF01, 0xFF5E), *range(0x3000, 0x3003))))
"""What it looks for."""
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5E)} | {
    0x3000: " ",
    0x3001: ", ",
    0x3002: ".",
}
_CHINESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
"""Kana and Han characters, in whose company such marks are right."""


def wide_marks(cells: Cells) -> Iterator[Draft]:
    """`writing.full-width`: marks, letters and digits as wide as a Chinese character."""
    for language, text in cells.texts.items():
        if facts(language).full_width:
            continue
        places = [match for match in _WIDE.finditer(text) if not _is_among_chinese(text, *match.span())]
        if places:
            shown, right = places[0][0], places[0][0].translate(_NARROW)
            more = f" (and {len(places) - 1} more)" if len(places) > 1 else ""
            message = f"“{shown}” has full width; {language_name(language)} writes “{right}”{more}"
            yield Draft("writing.full-width", "", language, message, None, places[0].span(), right)


def _is_among_chinese(text: str, start: int, end: int) -> bool:
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return _CHINESE.search(around) is not None


def wrong_forms(cells: Cells) -> Iterator[Draft]:
    """`writing.particle`, `writing.accent` and `writing.letters`."""
    for language, text in cells.texts.items():
        known = facts(language)
        if known.is_bare and known.is_bare(text):
            message = f"{language_name(language)} is written without its own letters here"
            yield Draft("writing.letters", "", language, message)
            continue
        if known.wrong_particles:
            yield from _slips(language, text, "writing.particle", known.wrong_particles)
        if known.wrong_accents:
            yield from _slips(language, text, "writing.accent", known.wrong_accents)


def _slips(language: str, text: str, rule: str, find: Callable[[str], Iterator[Slip]]) -> Iterator[Draft]:
    for slip in islice(find(text), _MOST):
        start = slip.start
        while start and text[start - 1].isalpha():
            start -= 1
        written = text[start : slip.end]
        right = (text[start : slip.start] + slip.right).strip()
        message = f"“{written}” should be “{right}” in {language_name(language)}"
        yield Draft(rule, "", language, message, None, (slip.start, slip.end), slip.right)


_FEWEST_LETTERS, _FEWEST_WORDS = 12, 3
"""Of a text that is written in capitals throughout."""
_CAPITAL = re.compile(r"[A-ZŚ](?:(?<=[^\W_] .)|(?<=\d[.º°] .)|(?<=ll[’'].))")
"""A capital letter inside a sentence."""
_LONGEST_WORD, _LITTLE = 25, 2
_SENTENCE = 5
"""Words from which a text that ends in a full stop is a sentence."""
_FIRST = re.compile(r"\A[\s\"'“”„«»‘’(\[–—-]*([^\W\d_](?:[\w’'-]*\w)?)")


def capitals(cells: Cells) -> Iterator[Draft]:
    """`writing.capitals`: a sentence with a small letter first, capitals throughout, a day with a capital."""
    cased = {language: text for language, text in cells.texts.items() if facts(language).cased}
    if not cased:
        return
    shouting = {language: _is_shouting(text) for language, text in cased.items()}
    if any(shouting.values()) and not all(shouting.values()):
        yield from _of_two(cells, shouting)
    for language, text in cased.items():
        if not shouting[language]:
            yield from _small_beginning(cells, cased, language, text)
            yield from _capital_names(language, text)


def _of_two(cells: Cells, shouting: dict[str, bool]) -> Iterator[Draft]:
    loud = next(language for language, value in shouting.items() if value)
    calm = next(language for language, value in shouting.items() if not value)
    source, target = (language for language in cells.texts if language in (loud, calm))
    message = f"{language_name(loud)} is written in capitals throughout, {language_name(calm)} is not"
    yield Draft("writing.capitals", source, target, message)


def _is_shouting(text: str) -> bool:
    if not text.isupper():
        return False
    return sum(map(str.isalpha, text)) >= _FEWEST_LETTERS and len(text.split()) >= _FEWEST_WORDS


def _small_beginning(cells: Cells, cased: dict[str, str], language: str, text: str) -> Iterator[Draft]:
    """A text that begins with a small letter where the other languages do not."""
    match = _FIRST.match(text)
    if match is None or not match[1].islower() or "-" in match[1]:
        return
    others = [_FIRST.match(other) for code, other in cased.items() if code != language]
    if others:
        wrong = all(other and other[1][0].isupper() for other in others)
    else:
        wrong = text.rstrip("\"'”’»)").endswith((".", "!", "?")) and len(text.split()) >= _SENTENCE
    if wrong:
        message = f"{language_name(language)} begins with a small letter: “{match[1]}”"
        right = match[1][0].upper() + match[1][1:]
        yield Draft("writing.capitals", "", language, message, None, match.span(1), right)


def _capital_names(language: str, text: str) -> Iterator[Draft]:
    """A day, a month or a people with a capital letter in the middle of a sentence."""
    pattern = _capital_pattern(language)
    for place in _CAPITAL.finditer(text) if pattern else ():
        match = pattern.match(text, place.start()) if pattern else None
        before = _word_before(text, place.start()) if match else ""
        if match is None or (before[:1].isupper() and not _is_little(before, language)):  # part of a name
            continue
        right = match[1].lower()
        message = f"{language_name(language)} writes “{right}” with a small letter"
        yield Draft("writing.capitals", "", language, message, None, match.span(1), right)
        return


def _word_before(text: str, place: int) -> str:
    return text[max(0, place - _LONGEST_WORD) : place].rstrip().rpartition(" ")[2]


def _is_little(word: str, language: str) -> bool:
    """Whether a word with a capital is a preposition or the like, at the start of a sentence perhaps."""
    return len(word) <= _LITTLE or word.lower() in facts(language).grammar_words


@cache
def _capital_pattern(language: str) -> re.Pattern[str] | None:
    """A word that has a small letter in the language, with a capital, between words that have none."""
    words = facts(language).small_words
    if not words:
        return None
    after = r"(?=[,.;:)]|\s[^\W\dA-ZÀ-ÞĄĆĘŁŃÓŚŹŻ_]|\s\d|$)"
    return re.compile(f"({words}){after}")
