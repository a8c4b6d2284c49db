"""What the languages of a group say about it: in a collection of whole sets a single pair is suspect.

Where nearly every article has all languages, two files that found each other and nobody else are more
likely two articles on one topic. How often a translation is there is learned from the collection, so
where articles come in two languages as often as in three, it says nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from pipeline.alignment.confidence import spanning_tree
from pipeline.matching.candidates import Pair

BY_CHANCE = 0.1
"""Probability that two files which are not the same article find a third one in a further language.

On help articles of the development gold, three of thirty such pairs did.
"""

PRIOR_COMPLETE, PRIOR_PLACES = 0.5, 4.0
"""How often a further language is there, before it is seen, and the places for which that counts."""

_STEPS, _STILL = 20, 1e-9
"""Steps of the search at most, and the change from which a further one is pointless."""


def with_company(
    odds: Mapping[Pair, float], groups: Sequence[tuple[int, ...]], languages: int
) -> dict[Pair, float]:
    """Return the log-odds of the pairs in the groups, given how many of all `languages` each group has."""
    complete = _complete([_spanning(group, odds) for group in groups], languages)
    company = {size: _company(size, languages, complete) for size in {len(group) for group in groups}}
    return {pair: odds[pair] + company[len(group)] for group in groups for pair in combinations(group, 2)}


def _spanning(group: tuple[int, ...], odds: Mapping[Pair, float]) -> list[float]:
    """Return the log-odds that hold a group together, one fewer than it has members.

    Company counts the same for all pairs of a group, so that it is always these pairs.
    """
    return list(spanning_tree(group, ((odds[pair], *pair) for pair in combinations(group, 2))))


def _complete(trees: Sequence[Sequence[float]], languages: int) -> float:
    """Return how often a further language is there, of the log-odds that hold each group together."""
    if not trees:
        return PRIOR_COMPLETE
    ties = np.array([len(tree) for tree in trees])
    odds = np.concatenate(trees)
    starts = np.cumsum(ties) - ties
    complete = PRIOR_COMPLETE
    for _ in range(_STEPS):
        company = np.array([_company(present, languages, complete) for present in range(1, languages + 1)])
        sure = 1.0 / (1.0 + np.exp(-odds - np.repeat(company[ties], ties)))
        weights = np.multiply.reduceat(sure, starts)  # probabilities of the groups
        filled, places = float(weights @ (ties - 1)), float(weights.sum()) * (languages - 2)
        before, complete = complete, (PRIOR_PLACES * PRIOR_COMPLETE + filled) / (PRIOR_PLACES + places)
        if abs(complete - before) < _STILL:
            break
    return complete


def probability(log_odds: float) -> float:
    """Return the probability that has these log-odds."""
    return 1.0 / (1.0 + math.exp(-log_odds))


def _company(present: int, languages: int, complete: float) -> float:
    """Return what the presence or absence of the further languages adds to the log-odds of a pair."""
    there = math.log(complete / BY_CHANCE)
    missing = math.log((1.0 - complete) / (1.0 - BY_CHANCE))
    return (present - 2) * there + (languages - present) * missing
