"""Check rows that are all at hand, whoever aligned them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from pipeline.checks.article import check_cells
from pipeline.checks.cells import Draft, read_cells
from pipeline.checks.checked import Checked
from pipeline.checks.corpus_level import check_corpus
from pipeline.checks.families.terms import Glossary
from pipeline.checks.findings import finding_of, known_rules
from pipeline.checks.own_rules import OwnRules
from pipeline.checks.row_level import checked_rows
from pipeline.checks.selection import Selection
from pipeline.datatypes import Finding, Row
from pipeline.engines import Engine
from pipeline.engines.collector import infrequent_collection

if TYPE_CHECKING:
    from pipeline.checks.vectors import SentenceVectors


def check(
    rows: Sequence[Row],
    vectors: SentenceVectors | None = None,
    glossary: Glossary | None = None,
    selection: Selection = Selection(),  # noqa: B008 (immutable)
    engine: Engine | None = None,
    own: Sequence[Sequence[Draft]] = (),
    rules: OwnRules | None = None,
) -> list[Finding]:
    """Findings of all rows, in the order of the rows; those of an article stand together.

    Of two languages of a row, the earlier is the source. Without `vectors` nobody asks what the texts mean.
    Many rows are shared out by the `engine`, if there is one. `own` are further drafts about each row,
    `rules` those of the user.
    """
    with infrequent_collection():
        return _check(rows, vectors, glossary, selection, engine, own, rules)


def _check(
    rows: Sequence[Row],
    vectors: SentenceVectors | None,
    glossary: Glossary | None,
    selection: Selection,
    engine: Engine | None,
    own: Sequence[Sequence[Draft]],
    rules: OwnRules | None,
) -> list[Finding]:
    corpus = [read_cells(row) for row in rows]
    all_results = checked_rows(corpus, engine)
    if any(own):
        all_results = [
            result._replace(drafts=[*result.drafts, *more])
            for result, more in zip(all_results, own, strict=True)
        ]
    results = iter(all_results)
    texts: list[list[dict[str, str]]] = []
    checked: list[Checked] = []
    for _, article in groupby(corpus, key=lambda cells: cells.row.article):
        some = list(article)
        texts.append([cells.texts for cells in some])
        checked.append(check_cells(some, [next(results) for _ in some], vectors, glossary, rules))
    likeness = None if vectors is None else vectors.likeness
    firsts = list(accumulate(map(len, texts), initial=0))[:-1]
    seen: Counter[bytes] = Counter()
    known = known_rules(rules)
    return [
        finding_of(rows[first + row].id, rows[first + row].article, draft, seen, known)
        for first, found in zip(firsts, check_corpus(checked, texts, likeness), strict=True)
        for row, drafts in found
        for draft in drafts
        if selection.wants(draft.rule)
    ]
