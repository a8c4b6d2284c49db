"""Currencies of amounts, named before or after the number in any of the usual ways."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.quantities.mention import Mention

# Words and signs by ISO 4217 code; "*" stands for any ending. Pounds are also a weight, and dollars
# are of several countries: each has one name here, and that is what is compared.
_CURRENCIES = {
    "EUR": "€ eur euro euros 유로",
    "USD": "$ us$ usd dollar dollari dollaro dollars dolar* 달러 불",
    "GBP": "£ gbp sterlina sterline sterling* funt* 파운드",
    "PLN": "zł pln złot* zloty 즈워티 즐로티",
    "KRW": "₩ krw won wony 원",
    "JPY": "¥ jpy yen jen jenów jena jeny 엔",
    "CNY": "cny rmb yuan juan* 위안",
    "CHF": "chf frank* franchi franco 프랑",
}
_CODES = list(_CURRENCIES)


def _group(words: str) -> str:
    alternatives = [re.escape(word).replace(r"\*", r"\w*") + r"(?![a-zà-ž])" for word in words.split()]
    return f"({'|'.join(alternatives)})"


_ANY = "|".join(map(_group, _CURRENCIES.values()))
_AFTER = re.compile(rf"[\s\u00a0]?(?:di |per |w |o )?(?:{_ANY})", re.IGNORECASE)
_BEFORE = re.compile(rf"(?<![^\W\d_])(?:{_ANY})[\s\u00a0]?$", re.IGNORECASE)
_NAMED_BEFORE = re.compile(r"[€$£₩¥]|[A-Z]{3}|euro|zł")
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
