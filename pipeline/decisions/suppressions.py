"""Matches dismissals to the findings of a run.

The id of a finding depends on its rule and texts; findings with the same rule and texts are numbered, so an
id may pass to another finding when files are added or removed. A dismissal is therefore matched by its
paragraphs: it applies to the finding of that kind in the row that contains them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.checks.finding_ids import Alike


class Suppression(NamedTuple):
    """A decision that a finding is a false alarm."""

    decision: str
    target: str  # the finding's id at the time of the decision
    article: str | None  # None if the decision names none
    places: frozenset[tuple[str, int]] | None  # current language and number of the paragraphs


Row = tuple[str, str]
"""Article and id of a row."""


def suppressed_findings(
    suppressions: Iterable[Suppression],
    findings: Sequence[tuple[str, str, str]],
    rows: Mapping[Row, frozenset[tuple[str, int]]],
) -> dict[str, str]:
    """Return the finding of each dismissal that has one, by decision id.

    `findings` are (id, article, row id) of all findings in order; `rows` gives the paragraphs of each row.
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
