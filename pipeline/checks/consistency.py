"""The same text translated in different ways, and different texts translated alike."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.checks.names import language_name
from pipeline.checks.records import Cells, Draft, Numbered, Texts, folded_words

_WORDS = 3
"""Words from which a repeated text should be translated in one way; shorter ones depend on their place."""

_LONG = 20
"""Characters that do as well."""


class Wording(NamedTuple):
    """A text in as far as it is the same as others."""

    key: bytes  # [8]: digest of all but case, spaces and the marks at the end
    telling: bool  # long enough to be translated in one way


Wordings = dict[str, Wording]
"""Those of a row's texts, by language."""


def wordings(cells: Cells) -> Wordings:
    """What `inconsistent` needs to know of a row."""
    return {language: _wording(text) for language, text in cells.texts.items()}


def inconsistent(rows: Numbered[Texts], words: Sequence[Wordings]) -> Iterator[tuple[int, Draft]]:
    """`consistency.target` and `consistency.source`, with the number of the row.

    A finding stands at every row that differs from the first one with the same text. `words` are those of
    each row; the texts of `rows` are asked for only where something is found.
    """
    counts = Counter((language, wording.key) for row in words for language, wording in row.items())
    first: dict[tuple[str, str, bytes], tuple[bytes, int]] = {}
    for number, row in enumerate(words):
        if any(counts[language, wording.key] > 1 for language, wording in row.items()):
            languages = list(row)
            for place, source in enumerate(languages):
                for target in languages[place + 1 :]:
                    for rule, one, two in _conflicts(row, number, first, source, target):
                        text = rows[first[one, two, row[one].key][1]][two]
                        yield number, _draft(rule, (source, target), one, two, text)


def _conflicts(
    words: Wordings,
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
        f"elsewhere beside another {language_name(two)} text: “{_short(text)}”"
    )
    return Draft(rule, *pair, message)


def _key(text: str) -> str:
    """What makes two texts the same: all but case, spaces and the marks at the end."""
    plain = text.isprintable() and "  " not in text and text[0] != " "  # so it has no other white space
    return (text.casefold() if plain else " ".join(folded_words(text))).rstrip(" .!…:;")


def _wording(text: str) -> Wording:
    key = _key(text)
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return Wording(digest, len(key) >= _LONG or len(key.split()) >= _WORDS)


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
