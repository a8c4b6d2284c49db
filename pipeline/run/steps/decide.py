"""Find what people have decided in the articles of a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pipeline.datatypes import Article, ArticleGroup, Nodes, fingerprint, units_of
from pipeline.decisions.record import Decision
from pipeline.decisions.resolve import Named, Resolved, named_texts
from pipeline.matching.groups import Group, group_id
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


def joined_texts(
    decisions: Sequence[Decision], library: Library, level: str
) -> dict[int, set[tuple[str, str]]]:
    """Return language and fingerprint of the boilerplate that people have put into rows with other text.

    It is given for each file that has some of it. Which files are one article is not known yet, so a file
    is recognised as the one that was decided about by its name, if the article is called by it, or by having
    half of what the decisions about that article name in its language.
    """
    named = named_texts(decisions)
    articles: defaultdict[tuple[str, str], list[str]] = defaultdict(list)  # that joined a text
    for article, texts in named.items():
        for text in texts.joined:
            articles[text].append(article)
    found: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    for k, profile in enumerate(library.profiles):
        aside = {(profile.language, each) for each in library.aside(k)} if articles else set()
        for article in sorted({article for text in aside for article in articles.get(text, ())}):
            if group_id(profile.file) == article or _has_half(library[k], named[article], level):
                found[k] |= named[article].joined & aside
    return dict(found)


def _has_half(article: Article, named: Named, level: str) -> bool:
    wanted = {text for language, text in named.every if language == article.language}
    there = {fingerprint(unit.text) for unit in units_of(article.paragraphs, level)}
    return 2 * len(wanted & there) >= len(wanted)


def decided_rows(
    groups: Sequence[Group], bodies: Bodies, resolved: Resolved, level: str
) -> list[tuple[Nodes, ...]]:
    """Return the rows of each group that people have settled, in units of what takes part in alignment."""
    found: list[tuple[Nodes, ...]] = []
    for group in groups:
        anchors = resolved.plan(group.id).anchors
        if anchors:
            own, whole = group.with_texts(bodies), group.with_texts(bodies.library)
            anchors = SetAside.of(own, whole, level).within(anchors)
        found.append(anchors)
    return found
