"""Check a row as somebody edits it, and tell who else edits the same text.

The page compares what is found in the row as it is with what is found in the draft. Both come from here, so
that they differ by the draft alone: checks that need a model or the rest of the corpus are left to the run.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from pipeline.bitexts.segments import Bitext, Segment
from pipeline.checks.selection import Selection, select
from pipeline.datatypes import SEVERITIES, Finding
from pipeline.decisions.record import MAX_TEXT
from pipeline.errors import SynopticError
from pipeline.languages.codes import is_language
from pipeline.output.reader import record_of

if TYPE_CHECKING:
    from pipeline.checks.families.terms import Glossary
    from pipeline.checks.own_rules import OwnRules

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


class RunRules(NamedTuple):
    """What the run checked with beside the rules that come with the program."""

    selection: Selection = Selection()
    glossary: Glossary | None = None
    rules: OwnRules | None = None
    lacking: str = ""  # why some of them cannot be had any more


class RunRulesOf:
    """Reads the rules of the run in a folder, again whenever one of their files has changed."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._known: tuple[object, RunRules] | None = None

    def read(self) -> RunRules:
        """Return the rules, as far as they can still be read; raises `InputError` if there is no run."""
        settings = record_of(self._out).get("settings")
        known = settings if isinstance(settings, dict) else {}
        paths = [Path(known[name]) for name in ("glossary", "rules") if isinstance(known.get(name), str)]
        state = str(known), [_changed(path) for path in paths]
        if self._known is None or self._known[0] != state:
            self._known = state, _rules_of(known)
        return self._known[1]


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _rules_of(settings: Mapping[str, Any]) -> RunRules:
    from pipeline.checks.glossary import read_glossary
    from pipeline.checks.rules_file import read_rules

    found: dict[str, Any] = {}
    lacking = []
    for name, read in (("glossary", read_glossary), ("rules", read_rules)):
        path = settings.get(name)
        try:
            found[name] = read(Path(path)) if isinstance(path, str) else None
        except SynopticError as error:
            lacking.append(str(error))
    rules = found.get("rules")
    only, skip = (settings.get(name) or () for name in ("only", "skip"))
    try:
        selection = select(only, skip, rules.known if rules else ())
    except SynopticError as error:  # it names a rule of the file that is gone
        selection = Selection()
        lacking.append(str(error))
    return RunRules(selection, found.get("glossary"), rules, "; ".join(lacking))


def findings_of(draft: Draft, run: RunRules = RunRules()) -> dict[str, list[list[Any]]]:  # noqa: B008
    """Return the findings of the row `before` and `after` the change, by the rules of the `run`.

    A finding is its rule, the index of its severity, its two languages, its message and its suggestion.
    """
    changed = draft.texts | {draft.language: draft.text}
    return {
        name: [_record(finding) for finding in _checked(texts, draft.confidence, run)]
        for name, texts in (("before", draft.texts), ("after", changed))
    }


def _checked(texts: Mapping[str, str], confidence: float, run: RunRules) -> list[Finding]:
    from pipeline.bitexts.check import check_segments  # loads for a second

    languages = tuple(texts)
    segment = Segment("", dict(texts), confidence=confidence)
    bitext = Bitext(languages, [segment])
    checked = check_segments(
        bitext,
        languages,
        "the row",
        "",
        selection=run.selection,
        glossary=run.glossary,
        rules=run.rules,
    )
    return checked.findings


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
