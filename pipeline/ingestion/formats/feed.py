"""RSS, Atom and WordPress exports (WXR, an extension of RSS); every item is an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from lxml import etree

from pipeline.datatypes import Metadata
from pipeline.ingestion.formats.reading import Item, Reading, Unusable, item_of
from pipeline.ingestion.formats.xmltree import Element, attribute, name_of, parse_xml

ROOTS = ("rss", "feed", "RDF")
PAGE_TYPES = ("post", "page")
"""The item types of articles in a WordPress export; other items are pictures, menus and settings."""

_WORDPRESS = "wordpress.org/export"
_SHORTCODE = re.compile(r"\[/?[a-z][a-z0-9_-]*(?:\s+[a-z_-]+=(?:\"[^\"\]]*\"|'[^'\]]*'|[^\s\]\"']+))*\s*/?\]")
_KNOWN_SHORTCODES = re.compile(r"\[/?(?:caption|gallery|embed|audio|video|playlist|wp_caption|more)\b")
_CAPTION = re.compile(r"\[(?:wp_)?caption\b[^\]]*\](.*?)\[/(?:wp_)?caption\]", re.DOTALL)
_CAPTION_TEXT = re.compile(r"\A(.*(?:/>|</a>|<img[^>]*>))\s*(.*)\Z", re.DOTALL)
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n")
_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL | re.IGNORECASE)
_TAGS = re.compile(r"<[a-zA-Z/][^<>]*>")


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the articles of a feed; raises `Unusable` for other XML."""
    root, encoding = parse_xml(data, lenient=True)
    if name_of(root) == "html":
        yield Item(etree.tostring(root, encoding="unicode"), "html", encoding=encoding)
        return
    if name_of(root) not in ROOTS:
        raise Unusable(f"is XML, but neither RSS nor Atom: its outermost element is {name_of(root)[:40]}")
    language = _first(root, "language") or attribute(root, "lang")
    number = 0
    for element in root.iter():
        if name_of(element) in ("item", "entry"):
            number += 1
            yield _item(element, str(number), language, encoding)
    if not number:
        raise Unusable("is a feed without items")


def _first(element: Element, *names: str) -> str:
    """Return the text of the first child with one of the names, in that order; also looks in a channel."""
    for name in names:
        for child in element.iter():
            if name_of(child) == name and name_of(child.getparent()) in ("channel", name_of(element)):
                return _text(child)
    return ""


def _item(element: Element, address: str, language: str, encoding: str) -> Item:
    children: dict[str, Element] = {}
    for child in element:
        children.setdefault(_key(child), child)
    texts = {name: _text(child).strip() for name, child in children.items()}
    kind = texts.get("wp:post_type", "post")
    if kind not in PAGE_TYPES:
        return Item(address=address, reason=f"is no article: WordPress calls it {kind[:40]}")
    content = next(
        (children[name] for name in ("encoded", "content", "description", "summary") if name in children),
        None,
    )
    body = "" if content is None else _body(content)
    if any(name.startswith("wp:") for name in children):
        body = _wordpress_html(body)
    title = " ".join(_TAGS.sub("", unescape(texts.get("title", ""))).split())
    metadata = Metadata(
        title,
        _author(children) or texts.get("creator", ""),
        texts.get("pubDate") or texts.get("published") or texts.get("updated") or texts.get("date", ""),
        _link(element, texts),
        texts.get("guid") or texts.get("id", ""),
        attribute(element, "lang") or language,
    )
    if not body.strip():
        return Item(address=address, metadata=metadata, reason="holds no text")
    return item_of(title, body, metadata, address, encoding)


def _key(element: Element) -> str:
    """Return an element's name, with a prefix for WordPress, media and iTunes, which reuse names."""
    tag = str(element.tag)
    name = name_of(element)
    if _WORDPRESS in tag:
        return "excerpt" if "/excerpt/" in tag else f"wp:{name}"
    return f"other:{name}" if "mrss" in tag or "itunes" in tag else name


def _text(element: Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _body(content: Element) -> str:
    """Return an item's content: plain text, or HTML from a CDATA section, escaped text or XHTML."""
    if len(content) and attribute(content, "type") in ("xhtml", ""):
        return (content.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in content)
    return _text(content)


def _author(children: dict[str, Element]) -> str:
    author = children.get("author")
    if author is None:
        return ""
    name = next((child for child in author if name_of(child) == "name"), author)
    return " ".join(_text(name).split())


def _link(element: Element, texts: dict[str, str]) -> str:
    """Return an item's address: in Atom, the `href` of the link to the article itself."""
    for child in element:
        if (
            name_of(child) == "link"
            and attribute(child, "href")
            and attribute(child, "rel") in ("", "alternate")
        ):
            return attribute(child, "href")
    return texts.get("link", "")


def _wordpress_html(body: str) -> str:
    """Convert WordPress's stored form to HTML: blank lines separate paragraphs, shortcodes hold media."""
    body = _CAPTION.sub(_figure, body.replace("\r\n", "\n"))
    body = _SHORTCODE.sub(
        lambda code: "" if "=" in code[0] or _KNOWN_SHORTCODES.match(code[0]) else code[0], body
    )
    parts = _PRE.split(body)
    return "".join(part if k % 2 else _BLANK_LINES.sub("<br><br>\n", part) for k, part in enumerate(parts))


def _figure(match: re.Match[str]) -> str:
    inside = _CAPTION_TEXT.match(match[1])
    picture, caption = (inside[1], inside[2]) if inside else ("", match[1])
    return f"<figure>{picture}<figcaption>{caption}</figcaption></figure>"
