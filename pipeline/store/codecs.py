"""Records as bytes, for storage between runs and transfer between processes.

The format is MessagePack. Types are checked on reading, so a tampered file can hold wrong data but cannot run
code.
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
    """Return a record of numbers, strings and nested records as bytes."""
    try:
        return _PLAIN + msgspec.msgpack.encode(record)
    except UnicodeEncodeError:  # a lone surrogate, as in the log of repairs
        return _SURROGATES + msgspec.msgpack.encode(_map_texts(msgspec.to_builtins(record), _to_bytes))


def reader_of(kind: type[T]) -> Callable[[Data], T]:
    """Return `decode` bound to one type of record."""
    return partial(_decode, kind)


def decode(data: Data, kind: type[T]) -> T:
    """Return the record that was encoded; raises `ValueError` if the bytes hold anything else."""
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
