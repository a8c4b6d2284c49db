"""Compares texts for matching, except for pairs with cached results."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment.likeness import Likeness
from pipeline.datatypes import Advance
from pipeline.embedding.vectors import Text
from pipeline.matching.candidates import Pair
from pipeline.matching.pair_evidence import pair_evidence
from pipeline.matching.pair_values import in_parts
from pipeline.matching.versions import same_text
from pipeline.run.steps.chunks import Context, code_version, fill, larger
from pipeline.run.steps.embed import Centres, Texts, text_at
from pipeline.store.cache import keys_after
from pipeline.store.packs import DIGEST, Data, Entry, Place

CHUNK = 32
"""Texts compared with others per chunk."""

_NUMBER = struct.Struct("<d")

_KEY = np.dtype(f"S{DIGEST}")

_PART = 1 << 16
"""Keys and values that are objects at a time."""

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
        numbers = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        return (value > 0.0 for value in self._compared("versions", same_text, numbers, lambda done: None))

    def evidence(self, pairs: NDArray[np.int64]) -> Iterator[float]:
        """See `Comparison`."""
        return self._compared("evidence", pair_evidence, pairs, self._advance)

    def _compared(
        self, kind: str, compare: Compare, pairs: NDArray[np.int64], advance: Advance
    ) -> Iterator[float]:
        """Yield what is found of each pair; what pairs of the same texts have in common is found once.

        There may be millions of them, so their keys are in one array, and items are made as they are needed.
        """
        cache, texts = self._context.cache, self._texts
        key_of_pair = keys_after(kind, code_version(), *self._likeness)
        keys = bytearray()
        for a, b in in_parts(pairs):
            keys += key_of_pair(texts.key(a), texts.key(b))
        distinct, first, which = np.unique(
            np.frombuffer(keys, dtype=_KEY), return_index=True, return_inverse=True
        )
        known = np.fromiter((key in cache for key in _keys(distinct)), dtype=np.bool_, count=len(distinct))
        missing = np.sort(first[~known])
        left = pairs[missing, 0]
        items = int(np.count_nonzero(left[1:] != left[:-1])) + 1 if len(left) else 0
        work = partial(_compare, compare, self._likeness, texts.centres)
        size = larger(CHUNK, items)
        advance = _share(items, len(texts), advance)
        fill(self._context, kind, work, self._items(pairs[missing], key_of_pair), size, advance)
        values = np.fromiter(cache.read_all(_keys(distinct), _number), np.float64, count=len(distinct))
        for start in range(0, len(which), _PART):
            yield from values[which[start : start + _PART]].tolist()

    def _items(self, pairs: NDArray[np.int64], key_of_pair: Callable[..., bytes]) -> Iterator[_Item]:
        texts = self._texts
        for a, some in groupby(in_parts(pairs), key=itemgetter(0)):
            others = [(key_of_pair(texts.key(a), texts.key(b)), texts.place(b)) for _, b in some]
            yield _Item(texts.place(a), others)


def _keys(distinct: NDArray[np.bytes_]) -> Iterator[bytes]:
    """Yield the keys; numpy leaves out zeros at the end."""
    for start in range(0, len(distinct), _PART):
        for key in distinct[start : start + _PART].tolist():
            yield key.ljust(DIGEST, b"\0")


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
