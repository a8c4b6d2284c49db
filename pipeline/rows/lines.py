"""Lines that are boilerplate by shape and words alone: what finds a counterpart is text after all.

One language's words must not decide what a translation lacks. Such lines are aligned with everything else.
One that stands beside text of another language, or in every language of the article, belongs to the article;
any other one is set aside again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.alignment.align import AlignedRow
from pipeline.alignment.joint import Tie
from pipeline.datatypes import ArticleGroup, Node, Paragraph, units_of

LEAST = 0.5
"""Confidence from which a counterpart counts: the row is more likely right than wrong."""


def without_lines(
    group: ArticleGroup, alignment: Sequence[AlignedRow], level: str, lines: Sequence[frozenset[int]]
) -> tuple[ArticleGroup, list[AlignedRow]]:
    """Return an article and its rows without the lines that do not belong to it.

    `lines` are the numbers of each file's doubtful paragraphs. Those that belong lose the kind `boilerplate`.
    """
    units = [units_of(article.paragraphs, level) for article in group.articles]
    doubtful = {
        (k, place)
        for k, some in enumerate(units)
        for place, unit in enumerate(some)
        if unit.number in lines[k]
    }
    aside = {node for row in alignment if not row.decided for node in _aside(row, doubtful, len(units))}
    numbers = [{some[place].number for k, place in aside if k == n} for n, some in enumerate(units)]
    # At the level of sentences a paragraph is set aside whole or not at all.
    aside = {
        (k, place) for k, some in enumerate(units) for place, u in enumerate(some) if u.number in numbers[k]
    }
    own = tuple(
        replace(article, paragraphs=tuple(_own(article.paragraphs, numbers[k], lines[k])))
        for k, article in enumerate(group.articles)
    )
    places = [
        {place: new for new, place in enumerate(p for p in range(len(some)) if (k, p) not in aside)}
        for k, some in enumerate(units)
    ]
    rows = []
    for row in alignment:
        nodes = tuple((k, places[k][place]) for k, place in row.nodes if (k, place) not in aside)
        if nodes:
            rows.append(row._replace(nodes=nodes, rival=_rival(row.rival, places)))
    return replace(group, articles=own), rows


def _aside(row: AlignedRow, doubtful: set[Node], languages: int) -> list[Node]:
    """Return the doubtful units of a row that do not belong to the article."""
    found = [node for node in row.nodes if node in doubtful]
    if not found:
        return []
    cells = {k for k, _ in row.nodes}
    beside_text = {k for k, _ in set(row.nodes) - set(found)}
    if row.confidence < LEAST or len(cells) == 1 or not (beside_text or len(cells) == languages):
        return found
    return [node for node in found if node[0] in beside_text]  # in one cell with text


def _own(paragraphs: Sequence[Paragraph], aside: set[int], doubtful: frozenset[int]) -> list[Paragraph]:
    return [
        paragraph._replace(kind="paragraph") if paragraph.number in doubtful else paragraph
        for paragraph in paragraphs
        if paragraph.number not in aside
    ]


def _rival(rival: Tie | None, places: Sequence[dict[int, int]]) -> Tie | None:
    """Return a rival by the new places of its units; None if one of them was set aside."""
    if rival is None:
        return None
    (k, left), (n, right) = rival.left, rival.right
    if left not in places[k] or right not in places[n]:
        return None
    return rival._replace(left=(k, places[k][left]), right=(n, places[n][right]))
