"""The commonest words of some languages, which tell short texts of close languages apart better than n-grams.

`words.json` has the words of a language in descending order of frequency, as `training/common_words.py`
counted them. Their probabilities follow from the rank by the Zipf-Mandelbrot law (Mandelbrot 1953), which
told held-out sentences apart as well as the counts did.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

ZIPF_SCALE, ZIPF_SHIFT = 0.08, 3.0  # fitted on the counts of all the languages together
RARE = 1e-5  # probability of a word that is among the commonest of other languages only
WEIGHT = 0.7  # of a word's log likelihood beside that of its n-grams, which say part of the same
RUNNING_WORDS = 3  # least common words of another language alone that make running text in it

_RARE = WEIGHT * float(np.log(RARE)) + 1e-3
_WORD = re.compile(r"[^\W\d_]+")


class WordTable:
    """The log likelihood of common words in each of some languages."""

    def __init__(self, languages: Sequence[str]) -> None:
        listed = {code: words for code, words in _lists().items() if code in languages}
        self._columns = [languages.index(code) for code in listed]
        self._languages = tuple(languages)
        vocabulary = dict.fromkeys(word for words in listed.values() for word in words)
        self._rows = {word: row for row, word in enumerate(vocabulary)}
        self._listed = tuple(listed)
        probabilities = np.full((len(vocabulary), len(listed)), RARE)
        for column, words in enumerate(listed.values()):
            ranks = np.arange(1, len(words) + 1)
            probabilities[[self._rows[word] for word in words], column] = ZIPF_SCALE / (ZIPF_SHIFT + ranks)
        self._log_likelihood = (WEIGHT * np.log(probabilities)).astype(np.float32)

    def evidence(self, text: str, plain: bool = False) -> NDArray[np.float32]:
        """Return the weighted log likelihood of the distinct common words of `text`, `[languages]`.

        `plain` leaves out words with a capital. A language whose words are not known gets the best
        likelihood of all, so the words decide nothing about it.
        """
        out = np.zeros(len(self._languages), np.float32)
        rows = self._found(text, plain)
        if rows and len(self._listed) > 1:
            found = self._log_likelihood[rows].sum(axis=0)
            out[:] = found.max()
            out[self._columns] = found
        return out

    def leads(self, text: str, own: str) -> NDArray[np.float32]:
        """Return the lead of each language over `own` by the words without capitals, `[languages]`.

        A text in which terms of another language occur has words of its own beside them. A positive lead
        counts only if `own` has none of the text's words for itself, and the other language several.
        """
        out = np.zeros(len(self._languages), np.float32)
        rows = self._found(text, plain=True)
        if rows and own in self._listed:
            column = self._listed.index(own)
            found = self._log_likelihood[rows]
            lead = (found - found[:, column : column + 1]).sum(axis=0)
            common = found > _RARE
            others_alone = (common & ~common[:, column : column + 1]).sum(axis=0)
            own_alone = (~common & common[:, column : column + 1]).sum(axis=0)
            running = (own_alone == 0) & (others_alone >= RUNNING_WORDS)
            out[self._columns] = np.where(running, lead, np.minimum(lead, 0))
        return out

    def _found(self, text: str, plain: bool) -> list[int]:
        """Return the rows of the common words in a text."""
        rows = map(self._rows.get, _words(text, plain))
        return [row for row in rows if row is not None]


def _words(text: str, plain: bool) -> set[str]:
    found = _WORD.findall(text)
    if plain:
        return {word for word in found if word.islower()}
    return {word.lower() for word in found if len(word) == 1 or not word.isupper()}


@cache
def _lists() -> dict[str, list[str]]:
    text = files("pipeline.detection").joinpath("words.json").read_text(encoding="utf-8")
    return {code: words.split() for code, words in json.loads(text).items()}


@cache
def listed_languages() -> frozenset[str]:
    """Return the languages whose common words are known."""
    return frozenset(_lists())


@cache
def word_table(languages: tuple[str, ...]) -> WordTable:
    """Return the table of these languages, built once per process."""
    return WordTable(languages)
