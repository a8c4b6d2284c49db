"""Joins hard-wrapped lines into paragraphs: the repairs `wrapped_lines` and `broken_words`."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import cached_property
from typing import NamedTuple

from pipeline.datatypes import Change
from pipeline.languages.ko_lines import breaks_inside_words, is_inside_word
from pipeline.languages.scripts import is_unspaced

_QUOTE = re.compile(r">\s?")
_BROKEN_WORD = re.compile(r"([^\W\d_]{2,60})[-‐]$")
_COMPOUND = re.compile(r"\w[-‐]$")
_WORD_OR_NUMBER = re.compile(r"\w")
_HYPHENATED = re.compile(r"\b(\w+)-(?=(\w+))")
_LONGEST_WORD = 60  # characters examined at the end of a line for a broken word


class Words:
    """The words of a file, to look up whether a broken word has a hyphen elsewhere."""

    def __init__(self, text: str) -> None:
        self._text = text

    def has_hyphen(self, left: str, right: str) -> bool:
        """Return whether the two words occur in the file with a hyphen between them."""
        return (left.casefold(), right.casefold()) in self._hyphenated

    @cached_property
    def break_anywhere(self) -> bool:
        """Whether the lines break between any two syllables of Korean."""
        return breaks_inside_words(self._text.split("\n"))

    @cached_property
    def _hyphenated(self) -> frozenset[tuple[str, ...]]:
        """All pairs of words with a hyphen between them, including those in longer chains."""
        return frozenset(match.groups() for match in _HYPHENATED.finditer(self._text.casefold()))


class Joined(NamedTuple):
    """A paragraph joined from lines."""

    text: str
    starts: tuple[int, ...]  # where each line begins in it
    changes: tuple[Change, ...]


def join_lines(lines: Sequence[str], words: Words, skip: Set[str] = frozenset()) -> Joined:
    """Join the lines of a paragraph with spaces, and words broken at a line end without one.

    In a quotation, the mark at the start of each further line is removed with the line end before it.
    """
    quoted = all(map(_QUOTE.match, lines))
    pieces, starts, changes = [lines[0]], [0], []
    length = len(lines[0])
    end = lines[0][-_LONGEST_WORD:]
    for line in lines[1:]:
        following = _QUOTE.sub("", line, count=1) if quoted else line
        drop, space = _seam(end, following, words, skip)
        pieces[-1] = pieces[-1].removesuffix(drop)
        length -= len(drop)
        name = "wrapped_lines" if space or is_unspaced(end, following) else "broken_words"
        mark = line[: len(line) - len(following)]
        changes.append(Change(name, length, f"{drop}\n{mark}", space))
        starts.append(length + len(space))
        pieces += (space, following)
        length = starts[-1] + len(following)
        end = (end.removesuffix(drop) + space + following)[-_LONGEST_WORD:]
    return Joined("".join(pieces), tuple(starts), tuple(changes))


def _seam(end: str, following: str, words: Words, skip: Set[str]) -> tuple[str, str]:
    """Return what to remove from the end of a line, and what to put between it and the next."""
    if is_unspaced(end, following):
        return "", ""
    if "broken_words" in skip:
        return "", " "
    if end[-1:] >= "가" and words.break_anywhere and is_inside_word(end, following):
        return "", ""
    broken = _BROKEN_WORD.search(end)
    if broken is None or not following[:1].islower():
        return "", "" if _COMPOUND.search(end) and _WORD_OR_NUMBER.match(following) else " "
    rest = re.match(r"\w+", following)
    if rest is None or words.has_hyphen(broken[1], rest[0]):
        return "", ""
    return end[-1], ""
