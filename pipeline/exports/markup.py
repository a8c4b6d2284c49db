"""XML escaping that preserves every character allowed in XML, and files per language pair."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from pipeline.exports.content import Content, ExportRow

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_ATTRIBUTE = _TEXT | {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
_TEXT_TABLE = str.maketrans(_TEXT)
_ATTRIBUTE_TABLE = str.maketrans(_ATTRIBUTE)


def text(value: str) -> str:
    """Escape a text as element content."""
    return value.translate(_TEXT_TABLE)


def attributes(**values: object) -> str:
    """Return attributes, each after a space; `_` in names becomes `-`, `__` becomes `:`; None is skipped."""
    return "".join(
        f' {name.replace("__", ":").replace("_", "-")}="{str(value).translate(_ATTRIBUTE_TABLE)}"'
        for name, value in values.items()
        if value is not None
    )


def clean(value: str) -> str:
    """Replace characters that XML does not allow; for metadata, not for the texts of the corpus."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", value)


def writable(content: Content) -> tuple[list[ExportRow], list[str]]:
    """Return the rows whose texts are valid in XML, and a note if there are others."""
    kept = [row for row in content.rows if not any(map(_NOT_XML.search, _texts(row, content.languages)))]
    left = len(content.rows) - len(kept)
    note = f"{left} rows are skipped: they have control characters that XML does not allow"
    return kept, [note] if left else []


def _texts(row: ExportRow, languages: Iterable[str]) -> Iterable[str]:
    return (row.texts.get(code, "") for code in languages)


Document = Callable[[Iterable[ExportRow], Content, str, str], Iterable[str]]
"""Returns the parts of a document from rows, content, source language and target language."""


def write_pairs(content: Content, folder: Path, suffix: str, document: Document) -> tuple[int, list[str]]:
    """Write a document per language pair with the rows that have a source text; return rows and notes."""
    rows, notes = writable(content)
    written: set[str] = set()
    for source, target in content.pairs():
        chosen = [row for row in rows if row.texts[source]]
        written.update(row.id for row in chosen)
        with (folder / f"{source}-{target}{suffix}").open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(document(chosen, content, source, target))
    return len(written), notes
