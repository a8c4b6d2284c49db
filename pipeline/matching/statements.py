"""Statements: which files belong together and which do not, as people wrote them down (`pairs.csv`).

A line is one article: a column for each language, in it the name of a file as `articles.csv` writes it. An
empty cell says nothing, `-` says that there is none in this language, and a line with a single file and
nothing else says that this file has no translation. `no` in the column `together` says that the files of the
line are never one article.
"""

from __future__ import annotations

import csv
import hashlib
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import InputError
from pipeline.ingestion.encodings import decode
from pipeline.languages.codes import is_language, language_code
from pipeline.store.plain_files import read_bytes

TOGETHER, NONE = "together", "-"
"""The column that tells whether files belong together; a cell that says that there is no file."""

_YES, _NO = frozenset(("", "yes", "y", "true", "1")), frozenset(("no", "n", "false", "0"))
_DELIMITERS = ",;\t|"


class Statement(NamedTuple):
    """What one line says."""

    line: int  # its number in the file, counted from 1
    files: tuple[tuple[str, str], ...]  # (language, name), in the order of the columns
    none: tuple[str, ...]  # languages in which there is no file
    together: bool
    place: str = ""  # where it stands, in words; "" if in the file of all of them


class Statements(NamedTuple):
    """All that was stated, and where."""

    source: str  # its name in reasons
    rows: tuple[Statement, ...]
    sha256: str
    unit: str = "line"  # what a statement is called there

    def place(self, row: Statement) -> str:
        """Return where a statement stands, in words."""
        return row.place or f"{self.source}, {self.unit} {row.line}"


NOTHING_STATED = Statements("", (), "")


def read_statements(path: Path, source: str, languages: Sequence[str]) -> Statements:
    """Read a CSV table, which may be one that Excel wrote; raises `InputError`.

    `languages` are those of the run, `source` is what the file is called in reasons and messages.
    """
    try:
        data = read_bytes(path, follow=True)
    except OSError as error:
        raise InputError(f"cannot read {source}: {error.strerror or error}") from error
    decoded = decode(data)
    if isinstance(decoded, str):
        raise InputError(f"{source} {decoded}")
    text, first, delimiter = decoded.text.removeprefix("\ufeff"), 1, ""
    head, _, rest = text.partition("\n")
    if head.rstrip("\r").lower().startswith("sep=") and len(head.rstrip("\r")) == len("sep=") + 1:
        text, first, delimiter = rest, 2, head[len("sep=")]
    delimiter = delimiter or max(_DELIMITERS, key=text.partition("\n")[0].count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        numbered = list(_numbered(lines, first))
    except csv.Error as error:
        raise InputError(f"{source}, line {lines.line_num + first - 1}: {error}") from error
    header = numbered[0][1] if numbered else []
    rows = tuple(_statements(header, numbered[1:], source, languages, "line"))
    return Statements(source, rows, hashlib.sha256(data).hexdigest())


def statements_of(rows: Iterable[Mapping[str, str]], source: str, languages: Sequence[str]) -> Statements:
    """Return the statements of rows that map columns to cells, counted from 1; raises `InputError`."""
    given = list(rows)
    header = list(dict.fromkeys(name for row in given for name in row)) or list(languages)
    lines = [(number, [row.get(name, "") for name in header]) for number, row in enumerate(given, 1)]
    digest = hashlib.sha256(repr((header, lines)).encode("utf-8", "surrogatepass")).hexdigest()
    found = tuple(_statements(header, lines, source, languages, "row"))
    return Statements(source, found, digest, "row")


def same_name(name: str) -> str:
    """Return a form of a name in which different ways to write it are equal.

    File systems and programs differ in whether an accented letter is one character or two, and in how they
    separate folders.
    """
    return unicodedata.normalize("NFC", name.strip().replace("\\", "/").removeprefix("./"))


def _numbered(lines: Iterator[list[str]], first: int) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not blank with the number of its first line in the file."""
    start = first
    for cells in lines:
        if any(map(str.strip, cells)):
            yield start, cells
        start = first + lines.line_num  # type: ignore[attr-defined]


def _statements(
    header: Sequence[str],
    lines: Iterable[tuple[int, Sequence[str]]],
    source: str,
    languages: Sequence[str],
    unit: str,
) -> Iterator[Statement]:
    """Yield what the lines say; raises `InputError` if they contradict each other."""
    columns = _columns(header, source, languages)
    stated: dict[str, Statement] = {}  # the statement that puts a file together with others
    language: dict[str, tuple[str, int]] = {}  # of each file, and the line that says so
    apart: dict[tuple[str, str], int] = {}
    for number, cells in lines:
        row = _statement(number, cells, columns, f"{source}, {unit} {number}")
        if row is None:
            continue
        names = [same_name(name) for _, name in row.files]
        twice = [name for k, name in enumerate(names) if name in names[:k]]
        if twice:
            raise InputError(f"{source}, {unit} {number}: {twice[0]} stands in two columns")
        for (code, _), name in zip(row.files, names, strict=True):
            before, line = language.setdefault(name, (code, number))
            if before != code:
                where = f"in column {before} of {unit} {line} and in column {code} of {unit} {number}"
                raise InputError(f"{source}: {name} is {where}")
            if row.together and name in stated:
                where = f"in {unit} {stated[name].line} and in {unit} {number}"
                raise InputError(f"{source}: {name} stands {where}, but a file belongs to one article")
        if row.together:
            stated.update(dict.fromkeys(names, row))
        else:
            apart.update(dict.fromkeys(combinations(sorted(names), 2), number))
        yield row
    for (one, two), number in apart.items():
        if one in stated and stated[one] is stated.get(two):
            both = f"{unit} {stated[one].line} says that {one} and {two} belong together"
            raise InputError(f"{source}: {both}, {unit} {number} that they do not")


def _columns(header: Sequence[str], source: str, languages: Sequence[str]) -> dict[int, str]:
    """Return the language of each column, and `TOGETHER`; raises `InputError`."""
    columns: dict[int, str] = {}
    unknown = []
    for place, title in enumerate(header):
        name = title.strip().lower()
        code = name if name == TOGETHER else language_code(name)
        if not name:
            continue  # a column of blank cells, as spreadsheets leave them; others are an error in their line
        if code in columns.values():
            raise InputError(f"{source} has two columns {title.strip()}")
        if code == TOGETHER or (is_language(code) and code in languages):
            columns[place] = code
        else:
            unknown.append(title.strip())
    known = f"the languages of this run are {', '.join(languages)}"
    if unknown:
        columns_are = "a column that is" if len(unknown) == 1 else "columns that are"
        raise InputError(f"{source} has {columns_are} no language of this run: {', '.join(unknown)}; {known}")
    if not set(columns.values()) - {TOGETHER}:
        raise InputError(f"the first line of {source} must name a column for each language; {known}")
    return columns


def _statement(number: int, cells: Sequence[str], columns: Mapping[int, str], place: str) -> Statement | None:
    """Return what a line says, None if that is nothing; raises `InputError`."""
    extra = [cell.strip() for k, cell in enumerate(cells) if k not in columns and cell.strip()]
    if extra:
        raise InputError(f"{place}: {extra[0]} stands in no named column; a name with a comma needs quotes")
    said = {columns[k]: cell.strip() for k, cell in enumerate(cells) if k in columns and cell.strip()}
    word = said.pop(TOGETHER, "").lower()
    if word not in _YES | _NO:
        raise InputError(f"{place}: the column {TOGETHER} must be yes or no, not {word}")
    files = tuple((code, name) for code, name in said.items() if name != NONE)
    none = tuple(code for code, name in said.items() if name == NONE)
    if word in _NO and len(files) < 2:
        raise InputError(f"{place}: name at least two files that do not belong together")
    return Statement(number, files, none, word in _YES) if files else None
