"""Months and weekdays named in words, for any language that CLDR knows."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale, UnknownLocaleError

from pipeline.datatypes import Span
from pipeline.languages import facts
from pipeline.languages.numbers import Mention, Value, single


def read_months(text: str, language: str) -> list[Mention]:
    """The months that a text names; none in a language that CLDR does not know."""
    names = _months(language)
    if not names:
        return []
    pattern, numbers = names
    return [
        Mention(match.start(), match.end(), single(numbers[match[0].lower()]), month=True)
        for match in pattern.finditer(text)
    ]


def read_weekdays(text: str, language: str) -> dict[Value, Span]:
    """The weekdays that a text names, 0 for Monday, and where each does so first."""
    pattern = _weekdays(language)
    found: dict[Value, Span] = {}
    for match in pattern.finditer(text) if pattern else ():
        found.setdefault((match.lastindex or 1) - 1, match.span())
    return found


def names_weekdays(language: str) -> bool:
    """Whether the names of the days are known, from its record or from CLDR."""
    return _weekdays(language) is not None


@cache
def _months(language: str) -> tuple[re.Pattern[str], dict[str, int]] | None:
    """A pattern of the full names, as in a date and as in a heading, and their numbers; "May" in English is
    also a verb, so that a name counts only with a capital where the language gives it one.
    """
    locale = _locale(language)
    if locale is None:
        return None
    names = {
        name: number
        for form in ("format", "stand-alone")
        for number, name in locale.months[form]["wide"].items()
    }
    words = {name: number for name, number in names.items() if name.isalpha()}
    if not words:
        return None
    longest = sorted(map(re.escape, words), key=len, reverse=True)
    lowered = {name.lower(): number for name, number in words.items()}
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest)})(?!\w)"), lowered


@cache
def _weekdays(language: str) -> re.Pattern[str] | None:
    """A pattern with a group for every day, Monday first: the language's own, or the full names of CLDR."""
    days = list(facts(language).weekdays)
    if not days:
        locale = _locale(language)
        if locale is None:
            return None
        forms = [locale.days[form]["wide"] for form in ("format", "stand-alone")]
        days = ["|".join(re.escape(names[day]) for names in forms) for day in range(7)]
    known = facts(language)
    begin = r"(?<!\w)" if known.spaced else ""
    end = r"(?!\w)" if known.spaced and not known.particles else ""
    groups = "|".join(f"({day})" for day in days)
    return re.compile(rf"{begin}(?:{groups}){end}", 0 if language == "en" else re.IGNORECASE)


@cache
def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
