"""Records and arrays as bytes: how they are kept between runs and handed from process to process.

The form of records is MessagePack, read back with their types checked, so that a file which somebody else
has made can be wrong but cannot do anything. Vectors are little-endian float32, as they lie in memory.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Hashable
from functools import cache, partial
from typing import Any, TypeVar, cast

import msgspec
import numpy as np
from numpy.typing import NDArray

from pipeline.embed import Gist, Text
from pipeline.packs import Data

T = TypeVar("T")

_PLAIN, _SURROGATES = b"\x00", b"\x01"

_TEXT = struct.Struct("<III")  # sentences, dimensions, paragraphs
_GIST = struct.Struct("<dII")  # characters, sentences, dimensions


def encode(record: object) -> bytes:
    """Return a record of numbers, texts and further records as bytes."""
    try:
        return _PLAIN + msgspec.msgpack.encode(record)
    except UnicodeEncodeError:  # half a surrogate pair, as the log of repairs may hold
        return _SURROGATES + msgspec.msgpack.encode(_map_texts(msgspec.to_builtins(record), _to_bytes))


def reader_of(kind: type[T]) -> Callable[[Data], T]:
    """Return `decode` for one kind of record."""
    return partial(_decode, kind)


def decode(data: Data, kind: type[T]) -> T:
    """Return the record that `encode` was given; raises `ValueError` if the bytes say anything else."""
    return _decode(kind, data)


def _decode(kind: type[T], data: Data) -> T:
    try:
        if data[:1] == _PLAIN:
            record: T = _decoder(cast(Hashable, kind)).decode(memoryview(data)[1:])
            return record
        values = _map_texts(msgspec.msgpack.decode(memoryview(data)[1:]), _to_text)
        return msgspec.convert(values, kind)
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from error


def encode_text(text: Text) -> bytes:
    """Return a text as bytes; its language and its gist are not in them."""
    n, d = text.sums.shape
    parts: list[NDArray[Any]] = [
        text.lengths.astype("<f4"),
        text.paragraph.astype("<i4"),
        text.closed.astype("u1"),
        text.sums.astype("<f4"),
    ]
    return _TEXT.pack(n, d, text.paragraphs) + b"".join(part.tobytes() for part in parts)


def decode_text(data: Data, language: str) -> Text:
    """Return the text that `encode_text` was given; raises `ValueError` if the bytes are something else."""
    if len(data) < _TEXT.size:
        raise ValueError("too short for a text")
    n, d, paragraphs = _TEXT.unpack_from(data)
    if len(data) != _TEXT.size + 9 * n + 4 * n * d:
        raise ValueError("a text of another length")
    place = _TEXT.size

    def take(kind: str, count: int) -> NDArray[Any]:
        nonlocal place
        part = np.frombuffer(data, dtype=kind, count=count, offset=place)
        place += part.nbytes
        return part

    lengths, paragraph = take("<f4", n).copy(), take("<i4", n).astype(np.int64)
    closed = take("u1", n).astype(np.bool_)
    # A copy, because the vectors need not lie at a multiple of four bytes.
    sums = np.ascontiguousarray(take("<f4", n * d)).reshape(n, d).copy()
    return Text(language, sums, lengths, paragraph, closed, paragraphs)


def encode_gist(gist: Gist) -> bytes:
    """Return a gist as bytes; its language is not in them."""
    head = _GIST.pack(gist.characters, gist.sentences, len(gist.total))
    return head + gist.total.astype("<f4").tobytes() + gist.plain.astype("<f4").tobytes()


def decode_gist(data: Data, language: str = "") -> Gist:
    """Return the gist that `encode_gist` was given; raises `ValueError` if the bytes are something else."""
    if len(data) < _GIST.size:
        raise ValueError("too short for a gist")
    characters, sentences, d = _GIST.unpack_from(data)
    if len(data) != _GIST.size + 8 * d:
        raise ValueError("a gist of another length")
    total, plain = np.frombuffer(data, dtype="<f4", offset=_GIST.size).reshape(2, d)
    return Gist(language, total, plain, characters, sentences)


@cache
def _decoder(kind: Hashable) -> Any:  # noqa: ANN401
    return msgspec.msgpack.Decoder(kind)


def _map_texts(value: Any, change: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str | bytes):
        return change(value)
    if isinstance(value, list | tuple):
        return [_map_texts(item, change) for item in value]
    if isinstance(value, dict):
        return {change(key): _map_texts(item, change) for key, item in value.items()}
    return value


def _to_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _to_text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
