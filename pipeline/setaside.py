"""Boilerplate is set aside before articles are matched and aligned, and put back as rows of its own.

Lines that no translator saw would be tied to whatever is like them. They are not dropped either: each
stands in the corpus as an unmatched row with the reason, where its file has it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipeline.datatypes import Article, ArticleGroup, Paragraph, Row
from pipeline.reasons import BOILERPLATE
from pipeline.rows import content_id, units_of

CONFIDENCE = 0.5
"""Of a row of boilerplate: nobody has looked for its counterpart, so it may have one or not."""


def body(article: Article) -> Article:
    """Return an article without its boilerplate; one that is nothing else is returned whole."""
    own = tuple(p for p in article.paragraphs if p.kind != "boilerplate")
    return replace(article, paragraphs=own) if own and len(own) < len(article.paragraphs) else article


def put_back(rows: Sequence[Row], group: ArticleGroup, whole: Sequence[Article], level: str) -> list[Row]:
    """Return the rows of an article with those of its boilerplate where the files have it, numbered anew.

    `whole` are the articles of `group`, in its order, with the boilerplate.
    """
    after: defaultdict[int, list[Row]] = defaultdict(list)
    for k, (part, article) in enumerate(zip(group.articles, whole, strict=True)):
        if len(part.paragraphs) == len(article.paragraphs):
            continue
        places = sorted(
            (paragraph.number, place) for place, row in enumerate(rows) for paragraph in row.cells[k]
        )
        aside = [paragraph for paragraph in article.paragraphs if paragraph.kind == "boilerplate"]
        for unit in units_of(aside, level):
            before = bisect_left(places, (unit.number, -1)) - 1
            after[places[before][1] if before >= 0 else -1].append(_row(group, k, unit))
    if not after:
        return list(rows)
    ordered = [*after[-1]]
    for place, row in enumerate(rows):
        ordered += (row, *after[place])
    return [replace(row, number=number) for number, row in enumerate(ordered, start=1)]


def _row(group: ArticleGroup, language: int, unit: Paragraph) -> Row:
    cells = tuple((unit,) if k == language else () for k in range(len(group.languages)))
    return Row(
        article=group.id,
        number=0,
        id=content_id(group.languages, cells),
        languages=group.languages,
        cells=cells,
        confidence=CONFIDENCE,
        status="unmatched",
        alone=BOILERPLATE,
    )
