"""Names that a translation keeps, and that a row has lost or changed.

Names of the same script are kept with endings of the language ("Carroll", "Carrolla") or in its
spelling ("Ivanov", "Iwanow"); many are translated ("Londra", "Londyn"; "West Virginia", "Wirginia
Zachodnia"). So a name counts as lost only if it looks foreign in the source or is kept elsewhere in
the corpus, if it is not usually translated, and if a name of unknown origin stands in the target.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.checks.cells import Cells, Draft, Numbered, Texts
from pipeline.datatypes import Span
from pipeline.languages import facts
from pipeline.languages.codes import language_name

_CAPITALS = "".join(chr(code) for code in range(0x41, 0x250) if chr(code).isupper())
_SMALL = "".join(chr(code) for code in range(0x61, 0x250) if chr(code).islower())
_NAME = re.compile(
    rf"[{_CAPITALS}](?<![\w’'.-][{_CAPITALS}])[{_SMALL}]{{2,30}}(?!\w)"
)  # capitals first: fast
_COMBINING = re.compile("[\u0300-\u036f]")
_BEFORE_A_SENTENCE = " \u00a0\t\n\"“”„«»'’‘(—–-"

_SHORTEST_ALONE = 5
"""Letters from which a name that occurs only once in the corpus is looked at: "Gran", "New" are no names."""

_SPELLINGS = (
    ("dż", "j"), ("dz", "z"), ("sz", "s"), ("sh", "s"), ("cz", "c"), ("ch", "c"), ("ph", "f"), ("gj", "g"),
    ("k", "c"), ("q", "c"), ("w", "v"), ("y", "i"), ("j", "i"), ("x", "cs"), ("b", "p"), ("d", "t"),
    ("g", "c"),
)  # fmt: skip
_REPEATED = re.compile(r"(.)\1")
_VOWEL = re.compile(r"(?<=.)[aeou]")


class _Names(NamedTuple):
    """The names of one pair of texts that have no like in the other."""

    kept: list[str]  # of the source, that the target has too
    lost: dict[str, Span]
    new: dict[str, Span]


PairNames = list[tuple[tuple[str, str], _Names]]
"""The names of a row, for each pair of languages whose names can be compared."""


class Changed(NamedTuple):
    """The names of a row's source that its target lacks, and those that stand in their place."""

    row: int
    pair: tuple[str, str]
    lost: dict[str, Span]
    new: dict[str, Span]


class ArticleNames(NamedTuple):
    """What the names of an article's rows say of those of other articles."""

    kept: list[tuple[tuple[str, str], list[str]]]  # folded, once for each row, by pair of languages
    changed: list[Changed]


def read_names(cells: Cells) -> PairNames:
    """What a row alone tells of its names."""
    return [(pair, _read(cells, *pair)) for pair in _pairs(cells)]


def article_names(rows: Sequence[PairNames]) -> ArticleNames:
    """What `lost_names` needs to know of an article's rows, of each of which `read_names` says something."""
    kept: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    changed: list[Changed] = []
    for row, found in enumerate(rows):
        for pair, names in found:
            kept[pair] += map(fold, names.kept)
            if names.lost:
                changed.append(Changed(row, pair, names.lost, names.new))
    return ArticleNames(list(kept.items()), changed)


def lost_names(
    rows: Numbered[Texts], names: Sequence[tuple[int, ArticleNames]]
) -> Iterator[tuple[int, Draft]]:
    """`entities.name`, with the number of the row: a name that became another one.

    `names` are those of each article, with the number of its first row.
    """
    lost: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    new: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for _, some in names:
        for each in some.changed:
            lost[each.pair].update(map(_folded, each.lost))
            new[each.pair].update(map(_folded, each.new))
    kept = _kept_elsewhere(names, lost)
    for first, some in names:
        reported: set[tuple[int, str]] = set()
        for row, pair, lost_here, new_here in some.changed:
            strange = {name: place for name, place in new_here.items() if new[pair][_folded(name)] == 1}
            if not strange:
                continue
            texts = rows[first + row]
            for name, span in lost_here.items():
                beside = _beside(texts, pair, name, span, strange)
                if not (near := beside or _near(texts, pair, name, span, strange)):
                    continue
                folded = _folded(name)
                others = lost[pair][folded] - 1
                usually_kept = kept[pair][folded] > others
                unseen = (
                    not kept[pair][folded]
                    and not others
                    and len(name) >= _SHORTEST_ALONE
                    and _looks_foreign(name, near, pair)
                )
                if (usually_kept or unseen or beside) and (row, pair[1]) not in reported:
                    reported.add((row, pair[1]))
                    yield first + row, _changed(texts, pair, name, span, near, usually_kept)


def _near(
    texts: Texts, pair: tuple[str, str], name: str, span: Span, new: Mapping[str, Span]
) -> dict[str, Span]:
    """The new names that stand about where the lost one stood, and are no other spelling of it."""
    place, size = span[0] / len(texts[pair[0]]), len(texts[pair[1]])
    return {
        other: found
        for other, found in new.items()
        if abs(found[0] / size - place) <= _FARTHEST and not _are_spellings(name, other)
    }


def _beside(
    texts: Texts, pair: tuple[str, str], name: str, span: Span, new: Mapping[str, Span]
) -> dict[str, Span]:
    """The new names that stand beside a name of the target which the lost one stood beside in the source.

    So one part of a person's name is kept and the other is not: "Kit Harington", "Kit Bergstrom".
    """
    source, target = texts[pair[0]], texts[pair[1]]
    before = _CAPITAL_BEFORE.search(source, max(0, span[0] - _LONGEST), span[0])
    after = _CAPITAL_AFTER.match(source, span[1])
    native = facts(pair[0]).native_word
    if not (before or after) or (native and native.search(name.lower())):
        return {}
    found: dict[str, Span] = {}
    for other, place in new.items():
        if not (_is_foreign(name, pair[0]) or _is_foreign(other, pair[1])):
            continue
        theirs = (
            _CAPITAL_BEFORE.search(target, max(0, place[0] - _LONGEST), place[0]),
            _CAPITAL_AFTER.match(target, place[1]),
        )
        for mine, match in zip((before, after), theirs, strict=True):
            if mine and match and _are_one(mine[1], match[1]) and not _are_spellings(name, other):
                found[other] = place
    return found


def _are_one(one: str, two: str) -> bool:
    """Whether two names are the same, up to the ending that a language gives it."""
    one, two = fold(one), fold(two)
    return len(one) >= _SHORTEST and len(two) >= _SHORTEST and one[: _SHORTEST + 1] == two[: _SHORTEST + 1]


_LONGEST, _SHORTEST = 30, 3
"""Letters in which a name beside another is looked for, and that it has at least."""

_FARTHEST = 0.25
"""Part of a text by which a name may stand earlier or later in another language."""


def _are_spellings(one: str, two: str) -> bool:
    """Whether two names sound alike but for a letter or two, as transcriptions of one name do."""
    sounds = _sound(one), _sound(two)
    return SequenceMatcher(None, *sounds, autojunk=False).ratio() >= _ALIKE


_ALIKE = 0.75


def _kept_elsewhere(
    names: Sequence[tuple[int, ArticleNames]], lost: Mapping[tuple[str, str], Container[str]]
) -> Mapping[tuple[str, str], Counter[str]]:
    """How often the names that some row has lost are kept, by languages."""
    kept: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for _, some in names:
        for pair, found in some.kept:
            if pair in lost:
                kept[pair].update(filter(lost[pair].__contains__, found))
    return kept


def _pairs(cells: Cells) -> list[tuple[str, str]]:
    known = [language for language in cells.texts if facts(language).native_word]
    return list(pairwise(known))


def _read(cells: Cells, source: str, target: str) -> _Names:
    one, two = cells.texts[source], cells.texts[target]
    ours = dict(inner_names(one))
    kept = [name for name in ours if f" {name[:4]}" in two or stands_in(name, two)]  # quick, and true of most
    lost = {
        name: span for name, span in ours.items() if name not in kept and not _is_of_a_title(one, span, two)
    }
    if not lost:
        return _Names(kept, {}, {})
    native = facts(target).native_word
    new = {
        name: span
        for name, span in inner_names(two)
        if not (native and native.search(name.lower()))
        and not stands_in(name, one)
        and not _is_of_a_title(two, span, one)
    }
    return _Names(kept, lost, new)


_CAPITAL_BEFORE = re.compile(rf"([{_CAPITALS}][\w’'-]{{0,29}}) $")
_CAPITAL_AFTER = re.compile(rf" ([{_CAPITALS}][\w’'-]*)")


def _is_of_a_title(text: str, span: Span, other: str) -> bool:
    """Whether a name is one word of a title or of a place, which languages translate as a whole.

    Beside it stands another name that the other text has not either: "National Cancer Institute", "West
    Virginia". Of a person's names, the other text usually has the rest.
    """
    before = _CAPITAL_BEFORE.search(text, max(0, span[0] - 30), span[0])
    if before and not _is_inside_a_sentence(text, before.start()):
        before = None  # the first word of a sentence has a capital too
    after = _CAPITAL_AFTER.match(text, span[1])
    beside = [match[1] for match in (before, after) if match]
    return bool(beside) and not any(name in other or stands_in(name, other) for name in beside)


def inner_names(text: str) -> Iterator[tuple[str, Span]]:
    """Capitalised words inside a sentence; at its start every word is."""
    for match in _NAME.finditer(text):
        start = match.start()
        if start > 1 and text[start - 1] == " " and text[start - 2].isalnum():  # quick, and true of most
            yield match[0], match.span()
            continue
        if _is_inside_a_sentence(text, start):
            yield match[0], match.span()


def _is_inside_a_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 7) : start].rstrip(_BEFORE_A_SENTENCE)
    return bool(before) and before[-1] not in ".!?:…"


def stands_in(name: str, text: str) -> bool:
    """Whether a word begins like the name, small ones too, for "trumpowski" comes from "Trump"."""
    folded = _folded(name)
    others = _names(text)
    if _sound(name)[:3] in others.sounds:
        return True
    if any(_begin_alike(folded, other) for other in others.by_beginning.get(folded[:3], ())):
        return True
    return _begins_a_word(folded[:4], _folded_text(text))  # last, since a whole text has to be folded for it


class _Likes(NamedTuple):
    """What the names of a text are compared by."""

    by_beginning: dict[str, list[str]]  # folded names, by their first three letters
    sounds: frozenset[str]  # the first three letters of how each sounds


@lru_cache(maxsize=64)
def _names(text: str) -> _Likes:
    by_beginning: defaultdict[str, list[str]] = defaultdict(list)
    names = set(_NAME.findall(text))
    for name in names:
        folded = _folded(name)
        by_beginning[folded[:3]].append(folded)
    return _Likes(by_beginning, frozenset(sound[:3] for sound in map(_sound, names) if len(sound) >= 3))


def _begins_a_word(letters: str, text: str) -> bool:
    place = text.find(letters)
    while place > 0 and (text[place - 1].isalnum() or text[place - 1] == "_"):
        place = text.find(letters, place + 1)
    return place >= 0


def _begin_alike(one: str, two: str) -> bool:
    """Whether two names that share three letters may be one, up to the ending."""
    shared = min(len(one), len(two)) - 3
    return one[:shared] == two[:shared]


def fold(text: str) -> str:
    """Small letters without their marks, to compare."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    return _COMBINING.sub("", unicodedata.normalize("NFD", lowered)).replace("ł", "l")


_folded = lru_cache(maxsize=1 << 16)(fold)
"""The same for names, which return."""

_folded_text = lru_cache(maxsize=64)(fold)
"""The same for texts, which several names of a row are looked for in."""


@lru_cache(maxsize=1 << 14)
def _sound(name: str) -> str:
    """A rough sound that the spellings of a name share: "Pyongyang", "Pjongjang"; "Busan", "Pusan"."""
    sound = name.lower()
    for spelling, simple in _SPELLINGS:
        sound = sound.replace(spelling, simple)
    return _VOWEL.sub("", _REPEATED.sub(r"\1", fold(sound)))


def _looks_foreign(name: str, new: Mapping[str, Span], pair: tuple[str, str]) -> bool:
    """Whether a name looks foreign; where its language has words of every shape, one in its place does."""
    if facts(pair[0]).foreign_word:
        return _is_foreign(name, pair[0])
    return any(_is_foreign(other, pair[1]) for other in new)


def _is_foreign(name: str, language: str) -> bool:
    pattern = facts(language).foreign_word
    return pattern is not None and pattern.search(name.lower()) is not None


def _changed(
    texts: Texts, pair: tuple[str, str], name: str, span: Span, new: dict[str, Span], kept: bool
) -> Draft:
    source, target = pair
    place = span[0] / len(texts[source])
    other = min(new, key=lambda other: abs(new[other][0] / len(texts[target]) - place))
    message = f"{language_name(source)} has the name “{name}”, {language_name(target)} has “{other}”"
    return Draft("entities.name", source, target, message, span, new[other], name if kept else "")
