"""Small words of grammar, by which a sentence is known to be in a language, or not to be in it."""

from __future__ import annotations

import re
from collections import Counter

# Words of each language's grammar; those that another of these languages has as well are left out below.
_GRAMMAR = {
    "it": (
        "il lo gli della dello degli delle dei del nel nella negli nelle sul sulla dal dalla dalle "
        "che chi non più anche come quando dove perché sono è era stato stata questo questa quello "
        "quella suo sua loro con per tra fra ma se ci si di da al alla alle ai ha hanno essere ancora "
        "dopo prima molto ogni"
    ),
    "pl": (
        "w z na do lub nie się jest są był była było były że jak ale czy oraz dla przez przy od po ze we "
        "który która które którzy tego tej tym ten ta tak już tylko jego jej ich może być został "
        "została więc jeśli gdy kiedy gdzie także również bardzo każdy"
    ),
    "en": (
        "the of and to in is are was were that this these those with for from by not have has had "
        "will would can you your they their he she his her its it as at on be or which who when where "
        "there if into about than"
    ),
    "de": (
        "der die das und ist nicht ein eine einen dem den des mit von für auf sich auch wird wurde sind war"
    ),
    "fr": ("le les des une est dans pour pas sur qui que avec plus cette ce ses sont été aux du nous vous"),
    "es": ("el los las una es en por con para que del como más pero sus este esta fue ser son muy también"),
}
_COUNTS = Counter(word for words in _GRAMMAR.values() for word in set(words.split()))
_ALL = {language: frozenset(words.split()) for language, words in _GRAMMAR.items()}
_OWN = {language: frozenset(word for word in words if _COUNTS[word] == 1) for language, words in _ALL.items()}
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST, _SHARE = 3, 0.25
"""Words of the other language's grammar that a foreign sentence has at least, and their share of all."""


def uses_grammar_of(text: str, language: str) -> bool:
    """Whether a text has a word of a language's grammar."""
    return not _ALL.get(language, frozenset()).isdisjoint(_WORD.findall(text.lower()))


def foreign_language(sentence: str, language: str) -> str:
    """The language that a sentence in Latin script is in, if not the one given; "" if that is unsure."""
    lowered = sentence.lower()
    if not _ALL.get(language, frozenset()).isdisjoint(lowered.split()):  # quick, and true of most
        return ""
    words = _WORD.findall(lowered)
    if len(words) < 2 * _FEWEST or not _ALL.get(language, frozenset()).isdisjoint(words):
        return ""
    counts = {other: sum(word in own for word in words) for other, own in _OWN.items() if other != language}
    best = max(counts, key=lambda other: counts[other])
    return best if counts[best] >= max(_FEWEST, _SHARE * len(words)) else ""
