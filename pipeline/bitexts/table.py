"""CSV and TSV tables with one column per language, named by its code."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipeline.bitexts.segments import Bitext, Segment
from pipeline.errors import InputError
from pipeline.ingestion.encodings import decode
from pipeline.ingestion.tables import Dialect, cell, dialect_of, has_escapes, reader
from pipeline.languages.codes import is_language, language_code
from pipeline.store.plain_files import read_bytes

_IDS, _GROUPS = ("id", "row_id", "key"), ("article", "file", "document")


def read(path: Path) -> Bitext:
    """Read a table such as `corpus.csv`; raises `InputError`.

    Columns other than languages, `id`, `article` and `confidence` are ignored.
    """
    decoded = decode(read_bytes(path, follow=True))
    if isinstance(decoded, str):
        raise InputError(f"{path} {decoded}")
    csv.field_size_limit(sys.maxsize)
    dialect = _dialect(decoded.text, path)
    lines = reader(io.StringIO(decoded.text, newline=""), dialect)
    header: list[str] = next(lines, [])
    try:
        return bitext_of(header, _numbered(lines, dialect), f"{path}: the first line")
    except csv.Error as error:
        raise InputError(f"{path}, line {lines.line_num}: {error}") from error


def bitext_of(header: Sequence[str], lines: Iterable[tuple[int, Sequence[str]]], where: str) -> Bitext:
    """Return the rows of a table from its header and numbered lines.

    Raises `InputError` if the header names fewer than two languages; `where` locates it in the message.
    """
    columns = language_columns(header)
    if len(columns) < 2:
        raise InputError(f"{where} must include two language codes, as in id,it,ko")
    return Bitext(tuple(columns), list(_segments(lines, [name.strip().lower() for name in header], columns)))


def _numbered(
    lines: Any,  # noqa: ANN401 (csv readers have no public type)
    dialect: Dialect,
) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the number of its first line in the file."""
    start = dialect.skipped + lines.line_num + 1
    for cells in lines:
        yield start, [cell(text, dialect) for text in cells] if dialect.escaped else cells
        start = dialect.skipped + lines.line_num + 1


def _dialect(text: str, path: Path) -> Dialect:
    """Return how a table is written; `.tsv` says the delimiter."""
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ""
    lines = io.StringIO(text, newline="")
    escaped = has_escapes(io.StringIO(text))
    return dialect_of(lines, escaped, lambda header: len(language_columns(header)) > 1, delimiter)


def language_columns(header: Sequence[str]) -> dict[str, int]:
    """Return the column index of each language; `id` is the row id, and Indonesian is `id_text`.

    Codes of three letters, which are also short for other things (`cat`, `tel`), count only where fewer than
    two columns are named by shorter ones.
    """
    columns = {code: place for code, place, name in _named(header) if len(_primary(name)) < 3}
    if len(columns) < 2:
        for code, place, name in _named(header):
            if _primary(name) not in _OTHER_WORDS:
                columns.setdefault(code, place)
    return dict(sorted(columns.items(), key=lambda column: column[1]))


_OTHER_WORDS = frozenset(("cat", "tel", "mac", "per", "fin", "est", "mar"))


def _named(header: Sequence[str]) -> Iterator[tuple[str, int, str]]:
    """Yield the code, place and name of every column that is named by a language, the last column first."""
    for place, name in reversed(list(enumerate(header))):
        bare = name.strip().lower()
        code = "id" if bare == "id_text" else "" if bare == "id" else language_code(bare)
        if is_language(code) and len(bare) <= 10 and not bare.endswith("_paragraphs"):
            yield code, place, bare


def _primary(name: str) -> str:
    return "" if name == "id_text" else name.replace("_", "-").partition("-")[0]


def _segments(
    lines: Iterable[tuple[int, Sequence[str]]], header: Sequence[str], columns: Mapping[str, int]
) -> Iterator[Segment]:
    id_, group = (next((header.index(n) for n in names if n in header), -1) for names in (_IDS, _GROUPS))
    confidence = header.index("confidence") if "confidence" in header else -1
    for number, cells in lines:
        texts = {code: _cell(cells, place) for code, place in columns.items()}
        if any(text.strip() for text in texts.values()):
            sure = _number(_cell(cells, confidence))
            yield Segment(_cell(cells, id_), texts, _cell(cells, group), sure, number)


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if 0 <= place < len(cells) else ""


def _number(text: str) -> float:
    """Return a confidence in 0..1, or 1 if there is none."""
    with suppress(ValueError):
        return min(1.0, max(0.0, float(text)))
    return 1.0
