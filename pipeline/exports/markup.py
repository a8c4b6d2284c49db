"""XML written by hand: text in, markup out, so that every character that XML can hold comes back."""

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
    """Return a text as the content of an element."""
    return value.translate(_TEXT_TABLE)


def attributes(**values: object) -> str:
    """Return attributes with a space before each; `_` in a name is `-`, `__` is `:`. None is left out."""
    return "".join(
        f' {name.replace("__", ":").replace("_", "-")}="{str(value).translate(_ATTRIBUTE_TABLE)}"'
        for name, value in values.items()
        if value is not None
    )


def clean(value: str) -> str:
    """Return a text without the characters that XML cannot hold: for what is said about the corpus."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", value)


def writable(content: Content) -> tuple[list[ExportRow], list[str]]:
    """Return the rows whose texts XML can hold, and a note if there are others."""
    kept = [row for row in content.rows if not any(map(_NOT_XML.search, _texts(row, content.languages)))]
    left = len(content.rows) - len(kept)
    note = f"{left} rows are left out: XML cannot hold a control character that is in them"
    return kept, [note] if left else []


def _texts(row: ExportRow, languages: Iterable[str]) -> Iterable[str]:
    return (row.texts.get(code, "") for code in languages)


Document = Callable[[Iterable[ExportRow], Content, str, str], Iterable[str]]
"""The parts of a document with the rows in two languages, the source first."""


def write_pairs(content: Content, folder: Path, suffix: str, document: Document) -> tuple[int, list[str]]:
    """Write a document for every pair of languages, with the rows that have a source text.

    Return the number of rows and notes.
    """
    rows, notes = writable(content)
    written: set[str] = set()
    for source, target in content.pairs():
        chosen = [row for row in rows if row.texts[source]]
        written.update(row.id for row in chosen)
        with (folder / f"{source}-{target}{suffix}").open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(document(chosen, content, source, target))
    return len(written), notes
