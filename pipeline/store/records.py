"""Records and arrays as bytes: how they are kept between runs and handed from process to process.

The form of records is MessagePack, read back with their types checked, so that a file which somebody else
has made can be wrong but cannot do anything. Vectors are little-endian float32, as they lie in memory.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Hashable, Sequence
from functools import cache, partial
from typing import Any, TypeVar, cast

import msgspec
import numpy as np
from numpy.typing import NDArray

from pipeline.embedding.vectors import Gist, Gists, Text
from pipeline.store.packs import Data

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
    """Return a gist as bytes; its language and the vector `plain` are not in them."""
    return _GIST.pack(gist.characters, gist.sentences, len(gist.total)) + encode_vector(gist.total)


def checked_gist(data: Data) -> bytes:
    """Return the bytes of a gist; raises `ValueError` if they are something else."""
    if len(data) < _GIST.size or len(data) != _GIST.size + 4 * _GIST.unpack_from(data)[2]:
        raise ValueError("no gist")
    return bytes(data)


def decode_gists(data: Sequence[bytes], languages: Sequence[str]) -> Gists:
    """Return the gists that `encode_gist` was given; all have vectors of one size."""
    d = _GIST.unpack_from(data[0])[2] if data else 0
    kind = [("characters", "<f8"), ("sentences", "<u4"), ("dimensions", "<u4"), ("total", "<f4", (d,))]
    gists = np.frombuffer(b"".join(data), dtype=kind)
    totals = np.ascontiguousarray(gists["total"]).reshape(len(data), d)
    return Gists(languages, totals, gists["characters"].copy(), gists["sentences"].astype(np.int64))


def encode_vector(vector: NDArray[np.float32]) -> bytes:
    """Return a vector as bytes."""
    return vector.astype("<f4").tobytes()


def decode_vector(data: Data) -> NDArray[np.float32]:
    """Return the vector that `encode_vector` was given; raises `ValueError` if they are something else."""
    return np.frombuffer(data, dtype="<f4")


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
