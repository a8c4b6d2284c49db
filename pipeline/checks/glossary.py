"""The user's glossary, a CSV table: how terms are translated, which are kept, and which are forbidden."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.checks.families.terms import Glossary, Term
from pipeline.errors import InputError
from pipeline.ingestion.encodings import decode
from pipeline.languages.codes import is_language, language_code
from pipeline.store.plain_files import read_bytes

_ALTERNATIVES, _FORBIDDEN = "|", "!"

_COLUMN = re.compile(r"(.+?)[ _:-]forbidden")

_YES = frozenset(("1", "yes", "y", "true", "x", "sensitive", "case-sensitive"))
_NO = frozenset(("0", "no", "n", "false", "insensitive", "case-insensitive"))
_CASE = ("case", "case-sensitive", "case sensitive")


class _Column(NamedTuple):
    language: str  # "" for all of them
    forbidden: bool


def read_glossary(path: Path) -> Glossary:
    """The terms of a table with a column for each language, named by its code; raises `InputError`.

    A cell may hold several ways to say it, with `|` between them; the first is the one to suggest. A line
    with one cell filled, or in the column `term`, is a term that stays as it is in every language. What
    begins with `!`, or is in a column such as `pl forbidden`, must not be used; the column `forbidden` is
    for all languages. The column `case` says whether capitals count.
    """
    try:
        decoded = decode(read_bytes(path, follow=True))
    except OSError as error:
        raise InputError(f"cannot read the glossary {path}: {error.strerror or error}") from error
    if isinstance(decoded, str):
        raise InputError(f"the glossary {path} {decoded}")
    header_line = decoded.text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header_line.count)
    try:
        lines = list(csv.reader(io.StringIO(decoded.text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise InputError(f"the glossary {path} is no CSV table: {error}") from error
    columns = _columns(lines[0] if lines else [])
    if not columns:
        raise InputError(
            f"the first line of the glossary {path} must be language codes, as in it,ko,pl, or the word term"
        )
    case = _case_column(lines[0])
    terms = [
        term
        for number, line in enumerate(lines[1:], 2)
        if (term := _term(line, columns, _exact_case(line, case, f"{path}, line {number}")))
    ]
    if not terms:
        raise InputError(f"the glossary {path} holds no terms")
    return Glossary(terms)


def _columns(header: Sequence[str]) -> dict[int, _Column]:
    """What each column holds that has terms; the language of the column `term` is ""."""
    found = {}
    for place, name in enumerate(cell.strip().lower() for cell in header):
        banned = _COLUMN.fullmatch(name)
        bare = banned[1] if banned else name
        code = language_code(bare) if len(bare) <= 10 else ""
        if name in ("term", "forbidden", "term forbidden"):
            found[place] = _Column("", name != "term")
        elif is_language(code):
            found[place] = _Column(code, banned is not None)
    return found


def _case_column(header: Sequence[str]) -> int | None:
    names = [name.strip().lower() for name in header]
    return next((names.index(name) for name in _CASE if name in names), None)


def _exact_case(line: Sequence[str], place: int | None, where: str) -> bool | None:
    """Return whether case counts for the terms of a line; None where it does not say so."""
    said = line[place].strip().lower() if place is not None and place < len(line) else ""
    if said and said not in _YES | _NO:
        raise InputError(f"{where}: case is {said!r}; write yes or no")
    return said in _YES if said else None


def _term(line: Sequence[str], columns: dict[int, _Column], exact: bool | None) -> Term | None:
    return term_of([(*column, line[place]) for place, column in columns.items() if place < len(line)], exact)


def term_of(cells: Iterable[tuple[str, bool, str]], exact: bool | None = None) -> Term | None:
    """Return the entry in the cells of a line, None if they are empty.

    A cell comes with its language, "" for the column `term`, and whether all in it is forbidden.
    """
    forms: dict[str, tuple[str, ...]] = {}
    forbidden: dict[str, tuple[str, ...]] = {}
    for code, banned, cell in cells:
        for form in map(str.strip, cell.split(_ALTERNATIVES)):
            bare = form.removeprefix(_FORBIDDEN).strip()
            table = forbidden if banned or form != bare else forms
            if bare:
                table[code] = (*table.get(code, ()), bare)
    if not forms and not forbidden:
        return None
    if not forbidden and len(forms) == 1:
        return Term({}, next(iter(forms.values())), exact_case=exact)
    kept = forms.pop("", ())
    return Term(forms, () if forms else kept, forbidden, exact)
