"""Moses plain text: two line-aligned files for every language pair.

Each line is one text, so line breaks inside a text become spaces; the format cannot preserve them.
"""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.exports.content import Content

SUFFIX = ".moses"

_BREAKS = re.compile("[\\s\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def write(content: Content, folder: Path) -> tuple[int, list[str]]:
    """Write `it-ko.it`, `it-ko.ko`, ... and `it-ko.ids` with row ids; return the number of rows and notes."""
    written: set[str] = set()
    for source, target in content.pairs():
        name = f"{source}-{target}"
        rows = [(row, _line(row.texts[source]), _line(row.texts[target])) for row in content.rows]
        full = [(row, left, right) for row, left, right in rows if left and right]
        written.update(row.id for row, _, _ in full)
        lines = {
            f"{name}.{source}": [left for _, left, _ in full],
            f"{name}.{target}": [right for _, _, right in full],
            f"{name}.ids": [row.id for row, _, _ in full],
        }
        for file, some in lines.items():
            text = "".join(f"{line}\n" for line in some)
            (folder / file).write_text(text, encoding="utf-8", newline="\n")
    return len(written), []


def _line(text: str) -> str:
    return _BREAKS.sub(" ", text).strip()
