"""Sentences inside a paragraph that are in another language than it, and sentences that stand twice.

Both read a paragraph sentence by sentence. A sentence is foreign if it has several words that only
another language uses for its grammar, and none of the paragraph's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.checks.language import is_prose
from pipeline.checks.names import language_name
from pipeline.checks.records import Cells, Draft, folded_words
from pipeline.datatypes import Span

# Words of each language's grammar; those that another of these languages has as well are left out below.
_GRAMMAR = {
    "it": (
        "il lo gli della dello degli delle dei del nel nella negli nelle sul sulla dal dalla dalle "
        "che chi non più anche come quando dove perché sono è era stato stata questo questa quello "
        "quella suo sua loro con per tra fra ma se ci si di da al alla alle ai ha hanno essere ancora "
        "dopo prima molto ogni"
    ),
    "pl": (
        "w z na do nie się jest są był była było były że jak ale czy oraz dla przez przy od po ze we "
        "który która które którzy tego tej tym ten ta tak już tylko jego jej ich może być został "
        "została więc jeśli gdy kiedy gdzie także również bardzo każdy"
    ),
    "en": (
        "the of and to in is are was were that this these those with for from by not have has had "
        "will would can you your they their he she his her its it as at on be or which who when where "
        "there if into about than"
    ),
    "de": (
        "der die das und ist nicht ein eine einen dem den des mit von für auf sich auch wird wurde "
        "sind war"
    ),
    "fr": (
        "le les des une est dans pour pas sur qui que avec plus cette ce ses sont été aux du nous "
        "vous"
    ),
    "es": (
        "el los las una es en por con para que del como más pero sus este esta fue ser son muy "
        "también"
    ),
}
_COUNTS = Counter(word for words in _GRAMMAR.values() for word in set(words.split()))
_ALL = {language: frozenset(words.split()) for language, words in _GRAMMAR.items()}
_OWN = {language: frozenset(word for word in words if _COUNTS[word] == 1) for language, words in _ALL.items()}
_WORD = re.compile(r"[^\W\d_]+")
_HANGUL = re.compile(r"[가-힣]")

_FEWEST, _SHARE = 3, 0.25
"""Words of the other language's grammar that a foreign sentence has at least, and their share of all."""

_REPEATED = 4
"""Words from which a sentence that stands twice is no refrain, no answer and no heading."""


def mixed_language(cells: Cells) -> Iterator[Draft]:
    """`language.mixed`: a sentence in another language than the paragraph around it."""
    for language, text in cells.texts.items():
        spans = cells.sentences(language)
        for start, end in spans if len(spans) > 1 else ():
            other = _foreign(text[start:end], language)
            if other:
                message = (
                    f"A sentence of the {language_name(language)} paragraph is in {language_name(other)}"
                )
                yield Draft("language.mixed", "", language, message, None, (start, end))
                break


def _foreign(sentence: str, language: str) -> str:
    """The language that a sentence is in, if it is another one."""
    if language == "ko":
        latin = not _HANGUL.search(sentence) and is_prose(sentence)
        return _by_grammar(sentence, "") if latin else ""
    hangul = len(_HANGUL.findall(sentence)) if _HANGUL.search(sentence) else 0
    if hangul > 10 and hangul * 2 > sum(map(str.isalpha, sentence)):
        return "ko"
    return _by_grammar(sentence, language)


def _by_grammar(sentence: str, language: str) -> str:
    words = _WORD.findall(sentence.lower())
    if len(words) < 2 * _FEWEST or not _ALL.get(language, frozenset()).isdisjoint(words):
        return ""
    counts = {other: sum(word in own for word in words) for other, own in _OWN.items() if other != language}
    best = max(counts, key=lambda other: counts[other])
    return best if counts[best] >= max(_FEWEST, _SHARE * len(words)) else ""


def repeated_sentences(cells: Cells) -> Iterator[Draft]:
    """`completeness.repeated`: a sentence that stands twice in one language, and in no other."""
    found = {language: _repeat(text, cells.sentences(language)) for language, text in cells.texts.items()}
    if all(found.values()):
        return
    for language, span in found.items():
        if span:
            message = f"This sentence stands twice in {language_name(language)}"
            yield Draft("completeness.repeated", "", language, message, None, span)


def _repeat(text: str, spans: list[Span]) -> Span | None:
    """The second of two equal sentences."""
    if len(spans) < 2:
        return None
    seen: set[tuple[str, ...]] = set()
    for span in spans:
        words = folded_words(text[slice(*span)])
        if words in seen and len(words) >= _REPEATED:
            return span
        seen.add(words)
    return None
