"""Aligns all articles, except those with a cached alignment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pipeline.alignment.align import align_texts
from pipeline.alignment.likeness import Likeness
from pipeline.datatypes import Advance, Node, Nodes
from pipeline.run.steps.chunks import Context, code_version, fill
from pipeline.run.steps.embed import Centres, Texts, text_at
from pipeline.store.cache import keys_after
from pipeline.store.codecs import encode
from pipeline.store.packs import Entry, Place

CHUNK = 16
"""Articles aligned per chunk."""


class _Item(NamedTuple):
    key: bytes
    texts: tuple[tuple[Place, str], ...]
    anchors: tuple[tuple[Node, ...], ...]
    open_to: tuple[tuple[int, ...], ...]


def align_groups(
    groups: Sequence[Sequence[int]],
    anchors: Sequence[Mapping[Nodes, frozenset[int]]],
    texts: Texts,
    likeness: Likeness,
    level: str,
    context: Context,
    advance: Advance,
) -> list[bytes]:
    """Align each group of texts, given by their numbers, and return the cache keys of the alignments.

    `anchors` are the settled rows of each group, with the languages that each leaves open. Each key holds a
    list of `AlignedRow`. `advance` counts groups.
    """
    settled = [
        (tuple(tuple(sorted(nodes)) for nodes in rows), tuple(map(_sorted, rows.values())))
        for rows in anchors
    ]
    key_of_rows = keys_after("rows", code_version(), *likeness, level)
    keys = [
        key_of_rows(str(rows), *(texts.key(k) for k in members))
        for members, rows in zip(groups, settled, strict=True)
    ]
    missing = {
        key: (members, rows)
        for key, members, rows in zip(keys, groups, settled, strict=True)
        if context.cache.find(key) is None
    }
    items = (
        _Item(key, tuple(texts.place(k) for k in members), *rows) for key, (members, rows) in missing.items()
    )
    advance(len(groups) - len(missing))
    fill(context, "rows", partial(_align, likeness, texts.centres, level), items, CHUNK, advance)
    return keys


def _sorted(languages: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(languages))


def _align(likeness: Likeness, centres: Centres, level: str, folder: Path, item: _Item) -> list[Entry]:
    texts = [text_at(folder, centres, *place) for place in item.texts]
    rows = align_texts(texts, likeness, level, anchors=item.anchors, open_to=item.open_to)
    return [(item.key, encode(rows))]
