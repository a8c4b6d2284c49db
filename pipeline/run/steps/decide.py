"""Applies reviewers' decisions to the articles of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.datatypes import ArticleGroup, Nodes
from pipeline.decisions.record import Decision
from pipeline.decisions.resolve import Resolved, joined_texts
from pipeline.decisions.splits import Split
from pipeline.matching.groups import Group
from pipeline.rows.setaside import SetAside
from pipeline.run.steps.embed import Bodies
from pipeline.run.steps.library import Library


class WholeGroups(Mapping[str, ArticleGroup]):
    """The articles of a run by id, with their boilerplate, read on demand."""

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


def decided_bodies(
    groups: Sequence[Group],
    bodies: Bodies,
    decisions: Sequence[Decision],
    splits: Mapping[str, Sequence[Split]],
    level: str,
) -> Bodies:
    """Return the bodies with their paragraphs split, and with any boilerplate that may have counterparts.

    Reviewers have put it into rows with other text, or it is boilerplate by shape and words alone. The
    paragraphs of the library are split too; `splits` are by article.
    """
    library = bodies.library
    library.level = level
    library.splits = {
        k: own
        for group in groups
        if group.id in splits
        for k, language in zip(group.members, group.languages, strict=True)
        if (own := tuple(split for split in splits[group.id] if split.language == language))
    }
    joined = joined_texts(decisions, {group.id for group in groups})
    return bodies.with_lines(
        {k: joined[g.id] for g in groups if g.id in joined for k in g.members},
        (k for group in groups for k in group.members),
    )


def decided_rows(
    groups: Sequence[Group], bodies: Bodies, resolved: Resolved, level: str
) -> list[tuple[Nodes, ...]]:
    """Return the settled rows of each group, in units of the text that is aligned."""
    found: list[tuple[Nodes, ...]] = []
    for group in groups:
        anchors = resolved.plan(group.id).anchors
        if anchors:
            own, whole = group.with_texts(bodies), group.with_texts(bodies.library)
            anchors = SetAside.of(own, whole, level).within(anchors)
        found.append(anchors)
    return found
