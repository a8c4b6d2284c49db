"""Months named in words, for any language that CLDR knows."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale, UnknownLocaleError

from pipeline.languages.numbers import Mention, single


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


@cache
def _months(language: str) -> tuple[re.Pattern[str], dict[str, int]] | None:
    """A pattern of the full names, as in a date and as in a heading, and their numbers; "May" in English is
    also a verb, so that a name counts only with a capital where the language gives it one.
    """
    try:
        months = Locale.parse(language, sep="-").months
    except (UnknownLocaleError, ValueError):
        return None
    names = {
        name: number for form in ("format", "stand-alone") for number, name in months[form]["wide"].items()
    }
    words = {name: number for name, number in names.items() if name.isalpha()}
    if not words:
        return None
    longest = sorted(map(re.escape, words), key=len, reverse=True)
    lowered = {name.lower(): number for name, number in words.items()}
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest)})(?!\w)"), lowered
