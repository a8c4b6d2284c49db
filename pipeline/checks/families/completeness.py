"""What a language lacks or has in excess: whole rows, and length that is unusual for the pair."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from statistics import median

from pipeline.checks.cells import Cells, Draft, are_of_two_scripts, folded_words
from pipeline.datatypes import BOILERPLATE, Row
from pipeline.languages import any_pattern, facts
from pipeline.languages.codes import language_name, name_list
from pipeline.languages.marks import PLACEABLE, without_glosses, without_tags

_WITHIN_SCRIPT = (0.10**2, 1.35**2)
_ACROSS_SCRIPTS = (0.13**2, 1.5**2)
"""`(s², c²)` of the spread of the log ratio, sqrt(s² + c² / characters): short texts vary more. Fitted to
the same texts in eight classes of length, from 8 to 1,000 characters."""

_UNUSUAL = 3.2
"""Spreads from the mean that are unusual: 0.4 to 0.9 % of professionally translated sentences are."""

_USUAL = _UNUSUAL * math.sqrt(_WITHIN_SCRIPT[0])
"""Log ratio up to which texts of no length are unusual."""

_SHORTEST = 15
_TOO_SHORT = 2 * math.log(_SHORTEST)
"""Characters from which the length of a text says something, and the logarithm of that for two texts."""

_MARKUP = re.compile(PLACEABLE + r"|https?://\S+|\{[^{}\s][^{}]*\}|\[\[[^\[\]]*\]\]")
_SECTION = re.compile(r"\A\d+(?:\.\d+)+\.?\s")
"""Addresses, markup and the number of a section: they are as long in every language."""

_LATIN = re.compile(r"[A-Za-z]+")


def missing_text(cells: Cells) -> Iterator[Draft]:
    """`completeness.omission` and `completeness.addition`: a language has the article but not the row."""
    row, present = cells.row, cells.present
    absent = [language for language in row.languages if language not in present]
    if not present or not absent:
        return
    if row.alone:
        yield _explained(row, present[0])
    elif _is_credit(cells.whole[present[0]]):
        source, target = sorted((present[0], absent[0]), key=row.languages.index)
        message = f"{name_list(present)} credit a source or an author here, {name_list(absent)} not"
        yield Draft("completeness.credit", source, target, message)
    elif len(present) == 1 and present[0] != row.languages[0]:
        message = f"Only {language_name(present[0])} has this text; it is missing in {name_list(absent)}"
        yield Draft("completeness.addition", row.languages[0], present[0], message)
    elif len(present) == 1:
        message = f"Only {language_name(present[0])} has this text; it is missing in {name_list(absent)}"
        yield Draft("completeness.omission", present[0], absent[0], message)
    else:
        for language in absent:
            message = f"{language_name(language)} lacks this text, which {name_list(present)} have"
            yield _partial(row.languages, present[0], language, message)


_CREDIT_WORDS = "|".join(
    word.strip()
    for name in ("page.credit", "page.author", "translation_label")
    for word in any_pattern(name).split("|")
)
_CREDIT = re.compile(rf"\A\W{{0,4}}(?:{_CREDIT_WORDS})\.?\s?[:：=/©]\s?\S.{{0,80}}\Z", re.IGNORECASE)


def _is_credit(text: str) -> bool:
    """Whether a text is one line that names the source of a picture, an author or a translator."""
    return len(text) <= 120 and _CREDIT.match(text) is not None


def _explained(row: Row, language: str) -> Draft:
    """`completeness.boilerplate` and `completeness.other-language`: why only one language has a text."""
    other = next(x for x in row.languages if x != language)
    source, target = sorted((language, other), key=row.languages.index)
    if row.alone == BOILERPLATE:
        message = f"This {language_name(language)} line looks like part of the page around the article"
        return Draft("completeness.boilerplate", source, target, message)
    message = f"Only {language_name(language)} has this text, which is in another language"
    return Draft("completeness.other-language", source, target, message)


def _partial(languages: tuple[str, ...], present: str, absent: str, message: str) -> Draft:
    if languages.index(present) < languages.index(absent):
        return Draft("completeness.omission", present, absent, message)
    return Draft("completeness.addition", absent, present, message)


def moved_text(cells: Cells) -> Iterator[Draft]:
    """`completeness.moved`: the row stands elsewhere in some language; told once for rows moved together."""
    row = cells.row
    if row.moved and row.block and len(cells.present) > 1:
        source, target = cells.present[:2]
        others = {1: "", 2: " and the one that follows it"}.get(
            row.block, f" and the {row.block - 1} that follow it"
        )
        what = f"This text{others} stand{'' if others else 's'}"
        message = f"{what} in different places in {name_list(cells.present)}"
        yield Draft("completeness.moved", source, target, message)


Lengths = dict[str, float]
"""Logarithms of the characters that Italian would need for the texts of a row, by language."""

Centres = dict[tuple[str, str], float]
"""By how much the log ratio of two languages is usually off in one article."""


def lengths_of(cells: Cells) -> Lengths:
    """How long the texts of a row are, of the languages of which it is known how long texts are."""
    return {code: _fullness(text, code) for code, text in cells.texts.items() if _is_measured(code)}


def centres_of(rows: Sequence[Lengths]) -> Centres:
    """What is usual in an article beside what is usual for two languages of different scripts.

    How many characters Korean needs depends on the translator and on the kind of text. The centre is the
    median of the rows that are not far from it, so that it does not follow the damaged ones, and the fewer
    rows there are, the nearer it stays to what is usual everywhere.
    """
    ratios: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for row in rows:
        for pair in combinations(row, 2):
            if are_of_two_scripts(*pair):
                one, two = row[pair[0]], row[pair[1]]
                if one + two >= _TOO_SHORT:
                    ratios.setdefault(pair, []).append((two - one, _spread(one, two, _ACROSS_SCRIPTS)))
    return {pair: _centre(found) for pair, found in ratios.items()}


def _centre(ratios: Sequence[tuple[float, float]]) -> float:
    centre = 0.0
    kept = list(ratios)
    for _ in range(_ROUNDS):
        centre = median(ratio for ratio, _ in kept)
        near = [(ratio, spread) for ratio, spread in ratios if abs(ratio - centre) <= _DAMAGED * spread]
        if len(near) * 2 <= len(ratios):
            break
        kept = near
    noise = _OF_A_MEDIAN * sum(spread * spread for _, spread in kept) / len(kept) ** 2
    weight = _BETWEEN**2 / (_BETWEEN**2 + noise)
    return weight * math.copysign(max(0.0, min(abs(centre), 2 * _STYLE - abs(centre))), centre)


_ROUNDS = 4
_DAMAGED = 2.0
"""Spreads from the centre at which a row says nothing about it."""
_BETWEEN = 0.107
"""Spread of the log ratio between articles: 22 of 62 are off by more than a tenth."""
_OF_A_MEDIAN = 1.57
"""Variance of a median by that of a mean."""
_STYLE = 0.25
"""Log ratio up to which it may be the style of a translator; of an article that is farther off, less and less
is taken for style, and from twice that on nothing: it rather lacks parts throughout."""


def unusual_length(cells: Cells, lengths: Lengths, centres: Centres) -> Iterator[Draft]:
    """`completeness.length`: far longer or shorter than such texts are in this pair of languages."""
    if len(lengths) < 2 or max(lengths.values()) - min(lengths.values()) <= _USUAL - _STYLE:
        return
    unusual: dict[tuple[str, str], float] = {}
    for pair in combinations(lengths, 2):
        deviation = lengths[pair[1]] - lengths[pair[0]] - centres.get(pair, 0.0)
        if abs(deviation) > _USUAL and _is_unusual(cells, lengths, pair, deviation):
            unusual[pair] = deviation
    for source, target in without_repeats(list(unusual)):
        deviation = unusual[source, target]
        ratio = math.exp(abs(deviation))
        shape = "longer" if deviation > 0 else "shorter"
        lost = target if deviation < 0 else source
        message = (
            f"{language_name(target)} is {ratio:.1f} times {shape} than is usual beside this "
            f"{language_name(source)} text: is something missing in {language_name(lost)}?"
        )
        yield Draft("completeness.length", source, target, message)


def _is_unusual(cells: Cells, lengths: Lengths, pair: tuple[str, str], deviation: float) -> bool:
    """Whether the log ratio of two lengths less the usual one is outside the band for such texts."""
    one, two = lengths[pair[0]], lengths[pair[1]]
    return (
        one + two >= _TOO_SHORT
        and abs(deviation) > _UNUSUAL * _spread(one, two, _varying(*pair))
        and not are_the_same(cells, *pair)
    )


def are_the_same(cells: Cells, source: str, target: str) -> bool:
    """Whether two texts are one, up to case, spaces and the marks at the end: neither lacks anything."""
    one, two = (folded_words(cells.texts[language].rstrip(" .!?…")) for language in (source, target))
    return one == two


def relative_length(cells: Cells, source: str, target: str, centre: float = 0.0) -> tuple[float, float]:
    """Log ratio of the target's length to the source's less the usual one, and the usual spread of that.

    `(0.0, 1.0)` where the languages are unknown or the texts too short to tell.
    """
    if not (_is_measured(source) and _is_measured(target)):
        return 0.0, 1.0
    one = _fullness(cells.texts[source], source)
    two = _fullness(cells.texts[target], target)
    if one + two < _TOO_SHORT:
        return 0.0, 1.0
    return two - one - centre, _spread(one, two, _varying(source, target))


def _varying(source: str, target: str) -> tuple[float, float]:
    return _ACROSS_SCRIPTS if are_of_two_scripts(source, target) else _WITHIN_SCRIPT


def _spread(one: float, two: float, varying: tuple[float, float]) -> float:
    return math.sqrt(varying[0] + varying[1] / math.exp((one + two) / 2))


@lru_cache(maxsize=64)  # asked for every pair of a row's languages
def _fullness(text: str, language: str) -> float:
    """Log of the characters that Italian would need for the text."""
    if "{" in text or "://" in text or "[[" in text or "<" in text:
        text = without_tags(_MARKUP.sub("", text))
    text = _SECTION.sub("", text)
    known = facts(language)
    usual = known.length or 0.0
    if not known.script:
        return math.log(len(text) or 1) - usual
    text = without_glosses(text)
    latin = len("".join(_LATIN.findall(text)))  # as long as in other languages
    return math.log(latin + (len(text) - latin) * math.exp(-usual) or 1)


def _is_measured(language: str) -> bool:
    """Whether it is known how long texts of a language are."""
    return facts(language).length is not None


def measured_length(text: str, language: str) -> float:
    """The characters that Italian would need for the text; of an unknown language, those that it has."""
    return math.exp(_fullness(text, language)) if _is_measured(language) else len(text)


def without_repeats(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """One pair for each language that differs from all the others."""
    if len(pairs) < 2:
        return pairs
    shared = {language for one, two in combinations(pairs, 2) for language in set(one) & set(two)}
    kept: list[tuple[str, str]] = []
    for pair in pairs:
        if not any(shared & set(pair) & set(other) for other in kept):
            kept.append(pair)
    return kept
