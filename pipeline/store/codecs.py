"""Records and arrays as bytes: how they are kept between runs and handed from process to process.

The form of records is MessagePack, read back with their types checked, so that a file which somebody else
has made can be wrong but cannot do anything. Vectors are little-endian float32, as they lie in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache, partial
from typing import Any, TypeVar, cast

import msgspec

from pipeline.store.packs import Data

T = TypeVar("T")

_PLAIN, _SURROGATES = b"\x00", b"\x01"


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
