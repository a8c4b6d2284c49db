"""Shares of a whole: percentages, fractions and tenths, so that 75 % and "trzy czwarte" agree."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import pairwise

from pipeline.checks.quantities.units import SHARE, Measure
from pipeline.languages import any_pattern
from pipeline.languages.han_numbers import numeral_value
from pipeline.languages.ko_numbers import sino_value
from pipeline.languages.numbers import Mention, single

_PERCENT = re.compile(rf"[\s\u00a0]?(?:[%％]|{any_pattern('percent')})")
_PERCENT_BEFORE = re.compile(rf"(?:[%％]|{any_pattern('percent_before')})[\s\u00a0]?\Z")
_LONGEST_PERCENT = 8
_MOST_PARTS = 100
_WHOLE, _TENTH, _PER_CENT = 1.0, 0.1, 0.01
_OVER = re.compile(r"\s?[/⁄]\s?")
_OF_PARTS = re.compile(r"\s?(?:분의|分の|分之)\s?")
_NEXT_WORD = re.compile(r"[\s\u00a0-](?:of\s)?")

_KOREAN, _HAN = "일이삼사오육칠팔구", "一二三四五六七八九"
_TENTHS = re.compile(
    rf"([\d{_KOREAN}{_HAN}])\s?[할割成](?![당애합引り])(?:\s?([\d{_KOREAN}{_HAN}])\s?[푼分](?![之の의]))?"
)
_FRACTION = re.compile(
    rf"([{_KOREAN}십백{_HAN}十百]{{1,3}})\s?(?:분의|分の|分之)\s?([{_KOREAN}십{_HAN}十]{{1,3}})"
)


def read_shares(
    text: str, mentions: Iterable[Mention], measured: Collection[Mention] = ()
) -> dict[Mention, Measure]:
    """The mentions that are a share of a whole, or part of one as the 3 and the 4 in 3/4; a share written in
    another way is a mention of its own. A half that is measured is one of its unit.
    """
    found = sorted(mentions)
    shares: dict[Mention, Measure] = {}
    for mention in found:
        value = float(mention.readings[0][0])
        if _PERCENT.match(text, mention.end) or _has_percent_before(text, mention):
            shares[mention] = Measure(SHARE, value, _PER_CENT)
        elif 0 < value < 1 and mention not in measured:
            shares[mention] = Measure(SHARE, value, _WHOLE)
    for one, two in pairwise(found):
        first, second = float(one.readings[0][0]), float(two.readings[0][0])
        between = _OVER if text[two.start].isdecimal() else _NEXT_WORD
        if _OF_PARTS.fullmatch(text, one.end, two.start):
            first, second = second, first
        elif one in measured or two in measured or not between.fullmatch(text, one.end, two.start):
            continue
        if 0 < first < second <= _MOST_PARTS and one not in shares:
            shares[one] = shares[two] = Measure(SHARE, first / second, _WHOLE)
    return shares | _of_tenths(text, found) | _of_fractions(text)


def _has_percent_before(text: str, mention: Mention) -> bool:
    return _PERCENT_BEFORE.search(text, max(0, mention.start - _LONGEST_PERCENT), mention.start) is not None


def _of_tenths(text: str, mentions: Iterable[Mention]) -> dict[Mention, Measure]:
    """What the languages of East Asia count in tenths and hundredths: 7割, 七成, 3할 5푼."""
    by_start = {mention.start: mention for mention in mentions}
    shares: dict[Mention, Measure] = {}
    for match in _TENTHS.finditer(text):
        value = _digit(match[1]) + (_digit(match[2]) / 10 if match[2] else 0)
        for place in filter(lambda place: place >= 0, (match.start(1), match.start(2))):
            mention = by_start.get(place) or Mention(place, place + 1, single(_digit(text[place])))
            shares[mention] = Measure(SHARE, value, _TENTH)
    return shares


def _of_fractions(text: str) -> dict[Mention, Measure]:
    """Fractions in Korean or Chinese numerals: 사분의 삼, 三分之二."""
    shares: dict[Mention, Measure] = {}
    for match in _FRACTION.finditer(text):
        whole, part = _numeral(match[1]), _numeral(match[2])
        if 0 < part < whole:
            shares[Mention(*match.span(), single(part, whole))] = Measure(SHARE, part / whole, _WHOLE)
    return shares


def _digit(character: str) -> int:
    return int(character) if character.isdecimal() else _numeral(character)


def _numeral(numeral: str) -> int:
    return sino_value(numeral) if "가" <= numeral[0] <= "힣" else numeral_value(numeral)
