"""Numbers in a text, and the grammar of number words that several languages share.

The number words of a language stand in its own module; what reads them into values is here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipeline.languages.lowered import lowered

Value = int | Decimal
"""Equal values are equal and hash alike whichever of the two types holds them."""

Reading = tuple[Value, ...]
"""Values that a mention stands for together: `15.30` may be (15.3,), or (15, 30) on a clock."""


class Mention(NamedTuple):
    """A number in a text.

    `readings` are alternatives: "7,455" is 7455 for one writer and 7.455 for another. `binding`
    says whether a translation without this number has lost something: the marker of a list, or a
    word that is only sometimes a number, is not binding. `month`: the first reading is a month's
    number, so that 6월 agrees with "giugno" and not with a six elsewhere.
    """

    start: int
    end: int
    readings: tuple[Reading, ...]
    binding: bool = False
    month: bool = False


def single(*values: Value) -> tuple[Reading, ...]:
    """Readings that are one value each."""
    return tuple((value,) for value in values)


NO_HALF = re.compile("(?!)")


def half_after(words: str) -> str:
    """A pattern for the words that add a half to the number before them, as "and a half" does."""
    return rf"[\s'’-](?:\w{{1,12}}\s)?(?:{words})(?!\w)"


def with_half(
    text: str, end: int, readings: Iterable[Reading], half: re.Pattern[str], scale: int = 1
) -> tuple[Reading, ...]:
    """The readings, and those with a half of `scale` added where the pattern `half` matches at `end`."""
    readings = tuple(readings)
    if not half.match(text, end):
        return readings
    more = Decimal("0.5") * scale
    return readings + tuple((reading[0] + more,) for reading in readings if len(reading) == 1)


class DigitsAndWords(NamedTuple):
    """Numbers whose digits stand between words for powers of ten, as in 1억 2500만."""

    hint: re.Pattern[str]  # quick: whether a text has any
    pattern: str  # of a whole number, without groups that capture
    read: Callable[[str], tuple[tuple[Reading, ...], int]]  # its readings, and the scale of its last part


Senses = tuple[Value, ...]
"""The values that a word can have; the first is the one that it has inside a longer number."""


def spell(words: str) -> tuple[str, ...]:
    """The words of a list that is written as one text."""
    return tuple(words.split())


def spread(groups: Mapping[Senses, str]) -> dict[str, Senses]:
    """A vocabulary from words grouped by what they mean: {(2,): "both pair"}."""
    return {word: senses for senses, words in groups.items() for word in words.split()}


_WORD = re.compile(r"[^\W\d_]+")
HYPHENATED = re.compile(r"[ \u00a0-]")


@dataclass(frozen=True)
class NumberWords:
    """The number words of a language."""

    values: Mapping[str, Senses]
    scales: Mapping[str, int] = field(default_factory=dict)  # word -> factor, as "mila" -> 1000
    hundreds: frozenset[str] = frozenset()  # words that multiply the small number before them
    joint: re.Pattern[str] = HYPHENATED  # what may stand between the words of one number
    half: re.Pattern[str] = NO_HALF  # what adds a half to it
    rooms: Mapping[Value, int] = field(default_factory=dict)  # what a word behind such a number stays below
    twenties: frozenset[str] = frozenset()  # words that make eighty of a four: "quatre-vingts"


class _Run:
    """Words that are being put together into one number."""

    def __init__(
        self, start: int, end: int, senses: Senses, rooms: Mapping[Value, int], first: int = 1
    ) -> None:
        self.rooms = rooms
        self.first = first  # the scale that it begins with: "a million and a half"
        self.start, self.end, self.senses = start, end, senses
        self.done: Value = 0  # what has been multiplied by a scale already
        self.open: Value = senses[0]
        self.room: Value = self._room(senses[0])
        self.scale = 1

    def add(self, end: int, value: Value) -> None:
        self.open += value * self.scale if value < 1 else value  # "due milioni e mezzo"
        self.room, self.end, self.senses = self._room(value), end, ()

    def multiply(self, end: int, scale: int) -> None:
        self.done += (self.open or 1) * scale
        self.open, self.room, self.scale = 0, scale, scale
        self.end, self.senses = end, ()

    def times_hundred(self, end: int) -> None:
        self.open += self.open % 100 * 99
        self.room, self.end, self.senses = 100, end, ()

    def times_twenty(self, end: int) -> None:
        self.open += 76
        self.room, self.end, self.senses = 20, end, ()

    def _room(self, value: Value) -> Value:
        """What a following word must stay below to be part of the same number: 5 after 20, 20 after 300."""
        if value in self.rooms:
            return self.rooms[value]
        if value >= 100 and value % 100 == 0:
            return 100
        return 10 if value >= 20 and value % 10 == 0 else 0

    def mention(self, text: str, half: re.Pattern[str]) -> Mention:
        readings = single(*(self.senses or (self.done + self.open,)))
        scale = self.scale if self.scale > 1 else self.first
        return Mention(self.start, self.end, with_half(text, self.end, readings, half, scale))


@lru_cache(maxsize=8)  # the readers of a language ask for the same text one after the other
def words_of(text: str) -> tuple[tuple[int, str], ...]:
    """The words of a text in small letters, each with its place."""
    small = lowered(text)
    fitting = small if len(small) == len(text) else text  # spans must fit the text
    return tuple((match.start(), match[0]) for match in _WORD.finditer(fitting))


def read_number_words(text: str, words: NumberWords) -> Iterator[Mention]:
    """The numbers that the words of a text make up, in order."""
    run: _Run | None = None
    values, scales = words.values, words.scales
    for start, word in words_of(text):
        if word not in values and word not in scales:
            continue
        senses, scale = values.get(word), scales.get(word)
        end = start + len(word)
        joined = run is not None and words.joint.fullmatch(text, run.end, start) is not None
        if run and joined and scale and (run.scale == 1 or scale < run.scale):
            run.multiply(end, scale)
        elif run and joined and senses and senses[0] < run.room:
            run.add(end, senses[0])
        elif run and joined and word in words.twenties and run.open % 100 == 4:
            run.times_twenty(end)
        elif run and joined and word in words.hundreds and 0 < run.open % 1000 < 100:
            run.times_hundred(end)
        else:
            if run:
                yield run.mention(text, words.half)
            run = _Run(start, end, senses or (scale or 1,), words.rooms, 1 if senses else scale or 1)
    if run:
        yield run.mention(text, words.half)


_MONTH = 7
"""Characters of an abbreviated month that stands alone, as in the head of a table."""


def word_beginnings(stems: str, anywhere: str = "") -> re.Pattern[str]:
    """A pattern for words that begin with some stems, and for what may stand anywhere.

    Each stem begins with a plain letter, which comes first here: so a search runs to the next such letter,
    instead of trying everything at every character.

    >>> word_beginnings("dos|tr[eio]").pattern
    'd(?<!\\\\wd)(?:os)|t(?<!\\\\wt)(?:r[eio])'
    """
    by_letter: dict[str, list[str]] = {}
    for stem in stems.split("|"):
        by_letter.setdefault(stem[0], []).append(stem[1:])
    words = [rf"{first}(?<!\w{first})(?:{'|'.join(rests)})" for first, rests in by_letter.items()]
    return re.compile("|".join([*words, *filter(None, anywhere.split("|"))]))


_DAY = re.compile(r"\d[ .\u00a0/-]")  # quick: what an abbreviated month stands behind


def short_months(names: str) -> re.Pattern[str]:
    """A pattern for abbreviated months, in order; they count behind the number of a day, "12 mag 2019", and
    where nothing else is said.
    """
    groups = "|".join(f"({name})" for name in names.split())
    behind = r"(?<=\d[ .\u00a0/-])|(?<=\d\.[ \u00a0])"  # "12 mag", "12. Sept."
    alone = r"\A(?=[^\W\d_]{1,6}\.?\Z)"
    return re.compile(rf"(?:{behind}|{alone})(?:{groups})(?!\w)", re.IGNORECASE)


def read_short_months(text: str, months: re.Pattern[str]) -> Iterator[Mention]:
    """The months of dates that are written with an abbreviated name."""
    for match in months.finditer(text) if len(text) <= _MONTH or _DAY.search(text) else ():
        yield Mention(match.start(), match.end(), single(match.lastindex or 0), month=True)


def read_months(text: str, months: Mapping[str, int]) -> Iterator[Mention]:
    """The months that a text names; the names are in small letters."""
    for start, word in words_of(text):
        if word in months:
            yield Mention(start, start + len(word), single(months[word]), month=True)


def numbered(names: str) -> dict[str, int]:
    """Numbers from one on for the words of a list, as for the names of the months."""
    return {name: number for number, name in enumerate(names.split(), 1)}


def read_compounds(text: str, values: Mapping[str, Senses], endings: re.Pattern[str]) -> Iterator[Mention]:
    """The numbers that words begin with, as "dreijährig" does; `endings` is what follows in such words."""
    for start, word in words_of(text):
        ending = endings.search(word)
        senses = values.get(word[: ending.start()]) if ending else None
        if senses and ending:
            yield Mention(start, start + ending.start(), single(senses[0]))


def number_reader(
    words: Callable[[], NumberWords],
    months: Mapping[str, int],
    short: re.Pattern[str],
    compounds: re.Pattern[str] | None = None,
) -> Callable[[str], list[Mention]]:
    """A function that reads number words, months and Roman numerals in a text; none of them is binding.

    `words` is called once a number in words is looked for, `compounds` is what follows a number in one word.
    """

    def read_words(text: str) -> list[Mention]:
        """Number words, months and Roman numerals in a text; none of them is binding."""
        known = words()
        return [
            *read_number_words(text, known),
            *(read_compounds(text, known.values, compounds) if compounds else ()),
            *read_months(text, months),
            *read_short_months(text, short),
            *read_roman(text),
        ]

    return read_words


_ROMAN = re.compile(r"(?<!\w)(?=[MDCLXVI])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?!\w)")
_MAYBE_ROMAN = re.compile(r"[MDCLXVI](?<!\w[MDCLXVI])[MDCLXVI]{0,14}(?!\w)")  # quick
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def read_roman(text: str) -> Iterator[Mention]:
    """Roman numerals in capitals; a lone letter may be anything, so none of them is binding."""
    for match in _ROMAN.finditer(text) if _MAYBE_ROMAN.search(text) else ():
        yield Mention(match.start(), match.end(), single(roman_value(match[0])))


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral in capitals."""
    total = 0
    for letter, following in zip(numeral, numeral[1:] + "I", strict=True):
        digit = _ROMAN_DIGITS[letter]
        total += -digit if digit < _ROMAN_DIGITS[following] else digit
    return total
