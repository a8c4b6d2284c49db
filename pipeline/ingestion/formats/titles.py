"""Titles that a file keeps apart from the text, in which markup and entities may stand."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

from pipeline.ingestion.formats.reading import MAX_ESCAPES

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?(/?)>")
_VOID = frozenset(("br", "img", "wbr", "hr"))


_NAMES = re.compile(
    r"(?:title|headline|heading|subject|titolo|titel|titre|título|titulo|tytuł|제목|заголовок|タイトル|标题)\Z"
)
_OTHERS = re.compile(
    r"(?:sub|meta|seo|og|twitter|social|browser|window|nav|menu|link|short|section|site|job|alt|sort|series"
    r"|column|card|share|breadcrumb|sidebar|legacy|original|page_?type)"
    r"[ _-]*(?:title|headline|heading|titel|titre)\Z"
)


def is_title_name(name: str) -> bool:
    """Return whether a field holds a title by its name: `documentTitle`, `Page title`, not `seo_title`."""
    plain = name.strip().casefold()
    return _NAMES.search(plain) is not None and _OTHERS.search(plain) is None


def plain_title(text: str) -> str:
    """Return a title without its markup, which is pairs of tags: "The <p> tag" is about one."""
    for _ in range(MAX_ESCAPES):
        text = unescape(text)
    opened: Counter[str] = Counter()
    closed: Counter[str] = Counter()
    for tag in _TAG.finditer(text):
        (closed if tag[1] else opened)[tag[2].lower()] += 1
    markup = _VOID | {name for name in opened if opened[name] == closed[name]}
    return " ".join(_TAG.sub(lambda tag: _in_title(tag, markup), text).split())


def _in_title(tag: re.Match[str], markup: frozenset[str] | set[str]) -> str:
    name = tag[2].lower()
    return (" " if name in _VOID else "") if name in markup else tag[0]
