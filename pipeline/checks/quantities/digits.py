"""Numbers written with digits, in any locale's form and in the mixed forms of translated text.

The language of the text is not asked: "3.000" and "3,000" may both mean three thousand or three,
whatever the language around them prescribes, and translated text often keeps the other form.
Every possible value is a reading, and it is the other languages that decide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.languages import any_pattern, facts, known_languages
from pipeline.languages.numbers import Mention, Reading, Value, single, with_half
from pipeline.languages.scripts import uncased_letters

# Groups of digits with one mark between two of them; a space only before exactly three digits, as
# in "10 000". Each part begins with a mark that no other part can take, so the search never goes back.
_PLAIN = r"\d+(?:[.,:'’]\d+|[ \u00a0\u2009\u202f]\d{3}(?!\d))*"
_WITH_WORDS = list(
    dict.fromkeys(known.digits_and_words for known in known_languages() if known.digits_and_words)
)
_NUMBER = re.compile(_PLAIN)
_NUMBER_OR_WORDS = re.compile("|".join([*(f"({form.pattern})" for form in _WITH_WORDS), _PLAIN]))
_HAS_WORDS = re.compile("|".join(form.hint.pattern for form in _WITH_WORDS))

_DIGIT = re.compile(r"\d")
_MARK = re.compile(r"\D")
_PAGES = r"(?:https?://|www\.)\S+"
_MAIL = r"[^\s@]{1,64}@[^\s@]+\.\w+|(?<!\w)@\w+"
_OTHER = r"&#x?\w{1,7};|\b[a-z][a-z0-9-]{0,40}(?:\.[a-z0-9-]{1,40}){1,4}/[\w/?=&%.~+-]+"
_NOT_PROSE = re.compile(f"{_PAGES}|{_OTHER}")
_NOT_PROSE_WITH_MAIL = re.compile(f"{_PAGES}|{_MAIL}|{_OTHER}")

_CURRENCY_CODES = ("USD", "EUR", "GBP", "PLN", "KRW", "JPY", "CNY", "CHF")
_LIST_MARKER = re.compile(r"[.)°º](?=\s)|\.-")
_WHOLLY = re.compile(rf"\s?(?:%|{any_pattern('percent')})")
_FIXED = re.compile(any_pattern("fixed_number"))
_LONGEST_REFERENCE, _LONGEST_NAME = 3, 4  # digits
_FUNCTION = re.compile(r"(?<![A-Za-z/])[a-z][a-z_]{2,}[?!]?/\Z")
_LONGEST_FUNCTION = 30  # characters

_ROUGHLY = re.compile(rf"\((?:{any_pattern('about')}) ?[^()]{{1,30}}\)")
"""An amount converted for the reader, which is no other reader's business."""

_SCALE_WORD = re.compile(rf"[ \u00a0\u2009\u202f-]?([^\W\d_{uncased_letters()}]{{1,14}})")
_SCALES = {word: power for known in known_languages() for word, power in known.scale_words.items()}
_SCALE_STEMS = {stem: power for known in known_languages() for stem, power in known.scale_stems.items()}
_STEMS = tuple(_SCALE_STEMS)
_DOUBTFUL_SCALES = {
    word: power for known in known_languages() for word, power in known.doubtful_scales.items()
}

_RANGE = re.compile(
    rf"\s{{0,2}}(?:[-–—~∼〜～/]|(?:{any_pattern('range_words')})(?![^\W\d]))\s{{0,2}}"
    rf"(?:(?:{any_pattern('range_articles')})\s)?"
)
_HALF_AFTER = re.compile(f"½|{any_pattern('half_after')}")
_HALF_DAY = re.compile(rf"(?::\d\d)?\s?(?:{any_pattern('half_day')})", re.IGNORECASE)
_DECADE_BEFORE = re.compile(rf"\b(?:{any_pattern('decade_before')})\s['‘’`]?$", re.IGNORECASE)
_DECADE_AFTER = re.compile(any_pattern("decade_after"))
_MONTH_MARK = re.compile(any_pattern("month_mark"))
_SHORT_YEAR_BEFORE = re.compile(r"(?:['‘’`]|(?<!\d)\d{4}[-–/~∼〜～]|[A-Z]{2})$")  # '18, 2017-18, FW18

_SHORT_CENTURIES = range(200, 1000, 100)
_APOSTROPHES = ("'", "‘", "’", "`")

_LONGEST = 18
"""Characters up to which a number is a quantity; a longer one is an identifier."""


class _Token(NamedTuple):
    mention: Mention
    scale: int  # what the number was multiplied by; 1 if by nothing


def read_digits(text: str, language: str = "") -> tuple[Mention, ...]:
    """Numbers with digits in a text, in order; those inside URLs and addresses are left out.

    The language says what some words behind a number mean, as "mil" does in Spanish, a thousand, and in
    Polish, miles.
    """
    return _read_digits(text, language if facts(language).own_scales else "")


@lru_cache(maxsize=64)  # several checks ask for the texts of the same row
def _read_digits(text: str, language: str) -> tuple[Mention, ...]:
    if not _DIGIT.search(text):
        return ()
    if "@" in text or "/" in text or "www." in text or "&#" in text:
        pattern = _NOT_PROSE_WITH_MAIL if "@" in text else _NOT_PROSE
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    pattern = _NUMBER_OR_WORDS if _HAS_WORDS.search(text) else _NUMBER
    matches = list(pattern.finditer(text))
    if not matches:
        return ()
    unbound: set[int] = set()
    for match in _ROUGHLY.finditer(text) if "(" in text else ():
        unbound.update(range(*match.span()))
    scales = facts(language).own_scales
    tokens = [
        _read(text, match, match.start() not in unbound and _binds(text, *match.span()), scales)
        for match in matches
    ]
    return tuple(_spread_scales(text, tokens))


def _binds(text: str, start: int, end: int) -> bool:
    """Whether a number says something: those that do not belong to the page or to a name.

    Of the page are the markers of lists and references to notes; of a name, "V8", "F-16" and "E2EE", but
    not "USD50", and a function's count of arguments, as in "foldl/3". A third party has a digit in some
    languages, and "100 %" is often said as "fully".
    """
    before, size = text[start - 1 : start], end - start
    if before in ("[", "^") and size <= _LONGEST_REFERENCE and text.startswith("]", end):
        return False
    if size <= _LONGEST_REFERENCE and _LIST_MARKER.match(text, end):
        line = text[text.rfind("\n", 0, start) + 1 : start]
        if len(line) <= 8 and line.strip() in ("", "("):
            return False
    name_end = start - 1 if before == "-" else start  # "G8", "G-8"
    letter = text[name_end - 1 : name_end]
    if letter.isascii() and letter.isalpha() and size <= _LONGEST_NAME:
        return text[max(0, name_end - 3) : name_end] in _CURRENCY_CODES
    if size == 1 and before == "/" and _FUNCTION.search(text, max(0, start - _LONGEST_FUNCTION), start):
        return False
    if size <= 2 and (text[start:end] == "00" or _FIXED.match(text, start)):  # "19 h 00"
        return False
    return not (size == 3 and text.startswith("100", start) and _WHOLLY.match(text, end))


def _read(text: str, match: re.Match[str], binding: bool, scales: Mapping[str, int]) -> _Token:
    if match.lastindex:
        found, scale = _WITH_WORDS[match.lastindex - 1].read(match[0])
        return _Token(Mention(*match.span(), found, binding), scale)
    start, end = match.span()
    digits = match[0]
    parts, marks = ([digits], []) if digits.isdecimal() else (_MARK.split(digits), _MARK.findall(digits))
    if end - start > _LONGEST:
        return _Token(Mention(start, end, single(Decimal("".join(parts))), binding), 1)
    readings = _plain_readings(parts, marks)
    scale, strict, scaled_end = _scale_after(text, end, scales)
    if scale > 1:
        scaled = [(reading[0] * scale,) for reading in readings if len(reading) == 1]
        if strict and scaled:
            return _Token(
                Mention(start, scaled_end, with_half(text, scaled_end, scaled, _HALF_AFTER, scale), binding),
                scale,
            )
        readings += scaled
    readings += _calendar_readings(text, start, end, parts, marks)
    month = len(parts) == 1 and _MONTH_MARK.match(text, end) is not None and 1 <= int(parts[0]) <= 12
    return _Token(
        Mention(start, end, with_half(text, end, dict.fromkeys(readings), _HALF_AFTER), binding, month), 1
    )


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


def _scale_after(text: str, end: int, scales: Mapping[str, int]) -> tuple[int, bool, int]:
    """`(factor, whether it is surely one, end of its word)` of a word like "milioni" or "tys."."""
    match = _SCALE_WORD.match(text, end)
    if match is None:
        return 1, False, end
    word = match[1].lower()
    exponent = scales[word] if word in scales else _SCALES.get(word)
    if exponent is None and word.startswith(_STEMS):
        exponent = next(power for stem, power in _SCALE_STEMS.items() if word.startswith(stem))
    if exponent:
        return 10**exponent, True, match.end()
    return 10 ** _DOUBTFUL_SCALES.get(word, 0), False, match.end()


def _calendar_readings(text: str, start: int, end: int, parts: list[str], marks: list[str]) -> list[Reading]:
    """Further readings as an hour, a decade or a year without its century."""
    if len(parts) > 2 or len(parts[0]) > 4:
        return []
    number = int(parts[0])
    if len(parts) == 2:
        return _clock_readings(number, parts[1]) if marks[0] in ":." else []
    before = text[max(0, start - 8) : start]
    readings: list[Reading] = []
    readings += half_day_readings(text, end, number)
    if _DECADE_AFTER.match(text, end) or _DECADE_BEFORE.search(before):
        readings += single(*_decades(number))
        if 1000 <= number <= 2100 and number % 100:  # "the 1930s" are the thirties of the twentieth century
            readings.append((number % 100, number // 100 + 1))
    elif number < 100 and _SHORT_YEAR_BEFORE.search(before):
        readings += single(*_years(number))
    elif number in _SHORT_CENTURIES and before.endswith(_APOSTROPHES):  # "nel '600", the seventeenth century
        readings += single(1000 + number, number // 100 + 11)
    return readings


def half_day_readings(text: str, end: int, number: Value) -> tuple[Reading, ...]:
    """What an hour that ends there is on the other clock: "two in the afternoon" is 14."""
    if number <= 24 and number % 1 == 0 and _HALF_DAY.match(text, end):
        return single(*_hours(int(number)))
    return ()


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


def _spread_scales(text: str, tokens: list[_Token]) -> list[Mention]:
    """Lets the first number of a range share the second's scale: "2-3 milioni", "2~3만"."""
    mentions = [token.mention for token in tokens]
    for index, (one, two) in enumerate(pairwise(tokens)):
        if two.scale > 1 and one.scale == 1 and _RANGE.fullmatch(text, one.mention.end, two.mention.start):
            scaled = tuple((reading[0] * two.scale,) for reading in one.mention.readings if len(reading) == 1)
            mentions[index] = one.mention._replace(readings=one.mention.readings + scaled)
    return mentions
