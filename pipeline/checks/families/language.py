"""Text that is in the wrong language, or was not translated at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.cells import (
    OWN_SCRIPT,
    UNCASED,
    Cells,
    Draft,
    are_of_two_scripts,
    distinct_words,
    folded_words,
    has_own_script,
    has_script_of,
)
from pipeline.checks.grammar_words import uses_grammar_of
from pipeline.datatypes import PARAGRAPH_JOINER, Paragraph
from pipeline.languages import facts
from pipeline.languages.codes import language_name

_WORD = re.compile(r"(?<![\w./\\@#$-])[^\W\d_]{2,}(?![\w/\\@(]|\.\w)")
_IDENTIFIER = re.compile(r"\w[/_:]\w|(?<!\w)/\w|^/")
_ADDRESS = re.compile(r"@|://|www\.")
_FILLER = "lorem ipsum"  # what printers set where text is to come
_LETTERS = re.compile(r"[^\W\d_]")
_CODE = re.compile(r"[{}<>=;\\$_`|\[\]&]|(?<!\S)--?(?=\w)")

_SHORT = 8
"""Words up to which names and technical terms hide what language a text is in."""

_COPIED = 0.7
"""Share of the target's runs of three words that also stand in the source, above which it is a copy;
translations between related languages share names, hardly ever this much."""


def untranslated(cells: Cells) -> Iterator[Draft]:
    """`language.untranslated` (same text on both sides) and `language.wrong`."""
    copied: set[str] = set()
    of: dict[str, str] = {}  # of each copy the first language that has the text
    for source, target in cells.pairs:
        if source in of and of[source] == of.get(target):
            continue  # told beside the first
        across = are_of_two_scripts(source, target)
        if across and not _may_copy_across_scripts(cells.texts[source], cells.texts[target], source):
            continue
        for draft in _copies(cells, source, target):
            copied.update((source, target))
            if draft.target_span is None:
                of.setdefault(target, source)
            yield draft
    for language, text in cells.texts.items():
        if language not in copied and (
            facts(language).script or has_own_script(text) or _is_mixed(cells, language)
        ):
            yield from _wrong(language, cells.paragraphs(language))


def _is_mixed(cells: Cells, language: str) -> bool:
    """Quick: whether a paragraph of a cell was told to be in another language."""
    for paragraph in cells.paragraphs(language):  # noqa: SIM110 (asked of every cell)
        if paragraph.language not in ("", language):
            return True
    return False


def _copies(cells: Cells, source: str, target: str) -> Iterator[Draft]:
    one, two = cells.texts[source], cells.texts[target]
    equal = folded_words(one) == folded_words(two)
    if (is_prose(two) or _is_foreign_copy(cells, source, target)) if equal else _is_nearly(one, two):
        names = f"{language_name(source)} and {language_name(target)}"
        message = f"{names} have the same text: was it left untranslated?"
        yield Draft("language.untranslated", source, target, message)
        return
    if (cells.is_short(target) and cells.is_short(source)) or _is_filler(two):
        return
    spans, others = cells.sentences(target), cells.sentences(source)
    theirs = {one[slice(*span)]: span for span in others}
    for span in spans:
        text = two[slice(*span)]
        if text in theirs and is_prose(text):
            message = f"This sentence is the same in {language_name(source)} and {language_name(target)}"
            yield Draft("language.untranslated", source, target, message, theirs[text], span)


def _is_foreign_copy(cells: Cells, source: str, target: str) -> bool:
    """Whether one of two equal cells was told to be in another language, as a title is that has only
    capitals: what is the same everywhere gets one judgement, not one that hangs on its letters."""
    return any(
        _is_in_another(paragraph, language)
        for language in (source, target)
        for paragraph in cells.paragraphs(language)
    )


def _is_filler(text: str) -> bool:
    return text[: len(_FILLER)].casefold() == _FILLER


def _may_copy_across_scripts(one: str, two: str, source: str) -> bool:
    """Quick: whether the side with its own script is largely Latin letters, or the other has such letters."""
    own, other = (one, two) if facts(source).script else (two, one)
    return has_own_script(other) or _is_largely_ascii(own)


@lru_cache(maxsize=8)  # asked for each pair of a row
def _is_largely_ascii(text: str) -> bool:
    return len(text.encode("ascii", "ignore")) > 0.6 * len(text)


def _is_nearly(one: str, two: str) -> bool:
    """Whether most of the second text is a copy of the first."""
    words, theirs = folded_words(two), folded_words(one)
    if len(words) < 5 or not 0.5 < len(theirs) / len(words) < 2:
        return False
    distinct = distinct_words(two)
    if len(distinct & distinct_words(one)) < _COPIED * len(distinct):
        return False
    runs = set(zip(words, words[1:], words[2:], strict=False))
    shared = runs & set(zip(theirs, theirs[1:], theirs[2:], strict=False))
    return len(shared) >= _COPIED * len(runs) and is_prose(two)


def is_prose(text: str) -> bool:
    """Whether a text must be translated: not a name, a number, an address, code, or a word or two."""
    if "@" in text or "://" in text or "www." in text:
        text = " ".join(word for word in text.split() if not _ADDRESS.search(word))
    if _is_filler(text):
        return False
    if len(UNCASED.findall(text)) >= 5:
        return True
    if len(_CODE.findall(text)) * 10 > len(text):
        return False
    words = _WORD.findall(text)
    lower = sum(word[0].islower() for word in words)
    return lower >= 3 or (lower >= 1 and len(words) >= 4)


def _wrong(language: str, cell: tuple[Paragraph, ...]) -> Iterator[Draft]:
    offset = 0
    for paragraph in cell:
        span = (offset, offset + len(paragraph.text))
        offset = span[1] + len(PARAGRAPH_JOINER)
        if _is_in_another(paragraph, language):
            found = f"is in {language_name(paragraph.language)}"
        elif _wrong_script(paragraph.text, language):
            found = "is not in its script"
        else:
            continue
        message = f"A paragraph of the {language_name(language)} text {found}"
        yield Draft("language.wrong", "", language, message, None, span if len(cell) > 1 else None)


def _is_in_another(paragraph: Paragraph, language: str) -> bool:
    """Whether a paragraph was told to be in another language, and is long enough for that to count."""
    text = paragraph.text
    return paragraph.language not in ("", language) and not (
        _is_filler(text) or _is_too_short(text, language)
    )


def _is_too_short(text: str, language: str) -> bool:
    """Whether a text is a label of a word or two, or a short one with a word of its language's grammar.

    Identifiers such as "preseed/url" and abbreviations are no words.
    """
    rest = " ".join(token for token in text.split() if not _IDENTIFIER.search(token))
    words = _WORD.findall(rest)
    if not facts(language).cased:
        return len(rest) < len(text) and len(words) < 3
    words = [word for word in words if not word.isupper()] or words
    return len(words) < 3 or (len(words) < _SHORT and uses_grammar_of(text, language))


def _wrong_script(text: str, language: str) -> bool:
    """Prose without a letter of its language's script, or a Latin-script language mostly in another one."""
    if facts(language).script:
        return not has_script_of(text, language) and len(text) > 20 and is_prose(text)
    if not has_own_script(text):
        return False
    return len(OWN_SCRIPT.findall(text)) * 2 > len(_LETTERS.findall(text)) and is_prose(text)
