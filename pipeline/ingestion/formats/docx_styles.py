"""The styles of a DOCX document: which kind of paragraph each one makes, and whether it hides its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingestion.formats.code_blocks import is_code_style
from pipeline.ingestion.formats.xmltree import Element, attribute, name_of

MAX_STYLES = 20  # depth of style inheritance
_HEADING = re.compile(r"heading ?(\d)|subtitle|chapter")
_CONTENTS = re.compile(r"toc ?\d|toc heading|contents ?\d|table of figures|index \d")
_OFF = frozenset(("0", "false", "off"))


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element | None = None) -> None:
        self._kinds: dict[str, str] = {}
        self._hides: dict[str, bool] = {}
        self._based_on: dict[str, str] = {}
        self._positions: dict[str, str] = {}
        self._default = ""  # style of paragraphs that name none
        self._always = False  # whether text is hidden unless a style or the text itself says otherwise
        for style in root if root is not None else ():
            if name_of(style) == "style":
                self._add(style)
            elif name_of(style) == "docDefaults":
                self._always = any(hidden(child) for child in style.iter() if name_of(child) == "rPr")

    def _add(self, style: Element) -> None:
        id_ = attribute(style, "styleId")
        parts = {name_of(child): child for child in style}
        name = attribute(parts["name"], "val") if "name" in parts else id_
        self._kinds[id_] = kind_of_name(name) or kind_of_properties(parts.get("pPr"))
        hides = hidden(parts.get("rPr"))
        if hides is not None:
            self._hides[id_] = hides
        if (position := position_of(parts.get("rPr"))) is not None:
            self._positions[id_] = position
        self._based_on[id_] = attribute(parts["basedOn"], "val") if "basedOn" in parts else ""
        if attribute(style, "type") == "paragraph" and is_on(style, "default", missing=False):
            self._default = id_

    def kind(self, style: str) -> str:
        """Return the paragraph kind of a style, "" for running text."""
        return next((self._kinds[id_] for id_ in self._line(style) if self._kinds.get(id_)), "")

    def position(self, style: str) -> str:
        """Return where a character style sets text: "superscript", "subscript", or "" on the line."""
        return next((self._positions[id_] for id_ in self._line(style) if id_ in self._positions), "")

    def hides(self, paragraph_style: str, character_style: str = "") -> bool:
        """Return whether text in these styles is hidden.

        The property is a toggle: a character style that hides too shows what its paragraph style hides
        (ISO/IEC 29500-1, 17.7.3).
        """
        of_paragraph = self._says(paragraph_style or self._default)
        of_characters = self._says(character_style)
        return (
            self._always
            if of_paragraph is of_characters is None
            else bool(of_paragraph) ^ bool(of_characters)
        )

    def _says(self, style: str) -> bool | None:
        return next((self._hides[id_] for id_ in self._line(style) if id_ in self._hides), None)

    def _line(self, style: str) -> Iterator[str]:
        """Yield a style and those that it is based on."""
        for _ in range(MAX_STYLES):
            if not style:
                return
            yield style
            style = self._based_on.get(style, "")


def is_on(element: Element, name: str = "val", missing: bool = True) -> bool:
    """Return the value of an element that switches something on or off."""
    value = attribute(element, name)
    return value.lower() not in _OFF if value else missing


def hidden(properties: Element | None) -> bool | None:
    """Return whether properties of text hide it; None if they do not say."""
    found = None
    for child in properties if properties is not None else ():
        if name_of(child) in ("vanish", "webHidden"):
            found = bool(found) or is_on(child)
    return found


def position_of(properties: Element | None) -> str | None:
    """Return where text stands by its properties: "superscript", "subscript", "" on the line, None if unsaid.

    LibreOffice raises text by half points, without calling it superscript.
    """
    found = None
    for child in properties if properties is not None else ():
        if name_of(child) == "vertAlign":
            return attribute(child, "val")
        if name_of(child) == "position":
            value = attribute(child, "val")
            found = "subscript" if value.startswith("-") else "superscript" if value.strip("0") else ""
    return found


def kind_of_properties(properties: Element | None) -> str:
    """Return the kind implied by an outline level or a list number; "" if there is neither."""
    for child in properties if properties is not None else ():
        if name_of(child) == "outlineLvl" and attribute(child, "val") < "9":
            return "heading"
        if name_of(child) == "numPr" and any(
            name_of(c) == "numId" and attribute(c, "val") != "0" for c in child
        ):
            return "list-item"
    return ""


def kind_of_name(style: str) -> str:
    """Return the kind of paragraph that a style makes, by the name that Word gives it in all languages."""
    name = style.lower()
    if _CONTENTS.match(name):
        return "boilerplate"
    if name == "title":
        return "title"
    if _HEADING.match(name):
        return "heading"
    if is_code_style(style):
        return "code"
    if "quote" in name or "quotation" in name or name == "block text":
        return "quote"
    if "caption" in name:
        return "caption"
    return "list-item" if name.startswith("list ") else ""
