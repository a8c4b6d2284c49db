"""Splits HTML into paragraphs, using lexbor's HTML5 parser (selectolax)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.datatypes import Block, Metadata
from pipeline.ingestion.formats.html_regions import Region, Run, mark, may_be_boilerplate
from pipeline.ingestion.formats.reading import paragraphs_of


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_DROPPED = frozenset(
    _names(
        """
        script style template noscript svg math canvas iframe object embed audio video map head select
        datalist input textarea link meta
        """
    )
)
"""Elements whose text is not visible on the page."""

_CONTAINERS = _names(
    """
    p div section article main header footer aside address body html form fieldset figure details ul ol dl
    nav dialog button menu table thead tbody tfoot tr colgroup hr center hgroup search option optgroup
    """
)
_PREFORMATTED = frozenset(_names("pre listing xmp plaintext"))
"""Elements whose text keeps its line ends, so blank lines separate paragraphs."""
_BLOCKS = {
    **dict.fromkeys(_names("h1 h2 h3 h4 h5 h6 legend summary"), "heading"),
    **dict.fromkeys(_names("li dt dd"), "list-item"),
    **dict.fromkeys(_names("td th"), "table-cell"),
    **dict.fromkeys(_names("caption figcaption"), "caption"),
    "blockquote": "quote",
    **dict.fromkeys((*_CONTAINERS, *_PREFORMATTED), ""),
}
"""Block elements and the kind of the text inside; "" inherits the outer kind."""

_UNNESTED = frozenset(
    _names(
        """
        p li dt dd td th tr tbody thead tfoot colgroup col caption option optgroup a rp rt br hr img wbr area
        base source track param html body title h1 h2 h3 h4 h5 h6
        """
    )
)
"""Elements that are void or that close implicitly, so they do not add depth."""
MAX_DEPTH = 1_000  # nested elements; browsers allow 512, and the parser's time grows quadratically
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)([^<>]*(?<=/)>)?")
_NOTE_ROLES = ("doc-backlink", "doc-noteref")
_NOTE_CLASSES = ("footnote-back", "footnote-backref", "footnote-ref", "reference", "mw-editsection")
"""Classes of the links to footnotes and back."""
_BREAK = "\n"
_SPACE = re.compile(r"[ \t\n\r\f]+")


def blocks(text: str) -> list[Block]:
    """Return the paragraphs of an HTML page, with its `title` element if there is no `h1`."""
    return page(text)[0]


def page(text: str, title_counts: bool = True) -> tuple[list[Block], Metadata]:
    """Return the paragraphs of an HTML page and the metadata in its head.

    Menus, forms and the like have the kind "boilerplate".
    """
    tree = LexborHTMLParser(_shallow(text))
    found = _blocks(tree.root)
    metadata = _metadata(tree)
    if title_counts and metadata.title and found and not any(block.kind == "title" for block in found):
        title = _title(tree)
        found = [Block("title", title), *found] if title else found
    return found, metadata


def _blocks(root: LexborNode | None) -> list[Block]:
    regions: list[Region] = []
    runs = []
    for kind, raw, linked, region in _texts(root, regions):
        parts = paragraphs_of(raw)
        share = linked / max(1, sum(map(len, parts)))
        runs += [Run(Block(kind, part), share, region) for part in parts]
    return mark(runs, regions)


def _shallow(text: str) -> str:
    """Flatten elements nested too deeply by renaming their tags.

    Blocks become `p`, which closes the previous `p`; other elements become `wbr`, which is void.
    """
    if text.count("<") <= MAX_DEPTH:
        return text
    kept: Counter[str] = Counter()
    renamed: Counter[str] = Counter()
    depth = 0

    def limit(match: re.Match[str]) -> str:
        """Return a tag unchanged, or renamed if its element is too deep."""
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
    """Return the line ends that a tag produces in the surrounding text."""
    return _BREAK if tag == "br" else 2 * _BREAK if tag in _BLOCKS else ""


def _texts(root: LexborNode | None, regions: list[Region]) -> Iterator[tuple[str, str, int, int]]:
    """Yield the kind, text, characters in links and region of every run of inline content.

    Parts of the page that may be boilerplate are appended to `regions`.
    """
    pieces: list[str] = []
    kinds = ["paragraph"]
    open_regions = [-1]
    preformatted = links = articles = linked = 0
    beside = False  # whether there is text outside links
    for node, entering in _walk(root):
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            pieces.append(text if preformatted else _SPACE.sub(" ", text))
            linked += len(pieces[-1]) if links else 0
            beside = beside or (not links and bool(text.strip()))
        elif tag == "br":
            pieces.append(_BREAK if entering else "")
        elif tag == "img" and entering:
            pieces.append(_alternative(node))
        elif tag == "a":
            links += 1 if entering else -1
        elif tag in _BLOCKS:
            if pieces:
                yield kinds[-1], _joined(pieces, links_only=not beside), linked, open_regions[-1]
                pieces, linked, beside = [], 0, False
            step = 1 if entering else -1
            preformatted += step if tag in _PREFORMATTED else 0
            articles += step if tag in ("article", "main") else 0
            if entering:
                kinds.append(_kind_inside(tag, kinds[-1]))
                open_regions.append(_region(node, tag, open_regions[-1], regions, articles > 0))
            else:
                kinds.pop()
                open_regions.pop()
    if pieces:
        yield kinds[-1], _joined(pieces, links_only=not beside), linked, open_regions[-1]


def _joined(pieces: Sequence[str], links_only: bool) -> str:
    """Return the text of a run; links with nothing but line breaks between them are a paragraph each."""
    return "".join(2 * _BREAK if links_only and piece == _BREAK else piece for piece in pieces)


def _region(node: LexborNode, tag: str, outside: int, regions: list[Region], in_article: bool) -> int:
    """Return the number of the region inside an element: a new one, or the enclosing one."""
    if not may_be_boilerplate(node, in_article):
        return outside
    regions.append(Region(outside, form=tag == "form"))
    return len(regions) - 1


def _walk(root: LexborNode | None) -> Iterator[tuple[LexborNode, bool]]:
    """Yield every visible node twice, on entering (True) and on leaving.

    Iterative, because pages can be nested too deeply for recursion.
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
    attributes = node.attributes
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    return attributes.get("role") in _NOTE_ROLES or (attributes.get("class") or "") in _NOTE_CLASSES


def _kind_inside(tag: str, outside: str) -> str:
    if tag == "h1":
        return "title"
    return _BLOCKS[tag] or ("paragraph" if outside in ("title", "heading") else outside)


def _alternative(node: LexborNode) -> str:
    return f" {node.attributes['alt']} " if node.attributes.get("alt") else ""


def _title(tree: LexborHTMLParser) -> str:
    node = tree.css_first("head title")
    return _SPACE.sub(" ", node.text()).strip() if node is not None else ""


def _metadata(tree: LexborHTMLParser) -> Metadata:
    """Return the metadata in the head of a page, from HTML's own elements or Open Graph."""
    head = tree.head
    if head is None:
        return Metadata()
    said: dict[str, str] = {}
    for node in head.css("meta"):
        name = node.attributes.get("property") or node.attributes.get("name") or ""
        said.setdefault(name.lower(), " ".join((node.attributes.get("content") or "").split()))
    canonical = head.css_first("link[rel=canonical]")
    root = tree.css_first("html")
    return Metadata(
        title=_title(tree) or said.get("og:title", ""),
        author=said.get("author") or said.get("article:author", ""),
        date=said.get("article:published_time") or said.get("date") or said.get("dc.date", ""),
        url=((canonical.attributes.get("href") if canonical is not None else "") or said.get("og:url", "")),
        language=((root.attributes.get("lang") if root is not None else "") or ""),
    )
