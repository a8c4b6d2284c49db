"""JSON: articles as programs and publishing systems export them.

One article, a list of articles, or objects around such lists. What is an article shows by its structure: an
object with a text of its own, as a string, as HTML or as a tree of blocks (`richtext`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.datatypes import Block, Metadata
from pipeline.ingestion.encodings import decode
from pipeline.ingestion.formats.leads import is_lead, item_with_leads, unsaid
from pipeline.ingestion.formats.paths import records_at, value_at
from pipeline.ingestion.formats.reading import FIELDS, Item, Reading, Unusable, is_html
from pipeline.ingestion.formats.richtext import blocks_of, is_rich_text
from pipeline.languages.codes import is_language, language_code

Value = Any  # a JSON value
Record = Mapping[str, Value]

WRAPPERS = (
    "attributes",
    "fields",
    "node",
    "data",
    "item",
    "post",
    "entry",
    "article",
    "payload",
    "value",
    "acf",
)
"""Keys under which systems keep an article's own fields."""

TEXTS = ("rendered", "value", "processed", "html", "markdown", "text", "plain", "raw", "__html", "_text")
"""Keys under which a field keeps its text."""

BODIES = (
    *(
        "richText",
        "rich_text",
        "bodyModel",
        "blocks",
        "sections",
        "paragraphs",
        "story",
        "document",
        "modules",
    ),
    *("components", "contents", "parts", "chapters", "body_html", "plaintext", "full_text", "fullText"),
)
"""Further names of bodies, most of them lists of blocks or sections."""

INNER = ("value", "json", "content", "data", "raw")
"""Keys under which a field keeps its tree of blocks."""

LISTS = frozenset(
    (
        "items",
        "entries",
        "posts",
        "articles",
        "news",
        "results",
        "records",
        "data",
        "pages",
        "stories",
        "edges",
    )
)
"""Names of lists of articles, never of the parts of one."""

MIN_WORDS, MIN_LETTERS = 4, 12  # an untitled object with less text is a setting, not an article
_WORD = re.compile(r"\w+")
_MARKDOWN = re.compile(r"(?:^|\n)#{1,6} +\S")
_LANGUAGES = ("languages_code", "langcode", "lang_code", "language_code", "languageCode", "hreflang")


class _Found(NamedTuple):
    """A record that may be an article."""

    address: str
    record: Value
    language: str = ""  # of the key that it is under


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the articles; raises `Unusable`."""
    found = decode(data)
    if isinstance(found, str):
        raise Unusable(found)
    yield from articles(parse(found.text), "", reading, found.encoding)


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
        found = [_Found(str(number), record) for number, record in enumerate(records, start=1)]
    else:
        found = _records(value, reading)
    if not found:
        names = ", ".join(reading.names("body")[:3])
        raise Unusable(f"is JSON, but holds no list of articles and no article with a text under {names}")
    for each in found:
        place = ".".join(filter(None, (address, each.address)))
        yield from _versions(each._replace(address=place), reading, encoding)


def record_items(record: Value, address: str, reading: Reading, encoding: str) -> Iterator[Item]:
    """Yield the article in a record, however short it is, or the articles in it; raises `Unusable`."""
    if "[]" not in reading.fields.get("body", "") and (
        not isinstance(record, Mapping) or _body(_unwrapped(record), reading) is not None
    ):
        yield from _versions(_Found(address, record), reading, encoding)
    else:
        yield from articles(record, address, reading, encoding)


def _records(value: Value, reading: Reading) -> list[_Found]:
    """Return the articles in a JSON value: itself, the members of a list, or those of the lists within."""
    if isinstance(value, list) and not is_rich_text(value):
        return [
            each
            for number, part in enumerate(value, start=1)
            for each in _members(part, str(number), reading)
        ]
    if _is_article(value, reading):
        return [_Found("", value)]
    for sure in (True, False):
        lists = list(_lists(value, reading, sure))
        parts = [_Found("", part, language) for records, language in lists for part in records]
        if parts:
            return _numbered(parts, reading)
    return []


def _numbered(parts: Sequence[_Found], reading: Reading) -> list[_Found]:
    """Return the articles with their addresses: their language if that tells them apart, or a number."""
    languages = [part.language for part in parts]
    if all(languages) and len(set(languages)) == len(languages):
        return [part._replace(address=part.language) for part in parts]
    if len(parts) == 1 and parts[0].language == "" and not isinstance(parts[0].record, _Member):
        return [parts[0]]
    return [
        each._replace(language=each.language or part.language)
        for number, part in enumerate(parts, start=1)
        for each in _members(part.record, str(number), reading)
    ]


class _Member(dict[str, Value]):
    """A record out of a list, which is numbered even if it is the only one."""


def _members(part: Value, address: str, reading: Reading) -> list[_Found]:
    """Return the article in a member of a list, or the articles below it."""
    record = _unwrapped(part)
    if isinstance(record, Mapping) and not _is_article(record, reading) and _body(record, reading) is None:
        below = _records(record, reading)
        if below and len(below) > 1:
            return [each._replace(address=f"{address}.{each.address}") for each in below]
        if below:
            return [below[0]._replace(address=address)]
    return [_Found(address, part)]


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
            if any(_is_article(_unwrapped(part), reading, sure) for part in records):
                yield [_Member(part) if isinstance(part, Mapping) else part for part in child], language
            else:
                for part in records:
                    yield from _lists(part, reading, sure)
        elif isinstance(child, Mapping):
            record = _unwrapped(child)
            if _is_article(record, reading, sure):
                yield [child], language
            else:
                yield from _lists(child, reading, sure)


def _unwrapped(record: Value) -> Value:
    """Return an object together with the fields that it keeps under one of the wrappers."""
    while isinstance(record, Mapping) and not is_rich_text(record):
        inner = next((key for key in WRAPPERS if isinstance(record.get(key), Mapping)), None)
        if inner is None or is_rich_text(record[inner]):
            break
        record = {**{key: value for key, value in record.items() if key != inner}, **record[inner]}
    return record


def _is_article(value: Value, reading: Reading, sure: bool = True) -> bool:
    """Return whether an object is an article: it has a text, and a title or some words in that text."""
    value = _unwrapped(value)
    if is_rich_text(value):
        return _has_words(blocks_of(value))
    if not isinstance(value, Mapping):
        return False
    body = _body(value, reading, weak=not sure)
    if body is None:
        return bool(_suffixed(value, reading))
    titled = bool(_text(_value(value, ("title", "headline", *reading.names("title")[:1]))))
    return titled or "body" in reading.fields or _has_words(body)


def _has_words(body: Value) -> bool:
    if isinstance(body, tuple):
        body = " ".join(block.text for block in body)
    if isinstance(body, Mapping):
        return any(_has_words(blocks_of(text) if is_rich_text(text) else text) for text in body.values())
    words = _WORD.findall(body) if isinstance(body, str) else []
    return len(words) >= MIN_WORDS and sum(map(len, words)) >= MIN_LETTERS


def _body(
    record: Record, reading: Reading, weak: bool = True
) -> str | tuple[Block, ...] | Mapping[str, Value] | None:
    """Return the body of a record: text, blocks, or texts by language; None if it has none.

    A description is a body only if `weak`.
    """
    names = reading.names("body") if "body" in reading.fields else (*reading.names("body"), *BODIES)
    for name in names:
        if name in ("description", "summary") and not weak:
            continue
        body = _as_body(name, value_at(record, name), record)
        if body:
            return body
    if "body" not in reading.fields:
        return next((blocks_of(value) for value in record.values() if is_rich_text(value)), None)
    return None


def _as_body(name: str, value: Value, record: Record) -> str | tuple[Block, ...] | Mapping[str, Value] | None:
    if isinstance(value, str):
        return _parsed(value) if value.strip() else None
    if isinstance(value, Mapping):
        if _is_by_language(value):
            return value
        text = next(
            (value[key] for key in TEXTS if isinstance(value.get(key), str) and value[key].strip()), None
        )
        if text is not None and not is_rich_text(value):
            return str(text)
        if is_rich_text(value):
            return blocks_of(value)
        for key in (*BODIES, *INNER):
            body = _as_body(name, value[key], record) if key in value else None
            if body:
                return body
        return None
    if not isinstance(value, list):
        return None
    if all(isinstance(part, str) for part in value):
        return "\n\n".join(value)
    if is_rich_text(value) or (name not in LISTS and _are_sections(value, record)):
        return blocks_of(value)
    return None


def _parsed(text: str) -> str | tuple[Block, ...]:
    """Return a text, or the blocks that a system has stored as JSON in a string."""
    if text.lstrip()[:1] in ("{", "["):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return text
        if is_rich_text(value):
            return blocks_of(value)
    return text


def _are_sections(parts: Sequence[Value], record: Record) -> bool:
    """Return whether the objects of a list are the sections of one titled text and no articles themselves."""
    sections = [part for part in parts if isinstance(part, Mapping)]
    identities = ("id", "url", "link", "slug", "date", "published", "guid", "permalink", "documentId")
    own = sum(
        any(name in part for name in ("title", "headline")) and any(map(part.__contains__, identities))
        for part in sections
    )
    return bool(sections) and not own and bool(_text(_value(record, FIELDS["title"])))


def _is_by_language(value: Value) -> bool:
    """Return whether an object has a text for each language."""
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(is_language(language_code(key)) and len(key) <= 7 for key in value)
    )


def _versions(found: _Found, reading: Reading, encoding: str) -> Iterator[Item]:
    """Yield an article once for each language that its record has it in."""
    record = found.record
    if isinstance(record, str):
        record = {reading.names("body")[0]: record}
    record = _unwrapped(record)
    if isinstance(record, list) or is_rich_text(record):
        record = {"body": record}
    if not isinstance(record, Mapping):
        yield Item(address=found.address, reason="is no article: a record has to be an object")
        return
    body = _body(record, reading)
    suffixed = _suffixed(record, reading) if body is None else {}
    if isinstance(body, Mapping) or suffixed:
        for key in body if isinstance(body, Mapping) else suffixed:
            code = language_code(key)
            version = suffixed.get(key) or {name: _in_language(value, key) for name, value in record.items()}
            yield _item(
                found._replace(address=".".join(filter(None, (found.address, key))), language=code),
                version, reading, encoding,
            )  # fmt: skip
    else:
        yield _item(found, record, reading, encoding)


def _in_language(value: Value, key: str) -> Value:
    """Return what a field says in a language, or the field itself if it says the same in all."""
    return value.get(key) if _is_by_language(value) else value


def _suffixed(record: Record, reading: Reading) -> dict[str, Record]:
    """Return the versions of a record whose fields end in a language, as in `title_it` and `body_pl`."""
    versions: dict[str, dict[str, Value]] = {}
    for name, value in record.items():
        field, mark, key = name.replace("-", "_").rpartition("_")
        if mark and len(key) == 2 and is_language(key):
            versions.setdefault(key, {})[field] = value
    shared = {name: value for name, value in record.items() if name[-2:] not in versions}
    whole = {key: {**shared, **own} for key, own in versions.items()}
    return {key: own for key, own in whole.items() if _body(own, reading) is not None}


def _item(found: _Found, record: Record, reading: Reading, encoding: str) -> Item:
    texts = {
        name: _text(_value(record, reading.names(name))) for name in ("title", "author", "date", "url", "id")
    }
    language = _text(_value(record, (*reading.names("language"), *_LANGUAGES))) or found.language
    metadata = Metadata(**texts, language=language)
    body = _body(record, reading)
    if isinstance(body, Mapping) or body is None or (isinstance(body, str) and not body.strip()):
        names = ", ".join(reading.names("body")[:3])
        return Item(address=found.address, metadata=metadata, reason=f"has no text under {names}")
    leads = list(_leads(record, reading))
    if isinstance(body, tuple):
        return _of_blocks(metadata, body, leads, found.address, encoding)
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
            lead = _as_body(name, value, record)
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


def _value(record: Record, names: Sequence[str]) -> Value:
    """Return the value of the first name that has one; a dot leads into a nested object."""
    for name in names:
        value = value_at(record, name)
        if value is not None and value != "" and (not isinstance(value, Mapping) or _text(value)):
            return value
    return None


def _text(value: Value) -> str:
    """Return a value as text: list items become paragraphs, objects their `name` or what they render."""
    if isinstance(value, list):
        return "\n\n".join(filter(None, map(_text, value)))
    if isinstance(value, Mapping):
        return next(
            filter(None, (_text(value.get(key)) for key in ("name", "rendered", "value", "plain"))), ""
        )
    return value if isinstance(value, str) else ""
