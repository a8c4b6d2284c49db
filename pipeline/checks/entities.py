"""What must come through a translation unchanged: addresses, tags, codes and foreign names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.checks.names import language_name, name_list
from pipeline.checks.records import Cells, Draft
from pipeline.datatypes import Span

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"“”«»]+", re.IGNORECASE)
_URL_END = ".,;:!?)]}'’…"
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", re.ASCII)
_TAG = re.compile(r"(?<![\w&/.#@])[#@][A-Za-z][A-Za-z0-9_]{2,49}(?![\w@])(?!\.\w)", re.ASCII)
_CODE = re.compile(
    r"(?<![\w.,-])(?=[A-Z0-9-]{0,20}\d)[A-Z]{1,6}(?:-?[A-Z0-9]{1,10}){1,4}(?![A-Za-z0-9-])", re.ASCII
)

_DIGIT = re.compile(r"[0-9]")
_LOCALE_SEGMENT = re.compile(
    r"(?<=/)[a-z]{2}(?:[-_][a-z]{2})?(?=/|$)|(?<=^)[a-z]{2}(?=\.\w+\.\w)|(?<=[?&])(?:lang|hl|locale)=[\w-]+"
)
_SCHEME = re.compile(r"^https?://|^www\.", re.IGNORECASE)

_Found = dict[str, Span]  # what must come through, in a form to compare, and where it stands


def addresses(cells: Cells) -> Iterator[Draft]:
    """`entities.address`: a URL or an e-mail address that another language lacks."""
    if any("@" in text or "://" in text or "www." in text for text in cells.texts.values()):
        yield from _compare(cells, "entities.address", _addresses)


def tags(cells: Cells) -> Iterator[Draft]:
    """`entities.tag`: a hashtag or a handle that another language lacks."""
    if any("#" in text or "@" in text for text in cells.texts.values()):
        yield from _compare(cells, "entities.tag", _tags)


def codes(cells: Cells) -> Iterator[Draft]:
    """`entities.code`: a product code, such as "A320" or "COVID-19", that another language lacks."""
    if any(_DIGIT.search(text) for text in cells.texts.values()):
        yield from _compare(cells, "entities.code", _codes)


def _addresses(text: str) -> _Found:
    found: _Found = {}
    for match in _URL.finditer(text):
        url = _clipped(match[0])
        found[_comparable(url)] = (match.start(), match.start() + len(url))
    for match in _EMAIL.finditer(text):
        found[match[0].lower()] = match.span()
    return found


def _clipped(url: str) -> str:
    """The URL without the punctuation of the sentence around it; a bracket that it opened stays."""
    while url and url[-1] in _URL_END and not (url[-1] == ")" and url.count("(") >= url.count(")")):
        url = url[:-1]
    return url


def _comparable(url: str) -> str:
    """A URL without its scheme and the parts that name a language, which translators rightly change."""
    bare = _SCHEME.sub("", _SCHEME.sub("", url)).rstrip("/")
    host, slash, path = bare.partition("/")
    return _LOCALE_SEGMENT.sub("*", host.lower() + slash + path)


def _tags(text: str) -> _Found:
    return {match[0].lower(): match.span() for match in _TAG.finditer(text)}


def _codes(text: str) -> _Found:
    return {match[0].replace("-", ""): match.span() for match in _CODE.finditer(text)}


def _compare(cells: Cells, rule: str, find: Callable[[str], _Found]) -> Iterator[Draft]:
    """A finding for every item that some languages have and others lack; one that stands for a change.

    An item of one language and an item of the other, each without a counterpart, are taken for one
    that was altered.
    """
    found = {language: find(text) for language, text in cells.texts.items()}
    for source, target in cells.pairs:
        lost = [item for item in found[source] if item not in found[target]]
        new = [item for item in found[target] if item not in found[source]]
        if not lost and not new:
            continue
        for one, two in zip(lost, new, strict=False):
            yield _altered(cells, rule, (source, found[source][one]), (target, found[target][two]))
        for item in lost[len(new) :]:
            yield _missing(cells, rule, source, target, source, found[source][item])
        for item in new[len(lost) :]:
            yield _missing(cells, rule, source, target, target, found[target][item])
        return  # the third language differs from one of these two as well: say it once


def _altered(cells: Cells, rule: str, one: tuple[str, Span], two: tuple[str, Span]) -> Draft:
    (source, source_span), (target, target_span) = one, two
    original = cells.texts[source][slice(*source_span)]
    message = (
        f"{language_name(source)} has “{original}”, "
        f"{language_name(target)} has “{cells.texts[target][slice(*target_span)]}”"
    )
    return Draft(rule, source, target, message, source_span, target_span, original)


def _missing(cells: Cells, rule: str, source: str, target: str, holder: str, span: Span) -> Draft:
    item = cells.texts[holder][slice(*span)]
    lacker = target if holder == source else source
    message = f"“{item}” stands in {language_name(holder)} but not in {name_list([lacker])}"
    if holder == source:
        return Draft(rule, source, target, message, span, None, item)
    return Draft(rule, source, target, message, None, span)
