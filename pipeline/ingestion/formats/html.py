"""Splits HTML into paragraphs, using lexbor's HTML5 parser (selectolax)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser

from pipeline.datatypes import Block, Metadata
from pipeline.ingestion.formats import html_metadata
from pipeline.ingestion.formats.html_regions import is_contents, mark
from pipeline.ingestion.formats.html_reserves import article_of, shows_no_prose
from pipeline.ingestion.formats.html_source import prepared
from pipeline.ingestion.formats.html_styles import StyleSheet
from pipeline.ingestion.formats.html_walk import Walk
from pipeline.ingestion.formats.markdown.front_matter import Front, split
from pipeline.ingestion.formats.shortcodes import has_shortcodes, in_blocks

HEAD = 5_000  # characters in which a whole page shows that it is one
_HEADED = re.compile(r"\ufeff?---[ \t]*\r?\n")
_DOCUMENT = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)


def blocks(text: str) -> list[Block]:
    """Return the paragraphs of an HTML page, with its `title` element if there is no `h1`."""
    return page(text)[0]


def page(text: str, title_counts: bool = True) -> tuple[list[Block], Metadata]:
    """Return the paragraphs of an HTML page and the metadata in its head.

    Menus, forms and the like have the kind "boilerplate". If a whole page shows no article, the one that it
    holds for a script or a search engine counts.
    """
    if _HEADED.match(text) and (front := split(text)).body != text:
        found, metadata = page(front.body, title_counts)
        return _below(front, found), Metadata(
            *(own or other for own, other in zip(front.metadata, metadata, strict=True))
        )
    tree = LexborHTMLParser(prepared(text))
    metadata = html_metadata.metadata(tree)
    if tree.root is None:
        return [], metadata
    walk = _walk(tree, text)
    shown = walk.read(tree.root)
    found = mark(shown.runs, shown.regions)
    if shows_no_prose(found) and _DOCUMENT.search(text, 0, HEAD):
        found, metadata = article_of(tree, walk, shown, found, metadata, blocks)
    if all(block.kind == "boilerplate" for block in found):
        found = [run.block for run in shown.runs]
    if has_shortcodes(text):
        found = in_blocks(found)
    if title_counts and metadata.title and found and not any(block.kind == "title" for block in found):
        title = html_metadata.title(tree) or metadata.title
        found = [Block("title", title), *found]
    return found, metadata


def unpublished(text: str) -> str:
    """Return why the front matter of a site builder says that a page is not published; "" if it does not."""
    return split(text).unpublished if _HEADED.match(text) else ""


def _below(front: Front, found: list[Block]) -> list[Block]:
    """Return the paragraphs of a page below the title and the texts of its front matter."""
    own = {block.text for block in found}
    said = [Block("paragraph", text) for text in front.texts if text not in own]
    if front.metadata.title and not any(block.kind == "title" for block in found):
        return [Block("title", front.metadata.title), *said, *found]
    return [*found[:1], *said, *found[1:]] if found and found[0].kind == "title" else [*said, *found]


def chapter(text: str) -> list[Block]:
    """Return the paragraphs of a page of a book; a list of links to the others is boilerplate."""
    tree = LexborHTMLParser(prepared(text))
    if tree.root is None:
        return []
    shown = _walk(tree, text).read(tree.root)
    found = mark(shown.runs, shown.regions)
    return as_boilerplate(found) if is_contents(shown.runs) else found


def as_boilerplate(found: Iterable[Block]) -> list[Block]:
    """Return paragraphs as boilerplate."""
    return [block._replace(kind="boilerplate") for block in found]


def _walk(tree: LexborHTMLParser, text: str) -> Walk:
    styles = tree.css("style") if "<style" in text.lower() else []
    return Walk(tree, StyleSheet(node.text(deep=True) for node in styles))
