"""Compares texts for matching, except for pairs with cached results."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from pipeline.alignment.likeness import Likeness
from pipeline.datatypes import Advance
from pipeline.embedding.vectors import Text
from pipeline.matching.candidates import Pair
from pipeline.matching.pair_evidence import pair_evidence
from pipeline.matching.versions import same_text
from pipeline.run.steps.chunks import Context, code_version, fill, larger
from pipeline.run.steps.embed import Centres, Texts, text_at
from pipeline.store.cache import keys_after
from pipeline.store.packs import Data, Entry, Place

CHUNK = 32
"""Texts compared with others per chunk."""

_NUMBER = struct.Struct("<d")

Compare = Callable[[Text, Text, Likeness], float]
"""Computes a score of two texts."""


class _Item(NamedTuple):
    """A text and those it is compared with, grouped to read it only once."""

    text: tuple[Place, str]
    others: list[tuple[bytes, tuple[Place, str]]]  # with the key of the result


class KeptComparison:
    """A `pipeline.matching.match.Comparison` that caches its results and computes them on an engine."""

    def __init__(self, texts: Texts, likeness: Likeness, context: Context, advance: Advance) -> None:
        """`advance` counts texts, scaled from the share of new comparisons that are done."""
        self._texts, self._likeness, self._context, self._advance = texts, likeness, context, advance

    def same_text(self, pairs: Sequence[Pair]) -> Iterator[bool]:
        """See `Comparison`."""
        return (value > 0.0 for value in self._compared("versions", same_text, pairs, lambda done: None))

    def evidence(self, pairs: Sequence[Pair]) -> Iterator[float]:
        """See `Comparison`."""
        return self._compared("evidence", pair_evidence, pairs, self._advance)

    def _compared(
        self, kind: str, compare: Compare, pairs: Sequence[Pair], advance: Advance
    ) -> Iterator[float]:
        cache, texts = self._context.cache, self._texts
        key_of_pair = keys_after(kind, code_version(), *self._likeness)
        keys = [key_of_pair(texts.key(a), texts.key(b)) for a, b in pairs]
        missing = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in cache}
        items = [
            _Item(texts.place(a), [(key, texts.place(b)) for key, (_, b) in some])
            for a, some in groupby(missing.items(), key=lambda item: item[1][0])
        ]
        work = partial(_compare, compare, self._likeness, texts.centres)
        size = larger(CHUNK, len(items))
        fill(self._context, kind, work, items, size, _share(len(items), len(texts), advance))
        yield from cache.read_all(keys, _number)


def _share(items: int, texts: int, advance: Advance) -> Advance:
    """Return a counter that scales the items to add up to the number of texts."""
    done = 0

    def count(more: int) -> None:
        nonlocal done
        advance(texts * (done + more) // items - texts * done // items)
        done += more

    return count


def _number(data: Data) -> float:
    if len(data) != _NUMBER.size:
        raise ValueError("not a number")
    return float(_NUMBER.unpack(data)[0])


def _compare(
    compare: Compare, likeness: Likeness, centres: Centres, folder: Path, item: _Item
) -> list[Entry]:
    text = text_at(folder, centres, *item.text)
    return [
        (key, _NUMBER.pack(compare(text, text_at(folder, centres, *other), likeness)))
        for key, other in item.others
    ]
