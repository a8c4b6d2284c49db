"""Sets boilerplate aside before matching and alignment and puts it back as separate rows.

Boilerplate was never translated and would be aligned with anything similar. It is not dropped either:
each line becomes an unmatched row with a reason, at its place in the file. Lines that a reviewer has
joined with other paragraphs are not boilerplate.
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
"""Confidence of a boilerplate row; no counterpart was searched for, so either answer is as likely."""


@dataclass(frozen=True)
class SetAside:
    """The units of a group's files that are excluded from alignment."""

    group: ArticleGroup
    units: tuple[Sequence[Paragraph], ...]  # for each file, all its units
    own: tuple[tuple[int, ...], ...]  # for each file, the indices of its aligned units

    @classmethod
    def of(cls, group: ArticleGroup, whole: ArticleGroup, level: str) -> SetAside:
        """Return the units that `whole` has beyond `group`; both hold the same files in the same order."""
        units = tuple(units_of(article.paragraphs, level) for article in whole.articles)
        own = []
        for part, every in zip(group.articles, units, strict=True):
            numbers = {paragraph.number for paragraph in part.paragraphs}
            own.append(tuple(place for place, unit in enumerate(every) if unit.number in numbers))
        return cls(group, units, tuple(own))

    def within(self, rows: Iterable[Nodes]) -> tuple[Nodes, ...]:
        """Return rows of whole-file units as rows of aligned units; rows with any other unit are dropped."""
        places = [{unit: place for place, unit in enumerate(own)} for own in self.own]
        return tuple(
            frozenset((k, places[k][unit]) for k, unit in row)
            for row in rows
            if all(unit in places[k] for k, unit in row)
        )

    def put_back(
        self, rows: Sequence[Row], nodes: Sequence[Iterable[tuple[int, int]]]
    ) -> list[tuple[Row, Nodes]]:
        """Return the rows with boilerplate rows inserted at their places in the files, renumbered.

        `nodes` gives the aligned units of each row. Each returned row comes with its whole-file units.
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
