"""A queue of doubts: which rows to look at first, and how many errors the others hide.

**How often a row is wrong.** The confidence says how sure the aligner is. Seen against gold, its odds are too
good where articles repeat or paragraphs were merged, so the chance that a row is wrong is read off a line in
log-odds, `logit(wrong) = INTERCEPT + SLOPE * logit(1 - confidence)`: two numbers, fitted by maximum
likelihood to noisy news, help articles and manuals of known alignment, each kind with the same weight
(`python -m benchmarks.forecast --fit`, with densities of 0.45 and 1).

**Learning from the review.** A collection may be easier or harder than those. Errors found are counted
against errors expected in the rows decided so far, with a Gamma prior of mean 1 and weight `PRIOR`: the
factor is `(PRIOR + found) / (PRIOR + expected)`, and all further expectations are multiplied by it. Whether
findings are true is learned in the same way, by Laplace's rule, from those that were dismissed and those on
rows that were rejected or got a better text.

**Expected harm** of a row, in points of the MQM scorecard: the chance that it is wrong times the points of a
major error, plus the chance that it is right times the points of its open findings times the chance that a
finding is true. A decided row does no harm: approved it counts as right, rejected or repaired as found.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.checks.quality import POINTS
from pipeline.datatypes import APPROVED

LOW_CONFIDENCE = 0.9
"""Rows with a lower confidence need a look."""

INTERCEPT, SLOPE = 0.09, 0.57
"""The chance that a row is wrong, in log-odds of its confidence."""

PRIOR = 3.0
"""Errors that the prior is worth; `docs/review.md` has the forecasts that it gives."""

SUREST = 5e-5
"""What is left to doubt at the confidence 1.0000: half of the last digit."""


class Doubt(NamedTuple):
    """A row as the queue sees it."""

    confidence: float
    points: int = 0  # of its open findings
    serious: bool = False  # it has an open finding that is more than neutral
    review: str = ""  # "approved", "rejected", "repaired" or ""
    learned: bool = True  # its confidence is the aligner's, so the decision on it teaches something
    dismissed: int = 0  # findings that a reviewer called false alarms
    confirmed: int = 0  # findings of a row that a reviewer rejected or gave a better text
    compared: bool = True  # with the other languages; boilerplate was not, so it cannot be wrong


class Forecast(NamedTuple):
    """What is left to do, and what will be wrong then."""

    rows: int
    to_look_at: int
    now: float  # wrong rows expected among the undecided ones
    after: float  # wrong rows expected when those to look at are decided

    def sentence(self) -> str:
        """Return the forecast in words."""
        remain = f"{_errors(self.after)} {'remain' if round(self.after) > 1 else 'remains'}"
        if not self.to_look_at:
            return f"Nothing left to look at; {remain} in {_rows(self.rows)}"
        return f"{_rows(self.to_look_at)} to look at; after these {remain} in {self.rows:,}"


def _errors(number: float) -> str:
    """Return an expected number of errors in words, rounded."""
    whole = round(number)
    return f"about {whole:,} error{'' if whole == 1 else 's'}" if whole else "less than one error"


def _rows(number: int) -> str:
    return f"{number:,} row{'' if number == 1 else 's'}"


def points_of(severities: Iterable[str]) -> int:
    """Return the points of findings of these severities."""
    return sum(POINTS[severity] for severity in severities)


def chance_wrong(confidence: float) -> float:
    """Return the chance that a row of this confidence is not exactly right, before anything is reviewed."""
    doubt = min(max(1.0 - confidence, SUREST), 1.0 - SUREST)
    return 1.0 / (1.0 + math.exp(-INTERCEPT - SLOPE * math.log(doubt / (1.0 - doubt))))


def needs_look(doubt: Doubt) -> bool:
    """Return whether a row is undecided and unsure, or has a finding that is more than neutral."""
    return not doubt.review and (doubt.confidence < LOW_CONFIDENCE or doubt.serious)


def difficulty(doubts: Iterable[Doubt]) -> float:
    """Return how many times more errors than expected the review has found so far."""
    found = expected = PRIOR
    for doubt in doubts:
        if doubt.review and doubt.learned and doubt.compared:
            found += doubt.review != APPROVED
            expected += chance_wrong(doubt.confidence)
    return found / expected


def forecast(doubts: Sequence[Doubt]) -> Forecast:
    """Return how many rows to look at, and how many errors are expected before and after."""
    factor = difficulty(doubts)
    left = [(needs_look(doubt), _wrong(doubt, factor)) for doubt in doubts if not doubt.review]
    return Forecast(
        len(doubts),
        sum(look for look, _ in left),
        math.fsum(wrong for _, wrong in left),
        math.fsum(wrong for look, wrong in left if not look),
    )


def harms(doubts: Sequence[Doubt]) -> list[float]:
    """Return the expected harm of each row, in points; 0 if it is decided."""
    factor = difficulty(doubts)
    confirmed = sum(doubt.confirmed for doubt in doubts)
    true = (1 + confirmed) / (2 + confirmed + sum(doubt.dismissed for doubt in doubts))
    return [0.0 if doubt.review else _harm(doubt, _wrong(doubt, factor), true) for doubt in doubts]


def _harm(doubt: Doubt, wrong: float, true: float) -> float:
    return wrong * POINTS["major"] + (1 - wrong) * doubt.points * true


def _wrong(doubt: Doubt, factor: float) -> float:
    return min(1.0, factor * chance_wrong(doubt.confidence)) if doubt.compared else 0.0
