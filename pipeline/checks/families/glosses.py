"""Words in Latin letters inside a text of another script that no other language has, as in 존슨(Johnson).

Translators gloss names and terms of a third language, usually English, which the other translations render in
their own words: that is nothing to correct. It is where the other language has a name that sounds like the
word in front of the gloss, and the gloss is another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.cells import Cells, Draft
from pipeline.checks.families.foreign_names import fold, inner_names, stands_in
from pipeline.datatypes import Span
from pipeline.languages import facts
from pipeline.languages.codes import language_name

_LATIN_NAME = re.compile(r"[A-Z](?<![A-Za-z.@/#-][A-Z])[a-z]{3,30}(?![A-Za-z@/])")
_WORD_BEFORE = re.compile(r"(\w{2,12})\s?[(（][A-Za-z .’']{0,30}$")

_SOUNDS = (
    ("sch", "s"), ("tch", "s"), ("ch", "s"), ("sh", "s"), ("sz", "s"), ("cz", "s"), ("ph", "p"), ("th", "t"),
    ("ck", "k"), ("ng", "n"), ("x", "ks"), ("ce", "s"), ("ci", "s"), ("ge", "s"), ("gi", "s"),
)  # fmt: skip
_CLASSES = str.maketrans("bfvcgqdzjr", "pppkkktssl", "aeiouywh'’-")
_REPEATED = re.compile(r"(.)\1+")


def strange_glosses(cells: Cells) -> Iterator[Draft]:
    """`entities.gloss`, and `entities.name` where another language says which name it should be."""
    others = {language: text for language, text in cells.texts.items() if facts(language).native_word}
    for language in cells.texts if others else ():
        if not facts(language).script:
            continue
        for match in _LATIN_NAME.finditer(cells.texts[language]):
            if any(match[0] in text for text in others.values()):  # quick, and true of most
                continue
            if not any(stands_in(match[0], text) for text in others.values()):
                yield _draft(cells, language, match, others)
                break


def _draft(cells: Cells, language: str, match: re.Match[str], others: dict[str, str]) -> Draft:
    for other, text in others.items():
        right = _name_meant(cells.texts[language], match, language, text)
        if right:
            message = f"{language_name(language)} has “{match[0]}”, {language_name(other)} has “{right[0]}”"
            return _between(cells, "entities.name", language, match.span(), other, right[1], message)
    other = next(iter(others))
    message = f"“{match[0]}” stands in {language_name(language)} but not in {language_name(other)}"
    return _between(cells, "entities.gloss", language, match.span(), other, None, message)


def _between(
    cells: Cells, rule: str, language: str, span: Span, other: str, place: Span | None, message: str
) -> Draft:
    if list(cells.texts).index(other) < list(cells.texts).index(language):
        return Draft(rule, other, language, message, place, span)
    return Draft(rule, language, other, message, span, place)


def _name_meant(text: str, gloss: re.Match[str], language: str, other: str) -> tuple[str, Span] | None:
    """The name of the other language that sounds like the word in front of a gloss, as the gloss does not."""
    sounds = facts(language).sounds
    before = _WORD_BEFORE.search(text, max(0, gloss.start() - 45), gloss.start())
    if sounds is None or before is None:
        return None
    heard = sounds(before[1])
    if len(heard) < 3 or _likeness(heard, _sound(gloss[0])) > _LIKE:
        return None
    names = ((name, span) for name, span in inner_names(other) if not stands_in(name, text))
    return next(((name, span) for name, span in names if _likeness(heard, _sound(name)) > _LIKE), None)


_LIKE = 0.75
"""Share of their consonants that a name and its transcription have in common, in order."""


def _sound(name: str) -> str:
    """The consonants of a name in classes that no transcription tells apart."""
    sound = fold(name)
    for spelling, simple in _SOUNDS:
        sound = sound.replace(spelling, simple)
    return _REPEATED.sub(r"\1", sound.translate(_CLASSES))


def _likeness(one: str, two: str) -> float:
    """Twice the longest common subsequence over both lengths; the last consonant may be a particle's."""
    if not one or not two:
        return 0.0
    row = [0] * (len(two) + 1)
    for letter in one:
        above = row[:]
        for place, other in enumerate(two):
            row[place + 1] = above[place] + 1 if letter == other else max(above[place + 1], row[place])
    return 2 * row[-1] / (len(one) + len(two))
