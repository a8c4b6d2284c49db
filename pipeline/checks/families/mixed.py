"""Sentences inside a paragraph that are in another language than it, and sentences that stand twice.

Both read a paragraph sentence by sentence. A sentence is foreign if it has several words that only
another language uses for its grammar, and none of the paragraph's own (`pipeline.checks.grammar_words`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.checks.cells import OWN_SCRIPT, Cells, Draft, folded_words, has_own_script
from pipeline.checks.families.clauses import foreign_clauses
from pipeline.checks.families.language import is_prose
from pipeline.checks.grammar_words import foreign_language
from pipeline.datatypes import Span
from pipeline.languages import facts
from pipeline.languages.codes import language_name
from pipeline.languages.scripts import language_of_letters

_REPEATED = 4
"""Words from which a sentence that stands twice is no refrain, no answer and no heading."""


def mixed_language(cells: Cells) -> Iterator[Draft]:
    """`language.mixed`: a sentence in another language than the paragraph around it."""
    told: set[str] = set()
    for language, text in cells.texts.items():
        if cells.is_short(language):
            continue
        foreign = _foreign if facts(language).script or has_own_script(text) else foreign_language
        for start, end in cells.sentences(language):
            other = foreign(text[start:end], language)
            if other:
                message = (
                    f"A sentence of the {language_name(language)} paragraph is in {language_name(other)}"
                )
                yield Draft("language.mixed", "", language, message, None, (start, end))
                told.add(language)
                break
    yield from foreign_clauses(cells, told)


def _foreign(sentence: str, language: str) -> str:
    """The language that a sentence is in, if it is another one."""
    if facts(language).script:
        latin = not OWN_SCRIPT.search(sentence) and is_prose(sentence)
        return foreign_language(sentence, "") if latin else ""
    letters = "".join(OWN_SCRIPT.findall(sentence))
    if len(letters) > 10 and len(letters) * 2 > sum(map(str.isalpha, sentence)):
        return language_of_letters(letters)
    return foreign_language(sentence, language)


def repeated_sentences(cells: Cells) -> Iterator[Draft]:
    """`completeness.repeated`: a sentence that stands twice in one language, and in no other."""
    found = {
        language: None if cells.is_short(language) else _repeat(text, cells.sentences(language))
        for language, text in cells.texts.items()
    }
    if all(found.values()):
        return
    for language, span in found.items():
        if span:
            message = f"This sentence stands twice in {language_name(language)}"
            yield Draft("completeness.repeated", "", language, message, None, span)


def _repeat(text: str, spans: Sequence[Span]) -> Span | None:
    """The second of two equal sentences."""
    beginnings = {tuple(text[slice(*span)].casefold().split(None, 1)[:1]) for span in spans}
    if len(beginnings) == len(spans):  # quick, and true of most
        return None
    seen: set[tuple[str, ...]] = set()
    for span in spans:
        words = folded_words(text[slice(*span)])
        if words in seen and len(words) >= _REPEATED:
            return span
        seen.add(words)
    return None
