"""From text to paragraphs and sentences."""

from __future__ import annotations

from pipeline.datatypes import Block
from pipeline.errors import SettingError
from pipeline.ingestion.formats import TEXT_FORMATS, text_blocks
from pipeline.segmentation.sentences import split_sentences

__all__ = ["Block", "segment", "split_sentences"]


def segment(text: str, format: str) -> list[Block]:
    """Return the paragraphs of a text in reading order; `format` is one of `TEXT_FORMATS`.

    Plain text should be normalised first; marked-up text becomes text only here, and should be
    normalised afterwards.
    """
    if format not in TEXT_FORMATS:
        raise SettingError(f"unknown format {format} of text; the formats are {', '.join(TEXT_FORMATS)}")
    return text_blocks(format)(text)
