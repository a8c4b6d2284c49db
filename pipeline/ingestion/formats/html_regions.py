"""Finds the boilerplate of a page: menus, sidebars, forms, lists of links.

An element is boilerplate by its name, role or class, unless it holds the main heading or much of the text.
Before and after the running text, several consecutive short lines of links are also a menu.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from pipeline.datatypes import Block
from pipeline.languages.marks import ends_sentence

MAX_SHARE = 0.4  # largest share of the page's text in a boilerplate element, whatever its name
MAX_FORM = 600  # characters; some systems wrap the whole page in a form
MIN_RUNNING = 80  # least characters outside links in running text
LINKED = 0.85  # least share of a link line's characters that are in links
MENU_LINES, MENU_WORDS = 3, 8  # least lines of a menu, and most words of each

_ELEMENTS = frozenset(("nav", "footer", "dialog", "button", "menu"))
_OUTSIDE_ARTICLE = frozenset(("aside", "header"))  # in an article they are boxes and headlines
_ROLES = frozenset(
    (
        *("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog"),
        *("menu", "menubar", "toolbar"),
    )
)
_NEVER = frozenset(
    ("html", "body", "main", "article", "p", "h1", "span", "b", "i", "em", "strong", "td", "blockquote")
)
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|breadcrumbs?|share|sharing|sharedaddy|social|cookies?|consent"
    r"|newsletter|subscribe|related|sidebar|footer|comments?|commentform|respond|author-?(?:box|bio|info)"
    r"|post-?meta|entry-?meta|pagination|pager|advert(?:isement)?|ads|promo|skip-?link|popup|copyright|toolbar)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)


@dataclass
class Region:
    """A part of the page that may be boilerplate."""

    parent: int  # number of the enclosing region, -1 for none
    form: bool
    size: int = 0  # characters
    title: bool = False  # contains the main heading


class Run(NamedTuple):
    """A paragraph of a page and the evidence in its markup."""

    block: Block
    linked: float  # share of characters in links
    region: int  # number of the innermost region, -1 for none


def may_be_boilerplate(node: LexborNode, in_article: bool) -> bool:
    """Return whether an element's name, role or class suggests boilerplate."""
    tag = node.tag or ""
    if tag in _ELEMENTS or tag == "form" or (tag in _OUTSIDE_ARTICLE and not in_article):
        return True
    attributes = node.attributes
    if not attributes or tag in _NEVER:
        return False
    if attributes.get("role") in _ROLES:
        return True
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return len(names) > 3 and _NAMES.search(names) is not None


def mark(runs: Sequence[Run], regions: Sequence[Region]) -> list[Block]:
    """Return the paragraphs, with the kind of boilerplate set to "boilerplate"."""
    boilerplate = _boilerplate_regions(runs, regions) if regions else set()
    marked = [run.region in boilerplate for run in runs]
    for place in _menus(runs):
        marked[place] = True
    if all(marked):
        return [run.block for run in runs]
    return [
        run.block._replace(kind="boilerplate") if is_marked else run.block
        for run, is_marked in zip(runs, marked, strict=True)
    ]


def _boilerplate_regions(runs: Sequence[Run], regions: Sequence[Region]) -> set[int]:
    for run in runs:
        if run.region >= 0:
            regions[run.region].size += len(run.block.text)
            regions[run.region].title |= run.block.kind == "title"
    for region in reversed(regions):  # children come after their parents
        if region.parent >= 0:
            regions[region.parent].size += region.size
            regions[region.parent].title |= region.title
    total = sum(len(run.block.text) for run in runs)
    found: set[int] = set()
    for number, region in enumerate(regions):
        limit = MAX_FORM if region.form else MAX_SHARE * total
        if region.parent in found or (not region.title and region.size <= limit):
            found.add(number)
    return found


def _menus(runs: Sequence[Run]) -> list[int]:
    """Return the indices of consecutive short link lines before and after all running text."""
    running = [
        place for place, run in enumerate(runs) if len(run.block.text) * (1 - run.linked) >= MIN_RUNNING
    ]
    if not running:
        return []
    found: list[int] = []
    row: list[int] = []
    for place in (*range(running[0]), *range(running[-1] + 1, len(runs)), len(runs)):
        if place < len(runs) and _is_link(runs[place]) and (not row or row[-1] == place - 1):
            row.append(place)
            continue
        found += row if len(row) >= MENU_LINES else []
        row = [place] if place < len(runs) and _is_link(runs[place]) else []
    return found


def _is_link(run: Run) -> bool:
    text = run.block.text
    return (
        run.linked >= LINKED
        and run.block.kind in ("list-item", "paragraph", "table-cell")
        and len(text.split()) <= MENU_WORDS
        and not ends_sentence(text, ":;")
    )
