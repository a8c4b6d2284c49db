"""What must come through a translation unchanged: addresses, tags, codes and foreign names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.checks.cells import OWN_SCRIPT, Cells, Draft, Texts, together
from pipeline.checks.quantities import read_digits
from pipeline.datatypes import Span
from pipeline.languages import any_pattern
from pipeline.languages.codes import language_name, name_list

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"“”«»。、，；：！？「」『』（）【】《》]+", re.IGNORECASE)
_URL_END = ".,;:!?)]}'’…"
_OPENING = "([{<'‘“\""
_CASE_ENDING = re.compile(r"['’][^\W\d_]{1,6}$")
"""What is written behind a name with an apostrophe: "example.org'da", "example.org's"."""
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", re.ASCII)
# One class in front lets a search run at full speed; what may not stand before it comes after it.
_TAG = re.compile(r"[#@](?<![\w&/.#@{=][#@])(?<!\]\(#)[A-Za-z][A-Za-z0-9_]{2,49}(?![\w@])(?!\.\w)", re.ASCII)
_CODE = re.compile(
    r"[A-Z](?<![\w.,-][A-Z])(?=[A-Z0-9-]{0,19}\d)[A-Z]{0,5}(?:-?[A-Z0-9]{1,10}){1,4}(?![A-Za-z0-9-])",
    re.ASCII,
)

_LOCALE_SEGMENT = re.compile(
    r"(?<=/)[a-z]{2}(?:[-_][a-zA-Z]{2})?(?=/|$)|(?<=^)[a-z]{2}(?=\.\w+\.\w)|(?<=[?&])(?:lang|hl|locale)=[\w-]+"
    r"|(?<=[._-])[a-z]{2}(?=\.(?:html?|php|md|pdf)(?:$|[?#]))"
)
_LOCALISED = re.compile(r"/([a-z]{2})(?:[-_][a-zA-Z]{2})?(/[^?#]*)$")
_PARTICLES = re.compile(rf"(?<=[!-~])(?:{any_pattern('particles')}){{1,3}}$")
_SCHEME = re.compile(r"^https?://|^www\.", re.IGNORECASE)

_MODIFIERS = {
    **dict.fromkeys(("ctrl", "control", "strg", "⌃"), "ctrl"),
    **dict.fromkeys(("cmd", "command", "⌘"), "cmd"),
    **dict.fromkeys(("alt", "option", "opt", "⌥"), "alt"),
    **dict.fromkeys(("shift", "maiusc", "umschalt", "maj", "mayús", "skift", "⇧"), "shift"),
    **dict.fromkeys(("win", "windows"), "win"),
}
_MODIFIER = "|".join(_MODIFIERS)
_SHORTCUT = re.compile(  # "option -y" is no key, but what a command takes
    rf"(?<![A-Za-z])((?:(?:{_MODIFIER})(?:\s?\+\s?|-)){{1,3}})"
    r"(?:(F\d{1,2}|[A-Z0-9])(?![A-Za-z0-9])|(?<=\+)[^\W\d_]{2,12}|(?<=\+ )[^\W\d_]{2,12}|(?<=\+)[↵⏎⌫⇥←→↑↓])",
    re.IGNORECASE,
)

_BEFORE_SIGN = "|".join(rf"(?<={name}[+-])|(?<={name}\s[+-])" for name in _MODIFIERS)
_NAMED = "..."
_MAYBE_SHORTCUT = re.compile(rf"[+-](?:{_BEFORE_SIGN})", re.IGNORECASE)  # quick

_Found = dict[str, Span]  # what must come through, in a form to compare, and where it stands


def addresses(cells: Cells) -> Iterator[Draft]:
    """`entities.address`: a URL or an e-mail address that another language lacks."""
    text = together(cells)
    if "@" in text or "://" in text or "www." in text:
        found = {language: _addresses(text, language) for language, text in cells.texts.items()}
        yield from _compare(cells, "entities.address", _without_particles(found, cells.texts))


def tags(cells: Cells) -> Iterator[Draft]:
    """`entities.tag`: a hashtag or a handle that another language lacks."""
    yield from _compare(cells, "entities.tag", {code: _tags(text) for code, text in cells.texts.items()})


def shortcuts(cells: Cells) -> Iterator[Draft]:
    """`entities.shortcut`: keys to be pressed together that another language lacks."""
    if _MAYBE_SHORTCUT.search(together(cells)):
        found = {code: _shortcuts(text) for code, text in cells.texts.items()}
        if not all(any(item.endswith(_NAMED) for item in items) for items in found.values()):
            found = {
                code: {item: span for item, span in items.items() if not item.endswith(_NAMED)}
                for code, items in found.items()
            }
        yield from _compare(cells, "entities.shortcut", found)


def _shortcuts(text: str) -> _Found:
    """The combinations of keys; one with a name, which each language calls otherwise, counts as any such.

    Whether a word behind a plus is a key can only be told where all languages have one there.
    """
    found: _Found = {}
    for match in _SHORTCUT.finditer(text):
        names = sorted(_MODIFIERS[name.lower()] for name in re.split(r"[\s+-]+", match[1]) if name)
        found["+".join([*names, (match[2] or _NAMED).lower()])] = match.span()
    return found


def codes(cells: Cells) -> Iterator[Draft]:
    """`entities.code`: a product code, such as "A320" or "COVID-19", that another language lacks."""
    if any(map(read_digits, cells.texts.values())):
        yield from _compare(
            cells, "entities.code", {code: _codes(text) for code, text in cells.texts.items()}
        )


def _addresses(text: str, language: str) -> _Found:
    found: _Found = {}
    for match in _URL.finditer(text):
        url = _clipped(match[0])
        found[_comparable(url, language)] = (match.start(), match.start() + len(url))
    for match in _EMAIL.finditer(text):
        found[_named_in_english(language).sub("*", match[0].lower())] = match.span()
    return found


def _without_particles(found: dict[str, _Found], texts: Texts) -> dict[str, _Found]:
    """The addresses without the words that are written behind them without a space.

    A particle of Korean may be cut off; any other word of a script of its own only where another language has
    the address without it, since it may also be part of it.
    """
    result: dict[str, _Found] = {}
    bare_items = {
        language: {
            _comparable(_clipped(url[: word.start()]), language)
            for url in (texts[language][start:end] for start, end in items.values())
            if (word := OWN_SCRIPT.search(url))
        }
        for language, items in found.items()
    }
    for language, items in found.items():
        others = {
            item for other in found if other != language for item in (*found[other], *bare_items[other])
        }
        result[language] = {}
        for item, (start, end) in items.items():
            url = texts[language][start:end]
            if OWN_SCRIPT.search(url) is None or item in others:
                result[language][item] = start, end
                continue
            ends = [
                url[: found.start()] for found in (OWN_SCRIPT.search(url), _PARTICLES.search(url)) if found
            ]
            ends = [_clipped(each).rstrip(_OPENING) for each in ends]
            bare = {_comparable(each, language): each for each in ends}
            known = next((each for each in bare if each in others), None)
            particle = _PARTICLES.search(url)
            if known is None and particle:
                known = _comparable(url[: particle.start()], language)
                bare.setdefault(known, url[: particle.start()])
            length = len(bare[known]) if known else end - start
            result[language][known or item] = start, start + length
    return result


def _clipped(url: str) -> str:
    """The URL without the punctuation of the sentence around it; a bracket that it opened stays."""
    while url and url[-1] in _URL_END and not (url[-1] == ")" and url.count("(") >= url.count(")")):
        url = url[:-1]
    return _CASE_ENDING.sub("", url)


def _comparable(url: str, language: str) -> str:
    """A URL without its scheme and the parts that name a language, which translators rightly change.

    The page of a site in the text's own language has a name in that language: only what has a digit, as the
    number of an article, is the same in all of them.
    """
    bare = _SCHEME.sub("", _SCHEME.sub("", url)).rstrip("/")
    bare = _named_in_english(language).sub("*", bare)
    host, slash, path = bare.partition("/")
    localised = _LOCALISED.search(slash + path)
    if localised and localised[1] == language.partition("-")[0]:
        kept = [part if any(map(str.isdigit, part)) else "*" for part in localised[2].split("/")]
        return host.lower() + (slash + path)[: localised.start()] + "/*" + "/".join(kept)
    path = path.removesuffix(f".{language.partition('-')[0]}")  # the page in this language
    return _LOCALE_SEGMENT.sub("*", host.lower() + slash + path)


@cache
def _named_in_english(language: str) -> re.Pattern[str]:
    """The name of a language as a part of an address: the list of its translators."""
    return re.compile(rf"(?<![a-z]){re.escape(language_name(language))}(?![a-z])", re.IGNORECASE)


def _tags(text: str) -> _Found:
    return {match[0].lower(): match.span() for match in _TAG.finditer(text)}


def _codes(text: str) -> _Found:
    return {match[0].replace("-", ""): match.span() for match in _CODE.finditer(text)}


def _compare(cells: Cells, rule: str, found: dict[str, _Found]) -> Iterator[Draft]:
    """A finding for every item that some languages have and others lack; one that stands for a change.

    Of three languages, the one that differs from the other two is the one to look at. An item of it and an
    item of the others, each without a counterpart, are taken for one that was altered.
    """
    for odd in _odd_ones_out(found):
        others = [language for language in found if language != odd]
        lost = {item: other for other in reversed(others) for item in found[other] if item not in found[odd]}
        new = [item for item in found[odd] if not any(item in found[other] for other in others)]
        for (one, other), two in zip(lost.items(), new, strict=False):
            yield _altered(cells, rule, (other, found[other][one]), (odd, found[odd][two]))
        for item, other in list(lost.items())[len(new) :]:
            holders = [language for language in others if item in found[language]]
            yield _missing(cells, rule, other, found[other][item], holders, odd)
        added = odd != next(iter(found)) and rule == "entities.address"
        for item in new[len(lost) :]:
            name = "entities.added-address" if added else rule
            yield _missing(cells, name, odd, found[odd][item], [odd], others[0])


def _odd_ones_out(found: dict[str, _Found]) -> list[str]:
    """The languages that differ from the rest: those in the minority, of two the later one."""
    kinds: dict[frozenset[str], list[str]] = {}
    for language, items in found.items():
        kinds.setdefault(frozenset(items), []).append(language)
    if len(kinds) == 1:
        return []
    usual = max(kinds.values(), key=len)  # the first of equally many
    return [language for kind in kinds.values() if kind is not usual for language in kind]


def _altered(cells: Cells, rule: str, one: tuple[str, Span], two: tuple[str, Span]) -> Draft:
    """One item that has become another; the one that most languages have, or the source's, is suggested."""
    original = cells.texts[one[0]][slice(*one[1])]
    (source, source_span), (target, target_span) = sorted(
        (one, two), key=lambda x: list(cells.texts).index(x[0])
    )
    message = (
        f"{language_name(source)} has “{cells.texts[source][slice(*source_span)]}”, "
        f"{language_name(target)} has “{cells.texts[target][slice(*target_span)]}”"
    )
    return Draft(rule, source, target, message, source_span, target_span, original)


def _missing(cells: Cells, rule: str, holder: str, span: Span, holders: list[str], lacker: str) -> Draft:
    item = cells.texts[holder][slice(*span)]
    message = f"“{item}” stands in {name_list(holders)} but not in {language_name(lacker)}"
    if list(cells.texts).index(holder) < list(cells.texts).index(lacker):
        return Draft(rule, holder, lacker, message, span, None, item)
    return Draft(rule, lacker, holder, message, None, span)
