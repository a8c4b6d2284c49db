"""Raised and lowered signs, note references and readings above a text, written in one line.

A reference to a note is no part of the sentence and goes. A power keeps its meaning: `10<sup>6</sup>` is 10⁶,
as "106" would be another number. In doubt the sign stays, raised.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.languages.scripts import uncased_letters

MAX_SIGN = 40  # characters; a longer raised text is no sign
GONE, RAISED = "\ufdd0", "\ufdd1"
"""Take the place of a note reference, and stand before a raised number with a space before it, until the end
of the paragraph tells what follows. Unicode reserves them for such uses."""

TAIL = 16  # characters before a raised sign that tell what it is
_ABOVE, _BELOW, _END = "\ufdd2", "\ufdd3", "\ufdd4"
_SET = re.compile(f"([{_ABOVE}{_BELOW}])([^{_ABOVE}{_BELOW}{_END}]*){_END}")
_SEAM = re.compile(f"{_ABOVE}{_END}|{_BELOW}{_END}|{_END}{_ABOVE}")
"""Where two raised parts meet, which are one, and parts without text."""

_NOTE_TYPES = frozenset(("noteref", "backlink", "referrer", "doc-noteref", "doc-backlink"))
_PAGE_TYPES = frozenset(("pagebreak", "doc-pagebreak"))
_NOTE_BODIES = frozenset(
    (
        *("footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes", "note", "notes"),
        *("doc-footnote", "doc-endnote", "doc-endnotes"),
    )
)
_NOTE_CLASSES = frozenset(
    (
        *(
            "footnote-ref",
            "footnote-back",
            "footnote-backref",
            "footnoteref",
            "footnote-reference",
            "noteref",
        ),
        *(
            "note-ref",
            "fnref",
            "fn-ref",
            "footnote-link",
            "footnote-anchor",
            "sdfootnoteanc",
            "sdfootnotesym",
        ),
        *("sdendnoteanc", "sdendnotesym", "mw-cite-backlink"),
    )
)
_RAISED_NOTE_CLASSES = _NOTE_CLASSES | {"reference", "footnote", "endnote", "fn", "note"}
"""Classes that say so of a raised sign only: `a class="reference"` is any link."""
_NUMBER_CLASSES = frozenset(
    ("pagenum", "pagenumber", "page-number", "page-num", "pageno", "pagebreak", "page-break", "folio")
)

_PERMALINKS = frozenset("#¶§🔗")
"""Texts of the links that many sites put behind a heading, to itself."""
_SYMBOLS = "*∗†‡§¶※#⁂"
_MARK = re.compile(
    rf"\A[\[({{]*(?:(?:주|각주|注|註|nota|note|fn|przyp\.?)\s?)?"
    rf"(?:\d{{1,4}}|[a-zA-Z]|[ivxIVX]{{1,6}}|[{_SYMBOLS}]{{1,4}}|[¹²³⁰⁴-⁹]{{1,3}})"
    rf"(?:\s?[,;–-]\s?\d{{1,4}})*[\])}}]*\.?\Z",
    re.IGNORECASE,
)
_ARROWS = re.compile(r"\A[\[(]?[↩↑⤴⏎^←↵⇑⮐\ufe0e\ufe0f]+[\])]?\Z")
_BRACKETED = re.compile(
    rf"\A(?:(?:\[(?:(?:주|각주|注|註|nota|note)\s?)?(?:\d{{1,4}}|[a-z]|[{_SYMBOLS}])\]|\(\d{{1,3}}\)|\d{{1,3}}\)),?\s?)+\Z"
)
_NAMED = re.compile(r"\A(?:주|각주|역주|注|註|訳注|脚注|Anm\.|przyp\.)\s?\d{1,3}\Z")
_BARE = re.compile(rf"\A(?:\d{{1,3}}(?:\s?[,;–-]\s?\d{{1,3}})*|[{_SYMBOLS}]{{1,4}})\Z")
_REMNANT = re.compile(rf"\A[\[\](){{}},;–\s-]*{GONE}[\[\](){{}},;–\s{GONE}-]*\Z")
_NOTE_FRAGMENT = re.compile(
    r"(?:^|[^a-z])(?:_?ftn|_?edn|fn|foot|end|note|nota|ref|cite|sdfoot|sdend|przyp|[rn]\d)"
)
_AFTER_A_WORD = re.compile(
    rf"(?:[^\W\d_]{{4}}|[{uncased_letters()}]|[^\W\d_]{{2}}[.,;:]"
    r"|[»”\".!?…])\Z"
)
"""Before the sign of a note; shorter words may be units, single letters variables."""
_LOWER_WORD = re.compile(r"(?<![^\W_])[a-zà-öø-ÿąćęłńóśźż]{4,}\Z")
_SHORT_WORD = re.compile(r"(?:\A|(?<=[\s(\[«„“\"]))[^\W\d_]{2,3}\Z")
_UNITS = frozenset(
    """
    mm cm dm dam hm km nm pm µm μm mi ft in yd ms min sec px pt kg mg cd sr rad mol kPa MPa Hz kHz MHz GHz
    kW MW GW kV mV mA pc kpc Mpc ly AU au sin cos tan cot log ln exp lim max км см мм дм нм мкм кв га
    """.split()  # noqa: SIM905
)
"""Short words that a power may stand behind."""
_SYMBOL = re.compile(rf"\A[{_SYMBOLS}]{{1,4}}\Z")
_LETTERS = re.compile(r"[^\W\d_]{2}\Z")
_UNIT_OF_A_NUMBER = re.compile(r"\d[ \u00a0\u202f]?[^\W\d_]{2,3}\Z")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}\Z")
_VARIABLE = re.compile(r"(?<![^\W_])[a-z]\Z")
_PAGE = re.compile(r"[\[({]?(?:[^\W\d_]{1,6}\.?\s?)?(?:\d{1,5}|[ivxlcdm]{1,9})[\])}]?\Z", re.IGNORECASE)
_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_EXPONENT = re.compile(r"\A(?=.*[\dn])[0-9+\-−=()n]+\Z")
_RIGHTS = {"tm": "™", "sm": "℠"}
_ORDINALS = {"a": "ª", "o": "º"}
_SIGN_BEFORE_STOP = re.compile(rf"\A\s*{GONE}+(?:[.):]+(?=\s))?| ?{GONE}+(?=[.,;:!?…)\]»”])|{GONE}+")
_NUMBER_ALONE = re.compile(rf" ?{RAISED}[⁰¹²³⁴-⁹]+(?=[\s.,;:!?…)\]»”]|\Z)|{RAISED}")
"""A raised number between spaces is the sign of a note, one before a letter that of an isotope, as in ¹⁴C."""


class Sign(NamedTuple):
    """A raised text in one line."""

    text: str
    number: int = 0  # of the note that it refers to


def says(attributes: Mapping[str, str | None]) -> str:
    """Return what an element's type, role or class says it is: "note", "page", "notes" or ""."""
    type_, role, names = attributes.get("epub:type"), attributes.get("role"), attributes.get("class")
    return _said(f"{type_ or ''} {role or ''}", names or "") if type_ or role or names else ""


@lru_cache(4096)
def _said(type_and_role: str, class_names: str) -> str:
    types, names = type_and_role.split(), class_names.split()
    if not _NOTE_TYPES.isdisjoint(types) or not _NOTE_CLASSES.isdisjoint(names):
        return "note"
    if not _PAGE_TYPES.isdisjoint(types):
        return "page"
    if not _NUMBER_CLASSES.isdisjoint(names):
        return "page number"
    return "notes" if not (_NOTE_BODIES.isdisjoint(types) and _NOTE_BODIES.isdisjoint(names)) else ""


def is_raised_note(attributes: Mapping[str, str | None]) -> bool:
    """Return whether the class of a raised text says that it refers to a note."""
    return not _RAISED_NOTE_CLASSES.isdisjoint((attributes.get("class") or "").split())


def is_mark(text: str) -> bool:
    """Return whether a text can be the sign of a note, as in `1`, `[b]`, `*` or an arrow back."""
    text = text.strip()
    return len(text) <= 12 and (_MARK.match(text) or _ARROWS.match(text) or _REMNANT.match(text)) is not None


def is_page_number(text: str) -> bool:
    """Return whether a text is no more than the number of a page."""
    return _PAGE.match(text.strip()) is not None


def is_note_link(text: str, address: str, before: str, in_notes: bool) -> bool:
    """Return whether a link inside the document, with nothing around it that says so, refers to a note."""
    text = text.strip()
    if _BRACKETED.match(text) or _ARROWS.match(text) or text in _PERMALINKS:
        return True
    if not _BARE.match(text):
        return False
    named = _NOTE_FRAGMENT.search(address.rpartition("#")[2].lower()) is not None
    if not before.strip():  # the number in front of a note, which leads back
        return in_notes or named
    return named and not before[-1].isspace()


def raised(before: str, text: str, said: bool, next_note: int) -> Sign:
    """Return a raised text in one line; "" in place of the sign of a note.

    `said` is True if the markup says that it refers to one. `next_note` is the number after the last note's.
    """
    sign = text.strip()
    number = int(sign) if sign.isdecimal() and len(sign) < 4 else 0
    certain = _REMNANT.match(sign) or _BRACKETED.match(sign) or _NAMED.match(sign)
    if certain or (said and is_mark(sign)) or (_SYMBOL.match(sign) and _LETTERS.search(before)):
        return Sign(GONE, number)
    if _BARE.match(sign) and before:
        after_word = _AFTER_A_WORD.search(before) is not None
        in_order = number == next_note and (_YEAR.search(before) or _is_no_unit(before))
        if after_word or in_order:
            return Sign(GONE, number)
    if len(sign) == 1 and sign.islower() and _LOWER_WORD.search(before):
        return Sign(GONE)
    return Sign(_in_line(before, text, sign))


def _is_no_unit(before: str) -> bool:
    word = _SHORT_WORD.search(before)
    return word is not None and word[0] not in _UNITS and _UNIT_OF_A_NUMBER.search(before) is None


def _in_line(before: str, text: str, sign: str) -> str:
    last = before[-1:]
    if sign.isdecimal() and (not last or last.isspace()):
        return f"{RAISED}{sign.translate(_RAISED)}"
    if sign.lower() in _RIGHTS:
        return _RIGHTS[sign.lower()]
    if sign in _ORDINALS and (last.isdigit() or before in ("n", "N") or before[-2:] in (" n", " N")):
        return _ORDINALS[sign]
    if not (last.isalnum() or last in (")", "]")):
        return text
    if _EXPONENT.match(sign) and (sign != "n" or last.isdigit() or _VARIABLE.search(before)):
        return sign.translate(_RAISED)
    if any(map(str.isdigit, sign)) and len(sign.split()) == 1:
        return f"^({sign})"
    if len(sign) == 1 and sign.isalpha() and _VARIABLE.search(before):
        return f"^{sign}"
    return f" {text} " if len(sign.split()) > 1 else text


def set_above(text: str) -> str:
    """Return text that a document sets above the line, marked for `in_line`."""
    return f"{_ABOVE}{text}{_END}"


def set_below(text: str) -> str:
    """Return text that a document sets below the line, marked for `in_line`."""
    return f"{_BELOW}{text}{_END}"


def has_signs(text: str) -> bool:
    """Return whether some of a text is marked as raised or lowered."""
    return _END in text


def in_line(text: str) -> str:
    """Return a paragraph in which text that was marked as raised or lowered is in one line."""
    if _END not in text:
        return text
    text = _SEAM.sub("", text)
    found, place = "", 0
    for marked in _SET.finditer(text):
        found += text[place : marked.start()]
        inside = marked[2]
        if not inside.strip() or len(inside) > MAX_SIGN:
            found += inside
        elif marked[1] == _BELOW:
            found += lowered(found[-TAIL:], inside)
        else:
            found += raised(found[-TAIL:], inside, False, 0).text
        place = marked.end()
    return without_signs(found + text[place:])


def lowered(before: str, text: str) -> str:
    """Return a lowered text in one line: after a digit, digits stay lowered, so no number changes."""
    return text.translate(_LOWERED) if before[-1:].isdigit() else text


def with_readings(base: str, readings: Sequence[str]) -> str:
    """Return a text with the readings above it behind it, in parentheses."""
    said = [reading for reading in (" ".join(reading.split()) for reading in readings) if reading]
    glue = " " if any("a" <= reading[0].lower() <= "z" for reading in said) else ""
    body = base.strip()
    if not body or not said:
        return base or glue.join(said)
    head = base[: len(base) - len(base.lstrip())]
    return f"{head}{body}({glue.join(said)}){base[len(base.rstrip()) :]}"


def without_signs(text: str) -> str:
    """Return a paragraph without what was put in the place of note references."""
    if RAISED in text:
        text = _NUMBER_ALONE.sub("", text)
    return _SIGN_BEFORE_STOP.sub("", text) if GONE in text else text
