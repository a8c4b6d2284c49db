"""Candidates: which articles lie near enough to be compared sentence by sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from pipeline.embed import CENTRE_WEIGHT, Gist
from pipeline.match.nearest import Search, search_for

CANDIDATES = 4
"""Nearest articles in each other language that are looked at closely.

On short noisy articles the nearest one is the right one for 84 to 100 of 100; among the four
nearest the right one has never been missing on the development gold (news, help).
"""

MARGIN = 0.25
"""How much nearer, in cosine, the nearest article may be for another one still to be looked at.

On the development gold no translation was further behind than 0.15.
"""

Pair = tuple[int, int]
"""Two articles, the smaller number first."""


def article_vectors(gists: Sequence[Gist]) -> NDArray[np.float32]:
    """Return the direction of each article from the mean of its language, unit vectors `float32[n, d]`."""
    vectors: NDArray[np.float32] = np.stack([gist.total for gist in gists]).astype(np.float32)
    sizes = np.array([gist.characters for gist in gists], dtype=np.float32)
    counts = np.array([gist.sentences for gist in gists])
    for members in by_language([gist.language for gist in gists]).values():
        size = sizes[members].sum()
        drawn = CENTRE_WEIGHT * size / max(1, counts[members].sum())  # where there are few, towards zero
        vectors[members] -= sizes[members, None] * (vectors[members].sum(axis=0) / max(1.0, size + drawn))
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return vectors


def candidate_pairs(vectors: NDArray[np.float32], languages: Sequence[str]) -> set[Pair]:
    """Return the pairs worth a closer look.

    They are among the nearest `CANDIDATES` of one article in the other's language, and for neither is
    there an article nearer by more than `MARGIN`.
    """
    members, search = by_language(languages), search_for(len(languages))
    pairs: set[Pair] = set()
    for a, b in combinations(sorted(members), 2):
        there = _nearest_of(vectors, members[a], members[b], CANDIDATES, search)
        back = _nearest_of(vectors, members[b], members[a], CANDIDATES, search)
        least = {article: found[0][0] - MARGIN for article, found in (there | back).items()}
        for article, found in (there | back).items():
            for nearness, other in found:
                if nearness >= max(least[article], least[other]):
                    pairs.add((min(article, other), max(article, other)))
    return pairs


def nearest_pairs(vectors: NDArray[np.float32], languages: Sequence[str]) -> Iterable[Pair]:
    """Yield the pairs of articles that are each other's nearest in their languages, nearest first."""
    members, search = by_language(languages), search_for(len(languages))
    found: list[tuple[float, Pair]] = []
    for a, b in combinations(sorted(members), 2):
        there = _nearest_of(vectors, members[a], members[b], 1, search)
        back = _nearest_of(vectors, members[b], members[a], 1, search)
        for article, [(nearness, other)] in there.items():
            if back[other][0][1] == article:
                found.append((nearness, (article, other)))
    yield from (pair for _, pair in sorted(found, key=lambda edge: (-edge[0], edge[1])))


def _nearest_of(
    vectors: NDArray[np.float32],
    these: NDArray[np.int64],
    those: NDArray[np.int64],
    count: int,
    search: Search,
) -> dict[int, list[tuple[float, int]]]:
    """Return the `count` nearest of those to each of these, with the cosine, the nearest first."""
    cosines, places = search(vectors[these], vectors[those], count)
    return {
        article: list(zip(near, found, strict=True))
        for article, near, found in zip(these.tolist(), cosines.tolist(), those[places].tolist(), strict=True)
    }


def by_language(languages: Sequence[str]) -> dict[str, NDArray[np.int64]]:
    """Return the numbers of the texts in each language, in order."""
    members: defaultdict[str, list[int]] = defaultdict(list)
    for k, language in enumerate(languages):
        members[language].append(k)
    return {language: np.array(which, dtype=np.int64) for language, which in members.items()}
