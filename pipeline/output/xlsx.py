"""Reads a table from a spreadsheet that a reviewer sent back, and how its cells escape characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook

from pipeline.errors import InputError
from pipeline.store.plain_files import opened

CELL = 32_767
"""Maximum length of a cell in UTF-16 code units."""

_CONTROL = "[\x00-\x08\x0b\x0c\r\x0e-\x1f\ufffe\uffff]"
NOT_XML = re.compile(_CONTROL)
"""Characters that XML does not allow, or does not keep."""

_ESCAPE_LIKE = re.compile(f"_(?=x[0-9A-Fa-f]{{4}}(?:_|{_CONTROL}))")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

MAX_COLUMNS = 500  # a corpus table has a dozen, and four for each language
MAX_RATIO = 100  # unpacked size allowed, relative to the file; tables have up to 20
SMALL = 1_000_000  # bytes up to which the ratio does not matter
MAX_UNPACKED = 500_000_000  # bytes

_REPEATED = ("article", "row", "id", "part")


def read_xlsx(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the header and the numbered lines of a corpus table, with the parts of each row joined.

    Raises `InputError` if the file is not a spreadsheet.
    """
    try:
        _check_size(path)
        with opened(path, follow=True) as stream:  # whatever the name of the file
            book = load_workbook(stream, read_only=True, data_only=True)
            lines = list(_lines(book.worksheets[0]))
            book.close()
    except InputError:
        raise
    except Exception as error:  # openpyxl passes on whatever its parsers meet in a damaged part
        raise InputError(f"{path} is not a spreadsheet: {error}") from error
    names = lines[0][1] if lines else []
    return names, _joined(names, lines[1:])


def _check_size(path: Path) -> None:
    """Raise `InputError` if a spreadsheet unpacks to more than any table of ours does."""
    with ZipFile(path) as archive:
        size = sum(member.file_size for member in archive.infolist())
    if size > max(SMALL, MAX_RATIO * path.stat().st_size) or size > MAX_UNPACKED:
        raise InputError(f"{path} unpacks to {size:,} bytes, which is far more than a table of its size has")


def _lines(sheet: Any) -> Iterator[tuple[int, list[str]]]:  # noqa: ANN401 (no types)
    """Yield the lines that are not empty, numbered, as wide as the first one; raises `InputError`."""
    width = None
    for number, line in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1), start=1):
        cells = [_text(value) for value in line]
        while width is None and cells and not cells[-1]:
            cells.pop()
        width = len(cells) if width is None else width
        if width > MAX_COLUMNS:
            raise InputError(f"the spreadsheet has more than {MAX_COLUMNS} columns")
        cells = cells[:width] + [""] * (width - len(cells))
        if number == 1 or any(cells):
            yield number, cells


def _joined(names: Sequence[str], lines: Sequence[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Return the lines, each joined with its continuation lines."""
    place = {name: k for k, name in enumerate(names)}
    found: list[tuple[int, list[str]]] = []
    for number, line in lines:
        same = found and "id" in place and found[-1][1][place["id"]] == line[place["id"]]
        if same and "part" in place and line[place["part"]] not in ("", "1"):
            for name, k in place.items():
                if name not in _REPEATED:
                    found[-1][1][k] += line[k]
        else:
            found.append((number, list(line)))
    return [(number, [unescaped(value) for value in line]) for number, line in found]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def escaped(text: str) -> str:
    """Escape characters that XML does not allow in the style of `_x000D_`."""
    text = _ESCAPE_LIKE.sub("_x005F_", text)
    return NOT_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def unescaped(text: str) -> str:
    """Return the original of an `escaped` text."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
