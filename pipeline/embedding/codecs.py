"""Texts and article vectors as bytes, for storage between runs and transfer between processes.

Vectors are little-endian float32.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.embedding.surface import Surface
from pipeline.embedding.vectors import ArticleVector, ArticleVectors, Text
from pipeline.store.packs import Data

_TEXT = struct.Struct("<III")  # sentences, dimensions, paragraphs

_ARTICLE_VECTOR = struct.Struct("<dII")  # characters, sentences, dimensions


def encode_text(text: Text) -> bytes:
    """Return a text as bytes, without its language and its article vector."""
    n, d = text.sums.shape
    parts: list[NDArray[Any]] = [
        text.lengths.astype("<f4", copy=False),
        text.paragraph.astype("<i4"),
        text.closed.astype("u1"),
        text.surface.sizes.astype("<f4", copy=False),
        text.surface.wordings.astype("<u8", copy=False),
        text.surface.kinds.astype("u1", copy=False),
        text.sums.astype("<f4", copy=False),
    ]
    # Joined as they are: the vectors of one text may be half a gigabyte.
    return b"".join([_TEXT.pack(n, d, text.paragraphs), *(np.ascontiguousarray(part).data for part in parts)])


def decode_text(data: Data, language: str) -> Text:
    """Return the text that was encoded; raises `ValueError` if the bytes hold anything else."""
    if len(data) < _TEXT.size:
        raise ValueError("too short for a text")
    n, d, paragraphs = _TEXT.unpack_from(data)
    if len(data) != _TEXT.size + 22 * n + 4 * n * d:
        raise ValueError("wrong length for a text")
    place = _TEXT.size

    def take(kind: str, count: int) -> NDArray[Any]:
        nonlocal place
        part = np.frombuffer(data, dtype=kind, count=count, offset=place)
        place += part.nbytes
        return part

    lengths, paragraph = take("<f4", n).copy(), take("<i4", n).astype(np.int64)
    closed = take("u1", n).astype(np.bool_)
    surface = Surface(take("<f4", n).copy(), take("<u8", n).copy(), take("u1", n).copy())
    # Copied because the vectors may not be aligned to four bytes.
    sums = np.ascontiguousarray(take("<f4", n * d)).reshape(n, d).copy()
    return Text(language, sums, lengths, paragraph, closed, paragraphs, surface)


def encode_article_vector(article_vector: ArticleVector) -> bytes:
    """Return an article vector as bytes, without its language and the vector `plain`."""
    return _ARTICLE_VECTOR.pack(
        article_vector.characters, article_vector.sentences, len(article_vector.total)
    ) + encode_vector(article_vector.total)


def checked_article_vector(data: Data) -> bytes:
    """Return the bytes of an article vector; raises `ValueError` if they hold anything else."""
    if (
        len(data) < _ARTICLE_VECTOR.size
        or len(data) != _ARTICLE_VECTOR.size + 4 * _ARTICLE_VECTOR.unpack_from(data)[2]
    ):
        raise ValueError("not an article vector")
    return bytes(data)


def decode_article_vectors(data: Sequence[bytes], languages: Sequence[str]) -> ArticleVectors:
    """Return the article vectors that were encoded, all of the same dimension."""
    d = _ARTICLE_VECTOR.unpack_from(data[0])[2] if data else 0
    kind = [("characters", "<f8"), ("sentences", "<u4"), ("dimensions", "<u4"), ("total", "<f4", (d,))]
    article_vectors = np.frombuffer(b"".join(data), dtype=kind)
    totals = np.ascontiguousarray(article_vectors["total"]).reshape(len(data), d)
    return ArticleVectors(
        languages, totals, article_vectors["characters"].copy(), article_vectors["sentences"].astype(np.int64)
    )


def encode_vector(vector: NDArray[np.float32]) -> bytes:
    """Return a vector as bytes."""
    return vector.astype("<f4").tobytes()


def decode_vector(data: Data) -> NDArray[np.float32]:
    """Return the vector that was encoded; raises `ValueError` if the bytes hold anything else."""
    return np.frombuffer(data, dtype="<f4")


def encode_literals(literals: NDArray[np.uint64]) -> bytes:
    """Return the hashes of an article's literals as bytes."""
    return literals.astype("<u8").tobytes()


def decode_literals(data: Data) -> NDArray[np.uint64]:
    """Return the hashes that `encode_literals` was given; raises `ValueError` if the bytes are none."""
    return np.frombuffer(data, dtype="<u8")
