"""JSON: articles as programs and publishing systems export them.

One article, a list of articles, or objects around such lists. What is an article shows by its structure: an
object with a text of its own, as a string, as HTML or as a tree of blocks (`richtext`).
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import BinaryIO

from pipeline.datatypes import Block, Metadata
from pipeline.ingestion.encodings import decode
from pipeline.ingestion.formats import wordpress
from pipeline.ingestion.formats.json_fields import (
    Record,
    Value,
    as_body,
    body_of,
    is_by_language,
    suffixed,
    text_of,
    title_of,
    unwrapped,
    value_of,
)
from pipeline.ingestion.formats.json_records import Found, members_of, records_in
from pipeline.ingestion.formats.json_stream import members
from pipeline.ingestion.formats.leads import is_lead, item_with_leads, unsaid
from pipeline.ingestion.formats.paths import records_at
from pipeline.ingestion.formats.publication import why_unpublished
from pipeline.ingestion.formats.reading import Item, Reading, Unusable, is_html
from pipeline.ingestion.formats.richtext import is_rich_text
from pipeline.ingestion.formats.titles import is_title_name, plain_title
from pipeline.ingestion.streams import encoding_of
from pipeline.languages.codes import language_code

_FIRST = 20  # members of a list that show whether it is one of articles
_MARKDOWN = re.compile(r"(?:^|\n)#{1,6} +\S")
_LANGUAGES = ("languages_code", "langcode", "lang_code", "language_code", "languageCode", "hreflang")


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the articles; raises `Unusable`."""
    found = decode(data)
    if isinstance(found, str):
        raise Unusable(found)
    yield from articles(parse(found.text), "", reading, found.encoding)


def items_of_stream(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """Yield the articles of a list of any size, of which a member is held; raises `Unusable`.

    A list is read twice: one that is damaged holds no articles. Any other JSON is read as a whole.
    """
    start = stream.tell()
    encoding, reason = encoding_of(stream)
    if reason:
        raise Unusable(reason)
    if not _is_list_of_records(stream, encoding, reading):
        stream.seek(start)
        data = stream.read(reading.max_bytes + 1)
        if len(data) > reading.max_bytes:
            raise Unusable(
                f"is too large: only JSON Lines and sound lists of articles"
                f" may have more than {reading.max_bytes:,} bytes"
            )
        yield from items(data, reading)
        return
    stream.seek(start)
    for number, member in enumerate(members(stream, encoding, reading.max_bytes), start=1):
        for found in members_of(member, str(number), reading):
            yield from _versions(found, reading, encoding)


def _is_list_of_records(stream: BinaryIO, encoding: str, reading: Reading) -> bool:
    """Return whether a file is a list of articles rather than of the blocks of one, or of other things."""
    start = stream.tell()
    if "[]" in reading.fields.get("body", ""):
        return False
    try:
        found = members(stream, encoding, reading.max_bytes)
        first = list(islice(found, _FIRST))
        if not first or is_rich_text(first):
            return False
        deque(found, maxlen=0)
    except Unusable:
        return False
    finally:
        stream.seek(start)
    return True


def parse(text: str) -> Value:
    """Return the parsed JSON, with numbers as strings; raises `Unusable`."""
    try:
        return json.loads(text.removeprefix("\ufeff"), parse_int=str, parse_float=str)
    except (ValueError, RecursionError) as error:
        reason = "it nests too deeply" if isinstance(error, RecursionError) else str(error)[:120]
        raise Unusable(f"is no JSON: {reason}") from error


def articles(value: Value, address: str, reading: Reading, encoding: str) -> Iterator[Item]:
    """Yield the articles in a JSON value, numbered below `address`; raises `Unusable` if it holds none."""
    if "[]" in reading.fields.get("body", ""):
        reading, records = records_at(value, reading)
        found = [Found(str(number), record) for number, record in enumerate(records, start=1)]
    else:
        found = records_in(value, reading)
    if not found:
        names = ", ".join(reading.names("body")[:3])
        raise Unusable(f"is JSON, but holds no list of articles and no article with a text under {names}")
    for each in found:
        place = ".".join(filter(None, (address, each.address)))
        yield from _versions(each._replace(address=place), reading, encoding)


def record_items(record: Value, address: str, reading: Reading, encoding: str) -> Iterator[Item]:
    """Yield the article in a record, however short it is, or the articles in it; raises `Unusable`."""
    if "[]" not in reading.fields.get("body", "") and (
        not isinstance(record, Mapping) or body_of(unwrapped(record), reading) is not None
    ):
        yield from _versions(Found(address, record), reading, encoding)
    else:
        yield from articles(record, address, reading, encoding)


def _versions(found: Found, reading: Reading, encoding: str) -> Iterator[Item]:
    """Yield an article once for each language that its record has it in."""
    record = found.record
    if isinstance(record, str):
        record = {reading.names("body")[0]: record}
    record = unwrapped(record)
    if isinstance(record, list) or is_rich_text(record):
        said = record.items() if isinstance(record, Mapping) else ()
        record = {**{name: text for name, text in said if is_title_name(name)}, "body": record}
    if not isinstance(record, Mapping):
        yield Item(address=found.address, reason="is no article: a record has to be an object")
        return
    body = body_of(record, reading)
    by_suffix = suffixed(record, reading) if body is None else {}
    if isinstance(body, Mapping) or by_suffix:
        for key in body if isinstance(body, Mapping) else by_suffix:
            code = language_code(key)
            version = by_suffix.get(key) or {name: _in_language(value, key) for name, value in record.items()}
            yield _item(
                found._replace(address=".".join(filter(None, (found.address, key))), language=code),
                version, reading, encoding,
            )  # fmt: skip
    else:
        yield _item(found, record, reading, encoding)


def _in_language(value: Value, key: str) -> Value:
    """Return what a field says in a language, or the field itself if it says the same in all."""
    return value.get(key) if is_by_language(value) else value


def _item(found: Found, record: Record, reading: Reading, encoding: str) -> Item:
    texts = {name: text_of(value_of(record, reading.names(name))) for name in ("author", "date", "url", "id")}
    texts["title"] = plain_title(title_of(record, reading))
    language = text_of(value_of(record, (*reading.names("language"), *_LANGUAGES))) or found.language
    metadata = Metadata(**texts, language=language)
    if reason := why_unpublished(record):
        return Item(address=found.address, metadata=metadata, reason=reason)
    body = body_of(record, reading)
    if isinstance(body, Mapping) or body is None or (isinstance(body, str) and not body.strip()):
        names = ", ".join(reading.names("body")[:3])
        return Item(address=found.address, metadata=metadata, reason=f"has no text under {names}")
    leads = list(_leads(record, reading))
    if isinstance(body, tuple):
        return _of_blocks(metadata, body, leads, found.address, encoding)
    body = wordpress.as_stored(body)
    if not is_html(body) and _MARKDOWN.search(body):
        parts = unsaid(leads, metadata.title, body.split("\n"))
        title, _, rest = body.partition("\n") if body.startswith("# ") else (f"# {metadata.title}", "", body)
        head = [title] if title != "# " else []
        return Item("\n\n".join((*head, *parts, rest)), "md", metadata, encoding, found.address)
    return item_with_leads(leads, body, metadata, found.address, encoding)


def _leads(record: Record, reading: Reading) -> Iterator[str]:
    """Yield the subtitle, the summary and the like."""
    for name, value in record.items():
        if is_lead(name) and name not in reading.fields.values():
            lead = as_body(name, value, record)
            if isinstance(lead, str):
                yield lead
            elif isinstance(lead, tuple):
                yield from (block.text for block in lead)


def _of_blocks(
    metadata: Metadata, blocks: tuple[Block, ...], leads: Sequence[str], address: str, encoding: str
) -> Item:
    """Return an article of blocks, below its title; without one, its first heading is the title."""
    title = metadata.title
    if title and blocks and blocks[0].text != title:
        blocks = (Block("title", title), *blocks)
    elif blocks and (title or blocks[0].kind == "heading"):
        blocks = (Block("title", blocks[0].text), *blocks[1:])
    parts = unsaid(leads, title, [block.text for block in blocks])
    place = int(bool(blocks) and blocks[0].kind == "title")
    blocks = (*blocks[:place], *(Block("paragraph", part) for part in parts), *blocks[place:])
    return Item("", "blocks", metadata, encoding, address, blocks)
