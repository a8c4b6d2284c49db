"""Locates the paragraphs of decisions in the articles of a run."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pipeline.datatypes import (
    PARAGRAPH_JOINER,
    ArticleGroup,
    Node,
    Nodes,
    fingerprint,
    units_of,
)
from pipeline.decisions.record import Decision, Reference

_OTHER_LEVEL = {
    "paragraph": ("sentence", "it is about sentences, and this run aligns paragraphs"),
    "sentence": ("paragraph", "it is about paragraphs, and this run aligns sentences"),
}

_Units = Mapping[tuple[str, str], Sequence[tuple[int, Node]]]
"""Number and node of an article's units, by language and fingerprint."""


class Places:
    """Locates the paragraphs of decisions in articles."""

    def __init__(self, groups: Mapping[str, ArticleGroup], level: str, decisions: Sequence[Decision]) -> None:
        """`decisions` are the active ones; together they identify the successor of a missing article."""
        self._groups = groups
        self._level = level
        self._units: dict[tuple[str, str], _Units] = {}
        self._decisions = decisions
        self._successors: dict[str, Sequence[str]] = {}
        self._articles_by_key: dict[tuple[str, str], list[str]] | None = None

    def article(self, decision: Decision) -> str | None:
        """Return the article that has all paragraphs of a decision: the one it names or its successor."""
        successors = self._successors_of(decision)
        if len(successors) != 1 or not _has(self._of(successors[0]), decision.paragraphs):
            return None
        return successors[0]

    def why_not(self, decision: Decision) -> str:
        """Return the reason why no article contains the paragraphs of a decision."""
        successors = self._successors_of(decision)
        if not successors:
            return "its article is not in this run"
        if len(successors) > 1:
            return "its article is not in this run, and several others have as much of its text"
        return self._missing(successors[0], decision.paragraphs, decision.article)

    def has_text(self, decision: Decision) -> bool:
        """Return whether the article of a decision has its text now, in its language."""
        successors = self._successors_of(decision)
        if len(successors) != 1:
            return False
        units = [
            _words(unit.text)
            for text in self._groups[successors[0]].articles
            if text.language == decision.language
            for unit in units_of(text.paragraphs, self._level)
        ]
        parts = [_words(part) for part in decision.text.split(PARAGRAPH_JOINER) if part.strip()]
        return bool(parts) and (set(parts) <= set(units) or " ".join(parts) in units)

    def _of_other_level(self, article: str, name: str) -> bool:
        """Return whether the decisions that name an article are about the units of the other level.

        A paragraph of one sentence that got another one looks like a sentence, so all of them count.
        """
        texts = _texts_of([d for d in self._decisions if d.article == name])
        own, other = self._of(article), self._of(article, _OTHER_LEVEL[self._level][0])
        only_own = sum(text in own and text not in other for text in texts)
        only_other = sum(text in other and text not in own for text in texts)
        return not only_own and 2 * only_other >= len(texts)

    def _missing(self, article: str, references: Sequence[Reference], name: str) -> str:
        """Return the reason why an article does not contain these paragraphs."""
        languages = [text.language for text in self._groups[article].articles]
        absent = [r.language for r in references if r.language not in languages]
        if absent:
            return f"its article has no text in {' or '.join(dict.fromkeys(absent))} in this run"
        units = self._of(article)
        gone = [r for r in references if (r.language, r.fingerprint) not in units]
        level, words = _OTHER_LEVEL[self._level]
        others = self._of(article, level) if gone else {}
        if any((r.language, r.fingerprint) in others for r in gone) and self._of_other_level(article, name):
            return words
        places = ", ".join(f"{r.language} {r.number}" for r in gone)
        return f"the text has changed: {places}" if gone else "its paragraphs are fewer now"

    def locate_all(self, decisions: Iterable[Decision]) -> dict[str, tuple[str, Nodes]]:
        """Return article and units of every decision that has paragraphs and can be located."""
        by_article: defaultdict[str, list[Decision]] = defaultdict(list)
        for decision in decisions:
            article = self.article(decision) if decision.paragraphs else None
            if article is not None:
                by_article[article].append(decision)
        return {
            id: (article, nodes)
            for article, some in by_article.items()
            for id, nodes in self._locate(article, some).items()
        }

    def references(self, article: str, nodes: Nodes) -> frozenset[tuple[str, int]]:
        """Return units of an article as (language, paragraph number)."""
        texts = self._groups[article].articles
        return frozenset(
            (texts[k].language, units_of(texts[k].paragraphs, self._level)[unit].number) for k, unit in nodes
        )

    def _locate(self, article: str, decisions: Sequence[Decision]) -> dict[str, Nodes]:
        """Return the units of each decision about an article.

        Among paragraphs with the same text, the one nearest to the old position is chosen, after shifting
        that position by as much as the nearest paragraph with a unique text has moved.
        """
        units = self._of(article)
        shifts: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for reference in {r for d in decisions for r in d.paragraphs}:
            there = units[reference.language, reference.fingerprint]
            if len(there) == 1:
                shifts[reference.language].append((reference.number, there[0][0] - reference.number))
        return {d.id: _nodes(units, d.paragraphs, shifts) for d in decisions}

    def _successors_of(self, decision: Decision) -> Sequence[str]:
        """Return the article of a decision, or the candidates to succeed it if it is missing.

        A decision without an article counts alone.
        """
        name, there = decision.article, decision.article in self._groups
        if there and _has(self._of(name), decision.paragraphs):
            return [name]
        if not name:
            return self._nearest([decision])
        if name not in self._successors:
            same = [d for d in self._decisions if d.article == name]
            self._successors[name] = self._moved(name, same) if there else self._nearest(same)
        return self._successors[name]

    def _moved(self, name: str, decisions: Sequence[Decision]) -> Sequence[str]:
        """Return the article that has the texts of these decisions, if the one of their name has others now.

        An article is named after its first file, and next week's may reuse the name. One that half of its
        decisions fit, or that has half of what the others refer to, was edited and is still the same.
        """
        left = [d for d in decisions if not _has(self._of(name), d.paragraphs)]
        wanted = _texts_of(left)
        kept = sum(key in self._of(name) for key in wanted)
        if 2 * len(left) <= len(decisions) or 2 * kept >= len(wanted):
            return [name]
        found = self._nearest(left)
        return found if len(found) == 1 else [name]

    def _nearest(self, decisions: Sequence[Decision]) -> Sequence[str]:
        """Return the articles with most of the texts of decisions, more than a sentence that many have.

        That is at least half of the texts, or if most have changed, the whole texts of two decisions on
        different rows.
        """
        wanted = _texts_of(decisions)
        shares = Counter(article for key in wanted for article in self._articles_with(key))
        most = max(shares.values(), default=0)
        found = [article for article in self._groups if shares[article] == most] if most else []
        if 2 * most >= len(wanted):
            return found
        rows = {_texts_of([d]) for d in decisions} - {frozenset()}
        return [article for article in found if sum(row <= self._of(article).keys() for row in rows) > 1]

    def _articles_with(self, key: tuple[str, str]) -> Sequence[str]:
        if self._articles_by_key is None:
            self._articles_by_key = {}
            for article in self._groups:
                for each in self._of(article):
                    self._articles_by_key.setdefault(each, []).append(article)
        return self._articles_by_key.get(key, [])

    def _of(self, article: str, level: str = "") -> _Units:
        """Return the units of an article, at the level of the run or at another one."""
        level = level or self._level
        if (article, level) not in self._units:
            units: dict[tuple[str, str], list[tuple[int, Node]]] = {}
            for k, text in enumerate(self._groups[article].articles):
                for unit, paragraph in enumerate(units_of(text.paragraphs, level)):
                    key = text.language, fingerprint(paragraph.text)
                    units.setdefault(key, []).append((paragraph.number, (k, unit)))
            self._units[article, level] = units
        return self._units[article, level]


def _texts_of(decisions: Iterable[Decision]) -> frozenset[tuple[str, str]]:
    """Return language and fingerprint of the paragraphs of decisions."""
    return frozenset((r.language, r.fingerprint) for d in decisions for r in d.paragraphs)


def _words(text: str) -> str:
    """Return a text as a run stores it, whatever spaces and line ends it was typed with."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _has(units: _Units, references: Sequence[Reference]) -> bool:
    wanted = Counter((r.language, r.fingerprint) for r in references)
    return all(len(units.get(key, ())) >= count for key, count in wanted.items())


def _nodes(
    units: _Units, references: Sequence[Reference], shifts: Mapping[str, list[tuple[int, int]]]
) -> Nodes:
    taken: set[Node] = set()
    for language, number, print_ in references:
        free = [each for each in units[language, print_] if each[1] not in taken]
        if len(free) > 1:
            near = min(shifts.get(language, []), key=lambda s: (abs(s[0] - number), s), default=(0, 0))
            free.sort(key=lambda each: (abs(each[0] - number - near[1]), each))
        taken.add(free[0][1])
    return frozenset(taken)
