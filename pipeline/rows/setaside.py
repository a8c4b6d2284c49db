"""Boilerplate is set aside before articles are matched and aligned, and put back as rows of its own.

Lines that no translator saw would be tied to whatever is like them. They are not dropped either: each
stands in the corpus as an unmatched row with the reason, where its file has it. What a reviewer has put
into a row with other paragraphs is no boilerplate.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.datatypes import (
    BOILERPLATE,
    ArticleGroup,
    Nodes,
    Paragraph,
    Row,
    units_of,
)
from pipeline.rows.from_alignment import content_id

CONFIDENCE = 0.5
"""Of a row of boilerplate: nobody has looked for its counterpart, so it may have one or not."""


@dataclass(frozen=True)
class SetAside:
    """What of the files of a group takes no part in its alignment."""

    group: ArticleGroup
    units: tuple[Sequence[Paragraph], ...]  # of each whole file
    own: tuple[tuple[int, ...], ...]  # for each file, which of its units take part

    @classmethod
    def of(cls, group: ArticleGroup, whole: ArticleGroup, level: str) -> SetAside:
        """Return what the files of `whole` have beyond those of `group`, which are the same ones in order."""
        units = tuple(units_of(article.paragraphs, level) for article in whole.articles)
        own = []
        for part, every in zip(group.articles, units, strict=True):
            numbers = {paragraph.number for paragraph in part.paragraphs}
            own.append(tuple(place for place, unit in enumerate(every) if unit.number in numbers))
        return cls(group, units, tuple(own))

    def within(self, rows: Iterable[Nodes]) -> tuple[Nodes, ...]:
        """Return rows of units of the whole files as rows of those that take part; others are left out."""
        places = [{unit: place for place, unit in enumerate(own)} for own in self.own]
        return tuple(
            frozenset((k, places[k][unit]) for k, unit in row)
            for row in rows
            if all(unit in places[k] for k, unit in row)
        )

    def put_back(
        self, rows: Sequence[Row], nodes: Sequence[Iterable[tuple[int, int]]]
    ) -> list[tuple[Row, Nodes]]:
        """Return the rows and, where the files have it, rows of what was set aside, numbered anew.

        `nodes` are the units of each row among those that take part; with each row come its units in the
        whole files.
        """
        found = [
            (row, frozenset((k, self.own[k][unit]) for k, unit in units))
            for row, units in zip(rows, nodes, strict=True)
        ]
        after: defaultdict[int, list[tuple[Row, Nodes]]] = defaultdict(list)
        for k, every in enumerate(self.units):
            if len(self.own[k]) == len(every):
                continue
            places = sorted(
                (unit, place) for place, (_, row) in enumerate(found) for x, unit in row if x == k
            )
            for unit in sorted(set(range(len(every))) - set(self.own[k])):
                before = bisect_left(places, (unit, -1)) - 1
                after[places[before][1] if before >= 0 else -1].append(self._row(k, unit))
        ordered = list(after[-1])
        for place, row in enumerate(found):
            ordered += (row, *after[place])
        return [(replace(row, number=number), units) for number, (row, units) in enumerate(ordered, start=1)]

    def _row(self, language: int, unit: int) -> tuple[Row, Nodes]:
        languages = self.group.languages
        cells = tuple((self.units[k][unit],) if k == language else () for k in range(len(languages)))
        row = Row(
            article=self.group.id,
            number=0,
            id=content_id(languages, cells),
            languages=languages,
            cells=cells,
            confidence=CONFIDENCE,
            status="unmatched",
            alone=BOILERPLATE,
        )
        return row, frozenset({(language, unit)})
