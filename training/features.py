"""What a piece looks like and sounds like: the features whose vectors its own vector is composed of.

Rare pieces and inflected forms share the vectors of frequent ones through their character n-grams, and names
share them across scripts through n-grams of a rough phonetic form (베조스, ベゾス and Bezos have `bejos`).
Composition happens in training only: the shipped table holds the sums.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from training.sounds import JAMO, romanise
from training.tokenizer import WORD_START

# Sounds that Hangul cannot tell apart, and spellings of one sound: each maps to one letter.
FOLDS = [
    ("sch", "s"), ("sz", "s"), ("sh", "s"), ("cz", "c"), ("ch", "c"), ("rz", "j"), ("dz", "j"),
    ("ph", "p"), ("th", "t"), ("ck", "k"), ("qu", "k"), ("x", "ks"), ("gh", "g"), ("gn", "n"),
    ("f", "p"), ("v", "b"), ("w", "u"), ("l", "r"), ("z", "j"), ("q", "k"), ("y", "i"),
    ("g", "k"), ("d", "t"), ("b", "p"), ("c", "k"), ("j", "s"), ("h", ""), ("eu", "u"), ("eo", "o"),
]  # fmt: skip


def sound(piece: str) -> str:
    """The rough phonetic form of a piece: Latin letters without diacritics, confusable sounds as one."""
    text = "".join(char for char in romanise(piece) if not unicodedata.combining(char))
    for spelling, folded in FOLDS:
        text = text.replace(spelling, folded)
    return "".join(char for i, char in enumerate(text) if i == 0 or char != text[i - 1])


def features(piece: str) -> Iterator[str]:
    """The names of a piece's features: written n-grams, jamo n-grams and sound n-grams, each kind apart."""
    word = unicodedata.normalize("NFC", piece)
    bare = word.removeprefix(WORD_START)
    yield "w" + bare
    if not any(char.isalpha() for char in bare):
        return
    jamo = unicodedata.normalize("NFD", word)
    if any(char in JAMO for char in jamo):
        yield from ("k" + gram for gram in _grams(word, 1, 3))
        yield from ("j" + gram for gram in _grams(jamo, 4, 6))
    elif any(_is_ideograph(char) for char in bare):
        # Chinese and Japanese share most of these, and one of them is as much as a word elsewhere.
        yield from ("c" + gram for gram in _grams(bare, 1, 2))
    else:
        yield from ("l" + gram for gram in _grams(word, 3, 5))
    yield from ("s" + gram for gram in _grams(sound(WORD_START + bare if _is_katakana(bare) else word), 3, 5))


def _is_katakana(text: str) -> bool:
    """Whether a piece of Japanese is likely to be a whole foreign word."""
    return all("ァ" <= char <= "ー" for char in text)


def _is_ideograph(char: str) -> bool:
    return "㐀" <= char <= "䶿" or "一" <= char <= "鿿"


def _grams(text: str, low: int, high: int) -> Iterator[str]:
    for n in range(low, high + 1):
        for start in range(len(text) - n + 1):
            yield text[start : start + n]


@dataclass(frozen=True)
class FeatureTable:
    """Which features each piece has: `indices[offsets[i]:offsets[i + 1]]` are those of piece `i`."""

    offsets: np.ndarray
    indices: np.ndarray
    count: int


def feature_table(pieces: Sequence[str]) -> FeatureTable:
    """The features that at least two pieces share (the others would only repeat a piece's own vector)."""
    named = [list(dict.fromkeys(features(piece))) for piece in pieces]
    shared = Counter(name for names in named for name in names)
    number = {name: i for i, name in enumerate(n for n, times in shared.items() if times > 1)}
    rows = [[number[name] for name in names if name in number] for names in named]
    offsets = np.cumsum([0] + [len(row) for row in rows])
    return FeatureTable(offsets, np.array([i for row in rows for i in row], dtype=np.int64), len(number))
