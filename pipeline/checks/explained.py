"""Findings of a row that follow from a graver one of the same row."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.checks.cells import Draft
from pipeline.datatypes import Span

_COMPARING = (
    "numbers.",
    "entities.",
    "consistency.",
    "completeness.length",
    "completeness.omitted-part",
    "completeness.added-part",
    "typography.brackets",
    "typography.quotes",
    "typography.question",
    "typography.ending",
    "typography.doubled-word",
)
"""Rules, by their beginnings, that say nothing where the texts of a row do not belong together."""


def without_explained(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of a row without those that follow from a graver one."""
    rules = {draft.rule for draft in drafts}
    kept = list(drafts)
    if "meaning.neighbour" in rules:
        kept = [draft for draft in kept if not draft.rule.startswith(_COMPARING)]
    if is_unreadable(drafts):
        unclear = ("completeness.length", "completeness.omitted-part", "completeness.added-part", "meaning.")
        kept = [draft for draft in kept if not draft.rule.startswith((*unclear, "entities.name"))]
    if "meaning.similarity" in rules:
        kept = [draft for draft in kept if not draft.rule.endswith("-part")]
    return _without_same_codes(_without_lost_numbers(_without_lengths(kept)))


def is_unreadable(drafts: Sequence[Draft]) -> bool:
    """Whether a text is in another language or misread, so that its length and names say nothing."""
    return any(draft.rule.startswith(("language.", "characters.mojibake")) for draft in drafts)


def _without_lengths(drafts: list[Draft]) -> list[Draft]:
    """Without an unusual length where the part that is missing has been found."""
    parts = ("completeness.omitted-part", "completeness.added-part")
    known = {(draft.source, draft.target) for draft in drafts if draft.rule in parts}
    return [
        draft
        for draft in drafts
        if draft.rule != "completeness.length" or (draft.source, draft.target) not in known
    ]


def _without_same_codes(drafts: list[Draft]) -> list[Draft]:
    """Without codes of which the number that differs has been reported."""
    numbers = [draft for draft in drafts if draft.rule.startswith("numbers.")]
    return [
        draft
        for draft in drafts
        if draft.rule != "entities.code"
        or not any(_covers(draft.source_span, number.source_span) for number in numbers)
    ]


def _covers(span: Span | None, part: Span | None) -> bool:
    return bool(span and part and span[0] <= part[0] and part[1] <= span[1])


def _without_lost_numbers(drafts: list[Draft]) -> list[Draft]:
    """Without numbers that a mark of machine translation has replaced, which is said already."""
    marks = [draft for draft in drafts if draft.rule == "characters.placeholder"]
    lost = {(draft.source, draft.source_span) for draft in marks}
    lost |= {(draft.target, draft.target_span) for draft in marks}
    return [
        draft
        for draft in drafts
        if draft.rule not in ("numbers.missing", "numbers.added")
        or ((draft.source, draft.source_span) not in lost and (draft.target, draft.target_span) not in lost)
    ]
