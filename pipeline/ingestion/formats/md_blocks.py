"""What CommonMark's parser learns of blocks: HTML whose text is Markdown, and the marks of site builders.

One rule, `marks`, looks at the first character of a line and hands over to the rule for it. In front of all
others, it is tried often, so the rules look at the text with patterns that fail early.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from pipeline.ingestion.formats import tags, templates

MAX_NESTING = 100  # levels, two for a list and one for a quote; the recursive parser drops deeper content
DEEP = MAX_NESTING - 5  # level from which quotes and lists become plain paragraphs, so nothing is dropped
CODE_INDENT = 4

_DEEP_MARKERS = re.compile(r"^(?:[ \t]*(?:>|[-*+](?=\s)))+[ \t]*", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n\s*\n")

_CONTAINER = re.compile(
    r"(:{3,})[ \t]*(?:\{[ \t]*\.?([\w-]+)?([^{}\n]*)\}|([a-z][\w-]*)(?![\w.:/]))?"
    r"(?:\[([^\n]*)\])?[ \t]*(?:\{[^{}\n]*\})?[ \t]*([^\n]*?)[ \t:]*$",
    re.MULTILINE,
)
_TRAILING = re.compile(r"\{[^{}\n]*\}$")
_CONTAINER_END = re.compile(r"^[ \t>]*:{3,}[ \t]*$", re.MULTILINE)
_LEAF = re.compile(r"::[a-z][\w-]*(?:\[([^\n]*)\])?(?:\{([^{}\n]*)\})?[ \t]*$", re.MULTILINE)
_DEFINITION = re.compile(r":[ \t]+(?=\S)")
_ADMONITION = re.compile(
    r"""(?:!!!|\?\?\?\+?)[ \t]+[a-z][\w-]*(?:[ \t]+[a-z][\w-]*)*[ \t]*(?:["“]([^\n]*)["”])?[ \t]*$""", re.MULTILINE
)
_TAB = re.compile(r"""===[!+]*[ \t]+["']([^\n]+)["'][ \t]*$""", re.MULTILINE)
_NOTE = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*")
_ABBREVIATION = re.compile(r"\*\[([^\]\n]+)\]:[ \t]*")
_TEMPLATED_REFERENCE = re.compile(
    r"""\[([^\]\[\n]+)\]:[ \t]*[^\s{]*\{[{%][^\n{}]*[%}]\}[^\s{]*(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$""",
    re.MULTILINE,
)
_CONTENTS = re.compile(r"\[{1,2}_?toc_?\]{1,2}[ \t]*$", re.IGNORECASE | re.MULTILINE)
_ITEM = r"""(?:[#.][^\s{}"'=]+|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s{}"']+))"""
ATTRIBUTES = re.compile(rf"\{{:[^{{}}\n]*\}}|\{{[ \t]*{_ITEM}(?:[ \t]+{_ITEM})*[ \t]*\}}")
"""An attribute list, `{: .summary}` (kramdown) or `{#id .class}` (the others)."""
_IMPORT = re.compile(r"""import[ \t]+(?:[\w$*{][^;"'`]*?[ \t\n}]from[ \t]*)?["'][^"'\n]+["'][ \t]*(?:with[^\n]*)?;?[ \t]*$""", re.M)
_EXPORT = re.compile(r"export[ \t]+(?:const|let|var|function|class|default|async|type|interface|\*|\{)")

Rule = Callable[[StateBlock, int, int, bool], bool]


def marks(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a line that begins with a mark of its own; the first rule of the parser."""
    if state.level >= DEEP:
        return _deep(state, start, end, silent)
    rule = _RULES.get(state.src[state.bMarks[start] + state.tShift[start]])
    if rule is None or (rule is not _markup and state.is_code_block(start)):
        return False
    return rule(state, start, end, silent)


def _deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse content nested too deeply as plain paragraphs."""
    if silent:
        return False
    text = _DEEP_MARKERS.sub("", state.getLines(start, end, state.blkIndent, False))
    for paragraph in filter(str.strip, _BLANK_LINES.split(text)):
        _push(state, "paragraph", "p", paragraph.strip())
        state.tokens[-2].children = []
    state.line = end
    return True


def _push(state: StateBlock, type_: str, tag: str, text: str) -> None:
    """Add a block with text in it."""
    state.push(f"{type_}_open", tag, 1)
    token = state.push("inline", "", 0)
    token.content, token.children = text, []
    state.push(f"{type_}_close", tag, -1)


def _push_visible(state: StateBlock, texts: list[tuple[str, str]]) -> None:
    if texts:
        state.push("visible", "", 0).meta = {"texts": texts}


def _push_code(state: StateBlock, text: str) -> None:
    state.push("code_block", "code", 0).content = text


def _begin(state: StateBlock, line: int) -> int:
    return state.bMarks[line] + state.tShift[line]


def _rest(state: StateBlock, line: int) -> str:
    return state.src[_begin(state, line) : state.eMarks[line]]


def _line_of(state: StateBlock, line: int, position: int) -> int:
    """Return the line that a position is in, from `line` on."""
    while position > state.eMarks[line]:
        line += 1
    return line


def _can_go_on(state: StateBlock, start: int, position: int) -> bool:
    """Return whether the parser can go on at a position: not inside the line that it is at."""
    line = _line_of(state, start, position)
    return line > start or not state.src[position : state.eMarks[line]].strip()


def _go_on(state: StateBlock, start: int, position: int) -> bool:
    """Let the parser go on at a position."""
    line = _line_of(state, start, position)
    rest = state.src[position : state.eMarks[line]]
    if rest.strip():
        state.bMarks[line], state.tShift[line] = position, len(rest) - len(rest.lstrip())
        state.sCount[line] = state.blkIndent
    state.line = line if rest.strip() else line + 1
    return True


# Code, comments, tags


def _markup(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse the tags at the beginning of a line that has nothing else, and what is no text of a page.

    The text between tags is Markdown: that is what its author saw, whatever the tag. A line with a tag and
    text is a paragraph.
    """
    if state.is_code_block(start):
        if silent or not state.env.get("open"):
            return False
        if tag_in(state, _begin(state, start)) is not None:
            _outdent(state, start, end)
    position = _begin(state, start)
    if state.src.startswith("<!--", position):
        return _comment(state, start, end, silent, position, "-->")
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
        last = _line_of(state, line, tag.end)
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
            position = _begin(state, line)
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


def closed(env: dict[str, object]) -> frozenset[str]:
    """Return the names of the elements that a document closes."""
    names = env.get("closed")
    if names is None:
        names = env["closed"] = tags.closed_names(str(env.get("text", "")))
    return names  # type: ignore[return-value]


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


def _comment(state: StateBlock, start: int, end: int, silent: bool, position: int, mark: str) -> bool:
    """Drop a comment that has an end."""
    at = _find(state, mark, position, end)
    if at < 0 or not _can_go_on(state, start, at + len(mark)):
        return False
    return silent or _go_on(state, start, at + len(mark))


def _find(state: StateBlock, mark: str, position: int, end: int) -> int:
    """Return where a mark is in the rest of a block, -1 if nowhere; a vain search is not repeated."""
    vain = state.env.setdefault("vain", {})
    if position >= vain.get(mark, len(state.src) + 1):
        return -1
    at = state.src.find(mark, position)
    if at < 0:
        vain[mark] = position
    return at if at < state.eMarks[end - 1] else -1


def _raw(state: StateBlock, start: int, end: int, silent: bool, tag: tags.Tag) -> bool:
    """Take an element whose content is no Markdown: code, or nothing visible; without an end it is but a tag."""
    lower = _lower(state)
    at = _find_lower(state, lower, f"</{tag.name}", tag.end, end)
    close = state.src.find(">", at) if at >= 0 else -1
    if close < 0 or not _can_go_on(state, start, close + 1):
        return False
    if silent:
        return True
    if tag.name == "pre":
        token = state.push("code_block", "code", 0)
        token.content, token.meta = state.src[tag.end : at], {"html": True}
    return _go_on(state, start, close + 1)


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


# Shortcodes, attribute lists, expressions


def _braces(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a line of shortcodes, an attribute list, or an expression of JSX."""
    position = _begin(state, start)
    if ATTRIBUTES.fullmatch(_rest(state, start).rstrip()):
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
        if template.name in templates.CODE or template.name in templates.COMMENTS:
            if (close := templates.end_of(state.src, template)) and close.end() <= limit:
                return not texts and _enclosed(state, start, silent, template, close)
        texts += templates.visible(template)
        line = _line_of(state, start, template.end)
        rest = state.src[template.end : state.eMarks[line]]
        position = template.end + len(rest) - len(rest.lstrip())
        if position == state.eMarks[line]:
            break
    if not silent:
        _push_visible(state, texts)
        state.line = line + 1
    return True


def _enclosed(
    state: StateBlock, start: int, silent: bool, template: templates.Template, close: re.Match[str]
) -> bool:
    """Take what two tags enclose as code, or drop it as a comment."""
    if silent or not _can_go_on(state, start, close.end()):
        return silent
    first, last = _line_of(state, start, template.end), _line_of(state, start, close.start())
    if template.name in templates.CODE:
        if first == last:
            _push_code(state, state.src[template.end : close.start()])
        else:
            ahead = state.src[template.end : state.eMarks[first]]
            inside = state.getLines(first + 1, last, state.sCount[start], True)
            _push_code(state, "\n".join((ahead, inside, state.src[_begin(state, last) : close.start()])))
    return _go_on(state, start, close.end())


def _expression(state: StateBlock, start: int, end: int, silent: bool, position: int) -> bool:
    """Parse `{…}` of JSX that stands alone: a comment is dropped, a string is text, all else is code."""
    if state.src.startswith("{/*", position):
        return _comment(state, start, end, silent, position, "*/}")
    close = closing_brace(state.env, state.src, position, state.eMarks[end - 1])
    if close < 0:
        return False
    line = _line_of(state, start, close)
    if state.src[close : state.eMarks[line]].strip():
        return False
    if silent:
        return True
    inside = state.src[position + 1 : close - 1]
    text = tags.string(inside)
    if text is None:
        _push_code(state, state.src[position:close])
    elif text.strip():
        _push(state, "paragraph", "p", text.strip())
    state.line = line + 1
    return True


def closing_brace(env: dict[str, object], text: str, start: int, limit: int) -> int:
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


def _module(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse the imports and exports of MDX; in Markdown an import is code."""
    if silent or state.sCount[start] > state.blkIndent:
        return False
    position = _begin(state, start)
    if match := _IMPORT.match(state.src, position, state.eMarks[end - 1]):
        last = _line_of(state, start, match.end())
    elif state.env.get("jsx") and _EXPORT.match(state.src, position):
        last = _end_of_export(state, start, end)
    else:
        return False
    if not state.env.get("jsx"):
        _push_code(state, state.src[position : state.eMarks[last]])
    state.line = last + 1
    return True


def _end_of_export(state: StateBlock, start: int, end: int) -> int:
    """Return the last line of an export: that before a blank one outside all braces."""
    line = start
    while line + 1 < end and not state.isEmpty(line + 1):
        line += 1
    brace = state.src.find("{", _begin(state, start), state.eMarks[line])
    close = closing_brace(state.env, state.src, brace, state.eMarks[end - 1]) if brace >= 0 else -1
    return max(line, _line_of(state, start, close)) if close >= 0 else line


# Marks with a title, marks with an indented body


def _colons(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse `:::tip[Title]` and its end, a directive `::name[text]`, or a definition `: text`."""
    position, limit = _begin(state, start), state.eMarks[start]
    if state.src.startswith(":::", position):
        return _container(state, start, silent, position, limit)
    if match := _LEAF.match(state.src, position, limit):
        if not silent:
            _push_visible(state, [("label", match[1])] if match[1] else [])
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
        _push(state, "heading", "h6", title.strip())
    state.line = start + 1
    return True


def _admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse `!!! note "Title"` or a tab `=== "Title"`, each with an indented body."""
    position, limit = _begin(state, start), state.eMarks[start]
    match = _ADMONITION.match(state.src, position, limit) or _TAB.match(state.src, position, limit)
    if match is None:
        return False
    below = state.skipEmptyLines(start + 1)
    if below >= end or state.sCount[below] < state.sCount[start] + CODE_INDENT:
        return False
    if silent:
        return True
    if match[1]:
        _push(state, "heading", "h6", match[1])
    state.line = start + 1
    old, state.blkIndent = state.blkIndent, state.sCount[start] + CODE_INDENT
    state.md.block.tokenize(state, start + 1, end)
    state.blkIndent = old
    return True


def _brackets(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a footnote `[^1]: text`, a link definition with a placeholder in it, or `[TOC]`."""
    position, limit = _begin(state, start), state.eMarks[start]
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


def _abbreviation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse what an abbreviation means, `*[HTML]: HyperText Markup Language`."""
    match = _ABBREVIATION.match(state.src, _begin(state, start), state.eMarks[start])
    if match is None:
        return False
    if not silent:
        _push(state, "paragraph", "p", f"{match[1]}: {state.src[match.end() : state.eMarks[start]].strip()}")
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
        if _NEXT.match(state.src, _begin(state, line), state.eMarks[line]):
            break
        line += 1
    return line


_NEXT = re.compile(r"\[[^\]\n]+\]:|:[ \t]")


def _formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a displayed formula, `$$ … $$`, whose marks stay."""
    if not state.src.startswith("$$", _begin(state, start)):
        return False
    line, ahead = start, _begin(state, start) + 2
    while state.src.find("$$", ahead, state.eMarks[line]) < 0:
        line += 1
        if line >= end or state.isEmpty(line):
            return False
        ahead = state.bMarks[line]
    if not _rest(state, line).rstrip().endswith("$$"):
        return False
    if not silent:
        _push_code(state, state.getLines(start, line + 1, state.sCount[start], False))
        state.line = line + 1
    return True


_RULES: dict[str, Rule] = {
    "<": _markup,
    "{": _braces,
    "i": _module,
    "e": _module,
    ":": _colons,
    "!": _admonition,
    "?": _admonition,
    "=": _admonition,
    "[": _brackets,
    "*": _abbreviation,
    "$": _formula,
}
