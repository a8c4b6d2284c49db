"""Translation QA: what a reviewer should look at in a row.

A check is a function from the cells of a row to drafts of findings (`pipeline.checks.rowwise`), from all
rows to drafts (`CORPUS_CHECKS`), or from all rows and their sentence vectors (`pipeline.checks.meaning`,
`pipeline.checks.parts`). What a rule means and how grave it is stands in `pipeline.checks.rules`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import TYPE_CHECKING, NamedTuple

from pipeline.checks.consistency import inconsistent
from pipeline.checks.findings import finding_of
from pipeline.checks.foreign_names import lost_names
from pipeline.checks.meaning import Measured, doubtful, doubtful_meaning, measure
from pipeline.checks.parts import missing_parts
from pipeline.checks.records import Cells, CorpusCheck, Draft, read_cells
from pipeline.checks.rowwise import (
    CHECKS,
    COMPARISONS,
    RowResult,
    checked_rows,
    is_comparable,
    result_of,
    without_explained,
)
from pipeline.checks.selection import Selection
from pipeline.checks.terms import Glossary, wrong_terms
from pipeline.datatypes import Finding, Row

if TYPE_CHECKING:
    from pipeline.checks.vectors import SentenceVectors

__all__ = ["CHECKS", "COMPARISONS", "CORPUS_CHECKS", "check"]

CORPUS_CHECKS: tuple[CorpusCheck, ...] = (lost_names, inconsistent)
"""Checks of a row that need to know the other rows; they get only rows that may be compared."""


class Checked(NamedTuple):
    """What can be said of the rows of an article without the others."""

    results: list[RowResult]
    comparable: int  # rows that may be compared; what follows numbers these alone, from 0
    measured: Measured
    parts: list[tuple[int, Draft]]


def check(
    rows: Sequence[Row],
    vectors: SentenceVectors | None = None,
    glossary: Glossary | None = None,
    selection: Selection = Selection(),  # noqa: B008 (immutable)
    known: Sequence[Checked] | None = None,
) -> list[Finding]:
    """Findings of all rows, in the order of the rows.

    Of two languages of a row, the earlier is the source. Without `vectors` nobody asks what the texts mean.
    `known` is what `check_article` says of one article after the other, if that has been found out already.
    """
    corpus = [read_cells(row) for row in rows]
    results = checked_rows(corpus) if known is None else [one for each in known for one in each.results]
    drafts = [result.drafts for result in results]
    for number, draft in _check_together(corpus, results, vectors, glossary, known):
        drafts[number].append(draft)
    seen: Counter[bytes] = Counter()
    return [
        finding_of(cells, draft, seen)
        for cells, found in zip(corpus, drafts, strict=True)
        for draft in (without_explained(found) if found else ())
        if draft.rule in selection.rules
    ]


def _check_together(
    corpus: Sequence[Cells],
    results: Sequence[RowResult],
    vectors: SentenceVectors | None,
    glossary: Glossary | None,
    known: Sequence[Checked] | None,
) -> Iterator[tuple[int, Draft]]:
    sure = [number for number, cells in enumerate(corpus) if is_comparable(cells)]
    comparable = [corpus[number] for number in sure]
    names = [results[number].names for number in sure]
    for number, draft in chain(lost_names(comparable, names), inconsistent(comparable)):
        yield sure[number], draft
    for number, cells in zip(sure, comparable, strict=True):
        yield from ((number, draft) for draft in wrong_terms(cells, glossary)) if glossary else ()
    for number, draft in _by_meaning(comparable, vectors, known) if vectors is not None else ():
        yield sure[number], draft


def check_article(rows: Sequence[Row], vectors: SentenceVectors) -> Checked:
    """What can be said of the rows of one article without the others."""
    corpus = [read_cells(row) for row in rows]
    comparable = [cells for cells in corpus if is_comparable(cells)]
    return Checked(
        [result_of(cells) for cells in corpus],
        len(comparable),
        measure(comparable, vectors),
        list(missing_parts(comparable, vectors)),
    )


def _by_meaning(
    rows: Sequence[Cells], vectors: SentenceVectors, known: Sequence[Checked] | None
) -> Iterable[tuple[int, Draft]]:
    if known is None:
        yield from doubtful_meaning(rows, vectors)
        yield from missing_parts(rows, vectors)
        return
    firsts = list(accumulate((each.comparable for each in known), initial=0))[:-1]
    measured = [(first, each.measured) for first, each in zip(firsts, known, strict=True)]
    yield from doubtful(rows, measured, vectors.likeness)
    for first, each in zip(firsts, known, strict=True):
        yield from ((first + number, draft) for number, draft in each.parts)
