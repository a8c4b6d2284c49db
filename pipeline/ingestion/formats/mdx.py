"""Splits MDX, Markdown with the tags and expressions of JSX, into paragraphs of plain text."""

from __future__ import annotations

from pipeline.datatypes import Block, Metadata
from pipeline.ingestion.formats import md


def blocks(text: str) -> list[Block]:
    """Return the paragraphs of an MDX text."""
    return page(text)[0]


unpublished = md.unpublished


def page(text: str) -> tuple[list[Block], Metadata]:
    """Return the paragraphs of an MDX text and the metadata in its front matter."""
    return md.page(text, jsx=True)
