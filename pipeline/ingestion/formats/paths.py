"""Paths into JSON: `content.rendered`, and `posts[].html`, which goes through the members of a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pipeline.ingestion.formats.reading import Reading

Value = Any  # a JSON value


def value_at(record: Mapping[str, Value], path: str) -> Value:
    """Return the value at a path, a list of them if it goes through lists; None if there is none."""
    if path in record:
        return record[path]
    if "." not in path and "[]" not in path:  # .NET writes capitals, databases nothing else
        return record.get(path[:1].upper() + path[1:], record.get(path.upper()))
    found = list(_walk(record, path.split(".")))
    return found if "[]" in path else next(iter(found), None)


def records_at(value: Value, reading: Reading) -> tuple[Reading, list[Value]]:
    """Return the articles that the path of the body names, and the settings with paths inside an article.

    An article is a member of the innermost list on the way; if other fields go through lists too, of the
    innermost list that they have in common. `posts[].html` is the text of an article in `posts`.
    """
    paths = [path for path in reading.fields.values() if "[]" in path]
    prefixes = [path[: path.rindex("[]") + 2] for path in paths]
    common = min(prefixes, key=len)
    own = {
        field: path.removeprefix(common).lstrip(".") if path.startswith(common) else path
        for field, path in reading.fields.items()
    }
    records = list(_walk(value, common.split(".")))
    return replace(reading, fields=own), records


def _walk(value: Value, steps: list[str]) -> Iterator[Value]:
    if not steps:
        yield value
        return
    name, through = steps[0].removesuffix("[]"), steps[0].endswith("[]")
    if name:
        value = value.get(name) if isinstance(value, Mapping) else None
    if through:
        for part in value if isinstance(value, list) else []:
            yield from _walk(part, steps[1:])
    elif value is not None:
        yield from _walk(value, steps[1:])
