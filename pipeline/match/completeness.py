"""What the languages of a group say about it: in a collection of whole sets a single pair is suspect.

Where nearly every article has all languages, two files that found each other and nobody else are more
likely two articles on one topic. How often a translation is there is learned from the collection, so
where articles come in two languages as often as in three, it says nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from pipeline.align.confidence import hang_together
from pipeline.match.candidates import Pair

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
    complete = PRIOR_COMPLETE
    for _ in range(_STEPS):
        adjusted = {
            pair: odds[pair] + _company(len(group), languages, complete)
            for group in groups
            for pair in _pairs(group)
        }
        before, complete = complete, _completeness(adjusted, groups, languages)
        if abs(complete - before) < _STILL:
            break
    return adjusted if groups else {}


def probability(log_odds: float) -> float:
    """Return the probability that has these log-odds."""
    return 1.0 / (1.0 + math.exp(-log_odds))


def _company(present: int, languages: int, complete: float) -> float:
    """Return what the presence or absence of the further languages adds to the log-odds of a pair."""
    there = math.log(complete / BY_CHANCE)
    missing = math.log((1.0 - complete) / (1.0 - BY_CHANCE))
    return (present - 2) * there + (languages - present) * missing


def _completeness(odds: Mapping[Pair, float], groups: Sequence[tuple[int, ...]], languages: int) -> float:
    """Return the share of places for further languages that is filled, in groups that are articles."""
    weights = np.array(
        [
            hang_together(group, ((probability(odds[pair]), *pair) for pair in _pairs(group)))
            for group in groups
        ]
    )
    filled = np.array([len(group) - 2 for group in groups])
    places = PRIOR_PLACES + float(weights.sum()) * (languages - 2)
    return (PRIOR_PLACES * PRIOR_COMPLETE + float(weights @ filled)) / places


def _pairs(group: Sequence[int]) -> list[Pair]:
    return [(a, b) for k, a in enumerate(group) for b in group[k + 1 :]]
