"""Composes the rows of an article from the alignment, its boilerplate and the reviews."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.alignment.align import AlignedRow
from pipeline.alignment.anchors import DECIDED
from pipeline.datatypes import APPROVED, REPAIRED, ArticleGroup, Nodes, Row
from pipeline.rows.from_alignment import group_rows
from pipeline.rows.lines import without_lines
from pipeline.rows.setaside import SetAside
from pipeline.rows.unmatched import explain


def compose(
    group: ArticleGroup,
    whole: ArticleGroup,
    alignment: Sequence[AlignedRow],
    level: str,
    review_of: Callable[[Nodes], str],
    doubtful: Sequence[frozenset[int]] = (),
) -> tuple[list[Row], list[Nodes]]:
    """Return the rows of an article and the units of each; repeated ids are not numbered yet.

    `whole` is `group` with its boilerplate; the returned units are counted in it. `review_of` returns the
    review state of a row from its units. `doubtful` are the numbers of each file's paragraphs that are
    text only if they have a counterpart.
    """
    if any(doubtful):
        group, alignment = without_lines(group, alignment, level, doubtful)
    aside = SetAside.of(group, whole, level)
    found = aside.put_back(group_rows(group, alignment, level), [row.nodes for row in alignment])
    rows = [_reviewed(row, review_of(nodes)) for row, nodes in found]
    return explain(rows), [nodes for _, nodes in found]


def _reviewed(row: Row, review: str) -> Row:
    """Return a row with its review; an approved or repaired row gets the confidence `DECIDED`."""
    if not review:
        return row
    settled = review in (APPROVED, REPAIRED)
    return replace(row, review=review, confidence=DECIDED if settled else row.confidence)
