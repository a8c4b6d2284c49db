"""What translated and unrelated sentences look like: the model that evidence is measured against."""

from __future__ import annotations

from typing import NamedTuple

LENGTH_SD = 0.14
"""Standard deviation of the log length ratio of two long translated texts."""


class Likeness(NamedTuple):
    """Cosines of translated (`same`) and of unrelated (`other`) sentences of one article: mean and sd."""

    same: float
    same_sd: float
    other: float
    other_sd: float


class PairModel(NamedTuple):
    """What translated and unrelated sentences of two texts look like."""

    likeness: Likeness
    shift: float  # mean of log(right length / left length) of translations
