"""Small words of grammar, by which a sentence is known to be in a language, or not to be in it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from pipeline.languages import known_languages

_ALL = {known.code: known.grammar_words for known in known_languages() if known.grammar_words}
_COUNTS = Counter(word for words in _ALL.values() for word in words)
_OWN = {language: frozenset(word for word in words if _COUNTS[word] == 1) for language, words in _ALL.items()}
"""The words that no other language has as well."""

OWNERS = {word: language for language, words in _OWN.items() for word in words}
"""The language of each of them."""

_WORD = re.compile(r"[^\W\d_]+")
_FEWEST, _SHARE = 3, 0.25
"""Words of the other language's grammar that a foreign sentence has at least, and their share of all."""


def uses_grammar_of(text: str, language: str) -> bool:
    """Whether a text has a word of a language's grammar."""
    return not _ALL.get(language, frozenset()).isdisjoint(_WORD.findall(text.lower()))


def has_grammar_of(word: str, language: str) -> bool:
    """Whether a small word is one of a language's grammar."""
    return word in _ALL.get(language, frozenset())


@cache
def others_words(language: str) -> frozenset[str]:
    """The words of grammar that one other language has, and neither this one nor a third."""
    return frozenset(word for word, owner in OWNERS.items() if owner != language)


def foreign_language(sentence: str, language: str) -> str:
    """The language that a sentence in Latin script is in, if not the one given; "" if that is unsure."""
    small = sentence.lower()
    if not _ALL.get(language, frozenset()).isdisjoint(small.split()):  # quick, and true of most
        return ""
    words = _WORD.findall(small)
    if len(words) < 2 * _FEWEST or not _ALL.get(language, frozenset()).isdisjoint(words):
        return ""
    counts = {other: sum(word in own for word in words) for other, own in _OWN.items() if other != language}
    best = max(counts, key=lambda other: counts[other])
    return best if counts[best] >= max(_FEWEST, _SHARE * len(words)) else ""
