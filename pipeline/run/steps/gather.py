"""Gathers the articles into a corpus and adds what depends on all rows: final ids and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.alignment.likeness import Likeness
from pipeline.checks.corpus_level import check_corpus
from pipeline.checks.findings import finding_of, known_rules
from pipeline.checks.quality import penalties
from pipeline.checks.selection import Selection
from pipeline.datatypes import Finding, Row
from pipeline.decisions.resolve import Resolved
from pipeline.matching.profiles import Profile
from pipeline.output.columns import (
    DISMISSED,
    Passage,
    changed_line,
    corpus_header,
    corpus_part,
    findings_sheet,
    rules_by_row,
)
from pipeline.output.sheet import Sheet
from pipeline.review.data import Part
from pipeline.rows.from_alignment import number_repeats_by_article
from pipeline.run.steps.compose import Composed, TextsOf
from pipeline.run.steps.passages import name_of, passages_of

if TYPE_CHECKING:
    from pipeline.output.tables import Table

PART = 50_000
"""Rows per file of a Parquet table."""


FINDINGS_PART = 10_000
"""Findings per part of their table, which holds their texts."""


class Corpus:
    """The rows of all articles with their final ids, and the findings."""

    def __init__(
        self, articles: Composed, likeness: Likeness, resolved: Resolved, selection: Selection
    ) -> None:
        """`selection` says which findings are wanted, `resolved` which of them reviewers have dismissed."""
        self._articles, self._selection = articles, selection
        self._ids = list(number_repeats_by_article([facts.ids for facts in articles.facts]))
        findings = list(self._findings(likeness))
        # The finding that each dismissal applies to, by the id of the decision.
        self.aims = resolved.dismissed(findings, self._rows(resolved.dismissing()))
        dismissed = set(self.aims.values())
        self.findings = [_with_status(finding, dismissed) for finding in findings]

    def _findings(self, likeness: Likeness) -> Iterator[Finding]:
        checked = [facts.checked for facts in self._articles.facts]
        found = check_corpus(checked, TextsOf(self._articles), likeness)
        seen: Counter[bytes] = Counter()
        rules = known_rules(self._articles.rules_of_user)
        for group, ids, some in zip(self._articles.groups, self._ids, found, strict=True):
            for row, drafts in some:
                yield from (
                    finding_of(ids[row], group.id, draft, seen, rules)
                    for draft in drafts
                    if self._selection.wants(draft.rule)
                )

    def penalties(self) -> dict[str, dict[str, float]]:
        """Return the penalty points of each article by language (`pipeline.checks.quality`)."""
        words = {
            group.id: facts.words
            for group, facts in zip(self._articles.groups, self._articles.facts, strict=True)
        }
        return penalties(words, (finding for finding in self.findings if finding.status != DISMISSED))

    def shares(self) -> dict[str, dict[tuple[str, str], float]]:
        """Return, by article, the share of each language's text that is aligned with each other language."""
        return {
            group.id: {(one, two): share for one, two, share in facts.shares}
            for group, facts in zip(self._articles.groups, self._articles.facts, strict=True)
        }

    def profiles(self, profiles: Sequence[Profile]) -> list[Profile]:
        """Return the profiles with the boilerplate that the rows have left."""
        found = {
            file: facts.boilerplate[language]
            for group, facts in zip(self._articles.groups, self._articles.facts, strict=True)
            for file, language in zip(group.files, group.languages, strict=True)
            if language in facts.boilerplate
        }
        return [
            profile._replace(boilerplate=found[profile.file]) if profile.file in found else profile
            for profile in profiles
        ]

    def statuses(self) -> Counter[str]:
        """Return the number of rows by status."""
        counts: Counter[str] = Counter()
        for facts in self._articles.facts:
            for status, rows in facts.statuses.items():
                counts[status] += rows
        return counts

    def table(self, form: str, languages: Sequence[str]) -> Table:
        """Return the table of all rows in parts, in the form that the format needs."""
        return self._sheets(languages) if form == "parquet" else self._text(languages)

    def findings_table(self, languages: Sequence[str]) -> Iterator[Sheet]:
        """Yield the table of all findings in parts, at least one."""
        by_article: dict[str, list[Finding]] = {}
        for finding in self.findings:
            by_article.setdefault(finding.article, []).append(finding)
        part: list[Finding] = []
        passages: dict[str, dict[str, Passage]] = {}
        for k, (group, ids, lines) in enumerate(
            zip(self._articles.groups, self._ids, self._articles.corpus(), strict=True)
        ):
            own = by_article.get(group.id)
            if own:
                wanted = {finding.row_id for finding in own}
                passages |= passages_of(group, ids, wanted, self._articles.texts(k), lines, languages)
                part += own
            if len(part) >= FINDINGS_PART:
                yield findings_sheet(part, passages)
                part, passages = [], {}
        yield findings_sheet(part, passages)

    def names(self, profiles: Sequence[Profile]) -> dict[str, str]:
        """Return what people call each article, by its id."""
        return {
            group.id: name_of([profiles[k].metadata for k in group.members], self._articles.texts(number))
            for number, group in enumerate(self._articles.groups)
        }

    def parts(self) -> list[Part]:
        """Return the data of the rows for the review page."""
        return [
            Part(group.id, ids, facts.low, partial(self._articles.page, k))
            for k, (group, ids, facts) in enumerate(
                zip(self._articles.groups, self._ids, self._articles.facts, strict=True)
            )
        ]

    def _text(self, languages: Sequence[str]) -> Iterator[bytes]:
        rules = rules_by_row(self.findings)
        yield corpus_header(languages)
        for group, ids, facts, lines in zip(
            self._articles.groups, self._ids, self._articles.facts, self._articles.corpus(), strict=True
        ):
            found = rules.get(group.id, {})
            if found or ids is not facts.ids:
                lines = [
                    changed_line(line, was, id, found.get(id, ()), facts.reviews.get(row, ""))
                    if id in found or id != was
                    else line
                    for row, (line, was, id) in enumerate(zip(lines, facts.ids, ids, strict=True), start=1)
                ]
            yield b"".join(lines)

    def _sheets(self, languages: Sequence[str]) -> Iterator[Sheet]:
        rows, rules = self._rows(), rules_by_row(self.findings)
        yield corpus_part(list(islice(rows, PART)), rules, languages)
        while part := list(islice(rows, PART)):
            yield corpus_part(part, rules, languages)

    def _rows(self, articles: Container[str] | None = None) -> Iterator[Row]:
        """Yield the rows of these articles, or of all."""
        for k, (group, ids) in enumerate(zip(self._articles.groups, self._ids, strict=True)):
            if articles is not None and group.id not in articles:
                continue
            yield from (replace(row, id=id) for row, id in zip(self._articles.rows(k), ids, strict=True))


def _with_status(finding: Finding, dismissed: Collection[str]) -> Finding:
    """Return the finding with its status, "dismissed" if its id is in `dismissed`."""
    return finding._replace(status=DISMISSED) if finding.id in dismissed else finding
