"""Where a term of the glossary stands in a text, in whatever form the sentence gives it.

Italian, Polish and English words get other endings (and, in Polish, another last consonant of the stem),
Korean ones a particle behind them. Capitals of the term count as `Case` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.datatypes import Span
from pipeline.languages import facts
from pipeline.languages.word_forms import inflected

Case = str
"""Which capitals a text must have: none (`ANY`), those of the term (`CAPITALS`), or no others (`EXACT`)."""

_OPENING = re.compile(r"(?:^|[.!?…:]\s)[\s«»„“”\"'‘(\[¿¡—–-]*$")
"""What a capital stands behind because a sentence begins there."""

ANY, CAPITALS, EXACT = "any", "capitals", "exact"


def spans(text: str, form: str, language: str, case: Case = ANY) -> Iterator[Span]:
    """Yield where a term stands in a text."""
    for match in _pattern(form, language).finditer(text):
        begins = case == EXACT and _OPENING.search(text, 0, match.start()) is not None
        if _has_case(form[1:] if begins else form, match[0][1:] if begins else match[0], case):
            yield match.span()


def kept_spans(text: str, form: str, language: str, any_case: bool = False) -> Iterator[Span]:
    """Yield where a term stands that is not translated, though it may get an ending or a particle."""
    return (match.span() for match in _kept_pattern(form, language, any_case).finditer(text))


def stands_joined(text: str, forms: Sequence[str], language: str) -> bool:
    """Whether a text of a language with particles has a term inside a compound, or spaced in another way."""
    if not facts(language).particles:
        return False
    joined = "".join(text.split())
    return any("".join(form.split()) in joined for form in forms)


def is_name(form: str) -> bool:
    """Whether a term is an acronym, or a name of which more than the first letter is a capital."""
    return any(map(str.isupper, form[1:]))


def _has_case(form: str, found: str, case: Case) -> bool:
    if case == ANY:
        return True
    pairs = list(zip(form.split(), re.split(r"[\s-]+", found), strict=False))
    letters = [(own, theirs) for one, other in pairs for own, theirs in zip(one, other, strict=False)]
    if case == EXACT:
        return all(theirs.isupper() == own.isupper() for own, theirs in letters if own.isalpha())
    return all(theirs.isupper() for own, theirs in letters if own.isupper())


@lru_cache(maxsize=1 << 16)
def _pattern(form: str, language: str) -> re.Pattern[str]:
    known, words = facts(language), form.split()
    if known.particles:
        inner, script = r"\s?".join(map(re.escape, words)), known.script
        before, after = rf"(?<![{script}A-Za-z0-9])", rf"(?:{known.particles}){{0,3}}(?![{script}A-Za-z0-9])"
        return re.compile(rf"{before}{inner}{after}", re.IGNORECASE)
    if not known.spaced:
        return re.compile(_unspaced(form), re.IGNORECASE)
    inner = r"[\s-]+".join(inflected(word, language) for word in words)
    return re.compile(rf"(?<!\w){inner}(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1 << 16)
def _kept_pattern(form: str, language: str, any_case: bool) -> re.Pattern[str]:
    known, words, flags = facts(language), form.split(), re.IGNORECASE if any_case else 0
    if known.particles:
        inner, script = r"\s?".join(map(re.escape, words)), known.script
        return re.compile(rf"(?<![{script}A-Za-z0-9]){inner}(?![A-Za-z0-9])", flags)
    if not known.spaced:
        return re.compile(_unspaced(form), flags)
    inner = r"[\s-]".join(map(re.escape, words))
    return re.compile(rf"(?<!\w){inner}(?:{known.name_ending})?(?!\w)", flags)


def _unspaced(form: str) -> str:
    """A pattern for a term among words without spaces; words in Latin letters have ends there too."""
    inner = r"\s?".join(map(re.escape, form.split()))
    before = r"(?<![A-Za-z0-9])" if form[0].isascii() else ""
    after = r"(?![A-Za-z0-9])" if form[-1].isascii() else ""
    return before + inner + after
