"""HTML and JSX in Markdown: lines of tags, comments, and elements whose content is no Markdown."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from pipeline.ingestion.formats.markdown import tags
from pipeline.ingestion.formats.markdown.lines import CODE_INDENT, begin, can_go_on, find, go_on, line_of


def markup(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse the tags at the beginning of a line that has nothing else, and what is no text of a page.

    The text between tags is Markdown: that is what its author saw, whatever the tag. A line with a tag and
    text is a paragraph.
    """
    if state.is_code_block(start):
        if silent or not state.env.get("open"):
            return False
        if tag_in(state, begin(state, start)) is not None:
            _outdent(state, start, end)
    position = begin(state, start)
    if state.src.startswith("<!--", position):
        return comment(state, start, end, silent, position, "-->")
    found: list[tags.Tag] = []
    line, limit = start, state.eMarks[end - 1]
    while position < limit and state.src[position] == "<":
        tag = tag_in(state, position)
        if tag is None or tag.end > limit:
            break
        if tag.name in (*tags.RAW, "pre") and not tag.closing and not tag.empty:
            if (found and silent) or not _raw(state, start, end, True, tag):
                break
            if not silent:
                _push_tags(state, found)
            return _raw(state, start, end, silent, tag)
        found.append(tag)
        last = line_of(state, line, tag.end)
        rest = state.src[tag.end : state.eMarks[last]]
        position = tag.end + len(rest) - len(rest.lstrip())
        if position == state.eMarks[last]:  # a line of tags alone
            if silent:
                return found[0].is_block or found[0].is_component
            line = last + 1
            _push_tags(state, found)
            found = []
            if line >= end or state.isEmpty(line):
                break
            position = begin(state, line)
    if line == start or silent:
        return False
    state.line = line
    _outdent(state, line, end)
    return True


def tag_in(state: StateBlock | StateInline, position: int) -> tags.Tag | None:
    """Return the tag at a position of a document.

    A name that HTML does not know and that the document never closes is no tag but a text in angle brackets,
    as in `List<String>`; and so is an element that hides what follows in it.
    """
    tag = tags.tag_at(state.src, position, bool(state.env.get("jsx")))
    if tag is None or tag.empty or tag.closing or not (tag.is_component or tag.name in tags.HIDING):
        return tag
    return tag if tag.name in closed(state.env) else None


def closed(env: MutableMapping[str, Any]) -> frozenset[str]:
    """Return the names of the elements that a document closes."""
    names = env.get("closed")
    if names is None:
        names = env["closed"] = tags.closed_names(str(env.get("text", "")))
    return names


def _push_tags(state: StateBlock, found: list[tags.Tag]) -> None:
    if not found:
        return
    state.push("html_block", "", 0).meta = {"tags": found}
    open_ = sum((-1 if tag.closing else 0 if tag.empty else 1) for tag in found)
    state.env["open"] = max(0, state.env.get("open", 0) + open_)


def _outdent(state: StateBlock, line: int, end: int) -> None:
    """Take the indentation from the lines after a tag, up to a blank one: they are no code."""
    shift = state.sCount[line] - state.blkIndent if line < end else 0
    if shift < CODE_INDENT:
        return
    while line < end and not state.isEmpty(line):
        state.sCount[line] = max(state.blkIndent, state.sCount[line] - shift)
        line += 1


def comment(state: StateBlock, start: int, end: int, silent: bool, position: int, mark: str) -> bool:
    """Drop a comment that has an end."""
    at = find(state, mark, position, end)
    if at < 0 or not can_go_on(state, start, at + len(mark)):
        return False
    return silent or go_on(state, start, at + len(mark))


def _raw(state: StateBlock, start: int, end: int, silent: bool, tag: tags.Tag) -> bool:
    """Take an element whose content is no Markdown: code, or nothing visible; without an end it is a tag."""
    lower = _lower(state)
    at = _find_lower(state, lower, f"</{tag.name}", tag.end, end)
    close = state.src.find(">", at) if at >= 0 else -1
    if close < 0 or not can_go_on(state, start, close + 1):
        return False
    if silent:
        return True
    if tag.name == "pre":
        token = state.push("code_block", "code", 0)
        token.content, token.meta = state.src[tag.end : at], {"html": True}
    return go_on(state, start, close + 1)


def _lower(state: StateBlock) -> str:
    text: str | None = state.env.get("lower")
    if text is None:
        text = state.env["lower"] = _ascii_lower(state.src)
    return text


def _ascii_lower(text: str) -> str:
    """Return a text in lower case of the same length; `str.lower` makes two characters of some."""
    return text.translate(_LOWER)


_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def _find_lower(state: StateBlock, lower: str, mark: str, position: int, end: int) -> int:
    vain = state.env.setdefault("vain", {})
    if position >= vain.get(mark, len(lower) + 1):
        return -1
    at = lower.find(mark, position)
    if at < 0:
        vain[mark] = position
    return at if at < state.eMarks[end - 1] else -1
