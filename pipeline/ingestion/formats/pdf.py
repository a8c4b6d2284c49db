"""PDF with a text layer, read with PDFium; paragraphs are reconstructed from the layout.

A PDF stores characters and positions, not paragraphs. A line continues the previous line's paragraph if it
has the same font size, the usual line spacing and no indent, and the previous line is full. Larger lines are
headings. Text repeated at the same edge of several pages is boilerplate.
"""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.datatypes import Block, Change, Metadata
from pipeline.ingestion.formats.reading import Item, Reading, Unusable
from pipeline.ingestion.wrapping import Words, join_lines
from pipeline.languages import any_pattern
from pipeline.languages.marks import ends_sentence

SECONDS_PER_MB = 5.0  # CPU time limit; only a malicious file takes longer
MAX_PAGES = 10_000
HEADING_SIZE = 1.12  # least font size of headings, relative to running text
MAX_HEADING_LINES = 4
LEADING = 1.35  # spacing that separates paragraphs, relative to the usual line spacing
INDENT = 0.8  # in font sizes
FULL = 0.85  # share of the column's width; a line that ends before it ends its paragraph
EDGE_PAGES = 3  # pages that must share a running header or footer; all pages if there are fewer

SPACE = 0.17  # font sizes: a wider gap between East Asian characters is a space
COUNTER = 0.23  # font sizes: the same after a digit, where programs insert a gap before a counter word
CELL_GAP = 2.0  # font sizes: a wider gap separates the cells of a table

_SPACE, _HYPHEN = 0x20, 0xFFFE
_OF = any_pattern("page.page_of")
_PAGE_NUMBER = re.compile(rf"\W*(?:\w{{1,8}}\.? )?\d{{1,4}}(?: ?(?:/|{_OF}) ?\d{{1,4}})?\W*")
_BULLET = re.compile(r"[•‣◦▪●○■–\uf0b7]\s|\(?\d{1,2}[.)]\s")
_MARK = re.compile(r"[•‣◦▪●○■\uf0b7]\s+")
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")


class _Line(NamedTuple):
    text: str
    page: int
    left: float  # points from the page's bottom-left corner
    right: float
    bottom: float
    top: float
    size: float  # of the font, in points
    cells: tuple[str, ...] = ()  # the parts separated by wide gaps, if there are several


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the one article of a document; raises `Unusable`."""
    lines, metadata = _read(data)
    if not lines:
        raise Unusable("has no text layer: its pages are pictures")
    margins = _margins(lines)
    body = [line for line in lines if line not in margins]
    words = Words("\n".join(line.text for line in lines))
    blocks: list[Block] = []
    changes: list[Change] = []
    for kind, texts in _paragraphs(body):
        joined = join_lines(texts, words, reading.skip)
        blocks.append(Block(kind, joined.text))
        changes += (change._replace(paragraph=len(blocks)) for change in joined.changes)
    blocks += (
        Block("boilerplate", text) for text in dict.fromkeys(line.text for line in lines if line in margins)
    )
    yield Item(format="blocks", blocks=tuple(blocks), changes=tuple(changes), metadata=metadata)


def _read(data: bytes) -> tuple[list[_Line], Metadata]:
    """Return the lines of all pages in reading order, and the file's metadata."""
    limit = time.process_time() + SECONDS_PER_MB * max(1.0, len(data) / 1e6)
    lines: list[_Line] = []
    try:
        document = pdfium.PdfDocument(data)
        try:
            if len(document) > MAX_PAGES:
                raise Unusable(f"has {len(document):,} pages, the limit is {MAX_PAGES:,}")
            for number in range(len(document)):
                lines += _lines(document[number], number)
                if time.process_time() > limit:
                    raise Unusable("takes far too long to read for its size")
            return lines, _metadata(document)
        finally:
            document.close()
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Unusable("is encrypted" if locked else "is damaged: it is no readable PDF") from error


def _lines(page: pdfium.PdfPage, number: int) -> Iterator[_Line]:
    """Yield the lines of a page as PDFium finds them."""
    textpage = page.get_textpage()
    count = textpage.count_chars()
    points = [pdfium_c.FPDFText_GetUnicode(textpage, k) for k in range(count)]
    start = 0
    for k in range(count + 1):
        if k == count or points[k] in (10, 13):
            line = _line(textpage, points, range(start, k), number)
            if line is not None:
                yield line
            start = k + 1
    textpage.close()
    page.close()


def _line(textpage: pdfium.PdfTextPage, points: Sequence[int], span: range, page: int) -> _Line | None:
    """Return one line of a page; None if it is blank."""
    places = [n for n in span if points[n] and not chr(points[n]).isspace()]
    if not places:
        return None
    size = pdfium_c.FPDFText_GetFontSize(textpage, places[len(places) // 2])
    if any(0x1100 <= points[n] <= 0xFFDC and points[n] != _HYPHEN for n in places):
        places.sort(key=lambda n: textpage.get_charbox(n, loose=True)[0])
        parts = _spaced(textpage, points, places, size)
    else:
        parts = _parts(textpage, points, span, size)
    boxes = [textpage.get_charbox(n, loose=True) for n in (places[0], places[-1])]
    left, bottom, _, top = boxes[0]
    cells = tuple(filter(None, map(str.strip, parts)))
    if len(cells) == 1 or _BULLET.match(f"{cells[0]} "):
        cells = ()
    text = " ".join(map(str.strip, parts))
    return _Line(text, page, left, boxes[1][2], bottom, top, size if size > 1 else top - bottom, cells)


def _spaced(
    textpage: pdfium.PdfTextPage, points: Sequence[int], places: Sequence[int], size: float
) -> list[str]:
    """Return the parts of a line from left to right, with spaces inferred from the gaps.

    East Asian text often mixes two fonts, and the file does not store their characters in reading order.
    """
    parts = [""]
    end = None
    for n in places:
        left, _, right, _ = textpage.get_charbox(n, loose=True)
        gap = left - end if end is not None else 0.0
        if gap > CELL_GAP * size:
            parts.append("")
        elif gap > (COUNTER if parts[-1][-1:].isdigit() and "가" <= chr(points[n]) <= "힣" else SPACE) * size:
            parts[-1] += " "
        parts[-1] += _character(points[n])
        end = right
    return parts


def _parts(textpage: pdfium.PdfTextPage, points: Sequence[int], span: range, size: float) -> list[str]:
    """Return the parts of a line, split at gaps as wide as between table cells."""
    parts = [""]
    for n in span:
        if (
            points[n] == _SPACE
            and span.start < n < span.stop - 1
            and pdfium_c.FPDFText_IsGenerated(textpage, n)
        ):
            end, begin = (
                textpage.get_charbox(n - 1, loose=True)[2],
                textpage.get_charbox(n + 1, loose=True)[0],
            )
            if begin - end > CELL_GAP * size:
                parts.append("")
        parts[-1] += _character(points[n])
    return parts


def _character(point: int) -> str:
    """Return a character; PDFium uses U+FFFE for a hyphen that breaks a word and 0 for no character."""
    return "-" if point in (2, _HYPHEN, 0xAD) else chr(point) if point else ""


def _metadata(document: pdfium.PdfDocument) -> Metadata:
    found = document.get_metadata_dict(skip_empty=True)
    date = _DATE.match(found.get("CreationDate", ""))
    day = "-".join(filter(None, date.groups())) if date else ""
    return Metadata(title=found.get("Title", ""), author=found.get("Author", ""), date=day)


def _margins(lines: Sequence[_Line]) -> set[_Line]:
    """Return the running headers, footers and page numbers: lines repeated at the same page edge."""
    pages: defaultdict[int, list[_Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    edges: list[tuple[str, _Line]] = []
    for on_page in pages.values():
        by_height = sorted(on_page, key=lambda line: -line.top)
        for edge, line in (("top", by_height[0]), ("bottom", by_height[-1])):
            edges.append((f"{edge} {re.sub(r'[0-9]+', '0', line.text)}", line))
    counts = Counter(key for key, _ in edges)
    enough = min(EDGE_PAGES, len(pages)) if len(pages) > 1 else EDGE_PAGES
    return {
        line
        for key, line in edges
        if counts[key] >= enough
        or (len(pages[line.page]) > 1 and _PAGE_NUMBER.fullmatch(line.text) and len(line.text) < 12)
    }


def _paragraphs(lines: Sequence[_Line]) -> Iterator[tuple[str, list[str]]]:
    """Yield the kind and the lines of each paragraph."""
    if not lines:
        return
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    usual = sizes.most_common(1)[0][0]
    columns = _columns(lines)
    leading = _leading(lines)
    groups = [[lines[0]]]
    for before, line in pairwise(lines):
        if not (before.cells or line.cells) and _continues(before, line, columns, leading, groups[-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    largest = max(line.size for line in lines[:10])
    for place, group in enumerate(groups):
        if group[0].cells:
            yield from (("table-cell", [cell]) for cell in group[0].cells)
            continue
        kind = _kind(group, usual, largest if place < 3 else 0.0)
        texts = [line.text for line in group]
        yield kind, [_MARK.sub("", texts[0], count=1) if kind == "list-item" else texts[0], *texts[1:]]


def _columns(lines: Sequence[_Line]) -> dict[int, tuple[float, float]]:
    """Return the left and right edges of the text on each page."""
    by_page: defaultdict[int, list[_Line]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    return {
        page: (min(line.left for line in found), max(line.right for line in found))
        for page, found in by_page.items()
    }


def _leading(lines: Sequence[_Line]) -> float:
    """Return the usual line spacing within paragraphs, in font sizes: the lower quartile."""
    steps = sorted(
        (a.bottom - b.bottom) / a.size
        for a, b in pairwise(lines)
        if a.page == b.page and abs(a.size - b.size) < 0.5 and 0 < a.bottom - b.bottom < 3 * a.size
    )
    return steps[len(steps) // 4] if steps else 1.2


def _continues(
    before: _Line,
    line: _Line,
    columns: dict[int, tuple[float, float]],
    leading: float,
    group: Sequence[_Line],
) -> bool:
    """Return whether a line continues the paragraph of the previous line."""
    if abs(before.size - line.size) > 0.6 or _BULLET.match(line.text):
        return False
    left, right = columns[before.page]
    right = (
        max((other.right for other in group), default=right)
        if before.left > left + (right - left) / 2
        else right
    )
    full = before.right >= left + FULL * (right - left)
    if before.page != line.page or line.bottom > before.bottom:  # the next page or column
        return full and not ends_sentence(before.text, ":") and not line.text[0].isupper()
    if before.bottom - line.bottom > LEADING * leading * before.size:
        return False
    indented = line.left > before.left + INDENT * line.size and not _BULLET.match(group[0].text)
    if indented and len(group) > 1:
        return False
    return full or (not ends_sentence(before.text, ":") and line.text[0].islower())


def _kind(group: Sequence[_Line], usual: float, title: float) -> str:
    size = group[0].size
    if size >= HEADING_SIZE * usual and len(group) <= MAX_HEADING_LINES:
        return "title" if size == title else "heading"
    return "list-item" if _BULLET.match(group[0].text) else "paragraph"
