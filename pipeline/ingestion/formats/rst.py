"""Splits reStructuredText into paragraphs of plain text.

A reader of our own: nothing in a file is executed or included, unknown directives keep their text, and the
time is linear in the size of the file.
"""

from __future__ import annotations

import re

from pipeline.datatypes import NO_METADATA, Block, Metadata
from pipeline.ingestion.formats.publication import why_unpublished
from pipeline.ingestion.formats.restructured.lines import FIELD
from pipeline.ingestion.formats.restructured.reader import Reader

_HEAD = 40
"""Lines in which the fields of a head begin."""


def blocks(text: str) -> list[Block]:
    """Return the paragraphs of a text in reStructuredText."""
    return page(text)[0]


def unpublished(text: str) -> str:
    """Return why the fields at the head say that the text is not published; "" if they do not."""
    said: dict[str, str] = {}
    for line in text.removeprefix("\ufeff").splitlines()[:_HEAD]:
        if match := FIELD.match(line):
            said.setdefault(match[1], match[2] or "")
        elif said and line.strip() and not line[0].isspace():
            break
    return why_unpublished(said)


def page(text: str) -> tuple[list[Block], Metadata]:
    """Return the paragraphs of a text in reStructuredText and the metadata in the fields at its head."""
    text = text.removeprefix("\ufeff").expandtabs(8)
    reader = Reader(text)
    lines = re.split(r"\r\n?|\n", text)
    reader.read(lines, "paragraph", 0)
    said = NO_METADATA._replace(**reader.said)
    if said.title and not any(block.kind == "title" for block in reader.found):
        reader.found.insert(0, Block("title", said.title))
    return reader.found, said
