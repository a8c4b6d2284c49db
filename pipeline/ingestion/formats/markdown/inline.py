"""What CommonMark's parser learns of text inside a paragraph: tags, and the marks of site builders."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from markdown_it.rules_inline import StateInline

from pipeline.ingestion.formats.html_signs import GONE, lowered, raised
from pipeline.ingestion.formats.markdown import tags, templates
from pipeline.ingestion.formats.markdown.braces import ATTRIBUTES, closing_brace
from pipeline.ingestion.formats.markdown.markup import tag_in

_MARKUP = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
"""How comments and the like begin and end."""
_DECLARATION = re.compile("<![A-Za-z]")
_NOTE = re.compile(r"\[\^([^\]\s]{1,300})\]")
_WIKI_LINK = re.compile(r"(!?)\[\[(?=[^\s\[])([^\[\]\n|]+)(?:\|([^\[\]\n]+))?\]\](?![(\[])")
_FILE = re.compile(r"\A[^|]*\.\w{2,4}")
_TEMPLATED_TARGET = re.compile(r"\((?:[^()\n{]|\{(?![{%]))*\{[{%][^{}\n]*[%}]\}[^()\n]*\)")
_TEMPLATED_LINK = re.compile(r"\]\([^()\n{]*\{[{%]")
_FORMULA = re.compile(
    r"\$\$[^$]+\$\$|\$(?![\s$])[^$\n]*(?<![\s\\])\$(?!\d)|\$(?![\s$])[^$\n]*\n[^$\n]*(?<![\s\\])\$(?!\d)"
)
_EMOJI = re.compile(r":([a-zA-Z0-9_+-]+):")
_ICON = re.compile(r"(?:material|octicons|fontawesome|simple|bootstrap|fas?|fab|far|bi|mdi|i)-[\w-]+")
_DIRECTIVE = re.compile(r":[a-z][\w-]*\[([^\[\]\n]*)\](?:\{[^{}\n]*\})?")
_RAISED = re.compile(r"\^([^\s^\[\]{}]{1,20})\^(?![\w^])")
_LOWERED = re.compile(r"~([^\s~\[\]{}]{1,10})~(?!~)")
_NAME_OF_PARAGRAPH = re.compile(r"\^(?:[a-z0-9]{6}|[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+)[ \t]*(?=\n|\Z)")
_ADDED = re.compile(r"\+\+(?=[^\W\d_]{3})([^+\n]+)(?<!\s)\+\+(?![\w+])")
_COMMENT = re.compile(r"%%(?![A-Z0-9_]+%%)([^%]+)%%(?!%)")
_COMMAND = re.compile(
    r"\\(?:newpage|pagebreak|clearpage|cleardoublepage|bigskip|medskip|smallskip|noindent|tableofcontents|hfill)"
    r"(?:\{\}|\[\d\])?[ \t]*(?=\n|\Z)"
)
_CITATION = re.compile(r"\[-?@[\w:.#$%&+?/-]+(?:[ \t]*;[ \t]*-?@[\w:.#$%&+?/-]+)*\](?![(\[:])")
TAIL = 16  # characters before a raised sign that tell what it is
_AFTER = frozenset(")]`*_>~=:")
"""What an attribute list may follow inside a line."""

Rule = Callable[[StateInline, bool], bool]


def marks(state: StateInline, silent: bool) -> bool:
    """Parse a mark of its own."""
    rule = _RULES.get(state.src[state.pos])
    return rule is not None and rule(state, silent)


def markup(state: StateInline, silent: bool) -> bool:
    """Parse a tag, a comment or a declaration; the tag is kept for what it says of the text inside."""
    if state.src[state.pos] != "<":
        return False
    tag = tag_in(state, state.pos)
    if tag is None:
        end = _end_of_markup(state)
        state.pos = end or state.pos
        return end > 0
    if tag.end > state.posMax:
        return False
    if not silent:
        state.push("tag", "", 0).meta = {"tag": tag}
    state.pos = tag.end
    return True


def _end_of_markup(state: StateInline) -> int:
    """Return where a comment, an instruction or a declaration ends; 0 if none begins here."""
    src, start = state.src, state.pos
    for empty in ("<!-->", "<!--->"):
        if src.startswith(empty, start, state.posMax):
            return start + len(empty)
    for opening, closing in _MARKUP:
        if src.startswith(opening, start):
            return _end_of(state, closing, start + len(opening))
    return _end_of(state, ">", start + 2) if _DECLARATION.match(src, start) else 0


def _end_of(state: StateInline, closing: str, start: int) -> int:
    """Return the end of what a mark closes, or 0.

    Where the mark stands last is noted: a text may open a thousand comments and close none.
    """
    known = state.env.setdefault("last", {})
    src, last = known.get(closing, ("", -1))
    if src is not state.src:
        last = state.src.rfind(closing)
        known[closing] = state.src, last
    found = state.src.find(closing, start, state.posMax) if start <= last else -1
    return found + len(closing) if found >= 0 else 0


def _text(state: StateInline, silent: bool, text: str, end: int) -> bool:
    """Go on at `end`, with a text instead of what was there."""
    if end > state.posMax:
        return False
    if not silent and text:
        state.push("text", "", 0).content = text
    state.pos = end
    return True


def _braces(state: StateInline, silent: bool) -> bool:
    """Parse a shortcode, an attribute list, or an expression of JSX."""
    start = state.pos
    if template := templates.template_at(state.src, start):
        if template.literal:
            return _text(state, silent, template.literal, template.end)
        if template.end > state.posMax:
            return False
        if not silent:
            state.push("template", "", 0).meta = {"texts": list(templates.visible(template))}
        state.pos = template.end
        return True
    match = ATTRIBUTES.match(state.src, start, state.posMax)
    if match and _is_attached(state, match):
        return _text(state, silent, "", match.end())
    if state.env.get("jsx"):
        return _expression(state, silent)
    return False


def _is_attached(state: StateInline, match: re.Match[str]) -> bool:
    """Return whether an attribute list is one by its place: after an element, or at the end of a line."""
    before = state.src[match.start() - 1 : match.start()]
    if match[0].startswith("{:") or before in _AFTER:
        return True
    line = state.src.find("\n", match.end())
    rest = state.src[match.end() : line if line >= 0 else len(state.src)]
    return not rest.strip(" #") and match[0].lstrip("{ ")[0] in "#." and before in (" ", "")


def _expression(state: StateInline, silent: bool) -> bool:
    close = closing_brace(state.env, state.src, state.pos, state.posMax)
    if close < 0:
        return False
    inside = state.src[state.pos + 1 : close - 1].strip()
    if inside.startswith("/*") and inside.endswith("*/"):
        return _text(state, silent, "", close)
    text = tags.string(inside)
    return _text(state, silent, state.src[state.pos : close] if text is None else text, close)


def _brackets(state: StateInline, silent: bool) -> bool:
    """Parse the mark of a footnote, a wiki link, or a link whose address has a placeholder in it."""
    start = state.pos
    if state.src.startswith("[^", start):
        match = _NOTE.match(state.src, start, state.posMax)
        if match and (match[1] in state.env.get("notes", ()) or _is_number(state, match)):
            return _text(state, silent, "", match.end())
    if match := _CITATION.match(state.src, start, state.posMax):
        return _text(state, silent, GONE, match.end())
    if state.src.startswith("[[", start):
        return _wiki_link(state, silent)
    return _templated_link(state, silent, start, "link")


def _is_number(state: StateInline, match: re.Match[str]) -> bool:
    """Return whether a mark is a number after a word, so that of a note even if the note is missing."""
    return match[1].isdigit() and bool(state.src[match.start() - 1 : match.start()].strip())


def _exclamation(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if state.src.startswith("![[", start):
        return _wiki_link(state, silent)
    if not state.src.startswith("![", start):
        return False
    return _templated_link(state, silent, start + 1, "image")


def _wiki_link(state: StateInline, silent: bool) -> bool:
    match = _WIKI_LINK.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    text = match[3] or match[2]
    if match[1] and (not match[3] or match[3].replace("x", "").isdigit()):  # a picture and its size
        text = "" if _FILE.fullmatch(match[2]) else match[2]
    if text.strip("_").lower() == "toc":
        text = ""
    return _text(state, silent, text, match.end())


def _templated_link(state: StateInline, silent: bool, start: int, type_: str) -> bool:
    """Parse `[text]({{ site.url }}/page)`, whose address has spaces, so that it is no link to CommonMark."""
    if not _has_templates(state):
        return False
    old, maximum = state.pos, state.posMax
    label_end = state.md.helpers.parseLinkLabel(state, start, type_ == "link")
    state.pos = old
    if label_end < 0:
        return False
    match = _TEMPLATED_TARGET.match(state.src, label_end + 1, maximum)
    if match is None:
        return False
    if not silent:
        state.pos, state.posMax = start + 1, label_end
        state.push("link_open", "a", 1)
        state.md.inline.tokenize(state)
        state.push("link_close", "a", -1)
    state.pos, state.posMax = match.end(), maximum
    return True


def _has_templates(state: StateInline) -> bool:
    """Return whether there is an address with a placeholder in a paragraph, which is searched only once."""
    known = state.env.get("templated")
    if known is None or known[0] is not state.src:
        known = state.env["templated"] = (state.src, _TEMPLATED_LINK.search(state.src) is not None)
    return bool(known[1])


def _equals(state: StateInline, silent: bool) -> bool:
    """Drop the marks of `==highlighted text==`."""
    start, text = state.pos, state.src
    if not text.startswith("==", start):
        return False
    ends = state.env.setdefault("highlights", {})
    if ends.pop(start, None) == text:
        return _text(state, silent, "", start + 2) if not silent else _kept(state, ends, start)
    close = text.find("==", start + 2, state.posMax)
    if close < 0 or text[start - 1 : start] == "=" or text[start + 2 : start + 3] in (" ", "\n", "="):
        return False
    if text[close - 1] in " \n=" or text[close + 2 : close + 3] == "=":
        return False
    ends[close] = text
    return _text(state, silent, "", start + 2)


def _kept(state: StateInline, ends: dict[int, str], start: int) -> bool:
    """Go past an end in a look ahead, after which it is met once more."""
    ends[start] = state.src
    state.pos = start + 2
    return True


def _dollar(state: StateInline, silent: bool) -> bool:
    """Keep a formula, `$a_1 * b$`, as it is written."""
    match = _FORMULA.match(state.src, state.pos, state.posMax)
    return match is not None and _text(state, silent, match[0], match.end())


def _colon(state: StateInline, silent: bool) -> bool:
    """Replace the name of an emoji by the emoji, drop the name of an icon, and parse `:name[text]`."""
    start = state.pos
    if start and state.src[start - 1].isalnum():
        return False
    if match := _EMOJI.match(state.src, start, state.posMax):
        name = match[1].lower()
        text = "" if _ICON.fullmatch(name) else emoji(name)
        return text is not None and _text(state, silent, text, match.end())
    if match := _DIRECTIVE.match(state.src, start, state.posMax):
        return _text(state, silent, match[1], match.end())
    return False


@cache
def emoji(name: str) -> str | None:
    """Return the emoji of a name, if it is one."""
    from rich.emoji import Emoji, NoEmoji

    try:
        return str(Emoji(name))
    except NoEmoji:
        return None


def _caret(state: StateInline, silent: bool) -> bool:
    """Parse a footnote inside a sentence, `^[text]`, a raised sign, `10^6^`, or the name of a paragraph."""
    if not state.src.startswith("^[", state.pos):
        return _raised(state, silent)
    start, maximum = state.pos, state.posMax
    label_end = state.md.helpers.parseLinkLabel(state, start + 1)
    state.pos = start
    if label_end < 0:
        return False
    if not silent:
        state.pos, state.posMax = start + 2, label_end
        state.push("note_open", "", 1)
        state.md.inline.tokenize(state)
        state.push("note_close", "", -1)
    state.pos, state.posMax = label_end + 1, maximum
    return True


def _raised(state: StateInline, silent: bool) -> bool:
    start = state.pos
    before = state.src[max(0, start - TAIL) : start]
    if not before[-1:].strip():
        name = _NAME_OF_PARAGRAPH.match(state.src, start, state.posMax)
        return name is not None and _text(state, silent, "", name.end())
    match = _RAISED.match(state.src, start, state.posMax)
    return match is not None and _text(state, silent, raised(before, match[1], False, 0).text, match.end())


def _tilde(state: StateInline, silent: bool) -> bool:
    """Parse a lowered sign, `H~2~O`."""
    start = state.pos
    before = state.src[max(0, start - TAIL) : start]
    match = _LOWERED.match(state.src, start, state.posMax) if before[-1:].isalnum() else None
    return match is not None and _text(state, silent, lowered(before, match[1]), match.end())


def _plus(state: StateInline, silent: bool) -> bool:
    """Drop the marks of `++added text++`."""
    start = state.pos
    match = _ADDED.match(state.src, start, state.posMax) if not state.src[start - 1 : start].strip() else None
    return match is not None and _text(state, silent, match[1], match.end())


def _percent(state: StateInline, silent: bool) -> bool:
    """Drop a comment, `%%text%%`."""
    start = state.pos
    if state.src[start - 1 : start].strip():
        return False
    match = _COMMENT.match(state.src, start, state.posMax)
    return match is not None and _text(state, silent, "", match.end())


def _backslash(state: StateInline, silent: bool) -> bool:
    """Drop a command of LaTeX on a line of its own, such as a page break."""
    match = _COMMAND.match(state.src, state.pos, state.posMax)
    alone = match is not None and state.src[state.pos - 1 : state.pos] in ("", "\n")
    return alone and match is not None and _text(state, silent, "", match.end())


_RULES: dict[str, Rule] = {
    "{": _braces,
    "[": _brackets,
    "!": _exclamation,
    "=": _equals,
    "$": _dollar,
    ":": _colon,
    "^": _caret,
    "~": _tilde,
    "+": _plus,
    "%": _percent,
    "\\": _backslash,
}
