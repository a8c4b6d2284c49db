"""Brackets and quotation marks without a partner.

Speech runs over paragraphs: it opens in one row and closes in a later one, or opens anew in every paragraph
and closes in the last. So marks are paired over the article, language by language, and only one that finds no
partner in any of the rows near it is held against the other languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.checks.cells import Cells, Draft
from pipeline.datatypes import Span
from pipeline.languages import all_letters
from pipeline.languages.codes import language_name, name_list
from pipeline.languages.scripts import uncased_letters

_BRACKET = re.compile(r"[()\[\]（）［］]")
_OPENING = {"(": ")", "[": "]", "（": "）", "［": "］"}
_SAME_BRACKET = str.maketrans("（）［］", "()[]")
_ENUMERATOR = re.compile(
    rf"(?:^|(?<=\s))(?:\d{{1,3}}|[a-z{all_letters('script')}])\)(?=\s)|[:;]-?[()]",
    re.IGNORECASE | re.MULTILINE,
)
_MAYBE_ENUMERATOR = re.compile(
    r"[:;)](?:(?<=[:;])-?[()]"
    r"|(?=\s)(?:(?<=\s\w\))|(?<=\s\d\d\))|(?<=\s\d{3}\))|(?<=\A\w\))|(?<=\A\d\d\))|(?<=\A\d{3}\))))"
)

# Single quotes are left out: they cannot be told from apostrophes, nor inches from straight quotes.
_QUOTE = re.compile(r"[„“”«»\"](?:(?<!\d\")|(?=[\s.,;)]))")

MARKS = frozenset('()[]（）［］„“”«»"')
"""Brackets and quotation marks."""

_MAYBE_QUOTE = re.compile(r"[„“”«»\"]")  # quick


_OPENS_AFTER = " \t\n\u00a0([（［{-–—/:'‘"
_SINGLE_OPENING = re.compile(r"(?<![\w’'])[‘'](?=\w)")
_SINGLE_CLOSING = re.compile(rf"(?<=[^\s‘'])[’'](?!\w)|’(?=[{uncased_letters()}])")
_REACH = 6
"""Rows within which a mark may have its partner."""


class Unpaired(NamedTuple):
    """The mark of a text without a partner in it, if there is one."""

    place: Span | None
    opens: bool = False
    begins: bool = False  # the text begins with a quotation mark


class RowMarks(NamedTuple):
    """The marks of a row, by language; of the languages that have any."""

    brackets: dict[str, Unpaired]
    quotes: dict[str, Unpaired]


NO_MARKS = RowMarks({}, {})


def marks_of(cells: Cells) -> RowMarks:
    """What the texts of a row say of their brackets and quotation marks."""
    return RowMarks(
        {language: _open_bracket(text) for language, text in cells.texts.items() if _BRACKET.search(text)},
        {language: _odd_quote(text) for language, text in cells.texts.items() if _MAYBE_QUOTE.search(text)},
    )


def lone_marks(rows: Sequence[Cells], marks: Sequence[RowMarks]) -> Iterator[tuple[int, Draft]]:
    """`typography.brackets` and `typography.quotes`, with the number of the row.

    A mark is told where another language has such marks in this row and they are closed; of brackets, also
    where it has none.
    """
    for rule, noun, found in (
        ("typography.brackets", "bracket", [row.brackets for row in marks]),
        ("typography.quotes", "quotation mark", [row.quotes for row in marks]),
    ):
        lone = _lone(found)
        for number in sorted({number for number, _ in lone}):
            here = [language for language in found[number] if (number, language) in lone]
            closed = [language for language, mark in found[number].items() if mark.place is None]
            if noun == "bracket":
                closed = closed or [code for code in rows[number].texts if code not in found[number]]
            for language in here if closed else ():
                names = f"{language_name(language)} has no partner, unlike those of {name_list(closed)}"
                place = found[number][language].place
                yield number, Draft(rule, "", language, f"A {noun} of {names}", None, place)


def _lone(rows: Sequence[Mapping[str, Unpaired]]) -> set[tuple[int, str]]:
    """The rows and languages of the marks that have no partner in a row near them."""
    lone: set[tuple[int, str]] = set()
    waiting: dict[str, int] = {}  # by language, the row where one opened
    for number, row in enumerate(rows):
        for language, mark in row.items():
            opened = waiting.get(language)
            if opened is not None and number - opened > _REACH:
                lone.add((opened, language))
                del waiting[language]
                opened = None
            if mark.place is None:
                if opened is not None and mark.begins and number == opened + 1:
                    del waiting[language]  # a paragraph of the same speech, and its end
            elif mark.opens:
                if opened is not None and not (mark.begins and number == opened + 1):
                    lone.add((opened, language))
                waiting[language] = number
            elif opened is not None:
                del waiting[language]
            else:
                lone.add((number, language))
    return lone | {(number, language) for language, number in waiting.items()}


def _open_bracket(text: str) -> Unpaired:
    """The first bracket without a partner; the markers of lists, as in "a)", need none."""
    if not _MAYBE_ENUMERATOR.search(text):
        marks = "".join(_BRACKET.findall(text)).translate(_SAME_BRACKET)
        if not marks.replace("()", "").replace("[]", ""):  # quick, and true of most
            return Unpaired(None)
    ignored = {place for match in _ENUMERATOR.finditer(text) for place in range(*match.span())}
    waiting: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(text.translate(_SAME_BRACKET)):
        if match[0] in _OPENING and match.start() not in ignored:
            waiting.append((_OPENING[match[0]], match.start()))
        elif waiting and waiting[-1][0] == match[0]:
            waiting.pop()
        elif match[0] not in _OPENING and match.start() not in ignored:
            return Unpaired(match.span())
    return Unpaired((waiting[0][1], waiting[0][1] + 1), True) if waiting else Unpaired(None)


def _odd_quote(text: str) -> Unpaired:
    """The double quotation mark without a partner where their number is odd.

    “ closes in one language and opens in another: a mark opens where nothing that it could close stands
    before it.
    """
    quotes = list(_QUOTE.finditer(text))
    begins = bool(quotes) and not text[: quotes[0].start()].strip()
    if len(quotes) % 2 == 0:
        return Unpaired(None, begins=begins)
    opened: list[re.Match[str]] = []
    closed: list[re.Match[str]] = []
    for match in quotes:
        if match.start() == 0 or text[match.start() - 1] in _OPENS_AFTER:
            opened.append(match)
        elif opened:
            opened.pop()
        else:
            closed.append(match)
    opens = len(opened) > len(closed)
    place = (opened[-1] if opens else closed[-1]).span()
    if _has_single(text, place, opens):
        return Unpaired(None, begins=begins)
    return Unpaired(place, opens, begins)


def _has_single(text: str, place: Span, opens: bool) -> bool:
    """Whether a single quotation mark stands where the partner of a double one is looked for."""
    rest = text[place[1] :] if opens else text[: place[0]]
    singles = [_SINGLE_OPENING.findall(rest), _SINGLE_CLOSING.findall(rest)]
    return len(singles[opens]) > len(singles[not opens])
