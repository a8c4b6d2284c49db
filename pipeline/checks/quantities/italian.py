"""Italian number words: cardinals in one word, ordinals, collectives, ages, months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks.quantities.mention import Mention, single
from pipeline.checks.quantities.roman import read_roman
from pipeline.checks.quantities.words import NumberWords, Senses, read_number_words, spell, spread, words_of

_UNITS = spell(
    "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici "
    "sedici diciassette diciotto diciannove"
)
_TENS = spell("venti trenta quaranta cinquanta sessanta settanta ottanta novanta")
_ORDINALS = spell("primo secondo terzo quarto quinto sesto settimo ottavo nono decimo")
_MONTHS = spell(
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
)

_HALF: Senses = (Decimal("0.5"), 50, 2, 6, 30)
_QUARTER: Senses = (4, Decimal("0.25"), 25, 3, 15)
_OTHERS: dict[Senses, str] = {
    (0, 12, 24): "mezzanotte",
    _HALF: "mezzo mezza mezz metà",
    (1,): "un una",
    (2,): (
        "entrambi entrambe ambedue coppia coppie paio doppio doppia doppi doppie raddoppiare raddoppiato "
        "raddoppiata duplice biennio biennale bimestre duo duetto gemelli bimestrale doppietta"
    ),
    (3,): (
        "triplo tripla triplice triplicato triplicata triennio triennale trimestre trimestrale terzo "
        "terzi trio tripletta"
    ),
    (4,): "quadruplo quadriennale quadrimestre quartetto",
    _QUARTER: "quarto quarti",
    (5,): "quinquennio quinquennale",
    (6,): "semestre semestrale",
    (10,): "decennio decenni decennale adolescente adolescenti teenager",
    (12,): "dozzina dozzine mezzogiorno",
    (20,): "ventennio ventennale",
    (30,): "trentennale",
    (50,): "cinquantennio cinquantenario",
    (100,): "centenario secolo centinaio centinaia",
    (1000,): "migliaio migliaia mille",
}
_SCALES = {"mila": 10**3, "milione": 10**6, "milioni": 10**6, "miliardo": 10**9, "miliardi": 10**9}


def _below_hundred() -> dict[str, int]:
    words = {word: number for number, word in enumerate(_UNITS)}
    for ten, stem in enumerate(_TENS, 2):
        words[stem] = ten * 10
        for unit in range(1, 10):
            joined = (stem[:-1] if unit in (1, 8) else stem) + _UNITS[unit]
            words[joined] = ten * 10 + unit
            if unit == 1:
                words[joined[:-1]] = ten * 10 + 1  # "ventun anni"
            if unit == 3:
                words[stem + "tré"] = ten * 10 + 3
    return words


def _below_thousand() -> dict[str, int]:
    small = _below_hundred()
    words = dict(small)
    for hundred in range(1, 10):
        stem = ("" if hundred == 1 else _UNITS[hundred]) + "cento"
        words[stem] = hundred * 100
        for word, number in small.items():
            if number:
                words[stem + word] = hundred * 100 + number
                if word.startswith("ott"):
                    words[stem[:-1] + word] = hundred * 100 + number  # "centottanta"
    return words


def _derived(word: str, number: int) -> dict[str, int]:
    """Ordinals, ages and the plain thousands made from a cardinal."""
    stem = word[:-1] + "e" if word.endswith("é") else word if word.endswith(("tre", "sei")) else word[:-1]
    words = {f"{stem}esim{ending}": number for ending in "oaie"} if number > 10 else {}
    if 9 < number < 101:
        words |= {word[:-1] + "enne": number, word[:-1] + "enni": number}
    if number > 1:
        words[word + "mila"] = number * 1000
    return words


def _vocabulary() -> dict[str, Senses]:
    cardinals = _below_thousand()
    words: dict[str, int] = {}
    for word, number in cardinals.items():
        words |= _derived(word, number)
    words |= cardinals
    for thousands in ("mille", *(f"{_UNITS[n]}mila" for n in range(2, 10))):
        base = 1000 if thousands == "mille" else _UNITS.index(thousands[:-4]) * 1000
        words |= {thousands + word: base + number for word, number in cardinals.items() if number}
    for number, ordinal in enumerate(_ORDINALS, 1):
        words |= {ordinal[:-1] + ending: number for ending in "oaie"}
    for ten in (10, 20, 30, 40, 50, 60, 70, 80, 90):
        stem = "dec" if ten == 10 else _TENS[ten // 10 - 2][:-1]
        words |= {f"{stem}ina": ten, f"{stem}ine": ten}
    words["quindicina"] = 15
    senses: dict[str, Senses] = {word: (number,) for word, number in words.items()}
    senses |= {stem[:-1]: (ten * 10,) for ten, stem in enumerate(_TENS, 2)}  # "quarant'anni"
    senses |= {"quattr": (4,), "cinqu": (5,), "sett": (7,), "ott": (8,), "cent": (100,)}
    senses |= {stem: (ten * 10, 1900 + ten * 10) for ten, stem in enumerate(_TENS, 2)}  # "gli anni Ottanta"
    # "il Novecento" is the century of the years 1900 to 1999, the twentieth
    senses |= {f"{_UNITS[n]}cento": (n * 100, 1000 + n * 100, 11 + n) for n in range(2, 10)}
    return senses | spread(_OTHERS)


_MONTH_NUMBERS = {month: number for number, month in enumerate(_MONTHS, 1)}
_STEMS = re.compile(r"(?:(raddoppi|dimezz)|(triplic|trilogi|tripart|triang)|(quadruplic|tetralogi))")
"""Beginnings of words that have a number in them; the group says which: two, three or four."""
_STARTS = frozenset(("ra", "di", "tr", "qu", "te"))

WORDS = NumberWords(_vocabulary(), _SCALES)

VAGUE = frozenset(("secondo", "seconda", "secondi", "sei", "quarto", "terzo", "terzi", "mezzo", "mezza"))
"""Words that are more often something else than a number: "according to", seconds, "you are"."""


def read_words(text: str) -> list[Mention]:
    """Italian number words and Roman numerals in a text; none of them is binding."""
    return [*read_number_words(text, WORDS), *_read_others(text), *read_roman(text)]


def _read_others(text: str) -> Iterator[Mention]:
    """Months, and words that have a number in their stem."""
    for start, word in words_of(text):
        if word in _MONTH_NUMBERS:
            yield Mention(start, start + len(word), single(_MONTH_NUMBERS[word]), month=True)
        elif word[:2] in _STARTS and (match := _STEMS.match(word)):
            yield Mention(start, start + len(word), single((match.lastindex or 0) + 1))
