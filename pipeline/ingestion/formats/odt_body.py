"""The paragraphs of an OpenDocument text, as a reader sees them once all changes are accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.datatypes import Block
from pipeline.ingestion.formats.html_signs import in_line, set_above, set_below
from pipeline.ingestion.formats.odt_styles import Styles
from pipeline.ingestion.formats.reading import paragraph_blocks, with_reading
from pipeline.ingestion.formats.xmltree import Element, attribute, name_of

MAX_SPACES = 1_000  # limit of the repeat count of a space element
_LEFT_OUT = frozenset(
    (
        *("tracked-changes", "annotation", "annotation-end", "note-citation", "forms", "placeholder"),
        *("sequence-decls", "variable-decls", "user-field-decls", "dde-connection-decls", "soft-page-break"),
        *("bookmark-start", "bookmark-end", "desc", "script", "event-listeners", "binary-data", "math"),
        *("object", "object-ole", "plugin", "applet", "glue-point", "image-map"),
    )
)
_INDEXES = frozenset(
    (
        "table-of-content",
        "illustration-index",
        "table-index",
        "alphabetical-index",
        "user-index",
        "bibliography",
    )
)
_DRAWING = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
_DESCRIPTIONS = ("svg-compatible:1.0}title", "table:1.0}title")  # of pictures and tables; text fields stay
_MARKS = {"super": set_above, "sub": set_below}
_SPACE = re.compile(r"[ \t\r\n]+")


class Body:
    """Reads paragraphs, and notes the footnotes that their visible text refers to."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.notes: list[Element] = []

    def blocks(self, element: Element, inside: str = "paragraph") -> Iterator[Block]:
        """Yield the paragraphs below an element."""
        for child in element:
            name = name_of(child)
            if _is_removed(child, name):
                continue
            if name in ("p", "h"):
                yield from self._paragraph(child, inside)
            else:
                yield from self.blocks(child, _kind_inside(name, inside))

    def _paragraph(self, paragraph: Element, inside: str) -> Iterator[Block]:
        """Yield a paragraph, then those of the boxes in it."""
        boxes: list[Element] = []
        hides = bool(self._styles.hides("paragraph", attribute(paragraph, "style-name")))
        text = "" if _hides_itself(paragraph) else in_line("".join(self._texts(paragraph, boxes, hides)))
        kind = self._kind(paragraph, inside)
        yield from paragraph_blocks(kind, text)
        for box in boxes:
            if name_of(box) in ("p", "h"):
                yield from self._paragraph(box, inside)
            else:
                yield from self.blocks(box, _kind_inside(name_of(box), inside))

    def _kind(self, paragraph: Element, inside: str) -> str:
        kind = self._styles.kind(attribute(paragraph, "style-name"))
        if name_of(paragraph) == "p" and inside != "paragraph" and kind != "code":
            return inside
        return kind or ("heading" if name_of(paragraph) == "h" else "paragraph")

    def _texts(self, element: Element, boxes: list[Element], hides: bool) -> Iterator[str]:
        """Yield the visible text of a paragraph; what stands in boxes of its own goes to `boxes`."""
        if not hides:
            yield _SPACE.sub(" ", element.text or "")
        for child in element:
            name = name_of(child)
            if not _is_removed(child, name):
                yield from self._inline(child, name, boxes, hides)
            if not hides:
                yield _SPACE.sub(" ", child.tail or "")

    def _inline(self, child: Element, name: str, boxes: list[Element], hides: bool) -> Iterator[str]:
        if name == "span":
            says = self._styles.hides("text", attribute(child, "style-name"))
            inside = self._texts(child, boxes, hides if says is None else says)
            mark = _MARKS.get(self._styles.position(attribute(child, "style-name")))
            yield mark("".join(inside)) if mark else "".join(inside)
        elif name == "ruby":
            parts = [""] * 2
            for part in child:
                if name_of(part) in ("ruby-base", "ruby-text"):
                    parts[name_of(part) == "ruby-text"] += "".join(self._texts(part, boxes, hides))
            yield with_reading(*parts)
        elif name in ("s", "tab", "line-break"):
            if not hides:
                yield _blank(child, name)
        elif name == "note-body":
            if not hides:
                self.notes.append(child)
        elif name in ("p", "h", "list", "table") or str(child.tag).startswith(f"{{{_DRAWING}}}"):
            if not hides:
                boxes.append(child)
        else:
            yield from self._texts(child, boxes, hides)


def _blank(element: Element, name: str) -> str:
    if name != "s":
        return "\t" if name == "tab" else "\n"
    count = attribute(element, "c")
    return " " * min(int(count) if count.isascii() and count.isdigit() else 1, MAX_SPACES)


def _kind_inside(name: str, outside: str) -> str:
    if name in _INDEXES:
        return "boilerplate"
    if name == "table-cell":
        return "table-cell"
    return "list-item" if name == "list-item" and outside == "paragraph" else outside


def _is_removed(element: Element, name: str) -> bool:
    """Return whether an element is no text, hidden, or the prompt of an empty field."""
    if not name or name in _LEFT_OUT:
        return True
    if name == "title":
        return str(element.tag).endswith(_DESCRIPTIONS)
    if name == "section":
        shown = attribute(element, "display")
        return shown == "none" or (shown == "condition" and attribute(element, "is-hidden") == "true")
    if name == "hidden-text":
        return attribute(element, "is-hidden") == "true"
    if name in ("table-row", "table-row-group"):
        return attribute(element, "visibility") in ("collapse", "filter") or (
            name == "table-row-group" and attribute(element, "display") == "false"
        )
    if name == "content-control":
        return attribute(element, "showing-place-holder") == "true"
    return str(element.tag).startswith(f"{{{_DRAWING}}}") and attribute(element, "display") == "none"


def _hides_itself(paragraph: Element) -> bool:
    """Return whether a paragraph has a field that hides it."""
    return any(
        name_of(child) == "hidden-paragraph" and attribute(child, "is-hidden") == "true"
        for child in paragraph.iter()
    )
