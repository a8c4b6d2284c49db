"""The input, the output and the error that the format readers share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from html import escape, unescape
from textwrap import dedent
from typing import NamedTuple

from pipeline.datatypes import Block, Change, Metadata
from pipeline.ingestion import MAX_FILE_BYTES

FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "guid", "slug", "key"),
    "title": (
        *("title", "title.rendered", "headline", "post_title", "name"),
        *("titolo", "제목", "tytuł", "tytul", "titel", "titre", "título", "titulo", "název", "nadpis"),
        *("заголовок", "название", "назва", "başlık", "タイトル", "題名", "标题", "標題"),
        *("rubrik", "überschrift"),
    ),
    "body": (
        *("body", "text", "content", "content.rendered", "content_html", "content_text", "article"),
        *("articleBody", "html", "body_html", "bodyHtml", "post_content", "body_value", "full_text"),
        *("fulltext", "post_body", "post-body", "article_text", "article_body", "main_text", "testo"),
        *("contenuto", "corpo"),
        *("articolo", "본문", "내용", "treść", "tresc", "tekst", "artykuł", "inhalt", "artikel", "texte"),
        *("contenu", "texto", "contenido", "conteúdo", "conteudo", "inhoud", "obsah", "текст", "содержание"),
        *("вміст", "зміст", "metin", "içerik", "本文", "内容", "正文", "文本", "innehåll", "description"),
    ),
    "language": (
        *("language", "lang", "locale", "inLanguage", "lingua", "언어", "język", "sprache", "langue"),
        *("idioma", "taal", "jazyk", "язык", "мова", "dil", "言語", "语言", "språk"),
    ),
    "url": ("url", "link", "permalink"),
    "date": (
        *("date", "published", "date_published", "datePublished", "pubDate", "created_at", "post_date"),
        *("날짜", "datum", "fecha", "дата", "tarih", "日付", "日期"),
    ),
    "author": (
        *("author", "author.name", "authors", "creator", "byline", "autore", "저자", "작성자", "autor"),
        *("auteur", "автор", "yazar", "著者", "作者", "författare", "verfasser"),
    ),
}
"""Common names of an article's fields in tables and JSON files, likeliest first, then in other languages."""

MAX_ESCAPES = 3  # times that a text may be escaped too often

MAX_FINE = 50_000
"""Number of lines, tags or articles up to which it does not matter how short they are."""
MIN_PIECE = 9
"""Characters that more of them need on average, so that none takes more than 60 bytes of memory for each."""

_ANY_TAG = re.compile(r"<[a-zA-Z/!]")
_MARKUP = re.compile(
    r"</(?:p|div|h[1-6]|li|ul|ol|blockquote|section|article|table)\s*>|<br\s*/?>", re.IGNORECASE
)
_BLANK_LINES = re.compile(r"\n[ \t\r\f]*\n")
_SPACE = re.compile(r"[ \t\n\r\f]+")


def names(text: str) -> frozenset[str]:
    """Return the names in a text, which are parted by spaces."""
    return frozenset(text.split())


class Unusable(Exception):
    """A file or one of its articles cannot be used; `str(error)` is the reason for the user."""


@dataclass(frozen=True)
class Reading:
    """The settings of the format readers."""

    max_bytes: int = MAX_FILE_BYTES
    fields: Mapping[str, str] = field(default_factory=dict)  # replacements for the names in `FIELDS`
    skip: Set[str] = frozenset()  # repairs to skip

    def names(self, field: str) -> tuple[str, ...]:
        """Return the names that a field may have in a file."""
        return (self.fields[field],) if field in self.fields else FIELDS[field]


class Item(NamedTuple):
    """One article of a file: a text in a text format, blocks, or the reason why it is unusable."""

    text: str = ""
    format: str = "txt"
    metadata: Metadata = Metadata()
    encoding: str = "utf-8"
    address: str = ""  # identifies the article in its file; "" if it is the only one
    blocks: tuple[Block, ...] = ()
    changes: tuple[Change, ...] = ()
    reason: str = ""


def too_fine(pieces: int, length: int, what: str) -> str:
    """Return why a text of so many pieces cannot be read for its length in characters, or "".

    Each line, tag or paragraph takes some 500 bytes of memory, however short it is.
    """
    if pieces <= MAX_FINE or pieces * MIN_PIECE <= length:
        return ""
    return (
        f"holds {pieces:,} {what} of {length / pieces:.1f} characters on average;"
        f" above {MAX_FINE:,} of them, {MIN_PIECE} are the least"
    )


def item_of(title: str, body: str, metadata: Metadata, address: str, encoding: str = "utf-8") -> Item:
    """Return an article from a separate title and a body of plain text or HTML."""
    body = unescaped(body)
    if not is_html(body):
        head = f"{title}\n\n" if title and body.lstrip().partition("\n")[0].strip() != title else ""
        return Item(head + body, "txt", metadata, encoding, address)
    head = f"<h1>{escape(title)}</h1>\n" if title and "<h1" not in body else ""
    return Item(head + body, "html", metadata, encoding, address)


def is_html(text: str) -> bool:
    """Return whether a text is HTML, that is, has a closing block tag or a `br`."""
    return _MARKUP.search(text) is not None


def unescaped(body: str) -> str:
    """Undo escapes too many: the whole text is markup, with `&lt;` for `<`.

    A text about tags has them too, but has tags of its own, or begins and ends with words.
    """
    found = body
    for _ in range(MAX_ESCAPES):
        if "lt;" not in found or _ANY_TAG.search(found):
            break
        found = unescape(found)
    framed = found.strip()
    is_markup = is_html(found) and (framed.endswith(">") or _ANY_TAG.match(framed) is not None)
    return found if is_markup else body


def paragraphs_of(text: str) -> list[str]:
    """Split a run of inline text at blank lines; single line ends become spaces."""
    lines = (_SPACE.sub(" ", part).strip() for part in _BLANK_LINES.split(text))
    return [line for line in lines if line]


def paragraph_blocks(kind: str, text: str) -> list[Block]:
    """Return the paragraphs of a text that its document keeps as one of this kind; code stays whole."""
    return [Block(kind, text)] if kind == "code" else [Block(kind, part) for part in paragraphs_of(text)]


def with_reading(base: str, reading: str) -> str:
    """Return text with the reading set above it (ruby), which follows it in parentheses."""
    return f"{base}({reading.strip()})" if reading.strip() else base


def code(text: str) -> Block:
    """Return code as a paragraph: with its line ends and indentation, without blank lines."""
    return Block("code", dedent("\n".join(line.rstrip() for line in text.splitlines() if line.strip())))
