"""From the drafts of a check to findings: the rule's metadata, and a fingerprint for decisions."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping

from pipeline.checks.cells import Draft, Texts
from pipeline.checks.finding_ids import id_of_turn
from pipeline.checks.own_rules import OwnRules
from pipeline.checks.rules import RULES, Rule
from pipeline.datatypes import Finding, Span


def with_fingerprint(texts: Texts, draft: Draft) -> Draft:
    """Return a draft about a row of these texts with its fingerprint.

    That depends on the rule, the two languages, their texts and what the spans cover, and so changes with the
    text.
    """
    parts = [draft.rule, draft.source, draft.target]
    for language, span in ((draft.source, draft.source_span), (draft.target, draft.target_span)):
        text = texts.get(language, "")
        parts += [text, text[slice(*span)] if span else ""]
    digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8)
    return draft._replace(fingerprint=digest.digest())


def known_rules(own: OwnRules | None) -> Mapping[str, Rule]:
    """All rules by name, those of the user included."""
    return {**RULES, **own.known} if own else RULES


def finding_of(
    row: str, article: str, draft: Draft, seen: Counter[bytes], rules: Mapping[str, Rule] = RULES
) -> Finding:
    """The finding that a draft makes in a row; `seen` counts the findings of a run that are alike."""
    rule = rules[draft.rule]
    return Finding(
        id=_id(draft.fingerprint, seen),
        row_id=row,
        article=article,
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


def _span_text(span: Span | None) -> str:
    return f"{span[0]}-{span[1]}" if span else ""


def _id(fingerprint: bytes, seen: Counter[bytes]) -> str:
    """16 characters that a decision about the finding refers to.

    The same finding met again in the run is told apart by its turn.
    """
    seen[fingerprint] += 1
    return id_of_turn(fingerprint.hex(), seen[fingerprint])
