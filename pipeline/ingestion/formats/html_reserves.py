"""Finds the article of a page that shows none: in hidden boxes, in JSON-LD, in `noscript` or `template`.

Many pages are put together by a script when they open, and hold their article in a part that the script will
show. What an author hides on a page that shows an article stays hidden: a part counts only if nothing else is
left to read, and only if it is built like an article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.datatypes import Block, Metadata
from pipeline.ingestion.formats import items
from pipeline.ingestion.formats.html_metadata import Declared, data_of, declared_article
from pipeline.ingestion.formats.html_regions import PROSE, is_prose, mark, may_be_boilerplate
from pipeline.ingestion.formats.html_walk import Page, Walk
from pipeline.ingestion.formats.reading import Reading, Unusable, is_html
from pipeline.languages.marks import ends_sentence

MAX_LEVELS = 3  # hidden boxes inside one another
SHELL = 300  # least characters of text, even if no prose, that a page has besides a declared article
LABEL = 30  # characters of a line such as "Loading, please wait"
_OWN = ("boilerplate", "title", "heading")
_NEEDS_SCRIPT = re.compile(r"java\s?script|자바\s?스크립트|ジャバスクリプト", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n[ \t\r\f]*\n")


def shows_no_prose(found: Sequence[Block]) -> bool:
    """Return whether a page shows no running text of its own."""
    return not any(block.kind not in _OWN and is_prose(block.text) for block in found)


def _size(found: Sequence[Block]) -> int:
    """Return the characters of a page's own text, without headings."""
    return sum(len(block.text) for block in found if block.kind not in _OWN)


def article_of(
    tree: LexborHTMLParser,
    walk: Walk,
    shown: Page,
    found: list[Block],
    metadata: Metadata,
    read: Callable[[str], list[Block]],
) -> tuple[list[Block], Metadata]:
    """Return the article that a page holds without showing it, behind what it shows; else what it shows.

    `read` returns the paragraphs of HTML.
    """
    size = _size(found)
    if size >= SHELL:
        return found, metadata
    hidden = _hidden_article(walk, shown.hidden, found, MAX_LEVELS) if size < PROSE else []
    if hidden:
        return _behind(found, hidden), metadata
    declared = declared_article(tree)
    if declared is not None and len(declared.body) > size:
        merged = Metadata(*(own or said for own, said in zip(declared.metadata, metadata, strict=True)))
        return _behind(found, _declared_blocks(declared, read)), merged
    spare = _spare_article(walk, shown.spare) if size < PROSE else []
    if spare:
        return _behind(found, spare), metadata
    data = _article_in_data(tree, read) if size < PROSE else []
    return (_behind(found, data), metadata) if data else (found, metadata)


def _article_in_data(tree: LexborHTMLParser, read: Callable[[str], list[Block]]) -> list[Block]:
    """Return the one article in the data that a page keeps for its script; [] if there are more, or none."""
    for source in data_of(tree):
        try:
            found = [item for item in items("json", source.encode(), Reading()) if not item.reason]
        except (Unusable, RecursionError):
            continue
        if len(found) == 1:
            [item] = found
            if item.format == "blocks":
                return list(item.blocks)
            if item.format == "html":
                return read(item.text)
            return _declared_blocks(Declared(item.text, Metadata()), read)
    return []


def _behind(shown: Sequence[Block], article: list[Block]) -> list[Block]:
    """Return an article behind what the page shows, which is boilerplate then, except a title."""
    titled = any(block.kind == "title" for block in article)
    texts = {block.text for block in article}
    before = [
        block if block.kind == "title" and not titled else block._replace(kind="boilerplate")
        for block in shown
        if block.text not in texts
    ]
    return [*before, *article]


def _hidden_article(
    walk: Walk, boxes: Sequence[LexborNode], shown: Sequence[Block], levels: int
) -> list[Block]:
    """Return the text of the hidden boxes that hold an article; [] if none does."""
    built: list[Block] = []
    longest: list[Block] = []
    bare = _is_bare(shown)
    for box in boxes:
        attributes = box.attributes or {}
        if may_be_boilerplate(box.tag or "", attributes, in_article=True) in ("element", "form", "page"):
            continue
        inside = walk.read(box, inside=True)
        found = mark(inside.runs, inside.regions)
        if shows_no_prose(found) and levels > 1:
            found = _hidden_article(walk, inside.hidden, [*shown, *found], levels - 1) or found
        prose = _prose(found)
        if not prose:
            continue
        if _is_built_like_an_article(box):
            built += found
        elif (
            bare and len(_prose(found)) > 1 and sum(map(len, _prose(found))) > sum(map(len, _prose(longest)))
        ):
            longest = found
    return built or longest


def _is_bare(shown: Sequence[Block]) -> bool:
    """Return whether a page shows no more than a label, which is no sentence."""
    own = [block.text for block in shown if block.kind not in _OWN]
    return len(own) <= 1 and all(len(text) <= LABEL and not _is_sentence(text) for text in own)


def _is_sentence(text: str) -> bool:
    return ends_sentence(text) and not text.endswith(("…", "..."))


def _is_built_like_an_article(box: LexborNode) -> bool:
    if box.tag in ("article", "main", "body", "html"):
        return True
    return any(box.css_first(name) is not None for name in ("article", "main", "h1"))


def _prose(found: Sequence[Block]) -> list[str]:
    return [block.text for block in found if block.kind not in _OWN and is_prose(block.text)]


def _declared_blocks(declared: Declared, read: Callable[[str], list[Block]]) -> list[Block]:
    title = declared.metadata.title
    head = [Block("title", unescape(title))] if title else []
    if is_html(declared.body):
        return [*head, *read(declared.body)]
    text = unescape(declared.body).replace("\r\n", "\n").strip()
    parts = _BLANK_LINES.split(text) if _BLANK_LINES.search(text) else text.split("\n")
    return [*head, *(Block("paragraph", " ".join(part.split())) for part in parts if part.strip())]


def _inside(template: LexborNode) -> str:
    """Return the source in a template, which is no part of the tree."""
    source = template.html or ""
    return source[source.find(">") + 1 : source.rfind("<")]


def _spare_article(walk: Walk, spare: Sequence[LexborNode]) -> list[Block]:
    """Return the text of the `noscript` and `template` parts, unless they only ask for a script."""
    found: list[Block] = []
    for node in spare:
        tree = LexborHTMLParser(_inside(node)) if node.tag == "template" else None
        root = tree.root if tree is not None else node
        if root is not None:
            inside = walk.read(root, inside=True)
            found += mark(inside.runs, inside.regions)
    own = [block for block in found if not _NEEDS_SCRIPT.search(block.text)]
    return own if _prose(own) else []
