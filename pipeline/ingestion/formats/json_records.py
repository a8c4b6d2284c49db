"""The records in a JSON value that are articles, wherever lists and wrappers keep them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.ingestion.formats.json_fields import Value, body_of, is_article, unwrapped
from pipeline.ingestion.formats.reading import Reading
from pipeline.ingestion.formats.richtext import is_rich_text
from pipeline.languages.codes import is_language, language_code


class Found(NamedTuple):
    """A record that may be an article."""

    address: str
    record: Value
    language: str = ""  # of the key that it is under


def records_in(value: Value, reading: Reading) -> list[Found]:
    """Return the articles in a JSON value: itself, the members of a list, or those of the lists within."""
    if isinstance(value, list) and not is_rich_text(value):
        return [
            each
            for number, part in enumerate(value, start=1)
            for each in members_of(part, str(number), reading)
        ]
    if is_article(value, reading):
        return [Found("", value)]
    for sure in (True, False):
        lists = list(_lists(value, reading, sure))
        parts = [Found("", part, language) for records, language in lists for part in records]
        if parts:
            return _numbered(parts, reading)
    return []


def _numbered(parts: Sequence[Found], reading: Reading) -> list[Found]:
    """Return the articles with their addresses: their language if that tells them apart, or a number."""
    languages = [part.language for part in parts]
    if all(languages) and len(set(languages)) == len(languages):
        return [part._replace(address=part.language) for part in parts]
    if len(parts) == 1 and parts[0].language == "" and not isinstance(parts[0].record, _Member):
        return [parts[0]]
    return [
        each._replace(language=each.language or part.language)
        for number, part in enumerate(parts, start=1)
        for each in members_of(part.record, str(number), reading)
    ]


class _Member(dict[str, Value]):
    """A record out of a list, which is numbered even if it is the only one."""


def members_of(part: Value, address: str, reading: Reading) -> list[Found]:
    """Return the article in a member of a list, or the articles below it."""
    record = unwrapped(part)
    if isinstance(record, Mapping) and not is_article(record, reading) and body_of(record, reading) is None:
        below = records_in(record, reading)
        if below and len(below) > 1:
            return [each._replace(address=f"{address}.{each.address}") for each in below]
        if below:
            return [below[0]._replace(address=address)]
    return [Found(address, part)]


def _lists(value: Value, reading: Reading, sure: bool) -> Iterator[tuple[list[Value], str]]:
    """Yield the lists of articles in an object, in order, with the language whose key they are under.

    An object that is an article counts as a list of one. If `sure`, a mere description makes no article.
    """
    if not isinstance(value, Mapping):
        return
    for key, child in value.items():
        code = language_code(key)
        language = code if is_language(code) and len(key) <= 7 else ""
        if isinstance(child, list) and not is_rich_text(child):
            records = [part for part in child if isinstance(part, Mapping)]
            if any(is_article(unwrapped(part), reading, sure) for part in records):
                yield [_Member(part) if isinstance(part, Mapping) else part for part in child], language
            else:
                for part in records:
                    yield from _lists(part, reading, sure)
        elif isinstance(child, Mapping):
            record = unwrapped(child)
            if is_article(record, reading, sure):
                yield [child], language
            else:
                yield from _lists(child, reading, sure)
