"""Splits reStructuredText into paragraphs of plain text.

A reader of our own: nothing in a file is executed or included, unknown directives keep their text, and the
time is linear in the size of the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from textwrap import dedent

from pipeline.datatypes import NO_METADATA, Block, Metadata
from pipeline.ingestion.formats import rst_tables
from pipeline.ingestion.formats.md_tokens import code
from pipeline.ingestion.formats.rst_inline import plain

MAX_DEPTH = 40  # nested bodies; deeper ones are read as one paragraph

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{2,}[ \t]*$")
_UNDERLINE = re.compile(r"([!-/:-@\[-`{-~])\1+[ \t]*$")
_EXPLICIT = re.compile(r"\.\.(?:[ \t]+|$)")
_DIRECTIVE = re.compile(r"\.\.[ \t]+(?:\|([^|]+)\|[ \t]+)?([A-Za-z][\w+.:-]*?)[ \t]?::(?:[ \t]+(.*)|$)")
_NOTE = re.compile(r"\.\.[ \t]+\[(?:\d+|#[^\]]*|\*|([A-Za-z][\w.+-]*))\](?:[ \t]+(.*)|$)")
_TARGET = re.compile(r"\.\.[ \t]+_(?:`([^`]+)`|((?:[^:\\]|\\.|:(?=\S))+)):(?:[ \t]|$)")
_ANONYMOUS = re.compile(r"__[ \t]+\S|\.\.[ \t]+__:")
_FIELD = re.compile(r":((?:[^:\\\s]|\\.|:(?!\s|$))(?:[^:\\]|\\.|:(?!\s|$|`))*):(?:[ \t]+(.*)|$)")
_BULLET = re.compile(r"([-*+•‣⁃])([ \t]+)(?=\S)")
_NUMBER = re.compile(r"(\(?(?:\d{1,9}|#|[a-zA-Z]|[ivxlcdmIVXLCDM]{1,9})[.)])([ \t]+)(?=\S)")
_LINE_BLOCK = re.compile(r"\|(?:[ \t]+|$)")
_DOCTEST = re.compile(r">>>[ \t]")
_SUBSTITUTION = re.compile(
    r"^[ \t]*\.\.[ \t]+\|([^|\n]+)\|[ \t]+(replace|unicode|image)::[ \t]*([^\n]*(?:\n[ \t]+[^\s:][^\n]*)*)(?:\n[ \t]+:alt:[ \t]*([^\n]+))?",
    re.MULTILINE,
)
_USE = re.compile(r"\|([^|\s][^|\n]*)\|")
_DEFINED = re.compile(r"\.\.[ \t]+\|([^|\s][^|\n]*)\|[ \t]+[\w-]+::")
_REFERENCE = re.compile(r"^[ \t]*\.\.[ \t]+_(?:`([^`\n]+)`|([^:\n`]+)):", re.MULTILINE)
_CODE_POINT = re.compile(r"(?:0x|x|U\+|\\u|&#x)([0-9a-fA-F]{2,6});?$")
_TOCTREE_ENTRY = re.compile(r"(.+?)\s*<[^<>]+>$")

_CODE = frozenset(
    """
    code code-block sourcecode parsed-literal literalinclude math prompt console doctest testcode testoutput
    testsetup testcleanup graphviz digraph graph mermaid uml plantuml productionlist raw command-output program-output
    ipython jupyter-execute code-cell highlight-block literal bash
    """.split()
)
"""Directives whose body is code or a formula."""
_SILENT = frozenset(
    """
    include toctree index default-role role highlight currentmodule module py:module py:currentmodule sectnum
    contents only ifconfig class rst-class container compound cssclass tabularcolumns image figure video youtube
    title-reference unicode date meta self autosummary automodule autoclass autofunction automethod list-table-row
    div grid tab-set grid-item sectionauthor codeauthor target-notes header footer literalinclude raw
    """.split()
)
"""Directives whose argument is a path, a class or a condition, no text."""
_OPTIONS = {"alt": "caption", "caption": "caption", "title": "heading", "header": "table-cell", "subtitle": "heading"}
"""Options that readers see, and the kind of their text."""
_DOCUMENT = {
    "author": "author", "authors": "author", "date": "date", "title": "title", "language": "language", "lang": "language"
}  # fmt: skip
_SETTINGS = frozenset("tocdepth orphan nosearch nocomments hide-toc hide-navigation template html_theme".split())
"""Fields that steer how a page is made."""


def blocks(text: str) -> list[Block]:
    """Return the paragraphs of a text in reStructuredText."""
    return page(text)[0]


def page(text: str) -> tuple[list[Block], Metadata]:
    """Return the paragraphs of a text in reStructuredText and the metadata in the fields at its head."""
    text = text.removeprefix("\ufeff").expandtabs(8)
    reader = _Reader(text)
    lines = re.split(r"\r\n?|\n", text)
    reader.read(lines, "paragraph", 0)
    said = NO_METADATA._replace(**reader.said)
    if said.title and not any(block.kind == "title" for block in reader.found):
        reader.found.insert(0, Block("title", said.title))
    return reader.found, said


class _Reader:
    """Collects the paragraphs of a text."""

    def __init__(self, text: str) -> None:
        self.found: list[Block] = []
        self.said: dict[str, str] = {}  # the metadata
        self._at_head = True  # nothing but titles and fields so far
        self._numbers: dict[int, int] = {}  # the last number of the open list at each depth
        self._styles: list[str] = []  # of titles, highest first
        self._substitutions = dict(_substitutions(text))
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
            body, end = _indented(lines, at)
            self.read(body, "quote" if kind == "paragraph" else kind, depth + 1)
            return end
        if after := self._title(lines, at):
            return after
        if _EXPLICIT.match(line) or _ANONYMOUS.match(line):
            return self._explicit(lines, at, kind, depth)
        if rst_tables.GRID.match(line):
            end = rst_tables.end_of_grid(lines, at)
            self._cells(rst_tables.grid_cells(lines[at:end]), depth)
            return end
        if rst_tables.SIMPLE.match(line) and (end := rst_tables.end_of_simple(lines, at)) > at:
            self._cells(rst_tables.simple_cells(lines[at:end]), depth)
            return end
        if (match := _BULLET.match(line)) or ((match := _NUMBER.match(line)) and _is_item(lines, at, match)):
            return self._item(lines, at, match, kind, depth)
        if (match := _FIELD.match(line)) and not line.startswith(":`"):
            return self._field(lines, at, match, kind, depth)
        if _LINE_BLOCK.match(line):
            return self._line_block(lines, at, kind)
        if _DOCTEST.match(line):
            end = _end_of_paragraph(lines, at)
            self.found.append(code("\n".join(lines[at:end])))
            return end
        return self._paragraph(lines, at, kind, depth)

    def _title(self, lines: Sequence[str], at: int) -> int:
        """Read a title with a line below it, or one above it too, or a rule; returns the line after, else 0."""
        after = lines[at + 1] if at + 1 < len(lines) else ""
        match = _ADORNMENT.match(lines[at])
        if match and after.strip() and at + 2 < len(lines) and (below := _ADORNMENT.match(lines[at + 2])):
            if below[1] == match[1] and not _ADORNMENT.match(after):
                self._add_title(match[1] * 2, after.strip())
                return at + 3
        if match and not after.strip():
            return at + 1 if match[0].strip() != "::" and len(match[0].strip()) >= 4 else 0
        under = _UNDERLINE.match(after)
        if match or not under or after.strip() in ("::", ".."):
            return 0
        if len(after.strip()) < 4 and len(after.strip()) < rst_tables.width(lines[at].strip()):
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
            body, end = _indented(lines, at + 1, blank=True)
            self._directive(match, body, kind, depth)
            return end
        if match := _NOTE.match(line):
            body, end = _indented(lines, at + 1, blank=True)
            self._marker += f"[{match[1]}] " if match[1] else ""
            self.read([*([match[2]] if match[2] else []), *body], kind, depth + 1)
            self._flush_marker(kind)
            return end
        if _ANONYMOUS.match(line) and not line.startswith(".."):
            return at + 1
        body, end = _indented(lines, at + 1, blank=True)
        if line.strip() == ".." and at + 1 < len(lines) and not lines[at + 1].strip():
            return at + 1  # an empty comment, which ends what is before it
        return end

    def _directive(self, match: re.Match[str], body: list[str], kind: str, depth: int) -> None:
        name, argument = match[2].lower().removeprefix("py:"), (match[3] or "").strip()
        if match[1] is not None:
            self._substitution(" ".join(match[1].split()), name, argument, body, kind, depth)
            return
        argument, body = _whole_argument(argument, body, name)
        options, body = _options(body)
        if argument and name not in _SILENT | _ADMONITIONS | _CODE:
            self._add(_kind_of_argument(name), self._plain(argument))
        for option, value in options:
            if option in _OPTIONS:
                cells = rst_tables.csv_cells([value]) if option == "header" else ([value],)
                for cell in cells:
                    self._add(_OPTIONS[option], self._plain(" ".join(cell)))
        if name in _CODE:
            self._add("code", "\n".join([*([argument] if name in ("math", "prompt") else []), *body]))
        elif name == "meta":
            texts = [value for option, value in options if option.split()[:1] == ["description"]]
            self._add("paragraph", " ".join(texts))
        elif name in ("toctree", "autosummary"):
            for line in body:
                entry = _TOCTREE_ENTRY.match(line.strip())
                if entry or " " in line.strip():
                    self._add("list-item", self._plain(entry[1] if entry else line.strip()))
        elif name == "csv-table":
            self._cells(rst_tables.csv_cells([line for line in body if line.strip()]), depth)
        else:
            if name in _ADMONITIONS:
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
        body, end = _indented(lines, at + 1, blank=True)
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
        body, end = _body(lines, at, match[2] or "")
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
        end = _end_of_paragraph(lines, at)
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
        if at + 1 < len(lines) and lines[at + 1][:1] == " " and lines[at + 1].strip() and not lines[at].rstrip().endswith("::"):
            body, end = _indented(lines, at + 1)
            inside = kind if kind in ("table-cell", "caption") else "list-item"
            self._add(inside, self._plain(lines[at].strip()))
            self.read(body, inside, depth + 1)
            return end
        end = _end_of_paragraph(lines, at)
        text = " ".join(line.strip() for line in lines[at:end])
        announces = text.endswith("::") and not text.endswith("\\::")
        if announces:
            text = text[:-2].rstrip() if text.endswith((" ::", ":::")) or text == "::" else text[:-1]
        self._add(kind, self._plain(text))
        if announces:
            body, after = _indented(lines, end, blank=True)
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


_ADMONITIONS = frozenset(
    """
    note warning tip hint important caution danger attention error seealso epigraph highlights pull-quote
    topic-note todo centered rubric-note
    """.split()
)
"""Directives whose argument is the beginning of their text."""


def _kind_of_argument(name: str) -> str:
    """Return the kind of a directive's argument: a signature is code, a version a remark, a title a heading."""
    if name.startswith(("version", "deprecated")):
        return "paragraph"
    if name.split(":")[-1] in _SIGNATURES:
        return "code"
    return "heading"


_SIGNATURES = frozenset(
    """
    function class method attribute data exception staticmethod classmethod property decorator option envvar
    program cmdoption macro type member var enum enumerator struct describe object c:function js:function
    """.split()
)


def _is_item(lines: Sequence[str], at: int, match: re.Match[str]) -> bool:
    """Return whether a line with a number or a letter begins an item, not a sentence as in `A. Rossi`."""
    after = lines[at + 1] if at + 1 < len(lines) else ""
    if not after.strip() or len(after) - len(after.lstrip()) >= 2:
        return True
    return _NUMBER.match(after) is not None


def _end_of_paragraph(lines: Sequence[str], at: int) -> int:
    end = at + 1
    while end < len(lines) and lines[end].strip():
        end += 1
    return end


def _indented(lines: Sequence[str], at: int, blank: bool = False) -> tuple[list[str], int]:
    """Return the indented lines from a place on without their common indentation, and the line after them.

    `blank`: they may begin with blank lines.
    """
    end = at
    while end < len(lines) and (not lines[end].strip() or lines[end][0] == " "):
        if not lines[end].strip() and end == at and not blank:
            break
        end += 1
    while end > at and not lines[end - 1].strip():
        end -= 1
    return dedent("\n".join(lines[at:end])).split("\n") if end > at else [], max(end, at)


def _body(lines: Sequence[str], at: int, first: str) -> tuple[list[str], int]:
    """Return the body of a field: what is behind its name, and the indented lines below."""
    below, end = _indented(lines, at + 1)
    return [first, *below], end


def _whole_argument(argument: str, body: list[str], name: str) -> tuple[str, list[str]]:
    """Return an argument that goes on in the next lines, and the rest of the body."""
    if not argument or name in _ADMONITIONS:
        return argument, body
    number = 0
    while number < len(body) and body[number].strip() and not _FIELD.match(body[number]):
        number += 1
    if name.startswith(("version", "deprecated")) or name in ("admonition", "topic", "rubric", "table", "sidebar"):
        return " ".join((argument, *map(str.strip, body[:number]))), body[number:]
    return argument, body


def _options(body: list[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the options at the head of a directive's body, and the rest."""
    options: list[tuple[str, str]] = []
    at = 0
    while at < len(body) and (match := _FIELD.match(body[at])):
        value, end = _body(body, at, match[2] or "")
        options.append((match[1].lower(), " ".join(" ".join(value).split())))
        at = end
    return options, body[at:]


def _substitutions(text: str) -> Iterator[tuple[str, str]]:
    """Yield the names that stand for a text, and the text."""
    for name, type_, value, alternative in _SUBSTITUTION.findall(text):
        name = " ".join(name.split())
        if type_ == "image":
            yield name, alternative.strip()
        elif type_ == "unicode":
            words = [word for word in value.split(" .. ")[0].split() if not word.startswith(":")]
            yield name, "".join(_character(word) for word in words)
        else:
            yield name, " ".join(value.split())


def _character(word: str) -> str:
    match = _CODE_POINT.match(word)
    return chr(int(match[1], 16)) if match and int(match[1], 16) < 0x110000 else word
