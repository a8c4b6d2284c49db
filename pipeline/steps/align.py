"""Align all articles; those whose texts were aligned before are not aligned again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pipeline.align import AlignedRow, align_texts
from pipeline.align.evidence import Likeness
from pipeline.cache import Entry, Place, key_of
from pipeline.records import encode, reader_of
from pipeline.steps import Advance, Workshop, code_version, fill
from pipeline.steps.embed import Centres, Texts, text_at

CHUNK = 16
"""Articles that are aligned at a time."""


class _Item(NamedTuple):
    key: bytes
    texts: tuple[tuple[Place, str], ...]


def align_groups(
    groups: Sequence[Sequence[int]],
    texts: Texts,
    likeness: Likeness,
    level: str,
    shop: Workshop,
    advance: Advance,
) -> Iterator[list[AlignedRow]]:
    """Yield the rows of each group of texts, which are given by their numbers; `advance` counts groups."""
    keys = [
        key_of("rows", code_version(), *likeness, level, *(texts.key(k) for k in members))
        for members in groups
    ]
    missing = {key: g for key, g in zip(keys, groups, strict=True) if shop.cache.find(key) is None}
    items = (_Item(key, tuple(texts.place(k) for k in members)) for key, members in missing.items())
    advance(len(groups) - len(missing))
    fill(shop, "rows", partial(_align, likeness, texts.centres, level), items, CHUNK, advance)
    for key in keys:
        yield shop.cache.read(key, reader_of(list[AlignedRow]))


def _align(likeness: Likeness, centres: Centres, level: str, folder: Path, item: _Item) -> list[Entry]:
    rows = align_texts([text_at(folder, centres, *place) for place in item.texts], likeness, level)
    return [(item.key, encode(rows))]
