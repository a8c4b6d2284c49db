"""Puts the style sheets that a file holds beside its pages into them, as `style` elements."""

from __future__ import annotations

import re
from collections.abc import Callable

MAX_SHEET = 500_000
"""Characters of the style sheets of a page that are read; what hides text is near the beginning."""

_LINK = re.compile(r"<link\b[^<>]{0,2000}>", re.IGNORECASE)
_SHEET = re.compile(r"\brel\s*=\s*[\"']?stylesheet|\btype\s*=\s*[\"']?text/css", re.IGNORECASE)
_ADDRESS = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))", re.IGNORECASE)


def with_sheets(text: str, sheet_at: Callable[[str], str]) -> str:
    """Return a page with its style sheets inside; `sheet_at` returns the one at an address, or ""."""
    room = MAX_SHEET

    def inlined(link: re.Match[str]) -> str:
        nonlocal room
        address = _ADDRESS.search(link[0])
        if not address or not _SHEET.search(link[0]):
            return link[0]
        sheet = sheet_at(address[1] or address[2] or address[3] or "")[:room].replace("<", " ")
        room -= len(sheet)
        return f"<style>{sheet}</style>" if sheet else link[0]

    return _LINK.sub(inlined, text) if "<link" in text.lower() else text
