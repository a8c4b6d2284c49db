"""JSON Lines: every line is an article; a bad line does not affect the others."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from pipeline.ingestion.formats.json import parse, record_items
from pipeline.ingestion.formats.reading import Item, Reading, Unusable
from pipeline.ingestion.streams import encoding_of, lines_of


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the articles, numbered by line; raises `Unusable`."""
    return items_of_stream(io.BytesIO(data), reading)


def items_of_stream(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """Yield the articles of a file of any size, of which only a line is held; raises `Unusable`."""
    encoding, reason = encoding_of(stream)
    if reason:
        raise Unusable(reason)
    number, cut = 1, False
    for line in lines_of(stream, encoding, reading.max_bytes):
        whole = line.endswith("\n") or len(line) <= reading.max_bytes
        if not cut and not whole:
            yield Item(address=str(number), reason=f"is too large: the limit is {reading.max_bytes:,} bytes")
        elif not cut and line.strip():
            yield from _items(line, str(number), reading, encoding)
        cut = not whole
        number += whole


def _items(line: str, address: str, reading: Reading, encoding: str) -> Iterator[Item]:
    try:
        yield from record_items(parse(line), address, reading, encoding)
    except Unusable as error:
        yield Item(address=address, reason=str(error))
