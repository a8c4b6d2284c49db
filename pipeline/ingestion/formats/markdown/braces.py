"""Lines of shortcodes, attribute lists and expressions, and the imports and exports of MDX."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

from markdown_it.rules_block import StateBlock

from pipeline.ingestion.formats.markdown import tags, templates
from pipeline.ingestion.formats.markdown.lines import (
    begin,
    can_go_on,
    go_on,
    line_of,
    push,
    push_code,
    push_visible,
    rest_of,
)
from pipeline.ingestion.formats.markdown.markup import comment

_ITEM = r"""(?:[#.][^\s{}"'=]+|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s{}"']+))"""
ATTRIBUTES = re.compile(rf"\{{:[^{{}}\n]*\}}|\{{[ \t]*{_ITEM}(?:[ \t]+{_ITEM})*[ \t]*\}}")
"""An attribute list, `{: .summary}` (kramdown) or `{#id .class}` (the others)."""
_IMPORT = re.compile(
    r"""import[ \t]+(?:[\w$*{][^;"'`]{0,3000}?[ \t\n}]from[ \t]*)?"""
    r"""["'][^"'\n]+["'][ \t]*(?:with[^\n]*)?(?:;[ \t]*)?$""",
    re.M,
)
_EXPORT = re.compile(r"export[ \t]+(?:const|let|var|function|class|default|async|type|interface|\*|\{)")


def braces(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a line of shortcodes, an attribute list, or an expression of JSX."""
    position = begin(state, start)
    if ATTRIBUTES.fullmatch(rest_of(state, start).rstrip()):
        state.line = start + 1
        return True
    if state.env.get("jsx"):
        return _expression(state, start, end, silent, position)
    texts: list[tuple[str, str]] = []
    limit = state.eMarks[end - 1]
    while True:
        template = templates.template_at(state.src, position)
        if template is None or template.end > limit or template.literal:
            return False
        if template.name in templates.CODE | templates.COMMENTS:
            close = templates.end_of(state.src, template)
            if close and close.end() <= limit:
                return not texts and _enclosed(state, start, silent, template, close)
        texts += templates.visible(template)
        line = line_of(state, start, template.end)
        rest = state.src[template.end : state.eMarks[line]]
        position = template.end + len(rest) - len(rest.lstrip())
        if position == state.eMarks[line]:
            break
    if not silent:
        push_visible(state, texts)
        state.line = line + 1
    return True


def _enclosed(
    state: StateBlock, start: int, silent: bool, template: templates.Template, close: re.Match[str]
) -> bool:
    """Take what two tags enclose as code, or drop it as a comment."""
    if silent or not can_go_on(state, start, close.end()):
        return silent
    first, last = line_of(state, start, template.end), line_of(state, start, close.start())
    if template.name in templates.CODE:
        if first == last:
            push_code(state, state.src[template.end : close.start()])
        else:
            ahead = state.src[template.end : state.eMarks[first]]
            inside = state.getLines(first + 1, last, state.sCount[start], True)
            push_code(state, "\n".join((ahead, inside, state.src[begin(state, last) : close.start()])))
    return go_on(state, start, close.end())


def _expression(state: StateBlock, start: int, end: int, silent: bool, position: int) -> bool:
    """Parse `{…}` of JSX that stands alone: a comment is dropped, a string is text, all else is code."""
    if state.src.startswith("{/*", position):
        return comment(state, start, end, silent, position, "*/}")
    close = closing_brace(state.env, state.src, position, state.eMarks[end - 1])
    if close < 0:
        return False
    line = line_of(state, start, close)
    if state.src[close : state.eMarks[line]].strip():
        return False
    if silent:
        return True
    inside = state.src[position + 1 : close - 1]
    text = tags.string(inside)
    if text is None:
        push_code(state, state.src[position:close])
    elif text.strip():
        push(state, "paragraph", "p", text.strip())
    state.line = line + 1
    return True


def closing_brace(env: MutableMapping[str, Any], text: str, start: int, limit: int) -> int:
    """Return the position after the brace that closes the one at `start`, -1 if there is none.

    All braces of a text are paired at once, since each search could be as long as the text.
    """
    known = env.get("braces")
    if not isinstance(known, tuple) or known[0] is not text:
        known = env["braces"] = (text, _paired(text))
    close: int = known[1].get(start, -1)
    return close if close <= limit else -1


def _paired(text: str) -> dict[int, int]:
    pairs: dict[int, int] = {}
    open_: list[int] = []
    for match in _BRACE.finditer(text):
        if match[0] == "{":
            open_.append(match.start())
        elif open_:
            pairs[open_.pop()] = match.end()
    return pairs


_BRACE = re.compile(r"[{}]")


def module(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse the imports and exports of MDX; in Markdown an import is code."""
    if silent or state.sCount[start] > state.blkIndent:
        return False
    position = begin(state, start)
    if match := _IMPORT.match(state.src, position, state.eMarks[end - 1]):
        last = line_of(state, start, match.end())
    elif state.env.get("jsx") and _EXPORT.match(state.src, position):
        last = _end_of_export(state, start, end)
    else:
        return False
    if not state.env.get("jsx"):
        push_code(state, state.src[position : state.eMarks[last]])
    state.line = last + 1
    return True


def _end_of_export(state: StateBlock, start: int, end: int) -> int:
    """Return the last line of an export: that before a blank one outside all braces."""
    line = start
    while line + 1 < end and not state.isEmpty(line + 1):
        line += 1
    brace = state.src.find("{", begin(state, start), state.eMarks[line])
    close = closing_brace(state.env, state.src, brace, state.eMarks[end - 1]) if brace >= 0 else -1
    return max(line, line_of(state, start, close)) if close >= 0 else line
