"""Listings in office documents: paragraphs whose style says that they are code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.datatypes import Block

_WORD = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?![a-z])")
_CODE = frozenset(
    (
        *(
            "code",
            "codeblock",
            "codes",
            "sourcecode",
            "preformatted",
            "listing",
            "programlisting",
            "verbatim",
        ),
        *("codice", "kod", "quellcode", "quelltext", "código", "코드", "소스코드"),
    )
)
_BESIDE = frozenset(
    (
        *("source", "block", "text", "html", "program", "sample", "example", "snippet", "first", "last"),
        *("sorgente", "preformattato", "testo", "blocco", "źródłowy", "blok", "fuente", "소스", "블록"),
        *("user", "style", "character", "para", "paragraph", "body", "box", "small", "line", "lines"),
    )
)


def is_code_style(name: str) -> bool:
    """Return whether a paragraph style is one for code, by its name.

    >>> is_code_style("Source Code"), is_code_style("HTML Preformatted"), is_code_style("CodeBlock2")
    (True, True, True)
    >>> is_code_style("Source"), is_code_style("Zip Code"), is_code_style("Barcode")
    (False, False, False)
    """
    words = [word.lower() for word in _WORD.findall(name)]
    return any(word in _CODE for word in words) and all(word in _CODE or word in _BESIDE for word in words)


def join_code(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks with adjacent paragraphs of code joined into one; an empty one is a blank line."""
    lines: list[str] = []
    for block in blocks:
        if block.kind == "code":
            lines.append(block.text)
            continue
        yield from _listing(lines)
        lines = []
        yield block
    yield from _listing(lines)


def _listing(lines: list[str]) -> Iterator[Block]:
    text = "\n".join(line.rstrip() for line in "\n".join(lines).split("\n")).strip("\n")
    if text:
        yield Block("code", text)
