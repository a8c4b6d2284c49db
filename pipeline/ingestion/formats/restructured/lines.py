"""Lines of reStructuredText that belong together: by indentation, or because no blank one parts them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import dedent

FIELD = re.compile(r"\A:((?:[^:\\\s]|\\.|:(?!\s|$))(?:[^:\\]|\\.|:(?!\s|$|`))*):(?:[ \t]+(.*)|$)")
NUMBER = re.compile(r"(\(?(?:\d{1,9}|#|[a-zA-Z]|[ivxlcdmIVXLCDM]{1,9})[.)])([ \t]+)(?=\S)")


def is_item(lines: Sequence[str], at: int, match: re.Match[str]) -> bool:
    """Return whether a line with a number or a letter begins an item, not a sentence as in `A. Rossi`."""
    after = lines[at + 1] if at + 1 < len(lines) else ""
    if not after.strip() or len(after) - len(after.lstrip()) >= 2:
        return True
    return NUMBER.match(after) is not None


def end_of_paragraph(lines: Sequence[str], at: int) -> int:
    """Return the line after a paragraph."""
    end = at + 1
    while end < len(lines) and lines[end].strip():
        end += 1
    return end


def indented(lines: Sequence[str], at: int, blank: bool = False) -> tuple[list[str], int]:
    """Return the indented lines from a place on without their common indentation, and the line after them.

    `blank`: they may begin with blank lines.
    """
    end = at
    while end < len(lines) and (not lines[end].strip() or lines[end][0] == " "):
        if not lines[end].strip() and end == at and not blank:
            break
        end += 1
    while end > at and not lines[end - 1].strip():
        end -= 1
    return dedent("\n".join(lines[at:end])).split("\n") if end > at else [], max(end, at)


def body_of(lines: Sequence[str], at: int, first: str) -> tuple[list[str], int]:
    """Return the body of a field: what is behind its name, and the indented lines below."""
    below, end = indented(lines, at + 1)
    return [first, *below], end


def options_of(body: list[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the options at the head of a directive's body, and the rest."""
    options: list[tuple[str, str]] = []
    at = 0
    while at < len(body) and (match := FIELD.match(body[at])):
        value, end = body_of(body, at, match[2] or "")
        options.append((match[1].lower(), " ".join(" ".join(value).split())))
        at = end
    return options, body[at:]
