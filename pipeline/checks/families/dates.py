"""Weekdays, months and times of day that are others in another language.

A translation may leave any of them unsaid, or say it by a date; so only a row in which two languages each
name one that the other does not is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.checks.cells import Cells, Draft, together
from pipeline.checks.quantities import read_words
from pipeline.checks.quantities.calendar import names_short_weekdays, read_weekdays
from pipeline.datatypes import Span
from pipeline.languages import any_pattern, facts
from pipeline.languages.codes import language_name
from pipeline.languages.lowered import lowered
from pipeline.languages.numbers import Value
from pipeline.languages.scripts import uncased_letters

_Said = Mapping[Value, Span]  # what a text names, and where

_DIGIT = re.compile(r"\d")
_HOUR, _MINUTE = "[시時时点點]", "[분分]"  # of the languages that write them behind the numbers
_CLOCK = rf"(\d{{1,2}})(?:[:.]([0-5]\d)(?!\d)|{_HOUR}(?:\s?([0-5]?\d){_MINUTE})?)?"
_AFTERNOON = re.compile(
    rf"(?<![\d.,:])(1[3-9]|2[0-3])(?:(?:[:.]|\s?h\s?)([0-5]\d)(?![\d%])"
    rf"|{_HOUR}(?:\s?([0-5]?\d){_MINUTE})?|\s?(?:{any_pattern('hour_after')})(?!\w))(?![간間间])"
    rf"|(?<!\w)(?:{any_pattern('hour_before')})\s(1[3-9]|2[0-3])(?![\d.,:%]\d|\d)",
    re.IGNORECASE,
)

_BARE = re.compile(r"(?<![\d.,:])(\d|0\d|1[0-2])[:.]([0-5]\d)(?![\d%.,:]\d|\d|%)")


def differing_dates(cells: Cells) -> Iterator[Draft]:
    """`numbers.date`: another weekday or another month."""
    for may_say, read in ((_may_have_weekdays, read_weekdays), (_may_have_months, _months)):
        saying: list[str] = []
        left = len(cells.texts)
        for language, text in cells.texts.items():
            left -= 1
            if may_say(text, language):
                saying.append(language)
            elif len(saying) + left < 2:  # quick, and true of most
                break
        else:
            yield from _differing(cells, saying, read)


def differing_halves(cells: Cells) -> Iterator[Draft]:
    """`numbers.date`: another half of the day, three in the morning for 15:00."""
    if len(cells.texts) < 2:
        return
    whole = together(cells)
    morning = _maybe_morning(tuple(cells.texts)).search(whole.lower())
    if not morning and not (_AFTERNOON.search(whole) and _BARE.search(whole)):
        return  # of a difference, one side is such a time
    times = {language: _times(text, language) for language, text in cells.texts.items()}
    for source, target in cells.pairs:
        for (time, half), span in times[source].items():
            other = times[target].get((time, not half))
            if other and (time, half) not in times[target] and (time, not half) not in times[source]:
                yield _draft(cells, source, span, target, other)
                return


def _differing(cells: Cells, saying: Sequence[str], read: Callable[[str, str], _Said]) -> Iterator[Draft]:
    texts = cells.texts
    said = {language: read(text, language) if language in saying else {} for language, text in texts.items()}
    reported: set[str] = set()
    for source, target in cells.pairs:
        ours, theirs = said[source], said[target]
        lost = [span for item, span in ours.items() if item not in theirs]
        new = [span for item, span in theirs.items() if item not in ours]
        if lost and new and not reported & {source, target}:
            reported |= {source, target} if len(cells.texts) < 3 else {_odd(said, source, target)}
            yield _draft(cells, source, lost[0], target, new[0])


def _odd(said: Mapping[str, _Said], source: str, target: str) -> str:
    """Of two languages that differ, the one that differs from the third as well."""
    return next(
        (
            one
            for one, two in ((target, source), (source, target))
            for other in said
            if other not in (source, target) and said[other].keys() == said[two].keys()
        ),
        target,
    )


def _may_have_weekdays(text: str, language: str) -> bool:
    hints = facts(language).weekday_hints
    if not hints or any(map(lowered(text).__contains__, hints)):
        return True
    return names_short_weekdays(text, language)


def _may_have_months(text: str, language: str) -> bool:
    """Whether a text may name months in words; where months are numbers, the numbers are compared."""
    known = facts(language)
    return not known.month_mark and (known.months is None or known.months.search(text) is not None)


def _months(text: str, language: str) -> _Said:
    words = read_words(text, language)
    return {word.readings[0][0]: (word.start, word.end) for word in words if word.month}


class _Time(NamedTuple):
    hour: int  # of the twelve-hour clock
    minute: int


class _Halves(NamedTuple):
    """How a language, or English in a text of it, says which half of the day an hour is in."""

    said: re.Pattern[str]
    first: re.Pattern[str]  # before the hour
    last: re.Pattern[str]  # behind it


@cache
def _halves(language: str) -> _Halves:
    morning, evening = any_pattern("before_noon", (language,)), any_pattern("after_noon", (language,))
    half = rf"(?:({morning})|({evening}))"
    return _Halves(
        re.compile(rf"{morning}|{evening}", re.IGNORECASE),
        re.compile(rf"{half}\s?{_CLOCK}(?![\d%])", re.IGNORECASE),
        re.compile(rf"(?<![\d.,:]){_CLOCK}\s?{half}(?![^\W\d_{uncased_letters()}])", re.IGNORECASE),
    )


@cache
def _maybe_morning(languages: tuple[str, ...]) -> re.Pattern[str]:
    """What says in these languages or in English that an hour is before noon.

    Text in small letters is searched three times as fast as one whose case is ignored.
    """
    said = (facts(code).before_noon for code in (*languages, "en"))
    return re.compile("|".join(filter(None, said)) or "(?!)")


def _times(text: str, language: str) -> dict[tuple[_Time, bool], Span]:
    """The times of which the half of the day is said, true for the second one, and where they stand."""
    found: dict[tuple[_Time, bool], Span] = {}
    if not _DIGIT.search(text):
        return found
    halves = _halves(language)
    is_said = halves.said.search(text) is not None
    for match in halves.first.finditer(text) if is_said else ():
        _add(found, match, bool(match[2]), match.groups()[2:5])
    for match in halves.last.finditer(text) if is_said else ():
        _add(found, match, bool(match[5]), match.groups()[:3])
    for match in _AFTERNOON.finditer(text):
        hour, minute, other_minute, bare = match.groups()
        _add(found, match, True, (hour or bare, minute, other_minute))
    if not is_said and not facts(language).half_days:
        for match in _BARE.finditer(text):
            _add(found, match, match[1] == "12", (match[1], match[2], None))
    return found


def _add(
    found: dict[tuple[_Time, bool], Span],
    match: re.Match[str],
    second: bool,
    numbers: tuple[str | None, ...],
) -> None:
    hour, minute = int(numbers[0] or 0), int(numbers[1] or numbers[2] or 0)
    if hour <= 24:
        found.setdefault((_Time(hour % 12, minute), second or 12 < hour < 24), match.span())


def _draft(cells: Cells, source: str, span: Span, target: str, other: Span) -> Draft:
    one, two = cells.texts[source][slice(*span)].strip(), cells.texts[target][slice(*other)].strip()
    message = f"{language_name(source)} has “{one}”, {language_name(target)} has “{two}”"
    return Draft("numbers.date", source, target, message, span, other)
