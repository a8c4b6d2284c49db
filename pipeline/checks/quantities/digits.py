"""Numbers written with digits, in any locale's form and in the mixed forms of translated text.

The language of the text is not asked: "3.000" and "3,000" may both mean three thousand or three,
whatever the language around them prescribes, and translated text often keeps the other form.
Every possible value is a reading, and it is the other languages that decide.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.checks.quantities.mention import Mention, Reading, Value, single, with_half

# Groups of digits with one mark between two of them; a space only before exactly three digits, as
# in "10 000". Each part begins with a mark that no other part can take, so the search never goes back.
_PLAIN = r"\d+(?:[.,:'’]\d+|[ \u00a0\u2009\u202f]\d{3}(?!\d))*"
_UNIT = r"여?(?:[십백천]?(?:만(?!큼)|[억조])|[십백천])"  # 4만큼 is "by 4"
_KOREAN = (
    rf"\d+(?:[.,]\d+)*[ \u00a0]?{_UNIT}(?:[ \u00a0]?\d+(?:[.,]\d+)*[ \u00a0]?{_UNIT})*"
    r"(?:[ \u00a0]?\d{1,4}(?![\d.,]))?"
)
_NUMBER = re.compile(_PLAIN)
_NUMBER_OR_KOREAN = re.compile(rf"({_KOREAN})|{_PLAIN}")
_HAS_KOREAN_UNIT = re.compile(r"\d[ \u00a0]?여?[십백천만억조]")
_KOREAN_PART = re.compile(r"(\d+(?:[.,]\d+)*)[ \u00a0]?여?([십백천]?)([만억조]?)")
_KOREAN_SMALL = {"": 1, "십": 10, "백": 100, "천": 1000}
_KOREAN_LARGE = {"": 1, "만": 10**4, "억": 10**8, "조": 10**12}

_DIGIT = re.compile(r"\d")
_MARK = re.compile(r"\D")
_PAGES = r"(?:https?://|www\.)\S+"
_MAIL = r"[^\s@]{1,64}@[^\s@]+\.\w+|(?<!\w)@\w+"
_OTHER = r"&#x?\w{1,7};|\b[a-z][a-z0-9-]{0,40}(?:\.[a-z0-9-]{1,40}){1,4}/[\w/?=&%.~+-]+"
_NOT_PROSE = re.compile(f"{_PAGES}|{_OTHER}")
_NOT_PROSE_WITH_MAIL = re.compile(f"{_PAGES}|{_MAIL}|{_OTHER}")

_CURRENCY_CODES = ("USD", "EUR", "GBP", "PLN", "KRW", "JPY", "CNY", "CHF")
_LIST_MARKER = re.compile(r"[.)](?=\s)")
_WHOLLY = re.compile(r"\s?(?:%|per cento|proc|퍼센트|프로(?![가-힣]))")
_THIRD_PARTY = re.compile(r"자|국|의")
_LONGEST_REFERENCE, _LONGEST_NAME = 3, 4  # digits

_ROUGHLY = re.compile(r"\((?:약|한화|circa|ok\.|około|about|approx\.?) ?[^()]{1,30}\)")
"""An amount converted for the reader, which is no other reader's business."""

_SCALE_WORD = re.compile(r"[ \u00a0\u2009\u202f-]?([^\W\d_가-힣]{1,14})")
_SCALES = {"mila": 3, "tys": 3, "mln": 6, "mio": 6, "mld": 9, "mrd": 9, "bln": 12}
_SCALE_STEMS = (
    ("milion", 6), ("miliard", 9), ("tysi", 3), ("bilion", 12), ("million", 6), ("billion", 9),
    ("thousand", 3), ("trillion", 12), ("miliardi", 9),
)  # fmt: skip
_STEMS = tuple(stem for stem, _ in _SCALE_STEMS)
# "M", "k" and "bn" also stand for metres, kelvins and more, so the plain number stays a reading.
_LOOSE_SCALES = {"m": 6, "k": 3, "bn": 9, "b": 9}

_RANGE = re.compile(
    r"\s{0,2}(?:[-–—~∼/]|(?:e|o|ai?|i|do|lub|albo|czy|oraz|to|and|or|에서|부터|내지)(?!\w))\s{0,2}(?:(?:의|i|gli|le)\s)?"
)
_KOREAN_HOUR = re.compile(r"\s?시(?!간|즌|민|대)")
_HALF_DAY = re.compile(
    r"(?::\d\d)?\s?(?:[ap]\.?\s?m\b|(?:del|di) (?:pomeriggio|sera|notte)|po południu|wieczor|w nocy)",
    re.IGNORECASE,
)
_DECADE_BEFORE = re.compile(r"\b(?:anni|lata|latach|lat|latami|latom|the)\s['‘’`]?$", re.IGNORECASE)
_DECADE_AFTER = re.compile(r"(?:년?대(?!로)|['’]?s\b)")
_SHORT_YEAR_BEFORE = re.compile(r"(?:['‘’`]|\b\d{4}[-–/~∼]|[A-Z]{2})$")  # '18, 2017-18, FW18

_LONGEST = 18
"""Characters up to which a number is a quantity; a longer one is an identifier."""


class _Token(NamedTuple):
    mention: Mention
    scale: int  # what the number was multiplied by; 1 if by nothing


@lru_cache(maxsize=64)  # several checks ask for the texts of the same row
def read_digits(text: str) -> tuple[Mention, ...]:
    """Numbers with digits in a text, in order; those inside URLs and addresses are left out."""
    if not _DIGIT.search(text):
        return ()
    if "@" in text or "/" in text or "www." in text or "&#" in text:
        pattern = _NOT_PROSE_WITH_MAIL if "@" in text else _NOT_PROSE
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    pattern = _NUMBER_OR_KOREAN if _HAS_KOREAN_UNIT.search(text) else _NUMBER
    matches = list(pattern.finditer(text))
    if not matches:
        return ()
    unbound: set[int] = set()
    for match in _ROUGHLY.finditer(text) if "(" in text else ():
        unbound.update(range(*match.span()))
    tokens = [
        _read(text, match, match.start() not in unbound and _binds(text, *match.span())) for match in matches
    ]
    return tuple(_spread_scales(text, tokens))


def _binds(text: str, start: int, end: int) -> bool:
    """Whether a number says something: those that do not belong to the page or to a name.

    Of the page are the markers of lists and references to notes; of a name, "V8" and "E2EE", but not
    "USD50". A third party is no number in Korean, and "100 %" is often said as "fully".
    """
    before, size = text[start - 1 : start], end - start
    if before in ("[", "^") and size <= _LONGEST_REFERENCE and text.startswith("]", end):
        return False
    if size <= _LONGEST_REFERENCE and _LIST_MARKER.match(text, end):
        line = text[text.rfind("\n", 0, start) + 1 : start]
        if len(line) <= 8 and not line.strip():
            return False
    if before.isascii() and before.isalpha() and size <= _LONGEST_NAME:
        return text[max(0, start - 3) : start] in _CURRENCY_CODES
    if before == "제" and size == 1 and text[start] == "3":
        return _THIRD_PARTY.match(text, end) is None
    return not (size == 3 and text.startswith("100", start) and _WHOLLY.match(text, end))


def _read(text: str, match: re.Match[str], binding: bool) -> _Token:
    if match.lastindex:
        return _read_korean(text, match, binding)
    start, end = match.span()
    digits = match[0]
    parts, marks = ([digits], []) if digits.isdecimal() else (_MARK.split(digits), _MARK.findall(digits))
    if end - start > _LONGEST:
        return _Token(Mention(start, end, single(Decimal("".join(parts))), binding), 1)
    readings = _plain_readings(parts, marks)
    scale, strict, scaled_end = _scale_after(text, end)
    if scale > 1:
        scaled = [(reading[0] * scale,) for reading in readings if len(reading) == 1]
        if strict and scaled:
            return _Token(
                Mention(start, scaled_end, with_half(text, scaled_end, scaled, scale), binding), scale
            )
        readings += scaled
    readings += _calendar_readings(text, start, end, parts, marks)
    month = text.startswith("월", end) and len(parts) == 1 and 1 <= int(parts[0]) <= 12
    return _Token(Mention(start, end, with_half(text, end, dict.fromkeys(readings)), binding, month), 1)


def _plain_readings(parts: list[str], marks: list[str]) -> list[Reading]:
    """What digits and marks alone can mean: a whole number, a decimal, several numbers."""
    if not marks:
        return [(int(parts[0]),)]
    readings: list[Reading] = []
    last = marks[-1]
    grouped = len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])
    if grouped and len(set(marks)) == 1 and last != ":":
        readings.append((int("".join(parts)),))
    if last in ".," and (len(marks) == 1 or _is_grouped(parts[:-1], marks[:-1], last)):
        readings.append((Decimal("".join(parts[:-1]) + "." + parts[-1]),))
    if not grouped or not readings or last.isspace():
        readings.append(tuple(int(part) for part in parts))
    return readings


def _is_grouped(parts: list[str], marks: list[str], decimal_mark: str) -> bool:
    return (
        len(set(marks)) == 1
        and marks[0] not in (decimal_mark, ":")
        and all(len(part) == 3 for part in parts[1:])
    )


def _scale_after(text: str, end: int) -> tuple[int, bool, int]:
    """`(factor, whether it is surely one, end of its word)` of a word like "milioni" or "tys."."""
    match = _SCALE_WORD.match(text, end)
    if match is None:
        return 1, False, end
    word = match[1].lower()
    exponent = _SCALES.get(word)
    if exponent is None and word.startswith(_STEMS):
        exponent = next(e for stem, e in _SCALE_STEMS if word.startswith(stem))
    if exponent:
        return 10**exponent, True, match.end()
    return 10 ** _LOOSE_SCALES.get(word, 0), False, match.end()


def _calendar_readings(text: str, start: int, end: int, parts: list[str], marks: list[str]) -> list[Reading]:
    """Further readings as an hour, a decade or a year without its century."""
    if len(parts) > 2 or len(parts[0]) > 4:
        return []
    number = int(parts[0])
    if len(parts) == 2:
        return _clock_readings(number, parts[1]) if marks[0] in ":." else []
    before = text[max(0, start - 8) : start]
    readings: list[Reading] = []
    if number <= 24 and (_KOREAN_HOUR.match(text, end) or _HALF_DAY.match(text, end)):
        readings += single(*_hours(number))
    if _DECADE_AFTER.match(text, end) or _DECADE_BEFORE.search(before):
        readings += single(*_decades(number))
    elif number < 100 and _SHORT_YEAR_BEFORE.search(before):
        readings += single(*_years(number))
    return readings


def _clock_readings(hour: int, minutes: str) -> list[Reading]:
    if hour > 24 or len(minutes) != 2 or int(minutes) > 59:
        return []
    if int(minutes) == 0:
        return list(single(hour, *_hours(hour)))
    return [(other, int(minutes)) for other in _hours(hour)]


def _hours(hour: int) -> tuple[int, ...]:
    """The hour that the other of the 12- and 24-hour clocks shows."""
    if hour in (0, 12, 24):
        return (0, 12, 24)
    return (hour - 12,) if hour > 12 else (hour + 12,)


def _decades(number: int) -> tuple[int, ...]:
    """The eighties are the 1980s; the 2000s are also the twenty-first century."""
    if number < 100:
        return _years(number)
    if not 1000 <= number <= 2100:
        return ()
    return (number % 100,) if number % 100 else (number // 100 + 1,)


def _years(number: int) -> tuple[int, ...]:
    return (1900 + number, 2000 + number, 1800 + number)


def _read_korean(text: str, match: re.Match[str], binding: bool) -> _Token:
    """A number with 만, 억, 조 or 십, 백, 천, as in "1억 2500만", "3만 5천", "28억"."""
    total: Value = 0
    section: Value = 0  # what the next large unit multiplies: 9천 4백만 is 9,400 times 만
    scale = 1
    parts = list(_KOREAN_PART.finditer(match[0]))
    for part in parts:
        scale = _KOREAN_SMALL[part[2]] * _KOREAN_LARGE[part[3]]
        section += _korean_decimal(part[1]) * _KOREAN_SMALL[part[2]]
        if part[3]:
            total, section = total + section * _KOREAN_LARGE[part[3]], 0
    total += section
    readings: list[Reading] = [(total,)]
    last = parts[-1]
    if len(parts) > 1 and scale == 1:  # "10만 20" may also be two numbers
        readings.append((total - int(last[1]), int(last[1])))
    if last[0].endswith("조"):  # 제3조 is article three, and 3조 may be group three
        readings.append((_korean_decimal(last[1]),))
    return _Token(Mention(*match.span(), tuple(readings), binding), scale)


def _korean_decimal(digits: str) -> Value:
    whole = digits.replace(",", "")
    return Decimal(whole) if whole.count(".") == 1 else int(whole.replace(".", "")[:_LONGEST])


def _spread_scales(text: str, tokens: list[_Token]) -> list[Mention]:
    """Lets the first number of a range share the second's scale: "2-3 milioni", "2~3만"."""
    mentions = [token.mention for token in tokens]
    for index, (one, two) in enumerate(pairwise(tokens)):
        if two.scale > 1 and one.scale == 1 and _RANGE.fullmatch(text, one.mention.end, two.mention.start):
            scaled = tuple((reading[0] * two.scale,) for reading in one.mention.readings if len(reading) == 1)
            mentions[index] = one.mention._replace(readings=one.mention.readings + scaled)
    return mentions
