"""The numbers of a row: which values each text offers, and which numbers of one text another lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.cells import folded_words
from pipeline.checks.quantities import is_vague, read_words, reads_words
from pipeline.checks.quantities.calendar import read_weekdays
from pipeline.checks.quantities.currencies import read_currencies
from pipeline.checks.quantities.identifiers import Identifiers
from pipeline.checks.quantities.shares import read_shares
from pipeline.checks.quantities.units import TIME, Measure, agree, read_amounts, read_measures
from pipeline.languages import facts
from pipeline.languages.numbers import Mention, Reading, Value

_NAME_BEFORE = re.compile(r"(?<![A-Za-z])([A-Za-z]{1,12})-?$")
_BEFORE_BRACKET = re.compile(r"[\s-]?\w{1,20}\.?(?:/h)?\s?\(")
_IN_BRACKETS = re.compile(r"\s?[^\W\d_][^()\d]{0,20}\)")
_OPENING = re.compile(r"\(([^()\w]|[A-Z]{1,3}[$€£¥]?|)[ \u00a0]?$")
_SIGN, _CURRENCY = 6, 20
"""Characters of a currency before a number in brackets, and of the one behind the number before them."""
_LETTER = re.compile(r"[A-Za-z]")
_LONGEST_NAME = 12

_LENT, _LONG = "en", 4

_SHORT = 40
"""Words of a text up to which a one of the other side is held against its only number word."""

_WORDED = 100
"""Up to this a number may stand in words that are unknown, in a language without a word reader."""


class RowNumbers:
    """The values that each text of a row offers; words are read only once digits do not agree."""

    def __init__(self, texts: dict[str, str], digits: dict[str, tuple[Mention, ...]]) -> None:
        self.texts, self.digits = texts, digits
        self._offered = {language: values(mentions) for language, mentions in digits.items()}
        self._in_digits = {language: frozenset(found) for language, found in self._offered.items()}
        self._strays: dict[tuple[str, str], Mention | None] = {}
        self._words: dict[str, tuple[Mention, ...]] = {}
        self._measures: dict[str, dict[Mention, Measure]] = {}
        self._identifiers: dict[str, Identifiers] = {}
        self._shared_names: dict[str, bool] = {}
        self._repeats: dict[str, set[Mention]] = {}
        self.doubtful: set[tuple[str, Mention]] = set()
        """Numbers, by holder, that are missed only if another number stands instead."""

    def words(self, language: str) -> tuple[Mention, ...]:
        """Number words of one text."""
        if language not in self._words:
            self._words[language] = read_words(self.texts[language], language)
            self._offered[language] |= values(self._words[language])
        return self._words[language]

    def offers(self, language: str, mention: Mention) -> bool:
        """Whether a text has the values of a mention in another language, in one of its readings."""
        if mention.month and (months := self._months(language)):
            return mention.readings[0] in months
        if agrees(mention, self._offered[language]):
            return True
        if not reads_words(language) and any(all(map(_may_be_worded, r)) for r in mention.readings):
            return True
        self.words(language)
        return agrees(mention, self._offered[language])

    def measures(self, language: str) -> dict[Mention, Measure]:
        """The numbers of one text that have a unit."""
        if language not in self._measures:
            text = self.texts[language]
            mentions = [*self.digits[language], *self.words(language)]
            measures = read_measures(text, [*mentions, *read_amounts(text)])
            self._measures[language] = measures | read_shares(text, mentions, measures)
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
            and all(agrees(mention, found) for other, found in self._in_digits.items() if other != holder)
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
            and not self._is_told_by_a_weekday(holder, other, mention)
        ]
        if mention.month or (mention.readings[0] != (1,) and mention not in self._repeated(holder)):
            return lackers
        sure = [other for other in lackers if mention.readings[0] != (1,)]
        others = (other for other in self.texts if other != holder and other not in sure)
        doubtful = [
            other
            for other in others
            if not self._has_digits(other, mention)
            and (mention.readings[0] != (1,) or self._is_short(other))
            and self.stray_word(other, holder)
        ]
        if not sure and doubtful:
            self.doubtful.add((holder, mention))
        return [other for other in self.texts if other in sure or other in doubtful]

    def _is_the_same_identifier(self, holder: str, other: str, mention: Mention) -> bool:
        """Whether a number is part of a telephone number or of an address that the other text has too."""
        ours, theirs = self._identifiers_of(holder), self._identifiers_of(other)
        written = self.texts[holder][mention.start : mention.end].strip()
        return theirs.holds(written) or ours.shares(theirs, mention)

    def _is_converted(self, holder: str, mention: Mention) -> bool:
        """Whether a number in brackets says an amount again for readers of one language: in another unit of
        measurement, or in another currency.
        """
        text = self.texts[holder]
        if not (opening := _OPENING.search(text, max(0, mention.start - _SIGN), mention.start)):
            return False
        if not opening[1] and _IN_BRACKETS.match(text, mention.end):
            measures = self.measures(holder)
            two = measures.get(mention)
            for one, measure in measures.items():
                behind = one.end < mention.start and _BEFORE_BRACKET.fullmatch(text, one.end, mention.start)
                if behind and (two is None or agree(measure, two)):
                    return True
        before = [one for one in self.digits[holder] if one.end <= opening.start()]
        money = read_currencies(text, [*before[-1:], mention])
        return (
            len(money) == 2
            and len(set(money.values())) == 2
            and opening.start() - before[-1].end <= _CURRENCY
        )

    def _has_english_word(self, language: str, mention: Mention) -> bool:
        """Whether a text has a number in English, as names do: "the back nine", "Fantastic Four".

        Short words are left out, which other languages have too ("ten" is Polish for "this").
        """
        words = read_words(self.texts[language], _LENT) if language != _LENT else ()
        long = (word for word in words if word.end - word.start >= _LONG and not word.month)
        return agrees(mention, values(long))

    def _is_told_by_a_weekday(self, holder: str, other: str, mention: Mention) -> bool:
        """Whether a number is a day of the month, for which the other text names a day of the week: news
        reports in Korean say "27일" for "Friday".
        """
        mark = facts(holder).day_mark
        if not mark or not re.compile(mark).match(self.texts[holder], mention.end):
            return False
        return bool(
            read_weekdays(self.texts[other], other).keys() - read_weekdays(self.texts[holder], holder).keys()
        )

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
        if name[1] not in self._shared_names:
            numbered = re.compile(rf"(?<![A-Za-z]){name[1]}-?\d")
            self._shared_names[name[1]] = all(map(numbered.search, self.texts.values()))
        return self._shared_names[name[1]]

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

    def _is_short(self, language: str) -> bool:
        """Whether a text is so short that its only number word stands where another text has a number."""
        return len(folded_words(self.texts[language])) <= _SHORT

    def _has_digits(self, language: str, mention: Mention) -> bool:
        return agrees(mention, self._in_digits[language])

    def stray_word(self, language: str, other: str) -> Mention | None:
        """The only number word of a text that another language lacks, if there is exactly one."""
        if (language, other) not in self._strays:
            strays = [
                word
                for word in self.words(language)
                if word.readings[0][0] > 1
                and not any(one.start < word.end and word.start < one.end for one in self.digits[language])
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


def values(mentions: Iterable[Mention]) -> set[Value]:
    """All values that the mentions can have."""
    return {value for mention in mentions for reading in mention.readings for value in reading}


def agrees(mention: Mention, offered: set[Value] | frozenset[Value]) -> bool:
    """Whether a mention has a reading of which all the values are offered."""
    for reading in mention.readings:  # noqa: SIM110 (asked so often that a generator's start is felt)
        if offered.issuperset(reading):
            return True
    return False
