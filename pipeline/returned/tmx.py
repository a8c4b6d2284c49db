"""TMX that came back: the texts, verdicts and notes of a translation memory."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.bitexts.elements import LANGUAGE, children, local_name, read_elements
from pipeline.bitexts.inline import read_inline
from pipeline.decisions.edited import Remark
from pipeline.errors import InputError
from pipeline.ingestion.formats.xmltree import Element
from pipeline.languages.codes import is_known, language_code
from pipeline.returned.units import Returned, Unit

_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z")


def read(path: Path) -> Returned:
    """Return the units of a memory; raises `InputError` if it is damaged or no TMX file."""
    source = ""
    units: list[Unit] = []
    root: Element | None = None
    languages: dict[str, None] = {}
    for event, element in read_elements(path):
        name = local_name(element)
        if root is None:
            root = element
            if name != "tmx":
                raise InputError(f"{path} is not a TMX file: its root is <{name}>")
        elif event == "start" and name == "header":
            source = language_code(element.get("srclang", ""))
        elif event == "end" and name == "tu":
            units.append(_unit(path, element, len(units) + 1))
            languages |= dict.fromkeys(units[-1].texts)
            element.clear()
    first = [source] if source in languages else []
    return Returned(tuple(dict.fromkeys([*first, *languages])), units)


def _unit(path: Path, unit: Element, number: int) -> Unit:
    texts: dict[str, str] = {}
    paragraphs: dict[str, str] = {}
    coded = False
    variants = children(unit, "tuv")
    for variant in variants:
        code = language_code(variant.get(LANGUAGE) or variant.get("lang") or "")
        if not code or not is_known(code):
            raise InputError(f"{path}: unit {number} has a text without the code of a language")
        for segment in children(variant, "seg"):
            if code not in texts:
                texts[code], codes = read_inline(segment)
                coded = coded or bool(codes)
        numbers = _properties(variant).get("x-paragraphs")
        if numbers is not None:
            paragraphs[code] = numbers
    said = _properties(unit)
    dated = [(_time(part), _person(part)) for part in (unit, *variants)]
    time, reviewer = max(dated, default=("", ""))
    row = said.get("x-row", "")
    return Unit(
        f"unit {unit.get('tuid') or number}",
        tuple(filter(None, (unit.get("tuid"), said.get("id")))),
        texts,
        said.get("x-article", ""),
        number=int(row) if row.isascii() and row.isdigit() and len(row) < 10 else 0,
        paragraphs=paragraphs,
        coded=coded,
        review=said.get("x-review"),
        remarks=tuple(
            Remark(note.text or "", _person(part))
            for part in (unit, *variants)
            for note in children(part, "note")
        ),
        reviewer=reviewer,
        time=time,
        context=(said.get("prev", ""), said.get("next", "")) if {"prev", "next"} & said.keys() else None,
    )


def _properties(element: Element) -> dict[str, str]:
    return {prop.get("type", ""): prop.text or "" for prop in children(element, "prop")}


def _person(element: Element) -> str:
    return element.get("changeid") or element.get("creationid") or ""


def _time(element: Element) -> str:
    """Return when a unit was last changed, as decisions have it; "" if it does not say so."""
    match = _STAMP.fullmatch(element.get("changedate") or element.get("creationdate") or "")
    return "{}-{}-{}T{}:{}:{}Z".format(*match.groups()) if match else ""
