"""A deterministic, vectorised version of langdetect's naive Bayes classifier.

`langdetect.detect` samples n-grams of a text at random until one language is likely enough, in seven trials.
This estimates a naive Bayes posterior over *all* n-grams, with noise from a process-wide seed. Here the same
profiles and formula are summed over every n-gram: no seed is needed, the result is reproducible, and
numpy scores many paragraphs at once. Profiles, n-grams, clean-up and smoothing are langdetect's own.
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
MAX_LETTERS = 255  # distinct letters in a table; every alphabet fits, and the commonest Chinese characters

ENOUGH_LETTERS = 40  # in plain words of a document; below this, names and headings count too

_COLUMNS = 4  # at least, of float32: numpy's `take` is faster with rows of 16 bytes than with shorter ones
_SPACE = 0x20
_UNSEEN = -1
_LAST_POINT = 0xFFFF  # represents all code points beyond it
_CAPITAL = MAX_LETTERS + 1  # added to a capital letter's index
_OTHER = MAX_LETTERS  # index of all letters that are in no profile


@cache
def profiled_languages() -> frozenset[str]:
    """Return the codes of the languages that langdetect knows."""
    return frozenset(path.name for path in PROFILES.iterdir() if not path.name.startswith("."))


def _normal(point: int) -> str:
    """Return langdetect's normal form of a letter; non-letters become spaces."""
    letter: str = NGram.normalize(chr(point))
    return letter


class _Profile(TypedDict):
    """One of langdetect's JSON files."""

    freq: dict[str, int]
    n_words: list[int]
    name: str


class Evidence(NamedTuple):
    """Log likelihoods, shape (texts, languages), and letter counts, shape (texts,)."""

    all: NDArray[np.float32]
    plain: NDArray[np.float32]  # of words without capitals
    plain_letters: NDArray[np.intp]


class NgramTable:
    """The log likelihood of each n-gram in each of some languages."""

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
        """Return the tables from letters to rows: one letter, two, the rank of two, and rank and third."""
        size, unknown = MAX_LETTERS + 1, len(rows)
        small = np.min_scalar_type(unknown)  # lookups are far faster if the table fits the processor's cache
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
        """The row of the n-grams that are in no profile."""
        return len(self.log_likelihood) - 1

    @lru_cache(maxsize=1)  # noqa: B019 (a document's text is looked up again for its paragraphs)
    def rows(self, text: str) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Return the rows of all n-grams of `text`, `[3, letters]`, and a mask of plain words.

        Entry [k, i] is the n-gram of k + 1 letters that ends at letter i. As in langdetect, none spans a
        space (no profile has such) and none ends inside a word in capitals. A plain word has no capitals,
        so it is neither a name nor a term, which look the same in every language.
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
        """Return the index of each letter after langdetect's clean-up, plus `_CAPITAL` for capitals.

        The table of code points is filled in on demand.
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

        The one-, two- and three-letter n-grams that end at the same letter carry nearly the same evidence, so
        it is averaged. langdetect adds it, which makes the probabilities far too confident.
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
        """Return the log likelihood of the distinct n-grams of `text`, `[languages]`, and the letter count.

        Each n-gram counts once, so repeated terms carry no extra weight. Only plain words count if there are
        enough of them.
        """
        rows, plain = self.rows(text)
        known = rows[0] != self.unknown
        letters = int(np.count_nonzero(known & plain))
        if letters >= ENOUGH_LETTERS:
            rows = np.where(plain, rows, self.unknown)  # whose likelihood is 0
        else:
            letters = int(np.count_nonzero(known))
        present = np.zeros(len(self.log_likelihood), np.bool_)
        present[rows.ravel()] = True
        found = self.log_likelihood.take(present.nonzero()[0], axis=0)
        return found.sum(axis=0) / NGram.N_GRAM, letters

    @cache  # noqa: B019 (tables live as long as the process)
    def _columns(self, languages: tuple[str, ...]) -> NDArray[np.float32]:
        """Return the columns of some languages, padded with zeros to `_COLUMNS`."""
        columns = np.zeros((len(self.log_likelihood), max(_COLUMNS, len(languages))), np.float32)
        for column, code in enumerate(languages):
            columns[:, column] = self.log_likelihood[:, self.languages.index(code)]
        return columns


def _are_plain(capital: NDArray[np.bool_], begins: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return a mask of the letters in words without capitals; `begins` masks the letters after a space."""
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
    """Return the index of each code point: 0 for the space, `_OTHER` for letters not listed."""
    index = np.full(0x10000, _OTHER, np.intp)
    index[_SPACE] = 0
    for number, letter in enumerate(sorted(letters), start=1):
        index[ord(letter)] = number
    return index


def _number_grams(profiles: Sequence[_Profile], letters: Sequence[str]) -> dict[str, int]:
    """Return the row of each n-gram that consists of these letters and spaces."""
    known = {" ", *letters}
    grams = dict.fromkeys(chain.from_iterable(profile["freq"] for profile in profiles))
    return {gram: row for row, gram in enumerate(filter(known.issuperset, grams))}


def _likelihoods(profiles: Sequence[_Profile], rows: dict[str, int]) -> NDArray[np.float32]:
    """Return log likelihoods, `[n-grams + 1, languages]`; the last row, for unknown n-grams, is 0."""
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
    """Return the table of these languages, built once per process."""
    return NgramTable(languages)
