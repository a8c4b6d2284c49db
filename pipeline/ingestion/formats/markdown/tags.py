"""HTML and JSX tags in Markdown: where one ends, what it is, and which of its attributes readers see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from pipeline.ingestion.formats.reading import names

_BRACES = r"\{[^{}]*\}"
for _level in range(4):  # nesting of braces in a JSX attribute
    _BRACES = rf"\{{[^{{}}]*(?:{_BRACES}[^{{}}]*)*\}}"
_SPACE = r"(?:[ \t]+(?:\n[ \t]*)?|\n[ \t]*)"  # no blank line, which ends a tag that has no end
_QUOTED = r"""(?:"(?:[^"\n]|\n(?![ \t]*\n))*"|'(?:[^'\n]|\n(?![ \t]*\n))*')"""
_GIVEN = rf"""=\s*(?:{_QUOTED}|{_BRACES}|[^\s"'=<>`{{}}]+)"""
_ATTRIBUTE = rf"{_SPACE}(?:[A-Za-z_:@\#][\w:.@-]*(?:\s*{_GIVEN})?|{_BRACES})"
_TAG = re.compile(rf"<(/?)([A-Za-z][\w.:-]*)((?:{_ATTRIBUTE})*){_SPACE}?(/?)>")
_VALUE = re.compile(_GIVEN)
_BARE = re.compile(r"(?<![\w:.@#{-])[a-z]+(?=\s|$)")
_BOOLEAN = names("""
    allowfullscreen async autofocus autoplay border checked compact controls default defer disabled
    download hidden inert ismap itemscope loop markdown multiple muted nomodule noresize noshade
    novalidate nowrap open playsinline readonly required reversed selected
    """)
"""Attributes without a value; other words after the name of an element are text, as in `a <b and c> d`."""
_FRAGMENT = re.compile(r"<(/?)(?=>)()()()>")
_CLOSED = re.compile(r"</([A-Za-z][\w.:-]*)|<([A-Za-z][\w.:-]*)(?![\w.:-])(?=[^<>]{0,400}/>)")
_STRING = r"""(?<!\\)"((?:[^"\\]|\\.)*)"|(?<!\\)'((?:[^'\\]|\\.)*)'|`([^`$]*)`"""
_PROPERTY = re.compile(rf"""(?<![\w-])([\w-]+)["']?\s*[=:]\s*(?:\{{\s*)?(?:{_STRING})""", re.DOTALL)
_STRINGS = re.compile(_STRING, re.DOTALL)
_ESCAPE = re.compile(r"""\\(["'`\\])""")
_ANY_TAG = re.compile(r"<[^<>]*>")

VISIBLE = {
    **dict.fromkeys(("title", "label", "heading", "header"), "heading"),
    **dict.fromkeys(("alt", "caption", "attribution"), "caption"),
    **dict.fromkeys(
        ("text", "description", "summary", "subtitle", "tagline", "content", "message", "quote", "note"),
        "paragraph",
    ),
}
"""Attributes of components and parameters of shortcodes that readers see, and the kind of their text."""

LISTS = names("items labels tabs options values")
"""Attributes of components that hold a list of visible texts."""

_LIST = re.compile(rf"\b(?:{'|'.join(sorted(LISTS))})\s*=\s*\{{\s*\[([^\[\]{{}}]*)\]")

VOID = names("area base br col embed hr img input link meta param source track wbr")
RAW = names("script style svg template")
"""Elements of which nothing is visible text."""

HIDING = RAW | names("textarea select title noscript iframe")
"""Elements that hide text of a page that does not close them."""

KINDS = {
    "h1": "title",
    **dict.fromkeys(names("h2 h3 h4 h5 h6 summary legend"), "heading"),
    **dict.fromkeys(["li", "dt", "dd"], "list-item"),
    **dict.fromkeys(["td", "th"], "table-cell"),
    **dict.fromkeys(["caption", "figcaption"], "caption"),
    "blockquote": "quote",
    "pre": "code",
}
"""Elements that say of what kind the text inside is."""

BLOCKS = frozenset(
    (
        *KINDS,
        *names("""
    p div section article main header footer aside address body html form fieldset figure details ul ol
    dl nav dialog button menu table thead tbody tfoot tr colgroup hr center hgroup search optgroup
    option head select textarea iframe video audio canvas object noscript picture col base link meta
    title frame frameset source track param template script style svg
    """),
    )
)
"""Elements that end the paragraph around them."""

_INLINE = names("""
    a abbr acronym area b bdi bdo big br cite code data datalist del dfn em embed font i img input ins
    kbd label map mark math meter nobr output param progress q rp rt ruby s samp small span strike
    strong sub sup time tt u var wbr blink marquee
    """)


class Tag(NamedTuple):
    """A tag in a text."""

    name: str  # in lower case for elements of HTML, as written for components
    closing: bool
    empty: bool  # has no content: a void element, or closed by its own slash
    attributes: str
    end: int  # where the text goes on

    @property
    def is_component(self) -> bool:
        """Return whether the name is none of HTML's own elements."""
        return self.name not in BLOCKS and self.name not in _INLINE

    @property
    def is_block(self) -> bool:
        """Return whether the tag ends a paragraph."""
        return self.name in BLOCKS


def tag_at(text: str, start: int, jsx: bool = False) -> Tag | None:
    """Return the tag that starts at a position, if one does.

    JSX also has tags without a name, and only small letters in those of HTML.
    """
    match = _TAG.match(text, start) or (_FRAGMENT.match(text, start) if jsx else None)
    if match is None:
        return None
    closing, name, attributes, slash = match.groups()
    lower = name.lower()
    if (lower in BLOCKS or lower in _INLINE) and (name.islower() or (name.isupper() and not jsx)):
        name = lower
        if attributes and not set(_BARE.findall(_VALUE.sub("=", attributes))) <= _BOOLEAN:
            return None
    return Tag(name, bool(closing), bool(slash) or not name or name in VOID, attributes, match.end())


def closed_names(text: str) -> frozenset[str]:
    """Return the names of elements that a text closes somewhere."""
    return frozenset(first or second for first, second in _CLOSED.findall(text))


def visible(tag: Tag) -> Iterator[tuple[str, str]]:
    """Yield name and text of the attributes that readers see: of a picture and of components."""
    if tag.closing or not tag.attributes:
        return
    is_component = tag.is_component
    if not is_component and tag.name != "img":
        return
    for name, text in properties(tag.attributes):
        if name == "alt" or (is_component and name in VISIBLE):
            yield name, text
    if is_component:
        yield from _of_lists(tag.attributes)


def properties(text: str) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of all `name="text"` and `name: "text"`."""
    if "=" not in text and ":" not in text:
        return
    for match in _PROPERTY.finditer(text):
        if value := plain(next((part for part in match.groups()[1:] if part is not None), "")):
            yield match[1], value


def plain(value: str) -> str:
    """Return the text of a string in an attribute: without escapes, entities and tags."""
    value = _ESCAPE.sub(r"\1", value) if "\\" in value else value
    value = _ANY_TAG.sub(" ", value) if "<" in value else value
    return " ".join((unescape(value) if "&" in value else value).split())


def string(expression: str) -> str | None:
    """Return the text of an expression that is one string literal, else None."""
    match = _STRINGS.fullmatch(expression.strip())
    return None if match is None else next(part for part in match.groups() if part is not None)


def _of_lists(attributes: str) -> Iterator[tuple[str, str]]:
    for match in _LIST.finditer(attributes):
        for parts in _STRINGS.findall(match[1]):
            if value := plain("".join(parts)):
                yield "label", value
