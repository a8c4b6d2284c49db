"""The commonest words of some languages, which tell short texts of close languages apart better than n-grams.

`words.json` has the words of a language in descending order of frequency; `training/common_words.py` counted
them. Their probabilities follow from the rank by the Zipf-Mandelbrot law (Mandelbrot 1953), which told held-out
sentences apart as well as the counts did.
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

_WORD = re.compile(r"[^\W\d_]+")


class WordTable:
    """The log likelihood of common words in each of some languages."""

    def __init__(self, languages: Sequence[str]) -> None:
        listed = {code: words for code, words in _lists().items() if code in languages}
        self._columns = [languages.index(code) for code in listed]
        self._size = len(languages)
        vocabulary = dict.fromkeys(word for words in listed.values() for word in words)
        self._rows = {word: row for row, word in enumerate(vocabulary)}
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
        rows = {self._rows.get(word) for word in _words(text, plain)} - {None}
        if not rows or len(self._columns) < 2:
            return np.zeros(self._size, np.float32)
        found = self._log_likelihood[list(rows)].sum(axis=0)
        out = np.full(self._size, found.max(), np.float32)
        out[self._columns] = found
        return out


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
def word_table(languages: tuple[str, ...]) -> WordTable:
    """Return the table of these languages, built once per process."""
    return WordTable(languages)
