"""The paragraphs of a section of an HWPX document, as a reader sees them once all changes are accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from pipeline.datatypes import Block
from pipeline.ingestion.formats.hangul import prompt_of, without_prompt
from pipeline.ingestion.formats.html_signs import in_line
from pipeline.ingestion.formats.reading import paragraph_blocks, with_reading
from pipeline.ingestion.formats.xmltree import Element, attribute, name_of

_LEFT_OUT = frozenset(
    (
        *("secPr", "linesegarray", "hiddenComment", "equation", "shapeComment", "parameters", "metaTag"),
        *("indexmark", "bookmark", "pageNum", "pageNumCtrl", "pageHiding", "newNum", "colPr", "script"),
    )
)
_CHARACTERS = {"tab": "\t", "lineBreak": "\n", "nbSpace": "\u00a0", "fwSpace": " ", "hyphen": "-"}
_NUMBERED = frozenset(("PICTURE", "TABLE", "EQUATION"))
_BOXES = frozenset(
    (
        *("tbl", "pic", "container", "ole", "line", "rect", "ellipse", "arc", "polygon", "curve"),
        *("connectLine", "textart", "video", "chart", "btn", "edit", "drawText", "caption", "subList"),
    )
)


class _Text(NamedTuple):
    """The visible text of a paragraph, and what is anchored in it."""

    pieces: list[str]
    boxes: list[Element]
    fields: dict[str, tuple[int, str]]  # by id, where the content of an open field begins, and its prompt


class Body:
    """Reads paragraphs, and notes the footnotes, headers and footers that are anchored in them."""

    def __init__(
        self,
        kinds: tuple[Mapping[str, str], Mapping[str, str]],
        marks: Mapping[str, Callable[[str], str]] = MappingProxyType({}),
    ) -> None:
        self._styles, self._shapes = kinds
        self._marks = marks  # of shapes of letters above or below the line
        self._deleting = False  # whether text is between the marks of a deletion
        self.notes: list[Element] = []
        self.margins: list[Element] = []

    def blocks(self, element: Element, inside: str = "") -> Iterator[Block]:
        """Yield the paragraphs below an element; where a mark between two is deleted, they are one."""
        text = _Text([], [], {})
        kind = ""
        for child in element:
            name = name_of(child)
            if name == "p":
                begin = len(text.pieces)
                runs_on = self._paragraph(child, text)
                if "".join(text.pieces[begin:]).strip() or not kind:
                    kind = self._kind(child, inside)
                if runs_on:
                    continue
            if text.pieces or text.boxes:
                yield from self._ended(kind, text, inside)
                text, kind = _Text([], [], {}), ""
            if name != "p" and name and name not in _LEFT_OUT:
                yield from self.blocks(child, {"tbl": "table-cell", "caption": "caption"}.get(name, inside))
        yield from self._ended(kind, text, inside)

    def _ended(self, kind: str, text: _Text, inside: str) -> Iterator[Block]:
        """Yield a paragraph, then those of the tables and boxes that are anchored in it."""
        yield from paragraph_blocks(kind, in_line("".join(text.pieces)))
        for box in text.boxes:
            yield from self.blocks(box, "table-cell" if name_of(box) == "tbl" else inside)

    def _kind(self, paragraph: Element, inside: str) -> str:
        style = self._styles.get(attribute(paragraph, "styleIDRef"), "")
        kind = style or self._shapes.get(attribute(paragraph, "paraPrIDRef"), "")
        if inside == "caption" or (inside and kind in ("", "list-item")):
            return inside
        return kind or "paragraph"

    def _paragraph(self, paragraph: Element, text: _Text) -> bool:
        """Add the visible text of a paragraph; return whether the mark at its end is deleted."""
        self._deleting = False  # a damaged deletion must not swallow the rest
        ends = self._texts(paragraph, text)
        if not ends and not text.pieces:
            text.pieces.append("")  # an empty paragraph is a blank line of code
        return ends

    def _texts(self, element: Element, text: _Text) -> bool:
        mark_deleted = False
        for child in element:
            name = name_of(child)
            if name == "t":
                self._add(child.text, text)
                for inner in child:
                    mark_deleted = self._inline(inner, name_of(inner), text) or mark_deleted
                    self._add(inner.tail, text)
            else:
                mark_deleted = self._inline(child, name, text) or mark_deleted
        return mark_deleted

    def _add(self, words: str | None, text: _Text) -> None:
        if words and not self._deleting:
            text.pieces.append(words)

    def _inline(self, child: Element, name: str, text: _Text) -> bool:
        """Add what stands in a line beside plain text; return whether it deletes the paragraph's mark."""
        if name in ("deleteBegin", "deleteEnd"):
            self._deleting = name == "deleteBegin"
            return not self._deleting and attribute(child, "paraend") == "1"
        if name in _CHARACTERS:
            self._add(_CHARACTERS[name], text)
        elif name == "dutmal":
            parts = {name_of(part): "".join(map(str, part.itertext())) for part in child}
            self._add(with_reading(parts.get("mainText", ""), parts.get("subText", "")), text)
        elif name == "compose":
            self._add(attribute(child, "composeText"), text)
        elif name == "autoNum":
            if attribute(child, "numType") in _NUMBERED:
                self._add(attribute(child, "num"), text)
        elif name == "fieldBegin":
            text.fields[attribute(child, "id")] = len(text.pieces), _prompt(child)
        elif name == "fieldEnd":
            begin, prompt = text.fields.pop(attribute(child, "beginIDRef"), (len(text.pieces), ""))
            without_prompt(text.pieces, begin, prompt)
        elif self._deleting:
            return False
        elif name in ("footNote", "endNote"):
            self.notes.append(child)
        elif name in ("header", "footer"):
            self.margins.append(child)
        elif name in _BOXES:
            text.boxes.append(child)
        elif name == "run" and (mark := self._marks.get(attribute(child, "charPrIDRef"))):
            begin = len(text.pieces)
            ends = self._texts(child, text)
            text.pieces[begin:] = list(map(mark, text.pieces[begin:]))
            return ends
        elif name and name not in _LEFT_OUT:
            return self._texts(child, text)
        return False


def _prompt(field: Element) -> str:
    """Return the prompt of a field that asks for a click."""
    commands = (element.text or "" for element in field.iter() if attribute(element, "name") == "Command")
    return next(filter(None, map(prompt_of, commands)), "")
