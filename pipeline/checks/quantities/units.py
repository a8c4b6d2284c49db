"""Measures: a number with its unit, so that "30 yards" and "27 metres" are known to agree.

Journalists' translations convert miles, pounds and degrees Fahrenheit and round the result, so
two measures in different units agree when they differ by a rounding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.checks.quantities.mention import Mention

_TOLERANCE, _SMALL_TOLERANCE = 1.1, 1.3
"""Ratios up to which converted measures agree: "30 yards" becomes "25 metres", and where one of the
numbers has one digit "1 inch" becomes "2 cm"."""

_DEGREE_TOLERANCE = 3.0

_FOOT, _INCH = 0.3048, 0.0254

# The words for a unit; "*" stands for any ending, "_" for a space. Longer names come first where
# one begins with another ("km_quadrati", "km").
_UNITS: tuple[tuple[str, float, str], ...] = (
    (
        "area",
        1e6,
        "km² km2 kmq km_quadrat* chilometri_quadrat* km_kwadr* kilometr*_kwadr* 제곱킬로미터 평방킬로미터",
    ),
    ("area", 2589988.0, "miglia_quadrat* mil_kwadr* square_miles 제곱마일 평방마일"),
    ("area", 1.0, "m² m2 mq metri_quadr* metr*_kwadr* 제곱미터 평방미터 ㎡"),
    ("area", 0.0929, "ft² piedi_quadrat* stóp_kwadr* square_feet 제곱피트 평방피트"),
    ("area", 4046.86, "acro acri akr* acre acres 에이커"),
    ("area", 10000.0, "ettaro ettari hektar* ha 헥타르"),
    ("area", 3.3058, "평"),
    ("length", 1000.0, "km/h km/o km/ora kmph kph km kilometr* kilomet* kilòmetr* chilometr* 킬로미터"),
    ("length", 1609.344, "mph mi/h mile miles miglia miglio mila mil milę mili 마일"),
    ("length", 1.0, "metro metri metr* meter meters m 미터"),
    ("length", 0.01, "cm centimetr* centimeter* centymetr* 센티미터 센티 ㎝"),
    ("length", 0.001, "mm millimetr* millimeter* milimetr* 밀리미터 밀리"),
    ("length", 0.9144, "iarda iarde jard* yard yards yd 야드"),
    ("length", _FOOT, "piede piedi stopa stopy stopę stopie stóp feet foot ft 피트"),
    ("length", _INCH, "pollice pollici cal cale cali cala calow* inch inches 인치 ″"),
    ("mass", 1.0, "kg kilo kilogram* chilo chili chilogramm* 킬로그램 ㎏"),
    ("mass", 0.001, "g gram* grammi 그램"),
    ("mass", 1000.0, "tonnellat* ton* t 톤"),
    ("mass", 0.4536, "lb lbs libbra libbre funt* pound pounds 파운드"),
    ("mass", 0.02835, "oncia once uncj* ounce ounces oz 온스"),
    ("volume", 3.785, "gallon* galon* 갤런"),
    ("volume", 1.0, "litr* liter* l 리터"),
    ("volume", 0.5, "pinta pinte pint pints kwart* 파인트"),
    ("degree", 1.0, "°c °f ºc ºf ° º ℃ ℉ grado gradi stopień stopni* degree degrees 도"),
)


def _pattern(words: str) -> str:
    """A group that matches any of the words as a whole word; Korean particles may follow."""
    alternatives = [
        re.escape(word).replace(r"\*", r"\w*").replace("_", " ") + r"(?![a-zà-ž])" for word in words.split()
    ]
    return f"({'|'.join(alternatives)})"


# Groups are told apart by their number, in the order of the table.
_UNIT = re.compile(
    r"[\s\u00a0-]?(?:" + "|".join(_pattern(words) for _, _, words in _UNITS) + ")", re.IGNORECASE
)

_NO_UNITS = " \u00a0-.,;:!?()[]%0123456789\n\t“”»"

_BETWEEN = re.compile(
    r"\s{0,2}(?:[-–—~∼/x×]|(?:e|o|ai?|per|i|do|lub|albo|na|to|and|or|by|piedi|feet|stóp\w*|피트|에서|부터|내지)(?!\w))?"
    r"\s{0,2}(?:(?:i|gli|le|e|and|의)\s)?",
    re.IGNORECASE,
)
"""What may stand between the first number of a range and the second, which has the unit."""


_IMPERIAL = {"length": (1609.344, 0.9144, 0.3048), "mass": (0.4536,), "area": (4046.86,)}
"""Units whose round numbers leave a trace in a metric translation: 85 miles an hour are 137 km/h."""

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
    for mention in sorted(mentions, reverse=True):
        unit = _unit_after(text, mention.end)
        if unit is None and following and _BETWEEN.fullmatch(text, mention.end, following.start):
            unit = measures[following].dimension, measures[following].factor
        if unit is None:
            following = None
            continue
        measure = Measure(unit[0], float(mention.readings[0][0]), unit[1])
        if following and unit[1] == _FOOT and measures[following].factor == _INCH:  # six feet six inches
            measure = measure._replace(number=measure.number + measures[following].number / 12)
            measures[following] = measure
        measures[mention] = measure
        following = mention
    return measures


def _unit_after(text: str, end: int) -> tuple[str, float] | None:
    if text[end : end + 2].rstrip(_NO_UNITS) == "":  # quick: neither a letter nor a sign of a unit
        return None
    match = _UNIT.match(text, end)
    return _UNITS[match.lastindex - 1][:2] if match and match.lastindex else None


def agree(one: Measure, two: Measure) -> bool:
    """Whether two measures may be one amount, converted or rounded by the translators."""
    if one.dimension != two.dimension or not one.amount or not two.amount:
        return False
    if one.dimension == "degree" and _degrees_agree(*sorted((one.number, two.number), reverse=True)):
        return True
    ratio = max(one.amount, two.amount) / min(one.amount, two.amount)
    if one.factor != two.factor:
        return ratio <= (_SMALL_TOLERANCE if min(one.number, two.number) < 10 else _TOLERANCE)
    if one.number.is_integer() != two.number.is_integer():
        return abs(one.number - two.number) < 1
    return ratio <= _CLOSE and (_from_imperial(one) or _from_imperial(two))


def _from_imperial(measure: Measure) -> bool:
    """Whether a metric measure is what a round imperial one (a multiple of five) comes to."""
    if measure.dimension == "degree":
        fahrenheit = 5 * round((measure.number * 1.8 + 32) / 5)
        return round((fahrenheit - 32) / 1.8) == measure.number
    factors = _IMPERIAL.get(measure.dimension, ())
    if measure.factor in factors:
        return False
    unit = measure.factor
    return any(
        round(5 * round(measure.amount / factor / 5) * factor / unit) == measure.number for factor in factors
    )


def _degrees_agree(fahrenheit: float, celsius: float) -> bool:
    """As temperatures, or as a difference between two of them."""
    if abs((fahrenheit - 32) / 1.8 - celsius) <= _DEGREE_TOLERANCE:
        return True
    return celsius != 0 and 1 / _SMALL_TOLERANCE <= fahrenheit / 1.8 / celsius <= _SMALL_TOLERANCE
