"""Walks the tree of a page and gathers its runs of text, each with its kind, links and region."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.datatypes import Block
from pipeline.ingestion.formats import html_signs as signs
from pipeline.ingestion.formats.html_code import code_text, is_code
from pipeline.ingestion.formats.html_elements import BLOCKS, CODE, CONTROLS, DROPPED, PREFORMATTED, SPARE
from pipeline.ingestion.formats.html_lines import parted_links
from pipeline.ingestion.formats.html_looks import Looks
from pipeline.ingestion.formats.html_math import math_text
from pipeline.ingestion.formats.html_regions import SUSPICIOUS, Region, Run, may_be_boilerplate
from pipeline.ingestion.formats.html_styles import PLAIN, Style, StyleSheet
from pipeline.ingestion.formats.reading import paragraphs_of
from pipeline.languages.scripts import between_lines

BREAK = "\n"
TAIL = 16  # characters before a sign that decide what it is
_SPACE = re.compile(r"[ \t\n\r\f]+")
_NOTHING: frozenset[str] = frozenset()
_TELLING = frozenset(("class", "id", "style", "role", "epub:type", "hidden", "aria-hidden"))
"""The attributes that may change what an element does to its text."""
_NO_ATTRIBUTES: Mapping[str, str | None] = {}
_SIGNED = frozenset(("sup", "sub", "a", "ruby", "rt", "rtc"))
"""Inline elements whose text is read together, at their end."""


def _space(spaces: re.Match[str]) -> str:
    """Return what a run of spaces is: one, or nothing at a line end in Chinese or Japanese."""
    text, start, end = spaces.string, spaces.start(), spaces.end()
    return between_lines(text[start - 1 : start], text[end : end + 1]) if "\n" in spaces[0] and start else " "


class Open(NamedTuple):
    """An open element, and what is to be done at its end."""

    tag: str
    said: str = ""  # what `html_signs.says` of it
    flush: int = -1  # number of the run in which its text begins; -1 if its text is not read together
    start: int = 0  # number of the piece of that run with which its text begins
    attributes: Mapping[str, str | None] = _NO_ATTRIBUTES
    readings: list[str] | None = None  # of a `ruby`
    block: bool = False
    plain: bool = False  # a block about which there is nothing more to say
    blind: bool | None = None  # the blindness outside, if the element changes it
    tokens: frozenset[str] = frozenset()  # counted while it is open


class Page(NamedTuple):
    """What a page consists of: its runs, the regions that they are in, and the elements not shown."""

    runs: list[Run]
    regions: list[Region]
    hidden: list[LexborNode]
    spare: list[LexborNode]


_INLINE = Open("")
_PLAIN_BLOCKS = {tag: Open(tag, block=True, plain=True) for tag in BLOCKS}
_HEADINGS = ("title", "heading")
"""Kinds of text in which a button is the text itself, which unfolds what is below."""
_ARTICLES = frozenset(("article", "main"))
_COUNTED = _ARTICLES | PREFORMATTED | {"button"}


class Walk:
    """One pass through the tree, or through the inside of an element that is not shown."""

    def __init__(self, tree: LexborHTMLParser, sheet: StyleSheet) -> None:
        self._looks = Looks(tree, sheet)
        self._around: Counter[str] = Counter()

    def _begin(self) -> None:
        self._pieces: list[str] = []
        self._kinds = ["paragraph"]
        self._regions = [-1]
        self._rubies: list[Open] = []
        self._links: list[tuple[int, int]] = []  # pieces of the run that are in links
        self._open_link: Open | None = None
        self._preformatted = self._articles = self._in_links = self._linked = 0
        self._flushes = self._notes = self._breaks = 0
        self._next_note = 1
        self._blind = self._code = False

    def read(self, root: LexborNode, inside: bool = False) -> Page:
        """Return the page below an element; `inside` passes over what hides the element itself."""
        self.page = Page([], [], [], [])
        self._begin()
        stack: list[tuple[LexborNode, Open | None]] = [(root, None)]
        first = inside
        while stack:
            node, entered = stack.pop()
            if entered is not None:
                if entered.plain:
                    self._leave_block(entered.tag)
                elif entered is not _INLINE:
                    self._leave(entered)
                continue
            tag = node.tag or ""
            if tag == "-text":
                self._text(node.text_content or "")
                continue
            opened = self._enter(node, tag, first)
            first = False
            if opened is None:
                continue
            stack.append((node, opened))
            child = node.last_child
            while child is not None:
                stack.append((child, None))
                child = child.prev
        self._flush()
        return self.page

    def _text(self, text: str) -> None:
        if self._blind or (not self._pieces and text.isspace()):
            return
        piece = text if self._preformatted or not _has_spaces(text) else _SPACE.sub(_space, text)
        self._pieces.append(piece)
        if self._in_links:
            self._linked += len(piece)

    def _enter(self, node: LexborNode, tag: str, shown: bool) -> Open | None:
        """Begin an element; return None if its text does not count."""
        if tag in DROPPED and not shown:
            self._pass_over(node, tag)
            return None
        attributes = node.attributes or _NO_ATTRIBUTES
        style, said, counted = PLAIN, "", _NOTHING
        if self._looks.has_rules or not _TELLING.isdisjoint(attributes):
            style, said, counted = self._looks.of(tag, attributes, self._around)
            if shown:
                style = PLAIN
            elif self._looks.is_hidden(node, tag, attributes, style):
                self.page.hidden.append(node)
                return None
        if tag in BLOCKS and (tag != "button" or self._kinds[-1] not in _HEADINGS):
            opened: Open | None = self._enter_block(tag, attributes, said)
        else:
            opened = self._enter_inline(node, tag, attributes, style, said)
        if opened is None or (style is PLAIN and not counted):
            return opened
        return self._changing(node, opened, style, counted)

    def _enter_inline(
        self, node: LexborNode, tag: str, attributes: Mapping[str, str | None], style: Style, said: str
    ) -> Open | None:
        if tag == "br":
            self._pieces.append(BREAK)
            self._breaks += 1
        elif tag == "img":
            if attributes.get("alt") and not self._blind:
                self._pieces.append(f" {attributes['alt']} ")
        elif tag == "math":
            self._text(math_text(node))
            return None
        elif tag == "rp" and self._rubies:
            return None
        elif style.level and tag not in _SIGNED and not self._preformatted:
            return self._enter_sign(style.level, attributes, said)
        elif style.display == "block" and not self._preformatted:
            return self._enter_block("div", attributes, said)
        elif tag in _SIGNED or said:
            return self._enter_sign(tag, attributes, said)
        elif tag in CODE:
            self._code = self._code or self._preformatted > 0
        return _INLINE

    def _changing(self, node: LexborNode, opened: Open, style: Style, counted: frozenset[str]) -> Open:
        """Note what an element changes for the ones in it."""
        if counted:
            self._around.update(counted)
            opened = opened._replace(tokens=counted, plain=False)
        if style.visible is not None or style.sized is not None:
            opened = opened._replace(blind=self._blind, plain=False)
            if not self._blind and False in (style.visible, style.sized):
                self.page.hidden.append(node)
            self._blind = style.visible is False or style.sized is False
        return opened

    def _enter_block(self, tag: str, attributes: Mapping[str, str | None], said: str) -> Open:
        if self._pieces:
            self._part()
        self._kinds.append(_kind_inside(tag, self._kinds[-1]))
        region = self._regions[-1]
        if said != "notes" and (attributes or tag in SUSPICIOUS):
            reason = may_be_boilerplate(tag, attributes, self._articles > 0)
            if reason:
                self.page.regions.append(Region(region, reason, self._articles > 0))
                region = len(self.page.regions) - 1
        self._regions.append(region)
        if tag in _COUNTED:
            self._count(tag, attributes)
        if not said:
            return _PLAIN_BLOCKS[tag]
        self._notes += said == "notes"
        flush = self._flushes if said in ("page", "page number") else -1
        return Open(tag, said, flush, len(self._pieces), block=True)

    def _count(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        if tag == "button":
            self._control(self._regions[-1])
        elif tag in PREFORMATTED:
            self._preformatted += 1
            self._code = tag in CODE or is_code(attributes)
        else:
            self._articles += 1

    def _enter_sign(self, tag: str, attributes: Mapping[str, str | None], said: str) -> Open:
        readings: list[str] | None = [] if tag == "ruby" else None
        opened = Open(tag, said, self._flushes, len(self._pieces), attributes, readings)
        if tag == "ruby":
            self._rubies.append(opened)
        elif tag == "a":
            self._in_links += 1
            self._open_link = opened
        self._notes += said == "notes"
        return opened

    def _leave(self, opened: Open) -> None:
        if opened.blind is not None:
            self._blind = opened.blind
        if opened.tokens:
            self._around.subtract(opened.tokens)
        self._notes -= opened.said == "notes"
        if opened.flush >= 0:
            self._end_sign(opened, 0 if opened.flush != self._flushes else opened.start)
        if opened.block:
            self._leave_block(opened.tag)

    def _leave_block(self, tag: str) -> None:
        if self._pieces:
            self._part(tag)
        self._kinds.pop()
        self._regions.pop()
        if tag in _COUNTED:
            self._preformatted -= tag in PREFORMATTED
            self._articles -= tag in _ARTICLES

    def _end_sign(self, opened: Open, start: int) -> None:
        """Rewrite the text of an inline element that ends, if it is a sign."""
        tag = opened.tag
        if tag == "a":
            self._in_links -= 1
            self._open_link = None
            self._links.append((start, len(self._pieces)))
        if tag == "ruby" or tag in ("rt", "rtc"):
            self._end_reading(opened, start)
            return
        text = self._short_text(start)
        if text is None or not text.strip():
            return
        before = self._tail(start)
        new: str | None = None
        if opened.said == "page" or (opened.said == "page number" and signs.is_page_number(text)):
            new = "" if text.strip() else None
        elif opened.said == "note" and signs.is_mark(text):
            new = signs.GONE
        elif tag == "a":
            address = opened.attributes.get("href") or ""
            if "#" in address and signs.is_note_link(text, address, before, self._notes > 0):
                new = signs.GONE
        elif tag == "sup":
            new = self._raised(before, text, opened)
        elif tag == "sub":
            new = signs.lowered(before, text)
        if new is not None and new != text:
            self._replace(start, new)

    def _raised(self, before: str, text: str, opened: Open) -> str:
        link = self._open_link
        said = signs.is_raised_note(opened.attributes) or (
            link is not None and "#" in (link.attributes.get("href") or "")
        )
        sign = signs.raised(before, text, said, self._next_note)
        if sign.number:
            self._next_note = sign.number + 1
        return sign.text

    def _end_reading(self, opened: Open, start: int) -> None:
        if opened.tag == "ruby":
            self._rubies.pop()
            if opened.readings:
                self._replace(start, signs.with_readings("".join(self._pieces[start:]), opened.readings))
        elif self._rubies and self._rubies[-1].readings is not None:
            self._rubies[-1].readings.append("".join(self._pieces[start:]))
            del self._pieces[start:]

    def _short_text(self, start: int) -> str | None:
        """Return the text since a piece; None if it is too long for a sign."""
        found = ""
        for piece in self._pieces[start : start + signs.MAX_SIGN]:
            found += piece
            if len(found) > signs.MAX_SIGN:
                return None
        return found if len(self._pieces) - start <= signs.MAX_SIGN else None

    def _tail(self, end: int) -> str:
        """Return the last characters before a piece."""
        found = ""
        for place in range(end - 1, max(-1, end - TAIL), -1):
            found = self._pieces[place][-TAIL:] + found
            if len(found) >= TAIL:
                break
        return found

    def _replace(self, start: int, text: str) -> None:
        del self._pieces[start:]
        self._pieces.append(text)

    def _part(self, ends: str = "") -> None:
        """End a run, or a line of preformatted text, at the edge of a block."""
        if self._preformatted and ends not in PREFORMATTED:
            self._pieces.append(2 * BREAK)
        else:
            self._flush()

    def _flush(self) -> None:
        if not self._pieces:
            return
        kind, region = self._kinds[-1], self._regions[-1]
        if self._breaks and len(self._links) > 1:
            self._pieces = parted_links(self._pieces, self._links)
        raw = signs.without_signs("".join(self._pieces))
        if self._preformatted and (self._code or is_code(_NO_ATTRIBUTES, raw)):
            block = code_text(raw)
            if block.text:
                self.page.runs.append(Run(block, 0.0, region))
        else:
            parts = paragraphs_of(raw) if _has_spaces(raw) else [raw.strip()]
            share = self._linked / max(1, sum(map(len, parts))) if self._linked else 0.0
            self.page.runs.extend([Run(Block(kind, part), share, region) for part in parts if part])
        self._pieces, self._links, self._linked, self._breaks = [], [], 0, 0
        self._flushes += 1

    def _pass_over(self, node: LexborNode, tag: str) -> None:
        if tag in SPARE:
            self.page.spare.append(node)
        elif tag in CONTROLS and (node.attributes or _NO_ATTRIBUTES).get("type") != "hidden":
            self._control(self._regions[-1])

    def _control(self, region: int) -> None:
        if region >= 0:
            self.page.regions[region].controls = True


def _has_spaces(text: str) -> bool:
    """Return whether a text may have white space other than single spaces; most texts have none."""
    return "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text


def _kind_inside(tag: str, outside: str) -> str:
    if tag == "h1":
        return "title"
    return BLOCKS[tag] or ("paragraph" if outside in _HEADINGS else outside)
