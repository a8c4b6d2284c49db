"""Which languages a decision about a row has seen: it binds these, and no translation that came later.

A decision names the paragraphs of its row, and the languages that the article had without text in the row.
Older logs name paragraphs only. There, an article's languages are those of its decisions so far.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence

from pipeline.datatypes import Article, Nodes
from pipeline.decisions.record import Decision

FEWEST = 2
"""Languages of an article; where a decision seems to have seen fewer, nothing is known of the others."""


def languages_seen(decisions: Iterable[Decision]) -> dict[str, frozenset[str]]:
    """Return the languages that each decision with paragraphs has seen, by id; `decisions` are in order."""
    so_far: defaultdict[str, set[str]] = defaultdict(set)
    seen = {}
    for decision in decisions:
        if decision.paragraphs:
            of_article = so_far[decision.article]
            of_article.update(decision.absent, (r.language for r in decision.paragraphs))
            seen[decision.id] = frozenset(of_article)
    return seen


def later_languages(seen: frozenset[str], articles: Sequence[Article]) -> frozenset[int]:
    """Return which texts of an article, by index, came after a decision that has seen some languages."""
    if len(seen) < FEWEST:
        return frozenset()
    return frozenset(k for k, text in enumerate(articles) if text.paragraphs and text.language not in seen)


def holds(row: Nodes, decided: Nodes, later: Container[int]) -> bool:
    """Return whether a row is the decided one: the same units, and others in `later` languages alone."""
    return row == decided or (decided < row and all(k in later for k, _ in row - decided))
