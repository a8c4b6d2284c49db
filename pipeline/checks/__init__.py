"""Translation QA: what a reviewer should look at in a row.

A check is a function from the cells of a row to drafts of findings; `CHECKS` is all of them. What
a rule means and how grave it is stands in `pipeline.checks.rules`.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.checks.amounts import differing_units
from pipeline.checks.characters import broken_characters, machine_marks
from pipeline.checks.completeness import missing_text, moved_text, unusual_length
from pipeline.checks.consistency import inconsistent
from pipeline.checks.entities import addresses, codes, tags
from pipeline.checks.foreign_names import lost_names
from pipeline.checks.language import untranslated
from pipeline.checks.names import language_name
from pipeline.checks.numbers import differing_numbers
from pipeline.checks.records import Cells, Check, CorpusCheck, Draft, read_cells
from pipeline.checks.rules import RULES
from pipeline.checks.typography import brackets_and_quotes, doubled_words, question_marks, spacing
from pipeline.datatypes import Finding, Row

CHECKS: tuple[Check, ...] = (missing_text, moved_text, machine_marks, broken_characters, spacing)
"""Checks of every row: they ask what a cell says, or whether there is one."""

COMPARISONS: tuple[Check, ...] = (
    untranslated,
    differing_numbers,
    differing_units,
    unusual_length,
    addresses,
    tags,
    codes,
    brackets_and_quotes,
    doubled_words,
    question_marks,
)
"""Checks that hold two languages against each other, which means nothing in a misaligned row."""

CORPUS_CHECKS: tuple[CorpusCheck, ...] = (lost_names, inconsistent)
"""Checks of a row that need to know the other rows; they get only rows that may be compared."""

SURE_ENOUGH = 0.5
"""Confidence from which the languages of a row are compared. Below it the row is more likely wrong than
right, and every difference would be a finding about the alignment, which is said once instead."""


def check(rows: Sequence[Row]) -> list[Finding]:
    """Findings of all rows, in the order of the rows.

    Of two languages of a row, the earlier is the source.
    """
    seen: Counter[bytes] = Counter()
    corpus = [read_cells(row) for row in rows]
    drafts = [check_row(cells) for cells in corpus]
    for number, draft in _check_together(corpus):
        if not _is_unreadable(drafts[number]):
            drafts[number].append(draft)
    return [
        _finding(cells, draft, seen) for cells, found in zip(corpus, drafts, strict=True) for draft in found
    ]


def _check_together(corpus: Sequence[Cells]) -> Iterator[tuple[int, Draft]]:
    sure = [number for number, cells in enumerate(corpus) if _is_comparable(cells)]
    comparable = [corpus[number] for number in sure]
    for corpus_check in CORPUS_CHECKS:
        for number, draft in corpus_check(comparable):
            yield sure[number], draft


def _is_comparable(cells: Cells) -> bool:
    return len(cells.texts) > 1 and cells.row.confidence >= SURE_ENOUGH


def check_row(cells: Cells) -> list[Draft]:
    """Drafts of one row's findings."""
    drafts = [draft for check in CHECKS for draft in check(cells)]
    if len(cells.texts) > 1 and not _is_comparable(cells):
        drafts.append(_unsure(cells))
    elif len(cells.texts) > 1:
        drafts += [draft for comparison in COMPARISONS for draft in comparison(cells)]
        if _is_unreadable(drafts):
            drafts = [draft for draft in drafts if draft.rule != "completeness.length"]
        drafts = _without_explained(drafts)
    return drafts


def _without_explained(drafts: list[Draft]) -> list[Draft]:
    """The drafts without numbers that a mark of machine translation has replaced, which is said already."""
    marks = [draft for draft in drafts if draft.rule == "characters.placeholder"]
    lost = {(draft.source, draft.source_span) for draft in marks}
    lost |= {(draft.target, draft.target_span) for draft in marks}
    return [
        draft
        for draft in drafts
        if draft.rule not in ("numbers.missing", "numbers.added")
        or ((draft.source, draft.source_span) not in lost and (draft.target, draft.target_span) not in lost)
    ]


def _is_unreadable(drafts: Sequence[Draft]) -> bool:
    """Whether a text is in another language or misread, so that its length and names say nothing."""
    return any(draft.rule.startswith(("language.", "characters.mojibake")) for draft in drafts)


def _unsure(cells: Cells) -> Draft:
    source, target = list(cells.texts)[:2]
    message = f"Alignment error? Confidence is {cells.row.confidence:.2f}, so the languages were not compared"
    rival = cells.row.rival
    if rival is not None:
        message += (
            f"; {language_name(rival.language)} paragraph {rival.paragraph} may belong here"
            f" ({100 * rival.probability:.0f} %)"
        )
    return Draft("meaning.alignment", source, target, message)


def _finding(cells: Cells, draft: Draft, seen: Counter[bytes]) -> Finding:
    rule = RULES[draft.rule]
    return Finding(
        id=_fingerprint(cells, draft, seen),
        row_id=cells.row.id,
        article=cells.row.article,
        rule=rule.name,
        issue_type=rule.issue_type,
        category=rule.category,
        severity=rule.severity,
        source_language=draft.source,
        target_language=draft.target,
        source_span=_span_text(draft.source_span),
        target_span=_span_text(draft.target_span),
        message=draft.message,
        suggestion=draft.suggestion,
        status="open",
    )


def _span_text(span: tuple[int, int] | None) -> str:
    return f"{span[0]}-{span[1]}" if span else ""


def _fingerprint(cells: Cells, draft: Draft, seen: Counter[bytes]) -> str:
    """16 hexadecimal digits that a decision about the finding refers to.

    They depend on the rule, the two languages, their texts and what the spans cover, and so change
    with the text; the same finding met again in the run is told apart by its turn.
    """
    parts = [draft.rule, draft.source, draft.target]
    for language, span in ((draft.source, draft.source_span), (draft.target, draft.target_span)):
        text = cells.texts.get(language, "")
        parts += [text, text[slice(*span)] if span else ""]
    key = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    seen[key] += 1
    if seen[key] == 1:
        return key.hex()
    return hashlib.blake2b(key + str(seen[key]).encode(), digest_size=8).hexdigest()
