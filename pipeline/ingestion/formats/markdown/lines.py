"""Lines of a Markdown text in the parser: where they are, and what is added for them."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock

CODE_INDENT = 4


def push(state: StateBlock, type_: str, tag: str, text: str) -> None:
    """Add a block with text in it."""
    state.push(f"{type_}_open", tag, 1)
    token = state.push("inline", "", 0)
    token.content, token.children = text, []
    state.push(f"{type_}_close", tag, -1)


def push_visible(state: StateBlock, texts: list[tuple[str, str]]) -> None:
    """Add texts of attributes, by name."""
    if texts:
        state.push("visible", "", 0).meta = {"texts": texts}


def push_code(state: StateBlock, text: str) -> None:
    """Add code."""
    state.push("code_block", "code", 0).content = text


def begin(state: StateBlock, line: int) -> int:
    """Return where the text of a line begins, after its indentation."""
    return state.bMarks[line] + state.tShift[line]


def rest_of(state: StateBlock, line: int) -> str:
    """Return a line without its indentation."""
    return state.src[begin(state, line) : state.eMarks[line]]


def line_of(state: StateBlock, line: int, position: int) -> int:
    """Return the line that a position is in, from `line` on."""
    while position > state.eMarks[line]:
        line += 1
    return line


def can_go_on(state: StateBlock, start: int, position: int) -> bool:
    """Return whether the parser can go on at a position: not inside the line that it is at."""
    line = line_of(state, start, position)
    return line > start or not state.src[position : state.eMarks[line]].strip()


def go_on(state: StateBlock, start: int, position: int) -> bool:
    """Let the parser go on at a position."""
    line = line_of(state, start, position)
    rest = state.src[position : state.eMarks[line]]
    if rest.strip():
        state.bMarks[line], state.tShift[line] = position, len(rest) - len(rest.lstrip())
        state.sCount[line] = state.blkIndent
    state.line = line if rest.strip() else line + 1
    return True


def find(state: StateBlock, mark: str, position: int, end: int) -> int:
    """Return where a mark is in the rest of a block, -1 if nowhere; a vain search is not repeated."""
    vain = state.env.setdefault("vain", {})
    if position >= vain.get(mark, len(state.src) + 1):
        return -1
    at = state.src.find(mark, position)
    if at < 0:
        vain[mark] = position
    return at if at < state.eMarks[end - 1] else -1
