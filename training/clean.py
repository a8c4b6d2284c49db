"""Leaves out texts of noisy sources that do not translate the others of their line.

A model learns wrong pairs by heart, so each half of the lines is judged by a small model that was trained on
the other half.
"""

import zlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from training.batches import Ragged, Tokenised, Variation, draw, make_batch
from training.corpus import Line
from training.features import FeatureTable
from training.model import Model, bag_vectors
from training.settings import Settings

# The least mean cosine of a text with the others of its line, where a look at held-out cosines showed wrong
# pairs. Of Tatoeba's Polish-English lines 34 % are below 0.3, of its Italian-English ones 0.8 %; the news
# have headings and glossaries in them.
LEAST = {"tatoeba": 0.33, "korean-news": 0.15, "korean-news-nk": 0.15}
STEPS = 260
DIMENSIONS = 256
RATE = 0.01
SCALE = 20.0


def wrong_texts(
    lines: Sequence[Line],
    data: Tokenised,
    other: Ragged,
    features: FeatureTable,
    settings: Settings,
    device: str,
) -> np.ndarray:
    """Which texts of the tokenised lines are wrong, bool[n, languages]; all of a line where one is left."""
    wrong = np.zeros(data.text.shape, dtype=bool)
    if not any(line.source in LEAST for line in lines):
        return wrong
    half = np.array([_half(line) for line in lines])
    least = np.array([LEAST.get(line.source, -1.0) for line in lines])
    for side in (0, 1):
        others = replace(data, weight=np.where(half == side, 0, data.weight))
        table = _small_model(others, other, features, settings, device)
        for chosen in _chunks(np.flatnonzero((half == side) & (least >= 0))):
            wrong[chosen] = _agreement(data, chosen, table) < least[chosen, None]
    wrong &= data.text >= 0
    alone = wrong.any(axis=1) & ((data.text >= 0).sum(axis=1) - wrong.sum(axis=1) < 2)
    wrong[alone] = data.text[alone] >= 0
    return wrong


def _half(line: Line) -> int:
    """Lines of one document, and lines of one English sentence, are in one half."""
    return zlib.crc32((line.doc or list(line.texts.values())[-1]).encode()) % 2


def _small_model(
    data: Tokenised, other: Ragged, features: FeatureTable, settings: Settings, device: str
) -> np.ndarray:
    model = Model(len(other[0]) - 1, features, DIMENSIONS, settings.seed, device)
    rng = np.random.default_rng([settings.seed, 0])
    variation = Variation(pairs=settings.pairs)
    step = 0
    while step < STEPS:
        for lines in draw(data, settings.lines, variation, rng):
            rate = RATE * min(1.0, (step + 1) / 10) * (1 - step / STEPS)
            batch = make_batch(data, lines, other, variation, rng)
            model.step(batch, SCALE, rate, settings.spread)
            step += 1
            if step == STEPS:
                break
    return model.vectors().cpu().numpy()


def _chunks(lines: np.ndarray, size: int = 20_000) -> list[np.ndarray]:
    return [lines[start : start + size] for start in range(0, len(lines), size)]


def _agreement(data: Tokenised, lines: np.ndarray, table: np.ndarray) -> np.ndarray:
    """The mean cosine of each text with the others of its line, float32[lines, languages]; 1 for none."""
    texts = data.text[lines]
    present = texts >= 0
    vectors = np.zeros((*texts.shape, table.shape[1]), dtype=np.float32)
    vectors[present] = bag_vectors(table, data.offsets, data.ids, texts[present])
    cosines = np.einsum("lad,ld->la", vectors, vectors.sum(axis=1)) - 1
    others = np.maximum(present.sum(axis=1, keepdims=True) - 1, 1)
    return np.where(present, cosines / others, 1.0)
