"""Reads the lines of a YAML head leniently: what people write there is often no YAML."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

Value = str | Sequence[object] | Mapping[str, object]
SETTING = re.compile(r"""\A["']?([\w][\w.@-]*)["']?[ \t]*:(?:[ \t]+(.*)|[ \t]*)$""")
_PLAIN_NAME = re.compile(r"[a-z_@][\w.@-]*", re.ASCII)
_BLOCK_SCALAR = re.compile(r"\A(?:[&!]\S+[ \t]+)*([|>])[+\-\d]*[ \t]*(?:#.*)?")
_COMMENT = re.compile(r"(?:^|(?<![ \t])[ \t]+)#.*")
_QUOTED = r"""(?:"[^"]*"|'[^']*')(?=[ \t]*(?:,|[\]}]?\Z))"""
_MEMBER = rf"(?:{_QUOTED}|(?!{_QUOTED})[^\s,]+)"
_TOKEN = re.compile(rf"\A[\[{{]?{_MEMBER}?(?:[ \t]*,(?:[ \t]*{_MEMBER})?)*[\]}}]?")
_ANCHOR = re.compile(r"\A(?:[&!][^\s,\[\]{}]*[ \t]+)+")
MAX_OPEN = 50  # lines of a value that is not indented


def parts_of(lines: Sequence[str]) -> tuple[list[tuple[str, str, list[str]]], list[str]]:
    """Return name, value and lines below it of each setting, and the lines that belong to none."""
    parts: list[tuple[str, str, list[str]]] = []
    rest: list[str] = []
    for line in lines:
        if line[:1] in (" ", "\t", "") or line[0] in "#-]}":
            if parts:
                parts[-1][2].append(line)
            elif line.strip() and not line.lstrip().startswith("#"):
                rest.append(line.strip())
        elif match := SETTING.match(line):
            parts.append((match[1], (match[2] or "").strip(), []))
        elif _is_open(parts):
            parts[-1][2].append(line)
        else:
            rest.append(line.strip())
    return parts, rest


def _is_open(parts: Sequence[tuple[str, str, list[str]]]) -> bool:
    """Return whether the last value is a string or a list that has not ended."""
    if not parts or not parts[-1][1] or parts[-1][1][0] not in "\"'[{":
        return False
    _, first, below = parts[-1]
    if len(below) > MAX_OPEN or (below and not below[-1].strip()):
        return False
    ends = {"[": "]", "{": "}"}
    end = ends.get(first[0], first[0])
    last = (below[-1] if below else first[1:]).rstrip().rstrip(",")
    return not _COMMENT.sub("", last).rstrip().endswith(end) and not last.endswith(end)


def settings_only(parts: Sequence[tuple[str, str, list[str]]]) -> bool:
    """Return whether no name and no value could be prose."""
    return all(
        _PLAIN_NAME.fullmatch(name)
        and (_TOKEN.fullmatch(first) or _BLOCK_SCALAR.fullmatch(first))
        and all(_TOKEN.fullmatch(line.strip(" \t-")) or SETTING.match(line.strip(" \t-")) for line in below)
        for name, first, below in parts
    )


def value_of(first: str, below: Sequence[str]) -> Value:
    """Return a value from what is behind its name and the lines below it."""
    first = _ANCHOR.sub("", first, count=1) if first[:1] in ("&", "!") else first
    if match := _BLOCK_SCALAR.fullmatch(first):
        return _block_scalar(below, match[1])
    if first[:1] in ("[", "{"):
        whole = _COMMENT.sub("", " ".join((first, *map(str.strip, below)))).rstrip()
        return _flow(whole) if whole[-1:] in ("]", "}") else _scalar(whole)
    if not first or first.startswith("#"):
        return _nested(below)
    paragraphs = [first]
    for line in below:
        paragraphs.append(line.strip() or "\n\n")
    return _scalar(" ".join(paragraphs))


def _block_scalar(lines: Sequence[str], style: str) -> str:
    """Return a text in lines: `|` keeps its line ends, `>` only blank lines; both are paragraphs here."""
    return "\n".join(line.strip() for line in lines).strip()


def _scalar(text: str) -> str:
    text = text.strip()
    if text[:1] == '"':
        end = re.match(r'"((?:[^"\\]|\\.)*)"', text, re.DOTALL)
        return unescaped(end[1]) if end else text[1:].strip()
    if text[:1] == "'":
        end = re.match(r"'((?:[^']|'')*)'", text, re.DOTALL)
        return end[1].replace("''", "'") if end else text[1:].strip()
    return _COMMENT.sub("", text).strip() if "#" in text else text


def unescaped(text: str) -> str:
    """Return the text between double quotes without its escapes."""
    if "\\" not in text:
        return text
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return re.sub(r"\\(.)", r"\1", text)


def _flow(text: str) -> Value:
    """Return the list in brackets, or the map in braces."""
    inside = re.findall(
        r"""(?:([\w-]+)[ \t]*:[ \t]+)?("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s,\[\]{}"'][^,\[\]{}]*)""", text
    )
    values = [(name, _scalar(value)) for name, value in inside]
    return {name: value for name, value in values if name} or [value for _, value in values]


def _nested(lines: Sequence[str]) -> Value:
    """Return the list or the map in the lines below a name: names of people are in both."""
    values: list[object] = []
    names: dict[str, object] = {}
    for line in lines:
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        item = text.startswith("-")
        text = text.lstrip("-").strip() if item else text
        if setting := SETTING.match(text):
            pair = {setting[1]: _scalar(setting[2] or "")}
            if item:
                values.append(pair)
            elif values and isinstance(values[-1], dict):
                values[-1].setdefault(setting[1], pair[setting[1]])
            else:
                names.setdefault(setting[1], pair[setting[1]])
        elif item:
            values.append(_flow(text) if text[:1] in "[{" and text else _scalar(text))
        elif not values and not names:
            return _scalar(" ".join(map(str.strip, lines)))
    return values or names
