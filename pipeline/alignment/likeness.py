"""Distributions of translated and of unrelated sentences, against which evidence is measured."""

from __future__ import annotations

from typing import NamedTuple

LENGTH_SD = 0.14
"""Standard deviation of the log length ratio of two long translated texts."""


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
