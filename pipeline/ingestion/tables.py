r"""How a CSV table is written: its delimiter, what Excel puts above it, and backslash escapes.

RFC 4180 doubles a quote inside quotes; MySQL, and pandas with `escapechar`, write `\"`. A closing quote
stands before a delimiter or a line end, so a `\"` before anything else shows that the backslash is an escape.
Without quotes, MySQL and PostgreSQL write `\N` for an empty cell and a backslash before a tab or line end.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple

DELIMITERS = ",;\t|"
MAX_ABOVE = 10  # lines above the header that are searched for it
MAX_HEADER_LINES = 100  # lines that a heading with line ends in quotes may take

_SEPARATOR = re.compile(r'\A\s*"?sep=(\\t|[^\w"\\\r\n])"?\s*$', re.IGNORECASE)
_QUOTED = re.compile(r'(?<!\\)"(?:[^"\\]|""|\\.)*"', re.DOTALL)
_ESCAPED_QUOTE = re.compile(r'(?<!\\)(?:\\\\)*\\"(?![",;\t|\r\n]|\Z)')
_ESCAPED_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)\\([nrt])")
_NULL = re.compile(r"(?<![^,;\t|\n])\\N(?![^,;\t|\r\n])")
_LINE_END = re.compile(r"(?<!\\)(?:\\\\)*\\\n?\Z")
_NO_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\(?![\\NnrtbvfZ0'\"\t\n]|\Z)")
_PROSE_BREAK = re.compile(r"[.!?…:;»”\"。！？)>](?:\\\\)*(?:\\r)?\\n(?=[^\W\d_a-z]|\\n|[-–—*\d\"«„“‘「])")
_TABS = re.compile(r"(?<!\\)(?:\\\\)*\t")
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


def has_escapes(lines: Iterable[str]) -> bool:
    """Return whether the backslashes in a table are escapes."""
    dump = _Dump()
    return any(_has_escaped_quote(line) or dump.add(line) for line in lines) or dump.is_one


def _has_escaped_quote(line: str) -> bool:
    r"""Return whether a line has a `\"` that can only be an escaped quote."""
    return '\\"' in line and _ESCAPED_QUOTE.search(line) is not None


class _Dump:
    """Finds out whether lines are what a database writes: tabs between cells, backslashes as escapes.

    All backslashes have to be escapes, and lines have to make rows of equal width. A row over several lines,
    an empty cell or a line end after a sentence is the proof.
    """

    def __init__(self) -> None:
        self._width = -1  # tabs of the header
        self._tabs = 0  # in the row so far
        self._lines = 0  # of the row so far
        self._proven = False
        self._possible = True

    @property
    def is_one(self) -> bool:
        """Return whether it is one, after the last line."""
        return self._possible and self._proven and not self._lines

    def add(self, line: str) -> bool:
        """Take a line; return False, as a later line may show the contrary."""
        if self._width < 0:
            self._width = line.count("\t")
        if not self._width or not self._possible:
            return False
        has_backslash = "\\" in line
        if has_backslash and _NO_ESCAPE.search(line):
            self._possible = False
            return False
        self._lines += 1
        self._tabs += len(_TABS.findall(line)) if has_backslash else line.count("\t")
        if has_backslash and _LINE_END.search(line):
            return False
        if has_backslash and (_NULL.search(line) or _PROSE_BREAK.search(line)):
            self._proven = True
        if self._lines > 1:
            self._proven = True
            self._possible = self._tabs == self._width
        self._tabs = self._lines = 0
        return False


def dialect_of(
    lines: Iterable[str], escaped: bool, is_header: Callable[[Sequence[str]], bool], delimiter: str = ""
) -> Dialect:
    """Return how a table with these first lines is written.

    Of the possible delimiters, the one wins that makes a header that `is_header` accepts, then the most
    frequent one outside quotes.
    """
    below, blank = _without_blank(lines)
    first_lines = list(islice(below, MAX_HEADER_LINES))
    head = list(_head(first_lines))
    first = _SEPARATOR.match(head[0].removeprefix("\ufeff").rstrip("\r\n")) if head else None
    skipped = blank + (first is not None)
    header = "".join(_head(head[skipped - blank :]))
    if first:
        return Dialect(first[1].replace("\\t", "\t"), escaped, skipped)
    if not any(is_header(_cells(header, mark, escaped)) for mark in delimiter or DELIMITERS):
        above = _lines_above(first_lines, delimiter or DELIMITERS, escaped, is_header)
        skipped += above
        header = "".join(_head(first_lines[above:])) if above else header
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


def _lines_above(
    lines: Sequence[str], delimiters: str, escaped: bool, is_header: Callable[[Sequence[str]], bool]
) -> int:
    """Return how many lines are above the header: titles, comments, and blank ones, of one cell each."""
    for number in range(1, min(MAX_ABOVE, len(lines))):
        for mark in delimiters:
            if len(list(filter(str.strip, lines[number - 1].strip().split(mark)))) > 1:
                break
            header = _cells("".join(_head(lines[number:])), mark, escaped)
            if len(header) > 1 and is_header(header):
                return number
        else:
            continue
        break
    return 0


def _without_blank(lines: Iterable[str]) -> tuple[Iterator[str], int]:
    """Return the lines from the first that is not blank, and how many are above it."""
    source = iter(lines)
    for number, line in enumerate(source):
        if line.removeprefix("\ufeff").strip():
            return chain([line], source), number
    return source, 0


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
