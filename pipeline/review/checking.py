"""Check a row as somebody edits it, and tell who else edits the same text.

The page compares what is found in the row as it is with what is found in the draft. Both come from here, so
that they differ by the draft alone: checks that need a model or the rest of the corpus are left to the run.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from pipeline.bitexts.segments import Bitext, Segment
from pipeline.datatypes import SEVERITIES, Finding
from pipeline.decisions.record import MAX_TEXT
from pipeline.languages.codes import is_language

PRESENCE = 15.0
"""Seconds after which somebody who asked about a text does not edit it any more; pages ask every 5."""

_MOST_EDITED = 1000
"""Texts that are remembered as edited at the same time."""


class Draft(msgspec.Struct, forbid_unknown_fields=True):
    """The body of a request: a row, another text for one of its languages, and who writes it."""

    texts: dict[str, str]  # of the row, by language
    confidence: float
    language: str
    text: str
    place: str  # the same for all who edit this text
    editor: str  # a random name of the page
    name: str  # of the reviewer, or ""


def parse_draft(body: bytes) -> Draft:
    """Return the draft in a request body; raises `ValueError` with the problem."""
    try:
        draft = msgspec.json.decode(body, type=Draft)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"no draft in the request: {error}") from error
    unknown = [code for code in draft.texts if not is_language(code)]
    if unknown or draft.language not in draft.texts:
        raise ValueError(f"unknown language {[*unknown, draft.language][0]!r}")
    if max(map(len, (draft.place, draft.editor, draft.name))) > 200:
        raise ValueError("a name is too long")
    if any(len(text) > MAX_TEXT for text in (draft.text, *draft.texts.values())):
        raise ValueError("a text is too long")
    return draft


def findings_of(draft: Draft) -> dict[str, list[list[Any]]]:
    """Return the findings of the row `before` and `after` the change.

    A finding is its rule, the index of its severity, its two languages, its message and its suggestion.
    """
    changed = draft.texts | {draft.language: draft.text}
    return {
        name: [_record(finding) for finding in _checked(texts, draft.confidence)]
        for name, texts in (("before", draft.texts), ("after", changed))
    }


def _checked(texts: Mapping[str, str], confidence: float) -> list[Finding]:
    from pipeline.bitexts.check import check_segments  # loads for a second

    languages = tuple(texts)
    segment = Segment("", dict(texts), confidence=confidence)
    return check_segments(Bitext(languages, [segment]), languages, "the row", "").findings


def _record(finding: Finding) -> list[Any]:
    return [
        finding.rule,
        SEVERITIES.index(finding.severity),
        finding.source_language,
        finding.target_language,
        finding.message,
        finding.suggestion,
    ]


class Editors:
    """Who edits which text now; safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: dict[str, dict[str, tuple[str, float]]] = {}  # by place and editor: name and time

    def others(self, draft: Draft) -> list[str]:
        """Note that the draft is edited; return the names of others who edit the same text."""
        with self._lock:
            now = self._clock()
            if len(self._seen) >= _MOST_EDITED:
                self._forget(now)
            known = _present(self._seen.get(draft.place, {}), now)
            self._seen[draft.place] = known | {draft.editor: (draft.name, now)}
            return [name for editor, (name, _) in known.items() if editor != draft.editor]

    def _forget(self, now: float) -> None:
        there = {place: _present(editors, now) for place, editors in self._seen.items()}
        self._seen = {place: editors for place, editors in there.items() if editors}


def _present(editors: Mapping[str, tuple[str, float]], now: float) -> dict[str, tuple[str, float]]:
    return {editor: seen for editor, seen in editors.items() if now - seen[1] < PRESENCE}
