"""What the formats that hold articles are given, what they hand over, and how they say no."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from pipeline.datatypes import Block, Change, Metadata
from pipeline.ingestion import MAX_FILE_BYTES

FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "guid", "slug", "key"),
    "title": ("title", "title.rendered", "headline", "name"),
    "body": (
        *("body", "text", "content", "content.rendered", "content_html", "content_text", "article"),
        *("articleBody", "html", "description"),
    ),
    "language": ("language", "lang", "locale", "inLanguage"),
    "url": ("url", "link", "permalink"),
    "date": ("date", "published", "date_published", "datePublished", "pubDate", "created_at"),
    "author": ("author", "author.name", "authors", "creator", "byline"),
}
"""The names under which tables and JSON files mostly have what an article is made of, the likeliest first."""

_MARKUP = re.compile(
    r"</(?:p|div|h[1-6]|li|ul|ol|blockquote|section|article|table)\s*>|<br\s*/?>", re.IGNORECASE
)
_BLANK_LINES = re.compile(r"\n[ \t\r\f]*\n")
_SPACE = re.compile(r"[ \t\n\r\f]+")


class Unusable(Exception):
    """A file, or one article of it, that cannot be used; `str(error)` is the reason in words for the user."""


@dataclass(frozen=True)
class Reading:
    """The few settings that readers of formats need."""

    max_bytes: int = MAX_FILE_BYTES
    fields: Mapping[str, str] = field(default_factory=dict)  # names that replace those of `FIELDS`
    skip: Set[str] = frozenset()  # repairs that are left out

    def names(self, field: str) -> tuple[str, ...]:
        """Return the names that a field may have in a file."""
        return (self.fields[field],) if field in self.fields else FIELDS[field]


class Item(NamedTuple):
    """One article of a file: a text in one of the text formats, blocks, or the reason why it is none."""

    text: str = ""
    format: str = "txt"
    metadata: Metadata = Metadata()
    encoding: str = "utf-8"
    address: str = ""  # what tells it from the file's other articles; "" where the file is one article
    blocks: tuple[Block, ...] = ()
    changes: tuple[Change, ...] = ()
    reason: str = ""


def item_of(title: str, body: str, metadata: Metadata, address: str, encoding: str = "utf-8") -> Item:
    """Return an article whose title stands apart from its text, which may be HTML."""
    if not is_html(body):
        head = f"{title}\n\n" if title and body.lstrip().partition("\n")[0].strip() != title else ""
        return Item(head + body, "txt", metadata, encoding, address)
    head = f"<h1>{escape(title)}</h1>\n" if title and "<h1" not in body else ""
    return Item(head + body, "html", metadata, encoding, address)


def is_html(text: str) -> bool:
    """Return whether a text is marked up as HTML: it holds the end of a paragraph or a line break."""
    return _MARKUP.search(text) is not None


def paragraphs_of(text: str) -> list[str]:
    """Cut a run of inline text at blank lines; a single line end in it is a space."""
    lines = (_SPACE.sub(" ", part).strip() for part in _BLANK_LINES.split(text))
    return [line for line in lines if line]
