"""CSV as it is written here: UTF-8, every field in quotes, lines that end with `\\n`, texts unchanged."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def csv_text(rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    """Return rows as lines of a CSV file; what is no text is written as `str` has it, None as nothing."""
    stream = io.StringIO(newline="")  # which keeps a lone \r
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n", delimiter=delimiter)
    writer.writerows(rows)
    return stream.getvalue()
