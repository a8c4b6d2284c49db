"""JSON Lines: every line is an article; a bad line does not affect the others."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ingestion.encodings import decode
from pipeline.ingestion.formats.json import article, parse
from pipeline.ingestion.formats.reading import Item, Reading, Unusable


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the articles, numbered by line; raises `Unusable`."""
    found = decode(data)
    if isinstance(found, str):
        raise Unusable(found)
    for number, line in enumerate(found.text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield article(parse(line), str(number), reading, found.encoding)
        except Unusable as error:
            yield Item(address=str(number), reason=str(error))
