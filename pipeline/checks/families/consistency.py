"""The same text translated in different ways, and different texts translated alike."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from pipeline.checks.cells import Cells, Draft, Numbered, Texts, folded_words
from pipeline.languages.codes import language_name
from pipeline.languages.marks import OBJECT

_WORDS = 3
"""Words from which a repeated text should be translated in one way; shorter ones depend on their place."""

_LONG = 20
"""Characters that do as well."""


class Wording(NamedTuple):
    """A text in as far as it is the same as others in its language."""

    key: bytes  # [8]: digest of all but case, spaces and the marks at the end
    telling: bool  # long enough to be translated in one way


class Wordings(NamedTuple):
    """Those of the rows of an article that have just these languages, in columns."""

    languages: tuple[str, ...]
    rows: list[int]
    keys: bytes  # [8 * rows * languages], row by row
    telling: bytes  # [rows * languages]


class RowWordings(NamedTuple):
    """Those of one row, in the order of its languages."""

    keys: bytes  # [8 * languages]
    telling: bytes  # [languages]


def wordings_of(cells: Cells) -> RowWordings:
    """What a row alone tells of its texts."""
    found = [_wording(text, language) for language, text in cells.texts.items()]
    return RowWordings(b"".join([key for key, _ in found]), bytes([telling for _, telling in found]))


def wordings(rows: Sequence[Cells], words: Sequence[RowWordings]) -> list[Wordings]:
    """What `inconsistent` needs to know of the rows of an article, which are numbered from 0."""
    found: dict[tuple[str, ...], list[int]] = {}
    for number, cells in enumerate(rows):
        found.setdefault(tuple(cells.texts), []).append(number)
    return [
        Wordings(
            languages,
            some,
            b"".join([words[number].keys for number in some]),
            b"".join([words[number].telling for number in some]),
        )
        for languages, some in found.items()
    ]


def inconsistent(rows: Numbered[Texts], words: Sequence[tuple[int, Wordings]]) -> Iterator[tuple[int, Draft]]:
    """`consistency.target` and `consistency.source`, with the number of the row.

    A finding stands at every row that differs from the first one with the same text. `words` are those of
    each article, with the number of its first row; the texts of `rows` are asked for only where something
    is found.
    """
    first: dict[tuple[str, str, bytes], tuple[bytes, int]] = {}
    found = [
        (number, rule, (source, target), one, two, first[one, two, row[one].key][1])
        for number, row in sorted(_with_repeats(words), key=itemgetter(0))
        for source, target in combinations(row, 2)
        for rule, one, two in _conflicts(row, number, first, source, target)
    ]
    # Row by row, so that the texts of an article are read once.
    places = sorted({(other, two) for *_, two, other in found})
    others = {(other, two): _short(rows[other][two]) for other, two in places}
    for number, rule, pair, one, two, other in found:
        yield number, _draft(rule, pair, one, two, others[other, two])


def _with_repeats(words: Sequence[tuple[int, Wordings]]) -> Iterator[tuple[int, dict[str, Wording]]]:
    """Yield the rows with a telling text that stands in another row too, and what is known of their texts."""
    if not words:
        return
    keys = np.frombuffer(b"".join(some.keys for _, some in words), dtype="<u8")
    telling = np.frombuffer(b"".join(some.telling for _, some in words), dtype=np.bool_)
    _, place, counts = np.unique(keys, return_inverse=True, return_counts=True)
    rows = np.array([len(some.rows) for _, some in words])
    widths = np.repeat([len(some.languages) for _, some in words], rows)
    ends, begins = np.cumsum(rows), np.cumsum(widths) - widths
    found = np.flatnonzero(np.logical_or.reduceat(telling & (counts[place] > 1), begins))
    articles = np.searchsorted(ends, found, side="right")
    for row, k in zip((found - (ends - rows)[articles]).tolist(), articles.tolist(), strict=True):
        first, some = words[k]
        yield first + some.rows[row], _words_of(some, row)


def _words_of(some: Wordings, row: int) -> dict[str, Wording]:
    start = row * len(some.languages)
    return {
        language: Wording(some.keys[8 * place : 8 * place + 8], bool(some.telling[place]))
        for place, language in enumerate(some.languages, start)
    }


def _conflicts(
    words: Mapping[str, Wording],
    number: int,
    first: dict[tuple[str, str, bytes], tuple[bytes, int]],
    source: str,
    target: str,
) -> Iterator[tuple[str, str, str]]:
    for one, two, rule in ((source, target, "consistency.target"), (target, source, "consistency.source")):
        if words[one].telling:
            key, _ = first.setdefault((one, two, words[one].key), (words[two].key, number))
            if key != words[two].key:
                yield rule, one, two


def _draft(rule: str, pair: tuple[str, str], one: str, two: str, text: str) -> Draft:
    message = (
        f"This {language_name(one)} text stands more than once, "
        f"elsewhere beside another {language_name(two)} text: “{text}”"
    )
    return Draft(rule, *pair, message)


def _key(text: str) -> str:
    """What makes two texts the same: all but case, spaces and the marks at the end."""
    if OBJECT in text:
        text = " ".join(text.replace(OBJECT, " ").split())
    plain = text.isprintable() and "  " not in text and text[0] != " "  # so it has no other white space
    return (text.casefold() if plain else " ".join(folded_words(text))).rstrip(" .!…:;")


def _wording(text: str, language: str) -> Wording:
    key = _key(text)
    data = key.encode("utf-8", "surrogatepass")
    hashed = _hash_of(language).copy()  # twice as fast as one made anew
    hashed.update(data)
    return Wording(hashed.digest(), len(key) >= _LONG or len(key.split()) >= _WORDS)


@cache
def _hash_of(language: str) -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=8, person=language.encode()[:16])


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
