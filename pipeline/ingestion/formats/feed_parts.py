"""Parts the source of a feed into its items and what is around them, in memory for one item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

PIECE = 1 << 16  # characters read at a time
_MARK = re.compile(
    r"<!\[CDATA\[|<!--|<(/?)(?:[\w.-]{1,40}:)?(?:item|entry)(?=[\s>/])([^<>]*>)?"
)
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->"}
_OVERLAP = 64  # characters at the end of a piece in which a mark may begin
_LONGEST_TAG = 10_000


def parted(pieces: Iterable[str], limit: int) -> Iterator[tuple[bool, str]]:
    """Yield the source in order: items (True), and what is around them (False).

    An item with items in it is one. One of more than `limit` characters comes as "".
    """
    depth = size = 0
    item: list[str] = []
    for part in _parts(pieces):
        if isinstance(part, str):
            if not depth:
                yield False, part
            elif size <= limit:
                size += len(part)
                item.append(part)
        elif part > 0:
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield True, "".join(item) if size <= limit else ""
                item, size = [], 0
    if depth:
        yield True, "".join(item) if size <= limit else ""


def _parts(pieces: Iterable[str]) -> Iterator[str | int]:
    """Yield the source, with a 1 before each item and a -1 behind it."""
    text, literal = "", ""
    for piece in pieces:
        text += piece
        start = place = 0
        while True:
            if literal:
                end = text.find(literal, place)
                if end < 0:
                    place = max(place, len(text) - len(literal) + 1)
                    break
                place, literal = end + len(literal), ""
            mark = _MARK.search(text, place)
            if mark is None:
                place = max(place, len(text) - _OVERLAP)
                break
            place = mark.end()
            if mark[0] in _ENDS:
                literal = _ENDS[mark[0]]
            elif mark[2] is None and len(text) - mark.start() < _LONGEST_TAG:
                place = mark.start()  # its end has not come yet
                break
            elif mark[2] is not None:
                before = place if mark[1] else mark.start()
                yield text[start:before]
                start = before
                yield -1 if mark[1] else 1
                if not mark[1] and mark[2].endswith("/>"):
                    yield text[start:place]
                    yield -1
                    start = place
        yield text[start:place]
        text = text[place:]
    yield text
