"""Applies reviewers' decisions to the articles of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.datatypes import ArticleGroup, Nodes, fingerprint, units_of
from pipeline.decisions.record import Decision
from pipeline.decisions.resolve import Plan, Resolved, decided_texts
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


class DecidedTexts:
    """Counts the paragraphs of articles that people have decided about."""

    def __init__(self, decisions: Sequence[Decision], library: Library, level: str) -> None:
        self._wanted = decided_texts(decisions)
        self._library, self._level = library, level
        self._known: dict[int, int] = {}

    def __call__(self, k: int) -> int:
        """Return the number of decided paragraphs of article `k`; raises `pipeline.store.packs.Damaged`."""
        if k not in self._known:
            article = self._library[k]
            texts = {fingerprint(unit.text) for unit in units_of(article.paragraphs, self._level)}
            self._known[k] = len(texts & self._wanted.get(article.language, set()))
        return self._known[k]


def decided_bodies(groups: Sequence[Group], bodies: Bodies, resolved: Resolved, level: str) -> Bodies:
    """Return the bodies with their paragraphs split, and with any boilerplate that may have counterparts.

    Reviewers have put it into rows with other text, or it is boilerplate by shape and words alone. The
    paragraphs of the library are split too.
    """
    library = bodies.library
    library.level = level
    library.splits = {
        k: own
        for group in groups
        if group.id in resolved.splits
        for k, language in zip(group.members, group.languages, strict=True)
        if (own := tuple(split for split in resolved.splits[group.id] if split.language == language))
    }
    joined = resolved.joined_texts()
    return bodies.with_lines(
        {k: joined[g.id] for g in groups if g.id in joined for k in g.members},
        (k for group in groups for k in group.members),
    )


def decided_rows(
    groups: Sequence[Group], bodies: Bodies, resolved: Resolved, level: str
) -> list[dict[Nodes, frozenset[int]]]:
    """Return the settled rows of each group, in units of the text that is aligned.

    With each row come the languages that it leaves open, because they came after the decision.
    """
    plans = [resolved.plan(group.id) for group in groups]
    return [
        settled_rows(plan, group.with_texts(bodies), group.with_texts(bodies.library), level)
        if plan.anchors
        else {}
        for group, plan in zip(groups, plans, strict=True)
    ]


def settled_rows(
    plan: Plan, own: ArticleGroup, whole: ArticleGroup, level: str
) -> dict[Nodes, frozenset[int]]:
    """Return the same for one article; `whole` is `own` with its boilerplate."""
    within = SetAside.of(own, whole, level).within
    return {
        nodes: plan.later.get(anchor, frozenset()) for anchor in plan.anchors for nodes in within([anchor])
    }
