"""A text inside an RTF document (the body, a note, a box) while its paragraphs are read."""

from __future__ import annotations

import re

from pipeline.datatypes import Block
from pipeline.ingestion.formats.html_signs import in_line
from pipeline.ingestion.formats.reading import paragraphs_of

_BULLET = re.compile(r"\A\s*[•◦▪‣●○■]\t\s*")


class Flow:
    """Paragraphs, the last of which is being read."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.boxes: list[Flow] = []  # text boxes anchored in the paragraph
        self.is_list_item = False  # whether the paragraph has a bullet or a number
        self.in_row = False  # whether a row of a table has begun
        self._pieces: list[str] = []

    def add(self, text: str) -> None:
        """Add text to the paragraph."""
        self._pieces.append(text)

    def is_blank(self) -> bool:
        """Return whether nothing stands in the paragraph yet."""
        return not any(map(str.strip, self._pieces))

    def end(self, kind: str) -> None:
        """End the paragraph; the boxes in it follow."""
        text = in_line("".join(self._pieces))
        if kind == "code":
            self.blocks.append(Block(kind, text))
        else:
            bullet = _BULLET.match(text) if kind == "paragraph" else None
            kind, text = ("list-item", text[bullet.end() :]) if bullet else (kind, text)
            self.blocks += (Block(kind, part) for part in paragraphs_of(text))
        self._pieces.clear()
        self.is_list_item = False
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            box.end("paragraph")
            self.blocks += box.blocks
