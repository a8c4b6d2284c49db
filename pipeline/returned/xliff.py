"""XLIFF 1.2 and 2.x that came back: texts, states and notes.

A unit is read as a whole, in however many segments it is now: `<segment>` and `<ignorable>` in XLIFF 2,
`<mrk mtype="seg">` in 1.2. Suggestions of the tool (`alt-trans`, `mtc:matches`) are not the translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.bitexts.elements import children, local_name, read_elements
from pipeline.bitexts.inline import read_inline
from pipeline.bitexts.segments import Code
from pipeline.decisions.edited import Remark
from pipeline.errors import InputError
from pipeline.ingestion.formats.xmltree import Element, attribute
from pipeline.languages.codes import is_known, language_code
from pipeline.returned.units import Piece, Returned, Unit, joined

APPROVING = frozenset(("final", "signed-off", "reviewed"))
"""States of XLIFF 1.2 and 2 that say that somebody approved a translation."""

_MEMOQ = {"Proofread": "final", "ManuallyConfirmed": "translated", "NotStarted": "new"}
_PRISTINE = frozenset(("", "new", "initial", "needs-translation"))
_ROW = re.compile(r"r([1-9]\d{0,8})")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_NOBODY = frozenset(("", "synoptic", "reviewer", "translator", "developer"))


def read(path: Path) -> Returned:
    """Return the units of a file; raises `InputError` if it is damaged or no XLIFF file."""
    units: list[Unit] = []
    languages: dict[str, None] = {}
    pair, version, file = ("", ""), "", ""
    people: dict[str, tuple[str, str]] = {}
    for event, element in read_elements(path):
        name = local_name(element)
        if not version:
            version = _version(path, element, name)
            pair = element.get("srcLang", ""), element.get("trgLang", "")
        if event == "start" and name == "file":
            file = element.get("id") or element.get("original") or ""
            pair = element.get("source-language", pair[0]), element.get("target-language", pair[1])
        elif event == "end" and name == "header":
            people = {**people, **_people(element)}
        elif event == "end" and name in ("unit", "trans-unit"):
            source, target = (_language(path, tag) for tag in pair)
            languages |= dict.fromkeys((source, target))
            make = _unit if name == "unit" else _trans_unit
            units.append(make(element, (source, target), file, people))
            element.clear()
    return Returned(tuple(languages), units)


def _version(path: Path, root: Element, name: str) -> str:
    version = root.get("version", "")
    if name != "xliff" or not version.startswith(("1.", "2.")):
        raise InputError(f"{path} is not an XLIFF file of version 1 or 2: its root is <{name}>")
    return version


def _language(path: Path, tag: str) -> str:
    code = language_code(tag)
    if not code or not is_known(code):
        raise InputError(f"{path} does not declare its two languages: {tag!r} is not the code of a language")
    return code


def _people(header: Element) -> dict[str, tuple[str, str]]:
    """Return name and time of the work in each phase that XLIFF 1.2 names."""
    return {
        phase.get("phase-name", ""): (phase.get("contact-name", ""), _time(phase.get("date", "")))
        for phase in header.iter()
        if local_name(phase) == "phase"
    }


def _time(text: str) -> str:
    return text if _TIME.fullmatch(text) else ""


def _unit(unit: Element, pair: tuple[str, str], file: str, _: object) -> Unit:
    """Read a `<unit>` of XLIFF 2."""
    parts = [part for part in unit if local_name(part) in ("segment", "ignorable")]
    codes: list[Code] = []
    sources = [piece for piece, _ in _pieces_of(parts, "source", codes)]
    ordered = sorted(_pieces_of(parts, "target", codes), key=lambda each: each[1])
    segments = [part for part in parts if local_name(part) == "segment"]
    translated = [part for part in segments if children(part, "target")]
    texts = {pair[0]: joined(sources, sources)}
    partial = 0 < len(translated) < len(segments)
    if translated and not partial:
        texts[pair[1]] = joined(sources, [piece for piece, _ in ordered])
    states = {part.get("state", "initial") for part in segments}
    id_ = unit.get("id", "")
    row = _ROW.fullmatch(id_)
    return Unit(
        f"unit {id_}", tuple(filter(None, (unit.get("name"), id_))), texts, file,
        number=int(row[1]) if row else 0,
        paragraphs=_paragraphs(unit, "meta", r"(.+) paragraphs"),
        split=len(parts) > 1,
        partial=partial,
        coded=bool(codes),
        review="approved" if states and states <= APPROVING else None,
        reopened=bool(translated) and "initial" in states,
        pristine=states <= _PRISTINE,
        remarks=tuple(_notes([some for part in (unit, *parts) for some in children(part, "notes")], pair)),
    )  # fmt: skip


def _pieces_of(parts: Iterable[Element], name: str, codes: list[Code]) -> Iterator[tuple[Piece, int]]:
    """Yield the texts of segments and what is between them, with their place in the target."""
    for number, part in enumerate(parts, 1):
        found = children(part, name) or (
            children(part, "source") if local_name(part) == "ignorable" else []
        )
        for element in found[:1]:
            text, more = read_inline(element)
            codes.extend(more)
            order = element.get("order", "")
            id_ = str(number) if local_name(part) == "segment" else ""
            yield Piece(text, id_), int(order) if order.isascii() and order.isdigit() else number


def _trans_unit(
    unit: Element, pair: tuple[str, str], file: str, people: dict[str, tuple[str, str]]
) -> Unit:
    """Read a `<trans-unit>` of XLIFF 1.2."""
    codes: list[Code] = []
    source = next(iter(children(unit, "seg-source") or children(unit, "source")), None)
    whole = next(iter(children(unit, "source")), None)
    target = next(iter(children(unit, "target")), None)
    gaps = _marked(source, []) if source is not None else []
    texts = {pair[0]: joined(gaps, _marked(whole, codes)) if whole is not None else ""}
    if target is not None:
        texts[pair[1]] = joined(gaps, _marked(target, codes))
    state, approved = _state(unit, target)
    who, when = people.get((target.get("phase-name", "") if target is not None else ""), ("", ""))
    id_ = unit.get("id", "")
    return Unit(
        f"unit {id_}", tuple(filter(None, (id_, unit.get("resname")))), texts, file,
        number=_number(unit),
        paragraphs=_paragraphs(unit, "context", r"x-(.+)-paragraphs"),
        split=sum(bool(piece.id) for piece in gaps) > 1,
        coded=bool(codes),
        review="approved" if approved else None,
        reopened=not approved and state.startswith(("needs-", "new")),
        pristine=state in _PRISTINE,
        remarks=tuple(_notes([unit], pair)),
        reviewer=who,
        time=when,
    )  # fmt: skip


def _state(unit: Element, target: Element | None) -> tuple[str, bool]:
    """Return the state of a translation, and whether it is approved; `approved="no"` overrules a state."""
    state = (target.get("state", "") if target is not None else "") or _MEMOQ.get(
        attribute(unit, "status"), ""
    )
    flag = unit.get("approved", "")
    if target is None or state.startswith("needs-") or state == "new":
        return state, False
    return state, flag == "yes" or (not flag and state in APPROVING)


def _marked(element: Element, codes: list[Code]) -> list[Piece]:
    """Return the segments of a text in XLIFF 1.2, and what is between them."""
    marks = [child for child in element if local_name(child) == "mrk" and child.get("mtype") == "seg"]
    if not marks:
        text, more = read_inline(element)
        codes.extend(more)
        return [Piece(text, "0")]
    pieces = [Piece(element.text or "")]
    for child in element:
        if child in marks:
            text, more = read_inline(child)
            codes.extend(more)
            pieces.append(Piece(text, child.get("mid") or "0"))
        else:
            pieces.append(Piece("".join(map(str, child.itertext()))))
        pieces.append(Piece(child.tail or ""))
    return pieces


def _paragraphs(unit: Element, name: str, form: str) -> dict[str, str]:
    """Return the paragraph numbers that the export wrote into a unit, by language."""
    found = {}
    for element in unit.iter():
        if local_name(element) == name:
            match = re.fullmatch(form, element.get("type") or element.get("context-type") or "")
            if match:
                found[match[1]] = element.text or ""
    return found


def _number(unit: Element) -> int:
    for element in unit.iter():
        if local_name(element) == "context" and element.get("context-type") == "x-row":
            text = element.text or ""
            return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    return 0


def _notes(parents: Iterable[Element], pair: tuple[str, str]) -> Iterator[Remark]:
    """Yield the notes; one of the category `proposal` is a better text for the side that it applies to."""
    for parent in parents:
        for note in children(parent, "note"):
            side = note.get("appliesTo") or note.get("annotates") or ""
            is_text = note.get("category") == "proposal" and side in ("source", "target")
            language = pair[side == "target"] if is_text else ""
            who = note.get("from", "")
            text = "".join(map(str, note.itertext()))
            yield Remark(text, who if who.lower() not in _NOBODY else "", language)
