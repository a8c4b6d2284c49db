"""Subtitles, summaries and teasers that stand beside an article's body in a field of their own.

They are text for readers, so they become paragraphs below the title, unless the body says the same: a teaser
is often nothing but its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from pipeline.datatypes import Metadata
from pipeline.ingestion.formats import html
from pipeline.ingestion.formats.reading import Item, is_html, item_of, names, paragraphs_of
from pipeline.ingestion.formats.txt import columns, wrapped_at

NAMES = names(
    """
    subtitle subheading subheadline subhead standfirst dek deck lead lede teaser tagline summary abstract
    excerpt description intro introduction
    sottotitolo occhiello catenaccio sommario podtytuł podtytul zajawka 부제 부제목 요약
    """
)
"""Usual names of such fields, without capitals and underscores."""

MIN_WORDS = 4  # fewer are in any long text, by chance
_WORD = re.compile(r"\w+")
_PICTURE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?:|/)\S*\Z")
_CUT_OFF = ("…", "...", "[…]", "[...]")
_MARKED_UP = re.compile(r"<[a-zA-Z/!]|&[a-zA-Z#]")
_TOP_HEADING_END = re.compile(r"</h1\s*>", re.IGNORECASE)


def is_lead(name: str) -> bool:
    """Return whether a field has one of the names, as `sub_title` has and `Summary`."""
    return name.strip().replace("_", "").replace("-", "").casefold() in NAMES


def unsaid(leads: Iterable[str], title: str, body: Iterable[str]) -> tuple[str, ...]:
    """Return the paragraphs of text or HTML that neither the title nor the paragraphs of the body say."""
    parts = [part for lead in leads for part in _paragraphs(lead)]
    if not parts:
        return ()
    wholes = list(filter(None, map(_words, (title, *body))))
    said, everything = set(wholes), " ".join(wholes)
    found = []
    for part in parts:
        words = _words(part)
        if words and words not in said and not _is_in(part, words, everything):
            found.append(part)
            said.add(words)
    return tuple(found)


def item_with_leads(leads: Iterable[str], body: str, metadata: Metadata, address: str, encoding: str) -> Item:
    """Return an article with the leads that are unsaid between its title and a body of plain text or HTML."""
    found = [lead for lead in leads if lead.strip()]
    parts = unsaid(found, metadata.title, _lines(body)) if found else ()
    if parts:
        body = _below(parts, body) if is_html(body) else _below_plain(parts, metadata.title, body)
    return item_of(metadata.title, body, metadata, address, encoding)


def _below(parts: Sequence[str], body: str) -> str:
    before = "".join(f"<p>{escape(part)}</p>\n" for part in parts)
    end = _TOP_HEADING_END.search(body)
    place = end.end() if end else 0
    return body[:place] + before + body[place:]


def _below_plain(parts: Sequence[str], title: str, body: str) -> str:
    width = wrapped_at(body)
    before = "\n\n".join(_wrapped(part, width) if width else part for part in parts)
    first, _, rest = body.lstrip().partition("\n")
    return f"{first}\n\n{before}\n\n{rest}" if title and first.strip() == title else f"{before}\n\n{body}"


def _paragraphs(lead: str) -> list[str]:
    if _ADDRESS.match(lead.strip()):
        return []
    if _MARKED_UP.search(lead):
        return [block.text for block in html.blocks(_PICTURE.sub("", lead))]
    return paragraphs_of(lead)


def _lines(body: str) -> list[str]:
    return [block.text for block in html.blocks(body)] if is_html(body) else body.split("\n")


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _is_in(lead: str, words: str, everything: str) -> bool:
    """Return whether a text has a lead, whose last word may be cut off."""
    if words.count(" ") + 1 < MIN_WORDS:
        return False
    end = "" if lead.rstrip().endswith(_CUT_OFF) else " "
    return f" {words}{end}" in f" {everything} "


def _wrapped(text: str, width: int) -> str:
    """Return a paragraph with line ends where the text below has them, or it would look like another kind."""
    lines = [""]
    for word in text.split():
        if lines[-1] and columns(lines[-1]) + 1 + columns(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)
