"""Numbers that differ between the languages of a row, compared as values.

A number with digits must have a counterpart in every other language, in digits or in words; a
number word demands nothing, because small number words are also articles, verbs and idioms. In a
row of three languages the one that disagrees with the other two is reported, once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.checks.cells import Cells, Draft
from pipeline.checks.quantities import is_vague, read_digits, read_words, reads_words
from pipeline.checks.quantities.identifiers import Identifiers
from pipeline.checks.quantities.units import TIME, Measure, agree, read_measures
from pipeline.datatypes import Span
from pipeline.languages.codes import language_name, name_list
from pipeline.languages.numbers import Mention, Reading, Value

_MANY = 5
"""More differing numbers than these in one language are one finding: the row is misaligned or rewritten."""

_NAME_BEFORE = re.compile(r"(?<![A-Za-z])[A-Za-z]{1,12}$")
_BEFORE_BRACKET = re.compile(r"[\s-]?\w{1,20}\.?(?:/h)?\s?\(")
_IN_BRACKETS = re.compile(r"\s?[^\W\d_][^()\d]{0,20}\)")
_LETTER = re.compile(r"[A-Za-z]")
_LONGEST_NAME = 12

_LENT, _LONG = "en", 4

_WORDED = 100
"""Up to this a number may stand in words that are unknown, in a language without a word reader."""


class _Gap(NamedTuple):
    """A number of `holder` that a language lacks."""

    holder: str
    mention: Mention


def differing_numbers(cells: Cells) -> Iterator[Draft]:
    """`numbers.changed`, `numbers.missing` and `numbers.added`."""
    digits = {language: read_digits(text, language) for language, text in cells.texts.items()}
    if len(digits) < 2 or not any(digits.values()):
        return
    numbers = _Numbers(cells.texts, digits)
    missing: dict[str, list[_Gap]] = defaultdict(list)
    extra: dict[str, list[Mention]] = defaultdict(list)
    for holder, mentions in digits.items():
        for mention in mentions:
            if numbers.are_everywhere(holder, mention):  # quick, and true of most
                continue
            lackers = numbers.lackers(holder, mention)
            if lackers:
                _blame(list(digits), holder, mention, lackers, missing, extra)
    for language in digits:
        yield from _findings(numbers, language, missing[language], extra[language])


class _Numbers:
    """The values that each text of a row offers; words are read only once digits do not agree."""

    def __init__(self, texts: dict[str, str], digits: dict[str, tuple[Mention, ...]]) -> None:
        self.texts, self.digits = texts, digits
        self._offered = {language: _values(mentions) for language, mentions in digits.items()}
        self._in_digits = {language: frozenset(values) for language, values in self._offered.items()}
        self._strays: dict[tuple[str, str], Mention | None] = {}
        self._words: dict[str, tuple[Mention, ...]] = {}
        self._measures: dict[str, dict[Mention, Measure]] = {}
        self._identifiers: dict[str, Identifiers] = {}
        self._shared_names: dict[str, bool] = {}
        self._repeats: dict[str, set[Mention]] = {}

    def words(self, language: str) -> tuple[Mention, ...]:
        """Number words of one text."""
        if language not in self._words:
            self._words[language] = read_words(self.texts[language], language)
            self._offered[language] |= _values(self._words[language])
        return self._words[language]

    def offers(self, language: str, mention: Mention) -> bool:
        """Whether a text has the values of a mention in another language, in one of its readings."""
        if mention.month and (months := self._months(language)):
            return mention.readings[0] in months
        if _agrees(mention, self._offered[language]):
            return True
        if not reads_words(language) and any(all(map(_may_be_worded, r)) for r in mention.readings):
            return True
        self.words(language)
        return _agrees(mention, self._offered[language])

    def measures(self, language: str) -> dict[Mention, Measure]:
        """The numbers of one text that have a unit."""
        if language not in self._measures:
            mentions = [*self.digits[language], *self.words(language)]
            self._measures[language] = read_measures(self.texts[language], mentions)
        return self._measures[language]

    def converts(self, holder: str, other: str, mention: Mention) -> bool:
        """Whether the other text has the same amount in another unit."""
        measure = self.measures(holder).get(mention)
        if measure is None:
            return False
        theirs = self.measures(other).values()
        if measure.dimension == TIME:  # "a week of four days" is no week of seven
            known = {one.amount for one in self.measures(holder).values() if one.factor == measure.factor}
            others = (two for two in theirs if two.factor == measure.factor and two.number != 1)
            if any(two.amount not in known for two in others):
                return False
        return any(agree(measure, two) for two in theirs)

    def _months(self, language: str) -> set[Reading]:
        mentions = [*self.digits[language], *self.words(language)]
        return {mention.readings[0] for mention in mentions if mention.month}

    def are_everywhere(self, holder: str, mention: Mention) -> bool:
        """Whether every language has a number in digits, and it is none of those that need a closer look."""
        return (
            not mention.month
            and mention.readings[0] != (1,)
            and all(_agrees(mention, found) for other, found in self._in_digits.items() if other != holder)
            and (len(self.digits[holder]) == 1 or mention not in self._repeated(holder))
        )

    def lackers(self, holder: str, mention: Mention) -> list[str]:
        """Languages without a number that the holder has.

        "One" is often left unsaid or is an article, and a number that repeats may be said once: these are
        missed only where another number word stands instead.
        """
        if not mention.binding and not self._is_in_a_shared_name(holder, mention):
            return []
        lackers = [
            other
            for other in self.texts
            if other != holder
            and not self.offers(other, mention)
            and not self.converts(holder, other, mention)
            and not self._is_the_same_identifier(holder, other, mention)
            and not self._is_converted(holder, mention)
            and not self._has_english_word(other, mention)
        ]
        if mention.month or (mention.readings[0] != (1,) and mention not in self._repeated(holder)):
            return lackers
        doubtful = [other for other in self.texts if other != holder and not self._has_digits(other, mention)]
        return [
            other
            for other in doubtful
            if (other in lackers and mention.readings[0] != (1,)) or self.stray_word(other, holder)
        ]

    def _is_the_same_identifier(self, holder: str, other: str, mention: Mention) -> bool:
        """Whether a number is part of a telephone number or of an address that the other text has too."""
        ours, theirs = self._identifiers_of(holder), self._identifiers_of(other)
        written = self.texts[holder][mention.start : mention.end].strip()
        return theirs.holds(written) or ours.shares(theirs, mention)

    def _is_converted(self, holder: str, mention: Mention) -> bool:
        """Whether a number in brackets says a measure again in another unit, for readers of one language."""
        text = self.texts[holder]
        if text[mention.start - 1 : mention.start] != "(" or not _IN_BRACKETS.match(text, mention.end):
            return False
        measures = self.measures(holder)
        two = measures.get(mention)
        return any(
            one.end < mention.start
            and _BEFORE_BRACKET.fullmatch(text, one.end, mention.start)
            and (two is None or agree(measure, two))
            for one, measure in measures.items()
        )

    def _has_english_word(self, language: str, mention: Mention) -> bool:
        """Whether a text has a number in English, as names do: "the back nine", "Fantastic Four".

        Short words are left out, which other languages have too ("ten" is Polish for "this").
        """
        words = read_words(self.texts[language], _LENT) if language != _LENT else ()
        long = (word for word in words if word.end - word.start >= _LONG and not word.month)
        return _agrees(mention, _values(long))

    def _identifiers_of(self, language: str) -> Identifiers:
        if language not in self._identifiers:
            self._identifiers[language] = Identifiers(self.texts[language])
        return self._identifiers[language]

    def _is_in_a_shared_name(self, holder: str, mention: Mention) -> bool:
        """Whether a number ends a name that all the languages have with a number, as in "HER2"."""
        text = self.texts[holder]
        name = _NAME_BEFORE.search(text, max(0, mention.start - _LONGEST_NAME), mention.start)
        if name is None or _LETTER.match(text, mention.end):
            return False
        if name[0] not in self._shared_names:
            numbered = re.compile(rf"(?<![A-Za-z]){name[0]}\d")
            self._shared_names[name[0]] = all(map(numbered.search, self.texts.values()))
        return self._shared_names[name[0]]

    def _repeated(self, language: str) -> set[Mention]:
        """Mentions with digits whose value stands before them in the same text already."""
        if language not in self._repeats:
            seen: set[Reading] = set()
            repeats: set[Mention] = set()
            for mention in self.digits[language]:
                if mention.readings[0] in seen:
                    repeats.add(mention)
                seen.add(mention.readings[0])
            self._repeats[language] = repeats
        return self._repeats[language]

    def _has_digits(self, language: str, mention: Mention) -> bool:
        return _agrees(mention, self._in_digits[language])

    def _is_in_digits(self, language: str, word: Mention) -> bool:
        """Whether a word belongs to a number with digits, as in "5.69 million"."""
        return any(number.start < word.end and word.start < number.end for number in self.digits[language])

    def stray_word(self, language: str, other: str) -> Mention | None:
        """The only number word of a text that another language lacks, if there is exactly one."""
        if (language, other) not in self._strays:
            strays = [
                word
                for word in self.words(language)
                if word.readings[0][0] > 1
                and not self._is_in_digits(language, word)
                and not is_vague(self.texts[language], word, language)
                and not self.offers(other, word)
            ]
            self._strays[language, other] = strays[0] if len(strays) == 1 else None
        return self._strays[language, other]


def _may_be_worded(value: Value) -> bool:
    """Whether a number is small or round, so that it may stand in words: 94, 2.5, 8,000, six million."""
    if value <= _WORDED:
        return value * 2 % 1 == 0
    return value % _WORDED == 0 and len(str(int(value)).rstrip("0")) <= 2


def _values(mentions: Iterable[Mention]) -> set[Value]:
    return {value for mention in mentions for reading in mention.readings for value in reading}


def _agrees(mention: Mention, offered: set[Value] | frozenset[Value]) -> bool:
    for reading in mention.readings:  # noqa: SIM110 (asked so often that a generator's start is felt)
        if offered.issuperset(reading):
            return True
    return False


def _blame(
    languages: list[str],
    holder: str,
    mention: Mention,
    lackers: list[str],
    missing: dict[str, list[_Gap]],
    extra: dict[str, list[Mention]],
) -> None:
    """Files a number under the languages in the minority; between two, under the target."""
    holders = [language for language in languages if language not in lackers]
    if len(lackers) < len(holders) or (len(lackers) == len(holders) and languages[0] in holders):
        for lacker in lackers:
            known = _values(gap.mention for gap in missing[lacker] if gap.holder != holder)
            if not _agrees(mention, known):  # another holder has reported it already
                missing[lacker].append(_Gap(holder, mention))
    else:
        extra[holder].append(mention)


def _findings(numbers: _Numbers, language: str, missing: list[_Gap], extra: list[Mention]) -> Iterator[Draft]:
    if not missing and not extra:
        return
    others = [other for other in numbers.texts if other != language]
    if len(missing) + len(extra) > _MANY:
        yield _many(numbers, language, missing, extra, others[0])
        return
    if missing and not extra and (stray := numbers.stray_word(language, missing[0].holder)):
        extra = [stray]
    elif extra and not missing and (stray := numbers.stray_word(others[0], language)):
        missing = [_Gap(others[0], stray)]
    for gap, mention in zip(missing, extra, strict=False):
        yield _changed(numbers, language, gap, mention)
    for gap in missing[len(extra) :]:
        yield _one_sided(numbers, gap.holder, gap.mention, [language], language)
    for mention in extra[len(missing) :]:
        yield _one_sided(numbers, language, mention, others, others[0])


def _quote(numbers: _Numbers, language: str, mention: Mention) -> str:
    return f"“{numbers.texts[language][mention.start : mention.end].strip()}”"


def _changed(numbers: _Numbers, language: str, gap: _Gap, mention: Mention) -> Draft:
    message = (
        f"{language_name(gap.holder)} has {_quote(numbers, gap.holder, gap.mention)}, "
        f"{language_name(language)} has {_quote(numbers, language, mention)}"
    )
    return _draft(
        "numbers.changed", numbers, {gap.holder: _span(gap.mention), language: _span(mention)}, message
    )


def _one_sided(numbers: _Numbers, holder: str, mention: Mention, lackers: list[str], partner: str) -> Draft:
    spans = {holder: _span(mention), partner: None}
    source = next(language for language in numbers.texts if language in spans)
    rule = "numbers.missing" if source == holder else "numbers.added"
    holders = [holder] + [
        other for other in numbers.texts if other not in (holder, *lackers) and numbers.offers(other, mention)
    ]
    message = (
        f"{_quote(numbers, holder, mention)} stands in {name_list(holders)} "
        f"but has no counterpart in {name_list(lackers)}"
    )
    return _draft(rule, numbers, spans, message)


def _many(numbers: _Numbers, language: str, missing: list[_Gap], extra: list[Mention], partner: str) -> Draft:
    quotes = [_quote(numbers, gap.holder, gap.mention) for gap in missing]
    quotes += [_quote(numbers, language, mention) for mention in extra]
    message = (
        f"{len(quotes)} numbers of {language_name(language)} and the other side differ: "
        f"{', '.join(quotes[: 2 * _MANY])}{' …' if len(quotes) > 2 * _MANY else ''}"
    )
    return _draft("numbers.changed", numbers, {language: None, partner: None}, message)


def _span(mention: Mention) -> Span:
    return mention.start, mention.end


def _draft(rule: str, numbers: _Numbers, spans: dict[str, Span | None], message: str) -> Draft:
    source, target = (language for language in numbers.texts if language in spans)
    return Draft(rule, source, target, message, spans[source], spans[target])
