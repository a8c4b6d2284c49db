"""Paragraph numbers as the output writes them: `4`, `4-5` or, with a gap, `4-5,7`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.datatypes import Paragraph

_NUMBERS = re.compile(r"[1-9][0-9]{0,6}(?:-[1-9][0-9]{0,6})?(?:,[1-9][0-9]{0,6}(?:-[1-9][0-9]{0,6})?)*")


def parse_paragraph_numbers(cell: str) -> list[int]:
    """Return the numbers in a cell such as `4`, `4-5` or `4-5,7`; none if it is empty.

    Raises `ValueError` for anything else, and for numbers that do not rise.
    """
    if not cell:
        return []
    compact = cell.replace(" ", "")
    if not _NUMBERS.fullmatch(compact):
        raise ValueError(f"{cell!r} are no paragraph numbers; write 4, 4-5 or 4-5,7")
    numbers: list[int] = []
    for part in compact.split(","):
        first, _, last = part.partition("-")
        if int(first) > int(last or first) or (numbers and int(first) <= numbers[-1]):
            raise ValueError(f"the paragraph numbers in {cell!r} do not rise")
        numbers.extend(range(int(first), int(last or first) + 1))
    return numbers


def format_paragraph_numbers(paragraphs: Iterable[Paragraph]) -> str:
    """Return the paragraphs' numbers as ranges, as in `4-5` or, with a gap, `4-5,7`."""
    ranges: list[list[int]] = []
    for number in dict.fromkeys(paragraph.number for paragraph in paragraphs):
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    return ",".join("-".join(map(str, numbers)) for numbers in ranges)
