r"""How a CSV table is written: its delimiter, what Excel puts above it, and backslash escapes.

RFC 4180 doubles a quote inside quotes; MySQL, and pandas with `escapechar`, write `\"`. A closing quote
stands before a delimiter or a line end, so a `\"` before anything else shows that the backslash is an escape.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

DELIMITERS = ",;\t|"
MAX_HEADER_LINES = 100  # lines that a heading with line ends in quotes may take

_SEPARATOR = re.compile(r'\s*"?sep=(\\t|[,;\t|: ])"?\s*$', re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"\\]|""|\\.)*"', re.DOTALL)
_ESCAPED_QUOTE = re.compile(r'(?<!\\)(?:\\\\)*\\"(?![",;\t|\r\n]|\Z)')
_ESCAPED_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)\\([nrt])")
_NULL = re.compile(r"(?<![^,;\t|\n])\\N(?![^,;\t|\r\n])")
_BREAKS = {"n": "\u2028", "r": "", "t": "\t"}
_LINE_SEPARATOR = "\u2028"
"""Stands for an escaped line end until the table is split into lines; texts that have it mean one too."""

EMPTY = frozenset(
    (
        *(
            "#N/A",
            "#N/A N/A",
            "#NA",
            "-1.#IND",
            "-1.#QNAN",
            "1.#IND",
            "1.#QNAN",
            "-NaN",
            "-nan",
            "NaN",
            "nan",
        ),
        *("<NA>", "N/A", "n/a", "NA", "NaT", "NULL", "null", "None", "\\N"),
    )
)
"""What pandas writes or reads as an empty cell, and `\\N` of databases."""


class Dialect(NamedTuple):
    """How a table is written."""

    delimiter: str
    escaped: bool  # with backslashes
    skipped: int = 0  # lines above the header


def shows_escapes(line: str) -> bool:
    r"""Return whether a line has a `\"` that can only be an escaped quote."""
    return '\\"' in line and _ESCAPED_QUOTE.search(line) is not None


def dialect_of(
    lines: Iterable[str], escaped: bool, is_header: Callable[[Sequence[str]], bool], delimiter: str = ""
) -> Dialect:
    """Return how a table with these first lines is written.

    Of the possible delimiters, the one wins that makes a header that `is_header` accepts, then the most
    frequent one outside quotes.
    """
    head = list(_head(lines))
    first = _SEPARATOR.match(head[0].removeprefix("\ufeff").rstrip("\r\n")) if head else None
    skipped = 1 if first else 0
    header = "".join(_head(head[skipped:]))
    if first:
        return Dialect(first[1].replace("\\t", "\t"), escaped, skipped)
    if not delimiter:
        bare = _QUOTED.sub("", header).partition("\n")[0]
        delimiter = max(
            DELIMITERS,
            key=lambda mark: (
                is_header(_cells(header, mark, escaped)),
                bare.count(mark),
            ),
        )
    return Dialect(delimiter, escaped, skipped)


def _cells(header: str, delimiter: str, escaped: bool) -> list[str]:
    try:
        return next(reader(header.splitlines(keepends=True), Dialect(delimiter, escaped)), [])
    except csv.Error:
        return []


def _head(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of the header, one more if Excel's line is above it."""
    quotes = 0
    for number, line in enumerate(lines, start=1):
        yield line
        quotes += line.count('"')
        above = number == 1 and _SEPARATOR.match(line.removeprefix("\ufeff").rstrip("\r\n"))
        if (quotes % 2 == 0 and not above) or number > MAX_HEADER_LINES:
            return


def reader(lines: Iterable[str], dialect: Dialect) -> Any:  # noqa: ANN401 (csv readers have no public type)
    """Return a reader of the rows of a table, the header first."""
    source = iter(lines)
    for _ in range(dialect.skipped):
        next(source, None)
    first = next(source, "").removeprefix("\ufeff")
    source = chain([first] if first else [], source)
    if not dialect.escaped:
        return csv.reader(source, delimiter=dialect.delimiter)
    return csv.reader(map(_unescaped, source), delimiter=dialect.delimiter, escapechar="\\")


def cell(text: str, dialect: Dialect) -> str:
    """Return the text of a cell."""
    return text.replace(_LINE_SEPARATOR, "\n") if dialect.escaped else text


def _unescaped(line: str) -> str:
    """Replace the escapes that mean something else than the character behind the backslash."""
    if "\\" not in line:
        return line
    line = _NULL.sub("", line)
    return _ESCAPED_BREAK.sub(lambda match: match[1] + _BREAKS[match[2]], line)
