"""Candidates: which articles lie near enough to be compared sentence by sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.embedding.vectors import CENTRE_WEIGHT, ArticleVectors
from pipeline.matching.nearest import Found
from pipeline.matching.neighbours import Neighbours
from pipeline.matching.stated import Openness

CANDIDATES = 4
"""Nearest articles in each other language that are looked at closely.

On short noisy articles the nearest one is the right one for 84 to 100 of 100; among the four
nearest the right one has never been missing on the development gold (news, help).
"""

MARGIN = 0.25
"""How much nearer, in cosine, the nearest article may be for another one still to be looked at.

On the development gold no translation was further behind than 0.15.
"""

KIN = 10
"""Nearest articles in its own language that tell what an article's kind looks like."""

_PART = 1 << 14
"""Vectors that are copied at a time."""

Pair = tuple[int, int]
"""Two articles, the smaller number first."""


class Directions(NamedTuple):
    """The direction of each article from the mean of its language."""

    vectors: NDArray[np.float32]  # [n, d]: unit vectors
    pull: NDArray[
        np.float32
    ]  # [n]: how far an article would move for each unit that the mean moves, if it could
    languages: Sequence[str]  # [n]
    centres: Mapping[str, NDArray[np.float32]]  # the mean of each language, [d]

    def moved_since(self, centres: Mapping[str, NDArray[np.float32]]) -> NDArray[np.float32]:
        """Return how far each article is at most from where it was when the centres were these, `[n]`.

        For x and y of any length, x / |x| and y / |y| are at most 2 |x - y| / (|x| + |y|) apart (Dunkl and
        Williams 1964), and never more than 2.
        """
        far = {
            code: float(np.linalg.norm(centre - centres[code])) if code in centres else np.inf
            for code, centre in self.centres.items()
        }
        step = self.pull * np.array([far[code] for code in self.languages], dtype=np.float32)
        step = np.minimum(step, 1.0)
        return 2.0 * step / (2.0 - step)


def article_directions(article_vectors: ArticleVectors) -> Directions:
    """Return the direction of each article from the mean of its language; uses up the `totals`.

    They are the largest of what a run holds in memory, so they become the directions in their place.
    """
    languages, vectors = article_vectors.languages, article_vectors.totals
    sizes = article_vectors.characters.astype(np.float32)
    norms = np.empty(len(vectors), dtype=np.float32)
    centres: dict[str, NDArray[np.float32]] = {}
    for language, members in by_language(languages).items():
        size = sizes[members].sum()
        drawn = (
            CENTRE_WEIGHT * size / max(1, article_vectors.sentences[members].sum())
        )  # where there are few, towards zero
        centres[language] = centre = _sum_of(vectors, members) / max(1.0, size + drawn)
        for some in _parts(members):
            own = vectors[some] - sizes[some, None] * centre
            norms[some] = np.maximum(np.linalg.norm(own, axis=1), 1e-12)
            own /= norms[some, None]
            vectors[some] = own
    return Directions(vectors, sizes / norms, languages, centres)


def _sum_of(vectors: NDArray[np.float32], members: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the sum of some vectors, one after the other."""
    total = np.zeros((1, vectors.shape[1]), dtype=np.float32)
    for some in _parts(members):
        total = np.add.reduce(np.concatenate([total, vectors[some]]), axis=0, keepdims=True)
    summed: NDArray[np.float32] = total[0]
    return summed


def _parts(members: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    return (members[start : start + _PART] for start in range(0, len(members), _PART))


def candidate_pairs(
    neighbours: Neighbours, members: Mapping[str, NDArray[np.int64]], openness: Openness | None = None
) -> NDArray[np.int64]:
    """Return the pairs worth a closer look, `int64[pairs, 2]`: the smaller number first, in order.

    `members` are the articles of each language that may be in one. They are among the nearest `CANDIDATES` of
    one article in the other's language, and for neither is there an article nearer by more than `MARGIN`.
    With `openness`, only articles that may still be matched with that language count.
    """
    pairs = [np.zeros((0, 2), dtype=np.int64)]
    for a, b in combinations(sorted(members), 2):
        these = openness.takes(members[a], b) if openness else members[a]
        those = openness.takes(members[b], a) if openness else members[b]
        if len(these) and len(those):
            there, back = neighbours.nearest((a, b), these, those, CANDIDATES)
            pairs += [_near_enough(these, there, those, back), _near_enough(those, back, these, there)]
    return np.unique(np.sort(np.concatenate(pairs), axis=1), axis=0)


def find_kin(
    neighbours: Neighbours, members: Mapping[str, NDArray[np.int64]], articles: int
) -> NDArray[np.int64]:
    """Return the nearest articles of each one in its own language, `int64[articles, KIN]`, -1 for none.

    Those that are no nearer than at a right angle are no kin.
    """
    kin = np.full((articles, KIN), -1, dtype=np.int64)
    for language, these in members.items():
        (cosines, places), _ = neighbours.nearest((language, language), these, these, KIN + 1)
        others = (places != np.arange(len(these))[:, None]) & (cosines > 0.0)
        row, column = np.nonzero(others)
        rank = np.cumsum(others, axis=1)[row, column] - 1
        kept = rank < KIN
        kin[these[row[kept]], rank[kept]] = these[places[row[kept], column[kept]]]
    return kin


def _near_enough(
    these: NDArray[np.int64], there: Found, those: NDArray[np.int64], back: Found
) -> NDArray[np.int64]:
    """Return the pairs of these and what was found for them that `MARGIN` leaves, `int64[pairs, 2]`."""
    cosines, places = there
    least = cosines[:, :1] - np.float64(MARGIN), back[0][:, 0] - np.float64(MARGIN)
    k, column = np.nonzero(cosines >= np.maximum(least[0], least[1][places]))
    return np.stack([these[k], those[places[k, column]]], axis=1)


def nearest_pairs(vectors: NDArray[np.float32], languages: Sequence[str]) -> list[Pair]:
    """Return the pairs of articles that are each other's nearest in their languages, nearest first."""
    members, neighbours = by_language(languages), Neighbours(vectors)
    found: list[tuple[float, Pair]] = []
    for a, b in combinations(sorted(members), 2):
        (cosines, places), (_, places_back) = neighbours.nearest((a, b), members[a], members[b], 1)
        mutual = np.flatnonzero(places_back[places[:, 0], 0] == np.arange(len(places)))
        pairs = zip(members[a][mutual].tolist(), members[b][places[mutual, 0]].tolist(), strict=True)
        found += zip(cosines[mutual, 0].tolist(), pairs, strict=True)
    return [pair for _, pair in sorted(found, key=lambda edge: (-edge[0], edge[1]))]


def by_language(languages: Sequence[str], without: Container[int] = ()) -> dict[str, NDArray[np.int64]]:
    """Return the numbers of the texts in each language, rising; some may be left out."""
    members: defaultdict[str, list[int]] = defaultdict(list)
    for k, language in enumerate(languages):
        if k not in without:
            members[language].append(k)
    return {language: np.array(which, dtype=np.int64) for language, which in members.items()}
