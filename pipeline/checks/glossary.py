"""The user's glossary: a CSV table of terms that must be translated so, or not at all."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from pipeline.checks.families.terms import Glossary, Term
from pipeline.errors import InputError
from pipeline.ingestion.encodings import decode
from pipeline.languages.codes import is_language, language_code

_ALTERNATIVES = "|"


def read_glossary(path: Path) -> Glossary:
    """The terms of a table with a column for each language, named by its code; raises `InputError`.

    A cell may hold several ways to say it, with `|` between them; the first is the one to suggest. A line
    with one cell filled, or in the column `term`, is a term that stays as it is in every language.
    """
    try:
        decoded = decode(path.read_bytes())
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
    terms = [term for line in lines[1:] if (term := _term(line, columns))]
    if not terms:
        raise InputError(f"the glossary {path} holds no terms")
    return Glossary(terms)


def _columns(header: list[str]) -> dict[int, str]:
    """The language of each column that has one; "" for the column `term`."""
    names = [name.strip().lower() for name in header]
    columns = {place: language_code(name) for place, name in enumerate(names) if len(name) <= 10}
    found = {place: code for place, code in columns.items() if is_language(code)}
    return found | {place: "" for place, name in enumerate(names) if name == "term"}


def _term(line: list[str], columns: dict[int, str]) -> Term | None:
    cells = {code: line[place] for place, code in columns.items() if place < len(line)}
    forms = {
        code: tuple(form.strip() for form in cell.split(_ALTERNATIVES) if form.strip())
        for code, cell in cells.items()
    }
    filled = {code: alternatives for code, alternatives in forms.items() if alternatives}
    if not filled:
        return None
    if len(filled) == 1:
        return Term({}, next(iter(filled.values())))
    return Term({code: alternatives for code, alternatives in filled.items() if code}, ())
