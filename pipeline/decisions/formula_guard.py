"""Protects cells that a spreadsheet would treat as a formula, and restores them.

A leading apostrophe marks a cell as text. Only `guarded` cells get one. A formula that already starts
with an apostrophe gets a second one, which makes the change reversible for every text.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"\A'*[=+\-@\t\r\n|%＝＋－＠]")
_GUARDED = re.compile(r"\A'+[=+\-@\t\r\n|%＝＋－＠]")


def guarded(text: str) -> str:
    """Return the text in a form that no spreadsheet evaluates as a formula when it opens a CSV file."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the original text of a `guarded` cell."""
    return cell[1:] if _GUARDED.match(cell) else cell
