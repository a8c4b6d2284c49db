"""Measures: a number with its unit, so that "30 yards" and "27 metres" are known to agree.

Journalists' translations convert miles, pounds and degrees Fahrenheit and round the result, so
two measures in different units agree when they differ by a rounding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipeline.checks.quantities.word_table import WordTable, words_pattern
from pipeline.languages import any_pattern, known_languages
from pipeline.languages.numbers import Mention, single

_TOLERANCE, _EXACT_TOLERANCE, _SMALL_TOLERANCE = 1.1, 1.04, 1.3
"""Ratios up to which converted measures agree: "30 yards" becomes "25 metres"; where a number is not round,
because nobody has rounded it; and where one of the numbers has one digit, "1 inch" becomes "2 cm"."""

_DEGREE_TOLERANCE = 3.0
_GREATEST_DIFFERENCE = 50
"""Degrees up to which a number may be a difference between two temperatures."""

_FOOT, _INCH = 0.3048, 0.0254

TIME, SHARE = "time", "share"
_SAME_SHARE = 0.01
"""Difference below which a fraction is the percentage, rounded: a third is 33 %."""
_DAY, _YEAR = 86400.0, 365.2425 * 86400
_SAME_TIME, _SAME_MONTHS = 1.03, 1.1
"""Ratios up to which times in different units are the same: a year of 365 days, a month of four weeks."""
_BOTH_ENDS = ((8.0, 1.0), (15.0, 2.0))
"""Days and the weeks that they are where both ends are counted: "quinze jours" are two weeks."""


class Unit(NamedTuple):
    """A unit of measurement."""

    dimension: str
    factor: float  # what it is in the base unit of its dimension
    signs: str = ""  # by which every language writes it, written as `Language.units` is


# Longer names come first where one begins with another ("km²", "km"; "6-м этаж", "6 м").
UNITS = {
    "floor": Unit("floor", 0.5),  # counted from the one above the ground
    "any_floor": Unit("floor", 0.75),  # counted from either, by country
    "storey": Unit("floor", 1.0),  # counted from the ground
    "km2": Unit("area", 1e6, "km² km2"),
    "mile2": Unit("area", 2589988.0),
    "m2": Unit("area", 1.0, "m² m2 ㎡"),
    "foot2": Unit("area", 0.0929, "ft²"),
    "acre": Unit("area", 4046.86),
    "hectare": Unit("area", 10000.0, "ha"),
    "pyeong": Unit("area", 3.3058),
    "decilitre": Unit("volume", 0.1, "dl ㎗"),
    "centilitre": Unit("volume", 0.01, "cl"),
    "millilitre": Unit("volume", 0.001, "ml ㎖"),
    "km": Unit("length", 1000.0, "km/h km"),
    "mile": Unit("length", 1609.344, "mi/h"),
    "m": Unit("length", 1.0, "m"),
    "cm": Unit("length", 0.01, "cm ㎝"),
    "mm": Unit("length", 0.001, "mm"),
    "yard": Unit("length", 0.9144),
    "foot": Unit("length", _FOOT),
    "inch": Unit("length", _INCH, "″"),
    "kg": Unit("mass", 1.0, "kg ㎏"),
    "g": Unit("mass", 0.001, "g"),
    "decagram": Unit("mass", 0.01),
    "hectogram": Unit("mass", 0.1),
    "quintal": Unit("mass", 100.0),
    "tonne": Unit("mass", 1000.0, "t"),
    "pound": Unit("mass", 0.4536),
    "ounce": Unit("mass", 0.02835),
    "gallon": Unit("volume", 3.785),
    "litre": Unit("volume", 1.0, "l"),
    "pint": Unit("volume", 0.5),
    "second": Unit(TIME, 1.0),
    "minute": Unit(TIME, 60.0),
    "hour": Unit(TIME, 3600.0, "h"),
    "day": Unit(TIME, _DAY),
    "month": Unit(TIME, _YEAR / 12),
    "year": Unit(TIME, _YEAR),
    "week": Unit(TIME, 7 * _DAY),
    "decade": Unit(TIME, 10 * _YEAR),
    "century": Unit(TIME, 100 * _YEAR),
    "degree": Unit("degree", 1.0, "°c °f ºc ºf ° º ℃ ℉"),
}
"""Units by the names that `Language.units` gives their words under; the signs are those of all languages."""


def _words(name: str) -> str:
    return " ".join(known.units.get(name, "") for known in known_languages())


_UNITS = WordTable(
    rf"(?:(?<=[a-z])\.)?[\s\u00a0'’-]?(?:{any_pattern('of_unit')})?",
    [f"{unit.signs} {_words(name)}" for name, unit in UNITS.items()],
)
_FEET_AND = re.compile(rf"-{words_pattern(_words('foot'))}-", re.IGNORECASE)
_IN_ORDER = tuple(UNITS.values())
_AMOUNTS = {
    word: (float(number), UNITS[unit])
    for known in known_languages()
    for word, (number, unit) in ((word, amount.split()) for word, amount in known.amounts.items())
}
_AMOUNT = re.compile("|".join(sorted(map(re.escape, _AMOUNTS), key=len, reverse=True)), re.IGNORECASE)
_HALF = re.compile(any_pattern("half_after"))
_QUARTER = re.compile(rf"[\s\u00a0]+(?:{any_pattern('quarter_after')})(?!\w)")
_AND = re.compile(rf"[\s,]{{0,2}}(?:(?:{any_pattern('and_words')})\s)?")
"""What may stand between hours and minutes, or years and months, but for "or", which parts two spans."""

_METRIC = ((1.0, 0.01), (1000.0, 1.0), (1.0, 0.001), (0.01, 0.001))
"""Factors of metric units of which the smaller one goes on with the greater: 1 m 80 cm, 3 kg 500 g."""

_FLOORS = {
    word.lower(): unit
    for name, unit in UNITS.items()
    if unit.dimension == "floor"
    for word in _words(name).split()
    if word.isalpha() and len(word) > 1
}
_FLOOR_BEFORE = re.compile(rf"(?<!\w)({'|'.join(sorted(_FLOORS, key=len, reverse=True))})\s\Z", re.IGNORECASE)
_LONGEST_FLOOR = 16
_BEHIND_MONTH = re.compile(rf"\d(?:{any_pattern('month_mark')})\s?\Z")
_LONGEST_MONTH = 4
_DECADE_AFTER = re.compile(any_pattern("decade_after"))

_NO_UNITS = " \u00a0-.,;:!?()[]%0123456789\n\t“”»"

_BETWEEN = re.compile(
    rf"\s{{0,2}}(?:[-–—~∼〜～/x×]|(?:{any_pattern('range_words')}|{any_pattern('times_words')}|{words_pattern(_words('foot'))})(?!\w))?"
    rf"\s{{0,2}}(?:(?:{any_pattern('range_articles')})\s)?",
    re.IGNORECASE,
)
"""What may stand between the first number of a range and the second, which has the unit."""


_IMPERIAL = {"length": (1609.344, 0.9144, 0.3048), "mass": (0.4536,), "area": (4046.86,)}
"""Units whose round numbers leave a trace in a metric translation: 85 miles an hour are 137 km/h."""

_WHOLE_IMPERIAL = {1000.0: 1609.344, 0.01: _INCH, 1.0: 0.4536}
"""What kilometres, centimetres and kilograms are converted from."""

_CLOSE = 1.1
"""Ratio up to which two independent conversions of one imperial measure differ."""


class Measure(NamedTuple):
    """A number with its unit; `factor` is the unit in the base unit of its dimension."""

    dimension: str
    number: float
    factor: float

    @property
    def amount(self) -> float:
        """The amount in the base unit."""
        return self.number * self.factor


def read_measures(text: str, mentions: Iterable[Mention]) -> dict[Mention, Measure]:
    """The mentions that have a unit, or share one with the next number ("2 to 4 inches")."""
    measures: dict[Mention, Measure] = {}
    following: Mention | None = None
    bare: Mention | None = None  # the number behind, if it has no unit
    added: dict[Mention, tuple[Mention, Measure, Measure]] = {}  # what was added up: the rest, and both parts
    for mention in sorted(mentions, reverse=True):
        own = _AMOUNTS.get(text[mention.start : mention.end].lower())
        found = None if own or _is_date(text, mention) else _unit_after(text, mention.end)
        half = _HALF.match(text, mention.end) if own or not found else None
        if half and not own:
            found = _unit_after(text, half.end())
        unit = own[1] if own else found[0] if found else _floor_before(text, mention.start)
        if unit is None and following and _BETWEEN.fullmatch(text, mention.end, following.start):
            unit = Unit(measures[following].dimension, measures[following].factor)
        if unit is None:
            following, bare = None, mention
            continue
        number = own[0] if own else _number(mention)
        if half and number % 1 == 0:
            number += 0.5
        measure = Measure(unit.dimension, number, unit.factor)
        if found and unit.dimension == TIME and _QUARTER.match(text, found[1]):
            measure = measure._replace(number=measure.number + 0.25)
        if bare and unit.factor == _FOOT and _FEET_AND.fullmatch(text, mention.end, bare.start):  # 6-foot-6
            measure = measure._replace(number=measure.number + float(bare.readings[0][0]) / 12)
            measures[bare] = measure
        if following and unit.factor == _FOOT and measures[following].factor == _INCH:  # six feet six inches
            measure = measure._replace(number=measure.number + measures[following].number / 12)
            measures[following] = measure
        part = added.get(following) if following else None
        if following and part and found and _is_listed(text, found[1], following.start, unit, part):
            last, measures[following], measures[last] = part
        elif following and found and _continues(text, found[1], following.start, unit, measures[following]):
            rest = measures[following]
            added[mention] = following, measure, rest
            measure = measure._replace(number=measure.number + rest.amount / unit.factor)
            measures[following] = measure
        measures[mention] = measure
        following, bare = mention, None
    return measures


def read_amounts(text: str) -> list[Mention]:
    """The words of a text that are a number and its unit in one, as "fortnight" is."""
    return [
        Mention(*match.span(), single(Decimal(_AMOUNTS[match[0].lower()][0])))
        for match in _AMOUNT.finditer(text)
        if _is_whole(text, match)
    ]


def _is_whole(text: str, match: re.Match[str]) -> bool:
    """Whether a match is no part of a longer word, where words have spaces between them."""
    if match[0][0].lower() == match[0][0].upper():
        return True
    return not (text[: match.start()][-1:].isalpha() or text[match.end() : match.end() + 1].isalpha())


def _is_date(text: str, mention: Mention) -> bool:
    """Whether a number is a month, its day or a decade, which look like a time: 10월 1일, 1930年代."""
    if mention.month or _DECADE_AFTER.match(text, mention.end):
        return True
    return _BEHIND_MONTH.search(text, max(0, mention.start - _LONGEST_MONTH), mention.start) is not None


def _number(mention: Mention) -> float:
    """The number of a mention, with the half that follows it: "two hours and a half"."""
    first, last = mention.readings[0][0], mention.readings[-1][0]
    return float(last if last - first == Decimal("0.5") else first)


def _continues(text: str, start: int, end: int, unit: Unit, rest: Measure) -> bool:
    """Whether an amount goes on in a smaller unit: "1 hour and 30 minutes", "1 m 80 cm"."""
    if unit.dimension != rest.dimension or rest.amount >= unit.factor:
        return False
    if unit.dimension != TIME and (unit.factor, rest.factor) not in _METRIC:
        return False
    return _AND.fullmatch(text, start, end) is not None


def _is_listed(text: str, start: int, end: int, unit: Unit, part: tuple[Mention, Measure, Measure]) -> bool:
    """Whether what was added up is the end of a list of spans: "2 years, 3 years, 5 months"."""
    return text[start:end].strip() == "," and unit.factor == part[1].factor


@lru_cache(maxsize=256)  # several checks ask for the numbers of the same row
def _unit_after(text: str, end: int) -> tuple[Unit, int] | None:
    """The unit that follows a number, and where its word ends."""
    if text[end : end + 3].rstrip(_NO_UNITS) == "":  # quick: neither a letter nor a sign of a unit
        return None
    found = _UNITS.match(text, end)
    return (_IN_ORDER[found[0]], found[1]) if found else None


def _floor_before(text: str, start: int) -> Unit | None:
    """The unit of the number of a floor that stands behind the word: "piano 7"."""
    before = _FLOOR_BEFORE.search(text, max(0, start - _LONGEST_FLOOR), start)
    return _FLOORS[before[1].lower()] if before else None


def agree(one: Measure, two: Measure) -> bool:
    """Whether two measures may be one amount, converted or rounded by the translators."""
    if one.dimension != two.dimension or not one.amount or not two.amount:
        return False
    if one.dimension == SHARE:
        return one.factor != two.factor and abs(one.amount - two.amount) < _SAME_SHARE
    if one.dimension == TIME:
        return one.amount == two.amount or (one.factor != two.factor and _same_time(one, two))
    if one.dimension == "floor":
        low, high = sorted((one, two), key=lambda measure: measure.factor)
        return low.factor != high.factor and high.number - low.number in (0, 1)
    if one.dimension == "degree" and _degrees_agree(*sorted((one.number, two.number), reverse=True)):
        return True
    ratio = max(one.amount, two.amount) / min(one.amount, two.amount)
    if one.factor != two.factor:
        return ratio <= _tolerance(one.number, two.number)
    if one.number.is_integer() != two.number.is_integer():
        return abs(one.number - two.number) < 1
    return ratio <= _CLOSE and (_from_imperial(one) or _from_imperial(two))


def _tolerance(one: float, two: float) -> float:
    if min(one, two) < 10:
        return _SMALL_TOLERANCE
    return _TOLERANCE if one % 5 == two % 5 == 0 else _EXACT_TOLERANCE


def _same_time(one: Measure, two: Measure) -> bool:
    if {one.factor, two.factor} == {_DAY, 7 * _DAY}:
        shorter, longer = sorted((one, two), key=lambda measure: measure.factor)
        if (shorter.number, longer.number) in _BOTH_ENDS:
            return True
    months = any(measure.factor == _YEAR / 12 for measure in (one, two))
    weeks = any(measure.factor <= 7 * _DAY for measure in (one, two))
    ratio = max(one.amount, two.amount) / min(one.amount, two.amount)
    return ratio <= (_SAME_MONTHS if months and weeks else _SAME_TIME)


def _from_imperial(measure: Measure) -> bool:
    """Whether a metric measure is what a round imperial one (a multiple of five) comes to."""
    if measure.dimension == "degree":
        fahrenheit = 5 * round((measure.number * 1.8 + 32) / 5)
        return round((fahrenheit - 32) / 1.8) == measure.number
    factors = _IMPERIAL.get(measure.dimension, ())
    if measure.factor in factors:
        return False
    unit = measure.factor
    if not measure.number.is_integer():
        return _is_whole_imperial(measure)
    return any(
        round(5 * round(measure.amount / factor / 5) * factor / unit) == measure.number for factor in factors
    )


def _is_whole_imperial(measure: Measure) -> bool:
    """Whether a metric measure with decimals is some whole miles, inches or pounds: 1.6 km, 2.54 cm."""
    imperial = _WHOLE_IMPERIAL.get(measure.factor) if measure.dimension in ("length", "mass") else None
    if imperial is None:
        return False
    decimals = len(f"{measure.number:g}".partition(".")[2])
    return round(round(measure.amount / imperial) * imperial / measure.factor, decimals) == measure.number


def _degrees_agree(fahrenheit: float, celsius: float) -> bool:
    """As temperatures, or as a difference between two of them."""
    converted = (fahrenheit - 32) / 1.8
    if min(abs(converted - celsius), abs(converted + celsius)) <= _DEGREE_TOLERANCE:  # the minus is no digit
        return True
    if fahrenheit > _GREATEST_DIFFERENCE:
        return False
    return celsius != 0 and 1 / _SMALL_TOLERANCE <= fahrenheit / 1.8 / celsius <= _SMALL_TOLERANCE
