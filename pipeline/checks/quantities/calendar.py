"""Months and weekdays named in words, for any language that CLDR knows."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale, UnknownLocaleError

from pipeline.datatypes import Span
from pipeline.languages import facts
from pipeline.languages.lowered import lowered
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
    found: dict[Value, Span] = {}
    short = _short_weekdays(language) if names_short_weekdays(text, language) else None
    for pattern in (_weekdays(language), short):
        for match in pattern.finditer(text) if pattern else ():
            found.setdefault(((match.lastindex or 1) - 1) % 7, match.span())
    return found


def names_short_weekdays(text: str, language: str) -> bool:
    """Whether a text may name a day by its short name."""
    hint = _short_hint(language)
    return hint is not None and hint.search(lowered(text)) is not None


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
def _short_hint(language: str) -> re.Pattern[str] | None:
    """Quick: the mark behind a short name of a day, in small letters; few texts have many such marks."""
    names = _short_names(language)
    if not facts(language).cased:
        return re.compile(rf"[)）](?<=[{''.join(name[-1] for name in names)}].)") if names else None
    ends = "|".join(f"(?<={re.escape(name.lower())}.)" for name in names)
    return re.compile(f"[.–-](?:{ends})") if names else None


def _short_names(language: str) -> list[str]:
    """The short names of the days in CLDR without their full stop, Monday first."""
    locale = _locale(language)
    names = locale.days["format"]["abbreviated"] if locale else {}
    days = [names.get(day, "").rstrip(".") for day in range(7)]
    return days if all(days) else []


@cache
def _short_weekdays(language: str) -> re.Pattern[str] | None:
    """A pattern with a group for every day by its short name, Monday first: "lun.", "pon.–pt.", "(목)".

    A short name is often the beginning of a word, or a word: a full stop shows that it is one, a dash to
    another one, or brackets; behind the number of a day it may be a month.
    """
    days = _short_names(language)
    if not days:
        return None
    groups = "|".join(f"({re.escape(day)})" for day in days)
    if not facts(language).cased:
        groups = "|".join(f"({day[-1]})" for day in days)
        return re.compile(rf"(?<=[(（])(?:{groups})(?=[)）])")
    firsts = "".join(dict.fromkeys(letter for day in days for letter in (day[0].lower(), day[0].upper())))
    rests = "|".join(f"((?<=[{day[0].lower()}{day[0].upper()}]){re.escape(day[1:])})" for day in days)
    any_day = "|".join(map(re.escape, days))
    return re.compile(
        rf"[{firsts}](?<!\w[{firsts}])(?<!\d[ .][{firsts}])(?:{rests})(?=\.|\s?[-–]\s?(?:{any_day})(?!\w))"
        rf"|(?<=[.\w][-–])(?:{groups})(?!\w)",
        0 if language in ("en", "de") else re.IGNORECASE,
    )


@cache
def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
