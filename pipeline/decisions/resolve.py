"""What of the decisions holds for the texts of a run: which rows are settled, and what became of each.

A decision finds its paragraphs again by their text, wherever they stand by now in the article that it
names, so edits elsewhere do not touch it. Where its own text has changed it is stale: it is reported and
has no effect. Where the article is gone, all decisions that name it move to the one that has taken its
place, as after a file was renamed. Of two decisions that contradict each other the later one holds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.datatypes import APPROVED, REJECTED, REPAIRED, ArticleGroup, Finding, Node, Nodes, Row
from pipeline.decisions.places import Places
from pipeline.decisions.record import Decision
from pipeline.decisions.suppressions import Suppression, suppressed_findings

STANDS, WITHDRAWN, SUPERSEDED, STALE, IDLE = "stands", "withdrawn", "superseded", "stale", "idle"


class Fate(NamedTuple):
    """What became of a decision in this run."""

    state: str
    reason: str = ""


class Plan(NamedTuple):
    """What is settled about one article; units are counted from 0 in each language."""

    anchors: tuple[Nodes, ...] = ()
    reviews: Mapping[Nodes, str] = {}  # what was said of the rows of these units
    rejects: Mapping[Nodes, str] = {}  # ids of the decisions that need a row to hold


class Resolved(NamedTuple):
    """What holds of a log of decisions before the articles are aligned."""

    decisions: tuple[Decision, ...]
    plans: Mapping[str, Plan]  # by article
    fates: dict[str, Fate]  # by decision
    found: Mapping[str, tuple[str, Nodes]] = {}  # by decision: its article and units, if it has a place
    suppressions: tuple[Suppression, ...] = ()
    aims: Mapping[str, str] = {}  # by dismissal: the finding that it is about, if there is one

    def plan(self, article: str) -> Plan:
        """Return what is settled about an article, if anything is."""
        return self.plans.get(article, Plan())

    def dismissing(self) -> set[str]:
        """Return the articles of whose rows `dismissed` wants to know."""
        return {each.article for each in self.suppressions if each.article and each.places is not None}

    def dismissed(self, findings: Sequence[Finding], rows: Iterable[Row]) -> dict[str, str]:
        """Return the findings that are false alarms, by the decision that says so."""
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
        """Return the same with the fate of every decision, now that rows and findings are known.

        `aims` is what `dismissed` returns.
        """
        fates = dict(self.fates)
        for article, plan in self.plans.items():
            for nodes, decision in plan.rejects.items():
                if nodes not in rows.get(article, ()):
                    fates[decision] = Fate(STALE, "its paragraphs are no longer one row")
        for d in self.decisions:
            if d.kind == "dismiss" and d.id not in fates and d.id not in aims:
                fates[d.id] = Fate(IDLE, "the finding is not reported any more")
            fates.setdefault(d.id, Fate(STANDS))
        return self._replace(fates=fates, aims=aims)

    def counts(self) -> dict[str, int]:
        """Return how many decisions have each fate."""
        return dict(sorted(Counter(fate.state for fate in self.fates.values()).items()))

    def stale(self) -> list[tuple[Decision, str]]:
        """Return the stale decisions with the reason, in the order of the log."""
        return [
            (d, self.fates[d.id].reason)
            for d in self.decisions
            if d.id in self.fates and self.fates[d.id].state == STALE
        ]


def resolve(decisions: Sequence[Decision], groups: Mapping[str, ArticleGroup], level: str) -> Resolved:
    """Return what of the decisions holds for these articles, which are by id."""
    cancelled = withdrawn(decisions)
    fates = {id: Fate(WITHDRAWN) for id in cancelled}
    active = [d for d in decisions if d.id not in cancelled and d.kind != "withdraw"]
    places = Places(groups, level, active)
    homes = {d.id: places.article(d) for d in active}
    for d in active:
        if homes[d.id] is None and (d.kind != "dismiss" or d.paragraphs):
            fates[d.id] = Fate(STALE, places.why_not(d))
    found = places.locate_all(active)
    by_article: defaultdict[str, list[Decision]] = defaultdict(list)
    for d in active:
        if d.id in found:
            by_article[found[d.id][0]].append(d)
    plans = {
        article: _plan(some, {d.id: found[d.id][1] for d in some}, fates)
        for article, some in by_article.items()
    }
    suppressions = tuple(
        Suppression(d.id, d.target, homes[d.id], places.references(*found[d.id]) if d.id in found else None)
        for d in active
        if d.kind == "dismiss" and d.id not in fates
    )
    return Resolved(tuple(decisions), plans, fates, found, suppressions)


def joined_texts(decisions: Sequence[Decision], articles: Collection[str]) -> dict[str, set[tuple[str, str]]]:
    """Return language and fingerprint of what people have put into rows with others, by article.

    What they said of an article that is not among `articles` may be about any of these.
    """
    cancelled = withdrawn(decisions)
    joined: dict[str, set[tuple[str, str]]] = {}
    for d in decisions:
        if d.kind in ("repair", "approve") and d.id not in cancelled and len(d.paragraphs) > 1:
            for article in [d.article] if d.article in articles else articles:
                joined.setdefault(article, set()).update((r.language, r.fingerprint) for r in d.paragraphs)
    return joined


def withdrawn(decisions: Sequence[Decision]) -> set[str]:
    """Return the ids of decisions that were taken back; taking that back makes them hold again."""
    cancelled: set[str] = set()
    for decision in reversed(decisions):
        if decision.kind == "withdraw" and decision.id not in cancelled:
            cancelled.add(decision.target)
    return cancelled & {decision.id for decision in decisions}


def _plan(decisions: Sequence[Decision], found: Mapping[str, Nodes], fates: dict[str, Fate]) -> Plan:
    """Return what the decisions about one article come to; `fates` gets those that have no effect."""
    rows = _DecidedRows(fates)
    for decision in decisions:
        if decision.kind in ("repair", "approve"):
            rows.make(found[decision.id], decision)
        if decision.kind in ("approve", "reject"):
            rows.judge(found[decision.id], decision)
    anchors = {nodes for nodes, by in rows.made.items() if by}
    said = {nodes: (APPROVED if d.kind == "approve" else REJECTED) for nodes, d in rows.judged.items()}
    rejects = {nodes: d.id for nodes, d in rows.judged.items() if d.kind == "reject"}
    return Plan(tuple(sorted(anchors, key=sorted)), dict.fromkeys(anchors, REPAIRED) | said, rejects)


class _DecidedRows:
    """The rows of one article that decisions are about, as far as no later decision has changed them."""

    def __init__(self, fates: dict[str, Fate]) -> None:
        self.made: dict[Nodes, list[Decision]] = {}  # by which decisions these units are a row
        self.judged: dict[Nodes, Decision] = {}
        self._fates = fates
        self._at: defaultdict[Node, set[Nodes]] = defaultdict(set)

    def make(self, nodes: Nodes, decision: Decision) -> None:
        """Make these units a row; rows that share some of them are none any more."""
        for other in {row for node in nodes for row in self._at[node]} - {nodes}:
            for old in self.made.pop(other, []):
                self._supersede(old, decision)
            if other in self.judged:
                self._supersede(self.judged.pop(other), decision)
            for node in other:
                self._at[node].discard(other)
        if decision.kind == "repair" and nodes in self.judged and self.judged[nodes].kind == "reject":
            self._supersede(self.judged.pop(nodes), decision)
        self._put(nodes)
        self.made.setdefault(nodes, []).append(decision)

    def judge(self, nodes: Nodes, decision: Decision) -> None:
        """Approve or reject a row, whatever was said of it before."""
        old = self.judged.get(nodes)
        if old is not None:
            self._supersede(old, decision)
            self.made[nodes] = [by for by in self.made.get(nodes, []) if by.id != old.id]
        self._put(nodes)
        self.judged[nodes] = decision

    def _put(self, nodes: Nodes) -> None:
        for node in nodes:
            self._at[node].add(nodes)

    def _supersede(self, old: Decision, by: Decision) -> None:
        self._fates[old.id] = Fate(SUPERSEDED, f"by decision {by.id}")
