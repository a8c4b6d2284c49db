"""Tells code from other preformatted text, and keeps its lines.

`pre` says that line ends count, not that its text is code: poems and old mails are in one too. It is code if
the markup says so (`code`, `samp` or `kbd` in it, or a class of a highlighter), or if at least half of its
lines have signs that prose has not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.datatypes import Block

_CLASSES = re.compile(
    r"(?:^|[\s_-])(?:code|codehilite|highlight|hljs|language|lang|brush|prettyprint|sourcecode|source-?code"
    r"|literal-block|src|shell|console|terminal|programlisting|screen|command-line|shiki|crayon|listing)"
    r"(?:$|[\s:_-])",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[{}<>=;|\\`_$~^]|\w\(|(?:^|\s)--?\w|\w/\w|::|^\s*(?:[#>%]|//)")
_NUMBERS = re.compile(r"\A[\d\s]+\Z")


def is_code(attributes: Mapping[str, str | None], text: str = "") -> bool:
    """Return whether preformatted text is code by its class or its lines."""
    names = attributes.get("class")
    if names and _CLASSES.search(names):
        return True
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and all(map(_NUMBERS.match, lines)):
        return True  # those of the lines beside them
    return bool(lines) and 2 * sum(_SIGNS.search(line) is not None for line in lines) >= len(lines)


def code_text(raw: str) -> Block:
    """Return a block of code without its blank lines; one of line numbers only is boilerplate."""
    text = "\n".join(line.rstrip() for line in raw.splitlines() if line.strip())
    return Block("boilerplate" if _NUMBERS.match(text) and "\n" in text else "code", text)
