"""The written form of an article's rows, except for what depends on other articles.

A row's id gets an ending if its texts repeat, and its findings depend on other rows. Both are filled in
when the output is written (`pipeline.output.columns`, `pipeline.review.data`). The rest is formatted in the
process that has the texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.datatypes import Row
from pipeline.output.columns import corpus_line
from pipeline.review.data import row_values


class Lines(NamedTuple):
    """The rows of an article, in order, in three forms that are read separately."""

    texts: list[list[bytes]]  # by row and language of the run, in UTF-8; empty if missing
    corpus: list[bytes]  # the lines of corpus.csv
    page: list[bytes]  # the values of a row of the review page


def lines_of(rows: Sequence[Row], languages: Sequence[str]) -> Lines:
    """Return the written forms of rows; `languages` are the run's. Raises `ValueError` like `corpus_line`."""
    return Lines(
        [[row.text(language).encode() for language in languages] for row in rows],
        [corpus_line(row, languages) for row in rows],
        [row_values(row, languages) for row in rows],
    )
