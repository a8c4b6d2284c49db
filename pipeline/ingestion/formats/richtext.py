"""Rich text as JSON: trees of blocks as the editors of publishing systems store them.

Editors differ in names but not in kind. A node says what it is (`type`, `nodeType`, `_type`, ...), and holds
text, other nodes, or both. So one walker reads them all: ProseMirror and TipTap, Slate, Lexical, Contentful,
Sanity, Editor.js, Draft.js, Quill, Notion, Medium, Prismic, DatoCMS and the blocks of Strapi.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from pipeline.datatypes import Block
from pipeline.ingestion.formats.reading import is_html

Value = Any  # a JSON value

_TYPES = ("type", "nodeType", "_type", "blockType", "__component", "object")
_CHILDREN = (
    "content",
    "children",
    "nodes",
    "blocks",
    "items",
    "cells",
    "rich_text",
    "paragraphs",
    "sections",
)
_TEXTS = {
    **dict.fromkeys(("title", "heading", "header", "subtitle", "headline", "subheading"), "heading"),
    **dict.fromkeys(("text", "plain_text", "html", "body", "content", "value", "message", "markdown"), ""),
    **dict.fromkeys(("caption",), "caption"),
    **dict.fromkeys(("code",), "code"),
    **dict.fromkeys(("quote", "cite"), "quote"),
}
"""The keys under which a node has text of its own, with the kind of block that it makes."""
_PAYLOADS = ("data", "attrs", "fields", "root", "document", "bodyModel", "file", "value", "content", "body")
"""The keys under which a node keeps its parts together."""

_INLINE = re.compile(
    r"(?:text|span|link|a|hyperlink|entryhyperlink|assethyperlink|autolink|mention|emoji|emojiinline|strong|em|b|i"
    r"|u|s|sub|sup|mark|inlinecode|inlineitem|itemlink|hardbreak|linebreak|softbreak|br|equation|reference|footnote"
    r"|textcolor)"
)
_BREAK = re.compile(r"(?:hardbreak|linebreak|softbreak|br)")
_KINDS = {
    "heading": r".*head(?:er|ing)(?:\d|one|two|three|four|five|six)?|h[1-6]|.*title",
    "list-item": r".*(?:listitem|taskitem|checkitem|todo|checklist)|li|list",
    "quote": r".*quote|bq",
    "code": r".*code|.*codeblock|.*preformatted|pre",
    "caption": r".*caption|image|figure|photo|picture|video|embed|iframe",
    "table-cell": r".*table(?:row|cell|header|headercell)?|tr|td|th",
    "paragraph": (
        r".*paragraph|p|block|normal|unstyled|body|text|callout|toggle|lead|warning|doc|document|root|div|section"
    ),
    "none": (
        r"divider|delimiter|horizontalrule|hr|atomic|asset|embedded.*|bulletedlist|numberedlist|columns?|gallery"
        r"|(?:bullet|ordered|unordered)(?:ed)?list|ul|ol"
    ),
}
"""The kinds of block that the names of nodes mean; "none" is what has no text of its own."""
_KIND_PATTERNS = {kind: re.compile(rf"\A(?:{pattern})") for kind, pattern in _KINDS.items()}
_MEDIUM = {
    "1": "paragraph",
    "2": "heading",
    "3": "heading",
    "13": "heading",
    "4": "caption",
    "6": "quote",
    "7": "quote",
    "8": "code",
    "9": "list-item",
    "10": "list-item",
}
_LINES = {"header": "heading", "list": "list-item", "blockquote": "quote", "code-block": "code"}
"""The kinds of line in Quill's attributes."""
_LEAF = frozenset(
    "text bold italic underline strikethrough code marks _key key strong em color".split()  # noqa: SIM905
)
"""What a run of letters may have that does not say what it is."""
_INHERITED = ("list-item", "quote", "code", "caption", "table-cell")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--[^<>]*-->")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_NO_LETTER = re.compile(r"[^a-z0-9]")


def is_rich_text(value: Value) -> bool:
    """Return whether a JSON value is a tree of blocks: a node that says its kind, or a list of such."""
    if isinstance(value, Mapping):
        if "ops" in value:
            return isinstance(value["ops"], list) and any(_is_insert(part) for part in value["ops"])
        if "root" in value and len(value) <= 2:
            return is_rich_text(value["root"])
        parts = next((value[key] for key in _CHILDREN if isinstance(value.get(key), list)), None)
        if parts is not None and ("entityMap" in value or {"version", "blocks"} <= value.keys()):
            return True
        document = value.get("document")
        if isinstance(document, Mapping):
            return is_rich_text(document)
        return parts is not None and bool(_kind_of(value)) and "title" not in value
    if not isinstance(value, list):
        return False
    nodes = [part for part in value if isinstance(part, Mapping)]
    return bool(nodes) and sum(map(_is_block, nodes)) > len(value) / 2


def blocks_of(value: Value) -> tuple[Block, ...]:
    """Return the blocks of rich text, or of a list of sections, in reading order."""
    found = _of_sections(value) if isinstance(value, list) else _blocks(value, "paragraph")
    stripped = (Block(block.kind, block.text.strip()) for block in found)
    return tuple(block for block in stripped if block.text)


def _of_sections(parts: list[Value]) -> Iterator[Block]:
    """Yield the blocks of a list that is no line: what has a text and no name is a paragraph of its own."""
    line: list[Value] = []
    for part in parts:
        if isinstance(part, Mapping) and not _name(part) and "plain_text" not in part:
            yield from _of_list(line, "paragraph")
            line = []
            yield from _of_parts(part, "paragraph")
        else:
            line.append(part)
    yield from _of_list(line, "paragraph")


def _is_insert(part: Value) -> bool:
    return isinstance(part, Mapping) and "insert" in part


def _is_block(node: Mapping[str, Value]) -> bool:
    """Return whether an object of a list is a block and no article."""
    if "title" in node or "headline" in node:
        return False
    return bool(_kind_of(node)) or _name(node) in _MEDIUM or "__component" in node


def _name(node: Mapping[str, Value]) -> str:
    """Return what a node says that it is, in small letters; the style of a block says more than its type."""
    style = node.get("style")
    if isinstance(node.get("listItem"), str):
        return "listitem"
    if isinstance(style, str) and node.get("_type") == "block":
        return _plain(style)
    name = next((node[key] for key in _TYPES if isinstance(node.get(key), str) and node[key] != "block"), "")
    return _plain(name or ("block" if "block" in map(node.get, _TYPES) else ""))


def _plain(name: str) -> str:
    return _NO_LETTER.sub("", name.rpartition(".")[2].lower())


def _kind_of(node: Mapping[str, Value]) -> str:
    """Return the kind of block that a node is, "none" if it has no text of its own, "" if it is no node."""
    name = _name(node)
    if name in _MEDIUM and isinstance(node.get("text"), str):
        return _MEDIUM[name]
    if not name:
        return ""
    return next((kind for kind, pattern in _KIND_PATTERNS.items() if pattern.fullmatch(name)), "")


def _blocks(value: Value, kind: str) -> Iterator[Block]:
    if isinstance(value, str):
        yield from _of_text(value, kind)
    elif isinstance(value, list):
        yield from _of_list(value, kind)
    elif isinstance(value, Mapping):
        if isinstance(value.get("ops"), list):
            yield from _of_delta(value["ops"])
        else:
            yield from _of_node(value, kind)


def _of_list(parts: list[Value], kind: str) -> Iterator[Block]:
    """Yield the blocks of a list: runs of inline nodes are one, each other part has its own."""
    line: list[str] = []
    for part in parts:
        if _is_inline(part):
            line.append(_inline(part))
            continue
        if line:
            yield Block(kind, "".join(line))
            line = []
        yield from _blocks(part, kind)
    if line:
        yield Block(kind, "".join(line))


def _of_node(node: Mapping[str, Value], inherited: str) -> Iterator[Block]:
    own = _kind_of(node)
    kind = own if own not in ("", "none") else inherited
    if kind == "paragraph" and inherited in _INHERITED:
        kind = inherited
    if _is_inline(node):
        yield Block(kind, _inline(node))
        return
    said = node.get("type")
    payload = node.get(said) if isinstance(said, str) else None  # as in {"type": "quote", "quote": {...}}
    if isinstance(payload, Mapping):
        yield from _of_parts(payload, kind)
    else:
        said = None
    yield from _of_parts({key: part for key, part in node.items() if key != said}, kind)


def _of_parts(node: Mapping[str, Value], kind: str) -> Iterator[Block]:
    """Yield the blocks of a node's texts, of the nodes in it and of what keeps its parts, in their order."""
    leaf = not any(isinstance(node.get(key), list) for key in _CHILDREN)
    for key, part in node.items():
        if key == "value" and not leaf:
            continue  # the number of a list item
        if key in _CHILDREN and isinstance(part, list):
            yield from _of_list(part, kind)
        elif key in _TEXTS and isinstance(part, str | list):
            own = _TEXTS[key] or kind
            if isinstance(part, str):
                yield from _of_text(part, own)
            else:
                yield from _of_list(part, own)
        elif key in _PAYLOADS and isinstance(part, Mapping):
            yield from _of_node(part, kind) if _kind_of(part) else _of_parts(part, kind)


def _is_inline(part: Value) -> bool:
    """Return whether a part of a line is text, or a link and the like around text."""
    if not isinstance(part, Mapping):
        return False
    if isinstance(part.get("plain_text"), str):
        return True
    name = _name(part)
    if name:
        return _INLINE.fullmatch(name) is not None and _has_no_block(part)
    return isinstance(part.get("text"), str) and set(part) <= _LEAF


def _children(part: Mapping[str, Value]) -> list[Value]:
    return next((part[key] for key in _CHILDREN if isinstance(part.get(key), list)), [])


def _has_no_block(part: Mapping[str, Value]) -> bool:
    children = _children(part)
    data = part.get("data")
    return all(map(_is_inline, children)) and not (isinstance(data, Mapping) and "text" in data)


def _inline(part: Value) -> str:
    """Return the text of an inline node; a break in a line is a space."""
    if not isinstance(part, Mapping):
        return ""
    if isinstance(part.get("plain_text"), str):
        return str(part["plain_text"])
    if _BREAK.fullmatch(_name(part)):
        return "\n"
    for key in ("text", "value"):
        if isinstance(part.get(key), str):
            return str(part[key])
    children = _children(part)
    return "".join(map(_inline, children))


def _of_text(text: str, kind: str) -> Iterator[Block]:
    """Yield the paragraphs of a string, which may be HTML or have its tags for parts of a line."""
    if kind == "code":
        yield Block(kind, text)
    elif is_html(text):
        from pipeline.ingestion.formats.html import blocks

        for block in blocks(text):
            yield block if block.kind != "paragraph" else Block(kind, block.text)
    else:
        plain = unescape(_TAG.sub("", text)) if _TAG.search(text) or "&" in text else text
        yield from (Block(kind, part) for part in _BLANK_LINE.split(plain))


def _of_delta(parts: list[Value]) -> Iterator[Block]:
    """Yield the lines of Quill's inserts; the line end says what kind of line it was."""
    line = ""
    for part in parts:
        text = part.get("insert") if isinstance(part, Mapping) else None
        if not isinstance(text, str):
            continue
        attributes = part.get("attributes") or {}
        kind = next(
            (kind for key, kind in _LINES.items() if isinstance(attributes, Mapping) and attributes.get(key)),
            "paragraph",
        )
        *ended, rest = text.split("\n")
        for piece in ended:
            yield Block(kind, line + piece)
            line = ""
        line += rest
    yield Block("paragraph", line)
