"""The settings at the head of a Markdown file: YAML, TOML, JSON, or a map of Elixir.

They are read leniently, since a damaged head is still a head, and without loss: prose between two rules is
no head, and lines of a head that are no settings stay as text.
"""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.datatypes import NO_METADATA, Metadata
from pipeline.ingestion.formats.markdown.yaml_lines import (
    SETTING,
    parts_of,
    settings_only,
    unescaped,
    value_of,
)
from pipeline.ingestion.formats.publication import why_unpublished
from pipeline.ingestion.formats.reading import names

NAMES = {
    "title": ("title",),
    "author": ("author", "authors", "creator", "byline"),
    "date": (
        *("date", "published", "pubdate", "publishdate", "date_published", "published_at", "publishedat"),
        *("created", "created_at"),
    ),
    "url": ("url", "canonical_url", "canonical", "permalink", "link"),
    "id": ("id",),
    "language": ("lang", "language", "locale"),
}
"""Usual names of the metadata, likeliest first."""
TEXTS = (
    *("subtitle", "description", "excerpt", "summary", "abstract", "lead", "lede", "intro", "introduction"),
    *("tagline", "teaser", "deck", "standfirst", "dek"),
)
"""Settings that hold text for readers, which is translated as the rest is."""
_TEXTS_INSIDE = frozenset(
    (*TEXTS, "title", "text", "details", "heading", "caption", "quote", "question", "answer")
)
_ABOUT_THE_PAGE = names("head meta seo schema og opengraph twitter jsonld cascade comments")
"""Settings with copies of the text for machines."""
_USUAL = frozenset(
    (
        *(name for names in NAMES.values() for name in names),
        *TEXTS,
        *names("""
    layout slug tags tag categories category keywords draft published weight type template sidebar
    sidebar_label sidebar_position image cover thumbnail hero header icon status version aliases alias
    redirect_from redirect_to redirect_url updated lastmod last_modified modified toc nav nav_order
    parent order series contributors editors translator translators license licence comments hide
    hide_title i18nready head cssclass publish featured linktitle menu url_slug description_short
    """),
    )
)
"""Names that are hardly the first word of a line of prose with a colon."""
_USUAL_LISTS = frozenset(
    (*NAMES["author"], "tags", "tag", "categories", "category", "keywords", "aliases", "redirect_from")
)
_LINE_END = re.compile(r"\r\n?|\n")
_RULE = re.compile(r"---[ \t]*")
_YAML_END = re.compile(r"(?:---|\.\.\.)[ \t]*")
_TOML_RULE = re.compile(r"\+\+\+[ \t]*")
_LETTER = re.compile(r"[^\W\d_]")
_SPACE = re.compile(r"\s")
_END = re.compile("[.!?…。]")
_TOML_SETTING = re.compile(r"""\A["']?([\w][\w.-]*)["']?[ \t]*=[ \t]*(\S.*)$""")
_TOML_LINE = re.compile(r"\[{1,2}[^\[\]]+\]{1,2}[ \t]*(?:#.*)?|#.*|[ \t].*|[\]}\"'].*|")
_JSON_START = re.compile(r"\A\ufeff?\s*\{\s*\"")
_MAP = re.compile(r"\ufeff?%\{[ \t]*(?:\r\n?|\n)")
_MAP_SETTING = re.compile(
    r"^[ \t]*([a-z_]\w*):[ \t]*(?:~[sS])?"
    r'(?:"""[ \t]*\r?\n((?:(?!""").)*)^[ \t]*"""|"((?:[^"\\]|\\.)*)"|(\[[^\]]*\]|[^\s,]+))',
    re.MULTILINE | re.DOTALL,
)
_MAP_END = re.compile(r"^\}[ \t]*[\r\n](?:[ \t\r\n]*[\r\n])?---[ \t]*(?:\r\n?|\n|\Z)", re.MULTILINE)


MIN_KNOWN = 2  # usual names that make lines of settings out of lines with colons


class Front(NamedTuple):
    """A text without its head, and what the head says."""

    body: str
    metadata: Metadata = NO_METADATA
    texts: tuple[str, ...] = ()  # what the head holds for readers, in its order
    unpublished: str = ""  # why the head says that nobody is to read it


def split(text: str) -> Front:
    """Part a text from its head, if it has one."""
    start = text[:64].lstrip("\ufeff")
    if start.startswith("---"):
        return _yaml(text)
    if start.startswith("+++"):
        return _toml(text)
    if _JSON_START.match(text):
        return _json(text)
    if _MAP.match(text):
        return _map(text)
    if SETTING.match(start.partition("\n")[0].rstrip("\r")):
        return _without_rules(text)
    return Front(text)


def _front(body: str, settings: Mapping[str, object], rest: Iterable[str] = ()) -> Front:
    said = {name.lower(): value for name, value in settings.items()}
    found = {
        field: next((text for name in names if (text := _text(said.get(name)))), "")
        for field, names in NAMES.items()
    }
    texts = [
        text for name, value in said.items() for text in _texts(name, value) if text not in found.values()
    ]
    return Front(body, Metadata(**found), (*texts, *rest), why_unpublished(settings))


def _texts(name: str, value: object) -> Iterator[str]:
    """Yield the texts for readers in a setting: by its name, or because it reads like prose."""
    if isinstance(value, str):
        text = value.strip()
        if text and (name in TEXTS or (name not in _USUAL and is_prose(text))):
            yield text
    elif name not in _ABOUT_THE_PAGE and name not in _USUAL_LISTS:
        yield from _texts_inside(value, name in TEXTS)


def _texts_inside(value: object, wanted: bool) -> Iterator[str]:
    if isinstance(value, str):
        if wanted or is_prose(value):
            yield value.strip()
    elif isinstance(value, Mapping):
        for name, inside in value.items():
            if name.lower() in _ABOUT_THE_PAGE:
                continue
            if not isinstance(inside, str) or name.lower() in _TEXTS_INSIDE:
                yield from _texts_inside(inside, name.lower() in TEXTS)
    elif isinstance(value, Sequence):
        for inside in value:
            yield from _texts_inside(inside, wanted)


def is_prose(text: str) -> bool:
    """Return whether a setting reads like text for readers: four words, or two and the end of a sentence."""
    if not _LETTER.match(text) or text.startswith("http"):
        return False
    others = _SPACE.split(text)[1:]
    if any(map(_END.search, others)):
        return True
    in_a_row = 0
    for word in others:
        in_a_row = in_a_row + 1 if _LETTER.search(word) else 0
        if in_a_row == 3:
            return True
    return False


def _text(value: object) -> str:
    """Return a setting as text: a list with commas, a person by name."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        return _text(next((value[name] for name in ("name", "full_name", "title") if name in value), ""))
    if isinstance(value, Sequence):
        return ", ".join(text for part in value if (text := _text(part)))
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return "" if value is None or isinstance(value, bool) else str(value)


def _yaml(text: str) -> Front:
    lines, starts = _lines_of(text)
    if not lines or not _RULE.fullmatch(lines[0].lstrip("\ufeff")):
        return Front(text)
    if len(lines) < 2 or (not SETTING.match(lines[1]) and not lines[1].startswith("#") and lines[1].strip()):
        return Front(text)
    end = next((number for number in range(1, len(lines)) if _YAML_END.fullmatch(lines[number])), 0)
    if end and (front := _head(lines[1:end], text[starts[end + 1] :], certain=bool(lines[1].strip()))):
        return front
    blank = next((number for number in range(1, len(lines)) if not lines[number].strip()), len(lines))
    return _head(lines[1:blank], text[starts[blank] :], certain=False, whole=False) or Front(text)


def _without_rules(text: str) -> Front:
    """Read settings before the first blank line, as MultiMarkdown and Pelican have them, between no rules."""
    lines, starts = _lines_of(text)
    end = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    parts, rest = parts_of([line.lstrip("\ufeff") for line in lines[:end]])
    known = {name.lower() for name, _, _ in parts} & _USUAL
    if rest or len(known) < MIN_KNOWN or not known.intersection(("title", "date")):
        return Front(text)
    settings = {name: value_of(first, below) for name, first, below in reversed(parts)}
    return _front(text[starts[end] :], settings)


def _lines_of(text: str) -> tuple[list[str], list[int]]:
    """Return the lines of a text, and where each begins; the last place is the end of the text."""
    lines, starts = [], [0]
    for match in _LINE_END.finditer(text):
        lines.append(text[starts[-1] : match.start()])
        starts.append(match.end())
    lines.append(text[starts[-1] :])
    return lines, [*starts, len(text)]


def _head(lines: Sequence[str], body: str, certain: bool, whole: bool = True) -> Front | None:
    """Return the head in lines, if they are one.

    `certain`: they are where a head is, so unusual names may do; `whole`: some of them may be damaged.
    """
    parts, rest = parts_of(lines)
    if not parts or len(rest) >= len(parts) or (rest and not whole):
        return None
    names = [name for name, _, _ in parts]
    if not _USUAL.intersection(name.lower() for name in names) and not (certain and settings_only(parts)):
        return None
    settings: dict[str, object] = {}
    for name, first, below in parts:
        settings.setdefault(name, value_of(first, below))
    return _front(body, settings, rest)


def _toml(text: str) -> Front:
    lines, starts = _lines_of(text)
    if not _TOML_RULE.fullmatch(lines[0].lstrip("\ufeff")):
        return Front(text)
    end = next((number for number in range(1, len(lines)) if _TOML_RULE.fullmatch(lines[number])), 0)
    if not end:
        return Front(text)
    head, body = lines[1:end], text[starts[end + 1] :]
    try:
        settings = tomllib.loads("\n".join(head))
    except (tomllib.TOMLDecodeError, RecursionError):
        found = [match for line in head if (match := _TOML_SETTING.match(line))]
        rest = [line for line in head if not _TOML_SETTING.match(line) and not _TOML_LINE.fullmatch(line)]
        if len(found) <= len(rest):
            return Front(text)
        settings = {match[1]: value_of(match[2], ()) for match in found}
        return _front(body, settings, rest)
    return _front(body, settings) if settings or not any(map(str.strip, head)) else Front(text)


def _json(text: str) -> Front:
    start = text.index("{")
    try:
        settings, end = json.JSONDecoder(strict=False).raw_decode(text, start)
    except (ValueError, RecursionError):
        return Front(text)
    if not isinstance(settings, dict) or text[end:].strip(" \t")[:1] not in ("", "\n", "\r"):
        return Front(text)
    return _front(text[end:], settings)


def _map(text: str) -> Front:
    end = _MAP_END.search(text)
    if end is None:
        return Front(text)
    head = text[: end.start()]
    settings: dict[str, object] = {}
    for name, long, short, other in _MAP_SETTING.findall(head):
        settings.setdefault(name, long.strip() or unescaped(short) or value_of(other, ()))
    return _front(text[end.end() :], settings)
