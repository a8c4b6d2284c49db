"""Roman numerals: "XIX wiek", "il XX secolo", "Papa Giovanni XXIII"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.quantities.mention import Mention, single

_ROMAN = re.compile(r"(?<!\w)(?=[MDCLXVI])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?!\w)")
_DIGIT = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def read_roman(text: str) -> Iterator[Mention]:
    """Roman numerals in capitals; a lone letter may be anything, so none of them is binding."""
    for match in _ROMAN.finditer(text):
        yield Mention(match.start(), match.end(), single(_value(match[0])))


def _value(numeral: str) -> int:
    total = 0
    for letter, following in zip(numeral, numeral[1:] + "I", strict=True):
        digit = _DIGIT[letter]
        total += -digit if digit < _DIGIT[following] else digit
    return total
