"""From text to paragraphs and sentences."""

from __future__ import annotations

from pipeline.blocks import Block
from pipeline.errors import SettingError
from pipeline.sentences import split_sentences

__all__ = ["Block", "segment", "split_sentences"]


def segment(text: str, format: str) -> list[Block]:
    """Return the paragraphs of a text in reading order; `format` is "txt", "md" or "html".

    Plain text should be normalised first; the text of Markdown and HTML becomes text only here, and should be
    normalised afterwards.
    """
    if format == "txt":
        from pipeline.formats.txt import blocks
    elif format == "md":
        from pipeline.formats.md import blocks
    elif format == "html":
        from pipeline.formats.html import blocks
    else:
        raise SettingError(f"unknown format {format}; the formats are txt, md, html")
    return blocks(text)
