"""Where sentences end: the punctuation, what stands on both sides of it, and a language's abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.datatypes import Span
from pipeline.languages import all_letters, any_pattern, facts, known_languages
from pipeline.languages.scripts import uncased_letters, unspaced_letters

_OPENERS = "\"'“”„‟«»‹›‘’‚「『《〈(\\[{¿¡"
_CLOSING = "\"'”“’‘»«›」』》〉)]}"
_CLOSERS = re.escape(_CLOSING)

_FINALS = all_letters("finals")
_UNCASED = uncased_letters()
"""Letters of which none is a capital, so that they do not tell where a sentence begins."""
_UNSPACED = unspaced_letters()
_MARKS = ".!?…؟۔।"
_WIDE_MARKS = "。！？｡．"
_WIDE_CLOSERS = re.escape("”’」』》〉）】］)]}")
"""Marks that close and open nothing, of which one may follow where no space shows where it belongs."""
_END = re.compile(
    rf"[{_MARKS}{_WIDE_MARKS}\n](?:"  # one class in front lets the search run at full speed
    rf"(?<=[{_MARKS}])(?<![{_MARKS}][{_MARKS}])[{_MARKS}]*[{_CLOSERS}]*(?=\s)"  # once for a row of dots
    rf"|(?<=[{_WIDE_MARKS}])[{_WIDE_MARKS}]*[{_WIDE_CLOSERS}]*"
    rf"|(?<=[{_FINALS}][.!?])[.!?]*(?=[{_UNCASED}])"  # no space after it
    rf"|(?<=[{_UNSPACED}][.!?])[.!?]*[{_WIDE_CLOSERS}]*(?=[{_UNSPACED}“「『《〈（])"
    rf"|(?<=[{_UNSPACED}][!?])[!?]*[{_WIDE_CLOSERS}]*(?=[A-Za-z0-9])"
    r"|(?<=\n)\n*(?=\s*\S))"
)
_SPACED_CLOSER = re.compile(r"[ \u00a0\u202f]»(?![^\W_])")
_GOES_ON = frozenset("，、；：。,;:)")
"""What no sentence begins with, so that the one before a closed quotation goes on: 「行く？」、と."""
_NEXT = re.compile(rf"\s*(?:[{_OPENERS}]|[-–—―•*](?=\s|[^\W\d]))*\s*")
"""What may stand before the first letter of a sentence: quotes, brackets, the dash of a dialogue."""
_LAST_WORD = re.compile(r"[^\s(\[{\"“”„«»‘’'/–—、，。：；（「『《・·]+$")
_INITIALS = re.compile(r"[^\W\d_]{1,2}(?:\.-?[^\W\d_]{1,3})+")
_NUMBERED = rf"(?:\d{{1,3}}|[a-zA-Z{all_letters('list_letters')}])"
_LIST_NUMBER = re.compile(rf"\s{{0,20}}(?:\(?{_NUMBERED}(?:[-.]{_NUMBERED}){{0,4}}|[IVXLC]{{2,6}}|[Ⅰ-Ⅿ])$")
_NUMBER = re.compile(r"\d|[IVXLCDM]+(?!\w)|\([A-Za-z0-9]")
_UNITS = frozenset(("km", "min", "sec", "s", "h", "l"))
"""Abbreviations that are a unit behind a number, so that the number after them begins a sentence."""
_BEHIND_NUMBER = re.compile(r"\d[.,]*\s*$")
_DATE = re.compile(r"\d{4}\. \d{1,2}(?:\. \d{1,2})?$")
_QUOTATIVE = re.compile(any_pattern("quotatives"))
"""What goes on with a sentence after a quotation that ended inside it: "…," said, called."""
_SPACE = re.compile(r"\s*")
_ORDINAL = re.compile(r"\d{1,3}|[IVXLC]{1,7}")
_is_uncased = re.compile(f"[{_UNCASED}]").match
_is_wide = re.compile(f"[{_UNSPACED}{_CLOSERS}]").match
_LONGEST_WORD = 30  # characters before a full stop that are looked at for an abbreviation


class _Abbreviations(NamedTuple):
    """The abbreviations of a language, without their last full stop and in small letters."""

    open: frozenset[str]
    closing: frozenset[str]
    numbering: frozenset[str]
    ordinal_before: re.Pattern[str] | None
    ordinal_after: re.Pattern[str] | None
    spaces_closers: bool  # a space stands before the mark that closes a quotation


@cache
def _abbreviations(language: str) -> _Abbreviations:
    """Those of a language, and the English titles that stand before names in texts of every language."""
    own = facts(language)
    lent = (known.lent_abbreviations for known in known_languages())
    return _Abbreviations(
        own.open_abbreviations.union(*lent) - (own.closing_abbreviations - own.open_abbreviations),
        own.closing_abbreviations,
        own.number_abbreviations,
        re.compile(rf"(?<!\w)(?:{own.ordinal_before})[ \u00a0]\Z") if own.ordinal_before else None,
        re.compile(own.ordinal_after) if own.ordinal_after else None,
        "»" in own.spaced_marks,
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
            continue
        end = _end_of(text, match, short)
        if end < stop and _is_end(text, start, match, end, short):
            yield end
            start = end


def _end_of(text: str, match: re.Match[str], short: _Abbreviations) -> int:
    """Where a sentence ends that has this punctuation, marks that close a quotation included."""
    end = match.end()
    if short.spaces_closers and (closer := _SPACED_CLOSER.match(text, end)):
        return closer.end()
    if text[match.start()] in _WIDE_MARKS and text[end : end + 1] == '"':
        return end + text.count('"', max(0, end - _LONGEST_QUOTATION), end) % 2
    return end


_LONGEST_QUOTATION = 500


def _is_end(text: str, start: int, match: re.Match[str], end: int, short: _Abbreviations) -> bool:
    """Whether a sentence that began at `start` ends with this punctuation, at `end`."""
    mark = text[match.start() : end]
    following = _NEXT.match(text, end)
    begin = following.end() if following else end
    letter = text[begin : begin + 1]
    before = text[match.start() - 1 : match.start()]
    if mark[-1] in _CLOSING and _QUOTATIVE.match(text, begin):
        return False
    if mark == "." and _LIST_NUMBER.fullmatch(text, start, match.start()):
        return False
    if mark[0] in _WIDE_MARKS:
        return letter not in _GOES_ON and (mark[0] != "．" or _is_wide(before) is not None)
    if short.spaces_closers and letter in _GOES_ON:
        return False
    if _is_uncased(before):
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
    if _ORDINAL.fullmatch(word) and _is_ordinal(text, start, found.start(), dot, short):
        return True
    if small in short.numbering and _NUMBER.match(text, _skip_space(text, dot + 1)):
        return small not in _UNITS or not _is_behind_number(text, start, found.start())
    if small in short.closing and (small not in short.open or _is_behind_number(text, start, found.start())):
        return False
    if small in short.open:
        return True
    if word.isdigit():
        return (letter.isdigit() and len(word) <= 4) or _DATE.search(text, start, dot) is not None
    return _INITIALS.fullmatch(word) is not None


def _is_behind_number(text: str, start: int, place: int) -> bool:
    return _BEHIND_NUMBER.search(text, max(start, place - _LONGEST_WORD), place) is not None


def _is_ordinal(text: str, start: int, place: int, dot: int, short: _Abbreviations) -> bool:
    """Whether the words around a number with a full stop make it an ordinal one: "am 3. Mai"."""
    if short.ordinal_after and short.ordinal_after.match(text, _skip_space(text, dot + 1)):
        return True
    before = text[max(start, place - _LONGEST_WORD) : place]
    return short.ordinal_before is not None and short.ordinal_before.search(before) is not None
