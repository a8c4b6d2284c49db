"""RTF (Rich Text Format 1.9), as written by Word, WordPad, TextEdit, LibreOffice Writer and pandoc.

Tracked changes are read as accepted. Headers, footers and tables of contents are boilerplate; footnotes
follow the text. Hidden text, comments and instructions of fields are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.datatypes import Block, Metadata
from pipeline.ingestion.formats.code_blocks import join_code
from pipeline.ingestion.formats.docx_styles import kind_of_name
from pipeline.ingestion.formats.fields import text_of_instruction
from pipeline.ingestion.formats.html_signs import set_above, set_below
from pipeline.ingestion.formats.reading import Item, Reading, Unusable
from pipeline.ingestion.formats.rtf_flow import Flow
from pipeline.ingestion.formats.rtf_text import NO_FONT, Characters, Fonts, codec_of
from pipeline.ingestion.formats.rtf_tokens import Token, tokens

MAX_DEPTH = 500  # of groups in groups
MAX_SKIP = 16  # characters that stand for a Unicode escape
_CHARACTERS = {
    **{"tab": "\t", "line": "\n", "lbr": "\n", "softline": "\n", "page": "\n", "column": "\n"},
    **{"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"},
    **{"bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005"},
    **{"~": "\u00a0", "_": "-", "-": "\u00ad", "\\": "\\", "\t": "\t"},
    **{"zwj": "\u200d", "zwnj": "\u200c"},
}
_ENDS = frozenset(("par", "sect", "cell", "nestcell", "row", "nestrow", "\n", "\r"))
_CODECS = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_MARKS = {"super": set_above, "sub": set_below}
_HIDDEN = frozenset(("v", "webhidden", "deleted", "mvf"))
_MARGINS = frozenset(f"{edge}{pages}" for edge in ("header", "footer") for pages in ("", "l", "r", "f"))
_KNOWN_THOUGH_STARRED = frozenset(("footnote", "shpinst", "do", "ud", "moMath", "moMathPara", "cs"))
_NO_TEXT = frozenset(
    (
        *("colortbl", "pict", "fldinst", "listtext", "pntext", "xe", "tc", "tcn", "nonesttables", "shprslt"),
        *("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "annotation", "atnid", "atnauthor"),
        *("filetbl", "revtbl", "listtable", "listoverridetable", "generator", "private1", "objdata", "upr"),
        *("operator", "company", "doccomm", "keywords", "subject", "category", "manager", "hlinkbase"),
        *("revtim", "printim", "buptim", "comment", "shpinst", "do", "info", "fonttbl", "stylesheet"),
        *("title", "author", "creatim", "bkmkstart", "bkmkend"),
    )
)
"""Destinations whose text is not that of the document; some of it is read for other ends."""


@dataclass(slots=True)
class _State:
    """What a group inherits from the one around it, and changes for itself."""

    flow: Flow
    target: str = ""  # the destination, if its text is not that of the document
    font: int = 0
    unicode_skip: int = 1
    hidden: frozenset[str] = frozenset()  # the properties that hide text
    style: int = 0
    outline: int = 9
    in_table: bool = False
    in_list: bool = False
    position: str = ""  # "super" or "sub" for text above or below the line

    def inner(self) -> _State:
        """Return the state of a group inside; far faster than `dataclasses.replace`."""
        return _State(
            *(self.flow, self.target, self.font, self.unicode_skip, self.hidden),
            *(self.style, self.outline, self.in_table, self.in_list, self.position),
        )


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the one article of a document; raises `Unusable`."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        raise Unusable("is no RTF document")
    found = _read(data, "")
    if found.fonts.is_doubtful:
        found = max(found, _read(data, found.fonts.codec), key=_plausibility)
    yield Item(
        format="blocks",
        blocks=tuple(join_code(found.blocks())),
        metadata=found.metadata(),
        encoding=found.fonts.codec,
    )


def _read(data: bytes, ansi: str) -> _Reader:
    reader = _Reader(Fonts(ansi))
    for token in tokens(data):
        reader.take(token)
    reader.end()
    return reader


def _plausibility(reader: _Reader) -> float:
    """Return how much the text looks like a language.

    Some programs write the character set of Western Europe with all fonts, but mean their own code page.
    """
    from pipeline.detection.plausibility import plausibility  # needed by few files

    return plausibility("\n".join(block.text for block in reader.blocks()))


class _Reader:
    """Takes the tokens of a document one after the other."""

    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts
        self._body = Flow()
        self._notes: list[Flow] = []
        self._margins: list[Flow] = []
        self._state = _State(self._body)
        self._outer: list[_State] = []
        self._characters = Characters(fonts)
        self._starred = False  # whether the group is a destination that not every reader knows
        self._begins = False  # whether a group has just begun
        self._kinds: dict[int, str] = {}  # of styles
        self._said: dict[str, str] = {}  # texts of other destinations

    def blocks(self) -> Iterator[Block]:
        """Yield all paragraphs."""
        for flow in (self._body, *self._notes):
            yield from flow.blocks
        texts = (block.text for margin in self._margins for block in margin.blocks)
        yield from (Block("boilerplate", text) for text in dict.fromkeys(texts))

    def metadata(self) -> Metadata:
        """Return what the document says of itself."""
        title, author = (" ".join(self._said.get(name, "").split()) for name in ("title", "author"))
        return Metadata(title=title, author=author, date=self._said.get("date", ""))

    def take(self, token: Token) -> None:
        """Take the next token."""
        if token.text:
            font = self._state.font if self._state.target != "fonttbl" else NO_FONT
            self._emit(self._characters.add_bytes(token.text, font))
            self._begins = self._starred = False
        elif token.word not in _CHARACTERS or not self._characters.skips():
            self._control(token.word, token.number)

    def end(self) -> None:
        """End what was left open."""
        self._emit(self._characters.end())
        while self._outer:
            self._close()
        for flow in (self._body, *self._notes, *self._margins):
            flow.end("paragraph")

    def _control(self, word: str, number: int | None) -> None:
        state = self._state
        if word == "u":
            self._emit(self._characters.add_escape(number or 0, state.unicode_skip))
            return
        self._emit(self._characters.end())
        begins, starred = self._begins, self._starred
        self._begins = self._starred = False
        if word == "{":
            self._open()
        elif word == "}":
            self._close()
        elif word == "*":
            self._begins, self._starred = begins, True
        elif (begins or starred) and self._destination(word, starred):
            return
        elif word in _CHARACTERS:
            self._emit(_CHARACTERS[word])
        elif word in _ENDS:
            self._end_paragraph(word)
        else:
            self._property(word, number)

    def _open(self) -> None:
        if len(self._outer) >= MAX_DEPTH:
            raise Unusable("nests too deeply")
        self._outer.append(self._state)
        self._state = self._state.inner()
        self._begins = True

    def _close(self) -> None:
        if not self._outer:
            return
        inner, self._state = self._state, self._outer.pop()
        if inner.flow is not self._state.flow:
            inner.flow.end(self._kind(inner, ""))
        if inner.target == "fldinst" != self._state.target:
            self._emit(text_of_instruction(self._said.pop("fldinst", "")))

    def _destination(self, word: str, starred: bool) -> bool:
        """Begin a destination; return whether the word does."""
        state = self._state
        if state.target == "skip" or (starred and word not in _KNOWN_THOUGH_STARRED | _NO_TEXT):
            state.target = "skip"
        elif word == "ud" and state.target == "upr":
            state.target = self._outer[-2].target if len(self._outer) > 1 else ""
        elif word in ("shptxt", "dptxbxtext"):
            self._begin_flow(state.flow.boxes)
        elif word == "footnote":
            self._begin_flow(self._notes)
        elif word in _MARGINS:
            self._begin_flow(self._margins)
        elif word in _NO_TEXT:
            if word in ("listtext", "pntext"):
                state.flow.is_list_item = True
            state.target = word
        else:
            return False
        return True

    def _begin_flow(self, flows: list[Flow]) -> None:
        """Begin a text beside the current one, unless that is hidden."""
        flow = Flow()
        if not self._state.hidden:
            flows.append(flow)
        self._state = _State(flow, font=self._state.font, unicode_skip=self._state.unicode_skip)

    def _emit(self, text: str) -> None:
        state = self._state
        if not text:
            return
        if state.target:
            self._say(text)
        elif not state.hidden:
            mark = _MARKS.get(state.position)
            state.flow.add(mark(text) if mark else text)

    def _say(self, text: str) -> None:
        """Take the text of a destination; a semicolon ends an entry of the tables of fonts and styles."""
        target, state = self._state.target, self._state
        if target in ("title", "author", "fonttbl", "stylesheet", "fldinst"):
            self._said[target] = self._said.get(target, "") + text
        if target in ("fonttbl", "stylesheet") and ";" in text:
            name = self._said.pop(target).partition(";")[0].strip()
            if target == "fonttbl":
                self.fonts.name(state.font, name)
            else:
                self._kinds.setdefault(state.style, kind_of_name(name))

    def _end_paragraph(self, word: str) -> None:
        """End a paragraph, unless its mark is deleted or hidden."""
        state = self._state
        if state.target or (state.hidden and word == "par"):
            return
        if word not in ("row", "nestrow") or not state.flow.is_blank():
            state.flow.end(self._kind(state, word))
        if word == "row":
            state.flow.in_row = False

    def _kind(self, state: _State, word: str) -> str:
        kind = self._kinds.get(state.style, "") or ("heading" if state.outline < 9 else "")
        in_list = state.in_list or state.flow.is_list_item
        if word in ("cell", "nestcell") or state.in_table or state.flow.in_row:
            return kind if kind not in ("", "list-item") else "table-cell"
        return kind or ("list-item" if in_list else "paragraph")

    def _property(self, word: str, number: int | None) -> None:
        """Change the properties of what follows in the group, or of the document."""
        state, value = self._state, number if number is not None else 1
        if word in _HIDDEN:
            state.hidden = state.hidden | {word} if value else state.hidden - {word}
        elif word == "plain":
            state.hidden, state.font, state.position = frozenset(), self.fonts.default, ""
        elif word in ("super", "sub", "nosupersub"):
            state.position = word if value and word in _MARKS else ""
        elif word in ("up", "dn"):
            state.position = {"up": "super", "dn": "sub"}[word] if value else ""
        elif word == "pard":
            state.style, state.outline, state.in_table, state.in_list = 0, 9, False, False
        elif word == "trowd":
            state.flow.in_row = True
        elif word in ("intbl", "itap"):
            state.in_table = value > 0
        elif word == "ls":
            state.in_list = value > 0
        elif word == "outlinelevel":
            state.outline = value
        elif word in ("s", "cs"):
            state.style = value if word == "s" else state.style - (state.target == "stylesheet")
        elif word == "uc":
            state.unicode_skip = min(max(value, 0), MAX_SKIP)
        elif word in ("yr", "mo", "dy") and state.target == "creatim":
            self._said["date"] = "-".join(filter(None, (self._said.get("date"), f"{value:02}")))
        else:
            self._character_set(word, value)

    def _character_set(self, word: str, value: int) -> None:
        fonts, state = self.fonts, self._state
        if word == "f":
            state.font = value
        elif word == "deff":
            fonts.default = state.font = value
        elif word == "ansicpg":
            fonts.codec = codec_of(value) or fonts.codec
        elif word in _CODECS:
            fonts.codec = _CODECS[word]
        elif word == "fcharset" and state.target == "fonttbl":
            fonts.declare(state.font, charset=value)
        elif word == "cpg" and state.target == "fonttbl":
            fonts.declare(state.font, codepage=value)
