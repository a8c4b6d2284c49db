"""A number as it stands in a text, with every value that it may mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

Value = int | Decimal
"""Equal values are equal and hash alike whichever of the two types holds them."""

Reading = tuple[Value, ...]
"""Values that a mention stands for together: `15.30` may be (15.3,), or (15, 30) on a clock."""


class Mention(NamedTuple):
    """A number in a text.

    `readings` are alternatives: "7,455" is 7455 for one writer and 7.455 for another. `binding`
    says whether a translation without this number has lost something: the marker of a list, or a
    word that is only sometimes a number, is not binding. `month`: the first reading is a month's
    number, so that 6월 agrees with "giugno" and not with a six elsewhere.
    """

    start: int
    end: int
    readings: tuple[Reading, ...]
    binding: bool = False
    month: bool = False


_HALF_AFTER = re.compile(
    r"½|[\s-](?:\w{1,12}\s)?(?:e mezz[oa]|i pół|and a half)(?!\w)|\s?(?:[가-힣]{1,3}\s?)?반(?![가-힣])"
)


def single(*values: Value) -> tuple[Reading, ...]:
    """Readings that are one value each."""
    return tuple((value,) for value in values)


def with_half(text: str, end: int, readings: Iterable[Reading], scale: int = 1) -> tuple[Reading, ...]:
    """The readings, and those with a half of `scale` added where "and a half" follows at `end`."""
    readings = tuple(readings)
    if not _HALF_AFTER.match(text, end):
        return readings
    half = Decimal("0.5") * scale
    return readings + tuple((reading[0] + half,) for reading in readings if len(reading) == 1)
