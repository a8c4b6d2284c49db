"""Spans of time with a number in words whose units differ: "tre mesi" for three years.

Digits are compared in `pipeline.checks.families.amounts`; here at least one of the two numbers is a word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from pipeline.checks.cells import Cells, Draft
from pipeline.checks.quantities import read_digits, read_words, reads_words
from pipeline.checks.quantities.units import TIME, Measure, agree, read_measures
from pipeline.languages import facts
from pipeline.languages.codes import language_name
from pipeline.languages.lowered import lowered
from pipeline.languages.numbers import Mention, Value

_TIMES = ("minute", "hour", "day", "week", "month", "year")
_Found = dict[Value, list[tuple[Mention, Measure]]]


def differing_times(cells: Cells) -> Iterator[Draft]:
    """`numbers.unit`: the same number of months in one language and of years in another."""
    if not any(_may_have_time(text, language) for language, text in cells.texts.items()):
        return
    found = {language: _times(text, language) for language, text in cells.texts.items()}
    for source, target in cells.pairs:
        ours, theirs = found[source], found[target]
        for value in ours.keys() & theirs.keys():
            if len(ours[value]) == len(theirs[value]) == 1:
                (one, measure), (two, other) = ours[value][0], theirs[value][0]
                worded = not (_is_digit(cells, source, one) and _is_digit(cells, target, two))
                if worded and measure.factor != other.factor and not _is_said(measure, found[target]):
                    yield _draft(cells, source, one, target, two)
                    return


def _may_have_time(text: str, language: str) -> bool:
    pattern, hint = _pattern(language), facts(language).number_hint
    if pattern is None or pattern.search(text) is None:
        return False
    return hint is None or hint.search(lowered(text)) is not None


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    """A unit of time behind a word, in a language of Latin letters whose number words are known."""
    known = facts(language)
    words = " ".join(known.units.get(unit, "") for unit in _TIMES).split()
    if not words or known.script or not reads_words(language):
        return None
    # The space in front lets a search run at full speed.
    return re.compile(rf" (?<=[^\W\d_] )(?:{'|'.join(word.replace('*', '') for word in words)})")


def _times(text: str, language: str) -> _Found:
    """The spans of time of a text by their number; "one" is left out, since it is an article."""
    words = [word for word in read_words(text, language) if len(word.readings) == 1 and not word.month]
    found: _Found = defaultdict(list)
    for mention, measure in read_measures(text, [*read_digits(text, language), *words]).items():
        if measure.dimension == TIME and mention.readings[0][0] > 1:
            found[mention.readings[0][0]].append((mention, measure))
    return found


def _is_digit(cells: Cells, language: str, mention: Mention) -> bool:
    return cells.texts[language][mention.start].isdigit()


def _is_said(measure: Measure, others: _Found) -> bool:
    """Whether a span of time is said in the other language in any unit."""
    return any(agree(measure, two) or measure == two for found in others.values() for _, two in found)


def _draft(cells: Cells, source: str, one: Mention, target: str, two: Mention) -> Draft:
    message = (
        f"Same number, other unit: {language_name(source)} has “{_shown(cells.texts[source], one)}”, "
        f"{language_name(target)} has “{_shown(cells.texts[target], two)}”"
    )
    return Draft("numbers.unit", source, target, message, (one.start, one.end), (two.start, two.end))


def _shown(text: str, mention: Mention) -> str:
    """A number with the word behind it, which is its unit."""
    after = re.match(r"\s?[^\s.,;:)]+", text[mention.end : mention.end + 20])
    return text[mention.start : mention.end] + (after[0] if after else "")
