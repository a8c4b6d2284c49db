"""Tags of site builders in a text: shortcodes of Hugo (`{{< … >}}`), tags of Liquid and Jinja (`{% … %}`).

A placeholder such as `{{ name }}` is no tag: it stands for text, so it is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.ingestion.formats.markdown.tags import VISIBLE, plain
from pipeline.ingestion.formats.reading import names

MAX_LENGTH = 10_000  # characters of a tag; the search for its end stays short where it has none

_ENDS = (("{{<", ">}}"), ("{{%", "%}}"), ("{{/*", "*/}}"), ("{%", "%}"), ("{# ", "#}"))
_NAME = re.compile(r"\A[-\s]*(/?)(?:(?<=/)\s*)?([A-Za-z_][\w./:-]*)")
_VALUE = re.compile(
    r"""(?:(?<![\w-])([\w-]+)\s*(=|:)\s*|(==|!=|<|>|\|)\s*)?(?:(?<!\\)"((?:[^"\\]|\\.)*)"|(?<!\\)'((?:[^'\\]|\\.)*)'|`([^`]*)`|“([^”“]*)”)"""
)
_PATH = re.compile(r"\A(?:[\w.#-]*/\S*|\S+\.\w{1,5}|[a-z][\w:-]*|[\d.,%]+\w{0,3}|[#.]\S+)")

_CONTROL = names("""
    if elsif elseif elif else endif unless case when for break continue assign set capture cycle
    increment decrement link post_url extends block import from macro call filter with tablerow paginate
    layout ref relref param raw verbatim
    """)
"""Tags that steer what a page shows; texts in them are compared or stored, not shown."""

CODE = names("highlight code codeblock mermaid prism terminal plantuml")
"""Tags whose content is code."""

PICTURES = names("figure image img picture video gallery youtube vimeo")

COMMENTS = frozenset(("comment",))


class Template(NamedTuple):
    """A tag of a site builder in a text."""

    name: str
    closing: bool
    parameters: str
    literal: str  # what stands for itself: the escaped `{{</* name */>}}`; else ""
    mark: str  # how it starts
    end: int  # where the text goes on


def template_at(text: str, start: int) -> Template | None:
    """Return the tag that starts at a position, if one does."""
    for mark, end_mark in _ENDS:
        if text.startswith(mark, start):
            begin = start + len(mark)
            end = text.find(end_mark, begin, start + MAX_LENGTH)
            return None if end < 0 else _template(text[begin:end], mark, end_mark, end + len(end_mark))
    return None


def _template(body: str, mark: str, end_mark: str, end: int) -> Template | None:
    if mark in ("{{/*", "{# "):
        return Template("comment", False, "", "", mark, end)
    if body.startswith("/*") and body.endswith("*/"):
        return Template("", False, "", mark + body[2:-2] + end_mark, mark, end)
    match = _NAME.match(body)
    if match is None or mark in body:
        return None
    return Template(match[2], bool(match[1]), body[match.end() :], "", mark, end)


def end_of(text: str, template: Template) -> re.Match[str] | None:
    """Return the tag that closes another one, if any."""
    name = re.escape(template.name)
    if template.mark == "{%":
        pattern = rf"\{{%-?\s*end{name}\s*-?%\}}"
    else:
        pattern = rf"\{{\{{[<%]\s*/\s*{name}\s*[%>]\}}\}}"
    return re.compile(pattern).search(text, template.end)


def visible(template: Template) -> Iterator[tuple[str, str]]:
    """Yield name and text of the parameters that readers see; a parameter without a name is a "text".

    A text without a name is visible if it looks like one, not like an address, a file or a setting.
    """
    if template.closing or template.name.lower() in _CONTROL or not template.parameters.strip():
        return
    is_picture = template.name.lower() in PICTURES
    for name, _, operator, *values in _VALUE.findall(template.parameters):
        value = plain("".join(values))
        if not value or operator:
            continue
        if name.lower() in VISIBLE or (not name and _PATH.fullmatch(value) is None):
            yield "caption" if is_picture else name.lower() or "text", value
