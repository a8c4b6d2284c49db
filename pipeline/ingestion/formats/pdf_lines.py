"""The pieces of text on a page of a PDF: what PDFium takes for a line, cut at wide gaps."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.ingestion.formats.html_signs import set_above, set_below
from pipeline.languages.scripts import is_unspaced

SPACE = 0.17  # font sizes: a wider gap between East Asian characters is a space
COUNTER = 0.23  # font sizes: the same after a digit, where programs insert a gap before a counter word
SPREAD_LETTERS = 6  # letters that show that a line is spread to fill its column
STAMP = 2.0
"""Least size of a word printed over the text, relative to the text."""

SMALL, RISE = 0.9, 0.15
"""Greatest size of raised and lowered numbers, and least step off the line, relative to its own."""

GUTTER = 0.5  # font sizes: a wider gap may lie between columns

SLANT = 5  # degrees; text that is turned by less runs along the lines

MARK_GAP = 3.0  # font sizes between the mark of an item and its text, at most
_LIST_MARKS = frozenset("•‣◦▪●○■\uf0b7")

_BREAKS = (0x02, 0xFFFE)  # PDFium's characters for a hyphen at the end of a line
_HYPHENS = (*_BREAKS, 0xAD)
_SIGNS = frozenset(map(ord, "0123456789*∗†‡"))
_OUTER = (min, min, max, max)

Box = tuple[float, float, float, float]


class Piece(NamedTuple):
    """Text on one line without a wide gap in it. Places are in points, as if its page were upright."""

    text: str
    page: int
    order: int  # in which it is drawn
    left: float
    bottom: float
    right: float
    top: float
    size: float  # of the font, in points
    turn: int = 0  # degrees between its direction and that of most text of its page

    @property
    def middle(self) -> float:
        """The height of the middle of the line."""
        return (self.bottom + self.top) / 2


def page_pieces(page: pdfium.PdfPage, number: int) -> list[Piece]:
    """Return the pieces of a page in the order in which they are drawn."""
    textpage = page.get_textpage()
    found = list(_Page(textpage, number).pieces())
    textpage.close()
    page.close()
    return _with_marks(_upright(found))


class _Page:
    """Reads the characters of one page."""

    def __init__(self, textpage: pdfium.PdfTextPage, number: int) -> None:
        self._raw = textpage.raw
        self._number = number
        self._points = [pdfium_c.FPDFText_GetUnicode(self._raw, n) for n in range(textpage.count_chars())]
        self._rectangle = pdfium_c.FS_RECTF()
        self._turns = 0  # quarters by which the current line is turned to the left

    def pieces(self) -> Iterator[Piece]:
        """Yield each piece as if it was upright, with its turn."""
        order = 0
        for line in self._lines():
            signs = [n for n in line if not self._is_blank(n)]
            size = max(self._size(signs[0]), self._size(signs[len(signs) // 2]))  # one may be raised
            turn = round(-math.degrees(pdfium_c.FPDFText_GetCharAngle(self._raw, line[0]))) % 360
            self._turns = round(turn / 90) % 4
            for text, first, last in self._parts(line, size, turn):
                boxes = zip(self._box(first), self._box(last), strict=True)
                left, bottom, right, top = (pick(side) for pick, side in zip(_OUTER, boxes, strict=True))
                own = self._size(first)
                high = own if own > 1 else top - bottom
                yield Piece(text, self._number, order, left, bottom, right, top, high, turn)
                order += 1

    def _parts(self, line: Sequence[int], size: float, turn: int) -> Iterator[tuple[str, int, int]]:
        """Yield the text, the first and the last place of the parts of a line."""
        if is_oblique(turn):
            yield "".join(map(self._character, line)), line[0], line[-1]
        elif any(_is_east_asian(self._points[n]) for n in line):
            yield from self._east_asian(line, size)
        else:
            yield from self._cut(line, size)

    def _lines(self) -> Iterator[list[int]]:
        """Yield the places of the characters of each line, without the blanks at both ends.

        PDFium puts no line end after a hyphen that it takes for a break inside a word.
        """
        line: list[int] = []
        for n, point in enumerate(self._points):
            if point in (10, 13):
                yield from self._stripped(line)
                line = []
            elif point:
                line.append(n)
                if point in _BREAKS and self._ends(n):
                    yield from self._stripped(line)
                    line = []
        yield from self._stripped(line)

    def _stripped(self, line: list[int]) -> Iterator[list[int]]:
        while line and self._is_blank(line[-1]):
            line.pop()
        begin = next((k for k, n in enumerate(line) if not self._is_blank(n)), len(line))
        if begin < len(line):
            yield line[begin:]

    def _ends(self, hyphen: int) -> bool:
        """Return whether the character after a hyphen is on another line."""
        if hyphen + 1 >= len(self._points) or self._points[hyphen + 1] in (0, 10, 13):
            return False  # the line ends anyway
        before, after = self._box(hyphen), self._box(hyphen + 1)
        return not _on_one_line(before, after) or after[0] < before[0]

    def _returns(self, place: int, begin: Box, end: Box) -> bool:
        """Return whether a character is to the left of the one before, in a script that runs to the right."""
        return begin[0] < end[0] and unicodedata.bidirectional(chr(self._points[place])) not in ("R", "AL")

    def _cut(self, line: Sequence[int], size: float) -> Iterator[tuple[str, int, int]]:
        """Yield the parts of a line between wide gaps.

        What PDFium takes for one line may go on above or below, even without a gap.
        """
        text, first, before = "", line[0], line[0]
        for n in line:
            if self._is_blank(n):
                continue
            if n > before + 1:
                end, begin = self._box(before), self._box(n)
                gap = begin[0] - end[2]
                if (
                    gap > GUTTER * max(size, 1.0)
                    or not _on_one_line(end, begin)
                    or self._returns(n, begin, end)
                ):
                    yield text, first, before
                    text, first = "", n
                else:
                    text += "".join(self._character(k) for k in range(before + 1, n) if self._points[k])
            text += self._in_line(n, line, size) if self._points[n] in _SIGNS else self._character(n)
            before = n
        yield text, first, before

    def _in_line(self, n: int, line: Sequence[int], size: float) -> str:
        """Return one of `_SIGNS` in a line, marked if it is a small one above or below the others."""
        text = self._character(n)
        if self._size(n) > SMALL * size:
            return text
        whole = next((k for k in line if not self._is_blank(k) and self._size(k) > SMALL * size), None)
        if whole is None:
            return text
        (_, bottom, _, top), (_, base, _, height) = self._box(n), self._box(whole)
        step = RISE * (height - base)
        if bottom > base + step and top > height - step:
            return set_above(text)
        return set_below(text) if bottom < base + step and top < height - step else text

    def _east_asian(self, line: Sequence[int], size: float) -> Iterator[tuple[str, int, int]]:
        """Yield the parts of a line with East Asian characters.

        Those of a watermark are apart: their boxes depend on the machine's fonts and may reach into a line.
        """
        boxes = [(n, self._box(n)) for n in line if not self._is_blank(n)]
        sizes = [max(self._size(n), 1.0) for n, _ in boxes]
        start = 0
        for k in range(1, len(boxes) + 1):
            if (
                k == len(boxes)
                or not _on_one_line(boxes[k - 1][1], boxes[k][1])
                or max(sizes[k - 1], sizes[k]) >= STAMP * min(sizes[k - 1], sizes[k])
            ):
                yield from self._spaced(sorted(boxes[start:k], key=lambda place: place[1][0]), size)
                start = k

    def _spaced(self, boxes: Sequence[tuple[int, Box]], size: float) -> Iterator[tuple[str, int, int]]:
        """Yield the parts of a line from left to right, with spaces inferred from the gaps.

        East Asian text often mixes two fonts, and the file does not store its characters in reading order.
        """
        first, end = boxes[0]
        text, before = "", first
        gaps = [right[0] - left[2] for (_, left), (_, right) in pairwise(boxes)]
        spread = min(max(0.0, median(gaps)), GUTTER * size) if len(gaps) >= SPREAD_LETTERS else 0.0
        for n, box in boxes:
            gap = box[0] - end[2] if text else 0.0
            counter = text[-1:].isdigit() and "가" <= chr(self._points[n]) <= "힣"
            if gap - spread > GUTTER * max(size, 1.0):
                yield text, first, before
                text, first = "", n
            elif gap - spread > (COUNTER if counter else SPACE) * size and not (
                gap < size and is_unspaced(text, chr(self._points[n]))
            ):
                text += " "
            text += self._character(n)
            before, end = n, box
        yield text, first, before

    def _box(self, place: int) -> Box:
        found = self._rectangle
        pdfium_c.FPDFText_GetLooseCharBox(self._raw, place, found)
        return _turned((found.left, found.bottom, found.right, found.top), self._turns)

    def _size(self, place: int) -> float:
        return float(pdfium_c.FPDFText_GetFontSize(self._raw, place))

    def _is_blank(self, place: int) -> bool:
        point = self._points[place]
        return not point or chr(point).isspace()

    def _character(self, place: int) -> str:
        point = self._points[place]
        return "-" if point in _HYPHENS else " " if self._is_blank(place) else chr(point)


def _on_one_line(one: Box, other: Box) -> bool:
    """Return whether two boxes overlap by half their height; a raised sign does."""
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return 2 * shared > min(one[3] - one[1], other[3] - other[1])


def _is_east_asian(point: int) -> bool:
    return (
        0x2E80 <= point <= 0xA4CF
        or 0xAC00 <= point <= 0xD7FF
        or 0xF900 <= point <= 0xFAFF
        or 0xFE30 <= point <= 0xFE4F
        or 0xFF00 <= point <= 0xFFEF
        or 0x1100 <= point <= 0x11FF
    )


def is_oblique(turn: int) -> bool:
    """Return whether text runs neither along nor across the lines."""
    return SLANT <= turn % 90 <= 90 - SLANT


def _with_marks(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with the mark of each item of a list in one piece with its text."""
    found: list[Piece] = []
    for piece in pieces:
        mark = found[-1] if found else None
        if (
            mark
            and mark.text in _LIST_MARKS
            and 0 <= piece.left - mark.right <= MARK_GAP * piece.size
            and piece.bottom <= mark.middle <= piece.top
            and not piece.turn
        ):
            found[-1] = piece._replace(text=f"{mark.text} {piece.text}", order=mark.order, left=mark.left)
        else:
            found.append(piece)
    return found


def _upright(found: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of a page with their places as if most of its text ran from left to right."""
    weights: Counter[int] = Counter()
    for piece in found:
        weights[round(piece.turn / 90) % 4] += len(piece.text)
    main = weights.most_common(1)[0][0] if weights else 0
    return [_relative(piece, main) for piece in found]


def _relative(piece: Piece, main: int) -> Piece:
    box = piece.left, piece.bottom, piece.right, piece.top
    left, bottom, right, top = _turned(box, (main - round(piece.turn / 90)) % 4)
    return piece._replace(left=left, bottom=bottom, right=right, top=top, turn=(piece.turn - 90 * main) % 360)


def _turned(box: Box, quarters: int) -> Box:
    """Return a box after quarters of a turn to the right."""
    left, bottom, right, top = box
    for _ in range(quarters):
        left, bottom, right, top = bottom, -right, top, -left
    return left, bottom, right, top
