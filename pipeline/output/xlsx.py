"""Reads a table from a spreadsheet that a reviewer sent back, and how its cells escape characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook

from pipeline.errors import InputError

CELL = 32_767
"""Maximum length of a cell in UTF-16 code units."""

_CONTROL = "[\x00-\x08\x0b\x0c\r\x0e-\x1f\ufffe\uffff]"
NOT_XML = re.compile(_CONTROL)
"""Characters that XML does not allow, or does not keep."""

_ESCAPE_LIKE = re.compile(f"_(?=x[0-9A-Fa-f]{{4}}(?:_|{_CONTROL}))")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

_REPEATED = ("article", "row", "id", "part")


def read_xlsx(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the header and the numbered lines of a corpus table, with the parts of each row joined.

    Raises `InputError` if the file is not a spreadsheet.
    """
    try:
        with path.open("rb") as stream:  # whatever the name of the file
            book = load_workbook(stream, read_only=True, data_only=True)
            rows = book.worksheets[0].iter_rows(values_only=True)
            lines = [[_text(value) for value in line] for line in rows]
    except (OSError, BadZipFile, KeyError, ValueError, IndexError) as error:
        raise InputError(f"{path} is not a spreadsheet: {error}") from error
    names = lines[0] if lines else []
    return names, _joined(names, lines[1:])


def _joined(names: Sequence[str], lines: Sequence[list[str]]) -> list[tuple[int, list[str]]]:
    """Return the lines, each joined with its continuation lines."""
    place = {name: k for k, name in enumerate(names)}
    found: list[tuple[int, list[str]]] = []
    for number, line in enumerate(lines, start=2):
        if not any(line):
            continue
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
