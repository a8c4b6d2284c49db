"""Match: which files are the same article.

The nearest article vectors in each other language are the candidates, and the alignment decides
between them: two files are one article if each is the other's best candidate, if the sentences speak
for it, and if most of one of them finds a counterpart. Topic alone brings neighbours near; only a
translation brings its sentences, in order. Versions of an article in one language are told apart first,
so that they do not compete for the same partner.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.align import search, search_band, small_matrices
from pipeline.align.band import inner_products
from pipeline.align.evidence import Likeness, bead_odds, first_model
from pipeline.align.forward_backward import Breaks
from pipeline.align.posterior import Prior, alignment_log_odds
from pipeline.embed import Text

CANDIDATES = 4
"""Nearest articles in each other language that are looked at closely.

On short noisy articles the nearest one is the right one for 84 to 100 of 100; among the four
nearest the right one has never been missing on the development gold (news, help).
"""

MARGIN = 0.25
"""How much nearer, in cosine, the nearest article may be for another one still to be looked at.

On the development gold no translation was further behind than 0.15.
"""

LEAST_EVIDENCE = 0.0
"""Log-likelihood ratio that two files of one article need: it is likelier that they translate each other."""

COVERED = 0.7
"""Share of its text that must have a counterpart in the one of two files that is better covered.

A translation that was shortened covers itself; a text on the same topic covers neither side: among the
news of the development gold 0.55 at most. Help articles, which repeat each other, can reach any value.
"""

SAME_TEXT = 0.9
"""Share of the longer of two texts in one language that must return in the other to be its version."""

NEAR_VERSION = 0.9
"""Cosine of article vectors from which two texts in one language are compared for `SAME_TEXT`."""

OPEN_PRIOR = Prior(paragraph_alone=0.2, alone_again=0.2, sentence_alone=0.05)
"""Candidates may be partial translations: a paragraph without counterpart speaks little against them."""

_BLOCK = 4096
"""Articles compared at once; bounds the memory of the search."""

Pair = tuple[int, int]
Edge = tuple[float, Pair]


class Matching(NamedTuple):
    """Which articles belong together; articles are numbered as they were given."""

    groups: list[tuple[int, ...]]  # two or more articles of different languages each
    version_of: dict[int, int]  # an article that is left out -> the one in its language that it repeats
    nearest: dict[int, int]  # the best candidate of each article that has one


def match(
    texts: Sequence[Text], likeness: Likeness, advance: Callable[[int], None] = lambda done: None
) -> Matching:
    """Return the groups of texts that are the same article; `advance` counts the texts."""
    if not texts:
        return Matching([], {}, {})
    vectors = article_vectors(texts)
    with small_matrices():
        version_of = versions(texts, vectors, likeness)
    left = [k for k in range(len(texts)) if k not in version_of]
    pairs = sorted(
        (left[a], left[b]) for a, b in candidates(vectors[left], [texts[k].language for k in left])
    )
    with small_matrices():
        evidence = {}
        for done, (a, b) in enumerate(pairs):
            evidence[a, b] = pair_evidence(texts[a], texts[b], likeness)
            advance(len(texts) * (done + 1) // len(pairs) - len(texts) * done // len(pairs))
        edges = [
            (evidence[a, b], (a, b))
            for a, b in mutual_best(evidence, texts)
            if evidence[a, b] > LEAST_EVIDENCE and max(coverage(texts[a], texts[b], likeness)) >= COVERED
        ]
    return Matching(join(edges, texts), version_of, _nearest(evidence))


def article_vectors(texts: Sequence[Text]) -> NDArray[np.float32]:
    """Return the direction of the sum of each article's sentences, unit vectors `float32[n, d]`."""
    sums: NDArray[np.float32] = np.stack([text.sums.sum(axis=0) for text in texts])
    sums /= np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    return sums


def candidates(vectors: NDArray[np.float32], languages: Sequence[str]) -> set[Pair]:
    """Return the pairs worth a closer look.

    They are among the nearest `CANDIDATES` of one article in the other's language, and for neither is
    there an article nearer by more than `MARGIN`. The search is exact and takes `_BLOCK` articles at a time.
    """
    members = _by_language(languages)
    pairs: set[Pair] = set()
    for a, b in combinations(sorted(members), 2):
        there = _nearest_of(vectors, members[a], members[b], CANDIDATES)
        back = _nearest_of(vectors, members[b], members[a], CANDIDATES)
        least = {article: found[0][0] - MARGIN for article, found in (there | back).items()}
        for article, found in (there | back).items():
            for nearness, other in found:
                if nearness >= max(least[article], least[other]):
                    pairs.add((min(article, other), max(article, other)))
    return pairs


def nearest_pairs(vectors: NDArray[np.float32], languages: Sequence[str]) -> Iterable[Pair]:
    """Yield the pairs of articles that are each other's nearest in their languages, nearest first."""
    members = _by_language(languages)
    found: list[Edge] = []
    for a, b in combinations(sorted(members), 2):
        there = _nearest_of(vectors, members[a], members[b], 1)
        back = _nearest_of(vectors, members[b], members[a], 1)
        for article, [(nearness, other)] in there.items():
            if back[other][0][1] == article:
                found.append((nearness, (article, other)))
    yield from (pair for _, pair in sorted(found, key=lambda edge: (-edge[0], edge[1])))


def _nearest_of(
    vectors: NDArray[np.float32], these: NDArray[np.int64], those: NDArray[np.int64], count: int
) -> dict[int, list[tuple[float, int]]]:
    """Return the `count` nearest of those to each of these, with the cosine, the nearest first."""
    nearest: dict[int, list[tuple[float, int]]] = {}
    count = min(count, len(those))
    for start in range(0, len(these), _BLOCK):
        part = these[start : start + _BLOCK]
        nearness = vectors[part] @ vectors[those].T
        best = np.argpartition(-nearness, count - 1, axis=1)[:, :count]
        cosines = np.take_along_axis(nearness, best, axis=1)
        for article, near, found in zip(part.tolist(), cosines.tolist(), those[best].tolist(), strict=True):
            nearest[article] = sorted(zip(near, found, strict=True), key=lambda item: (-item[0], item[1]))
    return nearest


def _by_language(languages: Sequence[str]) -> dict[str, NDArray[np.int64]]:
    members: defaultdict[str, list[int]] = defaultdict(list)
    for k, language in enumerate(languages):
        members[language].append(k)
    return {language: np.array(which, dtype=np.int64) for language, which in members.items()}


def pair_evidence(left: Text, right: Text, likeness: Likeness) -> float:
    """Return the log-likelihood ratio of two texts being translations, per sentence of the shorter one."""
    band = search_band(left, right, likeness, OPEN_PRIOR)
    log_odds = alignment_log_odds(
        bead_odds(
            left, right, inner_products(left.sums, right.sums, band), band, first_model(left, right, likeness)
        ),
        band,
        Breaks(left.starts, left.firm_starts),
        Breaks(right.starts, right.firm_starts),
        OPEN_PRIOR,
    )
    return log_odds / min(len(left.lengths), len(right.lengths))


def coverage(left: Text, right: Text, likeness: Likeness) -> tuple[float, float]:
    """Return the expected share of each text, in characters, that has a counterpart in the other."""
    posterior = search(left, right, likeness, OPEN_PRIOR).posterior
    return (
        1.0 - float(posterior.alone_left @ left.lengths / left.lengths.sum()),
        1.0 - float(posterior.alone_right @ right.lengths / right.lengths.sum()),
    )


def mutual_best(evidence: dict[Pair, float], texts: Sequence[Text]) -> list[Pair]:
    """Return the pairs of which each side is the other's best candidate in its language."""
    best: dict[tuple[int, str], int] = {}
    for a, b in sorted(evidence, key=lambda pair: evidence[pair]):
        best[a, texts[b].language] = b
        best[b, texts[a].language] = a
    return [
        (a, b) for a, b in evidence if best[a, texts[b].language] == b and best[b, texts[a].language] == a
    ]


def _nearest(evidence: dict[Pair, float]) -> dict[int, int]:
    nearest: dict[int, int] = {}
    for a, b in sorted(evidence, key=lambda pair: evidence[pair]):
        nearest[a], nearest[b] = b, a
    return nearest


def join(edges: Iterable[Edge], texts: Sequence[Text]) -> list[tuple[int, ...]]:
    """Return the groups that the edges make, the surest first, with at most one text a language in each."""
    group_of: dict[int, set[int]] = {}
    for _, (a, b) in sorted(edges, reverse=True):
        these, those = group_of.get(a, {a}), group_of.get(b, {b})
        if these is those or {texts[k].language for k in these} & {texts[k].language for k in those}:
            continue
        merged = these | those
        for k in merged:
            group_of[k] = merged
    return sorted({tuple(sorted(group)) for group in group_of.values()})


def versions(texts: Sequence[Text], vectors: NDArray[np.float32], likeness: Likeness) -> dict[int, int]:
    """Return the articles that repeat another one in their language, and which.

    Of several versions the longest stays, of equally long ones the first.
    """
    version_of: dict[int, int] = {}
    for members in _by_language([text.language for text in texts]).values():
        order = sorted(members.tolist(), key=lambda k: (-float(texts[k].lengths.sum()), k))
        rank = {k: place for place, k in enumerate(order)}
        for a, b in _near(vectors, np.array(order)):
            kept, other = sorted((a, b), key=rank.__getitem__)
            if (
                kept not in version_of
                and other not in version_of
                and same_text(texts[kept], texts[other], likeness)
            ):
                version_of[other] = kept
    return version_of


def _near(vectors: NDArray[np.float32], members: NDArray[np.int64]) -> Iterable[Pair]:
    """Yield the pairs of members whose vectors are at least `NEAR_VERSION` near, in the order of members."""
    for start in range(0, len(members), _BLOCK):
        nearness = vectors[members[start : start + _BLOCK]] @ vectors[members].T
        for i, j in np.argwhere(nearness >= NEAR_VERSION).tolist():
            if start + i < j:
                yield int(members[start + i]), int(members[j])


def same_text(left: Text, right: Text, likeness: Likeness) -> bool:
    """Tell whether two texts in one language are versions of each other.

    Sentences that correspond count by their length times their cosine, which is 1 for equal ones.
    """
    band, posterior, _ = search(left, right, likeness, OPEN_PRIOR)
    cells = np.flatnonzero(posterior.link)
    lines, columns = band.lines()[cells], band.columns()[cells]
    norms = left.block_norms[0][lines] * right.block_norms[0][columns]
    cosine = np.clip(inner_products(left.sums, right.sums, band)[cells] / np.maximum(norms, 1e-12), 0, 1)
    shared = posterior.link[cells] * cosine
    longer = max(float(left.lengths.sum()), float(right.lengths.sum()))
    both = min(float(shared @ left.lengths[lines]), float(shared @ right.lengths[columns]))
    return both / longer >= SAME_TEXT
