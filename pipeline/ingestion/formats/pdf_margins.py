"""What is on the pages of a PDF and is no article: running headers and footers, page numbers, watermarks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from pipeline.ingestion.formats.pdf_layout import Row, rows_of, text_of
from pipeline.ingestion.formats.pdf_lines import SLANT, STAMP, Piece, is_oblique
from pipeline.languages import any_pattern

EDGE_PAGES = 3  # pages that must share a running header or footer; all pages if there are fewer
EDGE_LINES = 3  # lines that a header or footer may have
FURNITURE = 0.2  # share of the text that may be the same on most pages; more of it is that of form letters
MAX_STAMPS = 100  # pieces of that size compared with the text of a page

_OF = any_pattern("page.page_of")
_PAGE_NUMBER = re.compile(rf"\A\W*(?:\w{{1,8}}\.? )?\d{{1,4}}(?: ?(?:/|{_OF}) ?\d{{1,4}})?\W*")
_DIGITS = re.compile(r"[0-9]+")


class Pages(NamedTuple):
    """The pieces of text of each page, and the texts that are none of it."""

    body: list[list[Piece]]
    turned: list[list[Piece]]  # text that runs up or down the page
    aside: list[str]


def set_aside(pages: Sequence[Sequence[Piece]]) -> Pages:
    """Return the pages without watermarks, running headers, footers and page numbers."""
    stamps = _stamps(pages)
    for page in pages:
        stamps |= _beside(page)
    kept = [[piece for piece in page if piece not in stamps] for page in pages]
    turned = [[piece for piece in page if _is_turned(piece)] for page in kept]
    body = [rows_of([piece for piece in page if not _is_turned(piece)]) for page in kept]
    aside = [piece.text for page in pages for piece in page if piece in stamps]
    whole = _letters(chain.from_iterable(pages))
    for depth in range(EDGE_LINES):
        edges = _edges(body)
        if (
            depth
            and _letters(p for page in body for row in page if id(row) in edges for p in row)
            > FURNITURE * whole
        ):
            break
        aside += [text_of(row) for page in body for row in page if id(row) in edges]
        body = [[row for row in page if id(row) not in edges] for page in body]
        if not edges:
            break
    return Pages([list(chain.from_iterable(page)) for page in body], turned, list(dict.fromkeys(aside)))


def _stamps(pages: Sequence[Sequence[Piece]]) -> set[Piece]:
    """Return the watermarks: words that run across the page, lie over its text, or are on most pages."""
    places = Counter(key for page in pages for key in set(map(_place, page)))
    often = max(EDGE_PAGES, len(pages) / 2)
    same = {piece for page in pages for piece in page if places[_place(piece)] >= often}
    found = same if _letters(same) < FURNITURE * _letters(chain.from_iterable(pages)) else set()
    for page in pages:
        usual = _usual_size(page)
        large = [piece for piece in page if piece.size >= STAMP * usual]
        found.update(piece for piece in page if is_oblique(piece.turn))
        found.update(piece for piece in large if places[_place(piece)] >= _enough(len(pages)))
        found.update(piece for piece in large[:MAX_STAMPS] if _lies_over(piece, page, usual))
    return found


def _beside(page: Sequence[Piece]) -> set[Piece]:
    """Return the text that runs up or down the page at the side of all other text."""
    upright = [piece for piece in page if not _is_turned(piece)]
    left, right = min((p.left for p in upright), default=0.0), max((p.right for p in upright), default=0.0)
    turned = [piece for piece in page if upright and _is_turned(piece)]
    return {piece for piece in turned if piece.right <= left or piece.left >= right}


def _place(piece: Piece) -> tuple[str, int, int]:
    return piece.text, round(piece.left / 2), round(piece.bottom / 2)


def _letters(pieces: Iterable[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces)


def _usual_size(page: Sequence[Piece]) -> float:
    sizes: Counter[float] = Counter()
    for piece in page:
        sizes[round(piece.size, 1)] += len(piece.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _lies_over(stamp: Piece, page: Sequence[Piece], usual: float) -> bool:
    """Return whether lines of usual size run through a larger word."""
    return not _is_turned(stamp) and any(
        piece.size < usual * STAMP
        and stamp.bottom < piece.middle < stamp.top
        and stamp.left < (piece.left + piece.right) / 2 < stamp.right
        for piece in page
    )


def _is_turned(piece: Piece) -> bool:
    return SLANT <= piece.turn <= 360 - SLANT


def _enough(pages: int) -> int:
    return min(EDGE_PAGES, pages) if pages > 1 else EDGE_PAGES


def _edges(pages: Sequence[Sequence[Row]]) -> set[int]:
    """Return the ids of rows at the edges of pages that are no text: those that other pages have too."""
    edges = [
        (f"{edge} {_DIGITS.sub('0', text_of(page[at]))}", page[at], len(page))
        for page in pages
        if page
        for edge, at in (("top", 0), ("bottom", -1))
    ]
    counts = Counter(key for key, _, _ in edges)
    enough = _enough(sum(map(bool, pages)))
    return {
        id(row)
        for key, row, rows in edges
        if counts[key] >= enough
        or (rows > 1 and len(text_of(row)) < 12 and _PAGE_NUMBER.fullmatch(text_of(row)))
    }
