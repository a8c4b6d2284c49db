"""Reads the numbers of a text as values, whatever way they are written.

`read_digits` finds numbers written with digits, `read_words` those written in words; comparing
them is the business of `pipeline.checks.families.numbers`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.checks.quantities.calendar import read_months
from pipeline.checks.quantities.digits import half_day_readings, read_digits
from pipeline.languages import facts
from pipeline.languages.numbers import Mention, Reading, Value, single

__all__ = ["is_vague", "read_digits", "read_words", "reads_words"]

_HOURS = range(1, 13)
_LONGEST_HALF = 12
_LONGEST_QUARTER = 20
_LONGEST_PERCENT = 10
"""Characters before the hundred of a percentage that belong to it: "per cento"."""


def reads_words(language: str) -> bool:
    """Whether the number words of a language are known."""
    return facts(language).number_words is not None


@lru_cache(maxsize=64)  # several checks ask for the texts of the same row
def read_words(text: str, language: str) -> tuple[Mention, ...]:
    """Numbers written in words, in the order of the text; of a language without a reader, the months."""
    read = facts(language).number_words
    if read is None:
        return tuple(read_months(text, language))
    return tuple(_on_both_clocks(text, mention, language) for mention in read(text))


def _on_both_clocks(text: str, mention: Mention, language: str) -> Mention:
    """A number with what else it is where it is an hour: "las dos de la tarde", "halb sieben"."""
    if len(mention.readings) > 1 or len(mention.readings[0]) > 1:
        return mention
    hour = mention.readings[0][0]
    others = half_day_readings(text, mention.end, hour)
    half = facts(language).half_hour
    if (
        half
        and hour in _HOURS
        and re.search(rf"(?<!\w)(?:{half})\s\Z", text[: mention.start][-_LONGEST_HALF:].lower())
    ):
        others += single(hour - 1 or 12)
    others += _quarter_readings(text, mention, hour, language)
    return mention._replace(readings=mention.readings + others) if others else mention


def _quarter_readings(text: str, mention: Mention, hour: Value, language: str) -> tuple[Reading, ...]:
    """What an hour is with a quarter that stands beside it: "za kwadrans dziesiąta" is 9:45, or 21:45."""
    known = facts(language)
    if hour not in _HOURS:
        return ()
    before, after = text[: mention.start][-_LONGEST_QUARTER:].lower(), text[mention.end :][:_LONGEST_QUARTER]
    for words, less, minute in ((known.quarter_to, 1, 45), (known.quarter_past, 0, 15)):
        beside = rf"(?<!\w)(?:{words})\s(?:the\s)?\Z"
        if words and (re.search(beside, before) or re.match(rf"\s(?:{words})(?!\w)", after)):
            morning = (int(hour) - less) % 12
            return ((morning, minute), (morning + 12, minute), (morning or 12, minute))
    return ()


def is_vague(text: str, mention: Mention, language: str) -> bool:
    """Whether a word is more often something else than the number that it may be, as a single letter is.

    So is the hundred that says only that a number is a percentage ("12 per cento").
    """
    if mention.end - mention.start == 1 and text[mention.start].isascii():
        return True
    if _ends_percent(text, mention, facts(language).percent):
        return True
    known = facts(language)
    if known.no_number and re.compile(known.no_number).match(text, mention.start):
        return True
    return text[mention.start : mention.end].lower() in known.vague_numbers


def _ends_percent(text: str, mention: Mention, percent: str) -> bool:
    if not percent:
        return False
    before = text[max(0, mention.start - _LONGEST_PERCENT) : mention.end]
    return re.search(rf"(?:{percent})$", before, re.IGNORECASE) is not None
