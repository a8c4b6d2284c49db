"""The paragraphs of an HWP 5 section: text with control characters, and the controls they stand for."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from pipeline.datatypes import Block
from pipeline.ingestion.formats.hangul import prompt_of, without_prompt
from pipeline.ingestion.formats.hwp_records import (
    CTRL_HEADER,
    LIST_HEADER,
    MEMO_LIST,
    PARA_HEADER,
    PARA_TEXT,
    SHAPE_COMPONENT,
    TABLE,
    Record,
    strings,
)
from pipeline.ingestion.formats.reading import paragraph_blocks, with_reading

_CONTROL = 8  # 16-bit units of a control character with what belongs to it
_WITH_RECORD = frozenset((1, 2, 3, 11, 12, 14, 15, 16, 17, 18, 21, 22, 23))
_LONG = _WITH_RECORD | {4, 5, 6, 7, 8, 9, 19, 20}
_CHARACTERS = {9: "\t", 10: "\n", 24: "-", 30: "\u00a0", 31: " "}
_FIELD_END, _PARAGRAPH_END = 4, 13
_LEFT_OUT = frozenset(
    ("tcmt", "eqed", "cold", "%%me", "pgnp", "pghd", "pgct", "nwno", "bokm", "idxm", "form")
)
_NUMBERED = (
    3,
    4,
    5,
)  # automatic numbers of pictures, tables and formulas; others are those of pages and notes


class _Text(NamedTuple):
    """The visible text of a paragraph, and the controls whose text follows it."""

    pieces: list[str]
    boxes: list[Record]
    fields: list[tuple[int, str]]  # where the content of each open field begins, and its prompt


class Body:
    """Reads paragraphs, and notes the footnotes, headers and footers that are anchored in them."""

    def __init__(self, styles: Sequence[str], shapes: Mapping[int, str]) -> None:
        self._styles = styles
        self._shapes = shapes
        self.notes: list[Record] = []
        self.margins: list[Record] = []

    def blocks(self, records: Sequence[Record], inside: str = "") -> Iterator[Block]:
        """Yield the paragraphs among records, and those of lists below them; of memos there are none."""
        for record in takewhile(lambda record: record.tag != MEMO_LIST, records):
            if record.tag == PARA_HEADER:
                yield from self._paragraph(record, inside)
            elif record.tag in (LIST_HEADER, SHAPE_COMPONENT, CTRL_HEADER):
                yield from self.blocks(record.children, inside)

    def _paragraph(self, record: Record, inside: str) -> Iterator[Block]:
        """Yield a paragraph, then those of the tables and boxes that are anchored in it."""
        controls = [child for child in record.children if child.tag == CTRL_HEADER]
        text = _Text([], [], [])
        for child in record.children:
            if child.tag == PARA_TEXT:
                self._read(child.data, controls, text)
        for control in controls:  # what no character stands for, in a damaged file
            self._control(control, text)
        kind = self._kind(record.data, inside)
        yield from paragraph_blocks(kind, "".join(text.pieces))
        for box in text.boxes:
            yield from self._box(box, inside)

    def _kind(self, header: bytes, inside: str) -> str:
        shape, style = struct.unpack_from("<HB", header, 8) if len(header) >= 11 else (0, 0)
        kind = (self._styles[style] if style < len(self._styles) else "") or self._shapes.get(shape, "")
        if inside == "caption" or (inside and kind in ("", "list-item")):
            return inside
        return kind or "paragraph"

    def _box(self, control: Record, inside: str) -> Iterator[Block]:
        """Yield the paragraphs of a table or a box; those before its own record are its caption."""
        is_table = _id(control) == "tbl "
        inner = control.children
        begin = next((k for k, r in enumerate(inner) if r.tag in (TABLE, SHAPE_COMPONENT)), 0)
        yield from self.blocks(inner[:begin], "caption")
        yield from self.blocks(inner[begin:], "table-cell" if is_table else inside)

    def _read(self, data: bytes, controls: list[Record], text: _Text) -> None:
        """Add the text of a paragraph, and take the controls that its characters stand for from the list."""
        units = struct.unpack_from(f"<{len(data) // 2}H", data)
        place = start = 0
        while place < len(units):
            unit = units[place]
            if unit >= 32:
                place += 1
                continue
            text.pieces.append(_decoded(data, start, place))
            if unit == _PARAGRAPH_END:
                return
            if unit in _WITH_RECORD:
                self._control(_next_control(controls, data[2 * place + 2 : 2 * place + 6]), text)
            elif unit == _FIELD_END and text.fields:
                without_prompt(text.pieces, *text.fields.pop())
            else:
                text.pieces.append(_CHARACTERS.get(unit, ""))
            place += _CONTROL if unit in _LONG else 1
            start = place
        text.pieces.append(_decoded(data, start, place))

    def _control(self, control: Record | None, text: _Text) -> None:
        """Add the text of a control, or note where it belongs."""
        name = _id(control) if control is not None else ""
        if control is None or name in _LEFT_OUT:
            return
        if name == "tdut":
            text.pieces.append(with_reading(*strings(control.data[4:], 2)))
        elif name == "tcps":
            text.pieces.append(strings(control.data[4:], 1)[0])
        elif name == "atno":
            text.pieces.append(_automatic_number(control.data))
        elif name.startswith("%"):
            text.fields.append((len(text.pieces), prompt_of(_command(control.data))))
        elif name in ("fn  ", "en  "):
            self.notes.append(control)
        elif name in ("head", "foot", "secd"):  # a section has the pages behind its text
            self.margins.append(control)
        else:
            text.boxes.append(control)


def _next_control(controls: list[Record], id_: bytes) -> Record | None:
    """Take the first control of a kind from the list."""
    place = next((k for k, control in enumerate(controls[:100]) if control.data[:4] == id_), None)
    return controls.pop(place) if place is not None else None


def _id(control: Record) -> str:
    return control.data[:4][::-1].decode("latin-1")


def _decoded(data: bytes, start: int, end: int) -> str:
    return data[2 * start : 2 * end].decode("utf-16-le", "replace")


def _automatic_number(data: bytes) -> str:
    if len(data) < 10:
        return ""
    properties, number = struct.unpack_from("<IH", data, 4)
    return str(number) if properties & 0xF in _NUMBERED else ""


def _command(field: bytes) -> str:
    """Return the command of a field, which stands after its id and properties of 4 and 1 bytes."""
    return strings(field[9:], 1)[0]
