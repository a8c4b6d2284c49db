"""The formats of raw files, one module each, loaded when a file of it turns up.

A module has one of two functions. `blocks(text)` cuts decoded text into paragraphs (`txt`, `md`, `html`).
`items(data, reading)` takes the bytes of a file apart into the articles that it holds, each as such a text
or, where the file itself says what its paragraphs are, as blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType

from pipeline.datatypes import Block
from pipeline.errors import installation
from pipeline.ingestion.formats.reading import Item, Reading, Unusable

EXTENSIONS = {
    **dict.fromkeys(("", ".txt", ".text"), "txt"),
    **dict.fromkeys((".md", ".markdown"), "md"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".xml", ".rss", ".atom", ".rdf", ".wxr"), "feed"),
    ".json": "json",
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    **dict.fromkeys((".csv", ".tsv", ".tab"), "csv"),
    ".docx": "docx",
    ".odt": "odt",
    ".epub": "epub",
    ".pdf": "pdf",
}
"""Format by file extension; a name without any is taken as plain text."""

TEXT_FORMATS = ("txt", "md", "html")
"""The formats that are one article of decoded text."""

EXTRAS = {"pdf": "pdf"}
"""The extra of the package that brings a format's library, where a plain installation does not."""

INSTEAD = {
    **dict.fromkeys((".doc", ".rtf", ".pages", ".wpd"), "save it as .docx or .odt"),
    **dict.fromkeys((".xls", ".xlsx", ".ods"), "save it as .csv"),
    **dict.fromkeys((".mobi", ".azw", ".azw3"), "save it as .epub"),
    **dict.fromkeys((".zip", ".tar", ".gz", ".tgz", ".7z", ".rar"), "unpack it into the folder"),
}
"""What to do about formats that people have and that are not read."""


def text_blocks(format: str) -> Callable[[str], list[Block]]:
    """Return the function that cuts a text format into paragraphs."""
    found: Callable[[str], list[Block]] = import_module(f"pipeline.ingestion.formats.{format}").blocks
    return found


def items(format: str, data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the articles in a file that is no plain text format; raises `Unusable` with the reason."""
    return _load(format).items(data, reading)  # type: ignore[no-any-return]


def _load(format: str) -> ModuleType:
    """Import a format; one whose library is not installed raises `Unusable` that names the extra."""
    try:
        return import_module(f"pipeline.ingestion.formats.{format}")
    except ModuleNotFoundError as error:
        extra = EXTRAS.get(format)
        if extra is None:
            raise
        raise Unusable(f"needs the library {error.name}, which {installation(extra)} brings") from error
