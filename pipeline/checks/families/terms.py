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

from pipeline.checks.records import Cells, Draft
from pipeline.datatypes import Span
from pipeline.languages.codes import language_name


class Term(NamedTuple):
    """An entry of a glossary."""

    forms: Mapping[str, tuple[str, ...]]  # how each language may say it, the first being the usual way
    kept: tuple[str, ...]  # or how it stands in every language


_POLISH_ENDINGS = (
    "ami|ach|owie|owi|ego|emu|ymi|imi|iem|ie|em|om|ów|ej|ym|im|ych|ich|iach|iami|iom|ią|ię|ia|iu|io|"
    "a|ą|e|ę|i|o|u|y"
)
_ITALIAN_ENDINGS = "hi|he|ie|io|ia|o|a|i|e"
_PARTICLES = (
    "은|는|이|가|을|를|의|에|에서|에서는|에게|께|로|으로|와|과|도|만|나|이나|든|부터|까지|보다|처럼|마다|조차|"
    "라는|이라는|라고|이라고|란|이란|들|들이|들은|들을|들의|인|이다|입니다|이며|이고|이었다|였다|적|적인|용|별|등"
)
# The last consonants of a Polish stem as they stand before some endings: "ręka" and "ręce".
_SOFTENED = {
    "ch": "sz|ś", "st": "ści|ść", "sł": "śl", "k": "c|cz", "g": "dz|ż", "h": "sz|ż", "r": "rz", "ł": "l",
    "t": "c|ci", "d": "dz|dzi", "n": "ń|ni", "s": "ś|si", "z": "ź|zi", "c": "cz", "ń": "n|ni", "ść": "śc|ści",
    "ś": "si", "ź": "zi", "ć": "ci",
}  # fmt: skip
_FLEETING = re.compile(r"(?<=[^aeiouyąęó])i?e(?=[^aeiouyąęó]$)")  # "pies", "psa"
_CLUSTER = re.compile(r"[^aeiouyąęó]{2}$")  # "źródło", "źródeł"
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
    """Whether a text has one of the forms; in Korean also inside a compound, or written without spaces."""
    if language == "ko":
        joined = "".join(text.split())
        if any("".join(form.split()) in joined for form in forms):
            return True
    return _find(text, forms, language, exact) is not None


@lru_cache(maxsize=1 << 16)
def _pattern(form: str, language: str, exact: bool) -> re.Pattern[str]:
    """A pattern for a term in any of its forms; one that is kept may get an ending, but no other case."""
    words = form.split()
    if language == "ko":
        inner = r"\s?".join(map(re.escape, words))
        after = r"(?![A-Za-z0-9])" if exact else rf"(?:{_PARTICLES})?(?![가-힣A-Za-z0-9])"
        return re.compile(rf"(?<![가-힣A-Za-z0-9]){inner}{after}", 0 if exact else re.IGNORECASE)
    if exact:
        ending = r"(?:[’'-]?[a-ząćęłńóśźż]{1,4})?" if language == "pl" else ""
        inner = r"[\s-]".join(map(re.escape, words))
        return re.compile(rf"(?<!\w){inner}{ending}(?!\w)")
    inner = r"[\s-]+".join(_inflected(word, language) for word in words)
    return re.compile(rf"(?<!\w){inner}(?!\w)", re.IGNORECASE)


def _inflected(word: str, language: str) -> str:
    """A pattern for a word with any ending that its language may give it."""
    if word.isupper() or len(word) < 3 or not word.isalpha():
        return re.escape(word)
    if language == "it":
        stem = word[:-1] if word[-1] in "aeio" else word
        stem = stem[:-1] if stem[-1] in "ih" and len(stem) > 3 else stem
        return rf"(?:{re.escape(word)}|{re.escape(stem)}(?:{_ITALIAN_ENDINGS}))"
    if language == "pl":
        stems = "|".join(sorted(map(re.escape, _polish_stems(word.lower())), key=len, reverse=True))
        return rf"(?:{re.escape(word)}|(?:{stems})(?:{_POLISH_ENDINGS})?)"
    return re.escape(word) + r"\w{0,2}"


def _polish_stems(word: str) -> set[str]:
    """What stays of a word when its ending changes, in its variants: "stół" is "stoł" and "stol"."""
    stem = re.sub(r"(?:um|[aeiouyąęó]|(?<=[^aeiouyąęó])i[aeęą])$", "", word) or word
    stems = {stem, stem.replace("ó", "o"), stem.replace("ą", "ę")}
    stems |= {each[::-1].replace("ai", "ei", 1)[::-1] for each in set(stems)}  # "miasto", "mieście"
    stems |= {_FLEETING.sub("", each) for each in set(stems)}
    stems |= {each[:-1] + "e" + each[-1] for each in set(stems) if _CLUSTER.search(each)}
    for each in set(stems):
        for size in (2, 1):
            for soft in _SOFTENED.get(each[-size:], "").split("|"):
                if soft and len(each) > size:
                    stems.add(each[:-size] + soft)
    return {each for each in stems if len(each) > 1}
