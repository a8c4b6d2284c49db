"""Number words, put together into numbers by rules that several languages share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.checks.quantities.mention import Mention, Value, single, with_half

Senses = tuple[Value, ...]
"""The values that a word can have; the first is the one that it has inside a longer number."""


def spell(words: str) -> tuple[str, ...]:
    """The words of a list that is written as one text."""
    return tuple(words.split())


def spread(groups: Mapping[Senses, str]) -> dict[str, Senses]:
    """A vocabulary from words grouped by what they mean: {(2,): "both pair"}."""
    return {word: senses for senses, words in groups.items() for word in words.split()}


_WORD = re.compile(r"[^\W\d_]+")
_JOINT = re.compile(r"[ \u00a0-]|\s(?:e|i|and)\s")


@dataclass(frozen=True)
class NumberWords:
    """The number words of a language."""

    values: Mapping[str, Senses]
    scales: Mapping[str, int] = field(default_factory=dict)  # word -> factor, as "mila" -> 1000


class _Run:
    """Words that are being put together into one number."""

    def __init__(self, start: int, end: int, senses: Senses) -> None:
        self.start, self.end, self.senses = start, end, senses
        self.done: Value = 0  # what has been multiplied by a scale already
        self.open: Value = senses[0]
        self.room: Value = _room(senses[0])
        self.scale = 1

    def add(self, end: int, value: Value) -> None:
        self.open += value * self.scale if value < 1 else value  # "due milioni e mezzo"
        self.room, self.end, self.senses = _room(value), end, ()

    def multiply(self, end: int, scale: int) -> None:
        self.done += (self.open or 1) * scale
        self.open, self.room, self.scale = 0, scale, scale
        self.end, self.senses = end, ()

    def mention(self, text: str) -> Mention:
        readings = single(*(self.senses or (self.done + self.open,)))
        return Mention(self.start, self.end, with_half(text, self.end, readings, self.scale))


def _room(value: Value) -> Value:
    """What a following word must stay below to be part of the same number: 5 after 20, 20 after 300."""
    if value >= 100 and value % 100 == 0:
        return 100
    return 10 if value >= 20 and value % 10 == 0 else 0


@lru_cache(maxsize=8)  # the readers of a language ask for the same text one after the other
def words_of(text: str) -> tuple[tuple[int, str], ...]:
    """The words of a text in small letters, each with its place."""
    lowered = text.lower() if len(text.lower()) == len(text) else text  # spans must fit the text
    return tuple((match.start(), match[0]) for match in _WORD.finditer(lowered))


def read_number_words(text: str, words: NumberWords) -> Iterator[Mention]:
    """The numbers that the words of a text make up, in order."""
    run: _Run | None = None
    for start, word in words_of(text):
        senses, scale = words.values.get(word), words.scales.get(word)
        if senses is None and scale is None:
            continue
        end = start + len(word)
        joined = run is not None and _JOINT.fullmatch(text, run.end, start) is not None
        if run and joined and scale and (run.scale == 1 or scale < run.scale):
            run.multiply(end, scale)
        elif run and joined and senses and senses[0] < run.room:
            run.add(end, senses[0])
        else:
            if run:
                yield run.mention(text)
            run = _Run(start, end, senses or (scale or 1,))
    if run:
        yield run.mention(text)
