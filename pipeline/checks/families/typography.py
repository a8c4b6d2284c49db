"""Marks and spaces: doubled words, spaces in the wrong place, what a text ends in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.checks.cells import Cells, Draft, folded_words, together
from pipeline.languages import all_letters, facts
from pipeline.languages.codes import language_name

_LONE = all_letters("one_letter_words")
_DOUBLED = re.compile(rf"(?<![\w’'-])([^\W\d_]{{2,}}|[{_LONE}])[ \u00a0]+\1(?![\w’'-])", re.IGNORECASE)
_SPACING = re.compile(
    r"[ \u00a0,(](?:"  # one class in front lets the search run at full speed
    r"(?<=[^\W_][ \u00a0])[ \u00a0]*[,;](?=\s|$)"  # before a comma
    r"|(?<=[^\W\d_][ \u00a0])[ \u00a0]*\.(?=\s|$)(?! [-|>&/])"  # "find . -name" is a command
    r"|(?<=[\w\"”»’)%][ \u00a0])[ \u00a0]*[?!]+(?=[\s\"”»’)]|$)"
    r"|(?<=[^\W\d_]{2},)(?=[^\W\d_](?:[^\W\d_]|[ \u00a0]))"  # none after it
    r"|(?<=\()[ \u00a0]+(?=\w)|(?<=\w[ \u00a0])[ \u00a0]*\)"
    r"|(?<=\S ) +(?=\S))"
)
_MISPLACED, _JOINED = re.compile(r" [,;.?!) ]"), re.compile(r",[^\W\d_]")
_LAST_LETTER = re.compile(r"[^\W\d_][\"”»“’')\]]*$")
_SENTENCE = 8
"""Words from which a text is rather a sentence than a heading."""

_ENDING = re.compile(r"([.!?…。]|[?!]{1,12})[\"”»“’')\]\s]{0,12}$")


def doubled_words(cells: Cells) -> Iterator[Draft]:
    """`typography.doubled-word`: a word twice in a row, where no other language repeats one."""
    found = {
        language: _DOUBLED.search(text) if _may_double(text) else None
        for language, text in cells.texts.items()
    }
    doubles = {
        language: match
        for language, match in found.items()
        if match and match[1].lower() not in facts(language).doubled_words
    }
    if not doubles or (len(doubles) == len(found) and len(found) > 1):
        return
    for language, match in doubles.items():
        yield Draft(
            "typography.doubled-word",
            "",
            language,
            f"“{match[1]}” stands twice in a row in {language_name(language)}",
            None,
            match.span(),
            match[1],
        )


def _may_double(text: str) -> bool:
    """Quick: whether a word is followed by one that begins with it, as "jest jest." does."""
    words = folded_words(text)
    if not any(map(str.startswith, words[1:], words)):
        return False
    return any(
        (following.startswith(word) and not following[len(word) : len(word) + 1].isalnum())
        # With marks at both, as in "(jest jest."; a word that is found again begins in the first one.
        or (following[0] in word and _is_marked(word) and _DOUBLED.search(f"{word} {following}"))
        for word, following in pairwise(words)
    )


def _is_marked(word: str) -> bool:
    return word[-1].isalnum() and not word.isalpha()


def spacing(cells: Cells) -> Iterator[Draft]:
    """`typography.spacing`: a space before a comma, none after it, or several in a row."""
    if not _may_misspace(together(cells)):
        return
    for language, text in cells.texts.items():
        match = _SPACING.search(text) if facts(language).spaced and _may_misspace(text) else None
        if match and match[0][-1] in facts(language).spaced_marks:
            continue
        if match and not _stands_everywhere(cells, text[match.start() : match.end() + 6]):
            around = text[max(0, match.start() - 10) : match.end() + 10]
            message = f"Check the space in {language_name(language)}: “{around}”"
            yield Draft("typography.spacing", "", language, message, None, match.span())


def _stands_everywhere(cells: Cells, part: str) -> bool:
    """Whether all languages have the same characters there, so that their author meant them."""
    return len(cells.texts) > 1 and all(part in text for text in cells.texts.values())


def _may_misspace(text: str) -> bool:
    """Quick: whether the text has any of the characters side by side that `_SPACING` looks for."""
    if "\u00a0" in text or "( " in text or _MISPLACED.search(text):
        return True
    return _JOINED.search(text) is not None


def end_marks(cells: Cells) -> Iterator[Draft]:
    """`typography.question` and `typography.ending`: a row of which the languages do not end alike."""
    endings = {language: _ending(text) for language, text in cells.texts.items()}
    if len(set(endings.values())) < 2:
        return
    for source, target in cells.pairs:
        pair = {endings[source], endings[target]}
        if pair == {"?", "."}:
            asking = source if endings[source] == "?" else target
            message = f"Only {language_name(asking)} ends in a question mark"
            yield Draft("typography.question", source, target, message)
            return
        if "word" in pair and pair & {"?", "."} and _are_sentences(cells, source, target):
            ended = target if endings[source] == "word" else source
            message = f"Only {language_name(ended)} has a mark at the end"
            yield Draft("typography.ending", source, target, message)
            return


def _are_sentences(cells: Cells, source: str, target: str) -> bool:
    """Whether two texts are too long for headings, which need no mark at their end."""
    return all(len(folded_words(cells.texts[language])) >= _SENTENCE for language in (source, target))


def _ending(text: str) -> str:
    """The kind of mark at the end: "?", ".", "word" where a letter stands there, or "" for any other."""
    last = text[-1]
    if last in ".?":
        return last
    if last.isalpha():
        return "word"
    match = _ENDING.search(text[-12:])
    if not match:
        return "word" if _LAST_LETTER.search(text[-4:]) else ""
    return "?" if "?" in match[1] else "." if match[1] in ".。" else ""
