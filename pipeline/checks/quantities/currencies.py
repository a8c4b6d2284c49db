"""Currencies of amounts, named before or after the number in any of the usual ways."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.quantities.units import words_pattern
from pipeline.languages import any_pattern, known_languages
from pipeline.languages.numbers import Mention

CURRENCIES = {
    "EUR": "€ eur",
    "USD": "$ us$ usd",
    "GBP": "£ gbp",
    "PLN": "pln",
    "KRW": "₩ krw",
    "JPY": "¥ jpy",
    "CNY": "cny",
    "CHF": "chf",
    "RUB": "₽ rub",
    "UAH": "₴ uah",
    "INR": "₹ inr",
}
"""Signs by ISO 4217 code; the words of each language stand in its module. Pounds are also a weight, and
dollars are of several countries: each has one name here, and that is what is compared."""

_CODES = list(CURRENCIES)
_ANY = "|".join(
    words_pattern(" ".join([signs, *(known.currencies.get(code, "") for known in known_languages())]))
    for code, signs in CURRENCIES.items()
)
_AFTER = re.compile(
    rf"(?:(?<=[a-z])\.)?[\s\u00a0]?(?:{any_pattern('of_currency')})?(?:{_ANY})", re.IGNORECASE
)
_BEFORE = re.compile(rf"(?<![^\W\d_])(?:{_ANY})[\s\u00a0]?$", re.IGNORECASE)
_NAMED_BEFORE = re.compile(rf"[€$£₩¥₽₴₹]|[A-Z]{{3}}|{any_pattern('currency_before')}")
_WIDTH = 12


def read_currencies(text: str, mentions: Iterable[Mention]) -> dict[Mention, str]:
    """The mentions that are amounts of money, and the code of their currency."""
    found: dict[Mention, str] = {}
    for mention in mentions:
        match = _AFTER.match(text, mention.end)
        if not match and _NAMED_BEFORE.search(text[max(0, mention.start - 6) : mention.start]):  # quick
            match = _BEFORE.search(text[max(0, mention.start - _WIDTH) : mention.start])
        if match and match.lastindex:
            found[mention] = _CODES[match.lastindex - 1]
    return found
