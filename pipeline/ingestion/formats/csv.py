"""CSV and TSV tables with a text column; every row is an article."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from pipeline.datatypes import Metadata
from pipeline.ingestion.encodings import decode
from pipeline.ingestion.formats.reading import Item, Reading, Unusable, item_of

DELIMITERS = ",;\t|"


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the articles, numbered by row below the header; raises `Unusable`."""
    found = decode(data)
    if isinstance(found, str):
        raise Unusable(found)
    text = found.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    header, _, _ = text.partition("\n")
    delimiter = max(DELIMITERS, key=header.count)
    csv.field_size_limit(max(reading.max_bytes, 1 << 17))
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        columns = _columns(next(rows, []), reading)
        for number, row in enumerate(rows, start=1):
            if any(row):
                yield _item(row, columns, str(number), found.encoding)
    except csv.Error as error:
        raise Unusable(f"is no table: {error}") from error


def _columns(header: Sequence[str], reading: Reading) -> Mapping[str, int]:
    """Return the column index of each field present; raises `Unusable` without a text column."""
    places = {name.strip().casefold(): place for place, name in reversed(list(enumerate(header)))}
    columns = {}
    for field in ("id", "title", "body", "language", "url", "date", "author"):
        for name in reading.names(field):
            if name.casefold() in places:
                columns[field] = places[name.casefold()]
                break
    if "body" not in columns:
        wanted = ", ".join(reading.names("body")[:3])
        raise Unusable(f"has no column of texts, named {wanted} or by the setting fields")
    return columns


def _item(row: Sequence[str], columns: Mapping[str, int], address: str, encoding: str) -> Item:
    values = {field: row[place].strip() for field, place in columns.items() if place < len(row)}
    body = values.pop("body", "")
    metadata = Metadata(**values)
    if not body:
        return Item(address=address, metadata=metadata, reason="has no text")
    return item_of(metadata.title, body, metadata, address, encoding)
