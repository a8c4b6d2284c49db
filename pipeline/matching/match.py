"""Match: which files are the same article.

The nearest article vectors in each other language are the `candidates`, and what their alignment says is
the `evidence`. How much of it makes a translation is learned from the collection (`belief`). Two files are
one article if each is the other's best candidate and the odds speak for it; files of further languages
join if all their odds together do. Topic alone brings neighbours near; only a translation brings its
sentences, in order. Versions of an article in one language are told apart first (`versions`), so that they
do not compete for the same partner. What people said about files comes before all this (`stated`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment.align import small_matrices
from pipeline.alignment.likeness import Likeness
from pipeline.embedding.vectors import ArticleVectors, Text
from pipeline.matching.belief import learn, log_odds, prior_mixture, rank
from pipeline.matching.best_candidates import Candidate, CandidateLists, FirstCandidates
from pipeline.matching.candidates import (
    Directions,
    Pair,
    article_directions,
    by_language,
    candidate_pairs,
    find_kin,
)
from pipeline.matching.company import with_company
from pipeline.matching.editions import find_editions
from pipeline.matching.join import FORBIDDEN, STATED, beliefs, join, odds_between, sure_of
from pipeline.matching.literals import Hashes, Literals, pairs_by_literals
from pipeline.matching.neighbours import Neighbours
from pipeline.matching.pair_evidence import pair_evidence
from pipeline.matching.pair_values import PairValues, in_parts
from pipeline.matching.stated import NO_CONSTRAINTS, Constraints, Openness, stated_pairs
from pipeline.matching.versions import Decided, decided_in_place, find_versions, same_text

MOST_RIVALS = 3
"""Candidates of an article in no group that are named to people who look for its translation."""

MOST_RANKED = 15.0
"""Log-odds that literals can add or take away where candidates are ranked."""


class Matching(NamedTuple):
    """Which articles belong together; articles are numbered as they were given."""

    groups: list[tuple[int, ...]]  # two or more articles of different languages each
    version_of: dict[int, int]  # an article that is left out -> the one in its language that it repeats
    nearest: Mapping[int, Candidate]  # the best candidate outside its group of each article that has one
    belief: dict[
        Pair, float
    ]  # probability of two articles of a group being the same, the smaller number first
    rivals: Mapping[int, tuple[Candidate, ...]] = {}  # the best candidates of an article in no group, falling


class Comparison(Protocol):
    """What two texts say about each other; where and when it is found out is left open."""

    def same_text(self, pairs: Sequence[Pair]) -> Iterator[bool]:
        """Yield whether the texts of a pair, in one language, are versions (`pipeline.matching.versions`)."""
        ...

    def evidence(self, pairs: NDArray[np.int64]) -> Iterator[float]:
        """Yield how strongly each pair, `[k, 2]`, looks like a translation (`pair_evidence`)."""
        ...


class Compared:
    """A comparison made here and now."""

    def __init__(self, texts: Sequence[Text], likeness: Likeness) -> None:
        self._texts, self._likeness = texts, likeness

    def same_text(self, pairs: Sequence[Pair]) -> Iterator[bool]:
        """See `Comparison`."""
        for a, b in pairs:
            yield same_text(self._texts[a], self._texts[b], self._likeness)

    def evidence(self, pairs: NDArray[np.int64]) -> Iterator[float]:
        """See `Comparison`."""
        for a, b in in_parts(pairs):
            yield pair_evidence(self._texts[a], self._texts[b], self._likeness)


Search = Callable[[Directions], Neighbours]
"""Looks for the neighbours of articles by their directions."""


def match(texts: Sequence[Text], likeness: Likeness) -> Matching:
    """Return the groups of texts that are the same article."""
    return match_articles(ArticleVectors.of(texts), likeness, Compared(texts, likeness))


def match_articles(
    article_vectors: ArticleVectors,
    likeness: Likeness,
    comparison: Comparison,
    search: Search | None = None,
    literals: Sequence[Hashes] | None = None,
    constraints: Constraints = NO_CONSTRAINTS,
    decided: Decided | None = None,
) -> Matching:
    """Return the groups of texts that are the same article; of each its vector and literals are at hand.

    `constraints` say which ones are, and which are not, before anything is compared. Of several versions of
    a text the one with most `decided` paragraphs is used.
    """
    languages = article_vectors.languages
    if not languages:
        return Matching([], {}, {}, {})
    literals = literals if literals is not None else [np.zeros(0, dtype=np.uint64)] * len(languages)
    texts = _Texts(article_vectors, comparison, literals)
    openness = Openness(constraints, languages)
    with small_matrices():
        directions = article_directions(article_vectors)
        article_vectors = article_vectors._replace(totals=directions.vectors[:0].copy())
        neighbours = search(directions) if search else Neighbours(directions.vectors)
        del directions
        same = comparison.same_text
        version_of = find_versions(article_vectors, neighbours, same, literals, openness, decided)
        candidates = _candidates(texts, neighbours, version_of, openness, likeness)
    groups, within = _groups(candidates, languages, constraints)
    with small_matrices():
        groups, within, version_of = _with_editions(
            groups, within, version_of, texts, candidates.evidence, constraints
        )
    if decided is not None:
        fixed = {member for group in constraints.groups for member in group.members}
        groups, within, version_of = decided_in_place(groups, within, version_of, decided, fixed)
    odds = candidates.odds.with_own(within).column()  # of the pairs that company has spoken against, too
    falling = candidates.falling
    best, odds = candidates.pairs[falling], odds[falling]
    return Matching(
        groups,
        version_of,
        _nearest(best, odds, groups, len(languages)),
        beliefs(groups, within),
        _rivals(best, odds, groups, len(languages)),
    )


class _Texts:
    """What is known of all texts, and what two of them say about each other."""

    def __init__(
        self, article_vectors: ArticleVectors, comparison: Comparison, literals: Sequence[Hashes]
    ) -> None:
        self.languages, self.sentences = article_vectors.languages, article_vectors.sentences
        self.comparison, self.hashes = comparison, literals
        self.literals = Literals(literals, self.languages, self.sentences)

    def total(self, pairs: Sequence[Pair]) -> NDArray[np.float64]:
        """Return how strongly whole texts say that they are translations, in nats, `[k]`."""
        numbers = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        evidence = np.fromiter(self.comparison.evidence(numbers), dtype=np.float64, count=len(numbers))
        whole: NDArray[np.float64] = evidence * self.sentences[numbers].min(axis=1)
        return whole + self.literals.log_odds(numbers)


class _Candidates(NamedTuple):
    """The pairs of texts that come into question, compared."""

    pairs: NDArray[np.int64]  # [k, 2]
    odds: PairValues  # log-odds of each being a translation
    evidence: PairValues  # in nats a sentence
    mutual: list[Pair]  # those of which each side is the other's best candidate
    falling: NDArray[np.int64]  # [k]: the places of all of them, the best first


def _candidates(
    texts: _Texts,
    neighbours: Neighbours,
    version_of: Mapping[int, int],
    openness: Openness,
    likeness: Likeness,
) -> _Candidates:
    """Return the candidates among the texts that are still to be matched."""
    languages = texts.languages
    taken = np.flatnonzero(~openness.pool()).tolist()
    members = by_language(languages, {*version_of, *taken})
    left = np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *members.values()]))
    near = candidate_pairs(neighbours, members, openness)
    numbers = openness.allowed(_with_literals(near, pairs_by_literals(texts.hashes, languages), left))
    kin = find_kin(neighbours, members, len(languages))
    neighbours.forget_vectors()
    evidence = np.fromiter(texts.comparison.evidence(numbers), dtype=np.float64, count=len(numbers))
    literal = texts.literals.log_odds(numbers)
    ranking, prior = rank(numbers, evidence, languages), prior_mixture(likeness)
    mixture = learn(ranking, languages, left, prior, openness.table)
    strengths = log_odds(numbers, literal, languages, kin, ranking, mixture, prior)
    shorter = texts.sentences[numbers].min(axis=1)
    with_literals = evidence + np.clip(literal, -MOST_RANKED, MOST_RANKED) / shorter
    mutual = rank(numbers, with_literals, languages).mutual
    edges = list(in_parts(numbers[mutual]))
    return _Candidates(
        numbers,
        PairValues(numbers, strengths, dict(zip(edges, strengths[mutual].tolist(), strict=True))),
        PairValues(numbers, evidence, {}),
        edges,
        np.argsort(with_literals, kind="stable")[::-1],
    )


def _groups(
    candidates: _Candidates, languages: Sequence[str], constraints: Constraints
) -> tuple[list[tuple[int, ...]], dict[Pair, float]]:
    """Return the groups of candidates and of what was stated, and the log-odds of their pairs."""
    stated = dict.fromkeys(stated_pairs(constraints.groups), STATED)
    odds = candidates.odds.with_own(stated | dict.fromkeys(constraints.apart, FORBIDDEN))
    joined = join(odds, candidates.mutual, languages, constraints)
    within = {pair: odds_between(*pair, odds) for group in joined for pair in combinations(group, 2)}
    within = with_company(within, joined, len(set(languages))) | stated
    return [sure for group in joined if len(sure := sure_of(group, within, stated)) > 1], within


def _with_editions(
    groups: list[tuple[int, ...]],
    within: dict[Pair, float],
    version_of: dict[int, int],
    texts: _Texts,
    evidence: Mapping[Pair, float],
    constraints: Constraints,
) -> tuple[list[tuple[int, ...]], dict[Pair, float], dict[int, int]]:
    """Return the groups with those of versions, the log-odds of their pairs, and the versions that are left.

    Nothing was stated about the groups whose versions are compared.
    """
    constrained = {member for group in constraints.groups for member in group.members}
    forbidden = dict.fromkeys(constraints.apart, FORBIDDEN)
    editions, own, left = find_editions(
        [group for group in groups if constrained.isdisjoint(group)],
        within,
        version_of,
        texts.languages,
        evidence,
        texts.total,
        lambda odds, edges: join({**odds, **forbidden}, edges, texts.languages),
    )
    stated = (group for group in groups if not constrained.isdisjoint(group))
    return sorted([*editions, *stated]), within | own, left


def _with_literals(
    near: NDArray[np.int64], alike: NDArray[np.int64], among: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the near pairs and those of alike ones whose texts take part, `int64[pairs, 2]`, in order."""
    return np.unique(np.concatenate([near, alike[np.isin(alike, among).all(axis=1)]]), axis=0)


def _nearest(
    pairs: NDArray[np.int64], odds: NDArray[np.float64], groups: Sequence[Sequence[int]], articles: int
) -> Mapping[int, Candidate]:
    """Return each article's best candidate outside its group; the pairs are in order, the best first."""
    group_of = np.full(articles, -1, dtype=np.int64)
    for k, group in enumerate(groups):
        group_of[list(group)] = k
    one, two = group_of[pairs].T
    outside = (one < 0) | (one != two)
    return FirstCandidates(
        CandidateLists(pairs[outside], odds[outside], np.ones(articles, dtype=np.bool_), 1)
    )


def _rivals(
    pairs: NDArray[np.int64], odds: NDArray[np.float64], groups: Sequence[Sequence[int]], articles: int
) -> Mapping[int, tuple[Candidate, ...]]:
    """Return the best candidates of each article in no group, the best first."""
    alone = np.ones(articles, dtype=np.bool_)
    alone[[article for group in groups for article in group]] = False
    return CandidateLists(pairs, odds, alone, MOST_RIVALS)
