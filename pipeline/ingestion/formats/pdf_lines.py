"""The pieces of text on a page of a PDF: what PDFium takes for a line, cut at wide gaps."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

SPACE = 0.17  # font sizes: a wider gap between East Asian characters is a space
COUNTER = 0.23  # font sizes: the same after a digit, where programs insert a gap before a counter word
GUTTER = 0.9  # font sizes: a wider gap may lie between columns; the widest spaces of set lines are below

_BREAKS = (0x02, 0xFFFE)  # PDFium's characters for a hyphen at the end of a line
_HYPHENS = (*_BREAKS, 0xAD)
_QUARTER = math.pi / 2

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
    return _upright(found)


class _Page:
    """Reads the characters of one page."""

    def __init__(self, textpage: pdfium.PdfTextPage, number: int) -> None:
        self._raw = textpage.raw
        self._number = number
        self._points = [
            pdfium_c.FPDFText_GetUnicode(self._raw, n) for n in range(textpage.count_chars())
        ]
        self._rectangle = pdfium_c.FS_RECTF()

    def pieces(self) -> Iterator[tuple[Piece, float]]:
        """Yield each piece and its angle."""
        order = 0
        for line in self._lines():
            size = pdfium_c.FPDFText_GetFontSize(self._raw, line[len(line) // 2])
            angle = pdfium_c.FPDFText_GetCharAngle(self._raw, line[0])
            oriental = any(map(_is_east_asian, map(self._points.__getitem__, line)))
            for text, first, last in self._spaced(line, size) if oriental else self._cut(line, size):
                boxes = self._box(first), self._box(last)
                left, bottom, right, top = (
                    pick(sides) for pick, sides in zip((min, min, max, max), zip(*boxes, strict=True), strict=True)
                )
                high = size if size > 1 else top - bottom
                yield Piece(text, self._number, order, left, bottom, right, top, high), angle
                order += 1

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
        apart = after[3] <= (before[1] + before[3]) / 2 or after[1] >= (before[1] + before[3]) / 2
        return apart or after[0] < before[0]

    def _cut(self, line: Sequence[int], size: float) -> Iterator[tuple[str, int, int]]:
        """Yield the text, the first and the last place of the parts of a line between wide gaps."""
        text, first, before = "", line[0], line[0]
        for n in line:
            if self._is_blank(n):
                continue
            if n > before + 1:
                if self._box(n)[0] - self._box(before)[2] > GUTTER * max(size, 1.0):
                    yield text, first, before
                    text, first = "", n
                else:
                    text += "".join(self._character(k) for k in range(before + 1, n) if self._points[k])
            text += self._character(n)
            before = n
        yield text, first, before

    def _spaced(self, line: Sequence[int], size: float) -> Iterator[tuple[str, int, int]]:
        """Yield the same for a line with East Asian characters, with spaces inferred from the gaps.

        Such text often mixes two fonts, and the file does not store their characters in reading order.
        """
        boxes = {n: self._box(n) for n in line if not self._is_blank(n)}
        places = sorted(boxes, key=lambda n: boxes[n][0])
        text, first, before = "", places[0], places[0]
        for n in places:
            gap = boxes[n][0] - boxes[before][2] if text else 0.0
            counter = text[-1:].isdigit() and "가" <= chr(self._points[n]) <= "힣"
            if gap > GUTTER * max(size, 1.0):
                yield text, first, before
                text, first = "", n
            elif gap > (COUNTER if counter else SPACE) * size:
                text += " "
            text += self._character(n)
            before = n
        yield text, first, before

    def _box(self, place: int) -> Box:
        found = self._rectangle
        pdfium_c.FPDFText_GetLooseCharBox(self._raw, place, found)
        return found.left, found.bottom, found.right, found.top

    def _is_blank(self, place: int) -> bool:
        point = self._points[place]
        return not point or chr(point).isspace()

    def _character(self, place: int) -> str:
        point = self._points[place]
        return "-" if point in _HYPHENS else " " if self._is_blank(place) else chr(point)


def _is_east_asian(point: int) -> bool:
    return (
        0x2E80 <= point <= 0xA4CF
        or 0xAC00 <= point <= 0xD7FF
        or 0xF900 <= point <= 0xFAFF
        or 0xFE30 <= point <= 0xFE4F
        or 0xFF00 <= point <= 0xFFEF
        or 0x1100 <= point <= 0x11FF
    )


def _upright(found: Sequence[tuple[Piece, float]]) -> list[Piece]:
    """Return the pieces of a page with their places as if its text ran from left to right."""
    weights: Counter[int] = Counter()
    for piece, angle in found:
        weights[round(angle / _QUARTER) % 4] += len(piece.text)
    turns = weights.most_common(1)[0][0] if weights else 0
    return [
        _turned(piece, turns)._replace(turn=round(math.degrees(angle) - 90 * turns) % 360)
        for piece, angle in found
    ]


def _turned(piece: Piece, turns: int) -> Piece:
    left, bottom, right, top = piece.left, piece.bottom, piece.right, piece.top
    for _ in range(turns):
        left, bottom, right, top = bottom, -right, top, -left
    return piece._replace(left=left, bottom=bottom, right=right, top=top)
