"""The styles of an OpenDocument text: what kind of paragraph each makes, and whether it hides its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ingestion.formats.code_blocks import is_code_style
from pipeline.ingestion.formats.xmltree import Element, attribute, name_of

MAX_STYLES = 20  # depth of style inheritance
_KINDS = (
    ("Subtitle", "heading"),
    ("Title", "title"),
    ("Heading", "heading"),
    ("Quotations", "quote"),
    ("Block", "quote"),
    ("Caption", "caption"),
    ("Illustration", "caption"),
    ("Figure", "caption"),
    ("Contents", "boilerplate"),
)
"""Prefixes of LibreOffice's built-in style names, the same in all interface languages."""
_ESCAPED = re.compile(r"_([0-9a-f]{1,4})_")


class Styles:
    """The styles of a document, by family and name."""

    def __init__(self, *roots: Element) -> None:
        self._parents: dict[tuple[str, str], str] = {}
        self._names: dict[str, str] = {}  # as the user sees them
        self._hides: dict[tuple[str, str], bool] = {}
        self._positions: dict[str, str] = {}
        for root in roots:
            for style in root.iter():
                if name_of(style) in ("style", "default-style"):
                    self._add(style)

    def _add(self, style: Element) -> None:
        key = attribute(style, "family"), attribute(style, "name")
        if key in self._parents:
            return
        self._parents[key] = attribute(style, "parent-style-name")
        self._names[key[1]] = attribute(style, "display-name") or _decoded(key[1])
        for child in style:
            shown = attribute(child, "display") if name_of(child) == "text-properties" else ""
            if shown:
                self._hides[key] = shown == "none"
            place = attribute(child, "text-position") if name_of(child) == "text-properties" else ""
            if place:
                self._positions[key[1]] = _position(place.split()[0])

    def kind(self, style: str) -> str:
        """Return the kind of paragraph that a style makes, "" for running text."""
        for name in self._line("paragraph", style):
            if is_code_style(self._names.get(name, _decoded(name))):
                return "code"
            for begin, kind in _KINDS:
                if name.startswith(begin):
                    return kind
        return ""

    def position(self, style: str) -> str:
        """Return where a text style sets text: "super", "sub", or "" on the line."""
        named = (self._positions[name] for name in self._line("text", style) if name in self._positions)
        return next(named, "")

    def hides(self, family: str, style: str) -> bool | None:
        """Return whether a style hides its text; None if it does not say."""
        named = next(
            (
                self._hides[family, name]
                for name in self._line(family, style)
                if (family, name) in self._hides
            ),
            None,
        )
        return self._hides.get((family, "")) if named is None and family == "paragraph" else named

    def _line(self, family: str, style: str) -> Iterator[str]:
        """Yield a style and those that it is based on."""
        for _ in range(MAX_STYLES):
            if not style:
                return
            yield style
            style = self._parents.get((family, style), "")


def _position(place: str) -> str:
    """Return what a position is: "super", "sub", or a share of the letters' height."""
    if place in ("super", "sub"):
        return place
    return "" if not place.strip("-0.%") else "sub" if place.startswith("-") else "super"


def _decoded(name: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), name)
