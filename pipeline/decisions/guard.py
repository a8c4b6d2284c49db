"""Cells that a spreadsheet would take for a formula, made safe and read back.

An apostrophe in front makes a cell text. Only `guarded` cells get one, and one that stood there before
gets another, so that every text comes back.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r\n|%＝＋－＠]")
_GUARDED = re.compile(r"''*[=+\-@\t\r\n|%＝＋－＠]")


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula when it opens a CSV file."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text that a cell was `guarded` for."""
    return cell[1:] if _GUARDED.match(cell) else cell
