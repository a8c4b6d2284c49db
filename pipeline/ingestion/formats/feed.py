"""RSS, Atom and WordPress exports (WXR, an extension of RSS); every item is an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import islice
from typing import BinaryIO

from lxml import etree

from pipeline.datatypes import Metadata
from pipeline.ingestion.formats import wordpress
from pipeline.ingestion.formats.feed_parts import PIECE, parted
from pipeline.ingestion.formats.leads import item_with_leads
from pipeline.ingestion.formats.multilingual import version, versions
from pipeline.ingestion.formats.reading import Item, Reading, Unusable, is_html, paragraphs_of, unescaped
from pipeline.ingestion.formats.titles import plain_title
from pipeline.ingestion.formats.xmltree import (
    Element,
    attribute,
    decode_xml,
    name_of,
    parse_fragment,
    parse_xml,
    parse_xml_text,
    prefix_of,
    xml_encoding_of,
)
from pipeline.ingestion.streams import lines_of

ROOTS = ("rss", "feed", "RDF")
CONTENTS = ("encoded", "content", "description", "summary")
"""The elements that may hold an article's text, fullest first."""

LEADS = ("subtitle", "excerpt", "description", "summary")
"""The elements that may hold a subtitle or a teaser beside it."""

_ESCAPED_TAG = re.compile(r"&lt;[A-Za-z/!]")
_WORDPRESS = "wordpress.org/export"
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9.-]*")
_BLOGGER_KINDS = re.compile(r"blogger/2008/kind#(comment|settings|template)\Z")


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the articles of a feed; raises `Unusable` for other XML."""
    root, encoding = parse_xml(data, lenient=True)
    if name_of(root) == "html":
        yield Item(decode_xml(data).text, "html", encoding=encoding)
        return
    if name_of(root) not in ROOTS:
        raise Unusable(f"is XML, but neither RSS nor Atom: its outermost element is {name_of(root)[:40]}")
    language = _first(root, "language") or attribute(root, "lang")
    number = 0
    for element in root.iter():
        if name_of(element) in ("item", "entry"):
            number += 1
            yield from _items(element, str(number), language, encoding)
    if not number:
        raise Unusable("is a feed without items")


def items_of_stream(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """Yield the articles of a feed of any size, of which an item is held; raises `Unusable`.

    The feed is read twice: first for what is said outside its items.
    """
    start = stream.tell()
    encoding = xml_encoding_of(stream)
    around = list(islice(_around(stream, encoding, reading.max_bytes), 2))
    root = parse_xml_text(around[0], lenient=True) if len(around) == 1 else None
    if root is None or name_of(root) not in ROOTS:
        stream.seek(start)
        data = stream.read(reading.max_bytes + 1)
        if len(data) > reading.max_bytes:
            raise Unusable(f"is too large: only feeds may have more than {reading.max_bytes:,} bytes")
        yield from items(data, reading)
        return
    language = _first(root, "language") or attribute(root, "lang")
    opening = _opening(root)
    stream.seek(start)
    number = 0
    for is_item, text in parted(lines_of(stream, encoding, PIECE), reading.max_bytes):
        if not is_item:
            continue
        if not text:
            number += 1
            yield Item(address=str(number), reason=f"is too large: the limit is {reading.max_bytes:,} bytes")
            continue
        for element in parse_fragment(f"{opening}{text}</channel>").iter():
            if name_of(element) in ("item", "entry"):
                number += 1
                yield from _items(element, str(number), language, encoding)
    if not number:
        raise Unusable("is a feed without items")


def _around(stream: BinaryIO, encoding: str, limit: int) -> Iterator[str]:
    """Yield the source of a feed without its items, and something else if it is larger than the limit."""
    parts: list[str] = []
    left = limit
    for is_item, text in parted(lines_of(stream, encoding, PIECE), limit):
        if not is_item and left >= 0:
            parts.append(text)
            left -= len(text)
    yield "".join(parts)
    if left < 0:
        yield ""


def _opening(root: Element) -> str:
    """Return a tag that declares the namespaces of a feed for an item that is read by itself."""
    known = dict(root.nsmap)
    for child in root:
        if name_of(child) == "channel":
            known |= child.nsmap
    said = (f'xmlns{f":{prefix}" if prefix else ""}="{escape(uri)}"' for prefix, uri in known.items())
    return f"<channel {' '.join(said)}>"


def _first(element: Element, *names: str) -> str:
    """Return the text of the first child with one of the names, in that order; also looks in a channel."""
    for name in names:
        for child in element.iter():
            if name_of(child) == name and name_of(child.getparent()) in ("channel", name_of(element)):
                return _text(child)
    return ""


def _items(element: Element, address: str, language: str, encoding: str) -> Iterator[Item]:
    """Yield the article of an item, or one for each language that it is written in."""
    children: dict[str, Element] = {}
    for child in element:
        children.setdefault(_key(child), child)
    texts = {name: _text(child).strip() for name, child in children.items()}
    reason = wordpress.why_no_article(texts) or _why_unpublished(element)
    if reason:
        yield Item(address=address, reason=reason)
        return
    title, fullest = texts.get("title", ""), _fullest(children)
    body = _body(children[fullest]) if fullest else ""
    leads = [_body(child) for name, child in children.items() if name in LEADS and name != fullest]
    metadata = _metadata(element, children, texts, language)
    is_wordpress = any(name.startswith("wp:") for name in children)
    parted = versions(body) or versions(title)
    if not parted:
        yield _item(title, body, leads, metadata, address, encoding, is_wordpress)
    for code in parted:
        own = metadata._replace(language=code)
        title_of, body_of, *leads_of = (version(text, code) for text in (title, body, *leads))
        yield _item(title_of, body_of, leads_of, own, f"{address}.{code}", encoding, is_wordpress)


def _item(
    title: str,
    body: str,
    leads: Sequence[str],
    metadata: Metadata,
    address: str,
    encoding: str,
    is_wordpress: bool,
) -> Item:
    body = unescaped(body)
    if is_wordpress:
        body = wordpress.as_html(body)
    elif not is_html(body) and _ESCAPED_TAG.search(body):  # a feed's text is HTML, also one about tags
        body = "".join(f"<p>{part}</p>" for part in paragraphs_of(body))
    title = plain_title(title)
    metadata = metadata._replace(title=title)
    if not body.strip():
        return Item(address=address, metadata=metadata, reason="holds no text")
    return item_with_leads(map(unescaped, leads), body, metadata, address, encoding)


def _metadata(
    element: Element, children: Mapping[str, Element], texts: Mapping[str, str], language: str
) -> Metadata:
    return Metadata(
        "",
        _author(children) or texts.get("creator", ""),
        texts.get("pubDate") or texts.get("published") or texts.get("updated") or texts.get("date", ""),
        _link(element, texts),
        texts.get("guid") or texts.get("id", ""),
        attribute(element, "lang") or language,
    )


def _why_unpublished(element: Element) -> str:
    """Return why an entry is no published article by what Atom or Blogger says of it; "" if it is one."""
    for child in element:
        name, prefix = name_of(child), prefix_of(child) if isinstance(child.tag, str) else ""
        if name == "category":
            kind = _BLOGGER_KINDS.search(attribute(child, "term"))
            if kind:
                return f"is no article: Blogger calls it {kind[1]}"
        elif name == "control" and any(name_of(c) == "draft" and _text(c).strip() == "yes" for c in child):
            return "is not published: it is a draft"
        elif prefix == "blogger" and name == "type" and _text(child).strip() not in ("POST", "PAGE", ""):
            return f"is no article: Blogger calls it {_text(child).strip()[:40]}"
        elif prefix == "blogger" and name == "status" and _text(child).strip() not in ("LIVE", ""):
            return f"is not published: its status in Blogger is {_text(child).strip()[:40]}"
    return ""


def _key(element: Element) -> str:
    """Return an element's name, with a prefix for WordPress, media and iTunes, which reuse names."""
    tag = str(element.tag)
    name = name_of(element)
    prefix = prefix_of(element) if isinstance(element.tag, str) else ""
    if "/excerpt/" in tag or prefix == "excerpt":
        return "excerpt"
    if _WORDPRESS in tag or prefix == "wp":
        return f"wp:{name}"
    return f"other:{name}" if "mrss" in tag or "itunes" in tag or prefix in ("media", "itunes") else name


def _text(element: Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _fullest(children: Mapping[str, Element]) -> str:
    """Return the name of the fullest element with the content of an item that is not empty, or ""."""
    return next((name for name in CONTENTS if name in children and _body(children[name]).strip()), "")


def _body(content: Element) -> str:
    """Return an item's content: plain text, or HTML from a CDATA section, escaped text or XHTML."""
    if not len(content) or attribute(content, "type") not in ("xhtml", "html", ""):
        return _text(content)
    for element in content.iter():
        if isinstance(element.tag, str):
            name = name_of(element)
            element.tag = name if _NAME.fullmatch(name) else "span"
    head = content.text or ""
    return (head if is_html(head) else escape(head, quote=False)) + "".join(
        etree.tostring(child, encoding="unicode", method="html") for child in content
    )


def _author(children: Mapping[str, Element]) -> str:
    author = children.get("author")
    if author is None:
        return ""
    name = next((child for child in author if name_of(child) == "name"), author)
    return " ".join(_text(name).split())


def _link(element: Element, texts: Mapping[str, str]) -> str:
    """Return an item's address: in Atom, the `href` of the link to the article itself."""
    for child in element:
        if (
            name_of(child) == "link"
            and attribute(child, "href")
            and attribute(child, "rel") in ("", "alternate")
        ):
            return attribute(child, "href")
    return texts.get("link", "")
