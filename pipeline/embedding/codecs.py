"""Texts and article vectors as bytes, for storage between runs and transfer between processes.

Vectors are little-endian float32.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.embedding.surface import Surface
from pipeline.embedding.vectors import ArticleVector, ArticleVectors, Text
from pipeline.store.packs import Data

_TEXT = struct.Struct("<III")  # sentences, dimensions, paragraphs

_ARTICLE_VECTOR = struct.Struct("<dII")  # characters, sentences, dimensions


def encode_text(text: Text) -> list[memoryview]:
    """Return a text as bytes in pieces, without its language and its article vector.

    They are not joined, nor are the vectors copied: those of one text may be a gigabyte.
    """
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
    head = memoryview(_TEXT.pack(n, d, text.paragraphs))
    return [head, *(np.ascontiguousarray(part).reshape(-1).view("u1").data for part in parts)]


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


def decode_article_vectors(data: Iterable[bytes], languages: Sequence[str]) -> ArticleVectors:
    """Return the article vectors that were encoded, all of the same dimension, one for each language."""
    n = len(languages)
    totals = np.zeros((0, 0), dtype=np.float32)
    characters, sentences = np.zeros(n), np.zeros(n, dtype=np.int64)
    for k, one in enumerate(data):  # put in place one by one: of many articles they take gigabytes
        characters[k], sentences[k], d = _ARTICLE_VECTOR.unpack_from(one)
        if not k:
            totals = np.empty((n, d), dtype=np.float32)
        totals[k] = np.frombuffer(one, dtype="<f4", offset=_ARTICLE_VECTOR.size)
    return ArticleVectors(languages, totals, characters, sentences)


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
