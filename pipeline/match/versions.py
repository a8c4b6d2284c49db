"""Versions: texts in one language that repeat each other, so that they do not compete for a partner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.align import search
from pipeline.align.band import inner_products
from pipeline.align.evidence import Likeness
from pipeline.embed import Gist, Text
from pipeline.match.candidates import Pair, by_language
from pipeline.match.evidence import OPEN_PRIOR
from pipeline.match.nearest import indexed, search_for

SAME_TEXT = 0.9
"""Share of the longer of two texts in one language that must return in the other to be its version."""

NEAR_VERSION = 0.9
"""Cosine of article vectors from which two texts in one language are compared for `SAME_TEXT`."""

_BLOCK = 4096
"""Articles compared at once; bounds the memory of the search."""

_NEIGHBOURS = 16
"""Nearest articles that are looked at where not all are."""


def find_versions(
    gists: Sequence[Gist], vectors: NDArray[np.float32], same: Callable[[int, int], bool]
) -> dict[int, int]:
    """Return the articles that repeat another one in their language, and which; `same` compares two texts.

    Of several versions the longest stays, of equally long ones the first.
    """
    version_of: dict[int, int] = {}
    near = _near_by_index if search_for(len(gists)) is indexed else _near
    for members in by_language([gist.language for gist in gists]).values():
        order = sorted(members.tolist(), key=lambda k: (-gists[k].characters, k))
        rank = {k: place for place, k in enumerate(order)}
        for a, b in near(vectors, np.array(order)):
            kept, other = sorted((a, b), key=rank.__getitem__)
            if kept not in version_of and other not in version_of and same(kept, other):
                version_of[other] = kept
    return version_of


def _near(vectors: NDArray[np.float32], members: NDArray[np.int64]) -> Iterable[Pair]:
    """Yield the pairs of members whose vectors are at least `NEAR_VERSION` near, in the order of members."""
    for start in range(0, len(members), _BLOCK):
        nearness = vectors[members[start : start + _BLOCK]] @ vectors[members].T
        for i, j in np.argwhere(nearness >= NEAR_VERSION).tolist():
            if start + i < j:
                yield int(members[start + i]), int(members[j])


def _near_by_index(vectors: NDArray[np.float32], members: NDArray[np.int64]) -> Iterable[Pair]:
    """Yield the same, of each member's `_NEIGHBOURS` nearest only."""
    cosines, places = indexed(vectors[members], vectors[members], _NEIGHBOURS)
    i, column = np.nonzero(cosines >= NEAR_VERSION)
    j = places[i, column]
    pairs = np.unique(np.stack([np.minimum(i, j), np.maximum(i, j)], axis=1)[i != j], axis=0)
    return [(int(members[a]), int(members[b])) for a, b in pairs.tolist()]


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
