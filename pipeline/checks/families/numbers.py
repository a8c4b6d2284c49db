"""Numbers that differ between the languages of a row, compared as values.

A number with digits must have a counterpart in every other language, in digits or in words; a
number word demands nothing, because small number words are also articles, verbs and idioms. In a
row of three languages the one that disagrees with the other two is reported, once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.checks.cells import Cells, Draft
from pipeline.checks.families.row_numbers import RowNumbers, agrees, values
from pipeline.checks.quantities import read_digits
from pipeline.datatypes import Span
from pipeline.languages.codes import language_name, name_list
from pipeline.languages.numbers import Mention

_MANY = 5
"""More differing numbers than these in one language are one finding: the row is misaligned or rewritten."""


class _Gap(NamedTuple):
    """A number of `holder` that a language lacks."""

    holder: str
    mention: Mention


def differing_numbers(cells: Cells) -> Iterator[Draft]:
    """`numbers.changed`, `numbers.missing` and `numbers.added`."""
    digits = {language: read_digits(text, language) for language, text in cells.texts.items()}
    if len(digits) < 2 or not any(digits.values()):
        return
    numbers = RowNumbers(cells.texts, digits)
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
            known = values(gap.mention for gap in missing[lacker] if gap.holder != holder)
            if not agrees(mention, known):  # another holder has reported it already
                missing[lacker].append(_Gap(holder, mention))
    else:
        extra[holder].append(mention)


def _findings(
    numbers: RowNumbers, language: str, missing: list[_Gap], extra: list[Mention]
) -> Iterator[Draft]:
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
    missing = sorted(missing, key=lambda gap: (gap.holder, gap.mention) in numbers.doubtful)
    extra = sorted(extra, key=lambda mention: (language, mention) in numbers.doubtful)
    for gap, mention in zip(missing, extra, strict=False):
        yield _changed(numbers, language, gap, mention)
    for gap in missing[len(extra) :]:
        if (gap.holder, gap.mention) not in numbers.doubtful:
            yield _one_sided(numbers, gap.holder, gap.mention, [language], language)
    for mention in extra[len(missing) :]:
        if (language, mention) not in numbers.doubtful:
            yield _one_sided(numbers, language, mention, others, others[0])


def _quote(numbers: RowNumbers, language: str, mention: Mention) -> str:
    return f"“{numbers.texts[language][mention.start : mention.end].strip()}”"


def _changed(numbers: RowNumbers, language: str, gap: _Gap, mention: Mention) -> Draft:
    message = (
        f"{language_name(gap.holder)} has {_quote(numbers, gap.holder, gap.mention)}, "
        f"{language_name(language)} has {_quote(numbers, language, mention)}"
    )
    return _draft(
        "numbers.changed", numbers, {gap.holder: _span(gap.mention), language: _span(mention)}, message
    )


def _one_sided(numbers: RowNumbers, holder: str, mention: Mention, lackers: list[str], partner: str) -> Draft:
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


def _many(
    numbers: RowNumbers, language: str, missing: list[_Gap], extra: list[Mention], partner: str
) -> Draft:
    quotes = [_quote(numbers, gap.holder, gap.mention) for gap in missing]
    quotes += [_quote(numbers, language, mention) for mention in extra]
    message = (
        f"{len(quotes)} numbers of {language_name(language)} and the other side differ: "
        f"{', '.join(quotes[: 2 * _MANY])}{' …' if len(quotes) > 2 * _MANY else ''}"
    )
    return _draft("numbers.changed", numbers, {language: None, partner: None}, message)


def _span(mention: Mention) -> Span:
    return mention.start, mention.end


def _draft(rule: str, numbers: RowNumbers, spans: dict[str, Span | None], message: str) -> Draft:
    source, target = (language for language in numbers.texts if language in spans)
    return Draft(rule, source, target, message, spans[source], spans[target])
