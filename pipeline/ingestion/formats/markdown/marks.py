"""Blocks with a mark of their own: containers, notes, definitions, formulas."""

from __future__ import annotations

import re

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock

from pipeline.ingestion.formats.markdown import tags
from pipeline.ingestion.formats.markdown.lines import (
    CODE_INDENT,
    begin,
    push,
    push_code,
    push_visible,
    rest_of,
)

_CONTAINER = re.compile(
    r"(:{3,})[ \t]*(?:\{[ \t]*(?![ \t])\.?([\w-]+(?![\w-]))?([^{}\n]*)\}|([a-z][\w-]*)(?![\w.:/]))?"
    r"(?:\[([^\n]*)\])?[ \t]*(?:\{[^{}\n]*\}[ \t]*)?((?:[^\n]*[^ \t:\n])?)[ \t:]*$",
    re.MULTILINE,
)
_TRAILING = re.compile(r"\{[^{}\n]*\}$")
_CONTAINER_END = re.compile(r"^[ \t>]*:{3,}[ \t]*$", re.MULTILINE)
_LEAF = re.compile(r"::[a-z][\w-]*(?:\[([^\n]*)\])?(?:\{([^{}\n]*)\})?[ \t]*$", re.MULTILINE)
_DEFINITION = re.compile(r":[ \t]+(?=\S)")
_ADMONITION = re.compile(
    r"""(?:!!!|\?\?\?\+?)[ \t]+[a-z][\w-]*(?:[ \t]+[a-z][\w-]*)*[ \t]*(?:["“]([^\n]*)["”][ \t]*)?$""",
    re.MULTILINE,
)
_TAB = re.compile(r"""===[!+]*[ \t]+["']([^\n]+)["'][ \t]*$""", re.MULTILINE)
_NOTE = re.compile(r"\[\^([^\]\s]{1,300})\]:[ \t]*")
_ABBREVIATION = re.compile(r"\*\[([^\]\n]{1,300})\]:[ \t]*")
_TEMPLATED_REFERENCE = re.compile(
    r"""\[([^\]\[\n]+)\]:[ \t]*[^\s{]*\{[{%][^\n{}]*[%}]\}[^\s{]*"""
    r"""(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$""",
    re.MULTILINE,
)
_CONTENTS = re.compile(r"\[{1,2}_?toc_?\]{1,2}[ \t]*$", re.IGNORECASE | re.MULTILINE)


def colons(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse `:::tip[Title]` and its end, a directive `::name[text]`, or a definition `: text`."""
    position, limit = begin(state, start), state.eMarks[start]
    if state.src.startswith(":::", position):
        return _container(state, start, silent, position, limit)
    if match := _LEAF.match(state.src, position, limit):
        if not silent:
            push_visible(state, [("label", match[1])] if match[1] else [])
            state.line = start + 1
        return True
    if match := _DEFINITION.match(state.src, position, limit):
        return silent or _with_body(state, start, end, match.end(), 1, "definition")
    return False


def _container(state: StateBlock, start: int, silent: bool, position: int, limit: int) -> bool:
    last_end = state.env.get("container_end")
    if last_end is None:
        ends = [match.end() for match in _CONTAINER_END.finditer(state.src)]
        last_end = state.env["container_end"] = ends[-1] if ends else -1
    match = _CONTAINER.match(state.src, position, limit)
    if match is None or last_end <= position:
        return False
    if silent:
        return True
    title = match[5] or _TRAILING.sub("", match[6]) or dict(tags.properties(match[3] or "")).get("title", "")
    if title.strip(" :"):
        push(state, "heading", "h6", title.strip())
    state.line = start + 1
    return True


def admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse `!!! note "Title"` or a tab `=== "Title"`, each with an indented body."""
    position, limit = begin(state, start), state.eMarks[start]
    match = _ADMONITION.match(state.src, position, limit) or _TAB.match(state.src, position, limit)
    if match is None:
        return False
    below = state.skipEmptyLines(start + 1)
    if below >= end or state.sCount[below] < state.sCount[start] + CODE_INDENT:
        return False
    if silent:
        return True
    if match[1]:
        push(state, "heading", "h6", match[1])
    state.line = start + 1
    old, state.blkIndent = state.blkIndent, state.sCount[start] + CODE_INDENT
    state.md.block.tokenize(state, start + 1, end)
    state.blkIndent = old
    return True


def brackets(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a footnote `[^1]: text`, a link definition with a placeholder in it, or `[TOC]`."""
    position, limit = begin(state, start), state.eMarks[start]
    if match := _NOTE.match(state.src, position, limit):
        state.env.setdefault("notes", set()).add(match[1])
        return silent or _with_body(state, start, end, match.end(), 2, "note")
    if silent:
        return False
    if match := _TEMPLATED_REFERENCE.match(state.src, position, limit):
        references = state.env.setdefault("references", {})
        references.setdefault(normalizeReference(match[1]), {"title": "", "href": "", "map": [start, start]})
    elif not _CONTENTS.match(state.src, position, limit):
        return False
    state.line = start + 1
    return True


def abbreviation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse what an abbreviation means, `*[HTML]: HyperText Markup Language`."""
    match = _ABBREVIATION.match(state.src, begin(state, start), state.eMarks[start])
    if match is None:
        return False
    if not silent:
        push(state, "paragraph", "p", f"{match[1]}: {state.src[match.end() : state.eMarks[start]].strip()}")
        state.line = start + 1
    return True


def _with_body(state: StateBlock, start: int, end: int, position: int, indent: int, type_: str) -> bool:
    """Parse a block that begins after a mark and goes on in the lines that are indented."""
    mark, shift, count = state.bMarks[start], state.tShift[start], state.sCount[start]
    state.push(f"{type_}_open", "", 1)
    old = state.blkIndent
    if position < state.eMarks[start]:
        state.bMarks[start], state.tShift[start], state.sCount[start] = position, 0, count
        state.blkIndent = count
        last, state.lineMax = state.lineMax, _end_of_paragraph(state, start, end)
        state.md.block.tokenize(state, start, state.lineMax)
        state.lineMax = last
    else:
        state.line = start + 1
    below = state.skipEmptyLines(state.line)
    state.blkIndent = count + indent
    if below < end and state.sCount[below] >= state.blkIndent:
        state.blkIndent = min(state.sCount[below], count + CODE_INDENT)
        state.md.block.tokenize(state, below, end)
    state.blkIndent = old
    state.bMarks[start], state.tShift[start], state.sCount[start] = mark, shift, count
    state.push(f"{type_}_close", "", -1)
    return True


def _end_of_paragraph(state: StateBlock, start: int, end: int) -> int:
    """Return the line after the paragraph of a note: a blank one, or one that begins another note."""
    line = start + 1
    while line < end and not state.isEmpty(line) and state.sCount[line] >= 0:
        if _NEXT.match(state.src, begin(state, line), state.eMarks[line]):
            break
        line += 1
    return line


_NEXT = re.compile(r"\[[^\]\n]{1,999}\]:|:[ \t]")


def formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a displayed formula, `$$ … $$`, whose marks stay."""
    if not state.src.startswith("$$", begin(state, start)):
        return False
    line, ahead = start, begin(state, start) + 2
    while state.src.find("$$", ahead, state.eMarks[line]) < 0:
        line += 1
        if line >= end or state.isEmpty(line):
            return False
        ahead = state.bMarks[line]
    if not rest_of(state, line).rstrip().endswith("$$"):
        return False
    if not silent:
        push_code(state, state.getLines(start, line + 1, state.sCount[start], False))
        state.line = line + 1
    return True
