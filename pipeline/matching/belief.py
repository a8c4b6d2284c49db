"""How probable it is that two texts are the same article.

Evidence alone does not say it: between news and their free translations there is less of it than between
two help articles on one topic. So there are three explanations of what a pair shows, and each is as strong
as what is known of the texts themselves makes it:

- They are translations. How much evidence these have is in part known beforehand and in part learned from
  the pairs of the collection that prefer each other.
- They have nothing to do with each other, at most a topic. What such pairs look like is told by the other
  candidates of the two texts, then by the runners-up of their kin, the nearest texts in their own languages,
  and only last by all texts of the collection: what notices that hardly differ look like says nothing about
  news beside them.
- One is the translation of a near-copy of the other, as another release's notice. That is likely where
  another candidate has nearly as much evidence, and not impossible where that is so for the kin of the texts.
  Then what the two share literally decides (`pipeline.matching.literals`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipeline.alignment.likeness import Likeness

Floats = NDArray[np.float64]


class Mixture(NamedTuple):
    """Evidence, in nats a sentence, of the pairs of a collection.

    Translations follow a logistic distribution, whose tails are heavier than the normal one's. Other best
    candidates follow an exponential distribution above `floor`.
    """

    mean: float  # of translations
    sd: float
    floor: float
    above: float  # share of other best candidates with evidence above the floor
    excess: float  # mean of what these have above it
    translated: float  # share of texts whose translation into a language is in the collection


SPREAD, FLOOR, ABOVE, EXCESS, TRANSLATED = 0.5, -0.15, 0.08, 0.1, 0.5
"""What is thought of a collection before it is seen: see `prior_mixture`.

With the embedded model's likeness the mean is 6.4. Translations of the development gold have 6.8 ± 2.4
(news) and 12.6 ± 1.6 (help articles). Other candidates are thought to be as in news, where the texts differ:
5 % of them are above -1, by 0.4 in the mean; of help articles it is 29 %, by 2.5.
"""

PRIOR_PAIRS, PRIOR_OTHERS, PRIOR_TEXTS = 10.0, 20.0, 4.0
"""Translations, other candidates and texts as which the prior counts: as many as settle the figures in a
collection of one kind."""

OWN, KIN, COLLECTION, PRIOR = 1.0, 3.0, 0.5, 0.3
"""For what unrelated pairs look like: the weight of each text's own other candidates, of all kin together,
of the collection and of the prior. On development collections, alone and in company, kin may count 1 to 5
and the last two .1 to .8 with hardly any change."""

ENOUGH_KIN = 6
"""Runners-up of kin that count in full; fewer count less."""

COPY = 0.6
"""Share of a pair's evidence that another candidate of one of its texts must have to be taken for a copy."""

HALF = 0.5
"""Share of the best candidate's evidence below which the runner-up is surely no near-copy of it."""

NO_COPY, KIN_FOR_COPIES = 0.002, 25.0
"""How often a text's best candidate is a near-copy of its translation although no other copy is at hand,
before its kin are seen, and as how many of them that counts."""

MOST_LITERAL = 1.0
"""Log-odds that literals can add: those of texts on one topic are not independent of each other. What they
can take away is not bounded."""

LEAST_MEAN = 0.1
"""Nats a sentence that even a model which tells nothing apart is thought to bring."""

IMPOSSIBLE = -30.0
"""Log-odds of a pair whose evidence is not above 0."""

_STEPS, _SETTLED = 100, 1e-6

_PART = 1 << 15
"""Pairs that are looked at at a time with all kin of their texts."""


def prior_mixture(likeness: Likeness) -> Mixture:
    """Return what is thought of a collection before it is seen, under a model with this likeness.

    A sentence is expected to bring the Kullback-Leibler divergence of the cosines of translations from those
    of unrelated sentences, both normal. The other figures stand in proportion to it.
    """
    same, same_sd, other, other_sd = likeness
    apart = (same_sd**2 + (same - other) ** 2) / (2 * other_sd**2)
    mean = max(math.log(other_sd / same_sd) + apart - 0.5, LEAST_MEAN)
    return Mixture(mean, SPREAD * mean, FLOOR * mean, ABOVE, EXCESS * mean, TRANSLATED)


class Ranking(NamedTuple):
    """The candidates of texts in each language, of k pairs of texts; languages in alphabetical order."""

    evidence: Floats  # [k]
    best: NDArray[np.int64]  # [texts, languages]: number of the pair with the best candidate, -1 for none
    second: NDArray[np.int64]  # that with the runner-up
    mutual: NDArray[np.int64]  # numbers of the pairs of which each side is the other's best candidate, rising


class Choices(NamedTuple):
    """For each text and other language: what its candidates are, `[n]` each."""

    pair: NDArray[np.int64]  # place in `mutual` of the pair with the best candidate, -1 if it is not there
    best: Floats  # evidence of the best candidate; `NONE` if there is none
    second: Floats  # that of the runner-up


NONE = -math.inf


def rank(pairs: NDArray[np.int64], evidence: Floats, languages: Sequence[str]) -> Ranking:
    """Return the ranking of candidates, of `pairs` `[k, 2]` and their evidence `[k]`.

    Of two candidates with the same evidence the one of the later pair is the better one.
    """
    code, count = _codes(languages)
    places = pairs * count + code[pairs[:, ::-1]]  # in the tables, of either side
    order = np.lexsort((pairs[:, 1], pairs[:, 0], evidence))
    rising, numbers = places[order].reshape(-1), np.repeat(order, 2)
    together = np.argsort(rising, kind="stable")
    rising, numbers = rising[together], numbers[together]
    again = rising[1:] == rising[:-1]
    last = np.append(~again, True)[: len(rising)]
    best, second = np.full((2, len(languages) * count), -1)
    best[rising[last]] = numbers[last]
    before_last = np.flatnonzero(last[1:] & again)
    second[rising[before_last]] = numbers[before_last]
    mutual = np.flatnonzero((best[places] == np.arange(len(pairs))[:, None]).all(axis=1))
    shape = len(languages), count
    return Ranking(evidence, best.reshape(shape), second.reshape(shape), mutual)


def _codes(languages: Sequence[str]) -> tuple[NDArray[np.int64], int]:
    """Return the number of each text's language, in alphabetical order, and how many languages there are."""
    number = {language: k for k, language in enumerate(sorted(set(languages)))}
    return np.array([number[language] for language in languages], dtype=np.int64), len(number)


def learn(
    ranking: Ranking,
    languages: Sequence[str],
    among: ArrayLike,
    prior: Mixture,
    open_to: NDArray[np.bool_] | None = None,
) -> Mixture:
    """Return what the collection looks like; `among` numbers the texts that take part, `languages` all.

    `open_to` `[texts, languages]`, in alphabetical order, tells in which languages a text is looking for one.

    The best candidate of a text in another language is its translation, or that is not there. The runner-up
    of a text that has its translation is what the best candidate of one without would be. Expectation
    maximisation finds both, and how many texts have a translation.
    """
    choices = _choices(ranking, languages, np.array(among, dtype=np.int64), open_to)
    strength = ranking.evidence[ranking.mutual]
    mixture = prior
    for _ in range(_STEPS):
        odds = _log_same(strength, mixture) - _log_other(strength, mixture) + _logit(mixture.translated)
        same = np.where(strength > 0.0, 1.0 / (1.0 + np.exp(-odds)), 0.0)
        before, mixture = mixture, _fit(strength, same, choices, prior)
        if np.allclose(before, mixture, atol=_SETTLED):
            break
    best, second = choices.best - mixture.floor, choices.second - mixture.floor
    unlike = second[(best > 0.0) & (second < HALF * best)]
    above = unlike[unlike > 0.0]
    share = (PRIOR_OTHERS * prior.above + len(above)) / (PRIOR_OTHERS + len(unlike))
    weight = PRIOR_OTHERS * prior.above
    return mixture._replace(
        above=share, excess=(weight * prior.excess + float(above.sum())) / (weight + len(above))
    )


def log_odds(
    pairs: NDArray[np.int64],
    literal: Floats,
    languages: Sequence[str],
    kin: NDArray[np.int64],
    ranking: Ranking,
    mixture: Mixture,
    prior: Mixture,
) -> Floats:
    """Return the log-odds of pairs `[k, 2]` being translations, `float64[k]`.

    `ranking` is by the evidence of their sentences alone, and `literal` `[k]` what literals add. `kin` `[n,
    m]` are each text's nearest ones in its own language, -1 for none.
    """
    code, _ = _codes(languages)
    known = 0.5 * (mixture.translated + prior.translated)
    runners_up = _runners_up(ranking, mixture.floor)
    out = np.empty(len(pairs))
    for start in range(0, len(pairs), _PART):
        numbers = np.arange(start, min(start + _PART, len(pairs)))
        some, evidence = pairs[numbers], ranking.evidence[numbers]
        rivals = _rivals(numbers, some, code, ranking)
        copy = rivals - mixture.floor >= COPY * (evidence - mixture.floor)[:, None]
        copy &= (evidence > 0.0)[:, None]
        apart = np.where(copy, NONE, rivals)
        above, excess = _unrelated(some, code, apart, kin, runners_up, mixture, prior)
        same = np.logaddexp(_log_same(evidence, mixture), _log_same(evidence, prior)) - math.log(2.0)
        other = np.log(above / excess) - (evidence - mixture.floor) / excess
        copies = np.log(_copies_of_kin(some, code, kin, ranking))
        another = np.where(copy.any(axis=1), math.log(0.5), copies) + same
        odds = same + np.minimum(literal[numbers], MOST_LITERAL) - np.logaddexp(other, another)
        out[numbers] = np.where(evidence > 0.0, odds + _logit(known), IMPOSSIBLE)
    return out


def _logit(probability: float) -> float:
    return math.log(probability / (1.0 - probability))


def _log_same(evidence: Floats, mixture: Mixture) -> Floats:
    """Return the log density of the evidence of translations; above the mean more speaks no less for one."""
    scale = mixture.sd * math.sqrt(3.0) / math.pi
    below = np.minimum((evidence - mixture.mean) / scale, 0.0)
    density: Floats = below - 2.0 * np.log1p(np.exp(below)) - math.log(scale)
    return density


def _log_other(evidence: Floats, mixture: Mixture) -> Floats:
    """Return the log density of the evidence of other best candidates, above the floor."""
    return math.log(mixture.above / mixture.excess) - (evidence - mixture.floor) / mixture.excess


def _rivals(
    numbers: NDArray[np.int64], pairs: NDArray[np.int64], code: NDArray[np.int64], ranking: Ranking
) -> Floats:
    """Return the evidence of the strongest other candidate of each side of each pair, `[k, 2]`.

    `numbers` `[k]` are those of the pairs in the ranking.
    """
    evidence = np.append(ranking.evidence, NONE)  # pair -1 is at the end
    there = code[pairs[:, ::-1]]
    best, second = ranking.best[pairs, there], ranking.second[pairs, there]
    return evidence[np.where(best == numbers[:, None], second, best)]


def _unrelated(
    pairs: NDArray[np.int64],
    code: NDArray[np.int64],
    rivals: Floats,
    kin: NDArray[np.int64],
    runners_up: Floats,
    mixture: Mixture,
    prior: Mixture,
) -> tuple[Floats, Floats]:
    """Return what `Mixture.above` and `Mixture.excess` are for each pair, `[k]` each.

    `runners_up` are those of all texts (`_runners_up`).
    """
    own = np.maximum(rivals - mixture.floor, 0.0)
    of_kin = runners_up[kin[pairs], code[pairs[:, ::-1]][:, :, None]]  # [k, 2, m]
    seen = (kin[pairs] >= 0) & ~np.isnan(of_kin)
    of_kin = np.where(seen, of_kin, 0.0)
    count = seen.sum(axis=(1, 2))
    each = KIN * np.minimum(1.0, count / ENOUGH_KIN) / np.maximum(count, 1)
    above = (
        OWN * (own > 0.0).sum(axis=1)
        + each * (of_kin > 0.0).sum(axis=(1, 2))
        + COLLECTION * mixture.above
        + PRIOR * prior.above
    )
    excess = (
        OWN * own.sum(axis=1)
        + each * of_kin.sum(axis=(1, 2))
        + COLLECTION * mixture.above * mixture.excess
        + PRIOR * prior.above * prior.excess
    )
    return above / (2.0 * OWN + each * count + COLLECTION + PRIOR), excess / above


def _copies_of_kin(
    pairs: NDArray[np.int64], code: NDArray[np.int64], kin: NDArray[np.int64], ranking: Ranking
) -> Floats:
    """Return how often the kin of each pair's texts have candidates that may be near-copies, `[k]`."""
    evidence = np.append(ranking.evidence, NONE)
    best, second = evidence[ranking.best], evidence[ranking.second]
    found = (best > 0.0) & (second >= HALF * best)
    nearest, there = kin[pairs], code[pairs[:, ::-1]][:, :, None]  # [k, 2, m], [k, 2, 1]
    seen = (nearest >= 0) & (best[nearest, there] > 0.0)
    copied = (seen & found[nearest, there]).sum(axis=(1, 2))
    rate: Floats = (KIN_FOR_COPIES * NO_COPY + copied) / (KIN_FOR_COPIES + seen.sum(axis=(1, 2)))
    return rate


def _runners_up(ranking: Ranking, floor: float) -> Floats:
    """Return how far above the floor the runner-up of each text in each language is, `[texts, languages]`.

    NaN stands where there is no best candidate, and where the runner-up may be a near-copy of it.
    """
    evidence = np.append(ranking.evidence, NONE)
    best, second = evidence[ranking.best] - floor, evidence[ranking.second] - floor
    return np.where((best > 0.0) & (second < HALF * best), np.maximum(second, 0.0), np.nan)


def _choices(
    ranking: Ranking,
    languages: Sequence[str],
    among: NDArray[np.int64],
    open_to: NDArray[np.bool_] | None,
) -> Choices:
    """Return what each of the texts `among` has to choose from in each other language of theirs."""
    codes, _ = _codes(languages)
    own = codes[among][:, None]
    codes = np.unique(own)
    asked = own != codes
    if open_to is not None:
        asked &= open_to[among][:, codes]
    best, second = (table[among][:, codes][asked] for table in (ranking.best, ranking.second))
    evidence = np.append(ranking.evidence, NONE)  # pair -1 is at the end of both
    place = np.full(len(evidence), -1)
    place[ranking.mutual] = np.arange(len(ranking.mutual))
    return Choices(place[best], evidence[best], evidence[second])


def _fit(strength: Floats, same: Floats, choices: Choices, prior: Mixture) -> Mixture:
    """Return the mixture in which each pair of mutual best candidates is a translation with odds `same`."""
    weight = PRIOR_PAIRS + float(same.sum())
    mean = (PRIOR_PAIRS * prior.mean + float(same @ strength)) / weight
    spread = PRIOR_PAIRS * prior.sd**2 + float(same @ (strength - mean) ** 2)
    # Which candidate of a text is not its translation: the second, or the best if none of them is.
    has = np.append(same, 0.0)[choices.pair]  # pair -1 is the zero at the end
    others = np.concatenate([choices.second, choices.best]) - prior.floor
    weights = np.concatenate([has, 1.0 - has])
    over = others > 0.0
    above = PRIOR_OTHERS * prior.above + float(weights[over].sum())
    excess = PRIOR_OTHERS * prior.above * prior.excess + float(weights[over] @ others[over])
    return Mixture(
        mean,
        math.sqrt(spread / weight),
        prior.floor,
        above / (PRIOR_OTHERS + len(has)),
        excess / above,
        (PRIOR_TEXTS * prior.translated + float(has.sum())) / (PRIOR_TEXTS + len(has)),
    )
