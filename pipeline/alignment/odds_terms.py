"""The terms that the log-likelihood ratio of a bead is made of.

The log-likelihood ratio of two lengths is quadratic in the logarithm of their ratio; its coefficients
depend on the shorter length only. All functions of numbers here are plain Python, which numba compiles too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment.beads import BEADS
from pipeline.alignment.likeness import LENGTH_SD, Likeness

CAP = 30.0
"""Upper limit of a bead's log-likelihood ratio; it keeps products far from overflow."""

HOPELESS = -15.0
"""A bead below this log-likelihood ratio is treated as impossible: skipping its sentences always wins."""

LENGTH_NOISE = 1.8
"""Extra variance of the log length ratio of short texts, times the characters of the shorter one."""

PART = 0.7
"""Expected cosine of one sentence of a longer bead with the other side: 0 is unrelated, 1 translated."""

LEAST_NORM = 1e-9
"""Added to every norm; a zero vector then has cosine 0 with all others."""

ONE_TO_MANY = np.array([BEADS.tolist().index([1, q]) for q in (1, 2, 3)])
"""Index in `BEADS` of the bead of one left and q right sentences, at q - 1."""

MANY_TO_ONE = np.array([BEADS.tolist().index([p, 1]) for p in (1, 2, 3)])


class Blocks(NamedTuple):
    """Terms of the blocks of 1, 2 and 3 neighbouring sentences in a text of n sentences."""

    scales: NDArray[np.float32]  # [3, n]: 1 / Euclidean norm
    sizes: NDArray[np.float32]  # [3, n]: log of the characters, scaled to the right language
    squares: NDArray[np.float32]  # [3, n]: see `length_terms`
    constants: NDArray[np.float32]  # [3, n]


class Contrast(NamedTuple):
    """Coefficients for telling translated from unrelated sentences."""

    lowest: np.float32  # cosines are clipped to this range
    highest: np.float32
    square: np.float32  # log-likelihood ratio of a cosine: (square * cosine + slope) * cosine + constant
    slope: np.float32
    constant: np.float32
    part_slope: np.float32  # log-likelihood ratio of a part: slope times (cosine - middle)
    part_middle: np.float32


@lru_cache(maxsize=16)  # of the collection; of an article it is asked for only twice
def contrast(likeness: Likeness) -> Contrast:
    """Return the coefficients that follow from the distributions of cosines."""
    same, same_sd, other, other_sd = likeness
    # The wider of two normal distributions wins in both tails. Clipping at the extreme of the ratio
    # keeps it monotonic: a higher cosine never counts less.
    lowest, highest = -1.0, 1.0
    if same_sd != other_sd:
        turn = (same * other_sd**2 - other * same_sd**2) / (other_sd**2 - same_sd**2)
        lowest, highest = (lowest, turn) if same_sd < other_sd else (turn, highest)
    part = other + PART * (same - other)
    return Contrast(
        np.float32(lowest),
        np.float32(highest),
        np.float32(0.5 / other_sd**2 - 0.5 / same_sd**2),
        np.float32(same / same_sd**2 - other / other_sd**2),
        np.float32(0.5 * ((other / other_sd) ** 2 - (same / same_sd) ** 2) + math.log(other_sd / same_sd)),
        np.float32((part - other) / (0.5 * (same_sd + other_sd)) ** 2),
        np.float32(0.5 * (part + other)),
    )


def log_variance(lengths: NDArray[np.float32]) -> float:
    """Return the variance of the logarithms of the lengths; added up in order, as compiled loops do."""
    logs = [math.log(length) for length in lengths.tolist()]
    mean = _sum(logs) / len(logs)
    return _sum([(value - mean) * (value - mean) for value in logs]) / len(logs)


def _sum(values: Iterable[float]) -> float:
    """Return the sum of the values one after the other; `sum` may be exacter, depending on Python."""
    total = 0.0
    for value in values:
        total += value
    return total


def cosine_log_odds(cosine: np.float32, contrast: Contrast) -> np.float32:
    """Return the log-likelihood ratio of a cosine."""
    held = max(contrast.lowest, min(contrast.highest, cosine))
    return (contrast.square * held + contrast.slope) * held + contrast.constant


def length_terms(size: float, spread: float) -> tuple[np.float32, np.float32]:
    """Return the coefficients of `length_log_odds` for two lengths, the shorter of which is `size`.

    Lengths are in characters, scaled to the right language.
    """
    related = LENGTH_SD**2 + LENGTH_NOISE / size
    unrelated = related + spread
    return np.float32(0.5 / unrelated - 0.5 / related), np.float32(0.5 * math.log(unrelated / related))


def length_log_odds(ratio: np.float32, square: np.float32, constant: np.float32) -> np.float32:
    """Return the log-likelihood ratio of two lengths from the logarithm of their ratio."""
    return square * ratio * ratio + constant
