"""Terms of the user's glossary: translated as it says, or kept as they are.

A term is found in whatever form the sentence gives it: Italian and Polish words with other endings (and, in
Polish, another last consonant of the stem), Korean ones with a particle behind them.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.checks.cells import Cells, Draft
from pipeline.datatypes import Span
from pipeline.languages import Language, facts
from pipeline.languages.codes import language_name


class Term(NamedTuple):
    """An entry of a glossary."""

    forms: Mapping[str, tuple[str, ...]]  # how each language may say it, the first being the usual way
    kept: tuple[str, ...]  # or how it stands in every language


_WORD = re.compile(r"[^\W_]+")
_KEY = 2
"""Letters by which a text is searched for the terms that may be in it."""


class Glossary:
    """Terms, found quickly by the first letters of the words of a text."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = tuple(terms)
        self.digest = hashlib.blake2b(
            repr(self.terms).encode("utf-8", "surrogatepass"), digest_size=16
        ).digest()
        self._by_start: dict[str, dict[str, list[int]]] = {}

    def candidates(self, text: str, language: str) -> list[Term]:
        """The terms of which a word of the text has the first letters."""
        if language not in self._by_start:
            self._by_start[language] = self._starts(language)
        starts = self._by_start[language]
        keys = {word[:_KEY] for word in _WORD.findall(text.casefold())}
        found = {number for key in keys for number in starts.get(key, ())}
        return [self.terms[number] for number in sorted(found)]

    def _starts(self, language: str) -> dict[str, list[int]]:
        starts: defaultdict[str, list[int]] = defaultdict(list)
        for number, term in enumerate(self.terms):
            for form in term.kept or term.forms.get(language, ()):
                word = _WORD.search(form.casefold())
                if word:
                    starts[word[0][:_KEY]].append(number)
        return dict(starts)


def wrong_terms(cells: Cells, glossary: Glossary) -> Iterator[Draft]:
    """`entities.term` and `entities.do-not-translate`: a term that the target says otherwise."""
    for source, target in cells.pairs:
        text = cells.texts[source]
        for term in glossary.candidates(text, source):
            ours, theirs = (term.kept or term.forms.get(language, ()) for language in (source, target))
            span = _find(text, ours, source, bool(term.kept)) if theirs else None
            if span and not _has(cells.texts[target], theirs, target, bool(term.kept)):
                yield _draft(source, target, text, span, theirs, bool(term.kept))


def _draft(source: str, target: str, text: str, span: Span, theirs: Sequence[str], kept: bool) -> Draft:
    word = text[slice(*span)]
    if kept:
        message = f"“{word}” must not be translated, and is missing in {language_name(target)}"
        return Draft("entities.do-not-translate", source, target, message, span, None, theirs[0])
    wanted = " or ".join(f"“{form}”" for form in theirs)
    message = f"The glossary translates “{word}” as {wanted}, which {language_name(target)} does not have"
    return Draft("entities.term", source, target, message, span, None, theirs[0])


def _find(text: str, forms: Sequence[str], language: str, exact: bool) -> Span | None:
    """Where the first of the forms stands in a text."""
    for form in forms:
        match = _pattern(form, language, exact).search(text)
        if match:
            return match.span()
    return None


def _has(text: str, forms: Sequence[str], language: str, exact: bool) -> bool:
    """Whether a text has one of the forms; where particles follow, also in a compound or without spaces."""
    if facts(language).particles:
        joined = "".join(text.split())
        if any("".join(form.split()) in joined for form in forms):
            return True
    return _find(text, forms, language, exact) is not None


@lru_cache(maxsize=1 << 16)
def _pattern(form: str, language: str, exact: bool) -> re.Pattern[str]:
    """A pattern for a term in any of its forms; one that is kept may get an ending, but no other case."""
    known, words = facts(language), form.split()
    if known.particles:
        inner, script = r"\s?".join(map(re.escape, words)), known.script
        after = r"(?![A-Za-z0-9])" if exact else rf"(?:{known.particles})?(?![{script}A-Za-z0-9])"
        return re.compile(rf"(?<![{script}A-Za-z0-9]){inner}{after}", 0 if exact else re.IGNORECASE)
    if exact:
        inner = r"[\s-]".join(map(re.escape, words))
        return re.compile(rf"(?<!\w){inner}(?:{known.name_ending})?(?!\w)")
    inner = r"[\s-]+".join(_inflected(word, known) for word in words)
    return re.compile(rf"(?<!\w){inner}(?!\w)", re.IGNORECASE)


def _inflected(word: str, known: Language) -> str:
    """A pattern for a word with any ending that its language may give it."""
    if word.isupper() or len(word) < 3 or not word.isalpha():
        return re.escape(word)
    return known.inflected(word) if known.inflected else re.escape(word) + r"\w{0,2}"
