"""Numbers that agree but whose units do not: five kilometres for five metres, euros for dollars."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from pipeline.checks.cells import Cells, Draft
from pipeline.checks.quantities import read_digits
from pipeline.checks.quantities.currencies import read_currencies
from pipeline.checks.quantities.units import TIME, read_measures
from pipeline.languages.codes import language_name
from pipeline.languages.numbers import Mention
from pipeline.languages.scripts import unspaced_letters

_LONGEST_UNIT = 6  # letters shown behind a number of a language without spaces

_Unit = tuple[str, float]

_POUNDS: frozenset[_Unit] = frozenset((("GBP", 0.0), ("mass", 0.4536)))
"""What a pound is cannot always be told from the word."""


def differing_units(cells: Cells) -> Iterator[Draft]:
    """`numbers.unit`: the same number with another unit or another currency."""
    found = {language: read_digits(text, language) for language, text in cells.texts.items()}
    if sum(map(bool, found.values())) < 2:
        return
    units = {
        language: _units(cells.texts[language], mentions) for language, mentions in found.items() if mentions
    }
    reported: set[str] = set()
    for source, target in cells.pairs:
        if units.get(source) and units.get(target) and not reported & {source, target}:
            for draft in _compare(cells, source, units[source], target, units[target]):
                reported |= {source, target}
                yield draft
    yield from _swapped(cells, found, reported)


def _units(text: str, mentions: Sequence[Mention]) -> dict[Mention, _Unit]:
    """The unit of every number that has one; degrees are left out, since they convert without a factor."""
    units: dict[Mention, _Unit] = {
        mention: (measure.dimension, measure.factor)
        for mention, measure in read_measures(text, mentions).items()
        if measure.dimension not in ("degree", "floor")
    }
    for mention, code in read_currencies(text, mentions).items():
        units[mention] = (code, 0.0)
    return units


def _swapped(cells: Cells, found: Mapping[str, Sequence[Mention]], reported: set[str]) -> Iterator[Draft]:
    """Two numbers that have changed places: "5 km in 30 minutes" and "30 km in 5 minutes"."""
    several = {language: mentions for language, mentions in found.items() if len(mentions) > 1}
    if len(several) < 2:
        return
    units = {
        language: {
            mention.readings[0]: ((measure.dimension, measure.factor), mention)
            for mention, measure in read_measures(cells.texts[language], mentions).items()
        }
        | {
            mention.readings[0]: ((code, 0.0), mention)
            for mention, code in read_currencies(cells.texts[language], mentions).items()
        }
        for language, mentions in several.items()
    }
    for source, target in cells.pairs:
        if source not in units or target not in units or reported & {source, target}:
            continue
        ours, theirs = units[source], units[target]
        for one, two in combinations([value for value in ours if value in theirs], 2):
            if ours[one][0] == theirs[two][0] != ours[two][0] == theirs[one][0]:
                reported |= {source, target}
                yield _draft(cells, source, ours[one][1], target, theirs[one][1])
                break


def _agree(one: _Unit, two: _Unit) -> bool:
    """Whether two units say the same, or one of them is a time and the other none: a year is also a date,
    and what follows it may look like a unit ("nel 1939 ha")."""
    return one == two or {one, two} == _POUNDS or (one[0] == TIME) != (two[0] == TIME)


def _is_converted(one: Mention, unit: _Unit, two: Mention, other: _Unit) -> bool:
    """Whether the digits are the same because of what they are converted to: 42,195 km are 42,195 m."""
    return unit[0] == other[0] and any(
        math.isclose(float(mine) * unit[1], float(yours) * other[1])
        for (mine, *_) in one.readings
        for (yours, *_) in two.readings
    )


def _compare(
    cells: Cells, source: str, ours: dict[Mention, _Unit], target: str, theirs: dict[Mention, _Unit]
) -> Iterator[Draft]:
    for one, unit in ours.items():
        partners = [two for two in theirs if not set(two.readings).isdisjoint(one.readings)]
        if partners and not any(
            _agree(unit, theirs[two]) or _is_converted(one, unit, two, theirs[two]) for two in partners
        ):
            yield _draft(cells, source, one, target, partners[0])


def _draft(cells: Cells, source: str, one: Mention, target: str, two: Mention) -> Draft:
    message = (
        f"Same number, other unit: {language_name(source)} has “{_shown(cells.texts[source], one)}”, "
        f"{language_name(target)} has “{_shown(cells.texts[target], two)}”"
    )
    return Draft("numbers.unit", source, target, message, (one.start, one.end), (two.start, two.end))


def _shown(text: str, mention: Mention) -> str:
    """The number with the words beside it, one of which is its unit."""
    before = text[max(0, mention.start - 20) : mention.start]
    after = text[mention.end : mention.end + 20]
    before = re.sub(rf".*[{unspaced_letters()}]", "", before[before.rstrip().rfind(" ") + 1 :])
    return before + text[mention.start : mention.end] + _first_word(after)


def _first_word(text: str) -> str:
    """The first word; where no spaces are between words, as many letters as a unit may have."""
    unspaced = unspaced_letters()
    match = re.match(rf"\s?(?:[{unspaced}]{{1,{_LONGEST_UNIT}}}|[^\s{unspaced}]*)", text)
    return match[0].rstrip(".,;:)") if match else ""
