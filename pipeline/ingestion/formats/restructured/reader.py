"""Collects the paragraphs of a text in reStructuredText."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from textwrap import dedent

from pipeline.datatypes import Block
from pipeline.ingestion.formats.reading import code, names
from pipeline.ingestion.formats.restructured import tables
from pipeline.ingestion.formats.restructured.directives import (
    ADMONITIONS,
    CODE,
    OPTIONS,
    SILENT,
    kind_of_argument,
    whole_argument,
)
from pipeline.ingestion.formats.restructured.inline import before_address, plain
from pipeline.ingestion.formats.restructured.lines import (
    FIELD,
    NUMBER,
    body_of,
    end_of_paragraph,
    indented,
    is_item,
    options_of,
)
from pipeline.ingestion.formats.restructured.substitutions import substitutions_in
from pipeline.languages.scripts import on_one_line

MAX_DEPTH = 40  # nested bodies; deeper ones are read as one paragraph
_ADORNMENT = re.compile(r"\A([!-/:-@\[-`{-~])\1{2,}[ \t]*$")
_UNDERLINE = re.compile(r"\A([!-/:-@\[-`{-~])\1+[ \t]*$")
_EXPLICIT = re.compile(r"\.\.(?:[ \t]+|$)")
_DIRECTIVE = re.compile(r"\.\.[ \t]+(?:\|([^|]+)\|[ \t]+)?([A-Za-z][\w+.:-]*?)[ \t]?::(?:[ \t]+(.*)|$)")
_NOTE_HEAD = re.compile(r"\.\.[ \t]+\[(?:\d+|#[^\]]*|\*|([A-Za-z][\w.+-]*))\](?:[ \t]+(.*)|$)")
_ANONYMOUS = re.compile(r"__[ \t]+\S|\.\.[ \t]+__:")
_BULLET = re.compile(r"([-*+•‣⁃])([ \t]+)(?=\S)")
_LINE_BLOCK = re.compile(r"\|(?:[ \t]+|$)")
_DOCTEST = re.compile(r">>>[ \t]")
_USE = re.compile(r"\|([^|\s][^|\n]*)\|")
_DEFINED = re.compile(r"\.\.[ \t]+\|([^|\s][^|\n]*)\|[ \t]+[\w-]+::")
_REFERENCE = re.compile(r"^[ \t]*\.\.[ \t]+_(?:`([^`\n]+)`|([^:\n`]+)):", re.MULTILINE)
_DOCUMENT = {
    **dict.fromkeys(("author", "authors"), "author"),
    **dict.fromkeys(("language", "lang"), "language"),
    "date": "date",
    "title": "title",
}
"""Fields at the head that are metadata."""
_SETTINGS = names("""
    slug tags category categories keywords status draft modified save_as url
    tocdepth orphan nosearch nocomments hide-toc hide-navigation template html_theme
    """)
"""Fields that steer how a page is made."""


class Reader:
    """Collects the paragraphs of a text."""

    def __init__(self, text: str) -> None:
        self.found: list[Block] = []
        self.said: dict[str, str] = {}  # the metadata
        self._at_head = True  # nothing but titles and fields so far
        self._numbers: dict[int, int] = {}  # the last number of the open list at each depth
        self._styles: list[str] = []  # of titles, highest first
        self._substitutions = dict(substitutions_in(text))
        self._targets = frozenset(
            " ".join((first or second).lower().split()) for first, second in _REFERENCE.findall(text)
        )
        self._uses = Counter(" ".join(name.split()) for name in _USE.findall(text))
        self._uses.subtract(" ".join(name.split()) for name in _DEFINED.findall(text))
        self._marker = ""  # of an item that has no text yet

    def read(self, lines: Sequence[str], kind: str, depth: int) -> None:
        """Read the blocks in lines, whose paragraphs are of a kind."""
        if depth > MAX_DEPTH:
            self._add(kind, self._plain(" ".join(lines)))
            return
        at = 0
        self._numbers[depth] = 0
        while at < len(lines):
            at = at + 1 if not lines[at].strip() else self._block(lines, at, kind, depth)

    def _block(self, lines: Sequence[str], at: int, kind: str, depth: int) -> int:
        """Read one block; returns the line after it."""
        line = lines[at]
        if line[0] in " \t":
            body, end = indented(lines, at)
            self.read(body, "quote" if kind == "paragraph" else kind, depth + 1)
            return end
        if after := self._title(lines, at):
            return after
        if _EXPLICIT.match(line) or _ANONYMOUS.match(line):
            return self._explicit(lines, at, kind, depth)
        if tables.GRID.match(line):
            end = tables.end_of_grid(lines, at)
            self._cells(tables.grid_cells(lines[at:end]), depth)
            return end
        if tables.SIMPLE.match(line) and (end := tables.end_of_simple(lines, at)) > at:
            self._cells(tables.simple_cells(lines[at:end]), depth)
            return end
        if (match := _BULLET.match(line)) or ((match := NUMBER.match(line)) and is_item(lines, at, match)):
            return self._item(lines, at, match, kind, depth)
        if (match := FIELD.match(line)) and not line.startswith(":`"):
            return self._field(lines, at, match, kind, depth)
        if _LINE_BLOCK.match(line):
            return self._line_block(lines, at, kind)
        if _DOCTEST.match(line):
            end = end_of_paragraph(lines, at)
            self.found.append(code("\n".join(lines[at:end])))
            return end
        return self._paragraph(lines, at, kind, depth)

    def _title(self, lines: Sequence[str], at: int) -> int:
        """Read a title, with a line below it or around it, or a rule; returns the line after, or 0."""
        after = lines[at + 1] if at + 1 < len(lines) else ""
        match = _ADORNMENT.match(lines[at])
        below = _ADORNMENT.match(lines[at + 2]) if match and after.strip() and at + 2 < len(lines) else None
        if match and below and below[1] == match[1] and not _ADORNMENT.match(after):
            self._add_title(match[1] * 2, after.strip())
            return at + 3
        if match and not after.strip():
            return at + 1 if match[0].strip() != "::" and len(match[0].strip()) >= 4 else 0
        under = _UNDERLINE.match(after)
        if match or not under or after.strip() in ("::", ".."):
            return 0
        if len(after.strip()) < 4 and len(after.strip()) < tables.width(lines[at].strip()):
            return 0
        self._add_title(under[1], lines[at].strip())
        return at + 2

    def _add_title(self, style: str, text: str) -> None:
        is_first = not self._styles
        if style not in self._styles:
            self._styles.append(style)
        self._add("title" if is_first else "heading", self._plain(text))

    def _explicit(self, lines: Sequence[str], at: int, kind: str, depth: int) -> int:
        """Read a directive, a note or a citation; drop targets and comments."""
        line = lines[at]
        if match := _DIRECTIVE.match(line):
            body, end = indented(lines, at + 1, blank=True)
            self._directive(match, body, kind, depth)
            return end
        if match := _NOTE_HEAD.match(line):
            body, end = indented(lines, at + 1, blank=True)
            self._marker += f"[{match[1]}] " if match[1] else ""
            self.read([*([match[2]] if match[2] else []), *body], kind, depth + 1)
            self._flush_marker(kind)
            return end
        if _ANONYMOUS.match(line) and not line.startswith(".."):
            return at + 1
        body, end = indented(lines, at + 1, blank=True)
        if line.strip() == ".." and at + 1 < len(lines) and not lines[at + 1].strip():
            return at + 1  # an empty comment, which ends what is before it
        return end

    def _directive(self, match: re.Match[str], body: list[str], kind: str, depth: int) -> None:
        name, argument = match[2].lower().removeprefix("py:"), (match[3] or "").strip()
        if match[1] is not None:
            self._substitution(" ".join(match[1].split()), name, argument, body, kind, depth)
            return
        argument, body = whole_argument(argument, body, name)
        options, body = options_of(body)
        if argument and name not in SILENT | ADMONITIONS | CODE:
            self._add(kind_of_argument(name), self._plain(argument))
        for option, value in options:
            if option in OPTIONS:
                cells = tables.csv_cells([value]) if option == "header" else ([value],)
                for cell in cells:
                    self._add(OPTIONS[option], self._plain(" ".join(cell)))
        if name in CODE:
            self._add("code", "\n".join([*([argument] if name in ("math", "prompt") else []), *body]))
        elif name == "meta":
            texts = [value for option, value in options if option.split()[:1] == ["description"]]
            self._add("paragraph", " ".join(texts))
        elif name in ("toctree", "autosummary"):
            for line in body:
                title = before_address(line)
                if title or " " in line.strip():
                    self._add("list-item", self._plain(title or line.strip()))
        elif name == "csv-table":
            self._cells(tables.csv_cells([line for line in body if line.strip()]), depth)
        else:
            if name in ADMONITIONS:
                body = [argument, *body]
            inside = "table-cell" if name == "list-table" else "caption" if name == "figure" else kind
            self.read(body, inside, depth + 1)

    def _substitution(
        self, symbol: str, name: str, argument: str, body: list[str], kind: str, depth: int
    ) -> None:
        """Keep a text that another one stands for where it is not used."""
        end = next((number for number, line in enumerate(body) if not line.strip()), len(body))
        if name == "replace":
            text = " ".join(" ".join((argument, *body[:end])).split())
            if not self._uses[symbol] or self._substitutions.get(symbol) != text:
                self._add(kind, self._plain(text))
            self.read(body[end:], kind, depth + 1)
        elif not self._uses[symbol]:
            self._add("caption", self._substitutions.get(symbol, ""))

    def _item(self, lines: Sequence[str], at: int, match: re.Match[str], kind: str, depth: int) -> int:
        """Read an item of a list; its number is part of its text."""
        width = match.end()
        body, end = indented(lines, at + 1, blank=True)
        first = lines[at][width:]
        inside = kind if kind in ("table-cell", "caption") else "list-item"
        if _BULLET.match(lines[at]) is None:
            self._marker += f"{self._number(match[1], depth)} "
        self.read([first, *body], inside, depth + 1)
        self._marker = ""
        return end

    def _number(self, marker: str, depth: int) -> str:
        """Return the number of an item; `#` is the one after the last."""
        digits = marker.strip("().")
        number = int(digits) if digits.isdigit() else self._numbers[depth] + 1
        self._numbers[depth] = number
        return marker.replace("#", str(number))

    def _field(self, lines: Sequence[str], at: int, match: re.Match[str], kind: str, depth: int) -> int:
        """Read a field: metadata at the head of a text, else a name and what is said of it."""
        body, end = body_of(lines, at, match[2] or "")
        name = match[1].lower()
        if self._at_head and depth == 0:
            if name in _DOCUMENT:
                self.said.setdefault(_DOCUMENT[name], self._plain(" ".join(" ".join(body).split())))
                return end
            if name in _SETTINGS:
                return end
        at_head, self._marker = self._at_head, f"{self._marker}{self._plain(match[1])}: "
        self.read(body, "list-item" if kind == "paragraph" else kind, depth + 1)
        self._flush_marker(kind)
        self._at_head = at_head
        return end

    def _line_block(self, lines: Sequence[str], at: int, kind: str) -> int:
        """Read a poem or an address; its lines are one paragraph."""
        end = end_of_paragraph(lines, at)
        parts = [[""]]
        for line in lines[at:end]:
            text = _LINE_BLOCK.sub("", line, count=1).strip()
            if text:
                parts[-1].append(text)
            else:
                parts.append([""])
        for part in parts:
            self._add(kind, self._plain(" ".join(part)))
        return end

    def _paragraph(self, lines: Sequence[str], at: int, kind: str, depth: int) -> int:
        """Read a paragraph, the code that it announces, or a term and its definition."""
        if (
            at + 1 < len(lines)
            and lines[at + 1][:1] == " "
            and lines[at + 1].strip()
            and not lines[at].rstrip().endswith("::")
        ):
            body, end = indented(lines, at + 1)
            inside = kind if kind in ("table-cell", "caption") else "list-item"
            self._add(inside, self._plain(lines[at].strip()))
            self.read(body, inside, depth + 1)
            return end
        end = end_of_paragraph(lines, at)
        text = on_one_line([line.strip() for line in lines[at:end]])
        announces = text.endswith("::") and not text.endswith("\\::")
        if announces:
            text = text[:-2].rstrip() if text.endswith((" ::", ":::")) or text == "::" else text[:-1]
        self._add(kind, self._plain(text))
        if announces:
            body, after = indented(lines, end, blank=True)
            if any(map(str.strip, body)):
                self._add("code", "\n".join(body))
                return after
        return end

    def _cells(self, cells: Iterator[list[str]], depth: int) -> None:
        for cell in cells:
            self.read(dedent("\n".join(cell)).split("\n"), "table-cell", depth + 1)

    def _plain(self, text: str) -> str:
        return plain(text, self._substitutions, self._targets)

    def _flush_marker(self, kind: str) -> None:
        """Keep the name of a field without text."""
        if self._marker.strip():
            marker, self._marker = self._marker, ""
            self._add(kind, marker.strip().rstrip(":"))

    def _add(self, kind: str, text: str) -> None:
        if kind == "code":
            block = code(text)
        else:
            block = Block(kind, " ".join((self._marker + text).split()) if text.strip() else "")
            self._marker = "" if block.text else self._marker
        if block.text:
            self.found.append(block)
            self._at_head = self._at_head and kind == "title"
