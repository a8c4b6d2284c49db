"""How the rows of an article are written, without what only all articles together say of them.

A row's id may get an ending where its texts repeat, and its findings depend on other rows: both are put in
when the output is written (`pipeline.output.columns`, `pipeline.review.data`). All else is written where the
texts are, by the process that has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.datatypes import Row
from pipeline.output.columns import corpus_line
from pipeline.review.data import row_values


class Lines(NamedTuple):
    """The rows of an article, in order: each of these is asked for on its own."""

    texts: list[list[bytes]]  # in the languages of the run, in UTF-8; empty where there is none
    corpus: list[bytes]  # the lines of corpus.csv
    page: list[bytes]  # the values of a row of the review page


def lines_of(rows: Sequence[Row], languages: Sequence[str]) -> Lines:
    """Return how rows are written; `languages` are those of the run. Raises `ValueError` as `corpus_line`."""
    return Lines(
        [[row.text(language).encode() for language in languages] for row in rows],
        [corpus_line(row, languages) for row in rows],
        [row_values(row, languages) for row in rows],
    )
