"""A report as one self-contained page that prints well.

All texts are escaped, and the Content-Security-Policy allows no script and only the style sheet of the page.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files

from pipeline.languages.codes import language_tag
from pipeline.report.document import Bar, Block, Cell, Section, Shown, Table, Words

TITLE = "Synoptic report"


def html_report(sections: Sequence[Section]) -> str:
    """Return the report as an HTML document."""
    style = files("pipeline.report").joinpath("report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return "".join(
        (
            f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{TITLE}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n<h1>{TITLE}</h1>\n",
            *(part for section in sections for part in _section(section)),
            "</main>\n</body>\n</html>\n",
        )
    )


def _section(section: Section) -> Iterator[str]:
    yield f"<section>\n<h2>{escape(section.title)}</h2>\n"
    for block in section.blocks:
        yield from _block(block)
    yield "</section>\n"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, str):
        yield f"<p>{escape(block)}</p>\n"
    elif isinstance(block, Table):
        yield from _table(block)
    else:
        yield from _shown(block)


def _table(table: Table) -> Iterator[str]:
    numeric = [all(_is_number(line[k]) for line in table.lines) for k in range(len(table.header))]
    yield "<table>\n<thead><tr>"
    for name, right in zip(table.header, numeric, strict=True):
        yield f'<th scope="col"{_right(right)}>{escape(name)}</th>'
    yield "</tr></thead>\n<tbody>\n"
    for first, *cells in table.lines:
        yield f'<tr><th scope="row">{_cell(first)}</th>'
        for cell, right in zip(cells, numeric[1:], strict=True):
            yield f"<td{_right(right)}>{_cell(cell)}</td>"
        yield "</tr>\n"
    yield "</tbody>\n</table>\n"


def _right(right: bool) -> str:
    return ' class="number"' if right else ""


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int) or (
        isinstance(cell, str) and cell.removesuffix(" %").replace(".", "", 1).isdecimal()
    )


def _cell(cell: Cell) -> str:
    if isinstance(cell, Words):
        return f"<span{_language(cell.language)}>{escape(cell.text)}</span>"
    if isinstance(cell, Bar):
        return (
            '<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
            f'<rect class="{cell.kind}" width="{100 * cell.share:.2f}" height="4"/></svg>'
        )
    return f"{cell:,}" if isinstance(cell, int) else escape(cell)


def _language(code: str) -> str:
    return f' lang="{escape(language_tag(code))}" dir="auto"' if code else ' dir="auto"'


def _shown(shown: Shown) -> Iterator[str]:
    yield f'<article>\n<h3 dir="auto">{escape(shown.title)}</h3>\n'
    for words in shown.texts:
        yield f"<blockquote{_language(words.language)}>{escape(words.text)}</blockquote>\n"
    if shown.notes:
        yield "<ul>" + "".join(f"<li>{escape(note)}</li>" for note in shown.notes) + "</ul>\n"
    yield "</article>\n"
