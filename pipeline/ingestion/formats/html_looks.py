"""Tells of each element of a page how it looks: its style, what it says it is, and whether it is hidden."""

from __future__ import annotations

from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.ingestion.formats import html_signs as signs
from pipeline.ingestion.formats.html_styles import MAX_CACHED, Style, StyleSheet, style_of

_NO_ATTRIBUTES: Mapping[str, str | None] = {}
_INLINE_IN_ARIA = frozenset(("span", "b", "i", "em", "strong", "bdi", "a"))


class Looks:
    """The looks of the elements of a page."""

    def __init__(self, tree: LexborHTMLParser, sheet: StyleSheet) -> None:
        self._tree = tree
        self._sheet = sheet
        self._controlled: frozenset[str] | None = None
        self._looks: dict[tuple[str | None, ...], tuple[Style, str, frozenset[str]]] = {}
        self.has_rules = bool(sheet)

    def of(
        self, tag: str, attributes: Mapping[str, str | None], around: Mapping[str, int]
    ) -> tuple[Style, str, frozenset[str]]:
        """Return the style of an element, what it says it is, and what rules for others ask of it."""
        get = attributes.get
        key = (
            tag,
            get("class"),
            get("id") if self._sheet else "",
            get("style"),
            get("role"),
            get("epub:type"),
        )
        known = self._looks.get(key)
        if known is None:
            style, is_certain = self._sheet.style(tag, key[1] or "", key[2] or "", around)
            if key[3]:
                style = style_of(key[3]).over(style)
            counted = self._sheet.counted(tag, key[1] or "", key[2] or "")
            known = style, signs.says(attributes), counted
            if is_certain and sum(len(part) for part in key if part) < MAX_CACHED:
                self._looks[key] = known
        return known

    def is_hidden(
        self, node: LexborNode, tag: str, attributes: Mapping[str, str | None], style: Style
    ) -> bool:
        """Return whether an element is not shown, neither at once nor when a control unfolds it."""
        if attributes.get("aria-hidden") == "true" and not self._has_spoken_twin(node, tag):
            return True
        hidden = style.display == "none" or style.moved or style.faded
        hidden = hidden or ("hidden" in attributes and not style.display)
        if not hidden or attributes.get("hidden") == "until-found" or attributes.get("role") == "tabpanel":
            return False
        return (attributes.get("id") or "") not in self._controlled_ids()

    def _has_spoken_twin(self, node: LexborNode, tag: str) -> bool:
        """Return whether beside a text that is not to be read aloud stands one that is only read aloud."""
        if tag not in _INLINE_IN_ARIA:
            return False
        return self._is_only_spoken(node.next, tag) or self._is_only_spoken(node.prev, tag)

    def _is_only_spoken(self, node: LexborNode | None, tag: str) -> bool:
        if node is None or node.tag != tag:
            return False
        attributes = node.attributes or _NO_ATTRIBUTES
        style = self.of(tag, attributes, {})[0]
        return style.display == "none" or style.moved

    def _controlled_ids(self) -> frozenset[str]:
        """Return the ids of the parts that a control on the page unfolds, as `details` does."""
        if self._controlled is None:
            found: set[str] = set()
            for node in self._tree.css("[aria-controls], [data-target], [data-bs-target]"):
                for name in ("aria-controls", "data-target", "data-bs-target"):
                    found.update(id_.lstrip("#") for id_ in (node.attributes.get(name) or "").split())
            self._controlled = frozenset(found - {""})
        return self._controlled
