"""Texts with inline codes, as XLIFF and TMX have them: what stands for the markup of the original document.

A code is no text, but it stands between words: where its absence would join two of them or leave a gap,
the text gets a line end for a line break, and U+FFFC for any other. A literal placeholder, as `{name}` is, is
part of the text. All others are listed, to be compared with those of the translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from pipeline.bitexts.elements import local_name
from pipeline.bitexts.segments import Code
from pipeline.errors import InputError
from pipeline.ingestion.formats.xmltree import Element
from pipeline.languages.marks import OBJECT

_ROLES = {
    **dict.fromkeys(("bpt", "bx", "sc"), "start"),
    **dict.fromkeys(("ept", "ex", "ec"), "end"),
    **dict.fromkeys(("g", "pc"), "pair"),
    **dict.fromkeys(("ph", "x", "it", "ut"), "single"),
}
_NOTES = frozenset(("sm", "em"))  # ends of annotations: of no use to a translation
_LITERAL = re.compile(
    r"\$?\{\{?\s?[\w.,: -]{0,40}\s?\}\}?|%\(\w{1,40}\)[sd]|%(?:\d\$)?[a-zA-Z@]|%\w{1,40}%|\[\w{1,40}\]"
)
_LINE_BREAK = re.compile(r"(?:x-)?lb|<br\s*/?>|\r?\n", re.IGNORECASE)
_DELETED = frozenset(("deleted", "delete", "deletion", "del", "removed"))
_SENTENCE_MARKS = '.,;:!?…)]»”"%'


class _Part(NamedTuple):
    """A piece of text, or the place of a code if `code` is true."""

    text: str
    code: bool = False


def read_inline(element: Element) -> tuple[str, tuple[Code, ...]]:
    """Return the text of an element and its codes.

    Raises `InputError` for an entity that only an external DTD could define.
    """
    codes: list[Code] = []
    parts = list(_parts(element, codes))
    return "".join(_joined(parts)), tuple(codes)


def _parts(element: Element, codes: list[Code]) -> Iterator[_Part]:
    yield _Part(element.text or "")
    for child in element:
        if isinstance(child, etree._Entity):
            raise InputError(f"the file uses the undefined entity {child.text}")
        name = local_name(child)
        if name == "cp":  # XLIFF 2: a character that XML cannot hold
            yield _Part(_character(child.get("hex", "")))
        elif name in _ROLES:
            yield from _code(child, name, codes)
        elif name and name not in _NOTES and not _is_deleted(child, name):
            yield from _parts(child, codes)
        yield _Part(child.tail or "")


def _code(element: Element, name: str, codes: list[Code]) -> Iterator[_Part]:
    role = _ROLES[name]
    content = "" if role == "pair" else "".join(map(str, element.itertext()))
    shown = element.get("equiv-text") or element.get("equiv") or element.get("disp") or content
    if _LITERAL.fullmatch(shown):
        yield _Part(shown)
        return
    id_ = element.get("startRef") or element.get("rid") or element.get("id") or element.get("i") or ""
    if name in (
        "ph",
        "it",
        "ut",
    ):  # here `rid` and `i` join codes that may have nothing to do with each other
        id_ = element.get("id") or element.get("x") or ""
    is_break = any(_LINE_BREAK.fullmatch(value.strip(" ")) for value in (shown, _kind(element)) if value)
    codes.append(Code(role, id_, shown.strip(), _written(name, element, shown)))
    yield _Part("\n" if is_break else OBJECT, True)
    if role == "pair":
        yield from _parts(element, codes)
        yield _Part(OBJECT, True)


def _kind(element: Element) -> str:
    """What kind of thing a code stands for: the line break is `lb` in XLIFF 1.2, `fmt` with `xlf:lb` in 2."""
    kind = element.get("ctype") or element.get("subType") or element.get("type") or ""
    return kind.rpartition(":")[2]


def _is_deleted(element: Element, name: str) -> bool:
    """Whether a tracked change took this text out."""
    kind = element.get("mtype") or element.get("type") or ""
    return name in _DELETED or not _DELETED.isdisjoint(re.split(r"[-:_]", kind.lower()))


def _written(name: str, element: Element, shown: str) -> str:
    """A code as a reviewer knows it: what it stands for, or its tag."""
    if shown.strip():
        return shown.strip()[:60]
    id_ = element.get("id") or element.get("rid") or element.get("i") or element.get("startRef")
    return f'<{name} id="{id_}">' if id_ else f"<{name}>"


def _joined(parts: list[_Part]) -> Iterator[str]:
    """Yield the text, with one sign for codes in a row where something has to stand there."""
    texts = [part for part in parts if part.code or part.text]
    before, place = "", 0
    while place < len(texts):
        if not texts[place].code:
            yield texts[place].text
            before = texts[place].text
            place += 1
            continue
        end = place
        while end < len(texts) and texts[end].code:
            end += 1
        signs = {part.text for part in texts[place:end]}
        after = texts[end].text if end < len(texts) else ""
        if "\n" in signs:
            yield "\n" if before and after else ""
        elif _needs_sign(before[-1:], after[:1]):
            yield OBJECT
        place = end


def _needs_sign(before: str, after: str) -> bool:
    """Whether the characters around a code would join words or leave a gap without it."""
    if not before or not after:
        return False
    if before.isspace():
        return not after.isalnum() and after not in "\"'«„“‘(["
    return after.isalnum() and (before.isalnum() or before in _SENTENCE_MARKS)


def _character(digits: str) -> str:
    try:
        character = chr(int(digits, 16))
    except (ValueError, OverflowError):
        return ""
    return "\N{REPLACEMENT CHARACTER}" if "\ud800" <= character <= "\udfff" else character
