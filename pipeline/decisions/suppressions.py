"""Which findings of a run a reviewer has called false alarms.

The id of a finding tells it by rule and texts; findings that are alike are told apart by their turn in the
run, so where files come or go the id of one goes to another. A dismissal is therefore found by its
paragraphs: it is about the finding of that kind in the row that has them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.checks.finding_ids import Alike


class Suppression(NamedTuple):
    """A decision that a finding is a false alarm."""

    decision: str
    target: str  # the finding's id when that was decided
    article: str | None  # None: the decision does not tell
    places: frozenset[tuple[str, int]] | None  # language and number of the paragraphs, as they are now


Row = tuple[str, str]
"""Article and id of a row."""


def suppressed_findings(
    suppressions: Iterable[Suppression],
    findings: Sequence[tuple[str, str, str]],
    rows: Mapping[Row, frozenset[tuple[str, int]]],
) -> dict[str, str]:
    """Return the finding of each dismissal that has one, by decision.

    `findings` are id, article and row of all findings in their order; `rows` the paragraphs of each row.
    """
    row_of = {id: (article, row) for id, article, row in findings}
    by_article: defaultdict[str, list[str]] = defaultdict(list)
    for id, article, _ in findings:
        by_article[article].append(id)
    alike: Alike | None = None
    found: dict[str, str] = {}
    for each in suppressions:
        place = row_of.get(each.target)
        here = place is not None and each.article == place[0]
        if place is not None and (each.places is None or (here and each.places <= rows[place])):
            found[each.decision] = each.target
            continue
        if each.places is None or each.article is None:
            continue
        alike = alike or Alike(id for id, _, _ in findings)
        there = [id for id in by_article[each.article] if each.places <= rows[row_of[id]]]
        same = [id for id in there if alike.are(id, each.target)] or [each.target] * here
        if same:
            taken = set(found.values())
            found[each.decision] = next((id for id in same if id not in taken), same[0])
    return found
