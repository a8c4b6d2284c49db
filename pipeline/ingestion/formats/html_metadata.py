"""Reads what a page says about itself for machines: the metadata in its head, and articles in JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from pipeline.datatypes import Metadata

Value = Any  # a JSON value

MAX_DATA = 3  # pieces of data of a page that are looked into

_SPACE = re.compile(r"[ \t\n\r\f]+")


class Declared(NamedTuple):
    """An article that a page declares in JSON-LD or microdata, as text or HTML."""

    body: str
    metadata: Metadata


def title(tree: LexborHTMLParser) -> str:
    """Return the `title` element of a page."""
    node = tree.css_first("head title")
    return _SPACE.sub(" ", node.text()).strip() if node is not None else ""


def metadata(tree: LexborHTMLParser) -> Metadata:
    """Return the metadata in the head of a page, from HTML's own elements or Open Graph."""
    head = tree.head
    if head is None:
        return Metadata()
    said: dict[str, str] = {}
    for node in head.css("meta"):
        name = node.attributes.get("property") or node.attributes.get("name") or ""
        said.setdefault(name.lower(), " ".join((node.attributes.get("content") or "").split()))
    canonical = head.css_first("link[rel=canonical]")
    root = tree.css_first("html")
    return Metadata(
        title=title(tree) or said.get("og:title", ""),
        author=said.get("author") or said.get("article:author", ""),
        date=said.get("article:published_time") or said.get("date") or said.get("dc.date", ""),
        url=((canonical.attributes.get("href") if canonical is not None else "") or said.get("og:url", "")),
        language=((root.attributes.get("lang") if root is not None else "") or ""),
    )


def declared_article(tree: LexborHTMLParser) -> Declared | None:
    """Return the longest article in the JSON-LD or the microdata of a page, if there is any."""
    found = [
        Declared(_text(thing["articleBody"]), _metadata_of(thing))
        for script in tree.css('script[type="application/ld+json"]')
        for thing in _things(script.text(deep=True))
        if _text(thing.get("articleBody")).strip()
    ]
    for node in tree.css('meta[itemprop="articleBody"]'):
        found.append(Declared(node.attributes.get("content") or "", Metadata()))
    return max(found, key=lambda article: len(article.body), default=None)


def data_of(tree: LexborHTMLParser) -> list[str]:
    """Return the data that a page keeps as JSON for its script, the largest first."""
    found = [script.text(deep=True) for script in tree.css('script[type="application/json"]')]
    return sorted(found, key=len, reverse=True)[:MAX_DATA]


def _things(source: str) -> Iterator[Mapping[str, Value]]:
    """Yield the objects in a piece of JSON-LD, inner ones included."""
    try:
        values: list[Value] = [json.loads(source, strict=False)]
    except (ValueError, RecursionError):
        return
    while values:
        value = values.pop()
        if isinstance(value, Mapping):
            yield value
            values.extend(value.values())
        elif isinstance(value, list):
            values.extend(value)


def _metadata_of(thing: Mapping[str, Value]) -> Metadata:
    return Metadata(
        title=unescape(_line(thing.get("headline") or thing.get("name"))),
        author=_line(thing.get("author")),
        date=_line(thing.get("datePublished") or thing.get("dateCreated")),
        url=_line(thing.get("url") or thing.get("mainEntityOfPage")),
        id=_line(thing.get("identifier")),
        language=_line(thing.get("inLanguage")),
    )


def _text(value: Value) -> str:
    """Return a value of JSON-LD as text: lists as paragraphs, things by their name or address."""
    if isinstance(value, list):
        return "\n\n".join(text for text in map(_text, value[:1000]) if text)
    if isinstance(value, Mapping):
        return next((text for key in ("name", "@value", "@id") if (text := _text(value.get(key)))), "")
    return value if isinstance(value, str) else ""


def _line(value: Value) -> str:
    if isinstance(value, list):
        return ", ".join(line for line in map(_line, value[:100]) if line)
    return " ".join(_text(value).split())
