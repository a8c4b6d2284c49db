"""Repairs the source of XML that is none: signs that need escaping, elements that do not fit."""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from html.entities import html5

_TAG_REST = (
    r"[A-Za-z_:\u0080-\uffff][^\s<>/=\"']*"
    r"(?:\s+(?:[^\s<>/=\"']+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s<>\"']+)"
    r"|(?:allowfullscreen|async|autoplay|checked|controls|defer|disabled|hidden|loop|muted|nowrap|open|selected)\b))*"
    r"\s*/?>"
)
"""A start tag behind its `<`, with attributes that have values, or that have none in HTML."""
_NOT_XML = re.compile(
    r"&(?:#([0-9]{1,7}|[xX][0-9a-fA-F]{1,6});|([A-Za-z][A-Za-z0-9]{1,30};)|(?:amp|lt|gt|quot)(?![A-Za-z0-9=]))?"
    rf"|<(?![/!?]|{_TAG_REST})"
    r"|<((?:br|hr|img|wbr)\b[^<>]*)>|\]\]>"
)
"""What feeds write by hand: signs that need escaping, and elements of HTML without an end tag."""
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_OWN_ENTITIES = frozenset(("lt;", "gt;", "amp;", "quot;", "apos;"))
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LITERAL = re.compile(r"<!\[CDATA\[|<!--")
_TAG = re.compile(
    r"<(/?)([A-Za-z_:\u0080-\uffff][^\s<>/=\"']*)(?![^\s<>/=\"'])"
    r"((?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>"
)


def repaired(text: str) -> str:
    """Return the source of a document with everything outside CDATA sections as XML asks for it."""
    parts: list[str] = []
    end = 0
    while (start := text.find(_CDATA, end)) >= 0:
        parts.append(_NOT_XML.sub(_as_xml, text[end:start]))
        close = text.find(_CDATA_END, start)
        end = len(text) if close < 0 else close + len(_CDATA_END)
        parts.append(text[start:end])
    parts.append(_NOT_XML.sub(_as_xml, text[end:]))
    return "".join(parts)


def _as_xml(match: re.Match[str]) -> str:
    number, name, empty = match.groups()
    if empty is not None:
        return match[0] if empty.endswith("/") else f"<{empty}/>"
    if number is not None:
        code = int(number[1:], 16) if number[0] in "xX" else int(number)
        is_allowed = 0 < code <= 0x10FFFF and not FORBIDDEN.match(chr(code))
        return match[0] if is_allowed else "\ufffd"
    if name in _OWN_ENTITIES:
        return match[0]
    if name is None and f"{match[0][1:]};" in _OWN_ENTITIES:  # "&amp" without its semicolon
        return f"{match[0]};"
    return escape(html5[name] if name in html5 else match[0], quote=False)


def balanced(text: str) -> str:
    """Return the source of a document with an end for each element, and a beginning for each end.

    A parser that only goes on at the next tag would put the fields behind an open element into it.
    """
    parts: list[str] = []
    stack: list[str] = []
    is_open: Counter[str] = Counter()

    def fitted(tag: re.Match[str]) -> str:
        """Return a tag with the ends that it lacks before it, or nothing for an end without a beginning."""
        slash, name, rest = tag.groups()
        if not slash:
            if not rest.endswith("/"):
                stack.append(name)
                is_open[name] += 1
            return tag[0]
        if not is_open[name]:
            return ""
        ends = ""
        while True:
            last = stack.pop()
            is_open[last] -= 1
            ends += f"</{last}>"
            if last == name:
                return ends

    end = 0
    while (literal := _LITERAL.search(text, end)) is not None:
        parts.append(_TAG.sub(fitted, text[end : literal.start()]))
        mark = "-->" if literal[0] == "<!--" else _CDATA_END
        close = text.find(mark, literal.end())
        end = len(text) if close < 0 else close + len(mark)
        parts.append(text[literal.start() : end] if literal[0] == _CDATA else "")
    parts.append(_TAG.sub(fitted, text[end:]))
    parts += [f"</{name}>" for name in reversed(stack)]
    return "".join(parts)
