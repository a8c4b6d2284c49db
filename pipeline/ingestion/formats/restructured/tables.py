"""Tables of reStructuredText as the lines of their cells, in reading order."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

GRID = re.compile(r"\+(?:[-=]+\+)+[ \t]*$")
SIMPLE = re.compile(r"\A=+(?:[ \t]+=+)+[ \t]*$")
_RULED = re.compile(r"[-=][-=+|]*")
_UNDERLINE = re.compile(r"[-= \t]*")
_FILLER = "\x00"


def end_of_grid(lines: Sequence[str], start: int) -> int:
    """Return the line after a table with borders."""
    end = start
    while end < len(lines) and lines[end][:1] in ("+", "|"):
        end += 1
    return end


def end_of_simple(lines: Sequence[str], start: int) -> int:
    """Return the line after a table between double rules, `start` itself if it has no end."""
    rules = 0
    for number in range(start + 1, len(lines)):
        blank_next = number + 1 == len(lines) or not lines[number + 1].strip()
        if SIMPLE.match(lines[number]):
            rules += 1
            if blank_next:
                return number + 1
        elif lines[number].startswith(("..", " " * 40)) and not rules and blank_next:
            continue
    return start


def grid_cells(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the cells of a table with borders; if they are not in line, those between bars in each line."""
    padded = [_padded(line.rstrip()) for line in lines]
    if any(len(line) != len(padded[0]) or line[-1] not in "|+" for line in padded):
        yield from ([part] for line in lines if line.startswith("|") for part in line.strip("| ").split("|"))
        return
    columns = sorted(
        {at for line in padded if line.startswith("+") for at, char in enumerate(line) if char == "+"}
    )
    cells: dict[int, list[str]] = {}
    for line in padded:
        edges = [at for at in columns if at < len(line) and line[at] in "|+"]
        for left, right in pairwise(edges):
            part = line[left + 1 : right]
            if _RULED.fullmatch(part):
                for start in [start for start in cells if left <= start < right]:
                    yield _unpadded(cells.pop(start))
            else:
                cells.setdefault(left, []).append(part)
    for start in sorted(cells):
        yield _unpadded(cells[start])


def simple_cells(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the cells of a table between double rules; a line without a first cell goes on in the others."""
    starts = [match.start() for match in re.finditer("=+", lines[0])]
    ends = [*starts[1:], None]
    row: list[list[str]] = []
    for line in lines[1:]:
        if _UNDERLINE.fullmatch(line) and line.strip():
            yield from row
            row = []
            continue
        padded = _padded(line)
        parts = _split(padded, starts, ends)
        if row and (not parts[0].strip() or not line.strip()):
            for cell, part in zip(row, parts, strict=True):
                cell += _unpadded([part])
        elif line.strip():
            yield from row
            row = [_unpadded([part]) for part in parts]
    yield from row


def _split(line: str, starts: Sequence[int], ends: Sequence[int | None]) -> list[str]:
    """Cut a line at its columns; a text that reaches into the next column is cut after its word instead."""
    parts, carried = [], 0
    for start, end in zip(starts, ends, strict=True):
        begin = max(start, carried)
        stop = len(line) if end is None else end
        if end is not None and stop < len(line) and line[stop - 1 : stop].strip():
            while stop < len(line) and line[stop] not in " \t":
                stop += 1
        parts.append(line[begin:stop])
        carried = stop
    return parts


def csv_cells(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the cells of a table of values between commas."""
    try:
        for row in csv.reader(lines, skipinitialspace=True):
            yield from ([cell] for cell in row)
    except csv.Error:
        yield from ([line] for line in lines)


def width(line: str) -> int:
    """Return how many columns a line takes."""
    return len(_padded(line))


def _padded(line: str) -> str:
    """Return a line in which each wide character takes two places, as its columns were drawn."""
    if line.isascii():
        return line
    return "".join(char + _FILLER if unicodedata.east_asian_width(char) in "WF" else char for char in line)


def _unpadded(lines: Sequence[str]) -> list[str]:
    return [line.replace(_FILLER, "") for line in lines]
