"""Splits Markdown (CommonMark with tables) into paragraphs of plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from pipeline.datatypes import Block, Metadata

MAX_NESTING = 100  # levels, two for a list and one for a quote; the recursive parser drops deeper content
DEEP = MAX_NESTING - 5  # level from which quotes and lists become plain paragraphs, so nothing is dropped

MAX_UNCLOSED = 500  # unclosed links, CDATA sections and comments

_LINE_END = r"(?:\r\n?|\n)"
_SETTING = rf"\w[\w-]*:(?:[ \t][^\r\n]*)?{_LINE_END}"
_FRONT_MATTER = re.compile(
    rf"\A\ufeff?---[ \t]*{_LINE_END}"
    rf"({_SETTING}(?:{_SETTING}|(?:[ \t]+[^\s]|-[ \t]|#)[^\r\n]*{_LINE_END})*)"
    rf"(?:---|\.\.\.)[ \t]*(?:{_LINE_END}|\Z)"
)
"""Settings that start on the first line and have no blank lines; other text between rules is content."""
_FRONT_SETTING = re.compile(r"^(\w[\w-]*):[ \t]*([^\r\n]+)", re.MULTILINE)
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_DEEP_MARKERS = re.compile(r"^(?:[ \t]*(?:>|[-*+](?=\s)))+[ \t]*", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n\s*\n")


def blocks(text: str) -> list[Block]:
    """Return the paragraphs of a Markdown text."""
    return page(text)[0]


def page(text: str) -> tuple[list[Block], Metadata]:
    """Return the paragraphs of a Markdown text and the metadata in its front matter.

    The title in the front matter becomes a paragraph if there is no first-level heading.
    """
    front = _FRONT_MATTER.match(text)
    tokens = _PARSER.parse(_bounded(text[front.end() :] if front else text))
    found = [block for block in _from_tokens(tokens) if block.text]
    metadata = _metadata(front[1]) if front else Metadata()
    if metadata.title and not any(block.kind == "title" for block in found):
        found.insert(0, Block("title", metadata.title))
    return found, metadata


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


def _metadata(front: str) -> Metadata:
    said = {key.lower(): value.strip().strip("\"'") for key, value in _FRONT_SETTING.findall(front)}
    return Metadata(
        title=said.get("title", ""),
        author=said.get("author", ""),
        date=said.get("date", ""),
        url=said.get("url") or said.get("canonical_url") or said.get("permalink", ""),
        id=said.get("id", ""),
        language=said.get("lang") or said.get("language", ""),
    )


def _deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse content nested too deeply as plain paragraphs; the first rule of the parser."""
    if state.level < DEEP or silent:
        return False
    text = _DEEP_MARKERS.sub("", state.getLines(start, end, state.blkIndent, False))
    for paragraph in filter(str.strip, _BLANK_LINES.split(text)):
        state.push("paragraph_open", "p", 1)
        token = state.push("inline", "", 0)
        token.content, token.children = paragraph.strip(), []
        state.push("paragraph_close", "p", -1)
    state.line = end
    return True


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    parser.block.ruler.before("table", "deep", _deep)
    return parser


_PARSER = _parser()


@dataclass
class _Place:
    """The context of a token."""

    opener: str = ""  # type and tag of the last opened element
    quotes: int = 0  # depth of block quotes
    numbers: list[int | None] = field(default_factory=list)  # next number of each open list; None: bullets
    marker: str = ""  # the number of an item that has no text yet

    def move(self, token: Token) -> None:
        """Update the context for a token that opens or closes an element."""
        match token.type:
            case "ordered_list_open":
                self.numbers.append(int(token.attrGet("start") or 0) if token.attrs else 1)
            case "bullet_list_open":
                self.numbers.append(None)
            case "ordered_list_close" | "bullet_list_close":
                self.numbers.pop()
            case "list_item_open":
                self.marker += self._next_number(token)
            case "list_item_close":
                self.marker = ""
            case "blockquote_open" | "blockquote_close":
                self.quotes += token.nesting
        if token.nesting == 1:
            self.opener = token.type + token.tag

    def _next_number(self, token: Token) -> str:
        """Return the number of an ordered item, which is part of its text; "" for a bullet."""
        number = self.numbers[-1]
        if number is None:
            return ""
        self.numbers[-1] = number + 1
        return f"{token.info or number}{token.markup} "


def _from_tokens(tokens: Sequence[Token]) -> list[Block]:
    found: list[Block] = []
    place = _Place()
    for token in tokens:
        place.move(token)
        texts = [block for block in _blocks(token, place) if block.text]
        if texts and place.marker:
            texts[0] = texts[0]._replace(text=place.marker + texts[0].text)
            place.marker = ""
        found += texts
    return found


def _blocks(token: Token, place: _Place) -> list[Block]:
    """Return the paragraphs in a token; most have none."""
    if token.type == "inline":
        kind = _kind(token, place)
        return [Block(kind, part) for part in _parts(_inline(token.children or []))]
    if token.type in ("fence", "code_block"):
        return [Block("code", token.content.rstrip())]
    if token.type == "html_block":
        from pipeline.ingestion.formats.html import blocks as html_blocks

        return html_blocks(token.content)
    return []


def _kind(token: Token, place: _Place) -> str:
    if place.opener.startswith("heading_open"):
        return "title" if place.opener.endswith("h1") else "heading"
    if place.opener.startswith(("th_open", "td_open")):
        return "table-cell"
    if all(child.type == "image" for child in token.children or []):
        return "caption"
    return "quote" if place.quotes else "list-item" if place.numbers else "paragraph"


def _inline(children: Sequence[Token]) -> str:
    return "".join(_inline_text(child) for child in children)


def _inline_text(token: Token) -> str:
    match token.type:
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "image":
            return _inline(token.children or [])
        case "html_inline":
            return _break_at(token.content)
    return token.content


def _break_at(markup: str) -> str:
    """Return the line ends that an inline HTML tag produces; "" for a tag such as `<b>`."""
    tag = _TAG.match(markup)
    if tag is None:
        return ""
    from pipeline.ingestion.formats.html import break_at

    return break_at(tag[1].lower())


def _parts(text: str) -> list[str]:
    """Split at blank lines, which result from two `br` or a `p`; a single `br` becomes a space."""
    return [" ".join(part.split()) for part in _BLANK_LINES.split(text)]
