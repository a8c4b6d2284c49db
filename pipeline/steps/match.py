"""Compare texts for matching: pairs that were compared before are not compared again."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from pipeline.align.evidence import Likeness
from pipeline.cache import Entry, Place, key_of
from pipeline.match.candidates import Pair
from pipeline.match.evidence import pair_evidence
from pipeline.match.versions import same_text
from pipeline.steps import Advance, Workshop, code_version, fill, keep
from pipeline.steps.embed import Centres, Texts, text_at

CHUNK = 32
"""Texts that are compared with others at a time."""

_NUMBER = struct.Struct("<d")


class _Item(NamedTuple):
    """A text and those that it is compared with, so that it is read once for all of them."""

    text: tuple[Place, str]
    others: list[tuple[bytes, tuple[Place, str]]]  # with the key of the result


class KeptComparison:
    """A `pipeline.match.Comparison` that remembers, and has an engine do the work."""

    def __init__(self, texts: Texts, likeness: Likeness, shop: Workshop, advance: Advance) -> None:
        """`advance` counts texts, in as far as the share of those with new pairs says how many are done."""
        self._texts, self._likeness, self._shop, self._advance = texts, likeness, shop, advance
        self._versions: list[Entry] = []

    def same_text(self, one: int, other: int) -> bool:
        """See `Comparison`; few texts are so near each other that they are compared here and now."""
        key = self._key("same", one, other)
        if self._shop.cache.find(key) is not None:
            return bool(self._shop.cache.read(key, _number))
        same = same_text(self._texts[one], self._texts[other], self._likeness)
        self._versions.append((key, _NUMBER.pack(float(same))))
        return same

    def evidence(self, pairs: Sequence[Pair]) -> Iterator[float]:
        """See `Comparison`."""
        cache = self._shop.cache
        if self._versions:
            cache.add(keep(cache.folder, "versions", self._versions))
        keys = [self._key("evidence", *pair) for pair in pairs]
        missing = {key: pair for key, pair in zip(keys, pairs, strict=True) if cache.find(key) is None}
        items = [
            _Item(self._texts.place(a), [(key, self._texts.place(b)) for key, (_, b) in some])
            for a, some in groupby(missing.items(), key=lambda item: item[1][0])
        ]
        work = partial(_compare, self._likeness, self._texts.centres)
        fill(self._shop, "evidence", work, items, CHUNK, self._share(len(items)))
        for key in keys:
            yield cache.read(key, _number)

    def _key(self, kind: str, one: int, other: int) -> bytes:
        texts = self._texts.key(one), self._texts.key(other)
        return key_of(kind, code_version(), *self._likeness, *texts)

    def _share(self, items: int) -> Advance:
        done, texts = 0, len(self._texts)

        def advance(count: int) -> None:
            nonlocal done
            self._advance(texts * (done + count) // items - texts * done // items)
            done += count

        return advance


def _number(data: bytes) -> float:
    if len(data) != _NUMBER.size:
        raise ValueError("no number")
    return float(_NUMBER.unpack(data)[0])


def _compare(likeness: Likeness, centres: Centres, folder: Path, item: _Item) -> list[Entry]:
    text = text_at(folder, centres, *item.text)
    return [
        (key, _NUMBER.pack(pair_evidence(text, text_at(folder, centres, *other), likeness)))
        for key, other in item.others
    ]
