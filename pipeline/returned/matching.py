"""Finds the rows that the units of a returned file are about.

Ids name rows. A unit whose id was lost is found by its text: a memory keeps one unit for all repeats of a
text, and a tool that segments by sentences has several units for a row.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.decisions.conflicts import Conflict
from pipeline.decisions.edited import Edited, RowFinder
from pipeline.decisions.replay import CorpusRow
from pipeline.errors import InputError
from pipeline.exports.content import Content
from pipeline.returned.differences import edit_of, key, merge, warnings_of
from pipeline.returned.units import Returned, Unit

_START = 8
"""Characters by which the units that may begin at a place of a text are looked up."""


class Matched(NamedTuple):
    """Rows as they came back, and what could not be used."""

    edited: list[tuple[CorpusRow, Edited]]
    warnings: list[str]
    conflicts: list[Conflict]


def match(returned: Returned, rows: Sequence[CorpusRow], content: Content, path: Path) -> Matched:
    """Return the rows of the corpus that the units of a file are about; raises `InputError` if none."""
    foreign = [code for code in returned.languages if code not in content.languages]
    if foreign:
        raise InputError(f"{path} is in {', '.join(foreign)}, which this corpus does not have")
    if not returned.units:
        raise InputError(f"{path} has no units")
    by_row, left = _named(returned, rows)
    left = _by_text(returned.languages, left, rows, by_row)
    left = _assembled(returned.languages, left, rows, by_row)
    if not by_row:
        raise InputError(f"{path} has no row of this corpus: it belongs to another run")
    warnings = [f"{unit.place}: no row has its id or its text" for unit in left]
    conflicts: list[Conflict] = []
    exported = {(row.article, row.id): row for row in content.rows}
    edited = []
    for row in rows:
        units = by_row.get((row.article, row.nodes), [])
        if units:
            edits = [edit_of(unit, row, exported[row.article, row.id]) for unit in units]
            warnings += [warning for unit in units for warning in warnings_of(unit, row)]
            merged, contradictions = merge(edits, row)
            conflicts += contradictions
            if not contradictions:
                edited.append((row, merged))
    return Matched(edited, warnings, conflicts)


_Row = tuple[str, frozenset[tuple[int, int]]]
_ByRow = defaultdict[_Row, list[Unit]]


def _named(returned: Returned, rows: Sequence[CorpusRow]) -> tuple[_ByRow, list[Unit]]:
    """Return the units by the row that they name, and the units that name none."""
    articles = {row.article for row in rows}
    finder = RowFinder(rows, {unit.article for unit in returned.units})
    numbered = {(row.article, row.fields["row"]): row for row in rows}
    found: _ByRow = defaultdict(list)
    left = []
    for unit in returned.units:
        article = unit.article if unit.article in articles else ""
        values = {f"{code}_paragraphs": numbers for code, numbers in unit.paragraphs.items()}
        named = (finder.find(id_, article, values) for id_ in unit.ids)
        row = next((row for row in named if row is not None), None)
        if row is None and unit.number and article:
            there = numbered.get((article, str(unit.number)))
            if there and any(key(unit.texts.get(c, "")) == key(t) for c, t in there.texts.items() if t):
                row = there
        if row is None:
            left.append(unit)
        else:
            found[row.article, row.nodes].append(unit)
    return found, left


def _by_text(
    languages: Sequence[str], units: Iterable[Unit], rows: Iterable[CorpusRow], by_row: _ByRow
) -> list[Unit]:
    """Find units by their source text; return those that no row has."""
    index: defaultdict[tuple[str, str], list[CorpusRow]] = defaultdict(list)
    context: dict[_Row, tuple[str, str]] = {}
    ordered = list(rows)
    source = languages[0]
    for before, row, after in zip([None, *ordered], ordered, [*ordered[1:], None], strict=False):
        context[row.article, row.nodes] = (_text_of(before, row, source), _text_of(after, row, source))
        for code in languages:
            if row.texts.get(code):
                index[code, key(row.texts[code])].append(row)
    claimed = set(by_row)
    left = []
    for unit in sorted(units, key=lambda unit: unit.context is None):  # alternatives before defaults
        there = next(
            (index[code, key(unit.texts[code])] for code in languages
             if code in unit.texts and (code, key(unit.texts[code])) in index),
            None,
        )  # fmt: skip
        if there is None:
            left.append(unit)
            continue
        chosen = [row for row in there if (row.article, row.nodes) not in claimed]
        if unit.context is not None:
            chosen = [row for row in chosen if context[row.article, row.nodes] == _keys(unit.context)]
            claimed.update((row.article, row.nodes) for row in chosen)
        elif any(_says_the_same(unit, row) for row in there):  # the memory keeps one of several translations
            chosen = [row for row in chosen if _says_the_same(unit, row)]
        for row in chosen:
            by_row[row.article, row.nodes].append(unit)
    return left


def _text_of(other: CorpusRow | None, row: CorpusRow, language: str) -> str:
    return key(other.texts.get(language, "")) if other is not None and other.article == row.article else ""


def _keys(texts: tuple[str, str]) -> tuple[str, str]:
    return key(texts[0]), key(texts[1])


def _says_the_same(unit: Unit, row: CorpusRow) -> bool:
    return all(key(text) == key(row.texts[code]) for code, text in unit.texts.items())


def _assembled(
    languages: Sequence[str], units: list[Unit], rows: Iterable[CorpusRow], by_row: _ByRow
) -> list[Unit]:
    """Put rows together from units that are parts of their source text; return the units without a row."""
    source = languages[0]
    starts: defaultdict[str, list[tuple[str, Unit]]] = defaultdict(list)
    for unit in units:
        text = key(unit.texts.get(source, ""))
        if text:
            starts[text[:_START]].append((text, unit))
    for some in starts.values():
        some.sort(key=lambda each: -len(each[0]))
    short = sorted({len(start) for start in starts if len(start) < _START}, reverse=True)
    used: set[int] = set()
    for row in rows:
        if (row.article, row.nodes) in by_row or not row.texts.get(source):
            continue
        parts = _cover(row.texts[source], starts, short)
        if len(parts) > 1:
            by_row[row.article, row.nodes].append(_whole(parts, row, source))
            used.update(id(unit) for _, unit in parts)
    return [unit for unit in units if id(unit) not in used]


def _cover(
    text: str, starts: Mapping[str, Sequence[tuple[str, Unit]]], short: Sequence[int]
) -> list[tuple[str, Unit]]:
    """Return units whose source texts follow each other to make up a text, each with the gap before it."""
    place = 0
    parts: list[tuple[str, Unit]] = []
    while True:
        gap = text[place : len(text) - len(text[place:].lstrip())] if parts else ""
        place += len(text[place:]) - len(text[place:].lstrip())
        if place == len(text):
            return parts
        for length in (_START, *short):
            begin = key(text[place : place + 4 * _START])[:length]
            ends = ((_end(text, place, part), unit) for part, unit in starts.get(begin, ()))
            end, unit = next((found for found in ends if found[0]), (0, None))
            if unit is not None:
                parts.append((gap, unit))
                place = end
                break
        else:
            return []


def _end(text: str, place: int, part: str) -> int:
    """Return where a part that stands at a place of a text ends in it, or 0 if it does not stand there."""
    form = re.compile(r"\s+".join(map(re.escape, part.split(" "))))
    match = form.match(text, place)
    return match.end() if match else 0


def _whole(parts: Sequence[tuple[str, Unit]], row: CorpusRow, source: str) -> Unit:
    """Return the units that make up a row as one."""
    units = [unit for _, unit in parts]
    texts = {
        code: "".join((gap if k else "") + unit.texts[code].strip() for k, (gap, unit) in enumerate(parts))
        for code in row.texts
        if all(code in unit.texts for unit in units)
    }
    texts[source] = row.texts[source]
    latest = max(units, key=lambda unit: unit.time)
    remarks = tuple(dict.fromkeys(remark for unit in units for remark in unit.remarks))
    return latest._replace(texts=texts, split=True, review=None, remarks=remarks, context=None)
