"""A paragraph of Markdown while it is read, with raised signs and readings written in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from pipeline.ingestion.formats import html_signs
from pipeline.ingestion.formats.markdown.tags import Tag

SIGNS = frozenset(("sup", "sub", "ruby", "rt", "rp"))
"""Elements whose text changes its meaning if it is glued to the text before."""
TAIL = 16  # characters before a raised sign that tell what it is


@dataclass
class NoteNumber:
    """The number that the next reference to a note should have."""

    value: int = 1


@dataclass
class _Open:
    """An element of `SIGNS` that has no end yet."""

    name: str
    start: int  # its first piece
    readings: list[str] = field(default_factory=list)  # of `ruby`


class Run:
    """The pieces of a paragraph, and the texts that follow it."""

    def __init__(self, children: Sequence[Token], note: NoteNumber) -> None:
        self._children = children
        self.pieces: list[str] = []
        self.after: list[tuple[str, str]] = []
        self._outer: list[list[str]] = []
        self._open: list[_Open] = []
        self._note = note
        self._reference = -1  # the first piece of the last link inside the page
        self._in_reference = False

    def links_only(self) -> bool:
        """Return whether the paragraph is links: with line breaks between them, each is one of its own."""
        links = 0
        for child in self._children:
            name = child.meta["tag"].name if child.type == "tag" else ""
            if name == "a":
                links += -1 if child.meta["tag"].closing else 1
            elif child.type in ("link_open", "link_close"):
                links += child.nesting
            elif links < 1 and child.content.strip() and not name:
                return False
        return True

    @property
    def is_empty(self) -> bool:
        """Return whether there is no text yet."""
        return not any(map(str.strip, self.pieces))

    def turn(self, nesting: int) -> None:
        """Begin or end a note inside the text."""
        self._open.clear()
        if nesting > 0:
            self._outer.append(self.pieces)
            self.pieces = []
        elif self._outer:
            self.after.append(("note", "".join(self.pieces)))
            self.pieces = self._outer.pop()

    def link(self, address: str, nesting: int) -> None:
        """Begin or end a link."""
        self._in_reference = nesting > 0 and address.startswith("#")
        if self._in_reference:
            self._reference = len(self.pieces)

    def sign(self, tag: Tag) -> None:
        """Begin or end one of the elements of `SIGNS`."""
        inside = self._open[-1].name if self._open else ""
        if inside in ("rt", "rp") and tag.name in ("rt", "rp", "ruby"):
            self._end(self._open.pop())
            if tag.closing and tag.name == inside:
                return
        if not tag.closing:
            self._open.append(_Open(tag.name, len(self.pieces)))
        elif self._open and self._open[-1].name == tag.name:
            self._end(self._open.pop())

    def _end(self, opened: _Open) -> None:
        text = "".join(self.pieces[opened.start :])
        new = text
        if opened.name == "ruby":
            new = html_signs.with_readings(text, opened.readings)
        elif opened.name in ("rt", "rp"):
            ruby = self._open[-1] if self._open else None
            if ruby is None or ruby.name != "ruby":
                return
            ruby.readings += [text] if opened.name == "rt" else []
            new = ""
        elif text.strip() and len(text) <= html_signs.MAX_SIGN:
            new = self._in_line(opened, text)
        self.pieces[opened.start :] = [new]

    def _in_line(self, opened: _Open, text: str) -> str:
        before = "".join(self.pieces[max(0, opened.start - TAIL) : opened.start])[-TAIL:]
        if opened.name == "sub":
            return html_signs.lowered(before, text)
        said = self._in_reference or self._reference >= opened.start
        sign = html_signs.raised(before, text, said, self._note.value)
        if sign.number:
            self._note.value = sign.number + 1
        return sign.text

    def ended(self) -> str:
        """Return the text and begin anew."""
        text = html_signs.without_signs("".join(self.pieces))
        self.pieces.clear()
        self._open.clear()
        self._reference = -1
        return text
