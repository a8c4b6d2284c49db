"""What the other languages say about a link between two.

If two sentences translate each other, they translate the same sentence of a third language and not two
different ones. Where they do by the pairwise posteriors, the odds of their link rise; where a third
language parts them, they fall; a language that has no counterpart for one of them says nothing. (The
consistency transformation of ProbCons, Do et al., Genome Research 15, 2005, serves the same end by
averaging over third sequences, which costs the certainty of what a third sequence lacks.)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

EXCEPTION = 0.02
"""Probability that the rule fails: what two languages say in one sentence each, a third one parts in two,
or two sentences go back to one of a third language without being each other's translation."""

_DENSE = 1_000_000
"""Cells up to which a product of two small matrices is faster dense than sparse."""


class Links(NamedTuple):
    """The links between two texts of n and m sentences that are worth carrying on."""

    left: NDArray[np.int64]  # [links]: sentences
    right: NDArray[np.int64]  # [links]
    probability: NDArray[np.float64]  # [links]
    sizes: tuple[int, int]  # n, m

    def flipped(self) -> Links:
        """Return the same links seen from the other side."""
        return Links(self.right, self.left, self.probability, self.sizes[::-1])

    def partners(self) -> NDArray[np.float64]:
        """Return the expected number of right sentences that each left one is linked to, `float64[n]`."""
        return np.bincount(self.left, self.probability, self.sizes[0]).astype(np.float64)


def consistent(links: Mapping[tuple[int, int], Links], languages: int) -> dict[tuple[int, int], Links]:
    """Return the links of all pairs of languages, each weighed by all further languages."""
    both = dict(links) | {(b, a): found.flipped() for (a, b), found in links.items()}
    return {
        (a, b): _weighed(found, [(both[a, c], both[b, c]) for c in range(languages) if c not in (a, b)])
        for (a, b), found in links.items()
    }


def _weighed(found: Links, thirds: list[tuple[Links, Links]]) -> Links:
    """Return the links, their odds raised by each third text that joins them, lowered by one that parts them.

    A sentence that is linked to several at once may well have parts elsewhere: only as far as both
    sides of a link have no other partner does a third text speak.
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
