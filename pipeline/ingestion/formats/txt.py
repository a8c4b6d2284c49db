"""Splits plain text into paragraphs: at blank lines, at every line, or by undoing hard wrapping."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.datatypes import Block, Change
from pipeline.ingestion.wrapping import Words, join_lines
from pipeline.languages import all_letters
from pipeline.languages.marks import ends_sentence

MAX_WRAP = 140  # columns; nobody wraps wider, so longer lines are whole paragraphs
MIN_WRAP = 40  # columns; if all lines are shorter, they are a list, a poem or an address
WRAPPED_SHARE = 0.75  # least share of line ends that are where greedy wrapping puts them
FEW_BREAKS = 4  # with fewer line ends, every sentence must also continue across them
DELIBERATE = 0.7  # a line that fills at most this share of the width, next word included, ends its paragraph
STARTING_SHARE = (
    0.9  # least share of indented lines that follow a sentence's end where indents start paragraphs
)
MAX_HEADING, MAX_QUESTION = 100, 80  # columns

_BULLET = r"[-*+•‣◦▪▫●○■□▶►→※·∙⁃✓✔➤]"
_NUMBER = (
    rf"\(?(?:\d{{1,3}}|[a-zA-Z{all_letters('list_letters')}]|[ivxIVX]{{1,5}})[.)]"
    r"|[①-⑳]|\d{1,2}(?:\.\d{1,2}){1,3}\.?"
)
_ITEM = re.compile(rf"(?:{_BULLET}|{_NUMBER})(?=\s+\S)")
_NUMBERED = re.compile(rf"(?:{_NUMBER})\s+")
_DIALOGUE = re.compile(r"[–—―]\s*\S")
_INSIDE = re.compile(r"(?:[-–—]|\d{1,3}[.)])\s+(?=\S)")
"""What begins an item of a list, but also stands inside sentences."""
_QUOTE = re.compile(r">\s?")
_RULE = re.compile(r"\A(?:([-=_*~#·.])[\s]?)(?:\1\s?){2,}$")
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]+"
)


class _Line(NamedTuple):
    text: str  # stripped
    start: int  # offset in the file's text
    indent: int  # in columns

    @property
    def end(self) -> int:
        """The column after the last character."""
        return self.indent + columns(self.text)


class Cut(NamedTuple):
    """A paragraph, the origin of its lines, and the changes made in joining them."""

    block: Block
    lines: tuple[tuple[int, int], ...]  # offset of each line in the file's text and in the paragraph
    changes: tuple[Change, ...]


def blocks(text: str) -> list[Block]:
    """Return the paragraphs of a plain text.

    No character is lost except whitespace and the hyphens of words broken by hard wrapping.
    """
    return [paragraph.block for paragraph in cut(text)]


def cut(text: str, skip: Set[str] = frozenset()) -> list[Cut]:
    """Return the paragraphs of a plain text with their origins and changes.

    `skip` may contain "broken_words", and "wrapped_lines", which makes every line a paragraph.
    """
    groups = _groups(text)
    margin = _margin(groups)
    width = 0 if "wrapped_lines" in skip else _wrap_width(groups, margin)
    words = Words(text)
    found: list[tuple[str, tuple[tuple[int, int], ...], tuple[Change, ...]]] = []
    for lines in (paragraph for group in groups for paragraph in _paragraphs(group, width, margin)):
        if len(lines) == 1:
            found.append((lines[0].text, ((lines[0].start, 0),), ()))
        else:
            joined = join_lines([line.text for line in lines], words, skip)
            starts = (line.start for line in lines)
            found.append((joined.text, tuple(zip(starts, joined.starts, strict=True)), joined.changes))
    kinds = _kinds([text for text, _, _ in found])
    return [
        Cut(Block(kind, text), lines, changes)
        for kind, (text, lines, changes) in zip(kinds, found, strict=True)
    ]


def wrapped_at(text: str) -> int:
    """Return the width that a text is hard-wrapped at, 0 if it is not."""
    groups = _groups(text)
    return _wrap_width(groups, _margin(groups))


def _groups(text: str) -> list[list[_Line]]:
    """Return the lines between blank lines."""
    groups: list[list[_Line]] = [[]]
    start = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            blank = len(raw) - len(raw.lstrip()) if raw[0] != stripped[0] else 0
            indent = columns(raw[:blank].expandtabs(4)) if blank else 0
            groups[-1].append(_Line(stripped, start + blank, indent))
        elif groups[-1]:
            groups.append([])
        start += len(raw) + 1
    return groups if groups[-1] else groups[:-1]


def columns(text: str) -> int:
    """Return the width of a text on a terminal or in a fixed-width editor."""
    if text.isascii() or not _WIDE.search(text):
        return len(text)
    return len(text) + len("".join(_WIDE.findall(text)))


def _is_wider(text: str, width: int) -> bool:
    """Return whether a text is wider than `width` columns, usually without counting them."""
    return len(text) > width or (2 * len(text) > width and columns(text) > width)


def _margin(groups: Sequence[Sequence[_Line]]) -> int:
    """Return the column of the left margin if lines set in from it start paragraphs, else a large number.

    In such a text nearly every line that is set in follows the end of a sentence, as few wrapped lines do.
    """
    indents = {line.indent for group in groups for line in group}
    if len(indents) < 2:  # quick, and true of most
        return MAX_WRAP
    margin = min(indents)
    before = [a for group in groups for a, _, set_in in _pairs(group, margin) if set_in]
    ended = sum(ends_sentence(line.text, ":") for line in before)
    return margin if before and ended >= STARTING_SHARE * len(before) else MAX_WRAP


def _pairs(group: Sequence[_Line], margin: int) -> Iterator[tuple[_Line, _Line, bool]]:
    """Yield the pairs of lines, and whether the second is set in from the margin to start a paragraph.

    The further lines of an item or a quotation are set in because the line before is.
    """
    if len(group) < 2:  # as where blank lines separate paragraphs
        return
    item = group[0] if _starts_block(group[0].text) else None
    for before, line in pairwise(group):
        starts = _starts_block(line.text)
        if starts or line.indent <= margin:
            item = line if starts else None
            yield before, line, False
        else:
            yield before, line, item is None and (before.indent <= margin or ends_sentence(before.text, ":"))


def _wrap_width(groups: Sequence[Sequence[_Line]], margin: int) -> int:
    """Return the width that the file is hard-wrapped at, 0 if it is not.

    In greedily wrapped text, the first word of the next line would not have fitted at nearly every line end
    inside a paragraph. Lines that are whole paragraphs end anywhere.
    """
    pairs = _inner_pairs(groups, margin)
    if not pairs:
        return 0
    if any(len(a.text) > MAX_WRAP for a, _ in pairs):  # quick
        return 0
    width = max(a.end for a, _ in pairs)
    longest = max(line.end for group in groups for line in group)
    if not MIN_WRAP <= width <= MAX_WRAP or longest > 1.5 * width:
        return 0
    long = [group for group in groups if max(line.end for line in group) > DELIBERATE * width]
    pairs = _inner_pairs(long, margin)  # the lines of an address or a list end on purpose
    if sum(ends_sentence(a.text, ":") for a, _ in pairs) > 0.5 * len(pairs):
        return 0  # wrapping ignores where sentences end
    full = [_is_full(a, b, width) for a, b in pairs]
    if sum(full) < WRAPPED_SHARE * len(full):
        return 0
    if len(pairs) < FEW_BREAKS and not all(_runs_on(a.text, b.text) for a, b in pairs):
        return 0
    return width


def _inner_pairs(groups: Sequence[Sequence[_Line]], margin: int) -> list[tuple[_Line, _Line]]:
    """Return the pairs of lines that may be in one paragraph."""
    return [
        (a, b)
        for group in groups
        for a, b, set_in in _pairs(group, margin)
        if not set_in and not _starts_block(b.text)
    ]


def _is_full(line: _Line, following: _Line, width: int) -> bool:
    """Return whether the next line's first word would not have fitted, with 10 % tolerance."""
    first = columns(following.text.split(None, 1)[0])
    return line.end + 1 + first > 0.9 * width


def _runs_on(line: str, following: str) -> bool:
    """Return whether a sentence continues across a line end."""
    return not ends_sentence(line, ":") and not following[0].isupper()


@lru_cache(maxsize=1024)  # asked several times of the lines of a file
def _starts_block(text: str) -> bool:
    return bool(_ITEM.match(text) or _DIALOGUE.match(text) or _RULE.match(text))


def _paragraphs(group: Sequence[_Line], width: int, margin: int) -> list[list[_Line]]:
    """Split the lines between two blank lines into paragraphs; with `width` 0, each line is one."""
    out = [[group[0]]]
    within = _within_sentences(group, width) if width else frozenset()
    for before, line, set_in in _pairs(group, margin):
        if line.start in within or (width and not set_in and _continues(before, line, width, out[-1][0])):
            out[-1].append(line)
        else:
            out.append([line])
    return out


def _within_sentences(group: Sequence[_Line], width: int) -> frozenset[int]:
    """Return where lines start with a dash or a number inside a sentence, as wrapping puts it by chance.

    The full line before leaves the sentence open, a small letter follows, and no item of a list is beside it.
    """
    return frozenset(
        line.start
        for place, (before, line) in enumerate(pairwise(group))
        if (mark := _INSIDE.match(line.text))
        and line.text[mark.end()].islower()
        and not ends_sentence(before.text, ":;")
        and _is_full(before, line, width)
        and not any(_starts_block(each.text) for each in (before, *group[place + 2 : place + 3]))
    )


def _continues(before: _Line, line: _Line, width: int, first: _Line) -> bool:
    """Return whether `line` continues the paragraph with the first line `first` and the last `before`."""
    if _RULE.match(line.text) or _RULE.match(before.text):
        return False
    if _QUOTE.match(line.text) or _QUOTE.match(before.text):
        return bool(_QUOTE.match(line.text) and _QUOTE.match(before.text))
    if _starts_block(line.text):
        return False
    room = before.end + 1 + columns(line.text.split(None, 1)[0])
    if room <= DELIBERATE * width:
        return False
    indented = line.indent > first.indent + 1 and not _ITEM.match(first.text)
    return not (indented and ends_sentence(before.text, ":"))


def _kinds(texts: Sequence[str]) -> list[str]:
    """Return the kind of each paragraph, judged by its form and its neighbours."""
    items = [_ITEM.match(text) is not None for text in texts]
    kinds = [
        _kind(text, items[n], items[n - 1 : n] + items[n + 1 : n + 2], n == len(texts) - 1)
        for n, text in enumerate(texts)
    ]
    if len(kinds) > 1 and kinds[0] == "heading" and not items[0]:
        kinds[0] = "title"
    return kinds


def _kind(text: str, item: bool, neighbours: Sequence[bool], last: bool) -> str:
    if _QUOTE.match(text):
        return "quote"
    heading = not last and _looks_like_heading(text)
    if item:
        alone = _NUMBERED.match(text) and not any(neighbours)
        return "heading" if alone and heading else "list-item"
    return "heading" if heading else "paragraph"


def _looks_like_heading(text: str) -> bool:
    """Return whether a text is short, has letters and does not end like a sentence; questions may pass."""
    if _is_wider(text, MAX_HEADING) or not any(map(str.isalpha, text)):
        return False
    if len(text) > 3 and all(letter.isupper() for letter in text if letter.isalpha()):
        return True  # Hangul has no capitals: "KBS는 …" is no line of them
    return not ends_sentence(text, ":;,") or (text.endswith("?") and not _is_wider(text, MAX_QUESTION))
