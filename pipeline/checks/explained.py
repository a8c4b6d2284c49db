"""Findings of a row that follow from a graver one of the same row."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.checks.cells import Draft
from pipeline.datatypes import Span

_PARTS = ("completeness.omitted-part", "completeness.added-part")
_LENGTHS = ("completeness.length", "completeness.doubtful-part", *_PARTS)
_MARKS = ("typography.brackets", "typography.quotes", "typography.question", "typography.ending")
_COMPARING = ("numbers.", "entities.", "consistency.", *_LENGTHS, *_MARKS, "typography.doubled-")
"""Rules, by their beginnings, that say nothing where the texts of a row do not belong together."""


def without_explained(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of a row without those that follow from a graver one."""
    rules = {draft.rule for draft in drafts}
    kept = list(drafts)
    if "meaning.neighbour" in rules:
        kept = [draft for draft in kept if not draft.rule.startswith(_COMPARING)]
    if is_unreadable(drafts):
        unclear = (*_LENGTHS, "meaning.", "entities.name", "entities.gloss")
        kept = [draft for draft in kept if not draft.rule.startswith(unclear)]
    if "meaning.similarity" in rules:
        kept = [draft for draft in kept if not draft.rule.startswith(_LENGTHS)]
    kept = _without_foreign(kept)
    kept = _without_parts(kept)
    return _without_same_codes(_without_lost_numbers(_without_lengths(kept)))


def _without_foreign(drafts: list[Draft]) -> list[Draft]:
    """Without what compares a text that is wholly in another language, or was not translated at all."""
    foreign = {
        language
        for draft in drafts
        if draft.rule in ("language.wrong", "language.untranslated")
        and draft.source_span is draft.target_span is None
        for language in (draft.source, draft.target)
        if language
    }
    if not foreign:
        return drafts
    follows = (*_COMPARING, "language.mixed")
    return [
        draft
        for draft in drafts
        if not (draft.rule.startswith(follows) and foreign & {draft.source, draft.target})
    ]


def _without_parts(drafts: list[Draft]) -> list[Draft]:
    """Without what a missing part had in it, and without parts that are repeats or a machine's talk."""
    repeated = {draft.target for draft in drafts if draft.rule == "completeness.repeated"}
    looped = {draft.target for draft in drafts if draft.rule == "typography.doubled-phrase"}
    longer = repeated | looped | {draft.target for draft in drafts if draft.rule == "characters.assistant"}
    kept = [
        draft
        for draft in drafts
        if not (draft.rule in _LENGTHS and longer & {draft.source, draft.target})
        and not (draft.rule.startswith("typography.doubled-") and draft.target in repeated)
        and not (draft.rule == "typography.doubled-word" and draft.target in looped)
    ]
    parts = [draft for draft in kept if draft.rule in _PARTS]
    return [draft for draft in kept if not any(_is_in_part(draft, part) for part in parts)]


def _is_in_part(draft: Draft, part: Draft) -> bool:
    """Whether a finding is about what a missing part has, or about where the text without it breaks off."""
    if draft.rule in _MARKS:
        return bool({draft.source, draft.target} & {part.source, part.target})
    if not draft.rule.startswith(("numbers.missing", "numbers.added", "entities.")):
        return False
    if part.source_span:
        return draft.source == part.source and _covers(part.source_span, draft.source_span)
    return draft.target == part.target and _covers(part.target_span, draft.target_span)


def is_unreadable(drafts: Sequence[Draft]) -> bool:
    """Whether a text is in another language or misread, so that its length and names say nothing."""
    return any(draft.rule.startswith(("language.", "characters.mojibake")) for draft in drafts)


def _without_lengths(drafts: list[Draft]) -> list[Draft]:
    """Without an unusual length where the part that is missing has been found."""
    parts = ("completeness.doubtful-part", *_PARTS)
    known = {(draft.source, draft.target) for draft in drafts if draft.rule in parts}
    return [
        draft
        for draft in drafts
        if draft.rule != "completeness.length" or (draft.source, draft.target) not in known
    ]


def _without_same_codes(drafts: list[Draft]) -> list[Draft]:
    """Without codes of which the number that differs has been reported, and without numbers of shortcuts."""
    keys = [draft for draft in drafts if draft.rule == "entities.shortcut"]
    drafts = [
        draft
        for draft in drafts
        if not (
            draft.rule.startswith(("numbers.", "entities.code"))
            and any(_is_inside(draft, key) for key in keys)
        )
    ]
    numbers = [draft for draft in drafts if draft.rule.startswith("numbers.")]
    return [
        draft
        for draft in drafts
        if draft.rule != "entities.code"
        or not any(_covers(draft.source_span, number.source_span) for number in numbers)
    ]


def _is_inside(draft: Draft, other: Draft) -> bool:
    return _covers(other.source_span, draft.source_span) or _covers(other.target_span, draft.target_span)


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
