"""Finds the boilerplate of a page: menus, sidebars, forms, lists of links.

An element is boilerplate by its name, role or class, unless it holds the main heading or much of the text.
A class or id is a weak sign inside an article: a recipe for biscuits may be called `cookies`. There it needs
what such boxes consist of, links and controls, and a box of prose without them is text.
Before and after the running text, several consecutive lines of links, most of them short, are also a menu.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipeline.datatypes import Block
from pipeline.languages.marks import ends_sentence
from pipeline.languages.scripts import uncased_letters

MAX_SHARE = 0.4  # largest share of the page's text in a boilerplate element, whatever its name
MAX_FORM = 600  # characters; some systems wrap the whole page in a form
MIN_RUNNING = 80  # least characters outside links in running text; Korean letters count twice
PROSE = 60  # least characters of a paragraph of prose outside links; Korean letters count twice
LINKED = 0.85  # least share of a link line's characters that are in links
MAX_NAMES = 500  # characters of the class and id of an element
MENU_LINES, MENU_WORDS = 3, 15  # least short lines of a menu, and most words of these

_ELEMENTS = frozenset(("nav", "footer", "dialog", "button"))
_OUTSIDE_ARTICLE = frozenset(("aside", "header"))  # in an article they are boxes and headlines
SUSPICIOUS = _ELEMENTS | _OUTSIDE_ARTICLE | {"form", "menu"}
"""Elements that may be boilerplate without attributes."""
_ROLES = frozenset(
    (
        *("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog"),
        *("menu", "menubar", "toolbar", "doc-toc", "doc-pagelist"),
    )
)
_TYPES = frozenset(("toc", "toc-brief", "landmarks", "page-list", "loi", "lot", "index"))
"""Values of `epub:type` for lists of places in a book."""
_NEVER = frozenset(
    ("html", "body", "main", "article", "p", "h1", "span", "b", "i", "em", "strong", "td", "blockquote")
)
_NAVIGATION = (
    r"[a-z]{0,8}nav|nav(?:bar|igation|header|footer|links?|list|box)|menu|submenu|breadcrumbs?|pagination|pager"
    r"|toolbar"
)
_APPEALS = r"cookies?|consent|newsletter|subscribe|advert(?:isement)?|ads|promo|popup"
_COMMENTS = r"comments?"
_OF_THE_PAGE = (
    r"commentform|respond|author-?(?:box|bio|info)|post-?meta|entry-?meta|sharedaddy|skip-?link"
    r"|gmail_(?:quote|signature|attr)|moz-(?:signature|cite-prefix)"
)
"""Names of parts that are no article's own even if they are prose."""
_NAMES = re.compile(
    rf"(?:^|[\s_-])(?:(?P<navigation>{_NAVIGATION})|(?P<appeal>{_APPEALS})|(?P<page>{_OF_THE_PAGE})"
    rf"|(?P<comments>{_COMMENTS})"
    rf"|share|sharing|social|related|sidebar|footer|copyright)(?:$|[\s_-])",
    re.IGNORECASE,
)
_WIDE = re.compile(f"[{uncased_letters()}]")


@dataclass
class Region:
    """A part of the page that may be boilerplate."""

    parent: int  # number of the enclosing region, -1 for none
    reason: str  # what suggests it, as `may_be_boilerplate` returns it
    in_article: bool
    size: int = 0  # characters
    title: bool = False  # contains the main heading
    controls: bool = False  # contains something to be operated
    first: int = -1  # number of its first run
    last: int = -1
    lines: int = 0  # paragraphs
    prose: int = 0  # paragraphs of prose
    links: int = 0  # paragraphs that are links
    heading: bool = False
    nested: bool = False  # contains another part with a name for comments, as a list of them does


class Run(NamedTuple):
    """A paragraph of a page and the evidence in its markup."""

    block: Block
    linked: float  # share of characters in links
    region: int  # number of the innermost region, -1 for none


def may_be_boilerplate(tag: str, attributes: Mapping[str, str | None], in_article: bool) -> str:
    """Return what suggests that an element is boilerplate: its "element", "form" or a kind of name; or ""."""
    if tag == "form":
        return "form"
    if tag in _ELEMENTS or (tag in _OUTSIDE_ARTICLE and not in_article):
        return "element"
    if tag == "menu":
        return "navigation"
    if not attributes or tag in _NEVER:
        return "quotation" if attributes and attributes.get("type") == "cite" else ""
    if attributes.get("role") in _ROLES or attributes.get("epub:type") in _TYPES:
        return "element"
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return _kind_of_name(names) if 3 < len(names) < MAX_NAMES else ""


@lru_cache(4096)
def _kind_of_name(names: str) -> str:
    match = _NAMES.search(names)
    return (match.lastgroup or "name") if match else ""


def mark(runs: Sequence[Run], regions: Sequence[Region]) -> list[Block]:
    """Return the paragraphs, with the kind of boilerplate set to "boilerplate"."""
    boilerplate = _boilerplate_regions(runs, regions) if regions else set()
    marked = [run.region in boilerplate for run in runs]
    for place in _menus(runs):
        marked[place] = True
    return [
        run.block._replace(kind="boilerplate") if is_marked else run.block
        for run, is_marked in zip(runs, marked, strict=True)
    ]


def is_contents(runs: Sequence[Run]) -> bool:
    """Return whether a page is a list of links under its headings."""
    lines = [run for run in runs if run.block.kind not in ("title", "heading")]
    return len(lines) >= MENU_LINES and all(run.linked >= LINKED for run in lines)


def is_prose(text: str, linked: float = 0.0) -> bool:
    """Return whether a paragraph is running text: long, outside links, with the end of a sentence."""
    return _is_long(text, linked, PROSE) and ends_sentence(text)


def _is_long(text: str, linked: float, least: int) -> bool:
    """Return whether a text has so many characters outside links; letters as of Korean count twice."""
    size = len(text) * (1 - linked)
    return size >= least or (2 * size >= least and size + len(_WIDE.findall(text)) >= least)


def _boilerplate_regions(runs: Sequence[Run], regions: Sequence[Region]) -> set[int]:
    _gather(runs, regions)
    total = sum(len(run.block.text) for run in runs)
    free = [
        place for place, run in enumerate(runs) if run.region < 0 and is_prose(run.block.text, run.linked)
    ]
    found: set[int] = set()
    for number, region in enumerate(regions):
        limit = MAX_FORM if region.reason == "form" else MAX_SHARE * total
        small = not region.title and region.size <= limit
        if region.parent in found or (small and not _is_own(region, free)):
            found.add(number)
    return found


def _gather(runs: Sequence[Run], regions: Sequence[Region]) -> None:
    """Add up what the regions hold, that of inner ones included."""
    for place, run in enumerate(runs):
        if run.region >= 0:
            region = regions[run.region]
            region.size += len(run.block.text)
            region.title |= run.block.kind == "title"
            region.first = place if region.first < 0 else region.first
            region.last = place
            region.lines += 1
            region.links += _is_link(run) and len(run.block.text.split()) <= MENU_WORDS
            region.heading |= run.block.kind == "heading"
            region.prose += is_prose(run.block.text, run.linked)
    for region in reversed(regions):  # children come after their parents
        if region.parent >= 0:
            outer = regions[region.parent]
            outer.size += region.size
            outer.title |= region.title
            outer.controls |= region.controls
            outer.lines += region.lines
            outer.links += region.links
            outer.heading |= region.heading
            outer.nested |= region.nested or region.reason in ("comments", "page")
            outer.prose += region.prose
            if region.first >= 0:
                outer.first = region.first if outer.first < 0 else min(outer.first, region.first)
                outer.last = max(outer.last, region.last)


def _is_own(region: Region, free: Sequence[int]) -> bool:
    """Return whether a part whose name suggests boilerplate is the article's own by what it holds.

    `free` are the numbers of the paragraphs of prose outside all such parts. Where no element says which part
    of the page is the article, its own parts have some of them before and after.
    """
    if region.reason in ("element", "form", "page", "quotation") or region.controls or region.first < 0:
        return False
    if not (region.in_article or (free and free[0] < region.first and free[-1] > region.last)):
        return False
    if region.reason == "comments" and (region.links or region.nested or not region.heading):
        return False
    if region.reason == "navigation" and not region.links and region.lines > 1:
        return True  # a menu of dishes
    return region.prose > region.links and (region.reason != "appeal" or not region.links)


def _menus(runs: Sequence[Run]) -> list[int]:
    """Return the indices of consecutive link lines, most of them short, before and after all running text."""
    running = [place for place, run in enumerate(runs) if _is_long(run.block.text, run.linked, MIN_RUNNING)]
    if not running:
        return []
    found: list[int] = []
    row: list[int] = []
    for place in (*range(running[0]), *range(running[-1] + 1, len(runs)), len(runs)):
        if place < len(runs) and _is_link(runs[place]) and (not row or row[-1] == place - 1):
            row.append(place)
            continue
        if _is_menu([runs[k].block.text for k in row]) and not _is_of_a_table(runs, row):
            found += row
        row = [place] if place < len(runs) and _is_link(runs[place]) else []
    return found


def _is_menu(lines: Sequence[str]) -> bool:
    """Return whether link lines are a menu: most are short, though a language may need more words."""
    short = sum(len(text.split()) <= MENU_WORDS for text in lines)
    return short >= MENU_LINES and 2 * short > len(lines)


def _is_of_a_table(runs: Sequence[Run], row: Sequence[int]) -> bool:
    """Return whether links are cells of a table that has other cells beside them."""
    sides = ((row[0], row[0] - 1), (row[-1], row[-1] + 1))
    return any(
        0 <= beyond < len(runs)
        and runs[place].block.kind == runs[beyond].block.kind == "table-cell"
        and not _is_link(runs[beyond])
        for place, beyond in sides
    )


def _is_link(run: Run) -> bool:
    return (
        run.linked >= LINKED
        and run.block.kind in ("list-item", "paragraph", "table-cell")
        and (run.block.text.endswith(("?", "!", "？", "！")) or not ends_sentence(run.block.text, ":;"))
    )  # a heading may ask, and a list of contents names it
