"""What of the decisions holds for the texts of a run: which rows are settled, and what became of each.

A decision finds its paragraphs again by their text, wherever they stand by now, so edits elsewhere in an
article do not touch it. Where its own text has changed it is stale: it is reported and has no effect.
Of two decisions that contradict each other the later one holds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.datatypes import ArticleGroup, Finding
from pipeline.decisions.record import Decision, Reference, fingerprint
from pipeline.rows import units_of

STANDS, WITHDRAWN, SUPERSEDED, STALE, IDLE = "stands", "withdrawn", "superseded", "stale", "idle"

APPROVED, REJECTED, REPAIRED = "approved", "rejected", "repaired"

Node = tuple[int, int]
Nodes = frozenset[Node]


class Fate(NamedTuple):
    """What became of a decision in this run."""

    state: str
    reason: str = ""


class Plan(NamedTuple):
    """What is settled about one article; units are counted from 0 in each language."""

    anchors: tuple[Nodes, ...] = ()
    reviews: Mapping[Nodes, str] = {}  # what was said of the rows of these units
    rejects: Mapping[Nodes, str] = {}  # ids of the decisions that need a row to hold


class Standing(NamedTuple):
    """What holds of a log of decisions before the articles are aligned."""

    decisions: tuple[Decision, ...]
    plans: Mapping[str, Plan]  # by article
    fates: dict[str, Fate]  # by decision

    def plan(self, article: str) -> Plan:
        """Return what is settled about an article, if anything is."""
        return self.plans.get(article, Plan())

    def dismissed(self) -> set[str]:
        """Return the findings that are false alarms."""
        return {d.target for d in self.decisions if d.kind == "dismiss" and d.id not in self.fates}

    def with_result(self, rows: Mapping[str, Collection[Nodes]], findings: Iterable[Finding]) -> Standing:
        """Return the same with the fate of every decision, now that rows and findings are known."""
        fates = dict(self.fates)
        for article, plan in self.plans.items():
            for nodes, decision in plan.rejects.items():
                if nodes not in rows.get(article, ()):
                    fates[decision] = Fate(STALE, "its paragraphs are no longer one row")
        reported = {finding.id for finding in findings}
        for d in self.decisions:
            if d.kind == "dismiss" and d.id not in fates and d.target not in reported:
                fates[d.id] = Fate(IDLE, "the finding is not reported any more")
            fates.setdefault(d.id, Fate(STANDS))
        return self._replace(fates=fates)

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


def find_standing(decisions: Sequence[Decision], groups: Sequence[ArticleGroup], level: str) -> Standing:
    """Return what of the decisions holds for these articles."""
    cancelled = withdrawn(decisions)
    fates = {id: Fate(WITHDRAWN) for id in cancelled}
    active = [d for d in decisions if d.id not in cancelled and d.kind != "withdraw"]
    places = _Places(groups, level, {d.article for d in active})
    by_article: defaultdict[str, list[Decision]] = defaultdict(list)
    for decision in active:
        article = places.article(decision)
        if article is None:
            if decision.kind != "dismiss" or decision.paragraphs:
                fates[decision.id] = Fate(STALE, places.why_not(decision))
        elif decision.paragraphs:
            by_article[article].append(decision)
    plans = {
        article: _plan(some, places.locate(article, some), fates) for article, some in by_article.items()
    }
    return Standing(tuple(decisions), plans, fates)


def locate(
    decisions: Sequence[Decision], groups: Sequence[ArticleGroup], level: str
) -> dict[str, tuple[str, Nodes]]:
    """Return article and units of every decision that has paragraphs, is not withdrawn and not stale."""
    cancelled = withdrawn(decisions)
    active = [d for d in decisions if d.id not in cancelled and d.kind != "withdraw" and d.paragraphs]
    places = _Places(groups, level, {d.article for d in active})
    by_article: defaultdict[str, list[Decision]] = defaultdict(list)
    for decision in active:
        article = places.article(decision)
        if article is not None:
            by_article[article].append(decision)
    return {
        id: (article, nodes)
        for article, some in by_article.items()
        for id, nodes in places.locate(article, some).items()
    }


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


class _Places:
    """Where the paragraphs of decisions stand in the articles of a run."""

    def __init__(self, groups: Sequence[ArticleGroup], level: str, named: set[str]) -> None:
        self._groups = {group.id: group for group in groups}
        self._level = level
        self._units: dict[str, dict[tuple[str, str], list[tuple[int, Node]]]] = {}
        self._homes: dict[tuple[str, str], list[str]] | None = None
        # An article that a decision names and the run does not have may go under another id by now.
        self._lost = bool(named - set(self._groups))

    def article(self, decision: Decision) -> str | None:
        """Return the article that has all paragraphs of a decision: the one it names, or else another."""
        if decision.article in self._groups:
            return decision.article if self._has(decision.article, decision.paragraphs) else None
        for article in self._candidates(decision.paragraphs):
            if self._has(article, decision.paragraphs):
                return article
        return None

    def why_not(self, decision: Decision) -> str:
        """Return why no article has the paragraphs of a decision."""
        if decision.article not in self._groups:
            return "its article is not in this run"
        units = self._of(decision.article)
        gone = [
            f"{r.language} {r.number}"
            for r in decision.paragraphs
            if (r.language, r.fingerprint) not in units
        ]
        return f"the text has changed: {', '.join(gone)}" if gone else "its paragraphs are fewer now"

    def locate(self, article: str, decisions: Sequence[Decision]) -> dict[str, Nodes]:
        """Return the units of each decision about an article.

        Of paragraphs with the same text the one is meant that is nearest to where it stood; how far the
        text has moved since is told by the nearest paragraph that has its text to itself.
        """
        units = self._of(article)
        shifts: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for reference in {r for d in decisions for r in d.paragraphs}:
            there = units[reference.language, reference.fingerprint]
            if len(there) == 1:
                shifts[reference.language].append((reference.number, there[0][0] - reference.number))
        return {d.id: self._nodes(units, d.paragraphs, shifts) for d in decisions}

    @staticmethod
    def _nodes(
        units: Mapping[tuple[str, str], list[tuple[int, Node]]],
        references: Sequence[Reference],
        shifts: Mapping[str, list[tuple[int, int]]],
    ) -> Nodes:
        taken: set[Node] = set()
        for language, number, print_ in references:
            free = [each for each in units[language, print_] if each[1] not in taken]
            if len(free) > 1:
                near = min(shifts.get(language, []), key=lambda s: (abs(s[0] - number), s), default=(0, 0))
                free.sort(key=lambda each: (abs(each[0] - number - near[1]), each))
            taken.add(free[0][1])
        return frozenset(taken)

    def _has(self, article: str, references: Sequence[Reference]) -> bool:
        units = self._of(article)
        wanted = Counter((r.language, r.fingerprint) for r in references)
        return all(len(units.get(key, ())) >= count for key, count in wanted.items())

    def _candidates(self, references: Sequence[Reference]) -> list[str]:
        if not self._lost or not references:
            return []
        if self._homes is None:
            self._homes = {}
            for article in self._groups:
                for key in self._of(article):
                    self._homes.setdefault(key, []).append(article)
        return self._homes.get((references[0].language, references[0].fingerprint), [])

    def _of(self, article: str) -> dict[tuple[str, str], list[tuple[int, Node]]]:
        """Return the number and node of an article's units by language and fingerprint."""
        if article not in self._units:
            units: dict[tuple[str, str], list[tuple[int, Node]]] = {}
            group = self._groups[article]
            for k, text in enumerate(group.articles):
                for unit, paragraph in enumerate(units_of(text.paragraphs, self._level)):
                    key = text.language, fingerprint(paragraph.text)
                    units.setdefault(key, []).append((paragraph.number, (k, unit)))
            self._units[article] = units
        return self._units[article]
