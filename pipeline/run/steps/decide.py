"""Find what people have decided in the articles of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.datatypes import ArticleGroup
from pipeline.decisions.places import Nodes
from pipeline.decisions.standing import Standing
from pipeline.matching.groups import Group
from pipeline.rows.setaside import SetAside
from pipeline.run.steps.embed import Bodies
from pipeline.run.steps.read import Library


class WholeGroups(Mapping[str, ArticleGroup]):
    """The articles of a run with their boilerplate, by id; one is read when it is asked for."""

    def __init__(self, groups: Sequence[Group], library: Library) -> None:
        self._groups = {group.id: group for group in groups}
        self._library = library

    def __getitem__(self, id: str) -> ArticleGroup:
        """Return the article with an id; raises `pipeline.store.packs.Damaged`."""
        return self._groups[id].with_texts(self._library)

    def __contains__(self, id: object) -> bool:
        return id in self._groups

    def __iter__(self) -> Iterator[str]:
        return iter(self._groups)

    def __len__(self) -> int:
        return len(self._groups)


def decided_rows(
    groups: Sequence[Group], bodies: Bodies, standing: Standing, level: str
) -> list[tuple[Nodes, ...]]:
    """Return the rows of each group that people have settled, in units of what takes part in alignment."""
    found: list[tuple[Nodes, ...]] = []
    for group in groups:
        anchors = standing.plan(group.id).anchors
        if anchors:
            own, whole = group.with_texts(bodies), group.with_texts(bodies.library)
            anchors = SetAside.of(own, whole, level).within(anchors)
        found.append(anchors)
    return found
