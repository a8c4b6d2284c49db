"""langdetect's language profiles as arrays, and its naive Bayes over them without the dice.

`langdetect.detect` draws n-grams of a text at random until one language is sure enough, seven times over.
Its answer estimates a naive Bayes posterior over *all* n-grams, with noise from a random seed that is global
to the process. Here the same profiles and the same formula are summed over every n-gram, so the answer needs
no seed, is the same on every run, and many paragraphs are judged in one pass of numpy, far faster than one by
one. langdetect still decides: profiles, n-grams, clean-up and smoothing are its own.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate, chain, repeat
from pathlib import Path
from typing import Any, NamedTuple, TypedDict

import langdetect
import numpy as np
from langdetect.detector import Detector
from langdetect.utils.ngram import NGram
from numpy.typing import NDArray

PROFILES = Path(langdetect.__file__).parent / "profiles"
SMOOTHING = Detector.ALPHA_DEFAULT / Detector.BASE_FREQ
MAX_LETTERS = 255  # letters that a table tells apart; every alphabet fits, of Chinese the commonest

ENOUGH_LETTERS = 40  # of plain words in a document; below, names and headings count too

_COLUMNS = 4  # of float32 at least: numpy takes rows of 16 bytes faster than shorter ones
_SPACE = 0x20
_UNSEEN = -1
_LAST_POINT = 0xFFFF  # stands for all code points beyond it
_CAPITAL = MAX_LETTERS + 1  # added to the number of a letter that is a capital
_OTHER = MAX_LETTERS  # index of a letter that no profile knows


@cache
def profiled_languages() -> frozenset[str]:
    """The codes of the languages that langdetect knows."""
    return frozenset(path.name for path in PROFILES.iterdir() if not path.name.startswith("."))


def _normal(point: int) -> str:
    """Return langdetect's normal form of a letter; a non-letter is a space."""
    letter: str = NGram.normalize(chr(point))
    return letter


class _Profile(TypedDict):
    """One of langdetect's JSON files."""

    freq: dict[str, int]
    n_words: list[int]
    name: str


class Evidence(NamedTuple):
    """Log likelihoods of shape (texts, languages), and how many letters they rest on, shape (texts,)."""

    all: NDArray[np.float32]
    plain: NDArray[np.float32]  # of words without a capital
    plain_letters: NDArray[np.intp]


class NgramTable:
    """The profiles of some languages: how likely each of their n-grams is in each language."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = tuple(languages)
        profiles: list[_Profile] = [
            json.loads((PROFILES / code).read_text(encoding="utf-8")) for code in self.languages
        ]
        letters = _commonest_letters(profiles)
        self._index = _index_letters(letters)
        self._codes: NDArray[np.int16] = np.full(_LAST_POINT + 1, _UNSEEN, np.int16)
        rows = _number_grams(profiles, letters)
        self.log_likelihood = _likelihoods(profiles, rows)
        self._singles, self._pairs, self._ranks, self._triples = self._lookups(rows)

    def _lookups(self, rows: dict[str, int]) -> tuple[NDArray[Any], ...]:
        """Tables from letters to rows: of one letter, of two, and of two (as a rank) and a third."""
        size, unknown = MAX_LETTERS + 1, len(rows)
        small = np.min_scalar_type(unknown)  # what the processor's cache holds is looked up far faster
        singles = np.full(size, unknown, small)
        pairs = np.full(size * size, unknown, small)
        starts: dict[int, int] = {}
        triples: list[tuple[int, int, int]] = []
        for gram, row in rows.items():
            letters = [int(self._index[ord(letter)]) for letter in gram]
            if len(letters) == 1:
                singles[letters[0]] = row
            elif len(letters) == 2:
                pairs[letters[0] * size + letters[1]] = row
            else:
                rank = starts.setdefault(letters[0] * size + letters[1], len(starts) + 1)
                triples.append((rank, letters[2], row))
        ranks = np.zeros(size * size, np.intp)
        ranks[list(starts)] = list(starts.values())
        ends = np.full((len(starts) + 1) * size, unknown, small)
        for rank, letter, row in triples:
            ends[rank * size + letter] = row
        return singles, pairs, ranks, ends

    @property
    def unknown(self) -> int:
        """The row of every n-gram that no profile holds."""
        return len(self.log_likelihood) - 1

    @lru_cache(maxsize=1)  # noqa: B019 (a document is asked for as a whole and again for its paragraphs)
    def rows(self, text: str) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Return the row of every n-gram of `text`, shape (3, letters), and which letters are in plain words.

        Row k holds the n-grams of k + 1 letters by where they end. They are langdetect's: none spans a space
        (no profile has such), and none ends inside a word in capitals. A plain word has no capital at all,
        so it is neither a name nor a term, which are the same in every language.
        """
        codes = self._coded(f" {text}")
        letters = (codes & MAX_LETTERS).astype(np.intp)
        here, before = letters[1:], letters[:-1]
        pair = before * (MAX_LETTERS + 1) + here
        out = np.empty((3, here.size), np.intp)
        out[0] = self._singles.take(here)
        out[1] = self._pairs.take(pair)
        out[2, :1] = self.unknown
        out[2, 1:] = self._triples.take(self._ranks.take(pair[:-1]) * (MAX_LETTERS + 1) + here[1:])
        capital = codes > MAX_LETTERS
        silent = capital[1:] & capital[:-1]
        if silent.any():
            out[:, silent] = self.unknown
        return out, _are_plain(capital[1:], before == 0)

    def _coded(self, text: str) -> NDArray[np.int16]:
        """Return the number of each letter after langdetect's clean-up, with `_CAPITAL` if it is one.

        What a letter comes to is learned as it turns up.
        """
        points = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
        codes = self._codes.take(points, mode="clip")
        if codes.min() == _UNSEEN:
            for point in np.unique(np.minimum(points[codes == _UNSEEN], _LAST_POINT)).tolist():
                letter = _normal(point)
                self._codes[point] = self._index[ord(letter)] + _CAPITAL * letter.isupper()
            codes = self._codes.take(points, mode="clip")
        return codes

    def evidence(self, texts: Sequence[str], languages: tuple[str, ...]) -> Evidence:
        """Return the log likelihood of each text in each of some languages.

        The n-grams that end in one letter (of one, two and three letters) say nearly the same thing thrice,
        so their evidence is averaged, not added as langdetect does; probabilities would be absurdly sure.
        """
        table = self._columns(languages)
        rows, plain = self.rows(" ".join((*texts, "")))  # each text ends in a space
        likelihood = table.take(rows[0], axis=0)
        likelihood += table.take(rows[1], axis=0)
        likelihood += table.take(rows[2], axis=0)
        likelihood /= NGram.N_GRAM
        starts = list(accumulate((len(text) + 1 for text in texts[:-1]), initial=0))
        whole = np.add.reduceat(likelihood, starts, axis=0)
        likelihood *= plain.astype(np.float32)[:, None]
        plain_letters = (rows[0] != self.unknown) & plain
        return Evidence(
            whole[:, : len(languages)],
            np.add.reduceat(likelihood, starts, axis=0)[:, : len(languages)],
            np.add.reduceat(plain_letters, starts, dtype=np.intp),
        )

    def vocabulary_evidence(self, text: str) -> tuple[NDArray[np.float32], int]:
        """Return the log likelihood of the different n-grams of `text`, and the number of letters.

        The first has shape (languages,). Each n-gram counts once, however often a document repeats a term;
        where there are enough plain words, only they count.
        """
        rows, plain = self.rows(text)
        known = rows[0] != self.unknown
        letters = int(np.count_nonzero(known & plain))
        if letters >= ENOUGH_LETTERS:
            rows = np.where(plain, rows, self.unknown)  # which says nothing
        else:
            letters = int(np.count_nonzero(known))
        present = np.zeros(len(self.log_likelihood), np.bool_)
        present[rows.ravel()] = True
        found = self.log_likelihood.take(present.nonzero()[0], axis=0)
        return found.sum(axis=0) / NGram.N_GRAM, letters

    @cache  # noqa: B019 (tables live as long as the process)
    def _columns(self, languages: tuple[str, ...]) -> NDArray[np.float32]:
        """Return the columns of some languages, and empty ones up to `_COLUMNS`."""
        columns = np.zeros((len(self.log_likelihood), max(_COLUMNS, len(languages))), np.float32)
        for column, code in enumerate(languages):
            columns[:, column] = self.log_likelihood[:, self.languages.index(code)]
        return columns


def _are_plain(capital: NDArray[np.bool_], begins: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which letters are in words without a capital; `begins` are the letters after a space."""
    word = begins.cumsum()
    plain = np.ones(begins.size + 1, np.bool_)
    plain[word[capital]] = False
    return plain.take(word)


def _commonest_letters(profiles: Sequence[_Profile]) -> list[str]:
    shares: defaultdict[str, float] = defaultdict(float)
    for profile in profiles:
        for gram, count in profile["freq"].items():
            if len(gram) == 1:
                shares[gram] += count / profile["n_words"][0]
    return sorted(sorted(shares), key=shares.__getitem__, reverse=True)[: MAX_LETTERS - 1]


def _index_letters(letters: Sequence[str]) -> NDArray[np.intp]:
    """Return the number of each code point: 0 for the space, `_OTHER` for all that is no letter of these."""
    index = np.full(0x10000, _OTHER, np.intp)
    index[_SPACE] = 0
    for number, letter in enumerate(sorted(letters), start=1):
        index[ord(letter)] = number
    return index


def _number_grams(profiles: Sequence[_Profile], letters: Sequence[str]) -> dict[str, int]:
    """Return the row of every n-gram that is made of these letters and spaces."""
    known = {" ", *letters}
    grams = dict.fromkeys(chain.from_iterable(profile["freq"] for profile in profiles))
    return {gram: row for row, gram in enumerate(filter(known.issuperset, grams))}


def _likelihoods(profiles: Sequence[_Profile], rows: dict[str, int]) -> NDArray[np.float32]:
    """Log likelihoods, shape (n-grams + 1, languages); the last row, of unknown n-grams, says nothing."""
    unknown = len(rows)
    probabilities = np.zeros((unknown + 1, len(profiles)))
    for column, profile in enumerate(profiles):
        grams = profile["freq"]
        numbers = np.fromiter(map(rows.get, grams, repeat(unknown)), np.intp, len(grams))
        lengths = np.fromiter(map(len, grams), np.intp, len(grams))
        counts = np.fromiter(grams.values(), np.float64, len(grams))
        probabilities[numbers, column] = counts / np.array(profile["n_words"])[lengths - 1]
    table: NDArray[np.float32] = np.log(probabilities + SMOOTHING).astype(np.float32)
    table[unknown] = 0
    return table


@cache
def ngram_table(languages: tuple[str, ...]) -> NgramTable:
    """Return the table of these languages, made once a process."""
    return NgramTable(languages)
