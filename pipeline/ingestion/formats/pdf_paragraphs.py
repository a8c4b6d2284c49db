"""The paragraphs of a PDF from its lines, by the layout.

A line continues the previous line's paragraph if it has the same font size, the usual line spacing and no
indent, and the previous line is full. Larger lines are headings.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.ingestion.formats.html_signs import has_signs
from pipeline.ingestion.formats.pdf_layout import Line
from pipeline.languages.marks import ends_sentence

HEADING_SIZE = 1.12  # least font size of headings, relative to running text
MAX_HEADING_LINES = 4
LEADING = 1.35  # spacing that separates paragraphs, relative to the usual line spacing
SIGNS_LEADING = 1.6  # the same where raised or lowered signs push lines apart
INDENT = 0.8  # in font sizes
FULL = 0.85  # share of the column's width; a line that ends before it ends its paragraph

_BULLET = re.compile(r"[•‣◦▪●○■–\uf0b7]\s|\(?\d{1,2}[.)]\s")
_MARK = re.compile(r"[•‣◦▪●○■\uf0b7]\s+")

Columns = dict[int, tuple[float, float]]


def paragraphs(lines: Sequence[Line]) -> Iterator[tuple[str, list[str]]]:
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
        if before.cell == line.cell and (line.cell or _continues(before, line, columns, leading, groups[-1])):
            groups[-1].append(line)
        else:
            groups.append([line])
    largest = max(line.size for line in lines[:10])
    for place, group in enumerate(groups):
        kind = _kind(group, usual, largest if place < 3 else 0.0)
        texts = [line.text for line in group]
        yield kind, [_MARK.sub("", texts[0], count=1) if kind == "list-item" else texts[0], *texts[1:]]


def _columns(lines: Sequence[Line]) -> Columns:
    """Return the left and right edges of the text in each column."""
    found: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.region].append(line)
    return {
        region: (min(line.left for line in inside), max(line.right for line in inside))
        for region, inside in found.items()
    }


def _leading(lines: Sequence[Line]) -> float:
    """Return the usual line spacing within paragraphs, in font sizes: the lower quartile."""
    steps = sorted(
        (a.bottom - b.bottom) / a.size
        for a, b in pairwise(lines)
        if a.region == b.region and abs(a.size - b.size) < 0.5 and 0 < a.bottom - b.bottom < 3 * a.size
    )
    return steps[len(steps) // 4] if steps else 1.2


def _continues(before: Line, line: Line, columns: Columns, leading: float, group: Sequence[Line]) -> bool:
    """Return whether a line continues the paragraph of the previous line.

    A dash or a number that begins a line is inside a sentence that the full line before it leaves open.
    """
    open_end = not ends_sentence(before.text, ":")
    full = _is_full(before, line, columns[before.region])
    within = open_end and full and not _BULLET.match(group[0].text) and not _MARK.match(line.text)
    if abs(before.size - line.size) > 0.6 or (_BULLET.match(line.text) and not within):
        return False
    spacing = leading * before.size * (SIGNS_LEADING if has_signs(before.text + line.text) else LEADING)
    far_below = before.page == line.page and before.bottom - line.bottom > spacing
    if before.region != line.region or line.bottom > before.bottom:  # the next page or column
        goes_on = full and not far_below and not line.text[0].isupper()
        return open_end and (line.text[0].islower() or goes_on)
    if far_below:
        return False
    indented = line.left > before.left + INDENT * line.size and not _BULLET.match(group[0].text)
    if indented and len(group) > 1:
        return False
    return full or (open_end and line.text[0].islower())


def _is_full(line: Line, following: Line, column: tuple[float, float]) -> bool:
    """Return whether a line ends at the edge of its column, or has no room for the word that follows."""
    left, right = column
    word = len(following.text.split(maxsplit=1)[0]) + 1
    letter = (line.right - line.left) / len(line.text)
    return line.right >= left + FULL * (right - left) or line.right + word * letter > right


def _kind(group: Sequence[Line], usual: float, title: float) -> str:
    size = group[0].size
    if group[0].cell:
        return "table-cell"
    if size >= HEADING_SIZE * usual and len(group) <= MAX_HEADING_LINES:
        return "title" if size == title else "heading"
    return "list-item" if _BULLET.match(group[0].text) else "paragraph"
