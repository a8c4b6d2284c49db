"""The reading order of a page: which pieces of text share a line, and which lines share a column.

The order in which a file draws its text is that of the program that wrote it, so places decide. From top to
bottom a page is a series of bands: rows that cross its whole width, and rows that leave the same gaps. Such a
gap parts columns of running text, to be read one after the other, or cells of a table, to be read row by row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, count, pairwise
from statistics import median
from typing import NamedTuple

from pipeline.ingestion.formats.pdf_lines import GUTTER, SPACE, Piece
from pipeline.languages.marks import ends_sentence

CELL_GAP = 2.0  # font sizes: a wider gap separates the cells of a table
COLUMN_WIDTH = 8.0  # font sizes: least width of a column of running text
COLUMN_LINES = 3  # from which on lines show whether they are running text
FLUSH = 0.1  # font sizes: how exactly a line begins at the edge of its column
FLUSH_LINES = 0.75  # share of the lines that do; others are indented
WIDE = 0.75  # share of the column's width that lines of running text have, all but the last ones
MAX_DEPTH = 8  # of columns in columns
LEADING = 1.3  # line spacing between the rows of a table, relative to that inside its cells
MIN_STARTS = 2  # rows of a table after the first that show that it is one
MAX_PAIRS = 10_000  # pairs of pieces compared between two rows

_MARK = re.compile(r"[^\w\s]{1,2}|\(?\w{1,3}[.)]")  # of a list item

Row = list[Piece]
Span = tuple[float, float]


class Line(NamedTuple):
    """A line of a page in reading order."""

    text: str
    page: int
    region: int  # the column it is in
    left: float  # points from the page's bottom-left corner
    right: float
    bottom: float
    top: float
    size: float  # of the font, in points
    cell: int = 0  # the table cell that it belongs to; 0 if there is none


class Layout:
    """Orders the pieces of the pages of one document."""

    def __init__(self) -> None:
        self._regions = count(1)
        self._cells = count(1)

    def lines(self, pieces: Sequence[Piece]) -> Iterator[Line]:
        """Yield the lines of one page in reading order."""
        yield from self._ordered(pieces, next(self._regions), 0)

    def _ordered(self, pieces: Sequence[Piece], region: int, depth: int) -> Iterator[Line]:
        for band, gaps in _bands(pieces):
            columns = _split(band, gaps)
            if len(columns) > 1 and depth < MAX_DEPTH and _are_columns(columns):
                for column in columns:
                    yield from self._ordered(column, next(self._regions), depth + 1)
            elif len(columns) > 1 and (starts := _starts_of_rows(columns)):
                yield from self._wrapped_cells(columns, starts, region)
            else:
                edges = [right for _, right in gaps] if _are_flush(columns) else []
                for row in rows_of(band):
                    yield from self._row(row, region, edges)

    def _row(self, row: Row, region: int, edges: Sequence[float]) -> Iterator[Line]:
        """Yield a row as one line, or its cells if wide gaps or the edges of columns part them."""
        parts = [[row[0]]]
        if _is_justified(row):
            parts, row = [row], []
        for before, piece in pairwise(row):
            wide = piece.left - before.right > CELL_GAP * max(piece.size, before.size)
            at_edge = any(before.right < edge <= piece.left for edge in edges)
            if (wide or at_edge) and not (len(parts) == 1 and _MARK.fullmatch(text_of(parts[0]))):
                parts.append([])
            parts[-1].append(piece)
        for part in parts:
            yield _line(part, region, next(self._cells) if len(parts) > 1 else 0)

    def _wrapped_cells(self, columns: Sequence[Row], starts: Sequence[float], region: int) -> Iterator[Line]:
        """Yield the lines of a table whose cells have several lines, cell by cell."""
        for top, bottom in pairwise((float("inf"), *starts, float("-inf"))):
            for column in columns:
                cell = next(self._cells)
                inside = [piece for piece in column if top >= piece.middle > bottom]
                yield from (_line(row, region, cell) for row in rows_of(inside))


def rows_of(pieces: Sequence[Piece]) -> list[Row]:
    """Return the pieces in rows from top to bottom, and from left to right in a row."""
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.middle, piece.left, piece.order)):
        if rows and _overlap(rows[-1][0], piece) >= 0.5:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda piece: (piece.left, piece.order))
    return rows


def text_of(row: Sequence[Piece]) -> str:
    """Return the text of a row, with spaces between pieces that do not touch."""
    text = row[0].text
    for before, piece in pairwise(row):
        touches = abs(piece.left - before.right) <= SPACE * piece.size
        text += piece.text if touches else f" {piece.text}"
    return text


def _is_justified(row: Row) -> bool:
    """Return whether a row is a line of text that is spread to fill its column: all its gaps are the same."""
    gaps = [piece.left - before.right for before, piece in pairwise(row)]
    same = len(gaps) > 1 and max(gaps) - min(gaps) <= FLUSH * row[0].size
    return same and not any(" " in piece.text for piece in row)


def _line(row: Sequence[Piece], region: int, cell: int) -> Line:
    left, right = row[0].left, max(piece.right for piece in row)
    longest = max(row, key=lambda piece: len(piece.text))
    return Line(
        text_of(row), row[0].page, region, left, right, longest.bottom, longest.top, longest.size, cell
    )


def _overlap(one: Piece, other: Piece) -> float:
    """Return how much two pieces overlap in height, relative to the lower one."""
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared / max(min(one.top - one.bottom, other.top - other.bottom), 0.01)


def _bands(pieces: Sequence[Piece]) -> Iterator[tuple[Row, list[Span]]]:
    """Yield the bands of a page from top to bottom: the pieces, and the gaps that all rows leave."""
    if not pieces:
        return
    gutter = GUTTER * median(piece.size for piece in pieces)
    band: list[Row] = []
    spans: list[Span] = []
    for rows in _beside(rows_of(pieces), gutter):
        own = _merged([(piece.left, piece.right) for piece in rows])
        both = _merged([*spans, *own])
        parted, parts = bool(_gaps(spans, gutter)), bool(_gaps(own, gutter))
        if band and (not _gaps(both, gutter) if parted else parts):
            first = len(band) if parted else _first_beside(band, rows, gutter)
            if first:
                yield list(chain(*band[:first])), _gaps(spans, gutter)
            band, both = band[first:], own
        band.append(rows)
        spans = both if parted or parts else [(both[0][0], both[-1][1])]
    yield list(chain(*band)), _gaps(spans, gutter)


def _first_beside(band: Sequence[Row], below: Sequence[Piece], gutter: float) -> int:
    """Return the place of the first row that belongs to the columns that begin below it.

    A column that goes on with a paragraph begins higher than one beside it that starts with a space or a
    heading. Such a row has the size, the edge and the line spacing of the column, unlike a date above it.
    """
    edge = min(piece.left for piece in below) + gutter
    first = len(band)
    while first and len(band[first - 1]) == 1:
        (piece,) = band[first - 1]
        column = [each for each in below if abs(each.left - piece.left) <= FLUSH * piece.size]
        under = max(column, key=lambda each: each.top, default=None)
        if piece.left <= edge or under is None or abs(piece.size - under.size) > FLUSH * piece.size:
            break
        if piece.bottom - under.top > under.size / 2 or not _gaps(
            _merged([(e.left, e.right) for e in (*below, piece)]), gutter
        ):
            break
        below = [*below, piece]
        first -= 1
    return first


def _beside(rows: Sequence[Row], gutter: float) -> Iterator[Row]:
    """Yield rows, with those that stand side by side at different heights as one.

    So do the lines of two columns that have not the same baselines.
    """
    group: Row = []
    last: Row = []
    for row in rows:
        if last and not _are_beside(last, row, gutter):
            yield group
            group = []
        group += row
        last = row
    yield group


def _are_beside(above: Row, below: Row, gutter: float) -> bool:
    if len(above) * len(below) > MAX_PAIRS:
        return False
    return any(
        (one.left - other.right > gutter or other.left - one.right > gutter) and _overlap(one, other) >= 0.25
        for one in above
        for other in below
    )


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Return the union of spans."""
    found: list[Span] = []
    for left, right in sorted(spans):
        if found and left <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _gaps(spans: Sequence[Span], least: float) -> list[Span]:
    return [(a[1], b[0]) for a, b in pairwise(spans) if b[0] - a[1] >= least]


def _split(band: Sequence[Piece], gaps: Sequence[Span]) -> list[Row]:
    """Return the pieces between the gaps of a band."""
    columns: list[Row] = [[] for _ in range(len(gaps) + 1)]
    for piece in band:
        columns[sum(piece.left >= right for _, right in gaps)].append(piece)
    return [column for column in columns if column]


def _are_columns(columns: Sequence[Row]) -> bool:
    """Return whether parts of a band side by side are columns of text, and not cells of a table.

    Columns are drawn one after the other, or look like running text.
    """
    if any(len(rows_of(column)) > 1 for column in columns) and all(
        max(piece.order for piece in one) < min(piece.order for piece in other)
        for one, other in pairwise(columns)
    ):
        return True
    long = [rows for rows in map(rows_of, columns) if len(rows) >= COLUMN_LINES]
    is_text = bool(long) and all(map(_is_running_text, long))
    return is_text and _are_flush(columns) and not _starts_of_rows(columns)


def _are_flush(columns: Sequence[Row]) -> bool:
    """Return whether the lines of each column begin at its edge, unlike words beside gaps that are chance."""
    firsts = [[row[0] for row in rows_of(column)] for column in columns[1:]]
    return max(map(len, firsts), default=0) >= COLUMN_LINES and all(
        sum(first.left - edge <= FLUSH * first.size for first in column) >= FLUSH_LINES * len(column)
        for column, edge in ((column, min(p.left for p in column)) for column in firsts)
    )


def _is_running_text(rows: Sequence[Row]) -> bool:
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    size = median(row[0].size for row in rows)
    wide = sum(row[-1].right - row[0].left >= WIDE * (right - left) for row in rows)
    texts = [text_of(row) for row in rows]
    runs_on = sum(
        not ends_sentence(before, ":") and not (text[0].isupper() or text[0].isdigit())
        for before, text in pairwise(texts)
    )
    return right - left >= COLUMN_WIDTH * size and 2 * wide >= len(rows) and 2 * runs_on >= len(rows) - 1


def _starts_of_rows(columns: Sequence[Row]) -> list[float]:
    """Return the heights at which the rows of a table begin, but for the first; none if it is no such table.

    In a table whose cells have several lines, every row begins at the same height in all columns. Columns of
    text share such a height by chance only, hence not all of them.
    """
    starts = sorted((_starts(rows_of(column)) for column in columns), key=len)
    tolerance = columns[0][0].size / 2
    heights = [
        [next((y for y in other if abs(y - height) <= tolerance), None) for other in starts]
        for height in starts[0]
    ]
    if len(heights) < MIN_STARTS or any(None in row for row in heights):
        return []
    return [max(filter(None, row)) + tolerance / 2 for row in heights]


def _starts(rows: Sequence[Row]) -> list[float]:
    """Return the heights of the lines that stand further below the line above than usual."""
    steps = [above[0].middle - below[0].middle for above, below in pairwise(rows)]
    usual = min(steps, default=0.0)
    return [row[0].middle for row, step in zip(rows[1:], steps, strict=True) if step > LEADING * usual]
