"""Applies a log of decisions to the texts of a run: which rows are settled, and the fate of each decision.

A decision finds its paragraphs by their text, wherever they are now in the article it names, so edits
elsewhere do not affect it. If its own text has changed, it is stale: it is reported and has no effect. A
proposal whose text is now in the article has been carried out: it is fulfilled. If
the article is gone, as after renaming a file, all decisions that name it move to its successor. When
decisions contradict each other, the later one wins. A decision binds the languages that it has seen: of a
translation that came later it says nothing, so its row may get text in that language, and is then to be
reviewed again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.datatypes import APPROVED, REJECTED, REPAIRED, ArticleGroup, Finding, Node, Nodes, Row
from pipeline.decisions.places import Places
from pipeline.decisions.record import PAIRING_KINDS, Decision
from pipeline.decisions.seen import holds, languages_seen, later_languages
from pipeline.decisions.splits import Split, Splits
from pipeline.decisions.suppressions import Suppression, suppressed_findings

STANDS, WITHDRAWN, SUPERSEDED, STALE, IDLE = "stands", "withdrawn", "superseded", "stale", "idle"
FULFILLED = "fulfilled"


class Fate(NamedTuple):
    """The fate of a decision in this run."""

    state: str
    reason: str = ""


class Plan(NamedTuple):
    """The settled rows of one article; units are counted from 0 in each language."""

    anchors: tuple[Nodes, ...] = ()
    reviews: Mapping[Nodes, str] = {}  # review state of rows, by their units
    rejects: Mapping[Nodes, tuple[str, ...]] = {}  # ids of rejections, stale unless the units are a row
    later: Mapping[Nodes, frozenset[int]] = {}  # languages that came after the decisions on a row, if any

    def review_of(self, row: Nodes) -> str:
        """Return the review state of a row: that of the decided one that it holds."""
        said = self.reviews.get(row, "")
        if said or not self.later:
            return said
        held = (d for d, later in self.later.items() if d in self.reviews and holds(row, d, later))
        return self.reviews[decided] if (decided := next(held, None)) else ""


class Resolved(NamedTuple):
    """The active decisions of a log, before the articles are aligned."""

    decisions: tuple[Decision, ...]
    plans: Mapping[str, Plan]  # by article
    fates: dict[str, Fate]  # by decision
    found: Mapping[str, tuple[str, Nodes]] = {}  # by decision: article and units, if located
    suppressions: tuple[Suppression, ...] = ()
    aims: Mapping[str, str] = {}  # by dismissal: the finding it applies to, if any
    later: Mapping[str, frozenset[str]] = {}  # by decision on a row: the languages that came after it, if any
    splits: Mapping[str, Sequence[Split]] = {}  # by article
    split_in: Mapping[str, str] = {}  # by decision that splits a paragraph: article

    def plan(self, article: str) -> Plan:
        """Return the settled rows of an article, if any."""
        return self.plans.get(article, Plan())

    def dismissing(self) -> set[str]:
        """Return the articles whose rows `dismissed` needs."""
        return {each.article for each in self.suppressions if each.article and each.places is not None}

    def dismissed(self, findings: Sequence[Finding], rows: Iterable[Row]) -> dict[str, str]:
        """Return the findings dismissed as false alarms, by the id of the decision."""
        if not self.suppressions:
            return {}
        places = {
            (row.article, row.id): frozenset(
                (code, p.number) for code, cell in zip(row.languages, row.cells, strict=True) for p in cell
            )
            for row in rows
        }
        return suppressed_findings(self.suppressions, [(f.id, f.article, f.row_id) for f in findings], places)

    def with_result(self, rows: Mapping[str, Collection[Nodes]], aims: Mapping[str, str]) -> Resolved:
        """Return a copy with the fate of every decision, now that rows and findings are known.

        `aims` is the result of `dismissed`.
        """
        fates = dict(self.fates)
        for article, plan in self.plans.items():
            for nodes, rejections in plan.rejects.items():
                later, known = plan.later.get(nodes, ()), rows.get(article, ())
                if nodes not in known and not (later and any(holds(row, nodes, later) for row in known)):
                    fates |= dict.fromkeys(rejections, Fate(STALE, "its paragraphs are no longer one row"))
        for d in self.decisions:
            if d.kind == "dismiss" and d.id not in fates and d.id not in aims:
                fates[d.id] = Fate(IDLE, "the finding is not reported any more")
            fates.setdefault(d.id, Fate(STANDS))
        return self._replace(fates=fates, aims=aims)

    def joined_texts(self) -> dict[str, set[tuple[str, str]]]:
        """Return language and fingerprint of paragraphs that people put into rows with others, by article."""
        joined: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for d in self.decisions:
            if d.kind in ("repair", "approve") and d.id in self.found and len(d.paragraphs) > 1:
                article = self.found[d.id][0]
                joined[article].update((r.language, r.fingerprint) for r in d.paragraphs)
        return joined

    def counts(self) -> dict[str, int]:
        """Return how many decisions have each fate."""
        return dict(sorted(Counter(fate.state for fate in self.fates.values()).items()))

    def fulfilled(self) -> list[str]:
        """Return the ids of the proposals whose text is in the article now, in the order of the log."""
        return [d.id for d in self.decisions if d.id in self.fates and self.fates[d.id].state == FULFILLED]

    def stale(self) -> list[tuple[Decision, str]]:
        """Return the stale decisions with their reasons, in the order of the log."""
        return [
            (d, self.fates[d.id].reason)
            for d in self.decisions
            if d.id in self.fates and self.fates[d.id].state == STALE
        ]


def resolve(decisions: Sequence[Decision], groups: Mapping[str, ArticleGroup], level: str) -> Resolved:
    """Return the effect of the decisions on these articles, which are given by id.

    `groups` are as in the raw files; units are counted as they are when paragraphs have been split.
    """
    cancelled = withdrawn(decisions)
    fates = {id: Fate(WITHDRAWN) for id in cancelled}
    about_files = ("withdraw", *PAIRING_KINDS)  # which say nothing about rows
    active = [d for d in decisions if d.id not in cancelled and d.kind not in about_files]
    splits = Splits(active, groups, level)
    fates |= {id: Fate(STALE, reason) for id, reason in splits.lost.items()}
    groups = splits.applied(groups)
    active = [splits.translated(d) for d in active if d.kind != "split"]
    places = Places(groups, level, active)
    article_of = {d.id: places.article(d) for d in active}
    for d in active:
        if article_of[d.id] is None and (d.kind != "dismiss" or d.paragraphs):
            done = d.kind == "propose" and places.has_text(d)
            fates[d.id] = Fate(FULFILLED) if done else Fate(STALE, places.why_not(d))
    found = places.locate_all(active)
    by_article: defaultdict[str, list[Decision]] = defaultdict(list)
    for d in active:
        if d.id in found:
            by_article[found[d.id][0]].append(d)
    seen = languages_seen(decisions)
    plans: dict[str, Plan] = {}
    later: dict[str, frozenset[str]] = {}
    for article, some in by_article.items():
        texts = groups[article].articles
        unseen = {d.id: later_languages(seen[d.id], texts) for d in some}
        plans[article] = _plan(some, {d.id: found[d.id][1] for d in some}, fates, unseen)
        later |= {id: frozenset(texts[k].language for k in which) for id, which in unseen.items() if which}
    suppressions = tuple(
        Suppression(
            d.id, d.target, article_of[d.id], places.references(*found[d.id]) if d.id in found else None
        )
        for d in active
        if d.kind == "dismiss" and d.id not in fates
    )
    return Resolved(
        tuple(decisions),
        plans,
        fates,
        found,
        suppressions,
        later=later,
        splits=splits.by_article,
        split_in=splits.homes,
    )


def decided_texts(decisions: Sequence[Decision]) -> dict[str, set[str]]:
    """Return the fingerprints of the paragraphs in rows that people have judged or made, by language."""
    cancelled = withdrawn(decisions)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for d in decisions:
        if d.kind in ("repair", "approve", "reject") and d.id not in cancelled:
            for reference in d.paragraphs:
                found[reference.language].add(reference.fingerprint)
    return found


def withdrawn(decisions: Sequence[Decision]) -> set[str]:
    """Return the ids of withdrawn decisions; withdrawing a withdrawal restores the decision."""
    cancelled: set[str] = set()
    for decision in reversed(decisions):
        if decision.kind == "withdraw" and decision.id not in cancelled:
            cancelled.add(decision.target)
    return cancelled & {decision.id for decision in decisions}


def _plan(
    decisions: Sequence[Decision],
    found: Mapping[str, Nodes],
    fates: dict[str, Fate],
    unseen: Mapping[str, frozenset[int]],
) -> Plan:
    """Return the plan that the decisions about one article make; add those without effect to `fates`.

    `unseen` are the languages that came after each decision.
    """
    rows = _DecidedRows(fates)
    for decision in decisions:
        if decision.kind in ("repair", "approve"):
            rows.make(found[decision.id], decision)
        if decision.kind in ("approve", "reject"):
            rows.judge(found[decision.id], decision)
    anchors = {nodes for nodes, by in rows.made.items() if by}
    later: dict[Nodes, frozenset[int]] = {}
    for nodes in anchors | rows.judged.keys():
        about = (*rows.made.get(nodes, ()), *rows.judged.get(nodes, ()))
        if which := frozenset.intersection(*(unseen[d.id] for d in about)):
            later[nodes] = which
    said = {nodes: (APPROVED if d[0].kind == "approve" else REJECTED) for nodes, d in rows.judged.items()}
    rejects = {
        nodes: tuple(each.id for each in d) for nodes, d in rows.judged.items() if d[0].kind == "reject"
    }
    reviews = dict.fromkeys(anchors, REPAIRED) | said
    # Nobody has seen the whole of a row in an article that got another language; what is wrong stays wrong.
    reviews = {nodes: state for nodes, state in reviews.items() if state == REJECTED or nodes not in later}
    return Plan(tuple(sorted(anchors, key=sorted)), reviews, rejects, later)


class _DecidedRows:
    """The rows of one article that decisions have created or judged, up to the latest decision."""

    def __init__(self, fates: dict[str, Fate]) -> None:
        self.made: dict[Nodes, list[Decision]] = {}  # the decisions that make these units a row
        self.judged: dict[Nodes, list[Decision]] = {}  # several people may agree on a verdict
        self._fates = fates
        self._at: defaultdict[Node, set[Nodes]] = defaultdict(set)

    def make(self, nodes: Nodes, decision: Decision) -> None:
        """Make these units a row; other rows that share any of them are dropped."""
        for other in {row for node in nodes for row in self._at[node]} - {nodes}:
            for old in self.made.pop(other, []):
                self._supersede(old, decision)
            for old in self.judged.pop(other, []):
                self._supersede(old, decision)
            for node in other:
                self._at[node].discard(other)
        if decision.kind == "repair" and any(old.kind == "reject" for old in self.judged.get(nodes, ())):
            for old in self.judged.pop(nodes):
                self._supersede(old, decision)
        self._put(nodes)
        self.made.setdefault(nodes, []).append(decision)

    def judge(self, nodes: Nodes, decision: Decision) -> None:
        """Approve or reject a row; an earlier verdict is superseded unless somebody else gave the same."""
        before = self.judged.get(nodes, [])
        agreed = [old for old in before if old.kind == decision.kind and old.reviewer != decision.reviewer]
        gone = {old.id for old in before} - {old.id for old in agreed}
        for old in before:
            if old.id in gone:
                self._supersede(old, decision)
        self.made[nodes] = [by for by in self.made.get(nodes, []) if by.id not in gone]
        self._put(nodes)
        self.judged[nodes] = [*agreed, decision]

    def _put(self, nodes: Nodes) -> None:
        for node in nodes:
            self._at[node].add(nodes)

    def _supersede(self, old: Decision, by: Decision) -> None:
        self._fates[old.id] = Fate(SUPERSEDED, f"by decision {by.id}")
