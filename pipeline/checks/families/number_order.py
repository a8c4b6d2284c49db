"""Numbers that have changed places inside a row: "from 43 to 30 %" for "from 30 to 43 %".

Only two numbers of one kind are compared, of languages that keep the order of a sentence: years and other
numbers change places in good translations, and a Korean sentence is built the other way round. A range is one
thing in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.checks.cells import Cells, Draft
from pipeline.checks.quantities import read_digits
from pipeline.languages import facts
from pipeline.languages.codes import language_name
from pipeline.languages.numbers import Mention

_YEARS = range(1500, 2101)
_TO_NEXT = re.compile(r"\s?(?:[-–—~∼〜～]|[^\W\d_]{1,3}(?!\w))\s?(?:[^\W\d_]{1,3}\s)?\d[\d.,]{0,9}")
_AFTER = re.compile(r"[\s\u00a0-]?([%‰]|[^\W\d_]{3})?")


def reordered_numbers(cells: Cells) -> Iterator[Draft]:
    """`numbers.order`: two numbers of one kind that stand the other way round."""
    latin = {language: text for language, text in cells.texts.items() if not facts(language).script}
    found = {language: read_digits(text, language) for language, text in latin.items()}
    if sum(len(mentions) > 1 for mentions in found.values()) < 2:
        return
    for source, target in cells.pairs:
        if source in found and target in found:
            pair = _reordered(cells.texts, source, found[source], target, found[target])
            if pair:
                yield _draft(cells.texts, source, target, *pair)
                return


def _reordered(
    texts: dict[str, str], source: str, ours: Sequence[Mention], target: str, theirs: Sequence[Mention]
) -> tuple[Mention, Mention, Mention, Mention] | None:
    """The first two neighbours of the source that stand the other way round in the target, and these."""
    places = {mention.readings[0]: mention for mention in theirs}
    if len(places) < len(theirs) or len({mention.readings[0] for mention in ours}) < len(ours):
        return None
    shared = [mention for mention in ours if mention.readings[0] in places]
    for one, two in pairwise(shared):
        first, second = places[one.readings[0]], places[two.readings[0]]
        if (
            first.start > second.start
            and _are_alike(texts[source], one, two)
            and _are_alike(texts[target], first, second)
        ):
            return one, two, second, first
    return None


def _are_alike(text: str, one: Mention, two: Mention) -> bool:
    kind = _kind(text, one)
    return kind is not None and kind == _kind(text, two)


def _kind(text: str, mention: Mention) -> tuple[int, str] | None:
    """What may be mistaken for each other: numbers of as many digits with the same word behind; no years.

    The first number of a range or a list has what is behind the next.
    """
    written = text[mention.start : mention.end]
    value = mention.readings[0][0]
    if len(mention.readings[0]) > 1 or (value in _YEARS and len(written) == 4) or written[0] == "0":
        return None
    range_ = _TO_NEXT.match(text, mention.end)
    match = _AFTER.match(text, range_.end() if range_ else mention.end)
    return len(str(int(value))), (match[1] or "").casefold() if match else ""


def _draft(
    texts: dict[str, str],
    source: str,
    target: str,
    one: Mention,
    two: Mention,
    first: Mention,
    second: Mention,
) -> Draft:
    shown = [
        "“{}”, then “{}”".format(*(text[mention.start : mention.end] for mention in pair))
        for text, pair in ((texts[source], (one, two)), (texts[target], (first, second)))
    ]
    message = f"{language_name(source)} has {shown[0]}; {language_name(target)} {shown[1]}"
    return Draft("numbers.order", source, target, message, (one.start, one.end), (first.start, first.end))
