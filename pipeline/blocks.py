"""What every format is cut into, before language and sentences are known."""

from __future__ import annotations

from typing import NamedTuple


class Block(NamedTuple):
    """A paragraph of a raw file; its kinds are those of `pipeline.datatypes.Paragraph`."""

    kind: str
    text: str
