"""Splits Markdown (CommonMark, and what site builders add to it) into paragraphs of plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.datatypes import Block, Metadata
from pipeline.ingestion.formats.markdown import blocks as md_blocks
from pipeline.ingestion.formats.markdown import inline as md_inline
from pipeline.ingestion.formats.markdown.front_matter import split
from pipeline.ingestion.formats.markdown.markup import closed
from pipeline.ingestion.formats.markdown.table import whole_table
from pipeline.ingestion.formats.markdown.tokens import Reader

MAX_UNCLOSED = 500  # unclosed links, CDATA sections and comments

_CONTENTS = re.compile(r"^(?:[*+-]|\d\.)[ \t][^\n]*\n\{:[ \t]*toc\b[^{}\n]*\}[ \t]*$", re.MULTILINE)
"""A list of one item that kramdown replaces by the table of contents."""

_CHAINS = ["paragraph", "reference", "blockquote", "list"]
"""The rules of blocks that a mark at the beginning of a line ends."""


def blocks(text: str) -> list[Block]:
    """Return the paragraphs of a Markdown text."""
    return page(text)[0]


def unpublished(text: str) -> str:
    """Return why the front matter says that the text is not published; "" if it does not."""
    return split(text).unpublished


def page(text: str, jsx: bool = False) -> tuple[list[Block], Metadata]:
    """Return the paragraphs of a Markdown text and the metadata in its front matter.

    What the front matter says about the text for readers (a description, an excerpt) becomes a paragraph, and
    so does the title if there is no first-level heading. `jsx` reads expressions and imports as MDX does.
    """
    front = split(text)
    found = _read(_bounded(_CONTENTS.sub("", front.body)), jsx)
    title = " ".join(_lines(front.metadata.title, jsx))
    if title and not any(block.kind == "title" for block in found):
        found.insert(0, Block("title", title))
    own = {block.text for block in found}
    said = [Block("paragraph", line) for part in front.texts for line in _lines(part, jsx) if line not in own]
    place = 1 if found and found[0].kind == "title" else 0
    return [*found[:place], *said, *found[place:]], front.metadata._replace(title=title)


def _lines(text: str, jsx: bool) -> list[str]:
    """Return the paragraphs of a text in the front matter, which may have marks."""
    if text.replace(" ", "").isalnum():
        return [text]
    return [block.text for block in _read(_bounded(text), jsx)]


def _read(text: str, jsx: bool) -> list[Block]:
    parser = _parser(jsx)
    env: dict[str, object] = {"text": text, "jsx": jsx}

    def parse(part: str) -> Sequence[Token]:
        """Parse a part of the text that another language encloses."""
        return parser.parse(part, {**env, "text": part, "references": env.get("references", {})})

    return Reader(parse, lambda: closed(env)).read(parser.parse(text, env))


def _bounded(text: str) -> str:
    """Defuse the openings of links, CDATA sections and comments if too many are unclosed.

    The parser scans the rest of the text for the end of each one, which takes quadratic time.
    """
    for begin, end in (("<![CDATA[", "]]>"), ("<!--", "-->"), ("<?", "?>")):
        if text.count(begin) > MAX_UNCLOSED:
            last = text.rfind(end) + 1
            text = text[:last] + text[last:].replace(begin, f"{begin[0]} {begin[1:]}")
    if text.count("[") - text.count("]") > MAX_UNCLOSED:
        text = text.replace("[", r"\[")
    return text


class _Parser(MarkdownIt):
    """CommonMark's parser without the work on addresses, which nobody reads."""

    def normalizeLink(self, url: str) -> str:
        """Return an address as it is."""
        return url

    def validateLink(self, url: str) -> bool:
        """Take every address for one: the text of a link is text wherever the link leads."""
        return True


@cache
def _parser(jsx: bool) -> MarkdownIt:
    parser = _Parser("commonmark", {"maxNesting": md_blocks.MAX_NESTING}).enable(["table", "strikethrough"])
    parser.block.ruler.at("table", whole_table, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.before("table", "marks", md_blocks.line_marks, {"alt": _CHAINS})
    parser.block.ruler.disable(["html_block", *(["code"] if jsx else [])])
    parser.inline.ruler.after("text", "marks", md_inline.marks)
    parser.inline.ruler.at("html_inline", md_inline.markup)
    return parser
