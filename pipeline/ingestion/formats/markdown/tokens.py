"""From the tokens of Markdown's parser to paragraphs of plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape

from markdown_it.token import Token

from pipeline.datatypes import Block
from pipeline.ingestion.formats.markdown import tags
from pipeline.ingestion.formats.markdown.run import SIGNS, NoteNumber, Run
from pipeline.ingestion.formats.reading import code
from pipeline.languages.scripts import between_lines

Parse = Callable[[str], Sequence[Token]]

MAX_DEPTH = 10  # nested directives; deeper ones are code

_BLANK_LINES = re.compile(r"\n\s*\n")
_TASK = re.compile(r"\[[ xX]\](?=\s)\s*")
_ALERT = re.compile(r"\A\[![A-Za-z][\w -]*(?:\|[^\]\n]*)?\][+-]?[ \t]*")
_DIRECTIVE = re.compile(
    r"\{(?!code|mermaid|math|eval-rst|raw|literalinclude|testcode|doctest|toctree)[a-z][\w:-]*\}"
)
_OPTIONS = re.compile(r"(?:[ \t]*:[\w-]+:[^\n]*\n|---\n(?:[^\n]*\n)*?---\n)*")
_ANY_TAG = re.compile(r"</?[A-Za-z][^<>]*>")

_ENDED_BY = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tr": ("td", "th", "tr"),
    "p": ("p",),
}
"""Open elements that an element ends if it is next."""

_CONTAINERS = {
    "li": ("ul", "ol", "menu"),
    **dict.fromkeys(("dt", "dd"), ("dl",)),
    **dict.fromkeys(("td", "th"), ("tr", "table")),
}
"""Elements at whose end others end that are not closed themselves."""


class Reader:
    """Collects the paragraphs; it knows in which list, quote and element the current token is."""

    def __init__(self, parse: Parse, closed: Callable[[], frozenset[str]]) -> None:
        self.found: list[Block] = []
        self._parse = parse
        self._closed = closed
        self._depth = 0  # of directives of MyST
        self._opener = ""  # type and tag of the last opened block
        self._quotes = 0  # depth of block quotes
        self._numbers: list[int | None] = []  # next number of each open list; None: bullets
        self._marker = ""  # the number of an item that has no text yet
        self._note = NoteNumber()
        self._elements: list[str] = []  # open HTML elements that say of what kind their text is

    def read(self, tokens: Sequence[Token]) -> list[Block]:
        """Return the paragraphs in tokens."""
        for token in tokens:
            if token.type == "inline":
                self._read_inline(token.children or [])
            elif token.nesting:
                self._move(token)
            elif token.type == "fence":
                self._read_fence(token)
            elif token.type == "code_block":
                self._read_code(token)
            elif token.meta:
                self._read_tags(token.meta.get("tags", ()))
                self._add_visible(token.meta.get("texts", ()))
        return self.found

    def _move(self, token: Token) -> None:
        """Update the context for a token that opens or closes a block."""
        match token.type:
            case "ordered_list_open":
                self._numbers.append(int(token.attrGet("start") or 0) if token.attrs else 1)
            case "bullet_list_open" | "definition_open":
                self._numbers.append(None)
            case "ordered_list_close" | "bullet_list_close" | "definition_close":
                self._numbers.pop()
            case "list_item_open":
                self._marker += self._next_number(token)
            case "list_item_close":
                self._marker = ""
            case "blockquote_open" | "blockquote_close":
                self._quotes += token.nesting
        if token.nesting == 1:
            self._opener = token.type + token.tag

    def _next_number(self, token: Token) -> str:
        """Return the number of an ordered item, which is part of its text; "" for a bullet."""
        number = self._numbers[-1]
        if number is None:
            return ""
        self._numbers[-1] = number + 1
        return f"{token.info or number}{token.markup} "

    def _add(self, kind: str, text: str) -> None:
        """Add a text, divided at blank lines; in it, a line end becomes a space."""
        if kind == "code":
            block = code(text)
            if block.text:
                self.found.append(block)
            return
        for part in _BLANK_LINES.split(text):
            line = " ".join(part.split())
            if line:
                self.found.append(Block(kind, self._marker + line))
                self._marker = ""

    def _add_visible(self, texts: Sequence[tuple[str, str]]) -> None:
        for name, text in texts:
            self._add(tags.VISIBLE.get(name, "paragraph"), text)

    def _kind(self) -> str:
        if self._opener.startswith("heading_open"):
            return "title" if self._opener.endswith("h1") else "heading"
        if self._opener.startswith(("th_open", "td_open")):
            return "table-cell"
        if self._elements:
            return tags.KINDS[self._elements[-1]]
        return "quote" if self._quotes else "list-item" if self._numbers else "paragraph"

    def _read_fence(self, token: Token) -> None:
        """Read code, or a directive of MyST, whose content is text."""
        directive = _DIRECTIVE.match(token.info.strip())
        if directive is None or self._depth == MAX_DEPTH:
            self._add("code", token.content)
            return
        self._add("heading", token.info.strip()[directive.end() :])
        options = _OPTIONS.match(token.content)
        self._depth += 1
        self.read(self._parse(token.content[options.end() if options else 0 :]))
        self._depth -= 1

    def _read_code(self, token: Token) -> None:
        text = token.content
        self._add("code", unescape(_without_tags(text)) if token.meta else text)

    def _read_tags(self, found: Sequence[tags.Tag]) -> None:
        for tag in found:
            self._enter(tag)
            self._add_visible(list(tags.visible(tag)))

    def _enter(self, tag: tags.Tag) -> None:
        """Remember an element that says of what kind its text is, and forget it at its end."""
        name = tag.name
        if name not in tags.KINDS and name not in _ENDED_BY:
            if tag.closing and name in ("ul", "ol", "dl", "table"):
                while self._elements and self._elements[-1] in ("li", "dt", "dd", "td", "th"):
                    self._elements.pop()
            return
        if tag.closing:
            if name in self._elements:
                del self._elements[len(self._elements) - 1 - self._elements[::-1].index(name) :]
            return
        while self._elements and self._elements[-1] in _ENDED_BY.get(name, ()):
            self._elements.pop()
        if name in tags.KINDS and self._closed() & {name, *_CONTAINERS.get(name, ())}:
            self._elements.append(name)

    def _read_inline(self, children: Sequence[Token]) -> None:
        """Add the text of a paragraph, divided where the tags in it divide it."""
        if all(child.type == "image" for child in children):
            self._add(
                "caption" if self._kind() in ("paragraph", "quote", "list-item") else self._kind(),
                _plain(children),
            )
            return
        self._drop_mark(children)
        run = Run(children, self._note)
        skip = -1
        unended: set[str] = set()
        for place, child in enumerate(children):
            if place <= skip:
                continue
            match child.type:
                case "text" | "code_inline":
                    run.pieces.append(child.content)
                case "softbreak":
                    if self._elements and self._elements[-1] == "pre":
                        run.pieces.append("\n")
                    else:
                        following = children[place + 1].content if place + 1 < len(children) else ""
                        run.pieces.append(between_lines(run.pieces[-1] if run.pieces else "", following))
                case "hardbreak":
                    run.pieces.append("\n")
                case "image":
                    run.pieces.append(_plain(child.children or []))
                case "tag":
                    tag = child.meta["tag"]
                    if tag.name in tags.RAW and tag.name not in unended:
                        skip = _end_of_raw(children, place)
                        unended.update((tag.name,) if skip == place else ())
                    self._read_tag(tag, run)
                case "template":
                    self._read_template(child.meta["texts"], run)
                case "note_open" | "note_close":
                    run.turn(child.nesting)
                case "break":
                    self._flush(run)
                case "link_open" | "link_close":
                    run.link(str(child.attrGet("href") or ""), child.nesting)
                case _:
                    run.pieces.append(child.content)
        self._flush(run)
        self._add_visible(run.after)

    def _drop_mark(self, children: Sequence[Token]) -> None:
        """Drop the box of a task, and the mark of an alert, whose title becomes a paragraph."""
        first = children[0] if children else None
        if first is None or first.type != "text" or not first.content.startswith("["):
            return
        if self._numbers and (match := _TASK.match(first.content)):
            first.content = first.content[match.end() :]
        elif self._quotes and (match := _ALERT.match(first.content)):
            first.content = first.content[match.end() :]
            after = next((child for child in children if child.type in ("softbreak", "hardbreak")), None)
            if after is not None:
                after.type = "break"

    def _read_tag(self, tag: tags.Tag, run: Run) -> None:
        texts = list(tags.visible(tag))
        if tag.name == "br":
            run.pieces.append("\n")
        elif tag.name in SIGNS:
            run.sign(tag)
        elif tag.is_block:
            self._flush(run)
            self._enter(tag)
            self._add_visible(texts)
        elif tag.name == "img" or tag.empty:
            run.pieces += (f" {text} " for _, text in texts)
        elif run.is_empty:
            self._add_visible(texts)
        else:
            run.after += texts

    def _read_template(self, texts: Sequence[tuple[str, str]], run: Run) -> None:
        for name, text in texts:
            if name == "text":
                run.pieces.append(text)
            else:
                run.after.append((name, text))

    def _flush(self, run: Run) -> None:
        if "\n" in run.pieces and run.links_only():
            run.pieces = ["\n\n" if piece == "\n" else piece for piece in run.pieces]
        self._add(self._kind(), run.ended())


def _plain(children: Sequence[Token]) -> str:
    """Return the text of what a picture shows."""
    return "".join(
        _plain(child.children or [])
        if child.type == "image"
        else " "
        if child.type == "softbreak"
        else child.content
        for child in children
    )


def _end_of_raw(children: Sequence[Token], place: int) -> int:
    """Return where an element without visible text ends, `place` itself if it does not."""
    tag = children[place].meta["tag"]
    if tag.closing or tag.empty:
        return place
    for later in range(place + 1, len(children)):
        other = children[later].meta.get("tag") if children[later].type == "tag" else None
        if other is not None and other.closing and other.name == tag.name:
            return later
    return place


def _without_tags(text: str) -> str:
    """Return source without its tags and comments."""
    parts = []
    end = 0
    while (start := text.find("<!--", end)) >= 0 and (close := text.find("-->", start)) >= 0:
        parts.append(text[end:start])
        end = close + len("-->")
    return _ANY_TAG.sub("", "".join((*parts, text[end:])))
