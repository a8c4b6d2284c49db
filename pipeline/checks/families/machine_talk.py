"""What a translating machine leaves behind: talk about its work, and phrases that it says again and again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import eq

from pipeline.checks.cells import Cells, Draft, distinct_words, folded_words, together
from pipeline.datatypes import Span
from pipeline.languages import any_pattern, facts, known_languages
from pipeline.languages.codes import language_name

_TALK = re.compile(rf"(?:\A|\n)[\s*_\"“„«>#-]{{0,6}}(?:{any_pattern('assistant')})", re.IGNORECASE)
_HINTS = tuple(hint for known in known_languages() for hint in known.assistant_hints)
_LABEL = re.compile(
    rf"\A[\s*_]{{0,4}}(?:{any_pattern('translation_label')})[*_]{{0,2}}\s?:[*_]{{0,2}}\s", re.IGNORECASE
)
_FEWEST = 5
"""Words behind "Translation:" from which it is no credit of a translator."""

_MARKS = re.compile(r"[,;:()\[\]\"“”„«»]+")
_ENDS = ".!?…"
_LONGEST = 7
_LETTERS, _LETTERS_OF_TWO = 6, 10
"""Letters from which a phrase is no figure of speech, as "a poco a poco" is; of two words, it needs more."""


def machine_talk(cells: Cells) -> Iterator[Draft]:
    """`characters.assistant`: an announcement or a refusal of a machine, in some languages only."""
    found = {language: _talk(text) for language, text in cells.texts.items()}
    if not any(found.values()) or (all(found.values()) and len(found) > 1):  # quick, and true of most
        return
    whole = together(cells).lower()
    if not any(map(whole.__contains__, _HINTS)):
        return
    for language, span in found.items():
        if span:
            said = cells.texts[language][slice(*span)]
            message = f"“{said.strip()}” is what a machine says about its work, in {language_name(language)}"
            yield Draft("characters.assistant", "", language, message, None, span)


def _talk(text: str) -> Span | None:
    match = _TALK.search(text) if "\n" in text else _TALK.match(text)
    if match is None and ":" in text:
        match = _LABEL.match(text)
        rest = text[match.end() :].split() if match else []
        if len(rest) < _FEWEST or all(word[:1].isupper() for word in rest):
            return None
    return match.span() if match else None


def doubled_phrases(cells: Cells) -> Iterator[Draft]:
    """`typography.doubled-phrase`: two to seven words twice in a row, where no other language repeats any."""
    found = {language: _doubled(text, language) for language, text in cells.texts.items()}
    doubles = {language: phrase for language, phrase in found.items() if phrase}
    if not doubles or (len(doubles) == len(found) and len(found) > 1):
        return
    for language, phrase in doubles.items():
        message = f"“{phrase}” stands twice in a row in {language_name(language)}"
        yield Draft("typography.doubled-phrase", "", language, message, None, _place(cells, language, phrase))


def _doubled(text: str, language: str) -> str:
    """A phrase that follows upon itself, "" if there is none."""
    words: Sequence[str] = folded_words(text)
    fewer = len(words) - 1
    if len(distinct_words(text)) >= fewer or len(set(pairwise(words))) >= fewer:  # quick, and true of most
        return ""
    words = _MARKS.sub("", text.casefold()).split()
    letters = 1 if facts(language).cased else 2
    for size in range(2, min(_LONGEST, len(words) // 2) + 1):
        if sum(map(eq, words, words[size:])) < size - 1:  # quick: all words but the last one stand again
            continue
        same = 0
        for place in range(len(words) - size):
            word, again = words[place], words[place + size]
            last = same == size - 1  # the sentence may end after it
            same = same + 1 if word == again or (last and word == again.rstrip(_ENDS)) else 0
            if same == size:
                phrase = words[place + 1 - size : place + 1]
                count = letters * sum(character.isalpha() for word in phrase for character in word)
                ended = any(word[-1] in _ENDS for word in phrase)  # so it is a sentence
                enough = count >= (_LETTERS_OF_TWO if size == 2 else _LETTERS) and len(set(phrase)) > 1
                if enough and not ended:
                    return " ".join(phrase)
    return ""


def _place(cells: Cells, language: str, phrase: str) -> Span | None:
    """Where the phrase stands for the second time, if its words have no marks between them."""
    text = cells.texts[language].casefold()
    first = text.find(phrase)
    again = text.find(phrase, first + 1) if first >= 0 else -1
    same = len(text) == len(cells.texts[language])
    return (again, again + len(phrase)) if again >= 0 and same else None
