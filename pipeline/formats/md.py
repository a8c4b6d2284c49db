"""Markdown (CommonMark with tables) into paragraphs; inline markup becomes its text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.blocks import Block

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title:[ \t]*(.+)$", re.MULTILINE)
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_TAG = re.compile(r"<[^>]*>")
_LIST_DEPTH = {"list_item_open": 1, "list_item_close": -1}
_QUOTE_DEPTH = {"blockquote_open": 1, "blockquote_close": -1}


def blocks(text: str) -> list[Block]:
    """Return the paragraphs of a Markdown text.

    Front matter holds settings, not text: only its title counts, where no heading of the first level does.
    """
    front = _FRONT_MATTER.match(text)
    found = _from_tokens(_PARSER.parse(text[front.end() :] if front else text))
    title = _TITLE.search(front[1]) if front else None
    if title and not any(block.kind == "title" for block in found):
        found.insert(0, Block("title", title[1].strip().strip("\"'")))
    return [block for block in found if block.text]


def _from_tokens(tokens: Sequence[Token]) -> list[Block]:
    found: list[Block] = []
    lists = quotes = 0
    numbers: list[int | None] = []
    opener, marker = "", ""
    for token in tokens:
        lists += _LIST_DEPTH.get(token.type, 0)
        quotes += _QUOTE_DEPTH.get(token.type, 0)
        if token.type in ("ordered_list_open", "bullet_list_open"):
            numbers.append(int(token.attrGet("start") or 1) if token.type[0] == "o" else None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            numbers.pop()
        elif token.type == "list_item_open":
            marker = _marker(numbers, token)
        elif token.type == "inline":
            kind = _kind(opener, lists, quotes, token)
            found += [Block(kind, part) for part in _parts(marker + _inline(token.children or []))]
            marker = ""
        elif token.type in ("fence", "code_block"):
            found.append(Block("paragraph", " ".join(token.content.split())))
        elif token.type == "html_block":
            found += _html(token.content)
        if token.type.endswith("_open"):
            opener = token.type + token.tag
    return found


def _marker(numbers: list[int | None], token: Token) -> str:
    """Return the number of an ordered item, which is part of what a reader sees; a bullet is not."""
    number = numbers[-1]
    if number is None:
        return ""
    numbers[-1] = number + 1
    return f"{token.info or number}{token.markup} "


def _kind(opener: str, lists: int, quotes: int, token: Token) -> str:
    if opener.startswith("heading_open"):
        return "title" if opener.endswith("h1") else "heading"
    if opener.startswith(("th_open", "td_open")):
        return "table-cell"
    if all(child.type == "image" for child in token.children or []):
        return "caption"
    return "quote" if quotes else "list-item" if lists else "paragraph"


def _inline(children: Sequence[Token]) -> str:
    return "".join(_inline_text(child) for child in children)


def _inline_text(token: Token) -> str:
    if token.type == "softbreak":
        return " "
    if token.type == "hardbreak":
        return " "
    if token.type == "image":
        return _inline(token.children or [])
    if token.type == "html_inline":
        return "\n\n" if re.fullmatch(r"<br\s*/?>", token.content) else ""
    return token.content


def _parts(text: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n{4,}", text)]


def _html(content: str) -> list[Block]:
    from pipeline.formats.html import blocks as html_blocks

    return html_blocks(content)
