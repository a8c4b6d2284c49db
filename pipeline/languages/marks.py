"""Marks that mean the same in every language: where a sentence ends, what only repeats a name."""

from __future__ import annotations

import re

OBJECT = "\ufffc"
"""What Unicode has for a thing in the place of text: here an inline code of a memory or of an XLIFF file."""

PLACEABLE = r"\{\{?\s?[-$%#@]?[A-Za-z_][\w.-]{0,80}(?:\s?\([^(){}]{0,200}\)|\s?\|[^{}]{0,80})?\s?\}\}?"
"""Pattern of what a program puts a value in place of: "{name}", '{ -brand(case: "gen") }', "{{ x|safe }}"."""

TAG_NAMES = frozenset(
    re.findall(
        r"\w+",
        "a abbr address area article aside audio b base bdi bdo big blockquote body bpt br button bx "
        "canvas caption center cite code col colgroup data datalist dd del details dfn dialog div dl "
        "dt ec em embed ept ex fieldset figure font footer form g h1 h2 h3 h4 h5 h6 head header "
        "hgroup hi hr html i iframe img input ins it kbd label legend li link main map mark math menu "
        "meta meter mrk nav noscript object ol optgroup option output p param pc ph picture pre "
        "progress q rb rp rt rtc ruby s samp sc script search section select slot small source span "
        "strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time "
        "title tr track tt u ul ut var video wbr x",
    )
)
"""Names of tags of HTML, XLIFF and TMX. Other words in such brackets may be translated: <file>, <plik>."""

_ENDS = ".!?…。？！"
_TAG = re.compile(r"</?(?:([A-Za-z][A-Za-z0-9]{0,11})|[0-9]{1,4})(?:\s[^<>]{0,200})?/?>")
_GLOSS = re.compile(r"(?<=[^\W\d_a-zA-Z])[(（][A-Za-z][A-Za-z0-9 .,'’&-]{0,80}[)）]")


def ends_sentence(text: str, also: str = "") -> bool:
    """Whether a text ends in a full stop or the like; closing quotes, brackets and other marks may follow.

    `also` are further marks that count, as ":" before a list does.
    """
    for character in reversed(text):
        if character in _ENDS or character in also:
            return True
        if character.isalnum() or character.isspace() or character == "_":
            return False
    return False


def without_glosses(text: str) -> str:
    """A text without names repeated in Latin script right behind a word in another one: 존슨(Johnson)."""
    return _GLOSS.sub("", text) if "(" in text or "（" in text else text


def without_tags(text: str) -> str:
    """A text without the tags of a message ("<0>Scarica</0>", "<b>"), unless it is nothing else.

    They say nothing, and a translation may have lost them.
    """
    if "<" not in text:
        return text
    return " ".join(_TAG.sub(_unless_words, text).split()) or text


def _unless_words(tag: re.Match[str]) -> str:
    return " " if tag[1] is None or tag[1].lower() in TAG_NAMES else tag[0]
