"""Characters that no author wrote: marks of machine translation, and text decoded wrongly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from pipeline.checks.cells import Cells, Draft
from pipeline.checks.quantities import read_digits, read_words
from pipeline.languages.codes import language_name, name_list
from pipeline.languages.marks import TAG_NAMES
from pipeline.languages.numbers import Mention

# What translation engines and the tools around them put in and fail to take out again.
_MACHINE_MARK = re.compile(
    r"(?-i:[xX<\[⁇▁@&⟦_{])(?:"  # one class in front lets the search run at full speed
    r"(?<=X)(?:NUM|CHAR|TAG|URL|WORD|NAME|DATE|PH|VAR)X+"
    r"|(?<=<)(?:unk>|(?:ph|bpt|ept|x|g) id=)|(?<=\[)UNK\]|(?<=[⁇▁])|(?<=@)-@|(?<=\w@)@(?= )"
    r"|(?<=&)(?:amp;)?(?:nbsp|quot|amp|lt|gt|apos|#\d{2,5});"
    r"|(?<=⟦)[^⟧]{0,40}⟧|(?<=_)_PH_?\d+__|(?<=\{)\{\{?PH\d*\}?\}\})",
    re.IGNORECASE,
)
_MAYBE_MARK = re.compile(r"[X&⁇▁⟦@<\[{_]")  # quick
ANY_MARK = frozenset("Xx&⁇▁⟦@<[{_%")
"""Characters that such a mark or a fill-in has."""

_NUMBER_MARK = re.compile(r"XNUMX+", re.IGNORECASE)

# Fill-ins of programs. They belong to the text where every language has them.
_FILL_IN = re.compile(
    r"\{\{[^{}]{1,80}\}\}|\{%[^{}%]{1,80}%\}|(?<![A-Za-z])\$?\{[\w.]{0,40}\}"
    r"|%\(\w{1,40}\)[sd]|%(?:\d\$)?[sd@](?!\w)"
    r"|</?[a-z][a-z0-9]{0,10}"
    r"(?: (?:[^<>=]|=(?:\s?\"[^\"<]{0,400}\"|\s?'[^'<]{0,400}'|(?!\s?[\"']))){0,200})?/?>"
)
_TAG = re.compile(r"\A<(/?)([a-z][a-z0-9]*)(?![a-z0-9])(.*?)/?>", re.DOTALL)
_IN_BRACKETS = re.compile(r"<([^\W\d_]\w{0,40})(?: [^<>=]{0,80})?>")
_ATTRIBUTE = re.compile(r"([a-zA-Z][\w:-]{0,40})(?:\s?=\s?(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
_MAYBE_FILL_IN = re.compile(r"[{%<]")

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_REPLACEMENT = re.compile(r"\ufffd+")

# UTF-8 read as a one-byte encoding: the leading byte of ¡..ſ, of typographic marks or of Hangul,
# followed by what CP1252, CP1250 or ISO 8859 show for the continuation bytes 80..BF.
_TAIL = (
    "\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d"
    "\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178\u015a\u0164\u0179\u015b\u0165\u017a\u02c7\u02d8\u0141\u0104"
    "\u015e\u017b\u02db\u0142\u00b8\u0105\u015f\u013d\u02dd\u013e\u017c"
)
_MOJIBAKE = re.compile(
    rf"[ÃÂÄÅĂĹ][{_TAIL}]|â[€\u0080\u201a][{_TAIL}]|[êëìí][{_TAIL}]{{2}}|ï»¿"
    r"|(?<=[a-zà-ÿ])[¿³¹¶±¼](?=[a-zà-ÿ])"  # Polish of ISO 8859-2 read as CP1252
    r"|[¡-þ]{2}(?<=[¡-¿][¡-þ]|.[¡-¿])[¡-þ]{2,}"  # Korean of CP949 read as Latin-1
)
_FIRST_MISREAD = frozenset((*map(chr, range(0xA1, 0xC0)), *"ÃÂÄÅĂĹâêëìíï"))
ANY_BROKEN = _FIRST_MISREAD | {"\ufffd"} | set(filter(_CONTROL.match, map(chr, range(0xA0))))
"""Characters of which a text with broken ones has some."""


_MOST = 10
"""Findings of one kind in one cell; a text with more marks than these is spoilt, not to be corrected."""


def machine_marks(cells: Cells) -> Iterator[Draft]:
    """`characters.placeholder`: marks of machine translation, and fill-ins that only some languages have."""
    found = {
        language: list(islice(_MACHINE_MARK.finditer(text), _MOST))
        if _MAYBE_MARK.search(text) or "xnum" in text
        else []
        for language, text in cells.texts.items()
    }
    for language, marks in found.items():
        others = [text for other, text in cells.texts.items() if other != language]
        shared = [mark for mark in marks if others and all(mark[0] in text for text in others)]
        if len(shared) < len(marks):
            yield from _marks(cells, language, [mark for mark in marks if mark not in shared])
    if len(cells.texts) > 1:
        yield from _lone_fill_ins(cells)


def _marks(cells: Cells, language: str, marks: list[re.Match[str]]) -> Iterator[Draft]:
    lost = _lost_numbers(cells, language) if any(_NUMBER_MARK.fullmatch(mark[0]) for mark in marks) else None
    for mark in marks:
        if lost and _NUMBER_MARK.fullmatch(mark[0]):
            yield _number_mark(cells, language, mark, *lost)
        else:
            message = f"“{mark[0]}” is a leftover mark of machine translation"
            yield Draft("characters.placeholder", "", language, message, None, mark.span())


def _number_mark(
    cells: Cells, language: str, mark: re.Match[str], other: str, candidates: list[Mention]
) -> Draft:
    """A mark that stands for a number: of the other side's, the nearest by relative position."""
    text = cells.texts[other]
    place = mark.start() / len(cells.texts[language])
    mention = min(candidates, key=lambda candidate: abs(candidate.start / len(text) - place))
    span = (mention.start, mention.end)
    message = f"“{mark[0]}” stands where {language_name(other)} has the number “{text[slice(*span)]}”"
    spans = {language: mark.span(), other: span}
    source, target = (code for code in cells.texts if code in spans)
    number = str(mention.readings[0][0])  # the mark stood for digits in the first place
    return Draft("characters.placeholder", source, target, message, spans[source], spans[target], number)


def _lost_numbers(cells: Cells, language: str) -> tuple[str, list[Mention]] | None:
    """A language that has numbers which this one lacks, and these; "one" may be an article, and is none."""
    own = {mention.readings[0] for mention in _numbers(cells, language)}
    for other in cells.texts:
        lost = [
            mention
            for mention in _numbers(cells, other)
            if mention.readings[0] not in own and mention.readings[0][0] > 1
        ]
        if other != language and lost:
            return other, lost
    return None


def _numbers(cells: Cells, language: str) -> list[Mention]:
    return [*read_digits(cells.texts[language], language), *read_words(cells.texts[language], language)]


def _lone_fill_ins(cells: Cells) -> Iterator[Draft]:
    found = {
        language: {_fill_in(match[0]): match for match in islice(_FILL_IN.finditer(text), _MOST)}
        if _MAYBE_FILL_IN.search(text)
        else {}
        for language, text in cells.texts.items()
    }
    for item in dict.fromkeys(item for items in found.values() for item in items):
        holders = [language for language, items in found.items() if item in items]
        lackers = [
            language
            for language, items in found.items()
            if item not in items
            and not _is_said(found[holders[0]][item][0], cells.texts[language])
            and not _is_translated(found[holders[0]][item][0], cells.texts[holders[0]], cells.texts[language])
        ]
        if lackers:
            yield _lone_fill_in(cells, found[holders[0]][item], holders, lackers)


def _is_said(written: str, text: str) -> bool:
    """Whether a text has a fill-in that was found in another one, or speaks of a tag by its name."""
    tag = _TAG.fullmatch(written)
    name = tag[2] if tag and len(tag[2]) > 2 and not tag[3].strip() else None
    return written in text or (name is not None and name in text.split())


def _is_translated(written: str, own: str, other: str) -> bool:
    """Whether a fill-in is words in angle brackets, and the other text has as many of its own.

    Several words, as in "<nome del file>", may stand without brackets there. What is closed is a tag.
    """
    words = _words_in_brackets(own)
    if written not in words or f"</{written[1:-1].split()[0]}" in own:
        return False
    return " " in written or len(words) == len(_words_in_brackets(other))


def _words_in_brackets(text: str) -> list[str]:
    return [match[0] for match in _IN_BRACKETS.finditer(text) if match[1].lower() not in TAG_NAMES]


def _fill_in(written: str) -> str:
    """What has to agree: of a tag its name and those of its attributes, whose texts are to be translated."""
    tag = _TAG.fullmatch(written)
    if tag is None:
        return "".join(written.split())
    return f"<{tag[1]}{tag[2]} {' '.join(sorted(name[1].lower() for name in _ATTRIBUTE.finditer(tag[3])))}>"


def _lone_fill_in(cells: Cells, match: re.Match[str], holders: list[str], lackers: list[str]) -> Draft:
    message = f"“{match[0]}” stands in {name_list(holders)} but not in {name_list(lackers)}"
    holder, lacker = holders[0], lackers[0]
    if list(cells.texts).index(holder) < list(cells.texts).index(lacker):
        return Draft("characters.placeholder", holder, lacker, message, match.span(), None, match[0])
    return Draft("characters.placeholder", lacker, holder, message, None, match.span())


def broken_characters(cells: Cells) -> Iterator[Draft]:
    """`characters.replacement`, `characters.mojibake` and `characters.control`."""
    for language, text in cells.texts.items():
        if "\ufffd" in text:
            yield from _each(_REPLACEMENT, "characters.replacement", language, text, _lost_character)
        if not text.isprintable():
            yield from _each(_CONTROL, "characters.control", language, text, _control)
        if not _FIRST_MISREAD.isdisjoint(text):
            yield from _mojibake(language, text)


def _each(
    pattern: re.Pattern[str], rule: str, language: str, text: str, say: Callable[[re.Match[str], str], str]
) -> Iterator[Draft]:
    """One finding for a kind of damage, at its first place: a spoilt text is spoilt in many places."""
    places = list(pattern.finditer(text))
    if places:
        more = f" (and {len(places) - 1} more)" if len(places) > 1 else ""
        yield Draft(rule, "", language, say(places[0], text) + more, None, places[0].span())


def _lost_character(match: re.Match[str], text: str) -> str:
    around = text[max(0, match.start() - 10) : match.end() + 10]
    return f"A character was lost here: “{around}”"


def _control(match: re.Match[str], _: str) -> str:
    return f"Invisible control character U+{ord(match[0]):04X}"


def _mojibake(language: str, text: str) -> Iterator[Draft]:
    for draft in _each(_MOJIBAKE, "characters.mojibake", language, text, _misread):
        yield draft._replace(suggestion=_repaired(text, draft.target_span or (0, 0)))


def _misread(match: re.Match[str], text: str) -> str:
    around = text[max(0, match.start() - 10) : match.end() + 10]
    return f"Text that was decoded with the wrong encoding: “{around}”"


def _repaired(text: str, span: tuple[int, int]) -> str:
    """What the misread characters stood for, where it can be told."""
    for encoding in ("cp1252", "latin-1", "cp1250"):
        try:
            repaired = text[slice(*span)].encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        return repaired if repaired.isprintable() else ""
    return ""
