"""Currencies of amounts, named before or after the number in any of the usual ways."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline.checks.quantities.word_table import WordTable, words_pattern
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
_WORDS = [
    " ".join([signs, *(known.currencies.get(code, "") for known in known_languages())])
    for code, signs in CURRENCIES.items()
]
_AFTER = WordTable(rf"(?:(?<=[a-z])\.)?[\s\u00a0]?(?:{any_pattern('of_currency')})?", _WORDS)
_NAMED_BEFORE = re.compile(rf"[€$£₩¥₽₴₹]|[A-Z]{{3}}|{any_pattern('currency_before')}")
_WIDTH = 12


def read_currencies(text: str, mentions: Iterable[Mention]) -> dict[Mention, str]:
    """The mentions that are amounts of money, and the code of their currency."""
    found: dict[Mention, str] = {}
    for mention in mentions:
        after = _AFTER.match(text, mention.end)
        if after:
            found[mention] = _CODES[after[0]]
        elif _NAMED_BEFORE.search(text[max(0, mention.start - 6) : mention.start]):  # quick
            match = _before().search(text[max(0, mention.start - _WIDTH) : mention.start])
            if match and match.lastindex:
                found[mention] = _CODES[match.lastindex - 1]
    return found


@cache  # made once an amount has something before it
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(words_pattern, _WORDS))})[\s\u00a0]?$", re.IGNORECASE)
