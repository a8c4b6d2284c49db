"""The fields of an article's record in JSON: its body, as text, blocks or texts by language, and the rest."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.datatypes import Block
from pipeline.ingestion.formats.multilingual import by_suffix
from pipeline.ingestion.formats.paths import value_at
from pipeline.ingestion.formats.reading import Reading
from pipeline.ingestion.formats.richtext import blocks_of, is_rich_text
from pipeline.ingestion.formats.titles import is_title_name
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

MAX_TITLE = 300  # characters of a title in a field of an unusual name
MIN_WORDS, MIN_LETTERS = 4, 12  # an untitled object with less text is a setting, not an article
_WORD = re.compile(r"\w+")


def unwrapped(record: Value) -> Value:
    """Return an object together with the fields that it keeps under one of the wrappers."""
    while isinstance(record, Mapping) and not is_rich_text(record):
        inner = next((key for key in WRAPPERS if isinstance(record.get(key), Mapping)), None)
        if inner is None or is_rich_text(record[inner]):
            break
        record = {**{key: value for key, value in record.items() if key != inner}, **record[inner]}
    return record


def is_article(value: Value, reading: Reading, sure: bool = True) -> bool:
    """Return whether an object is an article: it has a text, and a title or some words in that text."""
    value = unwrapped(value)
    if is_rich_text(value):
        return _has_words(blocks_of(value))
    if not isinstance(value, Mapping):
        return False
    body = body_of(value, reading, weak=not sure)
    if body is None:
        return bool(suffixed(value, reading))
    titled = bool(text_of(value_of(value, ("title", "headline", *reading.names("title")[:1]))))
    return titled or "body" in reading.fields or _has_words(body)


def _has_words(body: Value) -> bool:
    if isinstance(body, tuple):
        body = " ".join(block.text for block in body)
    if isinstance(body, Mapping):
        return any(_has_words(blocks_of(text) if is_rich_text(text) else text) for text in body.values())
    words = _WORD.findall(body) if isinstance(body, str) else []
    return len(words) >= MIN_WORDS and sum(map(len, words)) >= MIN_LETTERS


def body_of(
    record: Record, reading: Reading, weak: bool = True
) -> str | tuple[Block, ...] | Mapping[str, Value] | None:
    """Return the body of a record: text, blocks, or texts by language; None if it has none.

    A description is a body only if `weak`.
    """
    names = reading.names("body") if "body" in reading.fields else (*reading.names("body"), *BODIES)
    for name in names:
        if name in ("description", "summary") and not weak:
            continue
        body = as_body(name, value_at(record, name), record)
        if body:
            return body
    if "body" not in reading.fields:
        trees = (_parsed(value) if isinstance(value, str) else value for value in record.values())
        return next(
            (tree if isinstance(tree, tuple) else blocks_of(tree) for tree in trees if _is_tree(tree)), None
        )
    return None


def as_body(name: str, value: Value, record: Record) -> str | tuple[Block, ...] | Mapping[str, Value] | None:
    """Return what a field of a record says, if it is a text, blocks, or texts by language."""
    if isinstance(value, str):
        return _parsed(value) if value.strip() else None
    if isinstance(value, Mapping):
        if is_by_language(value):
            return value
        text = next(
            (value[key] for key in TEXTS if isinstance(value.get(key), str) and value[key].strip()), None
        )
        if text is not None and not is_rich_text(value):
            return str(text)
        if is_rich_text(value):
            return blocks_of(value)
        for key in (*BODIES, *INNER):
            body = as_body(name, value[key], record) if key in value else None
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


def _is_tree(value: Value) -> bool:
    """Return whether a field holds rich text, or the blocks of a tree that was stored in a string."""
    return isinstance(value, tuple) or is_rich_text(value)


def _are_sections(parts: Sequence[Value], record: Record) -> bool:
    """Return whether the objects of a list are the sections of one titled text and no articles themselves."""
    sections = [part for part in parts if isinstance(part, Mapping)]
    identities = ("id", "url", "link", "slug", "date", "published", "guid", "permalink", "documentId")
    own = sum(
        any(name in part for name in ("title", "headline")) and any(map(part.__contains__, identities))
        for part in sections
    )
    return bool(sections) and not own and bool(title_of(record, Reading()))


def is_by_language(value: Value) -> bool:
    """Return whether an object has a text for each language."""
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(is_language(language_code(key)) and len(key) <= 7 for key in value)
    )


def suffixed(record: Record, reading: Reading) -> dict[str, Record]:
    """Return the versions of a record whose fields end in a language, as in `title_it` and `body_pl`."""
    found = by_suffix(record)
    marked = frozenset(name for names in found.values() for name in names)
    shared = {name: value for name, value in record.items() if name not in marked}
    whole = {
        code: {**shared, **{field: record[name] for name, field in names.items()}}
        for code, names in found.items()
    }
    return {code: own for code, own in whole.items() if body_of(own, reading) is not None}


def title_of(record: Record, reading: Reading) -> str:
    """Return the title of a record: by a usual name, by its type in Notion, or by a name like it."""
    title = text_of(value_of(record, reading.names("title")))
    if title or "title" in reading.fields:
        return title
    properties = record.get("properties")
    for value in properties.values() if isinstance(properties, Mapping) else ():
        if isinstance(value, Mapping) and value.get("type") == "title" and value.get("title"):
            return " ".join(block.text for block in blocks_of(value["title"]))
    named = (value for name, value in record.items() if is_title_name(name) and isinstance(value, str))
    return next((value for value in named if value.strip() and len(value) <= MAX_TITLE), "")


def value_of(record: Record, names: Sequence[str]) -> Value:
    """Return the value of the first name that has one; a dot leads into a nested object."""
    for name in names:
        value = value_at(record, name)
        if value is not None and value != "" and (not isinstance(value, Mapping) or text_of(value)):
            return value
    return None


def text_of(value: Value) -> str:
    """Return a value as text: list items become paragraphs, objects their `name` or what they render."""
    if isinstance(value, list):
        return "\n\n".join(filter(None, map(text_of, value)))
    if isinstance(value, Mapping):
        return next(
            filter(None, (text_of(value.get(key)) for key in ("name", "rendered", "value", "plain"))), ""
        )
    return value if isinstance(value, str) else ""
