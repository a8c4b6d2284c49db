"""Versions: texts in one language that repeat each other, so that they do not compete for a partner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment.align import search
from pipeline.alignment.band import inner_products
from pipeline.alignment.likeness import Likeness
from pipeline.embedding.vectors import ArticleVectors, Text
from pipeline.matching.candidates import Pair, by_language
from pipeline.matching.literals import Hashes, have_own_identifiers
from pipeline.matching.neighbours import Neighbours
from pipeline.matching.pair_evidence import OPEN_PRIOR
from pipeline.matching.stated import Openness

SAME_TEXT = 0.9
"""Share of the longer of two texts in one language that must return in the other to be its version."""

Decided = Callable[[int], int]
"""Returns how many paragraphs of an article people have decided about."""

NEAR_VERSION = 0.9
"""Cosine of article vectors from which two texts in one language are compared for `SAME_TEXT`."""


def find_versions(
    article_vectors: ArticleVectors,
    neighbours: Neighbours,
    same: Callable[[Sequence[Pair]], Iterable[bool]],
    literals: Sequence[Hashes],
    openness: Openness | None = None,
    decided: Decided | None = None,
) -> dict[int, int]:
    """Return the articles that repeat another one in their language, and which; `same` compares texts.

    Texts that identify different things are no versions, however much they say the same. Of several versions
    that with most `decided` paragraphs stays, of these the longest, of equally long ones the first; but those
    that were stated to be in an article stay before all others, and all of them do.
    """
    pairs: list[Pair] = []
    stated = openness.stated() if openness else np.zeros(len(article_vectors.languages), dtype=np.bool_)
    for language, every in by_language(article_vectors.languages).items():
        members = every[openness.kept()[every]] if openness else every
        best_first = members[np.lexsort((-article_vectors.characters[members], ~stated[members]))]
        near = neighbours.near(language, best_first, NEAR_VERSION)
        near = near[~stated[near].all(axis=1)]
        if decided is not None:
            near = _decided_first(near, best_first, stated, decided)
        near_pairs: Iterable[Pair] = zip(*near.T.tolist(), strict=True)
        pairs += (pair for pair in near_pairs if not have_own_identifiers(*(literals[k] for k in pair)))
    known: dict[Pair, bool] = {}
    for step in count():
        version_of, questions = _versions(pairs, known, 1 << step)
        if not questions:
            break
        known.update(zip(questions, same(questions), strict=True))
    return version_of


def _decided_first(
    near: NDArray[np.int64], best_first: NDArray[np.int64], stated: NDArray[np.bool_], decided: Decided
) -> NDArray[np.int64]:
    """Return pairs in the order of `best_first`, but the texts with most decided paragraphs before others."""
    place = {k: number for number, k in enumerate(best_first.tolist())}
    rank = {k: (not stated[k], -decided(k), place[k]) for k in np.unique(near).tolist()}
    pairs = [sorted(pair, key=rank.__getitem__) for pair in near.tolist()]
    pairs.sort(key=lambda pair: (rank[pair[0]], rank[pair[1]]))
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def decided_in_place(
    groups: Sequence[tuple[int, ...]],
    odds: Mapping[Pair, float],
    version_of: Mapping[int, int],
    decided: Decided,
    fixed: Container[int] = (),
) -> tuple[list[tuple[int, ...]], dict[Pair, float], dict[int, int]]:
    """Return groups, log-odds and versions, with versions that have more decided paragraphs in their places.

    An article in `fixed` keeps its place. The version that comes in has the log-odds of the one that goes.
    """
    instead: dict[int, int] = {}
    for version, used in sorted(version_of.items()):
        if used not in fixed and decided(version) > decided(instead.get(used, used)):
            instead[used] = version

    def now(k: int) -> int:
        return instead.get(k, k)

    left = {version: now(used) for version, used in version_of.items() if now(used) != version} | instead
    pairs = [(min(now(a), now(b)), max(now(a), now(b))) for a, b in odds]
    made = sorted(tuple(sorted(map(now, group))) for group in groups) if instead else list(groups)
    return made, dict(zip(pairs, odds.values(), strict=True)), left


def _versions(
    pairs: Sequence[Pair], known: Mapping[Pair, bool], most: int
) -> tuple[dict[int, int], list[Pair]]:
    """Return the versions as far as they are known, and what has to be asked to know more.

    At most so many questions are asked about a text at a time: of a thousand copies, each is compared with
    the first one and then with no other.
    """
    version_of: dict[int, int] = {}
    asked: Counter[int] = Counter()
    questions: list[Pair] = []
    for kept, other in pairs:
        if kept in version_of or other in version_of:
            continue
        if known.get((kept, other), False):
            version_of[other] = kept
        elif (kept, other) not in known and asked[other] < most:
            asked[other] += 1
            questions.append((kept, other))
    return version_of, questions


def same_text(left: Text, right: Text, likeness: Likeness) -> bool:
    """Tell whether two texts in one language are versions of each other.

    Sentences that correspond count by their length times their cosine, which is 1 for equal ones.
    """
    band, posterior, *_ = search(left, right, likeness, OPEN_PRIOR)
    cells = np.flatnonzero(posterior.link)
    lines, columns = band.lines()[cells], band.columns()[cells]
    norms = left.block_norms[0][lines] * right.block_norms[0][columns]
    cosine = np.clip(inner_products(left.sums, right.sums, band)[cells] / np.maximum(norms, 1e-12), 0, 1)
    shared = posterior.link[cells] * cosine
    longer = max(float(left.lengths.sum()), float(right.lengths.sum()))
    both = min(float(shared @ left.lengths[lines]), float(shared @ right.lengths[columns]))
    return both / longer >= SAME_TEXT
