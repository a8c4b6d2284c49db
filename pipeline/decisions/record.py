"""A decision and its form as a line of `decisions.csv`; `docs/output.md` describes the columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.datatypes import unlike_number

PAIRING_KINDS = ("join", "part")
"""Kinds of decisions about files (`pipeline.decisions.pairings`)."""

KINDS = ("approve", "reject", "comment", "propose", "dismiss", "split", "repair", *PAIRING_KINDS, "withdraw")

MAX_TEXT = 1_000_000
"""Maximum characters of a comment or a proposed text."""

_ID = re.compile(r"[0-9A-Za-z_.:-]{1,64}")
_REFERENCE = re.compile(r"([a-z]{2,3}(?:-[a-z]{2,4})?):([1-9][0-9]{0,8}):([0-9a-f]{12})")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,4})?")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Reference(NamedTuple):
    """A paragraph as referenced by a decision."""

    language: str
    number: int  # in the raw file at the time of the decision
    fingerprint: str  # of its text

    def __str__(self) -> str:
        return f"{self.language}:{self.number}:{self.fingerprint}"


class Decision(NamedTuple):
    """One decision of a reviewer; the fields are the columns of `decisions.csv`, but for `seen`."""

    id: str
    time: str  # UTC, as in 2026-01-31T09:30:00Z
    reviewer: str
    kind: str
    article: str
    target: str  # id of the row, the finding or the withdrawn decision
    paragraphs: tuple[Reference, ...]  # of the row
    language: str  # of the proposed text
    text: str  # a comment, a proposed text, the first part of a split, or files as language:name, a line each
    seen: tuple[str, ...] = ()  # languages that the article had, () if unknown; written in `paragraphs`


COLUMNS = Decision._fields[:-1]


def parse_decision(fields: Mapping[str, str]) -> Decision:
    """Return the decision in a line, given by column name; raises `ValueError` with the problem."""
    values = {name: fields.get(name) or "" for name in COLUMNS}
    if "+" in values["target"] and is_number(values["target"]) and values["paragraphs"]:
        values["target"] = ""  # was the id of a row or finding, which its paragraphs tell as well
    if values["kind"] == "dismiss":
        values["target"] = unlike_number(values["target"])  # ids of findings were numbers once
    problem = _problem(values)
    if problem:
        raise ValueError(problem)
    references, seen = parse_references(values["paragraphs"])
    return Decision(**(values | {"paragraphs": references, "seen": seen}))  # type: ignore[arg-type]


def is_number(id: str) -> bool:
    """Return whether an id is a number, into which a spreadsheet may have turned it."""
    return _NUMBER.fullmatch(id) is not None


def parse_references(cell: str) -> tuple[tuple[Reference, ...], tuple[str, ...]]:
    """Return the paragraphs in a cell such as `it:4:0a1b2c3d4e5f ko:4:5f4e3d2c1b0a it ko pl`.

    The languages that the article had come second; older logs do not name them. Raises `ValueError`.
    """
    found, seen = [], []
    for part in cell.split():
        match = _REFERENCE.fullmatch(part)
        if match is not None:
            found.append(Reference(match[1], int(match[2]), match[3]))
        elif _LANGUAGE.fullmatch(part):
            seen.append(part)
        else:
            raise ValueError(f"{part!r} is not a paragraph; write language:number:fingerprint")
    return tuple(found), tuple(seen)


def decision_fields(decision: Decision) -> dict[str, str]:
    """Return the line of a decision by column name; the inverse of `parse_decision`."""
    fields = decision._asdict() | {"paragraphs": join_references(decision.paragraphs, decision.seen)}
    del fields["seen"]
    return fields


def join_references(references: Sequence[Reference], seen: Sequence[str] = ()) -> str:
    """Return the paragraphs as one cell; the inverse of `parse_references`."""
    return " ".join([*map(str, references), *seen])


def problem_of(decision: Decision) -> str:
    """Return why `parse_decision` would refuse the line of a decision, or ""."""
    return _problem(decision_fields(decision))


def _problem(values: Mapping[str, str]) -> str:
    """Return the problem with a line, or ""."""
    kind = values["kind"]
    if kind not in KINDS:
        return f"the kind {kind!r} is unknown; known are {', '.join(KINDS)}"
    for name in ("id", "target"):
        needed = name == "id" or kind in ("dismiss", "withdraw")
        if not _ID.fullmatch(values[name]) and (needed or values[name]):
            number = "; a spreadsheet has turned it into a number" if is_number(values[name]) else ""
            return f"the {name} {values[name]!r} is not valid{number}"
    if values["time"] and not _TIME.fullmatch(values["time"]):
        return f"the time {values['time']!r} is not valid; write it as 2026-01-31T09:30:00Z"
    if kind not in ("dismiss", "withdraw", *PAIRING_KINDS) and ":" not in values["paragraphs"]:
        return f"a decision of kind {kind} needs paragraphs"
    if kind == "propose" and not values["language"]:
        return "a proposed text needs its language"
    if kind in PAIRING_KINDS and len(values["text"].split("\n")) < 2:
        return "a decision about files names at least two"
    if kind == "split" and (len(values["paragraphs"].split()) != 1 or not values["text"].strip()):
        return "a split needs one paragraph, and its first part as text"
    if kind == "comment" and not values["text"].strip():
        return "a comment needs a text"
    if any(len(value) > MAX_TEXT for value in values.values()):
        return "a text is too long"
    if any(_CONTROL.search(value) for name, value in values.items()):
        return "it contains control characters"
    return ""
