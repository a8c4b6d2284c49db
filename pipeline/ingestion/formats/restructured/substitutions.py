"""The texts that names between bars stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SUBSTITUTION = re.compile(
    r"^[ \t]*\.\.[ \t]+\|([^|\n]+)\|[ \t]+(replace|unicode|image)::[ \t]*"
    r"([^\n]*(?:\n[ \t]+[^\s:][^\n]*)*)(?:\n[ \t]+:alt:[ \t]*([^\n]+))?",
    re.MULTILINE,
)
_CODE_POINT = re.compile(r"(?:0x|x|U\+|\\u|&#x)([0-9a-fA-F]{2,6});?$")


def substitutions_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield the names that stand for a text, and the text."""
    for name, type_, value, alternative in _SUBSTITUTION.findall(text):
        name = " ".join(name.split())
        if type_ == "image":
            yield name, alternative.strip()
        elif type_ == "unicode":
            words = [word for word in value.split(" .. ")[0].split() if not word.startswith(":")]
            yield name, "".join(_character(word) for word in words)
        else:
            yield name, " ".join(value.split())


def _character(word: str) -> str:
    match = _CODE_POINT.match(word)
    return chr(int(match[1], 16)) if match and int(match[1], 16) < 0x110000 else word
