"""The input formats, one module each, imported on first use.

A module has one of these functions. `blocks(text)` splits decoded text into paragraphs (`TEXT_FORMATS`).
`items(data, reading)` extracts the articles from a file's bytes, each as text in one of those formats or, if
the file defines its own paragraphs, as blocks. `items_of_stream(stream, reading)` does the same for a binary
file of any size, in memory for one article (`STREAMED_FORMATS`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType
from typing import BinaryIO

from pipeline.datatypes import Block, Metadata
from pipeline.ingestion.formats.reading import Item, Reading

EXTENSIONS = {
    **dict.fromkeys(("", ".txt", ".text"), "txt"),
    **dict.fromkeys((".md", ".markdown"), "md"),
    ".mdx": "mdx",
    **dict.fromkeys((".rst", ".rest"), "rst"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".xml", ".rss", ".atom", ".rdf", ".wxr"), "feed"),
    ".json": "json",
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    **dict.fromkeys((".csv", ".tsv", ".tab"), "csv"),
    ".docx": "docx",
    ".odt": "odt",
    ".fodt": "fodt",
    ".rtf": "rtf",
    ".hwp": "hwp",
    ".hwpx": "hwpx",
    ".epub": "epub",
    ".pdf": "pdf",
    **dict.fromkeys((".mhtml", ".mht"), "mhtml"),
    ".eml": "eml",
    **dict.fromkeys((".warc", ".warc.gz"), "warc"),
}
"""Format by file extension; files without one are read as plain text."""

TEXT_FORMATS = ("txt", "md", "mdx", "rst", "html")
"""The formats in which a file is one article of decoded text."""

HEADED_FORMATS = ("md", "mdx", "rst", "html")
"""The formats with settings at their head that may say that the text is a draft."""

STREAMED_FORMATS = ("feed", "json", "jsonl", "csv", "warc")
"""The formats of files of any size, with a function `items_of_stream` that holds one article at a time."""

RECORDS = ("json", "jsonl", "csv")
"""The formats with the fields of a database, which may hold all languages of a text at once."""

ADVICE = {
    **dict.fromkeys((".doc", ".pages", ".wpd"), "save it as .docx or .odt"),
    **dict.fromkeys((".xls", ".xlsx", ".ods"), "save it as .csv"),
    **dict.fromkeys((".mobi", ".azw", ".azw3"), "save it as .epub"),
    **dict.fromkeys((".ppt", ".pptx", ".odp", ".key"), "save its text as .docx, .odt or .txt"),
    **dict.fromkeys((".srt", ".vtt"), "save its text without the times as .txt"),
    **dict.fromkeys((".msg", ".mbox", ".pst"), "save each mail as .eml"),
    **dict.fromkeys((".zip", ".tar", ".gz", ".tgz", ".7z", ".rar"), "unpack it into the folder"),
}
"""Advice on common formats that are not supported."""


def text_blocks(format: str) -> Callable[[str], list[Block]]:
    """Return the function that splits a text format into paragraphs."""
    found: Callable[[str], list[Block]] = _module(format).blocks
    return found


def text_page(format: str) -> Callable[[str], tuple[list[Block], Metadata]]:
    """Return the function that splits marked-up text into paragraphs and reads what it says about itself."""
    found: Callable[[str], tuple[list[Block], Metadata]] = _module(format).page
    return found


def unpublished(format: str, text: str) -> str:
    """Return why a text of a format with settings at its head is not published by them; "" if it is."""
    return str(_module(format).unpublished(text)) if format in HEADED_FORMATS else ""


def items(format: str, data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the articles in a file of a format other than `TEXT_FORMATS`; raises `Unusable`."""
    return _parted(format, _module(format).items(data, reading))


def items_of_stream(format: str, stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """Yield the articles in a file of one of the `STREAMED_FORMATS`; raises `Unusable`."""
    return _parted(format, _module(format).items_of_stream(stream, reading))


def _parted(format: str, found: Iterator[Item]) -> Iterator[Item]:
    """Return the articles, a separate one for each language of a record."""
    if format not in RECORDS:
        return found
    from pipeline.ingestion.formats.multilingual import by_language

    return by_language(found)


def _module(format: str) -> ModuleType:
    return import_module(f"pipeline.ingestion.formats.{format}")
