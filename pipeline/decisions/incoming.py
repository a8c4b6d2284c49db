"""Decisions that come from elsewhere: a reviewer's saved file, or a corpus table that came back edited.

A file is taken in as a whole or not at all. What names a row or finding that the corpus does not have is
left out with a warning; what contradicts a decision that stands is a conflict, and then nothing is
taken in unless the caller says that the file overrules.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from pipeline.corpus import text_column
from pipeline.datatypes import PARAGRAPH_JOINER
from pipeline.decisions.guard import guarded, unguarded
from pipeline.decisions.record import Decision, Reference, fingerprint
from pipeline.decisions.standing import withdrawn
from pipeline.decisions.store import Log, parse_decisions
from pipeline.errors import InputError
from pipeline.finished import languages_of, read_table, table_of
from pipeline.gold import paragraph_numbers

_SAID = {"approved": "approve", "rejected": "reject"}
_MATTERS = ("approve", "reject", "repair", "propose")
"""Kinds of which two can contradict each other."""


class KnownRow(NamedTuple):
    """A row of the corpus that decisions may be about."""

    id: str
    article: str
    texts: Mapping[str, str]  # by language
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What decisions can be about: the rows, findings and paragraphs of the corpus in a folder."""

    languages: tuple[str, ...]
    rows: Mapping[str, KnownRow]
    findings: frozenset[str]
    paragraphs: frozenset[tuple[str, str]]  # language and fingerprint


@dataclass(slots=True)
class Incoming:
    """What a file comes to."""

    decisions: list[Decision] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def read_known(out: Path) -> Known:
    """Return what decisions about the corpus in `out` can be about; raises `InputError`."""
    languages = languages_of(out)
    rows = {line["id"]: _known_row(line, languages) for line in table_of(out / "corpus.csv")}
    return Known(
        languages,
        rows,
        frozenset(line["id"] for line in table_of(out / "findings.csv")),
        frozenset((r.language, r.fingerprint) for row in rows.values() for r in row.references),
    )


def _known_row(line: Mapping[str, str], languages: Sequence[str]) -> KnownRow:
    texts = {code: line[text_column(code)] for code in languages}
    references: list[Reference] = []
    for code, text in texts.items():
        numbers = paragraph_numbers(line[f"{code}_paragraphs"])
        parts = text.split(PARAGRAPH_JOINER) if text else []
        for k, part in enumerate(parts):  # of sentences, several can have the number of their paragraph
            number = numbers[min(k, len(numbers) - 1)]
            references.append(Reference(code, number, fingerprint(part)))
    return KnownRow(line["id"], line["article"], texts, tuple(references))


def read_incoming(path: Path, known: Known, log: Log) -> Incoming:
    """Return what the file at `path` comes to beside what was decided already; raises `InputError`."""
    header, lines, saved = _read(path)
    if saved is not None:
        incoming = _saved(saved, known, log)
    elif "id" in header and any(text_column(code) in header for code in known.languages):
        incoming = _edited(header, lines, known, log)
    else:
        raise InputError(f"{path} holds neither decisions nor a corpus: it has no columns of either")
    there = {decision.id for decision in log.decisions}
    incoming.decisions = [decision for decision in incoming.decisions if decision.id not in there]
    incoming.conflicts += _conflicts(incoming.decisions, log.decisions)
    return incoming


def _read(path: Path) -> tuple[list[str], list[tuple[int, list[str]]], Log | None]:
    """Return the table in a file, and the decisions if it holds such."""
    if path.suffix.lower() == ".xlsx":
        from pipeline.exports.xlsx import read_xlsx

        header, lines = read_xlsx(path)
        return header, lines, None
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    header, lines = read_table(data, str(path))
    is_log = {"id", "kind", "paragraphs"} <= set(header)
    return header, lines, parse_decisions(data, str(path)) if is_log else None


def _saved(saved: Log, known: Known, log: Log) -> Incoming:
    """Return the decisions of a saved file that the corpus knows."""
    incoming = Incoming(warnings=[f"line {line}: {reason}" for line, reason in saved.unreadable])
    ids = {decision.id for decision in (*saved.decisions, *log.decisions)}
    for decision in saved.decisions:
        problem = _unknown(decision, known, ids)
        if problem:
            incoming.warnings.append(f"{decision.kind} {decision.id}: {problem}")
        else:
            incoming.decisions.append(decision)
    return incoming


def _unknown(decision: Decision, known: Known, ids: set[str]) -> str:
    """Return what a decision names that the corpus does not have, or ""."""
    if decision.kind == "withdraw":
        return "" if decision.target in ids else f"there is no decision {decision.target}"
    if decision.kind == "dismiss":
        return "" if decision.target in known.findings else f"there is no finding {decision.target}"
    gone = [r for r in decision.paragraphs if (r.language, r.fingerprint) not in known.paragraphs]
    if gone:
        places = ", ".join(f"{r.language} {r.number}" for r in gone)
        return f"the corpus has no such text: {places}"
    return ""


def _edited(
    header: Sequence[str], lines: Iterable[tuple[int, list[str]]], known: Known, log: Log
) -> Incoming:
    """Return what was changed in a corpus table, as decisions."""
    incoming = Incoming()
    seen: dict[str, int] = {}
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for number, line in lines:
        values = dict(zip(header, line, strict=False))
        row = known.rows.get(values.get("id", ""))
        if row is None:
            incoming.warnings.append(f"line {number}: there is no row {values.get('id', '')!r}")
        elif row.id in seen:
            incoming.conflicts.append(f"row {row.id} stands in lines {seen[row.id]} and {number}")
        else:
            seen[row.id] = number
            incoming.decisions += _changes(row, values, log, now)
    return incoming


def _changes(row: KnownRow, values: Mapping[str, str], log: Log, now: str) -> Iterable[Decision]:
    """Yield what a line of an edited table says that the corpus does not."""
    for code, before in row.texts.items():
        cell = values.get(text_column(code), "")
        text = _lines(unguarded(cell) if guarded(before) != before else cell)
        if text.strip() and text != _lines(before):
            yield _decision(row, "propose", now, language=code, text=text)
    kind = _SAID.get(values.get("review", "").strip().lower())
    if kind and not _is_said(row, kind, log):
        yield _decision(row, kind, now)
    if values.get("comment", "").strip():
        yield _decision(row, "comment", now, text=_lines(values["comment"]))


def _is_said(row: KnownRow, kind: str, log: Log) -> bool:
    cancelled = withdrawn(log.decisions)
    said = [
        d.kind
        for d in log.decisions
        if d.id not in cancelled
        and d.kind in ("approve", "reject")
        and (d.target == row.id or _key(d) == _key_of(row.references))
    ]
    return said[-1:] == [kind]


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decision(row: KnownRow, kind: str, now: str, language: str = "", text: str = "") -> Decision:
    """Return a decision whose id is made from what it says, so that a file can be applied twice."""
    said = "\x1f".join((kind, row.id, language, text)).encode("utf-8", "surrogatepass")
    id = "t" + hashlib.blake2b(said, digest_size=9).hexdigest()
    return Decision(id, now, "", kind, row.article, row.id, row.references, language, text)


def _conflicts(new: Sequence[Decision], old: Sequence[Decision]) -> list[str]:
    """Return where new decisions contradict those that stand and that they do not take back."""
    cancelled = withdrawn([*old, *new])
    standing: dict[tuple[str, str], list[Decision]] = {}
    for decision in old:
        if decision.id not in cancelled and decision.kind in _MATTERS:
            for place in _key(decision):
                standing.setdefault(place, []).append(decision)
    found: dict[tuple[str, str], str] = {}
    for decision in new:
        if decision.id in cancelled or decision.kind not in _MATTERS:
            continue
        for other in {d.id: d for place in _key(decision) for d in standing.get(place, [])}.values():
            if _contradict(decision, other):
                found[decision.id, other.id] = (
                    f"{decision.kind} {decision.id} of {_place(decision)} contradicts {other.kind} {other.id}"
                    f" of {_place(other)}{f' by {other.reviewer}' if other.reviewer else ''}"
                )
    return list(found.values())


def _contradict(one: Decision, other: Decision) -> bool:
    """Whether two decisions that share a paragraph cannot both hold."""
    kinds = {one.kind, other.kind}
    if "propose" in kinds:
        same = kinds == {"propose"} and one.language == other.language and _key(one) == _key(other)
        return same and one.text != other.text
    if _key(one) == _key(other):
        return kinds == {"approve", "reject"}
    return not kinds & {"reject"}


def _key(decision: Decision) -> frozenset[tuple[str, str]]:
    return _key_of(decision.paragraphs)


def _key_of(references: Iterable[Reference]) -> frozenset[tuple[str, str]]:
    return frozenset((r.language, f"{r.number}:{r.fingerprint}") for r in references)


def _place(decision: Decision) -> str:
    return "+".join(f"{r.language} {r.number}" for r in decision.paragraphs)
