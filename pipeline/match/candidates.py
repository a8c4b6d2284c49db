"""Candidates: which articles lie near enough to be compared sentence by sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from pipeline.embed import CENTRE_WEIGHT, Gist
from pipeline.match.nearest import Found, search_for

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


def candidate_pairs(vectors: NDArray[np.float32], languages: Sequence[str]) -> NDArray[np.int64]:
    """Return the pairs worth a closer look, `int64[pairs, 2]`: the smaller number first, in order.

    They are among the nearest `CANDIDATES` of one article in the other's language, and for neither is
    there an article nearer by more than `MARGIN`.
    """
    members, search = by_language(languages), search_for(len(languages))
    pairs = [np.zeros((0, 2), dtype=np.int64)]
    for a, b in combinations(sorted(members), 2):
        there, back = search(vectors[members[a]], vectors[members[b]], CANDIDATES)
        pairs += [
            _near_enough(members[a], there, members[b], back),
            _near_enough(members[b], back, members[a], there),
        ]
    return np.unique(np.sort(np.concatenate(pairs), axis=1), axis=0)


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
    members, search = by_language(languages), search_for(len(languages))
    found: list[tuple[float, Pair]] = []
    for a, b in combinations(sorted(members), 2):
        (cosines, places), (_, places_back) = search(vectors[members[a]], vectors[members[b]], 1)
        mutual = np.flatnonzero(places_back[places[:, 0], 0] == np.arange(len(places)))
        pairs = zip(members[a][mutual].tolist(), members[b][places[mutual, 0]].tolist(), strict=True)
        found += zip(cosines[mutual, 0].tolist(), pairs, strict=True)
    return [pair for _, pair in sorted(found, key=lambda edge: (-edge[0], edge[1]))]


def by_language(languages: Sequence[str]) -> dict[str, NDArray[np.int64]]:
    """Return the numbers of the texts in each language, in order."""
    members: defaultdict[str, list[int]] = defaultdict(list)
    for k, language in enumerate(languages):
        members[language].append(k)
    return {language: np.array(which, dtype=np.int64) for language, which in members.items()}
