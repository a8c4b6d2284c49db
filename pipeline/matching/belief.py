"""How probable it is that two texts are the same article, given how other pairs of the collection look.

Evidence alone does not say it: between news and their free translations there is less of it than between
two help articles on one topic. So a collection is looked at as a mixture. In each other language a text
has a best candidate; either that is its translation, or its translation is not there. What translations
look like is learned from the best candidates that prefer each other, what mere candidates look like from
the second best ones: the runner-up of a text that has its translation is what the best one of a text
without would be. Expectation maximisation finds both, and how many texts have a translation.
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

    Translations follow a logistic distribution, whose tails are heavier than the normal one's. Other
    candidates follow an exponential distribution above 0; none below 0 is thought to be a translation.
    """

    mean: float  # of translations
    sd: float
    positive: float  # share of other best candidates with evidence above 0
    excess: float  # mean of what these have
    translated: float  # share of texts whose translation into a language is in the collection


SPREAD, POSITIVE, EXCESS, TRANSLATED = 0.5, 0.03, 0.15, 0.5
"""What is thought of a collection before it is seen: see `prior_mixture`.

With the embedded model's likeness the mean is 6.4. Translations of the development gold have 6.8 ± 2.4
(news) and 12.6 ± 1.6 (help articles). Others are thought to be as in news, where the texts differ; in a
collection of help articles they become 0.3 and 3.8.
"""

PRIOR_PAIRS, PRIOR_OTHERS, PRIOR_TEXTS = 10.0, 100.0, 4.0
"""Translations, other candidates and texts as which the prior counts: as many as settle the figures in a
collection of one kind. Fewer others, and a set of five files could take its only translation for chance."""

LEAST_MEAN = 0.1
"""Nats a sentence that even a model which tells nothing apart is thought to bring."""

IMPOSSIBLE = -30.0
"""Log-odds of a pair whose evidence is not above 0."""

_STEPS, _SETTLED = 100, 1e-6


def prior_mixture(likeness: Likeness) -> Mixture:
    """Return what is thought of a collection before it is seen, under a model with this likeness.

    A sentence is expected to bring the Kullback-Leibler divergence of the cosines of translations from those
    of unrelated sentences, both normal. The other figures stand in proportion to it.
    """
    same, same_sd, other, other_sd = likeness
    apart = (same_sd**2 + (same - other) ** 2) / (2 * other_sd**2)
    mean = max(math.log(other_sd / same_sd) + apart - 0.5, LEAST_MEAN)
    return Mixture(mean, SPREAD * mean, POSITIVE, EXCESS * mean, TRANSLATED)


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
    code, count = _codes(languages), len(set(languages))
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


def _codes(languages: Sequence[str]) -> NDArray[np.int64]:
    """Return the number of each language among all of them, in alphabetical order."""
    number = {language: k for k, language in enumerate(sorted(set(languages)))}
    return np.array([number[language] for language in languages], dtype=np.int64)


def learn(ranking: Ranking, languages: Sequence[str], among: ArrayLike, prior: Mixture) -> Mixture:
    """Return what the collection looks like; `among` numbers the texts that take part, `languages` all."""
    choices = _choices(ranking, languages, np.array(among, dtype=np.int64))
    strength = ranking.evidence[ranking.mutual]
    mixture = prior
    for _ in range(_STEPS):
        same = 1.0 / (1.0 + np.exp(-log_odds(strength, mixture)))
        before, mixture = mixture, _fit(strength, same, choices, prior)
        if np.allclose(before, mixture, atol=_SETTLED):
            break
    return mixture


def log_odds(evidence: Floats, mixture: Mixture) -> Floats:
    """Return the log-odds of pairs being translations, `float64[n]`; they rise with the evidence."""
    scale = mixture.sd * math.sqrt(3.0) / math.pi
    # Above the mean more evidence speaks no less for a translation.
    below = np.minimum((evidence - mixture.mean) / scale, 0.0)
    same = below - 2.0 * np.log1p(np.exp(below)) - math.log(scale)
    other = math.log(mixture.positive / mixture.excess) - evidence / mixture.excess
    prior = math.log(mixture.translated / (1.0 - mixture.translated))
    odds: Floats = np.where(evidence > 0.0, same - other + prior, IMPOSSIBLE)
    return odds


def _choices(ranking: Ranking, languages: Sequence[str], among: NDArray[np.int64]) -> Choices:
    """Return what each of the texts `among` has to choose from in each other language of theirs."""
    own = _codes(languages)[among][:, None]
    codes = np.unique(own)
    asked = own != codes
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
    others = np.concatenate([choices.second, choices.best])
    weights = np.concatenate([has, 1.0 - has])
    above = others > 0.0
    positive = PRIOR_OTHERS * prior.positive + float(weights[above].sum())
    excess = PRIOR_OTHERS * prior.positive * prior.excess + float(weights[above] @ others[above])
    return Mixture(
        mean,
        math.sqrt(spread / weight),
        positive / (PRIOR_OTHERS + len(has)),
        excess / positive,
        (PRIOR_TEXTS * prior.translated + float(has.sum())) / (PRIOR_TEXTS + len(has)),
    )
