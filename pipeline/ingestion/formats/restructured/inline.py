"""Text inside a paragraph of reStructuredText: marks go, what they mark stays."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from pipeline.ingestion.formats.html_signs import lowered, raised, without_signs

TAIL = 16  # characters before a raised sign that tell what it is
_BEFORE = r"(?<![\w\\*`|])"
_AFTER = r"(?![\w*`|])"
_MARKUP = re.compile(
    rf"""
    (?P<escape>\\(?:\s|(?P<escaped>.)))
    | {_BEFORE}``(?P<literal>(?=\S)[^`]+(?:`[^`]+)*)``(?!`)
    | (?<![\w\\])(?::(?P<role>[\w+.-]{{1,60}}(?::[\w+.-]{{1,60}}){{0,3}}):)?
      _?`(?P<text>(?=\S)[^`\\]*(?:\\.[^`\\]*)*)`
      (?:__?(?!\w)|:(?P<suffix>[A-Za-z][\w:+.-]*):)?
    | {_BEFORE}\*\*(?=\S)(?P<strong>[^*\\]*(?:\\.[^*\\]*)*)\*\*{_AFTER}
    | {_BEFORE}\*(?=[^\s*])(?P<emphasis>[^*\\]*(?:\\.[^*\\]*)*)\*{_AFTER}
    | {_BEFORE}\|(?=\S)(?P<substitution>[^|\n]+)\|_{{0,2}}(?!\w)
    | \s?\[(?:\d+|\#[\w.:+-]*|\*)\]_(?!\w)
    | \[(?P<citation>[A-Za-z][\w.+-]*)\]_(?!\w)
    | (?<![\w\\])(?P<reference>\w[\w.+-]{{0,98}}\w|\w)__?(?![\w])
    """,
    re.VERBOSE | re.DOTALL,
)


def plain(text: str, substitutions: Mapping[str, str], targets: Set[str], depth: int = 0) -> str:
    """Return the text of a paragraph without marks; a name with a line below it counts if it is a target."""

    def replace(match: re.Match[str]) -> str:
        """Return what a mark says."""
        if match["escape"] is not None:
            return match["escaped"] or ""
        if match["literal"] is not None:
            return match["literal"]
        if match["text"] is not None:
            return _interpreted(match["text"], match["role"] or match["suffix"] or "", match)
        inside = match["strong"] if match["strong"] is not None else match["emphasis"]
        if inside is not None:
            return _without_escapes(inside) if inside.strip() == inside else match[0]
        if match["substitution"] is not None:
            return _substituted(match, substitutions, targets, depth)
        if match["citation"] is not None:
            return f"[{match['citation']}]"
        if match["reference"] is not None:
            return match["reference"] if match["reference"].lower() in targets else match[0]
        return ""

    return without_signs(_MARKUP.sub(replace, text))


def _interpreted(text: str, role: str, match: re.Match[str]) -> str:
    """Return the text of a role or a link: its title without the address."""
    if not role and not match[0].startswith(("`", "_`")):
        return match[0]
    if role in ("sup", "superscript", "sub", "subscript"):
        before = match.string[max(0, match.start() - TAIL) : match.start()].replace("\\ ", "")
        text = _without_escapes(text)
        return raised(before, text, False, 0).text if role.startswith("sup") else lowered(before, text)
    if title := before_address(text):
        text = title
    elif role in ("rfc", "pep"):
        text = f"{role.upper()} {text}"
    elif role and role not in ("math", "code"):
        text = text.lstrip("~!")
    return _without_escapes(text) if role != "math" else text


def before_address(text: str) -> str:
    """Return the title of a link, as in `title <address>`, or ""."""
    title, _, address = text.rstrip().rpartition("<")
    return title.rstrip() if address.endswith(">") and ">" not in address[:-1] else ""


def _without_escapes(text: str) -> str:
    return _ESCAPE.sub(lambda match: "" if match[1].isspace() else match[1], text) if "\\" in text else text


_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def _substituted(
    match: re.Match[str], substitutions: Mapping[str, str], targets: Set[str], depth: int
) -> str:
    """Return the text that a name stands for; an unknown one stays."""
    name = " ".join(match["substitution"].split())
    text = substitutions.get(name)
    if text is None or depth == MAX_SUBSTITUTIONS:
        return match[0]
    return plain(text, {**substitutions, name: name} if depth else substitutions, targets, depth + 1)


MAX_SUBSTITUTIONS = 2  # inside one another, so texts do not grow without bounds
