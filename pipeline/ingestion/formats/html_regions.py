"""Which parts of a page are there to get around in the site: menus, sidebars, forms, lists of links.

An element says so by its name, its role or its class, if it holds neither the main heading nor most of the
text. Beyond the running text, a row of short lines that are nothing but links is a menu as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from pipeline.datatypes import Block
from pipeline.languages.marks import ends_sentence

MAX_SHARE = 0.4  # of the page's text: a part that holds more is no menu, whatever it is called
MAX_FORM = 600  # characters; some systems put the whole page into one form
RUNNING = 80  # characters beside links from which a paragraph is running text
LINKED = 0.85  # share of a line's characters that are links
MENU_LINES, MENU_WORDS = 3, 8  # so many short lines of links make a menu

_ELEMENTS = frozenset(("nav", "footer", "dialog", "button", "menu"))
_OUTSIDE_ARTICLE = frozenset(("aside", "header"))  # inside, they are boxes and headlines
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

    parent: int  # number of the region around it, -1 for none
    form: bool
    size: int = 0  # characters in it
    title: bool = False  # it holds the main heading


class Run(NamedTuple):
    """A paragraph of a page with what its markup says of it."""

    block: Block
    linked: float  # share of its characters that are links
    region: int  # number of the innermost region that may be boilerplate, -1 for none


def may_be_boilerplate(node: LexborNode, in_article: bool) -> bool:
    """Whether an element's name, role or class says that it is there to get around in the site."""
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
    """Return the paragraphs, those that get one around in the site with kind "boilerplate"."""
    dead = _boilerplate_regions(runs, regions) if regions else set()
    marked = [run.region in dead for run in runs]
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
    for region in reversed(regions):  # the inner ones come after those around them
        if region.parent >= 0:
            regions[region.parent].size += region.size
            regions[region.parent].title |= region.title
    total = sum(len(run.block.text) for run in runs)
    dead: set[int] = set()
    for number, region in enumerate(regions):
        limit = MAX_FORM if region.form else MAX_SHARE * total
        if region.parent in dead or (not region.title and region.size <= limit):
            dead.add(number)
    return dead


def _menus(runs: Sequence[Run]) -> list[int]:
    """Return the places of short lines of links in a row, before and after all running text."""
    running = [place for place, run in enumerate(runs) if len(run.block.text) * (1 - run.linked) >= RUNNING]
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
