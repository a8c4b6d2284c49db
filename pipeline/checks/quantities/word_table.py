"""Which of a great many words stands behind a number: units and currencies, in all languages."""

from __future__ import annotations

import re
from collections.abc import Sequence


def words_pattern(words: str) -> str:
    """A group that matches any of the words as a whole word; Korean particles may follow.

    "*" stands for any ending, "_" for a space.
    """
    return _group(words.split())


def _group(words: Sequence[str]) -> str:
    alternatives = [re.escape(word).replace(r"\*", r"\w*").replace("_", " ") for word in dict.fromkeys(words)]
    return f"((?:{'|'.join(alternatives)})(?![a-zà-žа-яёґєії]))"


class WordTable:
    """Words in groups, of which the first group that has the word at a place is found.

    One pattern of all words would be tried from end to end at every number; so there is one for each first
    letter, made when it is first needed.
    """

    def __init__(self, before: str, groups: Sequence[str]) -> None:
        """`before` is a pattern of what may stand before the word, and begins like none of them.

        The words of a group are written as for `words_pattern`.
        """
        self._before = re.compile(before, re.IGNORECASE)
        self._words: dict[str, dict[int, list[str]]] = {}
        self._patterns: dict[str, tuple[re.Pattern[str], list[int]]] = {}
        for number, words in enumerate(groups):
            for word in words.split():
                self._words.setdefault(word[0].lower(), {}).setdefault(number, []).append(word)

    def match(self, text: str, place: int) -> tuple[int, int] | None:
        """The number of the group that has a word at a place of the text, and the end of that word."""
        before = self._before.match(text, place)
        start = before.end() if before else place
        letter = text[start : start + 1].lower()[:1]
        if letter not in self._words:
            return None
        pattern, groups = self._patterns.get(letter) or self._pattern(letter)
        match = pattern.match(text, start)
        return (groups[match.lastindex - 1], match.end()) if match and match.lastindex else None

    def _pattern(self, letter: str) -> tuple[re.Pattern[str], list[int]]:
        words = self._words[letter]
        pattern = re.compile("|".join(map(_group, words.values())), re.IGNORECASE)
        made = self._patterns[letter] = pattern, list(words)
        return made
