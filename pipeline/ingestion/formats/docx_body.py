"""The paragraphs of a part of a DOCX document, as a reader sees them once all changes are accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.datatypes import Block
from pipeline.ingestion.formats.docx_styles import Styles, hidden, is_on, kind_of_properties, position_of
from pipeline.ingestion.formats.fields import text_of_instruction
from pipeline.ingestion.formats.html_signs import in_line, set_above, set_below
from pipeline.ingestion.formats.reading import paragraphs_of, with_reading
from pipeline.ingestion.formats.symbols import symbol
from pipeline.ingestion.formats.xmltree import Element, attribute, name_of

_LEFT_OUT = frozenset(
    (
        *("del", "moveFrom", "delText", "delInstrText"),
        *("rPr", "pPr", "sectPr", "tblPr", "tcPr", "trPr", "sdtPr", "rubyPr", "tblGrid"),
    )
)
_DELETED = frozenset(("del", "moveFrom", "cellDel"))
_CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "softHyphen": "\u00ad",
}
_MARKS = {"superscript": set_above, "subscript": set_below}
_INVISIBLE = re.compile(r"visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)


class Body:
    """Reads the paragraphs of one part, and notes the footnotes that its visible text refers to."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._style = ""  # of the current paragraph
        self._fields: list[bool] = []  # for each open field, whether its instruction is being read
        self._instruction: list[str] = []
        self.notes: dict[tuple[str, str], None] = {}  # kind and id of each note, in order of the references

    def blocks(self, element: Element, inside: str = "") -> Iterator[Block]:
        """Yield the paragraphs below an element; in a table, all but headings and code are cells.

        Where the mark at the end of a paragraph is deleted or hidden, the next paragraph continues it.
        """
        begun: list[tuple[str, str]] = []  # kind and text of paragraphs without an end
        boxes: list[Element] = []
        for child in _content(element):
            if name_of(child) != "p":
                yield from self._ended(begun, boxes, inside)
                yield from self.blocks(child, "table-cell" if name_of(child) == "tbl" else inside)
                continue
            begun.append(self._paragraph(child, boxes, inside))
            if not _runs_on(child):
                yield from self._ended(begun, boxes, inside)
        yield from self._ended(begun, boxes, inside)

    def _ended(self, begun: list[tuple[str, str]], boxes: list[Element], inside: str) -> Iterator[Block]:
        """Yield the paragraph of the parts that were begun, then those of the text boxes in it.

        The last mark that remains says what the whole is, unless nothing stands before it.
        """
        text = in_line("".join(part for _, part in begun))
        kinds = [kind for kind, part in begun if part.strip()] or [kind for kind, _ in begun]
        begun.clear()
        if kinds and kinds[-1] == "code":
            yield Block("code", text)
        elif kinds:
            yield from (Block(kinds[-1], part) for part in paragraphs_of(text))
        inner, boxes[:] = list(boxes), []
        for box in inner:
            yield from self.blocks(box, inside)

    def _paragraph(self, paragraph: Element, boxes: list[Element], inside: str) -> tuple[str, str]:
        properties = _child(paragraph, "pPr")
        style = _child(properties, "pStyle")
        self._style = attribute(style, "val") if style is not None else ""
        text = "".join(self._texts(paragraph, boxes))
        self._fields = [False for _ in self._fields]  # a damaged field must not swallow the rest
        kind = self._styles.kind(self._style)
        if inside and kind in ("", "list-item"):
            return inside, text
        return kind or kind_of_properties(properties) or "paragraph", text

    def _texts(self, element: Element, boxes: list[Element]) -> Iterator[str]:
        """Yield the visible text of a paragraph; its text boxes are appended to `boxes`."""
        if name_of(element) == "r":
            properties = _child(element, "rPr")
            if self._is_hidden(properties):
                return
            if mark := _MARKS.get(self._position(properties)):
                yield mark("".join(self._content_of(element, boxes)))
                return
        yield from self._content_of(element, boxes)

    def _content_of(self, element: Element, boxes: list[Element]) -> Iterator[str]:
        own_mark = False
        for child in _content(element):
            name = name_of(child)
            if name == "fldChar":
                yield self._field(attribute(child, "fldCharType"))
            elif name == "instrText":
                self._instruction.append(child.text or "")
            elif name == "t":
                if not own_mark and not any(self._fields):
                    yield child.text or ""
            elif name in _CHARACTERS:
                if not any(self._fields):
                    yield _CHARACTERS[name]
            elif name == "sym":
                yield symbol(attribute(child, "font"), attribute(child, "char"))
            elif name in ("footnoteReference", "endnoteReference"):
                self.notes[name.removesuffix("Reference"), attribute(child, "id")] = None
                own_mark = is_on(child, "customMarkFollows", missing=False)
            elif name == "txbxContent":
                boxes.append(child)
            elif name == "ruby":
                parts = (_child(child, part) for part in ("rubyBase", "rt"))
                yield with_reading(
                    *("".join(self._texts(part, boxes)) if part is not None else "" for part in parts)
                )
            else:
                yield from self._texts(child, boxes)

    def _position(self, properties: Element | None) -> str:
        """Return whether a run is set above or below the line, by its own properties or by its style."""
        if properties is None or not len(properties):
            return ""
        own = position_of(properties)
        if own is not None:
            return own
        style = _child(properties, "rStyle")
        return self._styles.position(attribute(style, "val")) if style is not None else ""

    def _is_hidden(self, properties: Element | None) -> bool:
        says = hidden(properties)
        if says is not None:
            return says
        style = _child(properties, "rStyle")
        return self._styles.hides(self._style, attribute(style, "val") if style is not None else "")

    def _field(self, place: str) -> str:
        """Note where a field begins, where its result does, and where it ends; return what it shows."""
        instruction, self._instruction = "".join(self._instruction), []
        shown = text_of_instruction(instruction) if self._fields and self._fields[-1] else ""
        if place == "begin":
            self._fields.append(True)
        elif self._fields and place == "separate":
            self._fields[-1] = False
        elif self._fields and place == "end":
            self._fields.pop()
        return shown if not any(self._fields) else ""


def _content(element: Element) -> Iterator[Element]:
    """Yield the children that a reader sees, with the wrappers around several of them resolved."""
    for child in element:
        name = name_of(child)
        if not name or name in _LEFT_OUT or _is_removed(child, name):
            continue
        if name == "AlternateContent":
            yield from _content(_alternative(child))
        elif name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"):
            yield from _content(child)
        else:
            yield child


def _is_removed(element: Element, name: str) -> bool:
    """Return whether an element is deleted, hidden or the prompt of an empty form field."""
    if name == "sdt":
        prompt = _child(_child(element, "sdtPr"), "showingPlcHdr")
        return prompt is not None and is_on(prompt)
    if name in ("tr", "tc"):
        properties = _child(element, f"{name}Pr")
        return any(
            name_of(child) in _DELETED or (name_of(child) == "hidden" and is_on(child))
            for child in (properties if properties is not None else ())
        )
    if name in ("anchor", "inline"):
        drawing = _child(element, "docPr")
        return drawing is not None and is_on(drawing, "hidden", missing=False)
    return name in ("shape", "rect", "group") and bool(_INVISIBLE.search(attribute(element, "style")))


def _runs_on(paragraph: Element) -> bool:
    """Return whether the mark at the end of a paragraph is deleted, moved away or hidden.

    A mark that is hidden only to let a heading and its text share a line is the end of the heading.
    """
    properties = _child(_child(paragraph, "pPr"), "rPr")
    names = {name_of(child) for child in (properties if properties is not None else ())}
    return bool(names & _DELETED) or (bool(hidden(properties)) and "specVanish" not in names)


def _child(element: Element | None, name: str) -> Element | None:
    return next((c for c in element if name_of(c) == name), None) if element is not None else None


def _alternative(element: Element) -> Element:
    """Return the first of the alternative representations of the same content that has text."""
    with_text = (part for part in element if any(name_of(inner) == "t" for inner in part.iter()))
    return next(with_text, element[0] if len(element) else element)
