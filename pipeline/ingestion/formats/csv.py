"""CSV and TSV tables with a text column; every row is an article."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO, NamedTuple

from pipeline.datatypes import Metadata
from pipeline.ingestion.formats import wordpress
from pipeline.ingestion.formats.leads import is_lead, item_with_leads
from pipeline.ingestion.formats.multilingual import by_suffix
from pipeline.ingestion.formats.publication import why_unpublished
from pipeline.ingestion.formats.reading import Item, Reading, Unusable
from pipeline.ingestion.formats.titles import is_title_name, plain_title
from pipeline.ingestion.streams import encoding_of, lines_of
from pipeline.ingestion.tables import EMPTY, Dialect, cell, dialect_of, has_escapes, reader

FIELDS = ("id", "title", "body", "language", "url", "date", "author")


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the articles, numbered by row below the header; raises `Unusable`."""
    return items_of_stream(io.BytesIO(data), reading)


def items_of_stream(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """Yield the articles of a table of any size, which is read three times but never held.

    Raises `Unusable`.
    """
    encoding, reason = encoding_of(stream)
    if reason:
        raise Unusable(reason)
    limit = max(reading.max_bytes, 1 << 17)
    start = stream.tell()
    escaped = has_escapes(lines_of(stream, encoding, limit))
    stream.seek(start)
    lines = lines_of(stream, encoding, limit)
    dialect = dialect_of(lines, escaped, lambda header: bool(_versions(header, reading)))
    del lines  # lets go of the stream
    stream.seek(start)
    csv.field_size_limit(limit)
    rows: Iterator[list[str]] = reader(lines_of(stream, encoding, limit), dialect)
    try:
        header = next(rows, [])
        versions = _versions(header, reading)
        if not versions:
            wanted = ", ".join(reading.names("body")[:3])
            raise Unusable(f"has no column of texts, named {wanted} or by the setting fields")
        for number, row in enumerate(rows, start=1):
            if any(row):
                cells = _fitted(row, len(header), dialect)
                said = {name: cell(text, dialect) for name, text in zip(header, cells, strict=False) if text}
                if reason := why_unpublished(said):
                    yield Item(address=str(number), reason=reason)
                    continue
                for code, version in versions.items():
                    address = f"{number}.{code}" if code else str(number)
                    yield _item(cells, version, address, encoding, dialect)
    except csv.Error as error:
        raise Unusable(f"is no table: {error}") from error


class _Version(NamedTuple):
    """The columns of an article in one language, or in the only one."""

    language: str
    columns: Mapping[str, int]
    leads: Sequence[int]


def _versions(header: Sequence[str], reading: Reading) -> dict[str, _Version]:
    """Return the columns of the articles in a row, by language if their names end in one; {} for none."""
    columns = _columns(header, reading)
    if "body" in columns:
        leads = [k for k, name in enumerate(header) if is_lead(name) and k not in columns.values()]
        return {"": _Version("", columns, leads)}
    found: dict[str, _Version] = {}
    by_language = by_suffix(header)
    marked = frozenset(name for names in by_language.values() for name in names)
    for code, names in by_language.items():
        own = [names.get(name, "" if name in marked else name) for name in header]
        version = _columns(own, reading)
        leads = [k for k, name in enumerate(own) if is_lead(name) and k not in version.values()]
        if "body" in version:
            found[code] = _Version(code, version, leads)
    return found


def _columns(header: Sequence[str], reading: Reading) -> Mapping[str, int]:
    """Return the column index of each field present."""
    places = {name.strip().casefold(): place for place, name in reversed(list(enumerate(header)))}
    columns = {}
    for field in FIELDS:
        for name in reading.names(field):
            if name.casefold() in places:
                columns[field] = places[name.casefold()]
                break
    if "title" not in columns and "title" not in reading.fields:
        title = next((place for name, place in places.items() if is_title_name(name)), None)
        columns |= {"title": title} if title is not None else {}
    return columns


def _fitted(row: list[str], width: int, dialect: Dialect) -> list[str]:
    """Return a row with as many cells as the header.

    More cells come from a text with delimiters that nobody quoted, usually the last one.
    """
    while len(row) > width and not row[-1]:
        row.pop()
    return row if len(row) <= width else [*row[: width - 1], dialect.delimiter.join(row[width - 1 :])]


def _item(
    row: Sequence[str],
    version: _Version,
    address: str,
    encoding: str,
    dialect: Dialect,
) -> Item:
    values = {
        field: cell(row[place], dialect).strip()
        for field, place in version.columns.items()
        if place < len(row)
    }
    empty = {field: value for field, value in values.items() if value in EMPTY}
    values |= dict.fromkeys(empty, "")
    body = values.pop("body", "")
    values["title"] = plain_title(values.get("title", ""))
    metadata = Metadata(**values)
    metadata = metadata._replace(language=metadata.language or version.language)
    if not body:
        said = f": its cell says {empty['body']}" if "body" in empty else ""
        return Item(address=address, metadata=metadata, reason=f"has no text{said}")
    body = wordpress.as_stored(body)
    texts = [cell(row[place], dialect).strip() for place in version.leads if place < len(row)]
    filled = [text for text in texts if text not in EMPTY]
    return item_with_leads(filled, body, metadata, address, encoding)
