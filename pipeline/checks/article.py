"""Check the rows of one article."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from pipeline.checks.cells import Cells, Draft, read_cells
from pipeline.checks.checked import Checked, Drafts
from pipeline.checks.families.completeness import centres_of, unusual_length
from pipeline.checks.families.consistency import wordings
from pipeline.checks.families.foreign_names import article_names
from pipeline.checks.families.meaning import measure
from pipeline.checks.families.paired_marks import lone_marks
from pipeline.checks.families.parts import missing_parts
from pipeline.checks.families.speech_level import changed_levels
from pipeline.checks.families.terms import Glossary, forbidden_terms, wrong_terms
from pipeline.checks.findings import with_fingerprint
from pipeline.checks.own_rules import OwnRules, broken_rules
from pipeline.checks.row_level import RowResult, is_comparable, result_of
from pipeline.datatypes import Row

if TYPE_CHECKING:
    from pipeline.checks.vectors import SentenceVectors


def check_article(
    rows: Sequence[Row],
    vectors: SentenceVectors,
    glossary: Glossary | None = None,
    own: OwnRules | None = None,
) -> Checked:
    """Check the rows of one article."""
    corpus = [read_cells(row) for row in rows]
    return check_cells(corpus, [result_of(cells) for cells in corpus], vectors, glossary, own)


def check_cells(
    corpus: Sequence[Cells],
    results: Sequence[RowResult],
    vectors: SentenceVectors | None,
    glossary: Glossary | None,
    own: OwnRules | None = None,
) -> Checked:
    """Check the rows of one article, of each of which `results` say what it tells alone."""
    numbers = [number for number, cells in enumerate(corpus) if is_comparable(cells)]
    comparable = [corpus[number] for number in numbers]
    lengths = [results[number].lengths for number in numbers]
    centres = centres_of(lengths)
    parts = (
        ((numbers[place], draft) for place, draft in missing_parts(comparable, vectors, centres))
        if vectors
        else ()
    )
    of_length = (
        (number, draft)
        for number, own in zip(numbers, lengths, strict=True)
        for draft in unusual_length(corpus[number], own, centres)
    )
    of_rows = ((number, draft) for number, result in enumerate(results) for draft in result.drafts)
    known = set(numbers)
    of_marks = (
        (number, draft)
        for number, draft in lone_marks(corpus, [result.marks for result in results])
        if number in known
    )
    of_levels = ((number, draft) for number, draft in changed_levels(corpus) if number in known)
    return Checked(
        rows=len(corpus),
        own=_placed(
            corpus,
            chain(of_rows, of_length, of_marks, of_levels),
        ),
        comparable=numbers,
        names=article_names([results[number].names for number in numbers]),
        wordings=wordings(comparable, [results[number].wordings for number in numbers]),
        measured=measure(comparable, vectors) if vectors else None,
        terms=_placed(corpus, _of_the_user(corpus, set(numbers), glossary, own)),
        parts=_placed(corpus, parts),
    )


def _of_the_user(
    corpus: Sequence[Cells], comparable: Container[int], glossary: Glossary | None, own: OwnRules | None
) -> Iterator[tuple[int, Draft]]:
    """Drafts about what the user has written down: a glossary and rules."""
    for number, cells in enumerate(corpus):
        if glossary:
            both = wrong_terms(cells, glossary) if number in comparable else ()
            yield from ((number, draft) for draft in chain(both, forbidden_terms(cells, glossary)))
        if own:
            yield from ((number, draft) for draft in broken_rules(cells, own, number in comparable))


def _placed(corpus: Sequence[Cells], drafts: Iterable[tuple[int, Draft]]) -> Drafts:
    return [(number, with_fingerprint(corpus[number].whole, draft)) for number, draft in drafts]
