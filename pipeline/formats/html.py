"""HTML into paragraphs, through the HTML5 parser of lexbor (selectolax)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.blocks import Block


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_DROPPED = frozenset(
    _names(
        """
        script style template noscript svg math canvas iframe object embed audio video map head select
        datalist input button textarea nav dialog link meta
        """
    )
)
"""Elements whose text a reader of the article does not see, or that are there to get around in the site."""

_CONTAINERS = _names(
    """
    p div section article main header footer aside address body html form fieldset figure details ul ol dl
    menu table thead tbody tfoot tr colgroup hr center hgroup search option optgroup
    """
)
_PREFORMATTED = frozenset(_names("pre listing xmp plaintext"))
"""Elements whose text keeps its line ends, so that blank lines part paragraphs in it."""
_BLOCKS = {
    **dict.fromkeys(_names("h1 h2 h3 h4 h5 h6 legend summary"), "heading"),
    **dict.fromkeys(_names("li dt dd"), "list-item"),
    **dict.fromkeys(_names("td th"), "table-cell"),
    **dict.fromkeys(_names("caption figcaption"), "caption"),
    "blockquote": "quote",
    **dict.fromkeys((*_CONTAINERS, *_PREFORMATTED), ""),
}
"""Elements that begin and end a paragraph, and the kind of the text inside; "" keeps the outer kind."""

_UNNESTED = frozenset(
    _names(
        """
        p li dt dd td th tr tbody thead tfoot colgroup col caption option optgroup a rp rt br hr img wbr area
        base source track param html body title h1 h2 h3 h4 h5 h6
        """
    )
)
"""Elements that end by themselves where the next one begins, or hold nothing."""
MAX_DEPTH = 1_000  # elements in each other, browsers allow 512; the parser's time grows with the square
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)([^<>]*+(?<=/)>)?")
_BREAK = "\n"
_SPACE = re.compile(r"[ \t\n\r\f]+")
_BLANK_LINE = re.compile(r"\n[ \t\r\f]*\n")


def blocks(text: str) -> list[Block]:
    """Return the paragraphs of an HTML page; its `title` element counts if the page has no `h1`."""
    tree = LexborHTMLParser(_shallow(text))
    found = [Block(kind, line) for kind, raw in _texts(tree.root) for line in _split(raw)]
    title = _title(tree)
    if title and not any(block.kind == "title" for block in found):
        found.insert(0, Block("title", title))
    return found


def _shallow(text: str) -> str:
    """Rename the tags of what is nested too deeply, so that it stands side by side.

    A `p` ends the one before; `wbr`, for what is no block, holds nothing.
    """
    if text.count("<") <= MAX_DEPTH:
        return text
    kept: Counter[str] = Counter()
    renamed: Counter[str] = Counter()
    depth = 0

    def limit(match: re.Match[str]) -> str:
        nonlocal depth
        slash, name = match[1], match[2].lower()
        if name in _UNNESTED or name in _DROPPED or (match[3] and name not in _BLOCKS):
            return match[0]
        if not slash and depth < MAX_DEPTH:
            kept[name] += 1
            depth += 1
        elif not slash or renamed[name]:
            renamed[name] += -1 if slash else 1
            return f"<{slash}{'p' if name in _BLOCKS else 'wbr'}{match[3] or ''}"
        elif kept[name]:
            kept[name] -= 1
            depth -= 1
        return match[0]

    return _TAG.sub(limit, text)


def break_at(tag: str) -> str:
    """Return the line ends that the begin or end of an element puts into the text around it."""
    return _BREAK if tag == "br" else 2 * _BREAK if tag in _BLOCKS else ""


def _texts(root: LexborNode | None) -> Iterator[tuple[str, str]]:
    """Yield kind and text of every run of inline content."""
    pieces: list[str] = []
    kinds = ["paragraph"]
    preformatted = 0
    for node, entering in _walk(root):
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            pieces.append(text if preformatted else _SPACE.sub(" ", text))
        elif tag == "br":
            pieces.append(_BREAK if entering else "")
        elif tag == "img" and entering:
            pieces.append(_alternative(node))
        elif tag in _BLOCKS:
            if pieces:
                yield kinds[-1], "".join(pieces)
                pieces = []
            if tag in _PREFORMATTED:
                preformatted += 1 if entering else -1
            if entering:
                kinds.append(_kind_inside(tag, kinds[-1]))
            else:
                kinds.pop()
    if pieces:
        yield kinds[-1], "".join(pieces)


def _walk(root: LexborNode | None) -> Iterator[tuple[LexborNode, bool]]:
    """Yield every node twice, on entering (True) and on leaving it, without what `_DROPPED` holds.

    There is no recursion, because pages nest deeply.
    """
    stack = [(root, True)] if root is not None else []
    while stack:
        node, entering = stack.pop()
        if entering and (node.tag in _DROPPED or _is_hidden(node)):
            continue
        yield node, entering
        if not entering or node.tag == "-text":
            continue
        stack.append((node, False))
        child = node.last_child
        while child is not None:
            stack.append((child, True))
            child = child.prev


def _is_hidden(node: LexborNode) -> bool:
    if node.tag == "-text" or not node.attributes:
        return False
    return "hidden" in node.attributes or node.attributes.get("aria-hidden") == "true"


def _kind_inside(tag: str, outside: str) -> str:
    if tag == "h1":
        return "title"
    return _BLOCKS[tag] or ("paragraph" if outside in ("title", "heading") else outside)


def _alternative(node: LexborNode) -> str:
    return f" {node.attributes['alt']} " if node.attributes.get("alt") else ""


def _split(text: str) -> list[str]:
    """Cut at blank lines, which pages without `p` make of two `br`; a single `br` is a space."""
    lines = (_SPACE.sub(" ", part).strip() for part in _BLANK_LINE.split(text))
    return [line for line in lines if line]


def _title(tree: LexborHTMLParser) -> str:
    node = tree.css_first("head title")
    return _SPACE.sub(" ", node.text()).strip() if node is not None else ""
