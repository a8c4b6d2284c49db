"""Searches for neighbours, reusing the results of the last run (`pipeline.matching.neighbours`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.matching.candidates import Directions
from pipeline.matching.neighbours import Known, Lists, Neighbours, Pairs
from pipeline.run.steps.chunks import code_version
from pipeline.run.steps.embed import Texts
from pipeline.store.cache import Cache, key_of
from pipeline.store.codecs import encode, reader_of
from pipeline.store.packs import DIGEST

_NOTE = "neighbours"


class _Pairs(NamedTuple):
    members: bytes
    pairs: bytes
    ceiling: float


class _Lists(NamedTuple):
    these: bytes
    nearest: bytes
    floors: bytes


class _Note(NamedTuple):
    """Saved form of `Known` and `Directions`: integers as int32, all else as float32, little-endian."""

    made_by: bytes  # digest of the code and the dimension of the vectors
    keys: bytes
    centres: dict[str, bytes]
    pairs: dict[str, _Pairs]
    lists: list[tuple[str, str, _Lists]]


class KeptNeighbours:
    """Searches for neighbours and saves the results for the next run."""

    def __init__(self, texts: Texts, cache: Cache) -> None:
        self._keys, self._cache = texts.keys, cache
        self._found: tuple[bytes, Mapping[str, NDArray[np.float32]], Known] | None = None

    def search(self, directions: Directions) -> Neighbours:
        """Return the neighbours of the texts with these directions."""
        made_by = key_of(_NOTE, code_version(), directions.vectors.shape[1])
        note = self._cache.note(_NOTE, reader_of(_Note))
        before = None
        if note and note.made_by == made_by:
            centres = {code: _floats(data) for code, data in note.centres.items()}
            before = _known(note), directions.moved_since(centres)
        neighbours = Neighbours(directions.vectors, self._keys, before)
        self._found = made_by, directions.centres, neighbours.found
        return neighbours

    def keep(self) -> None:
        """Save the results for the next run, if a search was made."""
        if self._found is None:
            return
        made_by, centres, (keys, pairs, lists) = self._found
        note = _Note(
            made_by,
            b"".join(keys),
            {code: _float_bytes(centre) for code, centre in centres.items()},
            {
                language: _Pairs(_number_bytes(members), _number_bytes(near), ceiling)
                for language, (members, near, ceiling) in pairs.items()
            },
            [
                (*languages, _Lists(_number_bytes(these), _number_bytes(nearest), _float_bytes(floors)))
                for languages, (these, nearest, floors) in lists.items()
            ],
        )
        self._cache.set_note(_NOTE, encode(note))


def _known(note: _Note) -> Known:
    keys = [note.keys[start : start + DIGEST] for start in range(0, len(note.keys), DIGEST)]
    pairs = {
        language: Pairs(_numbers(members), _numbers(near).reshape(-1, 2), ceiling)
        for language, (members, near, ceiling) in note.pairs.items()
    }
    lists = {}
    for one, two, (these, nearest, floors) in note.lists:
        rows = _numbers(these)
        lists[one, two] = Lists(rows, _numbers(nearest).reshape(len(rows), -1), _floats(floors))
    return Known(keys, pairs, lists)


def _floats(data: bytes) -> NDArray[np.float32]:
    return np.frombuffer(data, dtype="<f4")


def _float_bytes(array: NDArray[np.float32]) -> bytes:
    return array.astype("<f4").tobytes()


def _numbers(data: bytes) -> NDArray[np.int64]:
    return np.frombuffer(data, dtype="<i4").astype(np.int64)


def _number_bytes(array: NDArray[np.int64]) -> bytes:
    return array.astype("<i4").tobytes()
