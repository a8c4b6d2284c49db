"""Distributions of translated and of unrelated sentences, against which evidence is measured."""

from __future__ import annotations

from typing import NamedTuple

LENGTH_SD = 0.08
"""Standard deviation of the log length ratio of two long translated texts of an article.

Fitted with `LENGTH_NOISE` to development texts of five to thousands of characters in Italian, Korean and
Polish, relative to the median of each document.
"""


class Likeness(NamedTuple):
    """Mean and standard deviation of the cosines of translated (`same`) and unrelated (`other`) sentences."""

    same: float
    same_sd: float
    other: float
    other_sd: float


class PairModel(NamedTuple):
    """The distributions of translated and unrelated sentences in two texts."""

    likeness: Likeness
    shift: float  # mean of log(right length / left length) of translations
