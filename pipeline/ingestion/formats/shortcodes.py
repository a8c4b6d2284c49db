"""Removes the shortcodes of WordPress and its page builders from a text and keeps what is between them.

Brackets are not enough: authors write "[sic]" and "[our translation]" too. A shortcode gives itself away by
attributes, by an end tag, by an underscore in its name, or by a hyphen if it is alone in its paragraph.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Callable, Sequence, Set
from html import escape, unescape
from urllib.parse import unquote

from pipeline.datatypes import Block

_TAG = re.compile(r"\[(\[?)(/?)([A-Za-z][\w-]*)(?=[\s\]/=])([^\[\]]*)\](\]?)")
_QUOTE = r"(?:[\"'“”„″]|&quot;|&#8220;|&#8221;|&#8243;)"
_ATTRIBUTE = re.compile(rf"(?:^|\s)([A-Za-z][\w:-]*)\s?=\s?(?:{_QUOTE}|[^\s\"'=])")
_VALUE = re.compile(rf"(?:^|\s)([A-Za-z][\w:-]*)\s?=\s?{_QUOTE}([^\"“”″]*){_QUOTE}")
_KNOWN = frozenset(
    (
        *("caption", "gallery", "embed", "audio", "video", "playlist", "more", "nextpage", "youtube"),
        *("toc", "tableofcontents", "lwptoc"),
        *("vimeo", "googlemaps", "tweet", "soundcloud", "instagram", "slideshare"),
    )
)
"""Names of media and of lists of headings that WordPress and its most common plugins know."""
_HEADINGS = frozenset(("title", "heading", "h2", "h4", "subtitle"))
_TEXTS = frozenset(("text", "button_text"))
"""Attributes that page builders show as text."""
_CAPTION = re.compile(r"\[(?:wp_)?caption\b[^\]]*\](.*?)\[/(?:wp_)?caption\]", re.DOTALL)
_CAPTION_TEXT = re.compile(r"\A(.*(?:/>|</a>|<img[^>]*>))\s*(.*)\Z", re.DOTALL)
_NOTE_NAME = r"(?:footnote|efn_note|mfn|fn|ref|sidenote)\b"
_NOTE = re.compile(rf"\[{_NOTE_NAME}[^\[\]]*\]((?:[^\[]|\[(?!/|{_NOTE_NAME}))*)\[/{_NOTE_NAME}\]")
_PARAGRAPH_END = re.compile(r"\n[ \t\r]*\n|</p>|\Z")
_RAW = re.compile(r"\[vc_raw_(html|js)\b[^\[\]]*\]([A-Za-z0-9+/=\s]*)\[/vc_raw_(?:html|js)\]")
_ADDRESS_ONLY = re.compile(r"\[(embed|video|audio|youtube)\b[^\[\]]*\]\s*https?://[^\s\[\]<>]+\s*\[/\1\]")
_SOURCE = re.compile(r"\[(?:source)?code\b[^\[\]]*\](.*?)\[/(?:source)?code\]", re.DOTALL)
_IN_BLOCK = re.compile(r"<!-- wp:shortcode -->[^\[]{0,20}\[[^\[\]]*\]\s*<!-- /wp:shortcode -->")

_TAGS = re.compile(r"</?h3>")
_GONE = "\ufdd1"  # takes the place of a shortcode until all are known
_GONE_RUN = re.compile(rf"{_GONE}(?:\s*{_GONE})+(\s?)")
_GONE_BETWEEN = re.compile(rf"(?<=[.!?…:>]){_GONE}(?=[^\s.,;:!?…<])|{_GONE}")


def without_shortcodes(text: str) -> str:
    """Return HTML without shortcodes; captions become `figcaption`, layout boxes end paragraphs."""
    if "[" not in text:
        return text
    text = _closed_only(_CAPTION, _figure, text, ("[/caption]", "[/wp_caption]"))
    text = _closed_only(_SOURCE, _code, text, ("[/code]", "[/sourcecode]"))
    text = _ADDRESS_ONLY.sub("", _without_notes(text))
    text = _RAW.sub(_decoded, _IN_BLOCK.sub("", text))
    closed = frozenset(match[3] for match in _TAG.finditer(text) if match[2])
    text = _TAG.sub(lambda match: _replacement(match, closed), text)
    text = _GONE_RUN.sub(lambda match: match[1] if match[1] == " " else "\n\n", text)
    return _GONE_BETWEEN.sub(lambda match: "\n\n" if _is_edge(match) else "", text)


def has_shortcodes(text: str) -> bool:
    """Return whether brackets in a text of unknown origin are shortcodes: one is closed, or has attributes.

    Less is no proof there: `list[next_item]` is code.
    """
    if "[" not in text:
        return False
    opened: set[str] = set()
    closed: set[str] = set()
    for tag in _TAG.finditer(text):
        if tag[2]:
            closed.add(tag[3])
        else:
            opened.add(tag[3])
            if _VALUE.search(tag[4]):
                return True
    return not opened.isdisjoint(closed)


def in_blocks(blocks: Sequence[Block]) -> list[Block]:
    """Return the paragraphs of a page without shortcodes, which its system has not carried out."""
    closed = frozenset(match[3] for block in blocks for match in _TAG.finditer(block.text) if match[2])
    found = []
    for block in blocks:
        if block.kind == "code" or "[" not in block.text:
            found.append(block)
            continue
        text = _TAG.sub(lambda match: _replacement(match, closed).replace(_GONE, ""), block.text)
        if text == block.text:
            found.append(block)
        elif text := _TAGS.sub("", text).strip():
            found.append(block._replace(text=unescape(text)))
    return found


def _closed_only(
    pattern: re.Pattern[str], new: Callable[[re.Match[str]], str], text: str, ends: Sequence[str]
) -> str:
    """Replace a pattern that looks for its end, up to the last such end, as the search would be quadratic."""
    last = max((text.rfind(end) + len(end) for end in ends if end in text), default=0)
    return pattern.sub(new, text[:last]) + text[last:]


def _without_notes(text: str) -> str:
    """Return a text with each note that is written inside a sentence behind its paragraph."""
    parts: list[str] = []
    notes: list[str] = []
    place = limit = 0
    for note in _NOTE.finditer(text):
        if notes and note.start() >= limit:
            parts += [text[place:limit], *notes]
            place, notes = limit, []
        parts.append(text[place : note.start()])
        place = note.end()
        if place > limit:  # else the end of the paragraph is known
            end = _PARAGRAPH_END.search(text, place)
            limit = end.end() if end else len(text)
        notes.append(f"\n\n{note[1].strip()}\n\n")
    return "".join((*parts, text[place:limit], *notes, text[max(place, limit) :]))


def _is_edge(match: re.Match[str]) -> bool:
    start = match.start()
    before, after = match.string[start - 1 : start], match.string[match.end() : match.end() + 1]
    return before in (".", "!", "?", "…", ":", ">") and after not in (
        "",
        " ",
        "\n",
        "<",
        ".",
        ",",
        ";",
        _GONE,
    )


def _replacement(match: re.Match[str], closed: Set[str]) -> str:
    escaped, slash, name, rest, escaped_end = match.groups()
    if escaped and escaped_end:  # how one writes about a shortcode
        return match[0][1:-1]
    if not _is_shortcode(match, closed):
        return match[0]
    head = "" if slash else _shown(rest, name in closed)
    return f"{escaped}{_GONE}{head}{escaped_end}"


def _is_shortcode(match: re.Match[str], closed: Set[str]) -> bool:
    _, slash, name, rest, _ = match.groups()
    has_attributes = _ATTRIBUTE.search(rest) is not None
    if slash or name in _KNOWN or "_" in name or has_attributes or rest.rstrip().endswith("/"):
        return True
    if name in closed:
        return not rest.strip() or rest.startswith("=")
    return "-" in name and not rest.strip() and _is_alone(match)


def _is_alone(match: re.Match[str]) -> bool:
    """Return whether a tag is a paragraph of its own."""
    before = match.string[max(0, match.start() - 20) : match.start()].rstrip(" \t\r")
    after = match.string[match.end() : match.end() + 20].lstrip(" \t\r")
    return (not before or before[-1] in "\n>") and (not after or after[0] in "\n<")


def _shown(rest: str, is_closed: bool) -> str:
    """Return the texts in a shortcode's attributes that the page shows, as HTML."""
    found = ""
    for name, value in _VALUE.findall(rest):
        text = escape(unescape(value).strip(), quote=False)
        if text and any(map(str.isalpha, text)):
            if name in _HEADINGS and (is_closed or name != "title"):
                found += f"\n\n<h3>{text}</h3>\n\n"
            elif name in _TEXTS:
                found += f"\n\n{text}\n\n"
    return found


def _figure(match: re.Match[str]) -> str:
    inside = _CAPTION_TEXT.match(match[1])
    picture, caption = (inside[1], inside[2]) if inside else ("", match[1])
    return f"<figure>{picture}<figcaption>{caption}</figcaption></figure>"


def _code(match: re.Match[str]) -> str:
    return f"<pre><code>{escape(unescape(match[1]).strip(), quote=False)}</code></pre>"


def _decoded(match: re.Match[str]) -> str:
    """Return the HTML that a page builder stores in Base64; its scripts are no text."""
    if match[1] == "js":
        return ""
    try:
        return "\n\n" + unquote(b64decode(match[2], validate=False).decode("utf-8", "replace")) + "\n\n"
    except (Error, ValueError):
        return ""
