"""Uses the other languages to raise or lower the odds of a link between two.

If two sentences translate each other, they translate the same sentence of a third language. If the
pairwise posteriors agree with that, the odds of the link rise; if the third language has two different
sentences for them, the odds fall; if it lacks a counterpart for either, nothing changes. (The
consistency transformation of ProbCons, Do et al., Genome Research 15, 2005, has the same aim but
averages over third sequences, which loses confidence wherever a third sequence lacks a part.)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

EXCEPTION = 0.02
"""Probability that the rule fails: two languages have one sentence each where a third has two, or two
sentences share a counterpart in a third language without translating each other."""

_DENSE = 1_000_000
"""Number of cells up to which a dense product of two small matrices is faster than a sparse one."""


class Links(NamedTuple):
    """The links kept between two texts of n and m sentences."""

    left: NDArray[np.int64]  # [links]: sentences
    right: NDArray[np.int64]  # [links]
    probability: NDArray[np.float64]  # [links]
    sizes: tuple[int, int]  # n, m

    def flipped(self) -> Links:
        """Return the links with left and right swapped."""
        return Links(self.right, self.left, self.probability, self.sizes[::-1])

    def partners(self) -> NDArray[np.float64]:
        """Return the expected number of right sentences linked to each left one, `float64[n]`."""
        return np.bincount(self.left, self.probability, self.sizes[0]).astype(np.float64)


def consistent(links: Mapping[tuple[int, int], Links], languages: int) -> dict[tuple[int, int], Links]:
    """Return the links of all pairs of languages, each reweighted by all other languages."""
    both = dict(links) | {(b, a): found.flipped() for (a, b), found in links.items()}
    return {
        (a, b): _reweighted(found, [(both[a, c], both[b, c]) for c in range(languages) if c not in (a, b)])
        for (a, b), found in links.items()
    }


def _reweighted(found: Links, thirds: list[tuple[Links, Links]]) -> Links:
    """Return the links with odds raised by each third text that joins them, lowered by each that splits them.

    A sentence linked to several others may have parts in different places, so a third text only counts
    to the extent that both sides of a link have no other partner.
    """
    most = np.maximum(found.partners()[found.left], found.flipped().partners()[found.right])
    exclusive = np.clip(2.0 - most, 0.0, 1.0)
    odds = found.probability / np.maximum(1.0 - found.probability, 1e-9)
    for from_left, from_right in thirds:
        together = _together(found, from_left, from_right)
        both_placed = _placed(from_left)[found.left] * _placed(from_right)[found.right]
        apart = np.maximum(both_placed - together, 0.0)
        odds *= np.maximum(1.0 - exclusive * apart, EXCEPTION)
        odds /= np.maximum(1.0 - exclusive * together, EXCEPTION)
    return found._replace(probability=odds / (1.0 + odds))


def _placed(links: Links) -> NDArray[np.float64]:
    """Return the probability that each left sentence has a counterpart, `float64[n]`."""
    return np.minimum(links.partners(), 1.0)


def _together(found: Links, from_left: Links, from_right: Links) -> NDArray[np.float64]:
    """Return the probability that both sentences of each link have the same counterpart in a third text."""
    third = from_left.sizes[1]
    if max(found.sizes) * third <= _DENSE:
        left, right = np.zeros((found.sizes[0], third)), np.zeros((found.sizes[1], third))
        left[from_left.left, from_left.right] = from_left.probability
        right[from_right.left, from_right.right] = from_right.probability
        return np.minimum((left @ right.T)[found.left, found.right], 1.0)
    from scipy.sparse import csr_array

    sparse_left = csr_array((from_left.probability, (from_left.left, from_left.right)), from_left.sizes)
    sparse_right = csr_array((from_right.probability, (from_right.left, from_right.right)), from_right.sizes)
    product = csr_array(sparse_left @ sparse_right.T)
    together: NDArray[np.float64] = np.asarray(product[found.left, found.right]).ravel()
    return np.minimum(together, 1.0)
