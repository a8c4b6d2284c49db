"""Clauses in another language than the text around them: a passage that a translator or a machine left.

A passage in another script is known by its letters. In Latin letters, it is the stretch of words with the
most words of grammar that only the other language has and the fewest signs of the text's own. Names, titles,
quotations and what stands in brackets are meant as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache
from typing import NamedTuple

from pipeline.checks.cells import Cells, Draft, folded_words
from pipeline.checks.grammar_words import OWNERS, has_grammar_of, others_words
from pipeline.datatypes import Span
from pipeline.languages import facts, known_languages
from pipeline.languages.codes import language_name
from pipeline.languages.marks import OBJECT
from pipeline.languages.scripts import language_of_letters, languages_of_script

_WORD = re.compile(r"[^\W\d_]+")
_ASIDE = re.compile(
    r"[“„][^“”„]*[”“]|\"[^\"]*\"|«[^«»]*»|‘[^‘’]*’|(?<!\w)'[^']*'(?!\w)|[(（][^()（）]*[)）]|\[[^\[\]]*\]|`[^`]*`"
    r"|[「『《〈][^「『《〈」』》〉]*[」』》〉]"
)
"""What is said or named, not written by the text itself."""

_FEWEST_WORDS, _FEWEST_SIGNS = 4, 3
"""Words of a passage, and words of grammar in it."""
_GAIN, _LOSS, _STEP = 2.0, 4.0, 0.4
"""What a word of grammar adds that only the other language has, and what one of the text's own and any other
take away: a passage goes on over four words that say nothing, and breaks at the first of the text's own."""
_SMALL = 0.6
"""Share of a passage's words with a small letter from which it is no name and no title."""

_SCRIPTS = {known.code: known.script for known in known_languages() if known.script}
_LATIN = {
    known.code: re.compile(f"[{known.letters}]")
    for known in known_languages()
    if known.letters and not known.script
}
"""Letters of the Latin alphabet that words of one language have, of those that are known by them."""
_ANY_LATIN = re.compile(f"[{''.join(known.letters for known in known_languages() if known.code in _LATIN)}]")
_FEWEST_LETTERS = 5
"""Letters of a passage in another script: fewer are a word that the text speaks of."""


class _Passage(NamedTuple):
    language: str
    span: Span


def foreign_clauses(cells: Cells, told: Set[str]) -> Iterator[Draft]:
    """`language.mixed`: a clause in another language, in the texts of the languages not `told` already."""
    for language, text in cells.texts.items():
        if language in told:
            continue
        latin = _may_have_clause(text, language) and _has_signs(text, language)
        passage = _in_latin(text, language) if latin else None
        passage = passage or _in_another_script(text, language)
        if passage and not _is_everywhere(cells, passage, text):
            message = f"Part of the {language_name(language)} text is in {language_name(passage.language)}"
            yield Draft("language.mixed", "", language, message, None, passage.span)


def _may_have_clause(text: str, language: str) -> bool:
    """Quick: whether a text has some words of grammar that are another language's."""
    words = folded_words(text)
    if len(others_words(language).intersection(words)) > 1:
        return True
    return not facts(language).script and _ANY_LATIN.search(text) is not None


def _has_signs(text: str, language: str) -> bool:
    """Quick: whether a text has a letter, or twice a word of grammar, that only another language has."""
    if _letters_of_others(language).search(text):
        return True
    telling = _telling_words(language)
    owners = [telling[word] for word in _WORD.findall(text.lower()) if word in telling]
    return len(set(owners)) < len(owners)


@cache
def _telling_words(language: str) -> dict[str, str]:
    """The words of grammar that count for another language in a text, and that language."""
    shared = facts(language).shared_words
    return {word: owner for word, owner in OWNERS.items() if owner != language and word not in shared}


@cache
def _letters_of_others(language: str) -> re.Pattern[str]:
    """Latin letters by which other languages are known, without the language's own."""
    letters = set("".join(known.letters for known in known_languages() if known.code in _LATIN))
    return re.compile(f"[{''.join(sorted(letters - set(facts(language).accented)))}]")


def _is_everywhere(cells: Cells, passage: _Passage, text: str) -> bool:
    """Whether a passage in a third language stands in all texts, so that it is meant."""
    said = text[slice(*passage.span)]
    return passage.language not in cells.texts and all(said in other for other in cells.texts.values())


def _in_latin(text: str, language: str) -> _Passage | None:
    plain = _ASIDE.sub(lambda match: OBJECT * len(match[0]), text)
    words = list(_WORD.finditer(plain))
    lowered = [word[0].lower() for word in words]
    signs = [OWNERS.get(word[0].lower()) or _letter_owner(word[0], language) for word in words]
    found = {other for other in signs if other and other != language}
    for other in sorted(found, key=lambda code: -signs.count(code)):
        if signs.count(other) >= _FEWEST_SIGNS - 1:
            weights = [_weight(*each, other, language) for each in zip(lowered, signs, strict=True)]
            first, last = _best_stretch(weights)
            passage = words[first : last + 1]
            if _is_passage(passage, weights[first : last + 1].count(_GAIN), plain):
                return _Passage(other, (passage[0].start(), passage[-1].end()))
    return None


def _letter_owner(word: str, language: str) -> str:
    """The language known by a letter of a word, unless that is a name or the letter is the text's own."""
    if word.isascii() or not word.islower():
        return ""
    own = facts(language).accented
    for code, letters in _LATIN.items():
        match = letters.search(word)
        if match and match[0] not in own:
            return code
    return ""


def _weight(word: str, sign: str, other: str, language: str) -> float:
    if sign == other:
        return 0.0 if word in facts(language).shared_words else _GAIN
    if has_grammar_of(word, language) or _is_own(word, language):
        return -_LOSS
    return 0.0 if has_grammar_of(word, other) else -_STEP


def _is_own(word: str, language: str) -> bool:
    """Whether a word has a letter that the language has and ASCII has not, or its own script's."""
    letters = _own_letters(language)
    return letters is not None and letters.search(word) is not None


@cache
def _own_letters(language: str) -> re.Pattern[str] | None:
    known = facts(language)
    letters = known.accented + known.script
    return re.compile(f"[{letters}]") if letters else None


def _best_stretch(weights: Sequence[float]) -> tuple[int, int]:
    """The first and last place of the stretch with the greatest sum (Kadane's algorithm)."""
    best, first, last = 0.0, 0, -1
    total, start = 0.0, 0
    for place, weight in enumerate(weights):
        if total <= 0:
            total, start = 0.0, place
        total += weight
        if total > best:
            best, first, last = total, start, place
    return first, last


def _is_passage(words: Sequence[re.Match[str]], signs: int, text: str) -> bool:
    if len(words) < _FEWEST_WORDS or signs < _FEWEST_SIGNS - (len(words) >= 2 * _FEWEST_SIGNS):
        return False
    if OBJECT in text[words[0].start() : words[-1].end()]:
        return False
    return sum(word[0][0].islower() for word in words) >= _SMALL * len(words)


def _in_another_script(text: str, language: str) -> _Passage | None:
    """A run of letters of another script, in any number of words."""
    pattern = _foreign_letters(language)
    if pattern.search(text) is None:
        return None
    plain = _ASIDE.sub(lambda match: OBJECT * len(match[0]), text)
    for match in pattern.finditer(plain):
        letters = [letter for letter in match[0] if letter.isalpha()]
        if len(letters) >= _FEWEST_LETTERS and OBJECT not in match[0]:
            return _Passage(language_of_letters(match[0]), match.span())
    return None


@cache
def _foreign_letters(language: str) -> re.Pattern[str]:
    """Letters of the scripts that a language is not written in, and what may stand between them."""
    shared = languages_of_script(language)
    letters = "".join(script for code, script in _SCRIPTS.items() if code not in shared)
    return re.compile(rf"[{letters}](?:[{letters}\s、。，・,.-]*[{letters}])?")
