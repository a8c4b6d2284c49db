"""Which languages a decision about a row has seen: it binds these, and no translation that came later.

A decision names the languages that its article had. Older logs do not; there, they are those that all such
decisions about the article name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence

from pipeline.datatypes import Article, Nodes
from pipeline.decisions.record import Decision

FEWEST = 2
"""Languages of an article; where a decision seems to have seen fewer, nothing is known of the others."""


def languages_seen(decisions: Sequence[Decision]) -> dict[str, frozenset[str]]:
    """Return the languages that each decision with paragraphs has seen, by id."""
    of_article: defaultdict[str, set[str]] = defaultdict(set)
    for decision in decisions:
        if not decision.seen:
            of_article[decision.article].update(_named(decision))
    return {
        d.id: frozenset([*d.seen, *_named(d)] if d.seen else of_article[d.article])
        for d in decisions
        if d.paragraphs
    }


def _named(decision: Decision) -> Iterable[str]:
    return (reference.language for reference in decision.paragraphs)


def later_languages(seen: frozenset[str], articles: Sequence[Article]) -> frozenset[int]:
    """Return which texts of an article, by index, came after a decision that has seen some languages."""
    if len(seen) < FEWEST:
        return frozenset()
    return frozenset(k for k, text in enumerate(articles) if text.paragraphs and text.language not in seen)


def holds(row: Nodes, decided: Nodes, later: Container[int]) -> bool:
    """Return whether a row is the decided one: the same units, and others in `later` languages alone."""
    return row == decided or (decided < row and all(k in later for k, _ in row - decided))
