"""Numbers written in another locale's form: "3,000" for three thousand in Italian, "1.5" for one and a half.

The marks of each language are CLDR's. A form is only judged where its value is beyond doubt: both kinds of
marks stand in it, several groups, or a group that ends in two zeros; another language has the same value in
a form that can mean nothing else; or a unit, a currency or "per cent" makes a fraction of what follows the
mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from pipeline.checks.cells import Cells, Draft, together
from pipeline.checks.quantities import read_digits
from pipeline.checks.quantities.currencies import read_currencies
from pipeline.checks.quantities.units import TIME, read_measures
from pipeline.languages import facts
from pipeline.languages.codes import language_name
from pipeline.languages.numbers import Mention, Value

_MARKED = re.compile(r"\d[.,]\d")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_DECIMAL = re.compile(r"\A\d+([.,])\d{1,2}")
_BOTH = re.compile(r"\A\d{1,3}(?:([.,])\d{3})+(?!\1)([.,])\d+")
_WRITTEN = re.compile(r"\d+(?:[.,]\d+)*")
_ONE_GROUP = len("123,456")
_PERCENT = re.compile(r"[ \u00a0]?[%％]")
_NEXT_WORD = re.compile(r"[ \u00a0]([^\W\d_]{2,})")
_SPACES = "\u00a0\u202f\u2009 "


class Marks(NamedTuple):
    """What a locale writes between the whole and the fraction, and between thousands."""

    decimal: str
    group: str


@cache
def marks_of(language: str) -> Marks | None:
    """The marks of a language by CLDR; None for one that CLDR does not know."""
    try:
        symbols = Locale.parse(language, sep="-").number_symbols["latn"]
    except (UnknownLocaleError, ValueError, KeyError):
        return None
    return Marks(str(symbols["decimal"]), str(symbols["group"]))


def number_formats(cells: Cells) -> Iterator[Draft]:
    """`locale.number-format`: the marks of another locale in a number whose value is certain."""
    if not _MARKED.search(together(cells)):
        return
    for language, text in cells.texts.items():
        marks = marks_of(language) if read_digits(text, language) and _MARKED.search(text) else None
        for mention in read_digits(text, language) if marks else ():
            value = _foreign_form(cells, language, mention, marks) if marks else None
            if value is not None and marks:
                yield _draft(language, text, mention, value, marks)
                break  # who writes one number so writes all of them so


def _foreign_form(cells: Cells, language: str, mention: Mention, marks: Marks) -> Value | None:
    """The value of a number that is written in another locale's form."""
    written = _digits(cells.texts[language], mention)
    match = _BOTH.fullmatch(written)
    if match:
        return _decimal(written, match[2]) if match[2] != marks.decimal else None
    match = _GROUPED.fullmatch(written)
    if match:
        value = int(re.sub(r"[.,]", "", written))
        wrong = match[1] != marks.group and not (marks.group in _SPACES and match[1] == ".")
        return value if wrong and (_is_large(written) or _is_certain(cells, language, value)) else None
    match = _DECIMAL.fullmatch(written)
    if match and match[1] != marks.decimal:
        value_ = _decimal(written, match[1])
        certain = _is_amount(cells.texts[language], language, mention)
        return value_ if certain or _is_decimal_elsewhere(cells, language, value_) else None
    return None


def _digits(text: str, mention: Mention) -> str:
    """A number as it is written, without the words that multiply it."""
    match = _WRITTEN.match(text, mention.start)
    return match[0] if match else text[mention.start : mention.end]


def _decimal(written: str, mark: str) -> Decimal:
    whole, _, fraction = written.rpartition(mark)
    return Decimal(re.sub(r"\D", "", whole) + "." + fraction)


def _is_certain(cells: Cells, language: str, value: Value) -> bool:
    """Whether another language has the value in a form that can mean nothing else."""
    return any(
        mention.readings == ((value,),) or _is_grouped(text[mention.start : mention.end], other, value)
        for other, text in cells.texts.items()
        if other != language
        for mention in read_digits(text, other)
    )


def _is_grouped(written: str, language: str, value: Value) -> bool:
    """Whether a number is written with the language's own mark between thousands."""
    marks = marks_of(language)
    match = _GROUPED.fullmatch(written)
    if match is None or marks is None or match[1] != marks.group:
        return False
    return int(re.sub(r"[.,]", "", written)) == value


def _is_large(written: str) -> bool:
    """Whether a grouped number can be no fraction, which has one mark and does not end in two zeros."""
    return written.endswith("00") or len(written) > _ONE_GROUP


def _is_amount(text: str, language: str, mention: Mention) -> bool:
    """Whether what follows a number makes it an amount, and not a version, a date or a time of day."""
    if _PERCENT.match(text, mention.end) or read_currencies(text, [mention]):
        return True
    known, word = facts(language), _NEXT_WORD.match(text, mention.start + len(_digits(text, mention)))
    following = word[1].lower() if word else ""
    if following in known.scale_words or following.startswith(tuple(known.scale_stems)):
        return True
    if following in known.grammar_words:  # "ha" is a hectare and "has"
        return False
    measure = read_measures(text, read_digits(text, language)).get(mention)
    return measure is not None and measure.dimension != TIME


def _is_decimal_elsewhere(cells: Cells, language: str, value: Decimal) -> bool:
    """Whether another language has the same value with the decimal comma that is right there."""
    for other, text in cells.texts.items():
        marks = marks_of(other) if other != language else None
        if marks and marks != marks_of(language):
            for mention in read_digits(text, other):
                written = _digits(text, mention)
                match = _DECIMAL.fullmatch(written)
                if match and match[1] == marks.decimal == "," and _decimal(written, ",") == value:
                    return True
    return False


def _draft(language: str, text: str, mention: Mention, value: Value, marks: Marks) -> Draft:
    written = _digits(text, mention)
    suggestion = _written(value, marks)
    message = f"“{written}” is not how {language_name(language)} writes this number: “{suggestion}” is"
    span = (mention.start, mention.start + len(written))
    return Draft("locale.number-format", "", language, message, None, span, suggestion)


def _written(value: Value, marks: Marks) -> str:
    whole, _, fraction = f"{value:,}".partition(".")
    return whole.replace(",", marks.group) + (marks.decimal + fraction if fraction else "")
