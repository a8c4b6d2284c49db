"""What CommonMark's parser learns of blocks: HTML whose text is Markdown, and the marks of site builders.

One rule, `line_marks`, looks at the first character of a line and hands over to the rule for it. It is in
front of all others and tried often, so the rules look at the text with patterns that fail early.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it.rules_block import StateBlock

from pipeline.ingestion.formats.markdown import braces, marks, markup
from pipeline.ingestion.formats.markdown.lines import push

MAX_NESTING = 100  # levels, two for a list and one for a quote; the recursive parser drops deeper content
DEEP = MAX_NESTING - 5  # level from which quotes and lists become plain paragraphs, so nothing is dropped

_DEEP_MARKERS = re.compile(r"^(?:[ \t]*(?:>|[-*+](?=\s)))+[ \t]*", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n\s*\n")

Rule = Callable[[StateBlock, int, int, bool], bool]


def line_marks(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a line that begins with a mark of its own; the first rule of the parser."""
    if state.level >= DEEP:
        return _deep(state, start, end, silent)
    rule = _RULES.get(state.src[state.bMarks[start] + state.tShift[start]])
    if rule is None or (rule is not markup.markup and state.is_code_block(start)):
        return False
    return rule(state, start, end, silent)


def _deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse content nested too deeply as plain paragraphs."""
    if silent:
        return False
    text = _DEEP_MARKERS.sub("", state.getLines(start, end, state.blkIndent, False))
    for paragraph in filter(str.strip, _BLANK_LINES.split(text)):
        push(state, "paragraph", "p", paragraph.strip())
        state.tokens[-2].children = []
    state.line = end
    return True


_RULES: dict[str, Rule] = {
    "<": markup.markup,
    "{": braces.braces,
    "i": braces.module,
    "e": braces.module,
    ":": marks.colons,
    "!": marks.admonition,
    "?": marks.admonition,
    "=": marks.admonition,
    "[": marks.brackets,
    "*": marks.abbreviation,
    "$": marks.formula,
}
