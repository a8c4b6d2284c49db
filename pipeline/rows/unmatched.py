"""Explains why a paragraph is unmatched when it is neither an omission nor an addition.

Web pages contain lines that were never translated: menus, dates, credits, "leave a comment". They are
recognised by shape and position, not by their words: label-like lines at the head or foot of a file,
outside everything that has a counterpart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.datatypes import BOILERPLATE, OTHER_LANGUAGE, Paragraph, Row
from pipeline.languages.marks import ends_sentence

LABEL_WORDS = 6
"""Maximum words of a label; headlines are longer, and sentences end with punctuation."""

_RUNNING_TEXT = ("paragraph", "list-item")


def explain(rows: Sequence[Row]) -> list[Row]:
    """Return the rows; unmatched ones get the reason in `alone` if it is known."""
    edges = _edges(rows)
    return [
        replace(row, alone=_reason(row, k in edges)) if row.status == "unmatched" and not row.alone else row
        for k, row in enumerate(rows)
    ]


def _reason(row: Row, at_edge: bool) -> str:
    [(language, cell)] = [(x, cell) for x, cell in zip(row.languages, row.cells, strict=True) if cell]
    if all(paragraph.language not in ("", language) for paragraph in cell):
        return OTHER_LANGUAGE
    return BOILERPLATE if at_edge and all(map(_is_label, cell)) else ""


def _is_label(paragraph: Paragraph) -> bool:
    return (
        paragraph.kind in _RUNNING_TEXT
        and len(paragraph.text.split()) <= LABEL_WORDS
        and not ends_sentence(paragraph.text)
    )


def _edges(rows: Sequence[Row]) -> set[int]:
    """Return the unmatched rows before the first or after the last counterpart of their file."""
    places: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for k, row in enumerate(rows):
        for language, cell in zip(row.languages, row.cells, strict=True):
            for paragraph in cell:
                places.setdefault((row.article, language), []).append((paragraph.number, k))
    edges: set[int] = set()
    for units in places.values():
        order = [k for _, k in sorted(units)]
        for direction in (order, order[::-1]):
            for k in direction:
                if rows[k].status != "unmatched":
                    break
                edges.add(k)
    return edges
