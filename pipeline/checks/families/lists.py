"""Lists that lost an item, or have their items in another order.

An item is known by its marker, as in "a)" and "2.", by the bullet at the beginning of its line, or, in a list
of names inside a sentence, by the name: languages in one script write most names alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.checks.cells import Cells, Draft, are_of_two_scripts, together
from pipeline.datatypes import Span
from pipeline.languages import any_pattern, facts, known_languages
from pipeline.languages.codes import language_name

_LETTERS = "".join(known.list_letters for known in known_languages())
_MARKER = re.compile(
    rf"(?:(?<=\s)|^)\(?([1-9]\d?|[a-z{_LETTERS}])\)(?=\s?\S)|^([1-9]\d?)\.(?=\s)", re.MULTILINE
)
_BULLET = re.compile(r"^[ \t]*[-–•·*▪◦‣]\s?(?=\S)", re.MULTILINE)
_FIRST_ITEM = re.compile(r"\n[ \t]*(?:[-–•·*▪◦‣]|1\.)|\)(?<=[\s(][1a가].)")
"""Of lines that each have a line end before them; no `^`, with which a search would try every character."""
_FEWEST = 3
"""Items of a list that is looked at."""

_WORD = r"(?:[A-Z][’'])?[^\W\da-zà-ÿąćęłńóśźż_][^\W\d_]{1,30}"
_NAME = rf"{_WORD}(?:[ ’'-]{_WORD}){{0,3}}"
_ARTICLE = r"(?:[^\W\d_A-Z]{1,5}[’' ]\s?)?"
_AND = any_pattern("range_words")
_NAMES = re.compile(rf"(?<!\w)(?:{_NAME}, {_ARTICLE}){{1,12}}{_NAME},? (?:{_AND}|and|ed) {_ARTICLE}{_NAME}")
# Two characters in front let a search run at full speed.
_MAYBE_NAMES = re.compile(r", (?<=\w, )[A-ZĄĆĘŁŃÓŚŹŻÀ-Ý]\w+(?:, | \w{1,4} |[’'])(?:\w{1,5}[’' ])?\w")
_PAIR = re.compile(rf"(?<!\w){_NAME} (?:{_AND}|and|ed) {_ARTICLE}{_NAME}")
_ITEM = re.compile(rf"(?<!\w){_NAME}")
_STEM = 4
"""Letters in which the forms of a name agree."""


class _Lost(NamedTuple):
    message: str
    source: Span | None
    target: Span | None


def differing_lists(cells: Cells) -> Iterator[Draft]:
    """`completeness.list`: an item that only one language has, or names in another order."""
    whole = together(cells)
    marked = _FIRST_ITEM.search(f"\n{whole}") is not None
    if not marked and not _MAYBE_NAMES.search(whole):  # quick, and true of most
        return
    for source, target in cells.pairs:
        found = _by_marker(cells, source, target) if marked else None
        if found is None and not are_of_two_scripts(source, target) and facts(source).range_words:
            found = _by_name(cells, source, target)
        if found:
            yield Draft("completeness.list", source, target, found.message, found.source, found.target)
            return


def _by_marker(cells: Cells, source: str, target: str) -> _Lost | None:
    ours, theirs = _items(cells.texts[source]), _items(cells.texts[target])
    more, fewer = (source, target) if len(ours) > len(theirs) else (target, source)
    if len(ours) == len(theirs) or min(len(ours), len(theirs)) < 2 or max(len(ours), len(theirs)) < _FEWEST:
        return None
    most, least = sorted((len(ours), len(theirs)), reverse=True)
    names = f"{most} items in {language_name(more)} and {least} in {language_name(fewer)}"
    return _Lost(f"The list has {names}", None, None)


def _items(text: str) -> list[int]:
    """The places of the items of a list whose markers count up from the first one, or of its bullets."""
    markers: list[int] = []
    for match in _MARKER.finditer(text):
        if _value(match[1] or match[2]) == 1 or markers:
            markers.append(match.start())
    bullets = [match.start() for match in _BULLET.finditer(text)]
    return markers if len(markers) >= len(bullets) else bullets


def _value(marker: str) -> int:
    if marker.isdigit():
        return int(marker)
    for letters in (*(known.list_letters for known in known_languages()), "abcdefghijklmnopqrstuvwxyz"):
        if marker in letters:
            return letters.index(marker) + 1
    return 0


def _by_name(cells: Cells, source: str, target: str) -> _Lost | None:
    ours, theirs = (
        _NAMES.search(text) if _MAYBE_NAMES.search(text) else None
        for text in (cells.texts[source], cells.texts[target])
    )
    if ours and not theirs:
        return _of_three(cells, source, ours, target)
    if theirs and not ours:
        return _of_three(cells, target, theirs, source)
    if not ours or not theirs:
        return None
    one, two = _stems(ours[0]), _stems(theirs[0])
    shared = [stem for stem in one if stem in two]
    if len(shared) < 2 or len(set(shared)) < len(shared):
        return None
    names = f"{language_name(source)} and {language_name(target)}"
    lost = [stem for stem in one if stem not in _plain(cells.texts[target])]
    added = [stem for stem in two if stem not in _plain(cells.texts[source])]
    if len(one) != len(two) and bool(lost) != bool(added):
        more, fewer = (source, target) if lost else (target, source)
        message = f"The list of names in {language_name(more)} has one that {language_name(fewer)} lacks"
        return _Lost(message, ours.span(), theirs.span())
    if len(shared) >= _FEWEST and len(one) == len(two) and shared != [stem for stem in two if stem in shared]:
        return _Lost(f"{names} have these names in another order", ours.span(), theirs.span())
    return None


def _of_three(cells: Cells, more: str, names: re.Match[str], fewer: str) -> _Lost | None:
    """Two names of a list that stand together in the other language, which lacks a third."""
    stems, other = _stems(names[0]), cells.texts[fewer]
    lost = [stem for stem in stems if stem not in _plain(other)]
    pair = next((match for match in _PAIR.finditer(other) if set(_stems(match[0])) <= set(stems)), None)
    if len(stems) < _FEWEST or len(lost) != 1 or pair is None:
        return None
    message = f"The list of names in {language_name(more)} has one that {language_name(fewer)} lacks"
    spans = {more: names.span(), fewer: pair.span()}
    source, target = (spans[language] for language in cells.texts if language in spans)
    return _Lost(message, source, target)


def _plain(text: str) -> str:
    return text.casefold().replace("’", "'")


def _stems(listed: str) -> Sequence[str]:
    """The beginning of the last word of every name, which is the surname if there are several."""
    return [_plain(match[0].split()[-1])[:_STEM] for match in _ITEM.finditer(listed)]
