"""Where sentences end: the punctuation, what stands on both sides of it, and a language's abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.datatypes import Span
from pipeline.languages import all_letters, any_pattern, facts, known_languages

_OPENERS = "\"'“”„‟«»‹›‘’‚「『《〈(\\[{¿¡"
_CLOSING = "\"'”“’‘»«›」』》〉)]}"
_CLOSERS = re.escape(_CLOSING)

_FINALS = all_letters("finals")
_SCRIPTS = all_letters("script")
_MARKS = ".!?…؟۔।"
_END = re.compile(
    rf"[{_MARKS}。！？\n](?:"  # one class in front lets the search run at full speed
    rf"(?<=[{_MARKS}])(?<![{_MARKS}][{_MARKS}])[{_MARKS}]*[{_CLOSERS}]*(?=\s)"  # once for a row of dots
    rf"|(?<=[。！？])[。！？]*[{_CLOSERS}]*"
    rf"|(?<=[{_FINALS}][.!?])[.!?]*(?=[{_SCRIPTS}])"  # no space after it
    r"|(?<=\n)\n*(?=\s*\S))"
)
_NEXT = re.compile(rf"\s*(?:[{_OPENERS}]|[-–—―•*](?=\s|[^\W\d]))*\s*")
"""What may stand before the first letter of a sentence: quotes, brackets, the dash of a dialogue."""
_LAST_WORD = re.compile(r"[^\s(\[{\"“”„«»‘’'/–—]+$")
_INITIALS = re.compile(r"[^\W\d_]{1,2}(?:\.-?[^\W\d_]{1,3})+")
_NUMBERED = rf"(?:\d{{1,3}}|[a-zA-Z{all_letters('list_letters')}])"
_LIST_NUMBER = re.compile(rf"\s{{0,20}}(?:\(?{_NUMBERED}(?:[-.]{_NUMBERED}){{0,4}}|[IVXLC]{{2,6}}|[Ⅰ-Ⅿ])$")
_NUMBER = re.compile(r"\d|[IVXLCDM]+(?!\w)|\([A-Za-z0-9]")
_UNITS = frozenset(("km", "min", "sec", "s", "h", "l"))
"""Abbreviations that are a unit behind a number, so that the number after them begins a sentence."""
_BEHIND_NUMBER = re.compile(r"\d[\d.,]{0,99}\s{0,99}$")
_DATE = re.compile(r"\d{4}\. \d{1,2}(?:\. \d{1,2})?$")
_QUOTATIVE = re.compile(any_pattern("quotatives"))
"""What goes on with a sentence after a quotation that ended inside it: "…," said, called."""
_UNCASED = re.compile(f"[{_SCRIPTS}]")
"""Letters of which none is a capital, so that they do not tell where a sentence begins."""
_SPACE = re.compile(r"\s*")
_LONGEST_WORD = 30  # characters before a full stop that are looked at for an abbreviation


class _Abbreviations(NamedTuple):
    """The abbreviations of a language, without their last full stop and in small letters."""

    open: frozenset[str]
    closing: frozenset[str]
    numbering: frozenset[str]


@cache
def _abbreviations(language: str) -> _Abbreviations:
    """Those of a language, and the English titles that stand before names in texts of every language."""
    own = facts(language)
    lent = (known.lent_abbreviations for known in known_languages())
    return _Abbreviations(
        own.open_abbreviations.union(*lent), own.closing_abbreviations, own.number_abbreviations
    )


def split_sentences(text: str, language: str) -> tuple[Span, ...]:
    """Return the spans of the sentences of a paragraph; all that is not space is in exactly one."""
    start, stop = _skip_space(text, 0), len(text.rstrip())
    spans: list[Span] = []
    for end in _ends(text, start, stop, _abbreviations(language)):
        spans.append((start, end))
        start = _skip_space(text, end)
    if start < stop:
        spans.append((start, stop))
    return tuple(spans)


def _skip_space(text: str, start: int) -> int:
    if not text[start : start + 1].isspace():
        return start
    match = _SPACE.match(text, start)
    return match.end() if match else start


def _ends(text: str, start: int, stop: int, short: _Abbreviations) -> Iterator[int]:
    """Yield where sentences end, the last one's end left out."""
    for match in _END.finditer(text, start, stop):
        if match.end() >= stop:
            return
        if text[match.start()] == "\n":
            line = text[start : match.start()].rstrip()
            if line:
                yield start + len(line)
            start = match.end()
        elif _is_end(text, start, match, short):
            yield match.end()
            start = match.end()


def _is_end(text: str, start: int, match: re.Match[str], short: _Abbreviations) -> bool:
    """Whether a sentence that began at `start` ends at this punctuation."""
    mark = match.group()
    following = _NEXT.match(text, match.end())
    begin = following.end() if following else match.end()
    letter = text[begin : begin + 1]
    before = text[match.start() - 1 : match.start()]
    if mark[-1] in _CLOSING and _QUOTATIVE.match(text, begin):
        return False
    if mark == "." and _LIST_NUMBER.fullmatch(text, start, match.start()):
        return False
    if _UNCASED.match(before):
        return not mark.startswith(("..", "…")) or before in _FINALS
    if letter.islower():
        return False
    if mark[0] != "." or mark.startswith(".."):
        return True
    return not _is_abbreviated(text, start, match.start(), letter, short)


def _is_abbreviated(text: str, start: int, dot: int, letter: str, short: _Abbreviations) -> bool:
    """Whether the full stop belongs to its word: an abbreviation, an initial, a date."""
    found = _LAST_WORD.search(text, max(start, dot - _LONGEST_WORD), dot)
    if found is None:
        return False
    word = found.group()
    if len(word) == 1 and word.isalpha() and not word.islower():
        return word.isupper()
    small = word.lower()
    if small in short.numbering and _NUMBER.match(text, _skip_space(text, dot + 1)):
        behind = _BEHIND_NUMBER.search(text, max(start, found.start() - _LONGEST_WORD), found.start())
        return behind is None or small not in _UNITS
    if small in short.closing:
        return False
    if small in short.open:
        return True
    if word.isdigit():
        return (letter.isdigit() and len(word) <= 4) or _DATE.search(text, start, dot) is not None
    return _INITIALS.fullmatch(word) is not None
