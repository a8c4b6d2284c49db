"""Leaves out lines of noisy sources whose two sides are no translations.

A model learns wrong pairs by heart, so each half of the lines is judged by a small model that was trained on
the other half.
"""

import zlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from training.batches import Ragged, Tokenised, Variation, draw, make_batch
from training.corpus import LANGUAGES, Line
from training.features import FeatureTable
from training.model import Model, bag_vectors

# The least cosine of a line, where a look at held-out cosines showed wrong pairs. Of Tatoeba's Polish-English
# lines 34 % are below 0.3, of its Italian-English ones 0.8 %; the news have headings and glossaries in them.
LEAST = {
    ("tatoeba", "pl", "en"): 0.33,
    ("korean-news", "ko", "en"): 0.15,
    ("korean-news-nk", "ko", "en"): 0.15,
}
STEPS = 260
DIMENSIONS = 256
RATE = 0.01
SCALE = 20.0


def wrong_lines(
    lines: Sequence[Line],
    data: Tokenised,
    other: Ragged,
    features: FeatureTable,
    size: int,
    seed: int,
    device: str,
) -> np.ndarray:
    """Whether each of the tokenised lines is a wrong pair, bool[n]; trained in batches of `size` lines."""
    wrong = np.zeros(len(lines), dtype=bool)
    if not any(line.source == source for line in lines for source, _, _ in LEAST):
        return wrong
    half = np.array([_half(line) for line in lines])
    for side in (0, 1):
        others = replace(data, weight=np.where(half == side, 0, data.weight))
        table = _small_model(others, other, features, size, seed, device)
        wrong |= (half == side) & _unlike(lines, data, table)
    return wrong


def _half(line: Line) -> int:
    """Lines of one document, and lines of one English sentence, are in one half."""
    return zlib.crc32((line.doc or list(line.texts.values())[-1]).encode()) % 2


def _small_model(
    data: Tokenised, other: Ragged, features: FeatureTable, size: int, seed: int, device: str
) -> np.ndarray:
    model = Model(len(other[0]) - 1, features, DIMENSIONS, seed, device)
    rng = np.random.default_rng([seed, 0])
    step = 0
    while step < STEPS:
        for lines in draw(data, size, Variation(), rng):
            rate = RATE * min(1.0, (step + 1) / 10) * (1 - step / STEPS)
            model.step(make_batch(data, lines, other, Variation(), rng), SCALE, rate)
            step += 1
            if step == STEPS:
                break
    return model.vectors().cpu().numpy()


def _unlike(lines: Sequence[Line], data: Tokenised, table: np.ndarray) -> np.ndarray:
    wrong = np.zeros(len(lines), dtype=bool)
    source = np.array([line.source for line in lines])
    for (name, a, b), least in LEAST.items():
        sides = data.text[:, [LANGUAGES.index(a), LANGUAGES.index(b)]]
        chosen = np.flatnonzero((source == name) & (sides >= 0).all(axis=1))
        left, right = (bag_vectors(table, data.offsets, data.ids, sides[chosen, side]) for side in (0, 1))
        wrong[chosen] = (left * right).sum(axis=1) < least
    return wrong
