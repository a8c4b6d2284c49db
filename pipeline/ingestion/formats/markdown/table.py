"""Tables: cells beyond the columns of the head are kept, which CommonMark's parser leaves out."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit, table
from markdown_it.token import Token


def whole_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a table with all cells that its rows have."""
    before = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    if silent:
        return True
    cells, row = 0, None
    tokens: list[Token] = []
    for token in state.tokens[before:]:
        if token.type == "tr_open":
            cells, row = 0, token.map
        elif token.type == "td_open":
            cells += 1
        elif token.type == "tr_close" and cells and row:
            for text in _cells(state, row[0])[cells:]:
                tokens += _cell(text, token.level + 1)
        tokens.append(token)
    state.tokens[before:] = tokens
    return True


def _cells(state: StateBlock, line: int) -> list[str]:
    found = escapedSplit(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip())
    found = found[1:] if found and not found[0] else found
    return found[:-1] if found and not found[-1] else found


def _cell(text: str, level: int) -> list[Token]:
    inside = Token("inline", "", 0, level=level + 1, content=text.strip(), children=[], block=True)
    return [Token("td_open", "td", 1, level=level), inside, Token("td_close", "td", -1, level=level)]
