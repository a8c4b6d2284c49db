r"""Formats CSV: UTF-8, all fields quoted, lines ending in `\n`, texts unchanged."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def csv_text(rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    """Return rows as lines of a CSV file; other values are converted with `str`, None to an empty field."""
    stream = io.StringIO(newline="")  # keeps a lone \r
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n", delimiter=delimiter)
    writer.writerows(rows)
    return stream.getvalue()
