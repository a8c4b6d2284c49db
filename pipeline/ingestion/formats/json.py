"""JSON: one article, a list of articles, or an object with such a list (JSON Feed, exports)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.datatypes import Metadata
from pipeline.ingestion.encodings import decode
from pipeline.ingestion.formats.reading import Item, Reading, Unusable, item_of

Value = Any  # a JSON value


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the articles; raises `Unusable`."""
    found = decode(data)
    if isinstance(found, str):
        raise Unusable(found)
    value = parse(found.text)
    if isinstance(value, Mapping) and _value(value, reading.names("body")) is not None:
        yield article(value, "", reading, found.encoding)
        return
    records = _records(value)
    if not records:
        raise Unusable("is JSON, but holds no list of articles")
    for number, record in enumerate(records, start=1):
        yield article(record, str(number), reading, found.encoding)


def parse(text: str) -> Value:
    """Return the parsed JSON, with numbers as strings; raises `Unusable`."""
    try:
        return json.loads(text.removeprefix("\ufeff"), parse_int=str, parse_float=str)
    except (ValueError, RecursionError) as error:
        reason = "it nests too deeply" if isinstance(error, RecursionError) else str(error)[:120]
        raise Unusable(f"is no JSON: {reason}") from error


def article(record: Value, address: str, reading: Reading, encoding: str) -> Item:
    """Return the article in a record, or an item with the reason why there is none."""
    if isinstance(record, str):
        record = {reading.names("body")[0]: record}
    if not isinstance(record, Mapping):
        return Item(address=address, reason="is no article: a record has to be an object")
    texts = {
        name: _text(_value(record, reading.names(name))) for name in ("title", "author", "date", "url", "id")
    }
    metadata = Metadata(**texts, language=_text(_value(record, reading.names("language"))))
    body = _text(_value(record, reading.names("body")))
    if not body.strip():
        names = ", ".join(reading.names("body")[:3])
        return Item(address=address, metadata=metadata, reason=f"has no text under {names}")
    return item_of(metadata.title, body, metadata, address, encoding)


def _records(value: Value) -> list[Value]:
    """Return the articles in a JSON value: the list itself, or the longest list of objects in it."""
    if isinstance(value, list):
        return value
    if not isinstance(value, Mapping):
        return []
    lists = [
        child
        for child in value.values()
        if isinstance(child, list) and any(isinstance(x, Mapping) for x in child)
    ]
    nested = [_records(child) for child in value.values() if isinstance(child, Mapping)] if not lists else []
    return max((*lists, *nested), key=len, default=[])


def _value(record: Mapping[str, Value], names: tuple[str, ...]) -> Value:
    """Return the value of the first name present; a dot refers to a nested object."""
    for name in names:
        value = record.get(name)
        if value is None and "." in name:
            outer, _, inner = name.partition(".")
            value = record.get(outer)
            value = value.get(inner) if isinstance(value, Mapping) else None
        if value is not None and value != "" and not isinstance(value, Mapping):
            return value
    return None


def _text(value: Value) -> str:
    """Return a value as text: list items become paragraphs, objects their `name`."""
    if isinstance(value, list):
        return "\n\n".join(filter(None, map(_text, value)))
    if isinstance(value, Mapping):
        return _text(value.get("name"))
    return value if isinstance(value, str) else ""
