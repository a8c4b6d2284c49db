"""Reads decisions from outside: a file saved by a reviewer, or an edited corpus table.

A file is accepted as a whole or not at all. Decisions about rows or findings that the corpus does not
have are skipped with a warning. A contradiction with an active decision is a conflict, and nothing is
accepted unless the caller overrules.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from pipeline.datatypes import REPAIRED
from pipeline.decisions.formula_guard import guarded, unguarded
from pipeline.decisions.log import Log, parse_decisions
from pipeline.decisions.record import Decision
from pipeline.decisions.replay import CorpusRow, read_rows, replay
from pipeline.decisions.resolve import withdrawn
from pipeline.errors import InputError
from pipeline.output.columns import text_column
from pipeline.output.reader import languages_of, read_table, table_of

_REVIEW_KINDS = {"approved": "approve", "rejected": "reject"}
_CONFLICTING_KINDS = ("approve", "reject", "repair", "propose")
"""Kinds of decisions that can contradict each other."""


@dataclass(frozen=True, slots=True)
class Known:
    """The rows, findings and paragraphs of a corpus, which decisions may refer to."""

    languages: tuple[str, ...]
    rows: tuple[CorpusRow, ...]
    findings: frozenset[str]
    paragraphs: Mapping[str, Set[tuple[str, str]]]  # language and fingerprint, by article


@dataclass(slots=True)
class Incoming:
    """The contents of an incoming file."""

    decisions: list[Decision] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def read_known(out: Path) -> Known:
    """Return what decisions may refer to in the corpus in `out`; raises `InputError`."""
    languages = languages_of(out)
    rows = tuple(read_rows(out, languages))
    paragraphs: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows:
        paragraphs[row.article].update((r.language, r.fingerprint) for r in row.references)
    findings = frozenset(line["id"] for line in table_of(out / "findings.csv"))
    return Known(languages, rows, findings, paragraphs)


def read_incoming(path: Path, known: Known, log: Log) -> Incoming:
    """Return the new decisions in the file at `path`; raises `InputError`."""
    header, lines, saved = _read(path)
    if saved is not None:
        incoming = _from_log(saved, known, log)
    elif "id" in header and any(text_column(code) in header for code in known.languages):
        incoming = _from_table(header, lines, known, log, str(path))
    else:
        raise InputError(f"{path} has the columns of neither a decisions file nor a corpus table")
    known_ids = {decision.id for decision in log.decisions}
    incoming.decisions = [decision for decision in incoming.decisions if decision.id not in known_ids]
    incoming.conflicts += _conflicts(incoming.decisions, log.decisions)
    return incoming


def _read(path: Path) -> tuple[list[str], list[tuple[int, list[str]]], Log | None]:
    """Return the table in a file, and its decisions if it is a decisions file."""
    if path.suffix.lower() == ".xlsx":
        from pipeline.output.xlsx import read_xlsx

        header, lines = read_xlsx(path)
        return header, lines, None
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    header, lines = read_table(data, str(path))
    is_log = {"id", "kind", "paragraphs"} <= set(header)
    return header, lines, parse_decisions(data, str(path)) if is_log else None


def _from_log(saved: Log, known: Known, log: Log) -> Incoming:
    """Return the decisions in a saved file whose subjects exist in the corpus."""
    incoming = Incoming(warnings=[f"line {line}: {reason}" for line, reason in saved.unreadable])
    ids = {decision.id for decision in (*saved.decisions, *log.decisions)}
    for decision in saved.decisions:
        problem = _missing_subject(decision, known, ids)
        if problem:
            incoming.warnings.append(f"{decision.kind} {decision.id}: {problem}")
        else:
            incoming.decisions.append(decision)
    return incoming


def _missing_subject(decision: Decision, known: Known, ids: set[str]) -> str:
    """Return what a decision refers to that the corpus does not have, or ""."""
    if decision.kind == "withdraw":
        return "" if decision.target in ids else f"there is no decision {decision.target}"
    if decision.kind == "dismiss":
        return "" if decision.target in known.findings else f"there is no finding {decision.target}"
    fingerprints = known.paragraphs.get(decision.article)
    places_of = known.paragraphs.values() if fingerprints is None else (fingerprints,)
    missing = [
        r for r in decision.paragraphs if all((r.language, r.fingerprint) not in some for some in places_of)
    ]
    if missing:
        places = ", ".join(f"{r.language} {r.number}" for r in missing)
        return f"{'the corpus' if fingerprints is None else 'its article'} has no such text: {places}"
    return ""


def _from_table(
    header: Sequence[str], lines: Iterable[tuple[int, list[str]]], known: Known, log: Log, name: str
) -> Incoming:
    """Return the changes in a corpus table as decisions; raises `InputError`."""
    incoming = Incoming()
    replayed = replay(known.rows, log.decisions)
    ids = {decision.id for decision in log.decisions}
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    seen: dict[str, int] = {}
    cleared: list[int] = []
    blank = dict.fromkeys(header, "")
    table = [(number, blank | dict(zip(header, line, strict=False))) for number, line in lines]
    rows = _Rows(known.rows, {values.get("article", "") for _, values in table})
    for number, values in table:
        row = rows.find(values)
        if row is None:
            where = f" in article {values['article']!r}" if values.get("article") else ""
            incoming.warnings.append(f"line {number}: there is no row {values['id']!r}{where}")
            continue
        if row.id in seen:
            incoming.conflicts.append(f"row {row.id} appears in lines {seen[row.id]} and {number}")
            continue
        seen[row.id] = number
        current = replayed.reviews.get(row.id, "")
        incoming.warnings += [f"line {number}: {problem}" for problem in _ignored(row, values, current)]
        if current and not values.get("review", current).strip():
            cleared.append(number)
        for kind, language, text in _changes(row, values, current, replayed.remarks.get(row.id, ())):
            incoming.decisions.append(_decision(row, kind, now, ids, language, text))
    if table and not seen:
        raise InputError(f"{name} has no row of this corpus: it belongs to another run")
    if cleared:
        places = ", ".join(map(str, cleared[:10])) + (", ..." if len(cleared) > 10 else "")
        incoming.warnings.append(
            f"the review is empty where rows have been reviewed (line {places}): no review is withdrawn; "
            "use the review page for that"
        )
    return incoming


class _Rows:
    """Finds the corpus rows that the lines of a table refer to."""

    def __init__(self, rows: Iterable[CorpusRow], named: set[str]) -> None:
        self._named = named  # the articles in the table
        self._same: defaultdict[str, list[CorpusRow]] = defaultdict(list)  # rows with the same texts
        self._articles = set()
        for row in rows:
            self._same[row.id.partition("-")[0]].append(row)
            self._articles.add(row.article)

    def find(self, values: Mapping[str, str]) -> CorpusRow | None:
        """Return the row of a line, found by its content id, article and paragraphs.

        The numbered ending of a repeated id may belong to another row after files were added or removed.
        """
        id, article = values["id"], values.get("article", "")
        rows = self._same.get(id.partition("-")[0], [])
        if article in self._articles:
            rows = [row for row in rows if row.article == article]
        elif article:  # the article is gone, or has a new id that does not occur in the table
            rows = [row for row in rows if row.article not in self._named]
        exact = [row for row in rows if self._has_paragraphs(row, values)]
        if len(exact) == 1:
            return exact[0]
        return next((row for row in exact or rows if row.id == id), rows[0] if len(rows) == 1 else None)

    @staticmethod
    def _has_paragraphs(row: CorpusRow, values: Mapping[str, str]) -> bool:
        columns = [f"{code}_paragraphs" for code in row.texts]
        return all(values.get(name, row.fields[name]) == row.fields[name] for name in columns)


def _ignored(row: CorpusRow, values: Mapping[str, str], current: str) -> Iterable[str]:
    """Yield warnings about parts of an edited line that are not decisions."""
    for code, before in row.texts.items():
        if before.strip() and not values.get(text_column(code), before).strip():
            yield f"the text in {code} is empty, which proposes nothing; reject the row or write a comment"
    review = values.get("review", "").strip().lower()
    if review and review not in _REVIEW_KINDS and not (review == REPAIRED in (current, row.fields["review"])):
        yield f"the review {values['review'].strip()!r} is not valid; write approved or rejected"


def _changes(
    row: CorpusRow, values: Mapping[str, str], current: str, remarks: Sequence[Decision]
) -> Iterable[tuple[str, str, str]]:
    """Yield the new changes in a line of an edited table: kind, language and text."""
    proposed = {d.language: d.text for d in remarks if d.kind == "propose"}  # the last one wins
    for code, before in row.texts.items():
        cell = values.get(text_column(code), "")
        text = _lines(unguarded(cell) if guarded(before) != before else cell)
        if text.strip() and text != _lines(before) and text != proposed.get(code):
            yield "propose", code, text
    review = values.get("review", "").strip().lower()
    if review in _REVIEW_KINDS and review != current:
        yield _REVIEW_KINDS[review], "", ""
    comment = _lines(values.get("comment", ""))
    if comment.strip() and all(d.kind != "comment" or d.text != comment for d in remarks):
        yield "comment", "", comment


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decision(row: CorpusRow, kind: str, now: str, ids: set[str], language: str, text: str) -> Decision:
    """Return a decision with an id that is not in `ids`, and add the id.

    A reviewer who reverts a change may make the same decision twice, hence the counter in the digest.
    """
    about = " ".join(map(str, row.references))
    for turn in count():
        said = "\x1f".join((kind, row.article, about, language, text, str(turn)))
        id = "t" + hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()
        if id not in ids:
            break
    ids.add(id)
    return Decision(id, now, "", kind, row.article, row.id, row.references, language, text)


def _conflicts(new: Sequence[Decision], old: Sequence[Decision]) -> list[str]:
    """Return the contradictions between new decisions and active ones that they do not withdraw."""
    cancelled = withdrawn([*old, *new])
    resolved: dict[tuple[str, str, str], list[Decision]] = {}
    for decision in old:
        if decision.id not in cancelled and decision.kind in _CONFLICTING_KINDS:
            for place in _key(decision):
                resolved.setdefault(place, []).append(decision)
    found: dict[tuple[str, str], str] = {}
    for decision in new:
        if decision.id in cancelled or decision.kind not in _CONFLICTING_KINDS:
            continue
        for other in {d.id: d for place in _key(decision) for d in resolved.get(place, [])}.values():
            if _contradict(decision, other):
                found[decision.id, other.id] = (
                    f"{decision.kind} {decision.id} of {_place(decision)} contradicts {other.kind} {other.id}"
                    f" of {_place(other)}{f' by {other.reviewer}' if other.reviewer else ''}"
                )
    return list(found.values())


def _contradict(one: Decision, other: Decision) -> bool:
    """Return whether two decisions that share a paragraph contradict each other."""
    kinds = {one.kind, other.kind}
    if "propose" in kinds:
        same = kinds == {"propose"} and one.language == other.language and _key(one) == _key(other)
        return same and one.text != other.text
    if _key(one) == _key(other):
        return kinds == {"approve", "reject"}
    return not kinds & {"reject"}


def _key(decision: Decision) -> frozenset[tuple[str, str, str]]:
    return frozenset(
        (decision.article, r.language, f"{r.number}:{r.fingerprint}") for r in decision.paragraphs
    )


def _place(decision: Decision) -> str:
    return "+".join(f"{r.language} {r.number}" for r in decision.paragraphs)
