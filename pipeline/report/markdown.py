"""A report as Markdown. Texts are escaped, so none of them becomes markup or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from pipeline.languages.codes import language_tag
from pipeline.report.document import Bar, Block, Cell, Section, Shown, Table, Words

_SPECIAL = re.compile(r"[\\`*_{}\[\]()#+!|~$-]")


def markdown_report(sections: Sequence[Section]) -> str:
    """Return the report as Markdown with tables (GFM)."""
    parts = ["# Synoptic report\n"]
    for section in sections:
        parts.append(f"\n## {_escaped(section.title)}\n")
        for block in section.blocks:
            parts += ["\n", *_block(block)]
    return "".join(parts)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, str):
        yield f"{_escaped(block)}\n"
    elif isinstance(block, Table):
        bars = {k for line in block.lines for k, cell in enumerate(line) if isinstance(cell, Bar)}
        kept = [k for k in range(len(block.header)) if k not in bars]
        yield _line([block.header[k] for k in kept])
        yield "|" + "---|" * len(kept) + "\n"
        for line in block.lines:
            yield _line([line[k] for k in kept])
    else:
        yield from _shown(block)


def _line(cells: Sequence[Cell]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |\n"


def _cell(cell: Cell) -> str:
    if isinstance(cell, Words):
        return _marked(cell)
    return f"{cell:,}" if isinstance(cell, int) else _escaped(str(cell))


def _marked(words: Words) -> str:
    """Return a text with its language, which Markdown itself cannot state."""
    return f'<span lang="{escape(language_tag(words.language))}">{_escaped(words.text)}</span>'


def _shown(shown: Shown) -> Iterator[str]:
    yield f"### {_escaped(shown.title)}\n\n"
    yield ">\n".join(f"> {_marked(words)}\n" for words in shown.texts)
    yield "\n"
    yield from (f"- {_escaped(note)}\n" for note in shown.notes)


def _escaped(text: str) -> str:
    """Return a text on one line, with line breaks as `<br>`, in which no character is markup."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "<br>".join(_SPECIAL.sub(r"\\\g<0>", line.strip()) for line in safe.strip().splitlines())
