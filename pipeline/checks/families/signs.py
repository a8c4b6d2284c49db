"""Signs of numbers: a minus or a per cent that only one language has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import permutations

from pipeline.checks.cells import Cells, Draft, together
from pipeline.checks.quantities import read_digits
from pipeline.languages import any_pattern, known_languages
from pipeline.languages.codes import language_name
from pipeline.languages.lowered import lowered
from pipeline.languages.numbers import Mention
from pipeline.languages.scripts import uncased_letters


def _words_of(unit: str) -> str:
    return "|".join(
        re.escape(word).replace(r"\*", "")
        for known in known_languages()
        for word in known.units.get(unit, "").split()
    )


_MINUS = re.compile(r"(?<![\w)%.,’'/-])(?<![\d)%] )[-−–](?:[€$£₩¥]\s?)?(?=\d)(?!\d+(?:[.,]\d+)*-[^\W\d_])")
_MINUSES = ("-", "−", "–")
_MAYBE_MINUS = re.compile(r"[-−–][€$£₩¥]?\s?\d")
_WITH_UNIT = re.compile(r"[\d.,]{1,40}\s?[°º%€$£℃℉]")
_BELOW_ZERO = re.compile(any_pattern("negative"), re.IGNORECASE)
_DEGREES = re.compile(rf"\s?(?:°|º|℃|℉|{_words_of('degree')})", re.IGNORECASE)
_FAR = 24
"""Characters between a number and the words that say that it is below zero, its degrees among them."""
_FALLEN = re.compile(any_pattern("decrease"), re.IGNORECASE)
_PER_MILLE = r"p(?:er|ro) ?mill?\w{0,3}|퍼밀|промилл\w|‰"
_PERCENT = re.compile(rf"[\s\u00a0]?(?:[%％‰]|{any_pattern('percent')}|{_PER_MILLE})")
_WORDS = f"{_PER_MILLE}|{any_pattern('percent')}|{any_pattern('percent_before')}"
_ANY_PERCENT = re.compile(rf"[%％‰]|\d\s?할|분의|(?<![^\W\d_{uncased_letters()}])(?:{_WORDS}|p(?:er|ro)c)")
_EACH_PERCENT = re.compile(rf"[%％‰]|{_WORDS}|p(?:er|ro)c(?!es)|\d\s?할|분의")
_PERCENT_BEFORE = re.compile(rf"(?:[%％]|{any_pattern('percent_before')})[\s\u00a0]?\Z")
_LONGEST_PERCENT = 8
_MILLE = re.compile(_PER_MILLE)
_RANGE_OR_PERCENT = re.compile(rf"\s?(?:[%％‰]|{_PER_MILLE}|[-–—~∼〜～,]|[^\W\d_]{{1,3}}\s\d)")
_UP_TO_NUMBER = re.compile(r".?\D{0,25}", re.DOTALL)
"""What stands behind a number up to the next one, in which its per cent may stand."""
_PERCENT_HINTS = (
    *dict.fromkeys(hint for known in known_languages() for hint in known.percent_hints),
    *("‰", "할", "분의", "perc", "proc"),
)


@cache
def _below_zero(language: str) -> re.Pattern[str]:
    """Three times as fast on text in small letters as one whose case is ignored."""
    return re.compile(any_pattern("negative", (language,)))


def differing_signs(cells: Cells) -> Iterator[Draft]:
    """`numbers.changed` for a lost minus, `numbers.unit` for a lost per cent."""
    whole = together(cells)
    if _MAYBE_MINUS.search(whole) or _may_be_below_zero(cells):
        yield from _lost_minus(cells)
    if "%" in whole or "％" in whole or _may_have_percent(whole):
        yield from _lost_percent(cells)


def _may_have_percent(text: str) -> bool:
    return any(map(text.__contains__, _PERCENT_HINTS)) and _ANY_PERCENT.search(text) is not None


def _may_be_below_zero(cells: Cells) -> bool:
    numbers = sum(bool(read_digits(text, language)) for language, text in cells.texts.items())
    return numbers > 1 and any(
        _below_zero(language).search(lowered(text)) for language, text in cells.texts.items()
    )


def _lost_minus(cells: Cells) -> Iterator[Draft]:
    signed = {language: _negative(text, language) for language, text in cells.texts.items()}
    for holder, mentions in signed.items():
        for other, text in cells.texts.items():
            if other == holder or not mentions or _BELOW_ZERO.search(text):
                continue
            for mention in mentions:
                value = mention.readings[0]
                if any(value == two.readings[0] for two in signed[other]):
                    continue
                if _percent_of(cells.texts[holder], mention) and _FALLEN.search(text):
                    continue
                partner = next((two for two in read_digits(text, other) if two.readings[0] == value), None)
                if partner and text[partner.start - 1 : partner.start] not in _MINUSES:
                    before = cells.texts[holder][mention.start - 1 : mention.start] in _MINUSES
                    yield _draft(cells, "numbers.changed", holder, mention, other, partner, int(before))
                    return


def _negative(text: str, language: str) -> list[Mention]:
    """The numbers with a minus; at the start of a line a hyphen rather begins an item of a list."""
    ends = {
        match.end()
        for match in _MINUS.finditer(text)
        if match[0] != "-" or _line_before(text, match.start()) or _WITH_UNIT.match(text, match.end())
    }
    worded = _below_zero(language).search(lowered(text)) is not None
    if not ends and not worded:
        return []
    return [
        mention
        for mention in read_digits(text, language)
        if mention.start in ends or (worded and _is_below_zero(text, mention, language))
    ]


def _is_below_zero(text: str, mention: Mention, language: str) -> bool:
    """Whether degrees are said in words to be below zero, right before their number or up to the next one."""
    degrees = _DEGREES.match(text, mention.end)
    if degrees is None:
        return False
    pattern = _below_zero(language)
    before = text[max(0, mention.start - _FAR) : mention.start].rstrip().lower()
    if any(match.end() == len(before) for match in pattern.finditer(before)):
        return True
    after = re.match(r"[^\d.,;:!?\n]{0,24}", text[degrees.end() :])
    return after is not None and pattern.search(after[0].lower()) is not None


def _line_before(text: str, place: int) -> str:
    return text[:place].rpartition("\n")[2].strip()


def _lost_percent(cells: Cells) -> Iterator[Draft]:
    bare = [language for language, text in cells.texts.items() if not _ANY_PERCENT.search(text)]
    if not bare:
        yield from _other_percent(cells)
    if not bare or len(bare) == len(cells.texts):
        return
    for holder, text in cells.texts.items():
        if holder in bare:
            continue
        for mention in read_digits(text, holder):
            if not _percent_of(text, mention):
                continue
            for other in bare:
                numbers = read_digits(cells.texts[other], other)
                partner = next((two for two in numbers if two.readings[0] == mention.readings[0]), None)
                if partner:
                    yield _draft(cells, "numbers.unit", holder, mention, other, partner, 0)
                    return


def _other_percent(cells: Cells) -> Iterator[Draft]:
    """A number that is a percentage in one language, and none in another that has such signs elsewhere."""
    signs = {language: len(_EACH_PERCENT.findall(text)) for language, text in cells.texts.items()}
    for holder, other in permutations(cells.texts, 2):
        milles = [bool(_MILLE.search(cells.texts[language])) for language in (holder, other)]
        if signs[holder] <= signs[other] and milles != [False, True]:
            continue
        text, theirs = cells.texts[holder], cells.texts[other]
        for mention in read_digits(text, holder):
            percent = _percent_of(text, mention)
            same = [two for two in read_digits(theirs, other) if two.readings[0] == mention.readings[0]]
            if not percent or len(same) != 1 or _has_percent_before(theirs, same[0]):
                continue
            if _is_another(percent, theirs[same[0].end - 1 :]):
                yield _draft(cells, "numbers.unit", holder, mention, other, same[0], 0)
                return


def _percent_of(text: str, mention: Mention) -> str:
    """The sign or the word that makes a number a percentage, "" if none does."""
    percent = _PERCENT.match(text, mention.end)
    return percent[0] if percent else "%" if _has_percent_before(text, mention) else ""


def _has_percent_before(text: str, mention: Mention) -> bool:
    return _PERCENT_BEFORE.search(text, max(0, mention.start - _LONGEST_PERCENT), mention.start) is not None


def _is_another(percent: str, after: str) -> bool:
    """Whether a number, from its last digit on, is no such per cent; a range has its sign behind the last."""
    if _RANGE_OR_PERCENT.match(after, 1):
        return _MILLE.match(after[1:].lstrip()) is not None and not _MILLE.search(percent)
    return not any(map(_ANY_PERCENT.search, _UP_TO_NUMBER.findall(after)[:1]))


def _draft(
    cells: Cells, rule: str, holder: str, mention: Mention, other: str, partner: Mention, before: int
) -> Draft:
    """A finding about a number; `before` are the characters in front of it that belong to its sign."""
    spans = {holder: (mention.start - before, mention.end), other: (partner.start, partner.end)}
    source, target = (language for language in cells.texts if language in spans)
    shown = {language: cells.texts[language][slice(*span)] for language, span in spans.items()}
    if rule == "numbers.unit":
        shown[holder] += "%"
    message = f"{language_name(source)} has “{shown[source]}”, {language_name(target)} has “{shown[target]}”"
    return Draft(rule, source, target, message, spans[source], spans[target])
