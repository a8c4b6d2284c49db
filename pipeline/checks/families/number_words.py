"""Numbers in words that are others in another language, where neither has a number in digits."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.cells import Cells, Draft, folded_words
from pipeline.checks.quantities import is_vague, read_digits, read_words, reads_words
from pipeline.checks.quantities.units import agree, read_measures
from pipeline.languages import facts
from pipeline.languages.codes import language_name
from pipeline.languages.lowered import lowered
from pipeline.languages.numbers import Mention, Value


def differing_words(cells: Cells) -> Iterator[Draft]:
    """`numbers.changed`: exactly one number word of each language has no like in the other.

    Most number words are also articles, ordinals or parts of idioms; so only those that are nothing else are
    held against each other, and a row with several that differ is rewritten rather than wrong.
    """
    texts = {
        language: text
        for language, text in cells.texts.items()
        if reads_words(language) and len(folded_words(text)) <= _LONGEST and not read_digits(text, language)
    }
    if len(texts) < 2:
        return
    if sum(_may_have_number(text, language) for language, text in texts.items()) < 2:
        return
    words: dict[str, list[Mention]] = {}
    uncertain = 0
    for language, text in texts.items():
        words[language] = _words(text, language)
        uncertain += not any(map(_is_certain, words[language]))
        if len(texts) - uncertain < 2:  # quick, and true of most
            return
    reported: set[str] = set()
    for source, target in cells.pairs:
        if source not in texts or target not in texts or reported & {source, target}:
            continue
        ours = _strays(texts[source], words[source], words[target], source)
        theirs = _strays(texts[target], words[target], words[source], target)
        if len(ours) != 1 or len(theirs) != 1 or not _is_certain(ours[0]) or not _is_certain(theirs[0]):
            continue
        if not _converts(texts[source], ours[0], texts[target], theirs[0]):
            reported.add(target)
            yield _draft(cells, source, ours[0], target, theirs[0])


def _may_have_number(text: str, language: str) -> bool:
    hint = facts(language).number_hint
    return hint is None or hint.search(lowered(text)) is not None


def _words(text: str, language: str) -> list[Mention]:
    return [word for word in read_words(text, language) if not word.month]


def _strays(text: str, words: list[Mention], others: list[Mention], language: str) -> list[Mention]:
    """The number words whose values the other text has not; "one" is left out, since it is an article."""
    offered = _values(others)
    return [
        word
        for word in words
        if not _values([word]) & offered
        and word.readings[0] != (1,)
        and not is_vague(text, word, language)
        and not text[word.start : word.end].isupper()
    ]


def _converts(text: str, word: Mention, other: str, two: Mention) -> bool:
    """Whether two numbers are one amount in other units: "two feet" and "sixty centimetres"."""
    ours, theirs = read_measures(text, [word]), read_measures(other, [two])
    return bool(ours and theirs) and agree(ours[word], theirs[two])


def _values(words: list[Mention]) -> set[Value]:
    return {value for word in words for reading in word.readings for value in reading}


def _is_certain(word: Mention) -> bool:
    """Whether a word means one number alone; two is also said as both, double, pair and the like."""
    return len(word.readings) == 1 and word.readings[0][0] > _SMALL


_SMALL = 1
_LONGEST = 40
"""Words of a text that is compared: up to this length, no sound pair of news or help articles is told."""


def _draft(cells: Cells, source: str, one: Mention, target: str, two: Mention) -> Draft:
    shown = [
        cells.texts[language][word.start : word.end] for language, word in ((source, one), (target, two))
    ]
    message = f"{language_name(source)} has “{shown[0]}”, {language_name(target)} has “{shown[1]}”"
    return Draft("numbers.changed", source, target, message, (one.start, one.end), (two.start, two.end))
