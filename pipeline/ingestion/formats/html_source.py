"""Prepares the source of a page for the parser: closes elements of XHTML, limits depth and attributes."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from pipeline.ingestion.formats.html_elements import BLOCKS, DROPPED, UNNESTED, VOID

MAX_DEPTH = 1_000  # nested elements; browsers allow 512, and the parser's time grows quadratically
MAX_ATTRIBUTES = 500  # of a tag of more than LONG_TAG characters; the parser compares each with all others
LONG_TAG = 16_000  # the parser takes a hundredth of a second for one with as many attributes as fit into it
_START_TAG = re.compile(
    r"<[a-zA-Z][^>=]*(?:=\s*(?:\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z))?[^>=]*)*(?:>|\Z)"
)
_ATTRIBUTE = re.compile(r"[\s/]+[^\s/>][^\s/>=]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?")
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)([^<>]*(?<=/)>)?")
_SHADOW_TAG = re.compile(r"<(/?)template\b([^<>]*)>", re.IGNORECASE)
_EMPTY = re.compile(r"<([a-zA-Z][^\s<>/]*)((?:\s[^<>]*)?)/>")
_XHTML = "http://www.w3.org/1999/xhtml"
_HEAD = 2_000  # characters in which a page says that it is XHTML


def prepared(text: str) -> str:
    """Return the source of a page as the parser needs it."""
    if "/>" in text and _XHTML in text[:_HEAD]:
        text = _closed(text)
    if "shadowroot" in text:
        text = _SHADOW_TAG.sub(_Shadows().opened, text)
    if len(text) > LONG_TAG:
        text = _with_few_attributes(text)
    return _shallow(text)


def _with_few_attributes(text: str) -> str:
    """Return the source of a page with the first attributes of its longest tags."""
    parts: list[str] = []
    end = 0
    for tag in _START_TAG.finditer(text):
        if tag.end() - tag.start() > LONG_TAG:
            attributes = list(islice(_ATTRIBUTE.finditer(text, tag.start(), tag.end()), MAX_ATTRIBUTES + 1))
            if len(attributes) > MAX_ATTRIBUTES:
                parts += (text[end : attributes[-1].start()], ">")
                end = tag.end()
    return "".join((*parts, text[end:])) if parts else text


class _Shadows:
    """Turns the templates that a browser shows at once, as the inside of an element, into plain boxes."""

    def __init__(self) -> None:
        self._open: list[bool] = []  # whether each open template is shown

    def opened(self, tag: re.Match[str]) -> str:
        """Return the tag of a template, or of a box in its place."""
        if tag[1]:
            return "</div>" if self._open and self._open.pop() else tag[0]
        self._open.append("shadowroot" in tag[2])
        return f"<div{tag[2]}>" if self._open[-1] else tag[0]


def _closed(text: str) -> str:
    """Give the empty elements of XHTML, as in `<a id="p12"/>`, the end tag that an HTML parser waits for."""
    return _EMPTY.sub(_with_end_tag, text)


def _with_end_tag(match: re.Match[str]) -> str:
    name = match[1]
    return match[0] if name.lower() in VOID else f"<{name}{match[2]}></{name}>"


def _shallow(text: str) -> str:
    """Flatten elements nested too deeply by renaming their tags.

    Blocks become `p`, which closes the previous `p`; other elements become `wbr`, which is void.
    """
    if text.count("<") <= MAX_DEPTH:
        return text
    kept: Counter[str] = Counter()
    renamed: Counter[str] = Counter()
    depth = 0

    def limit(match: re.Match[str]) -> str:
        """Return a tag unchanged, or renamed if its element is too deep."""
        nonlocal depth
        slash, name = match[1], match[2].lower()
        if name in UNNESTED or name in DROPPED or (match[3] and name not in BLOCKS):
            return match[0]
        if not slash and depth < MAX_DEPTH:
            kept[name] += 1
            depth += 1
        elif not slash or renamed[name]:
            renamed[name] += -1 if slash else 1
            return f"<{slash}{'p' if name in BLOCKS else 'wbr'}{match[3] or ''}"
        elif kept[name]:
            kept[name] -= 1
            depth -= 1
        return match[0]

    return _TAG.sub(limit, text)
