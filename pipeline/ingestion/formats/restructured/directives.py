"""What is known of directives: whose body is code, whose argument is text."""

from __future__ import annotations

from pipeline.ingestion.formats.reading import names
from pipeline.ingestion.formats.restructured.lines import FIELD

CODE = names("""
    code code-block sourcecode parsed-literal literalinclude math prompt console doctest testcode
    testoutput testsetup testcleanup graphviz digraph graph mermaid uml plantuml productionlist raw
    command-output program-output ipython jupyter-execute code-cell highlight-block literal bash
    """)
"""Directives whose body is code or a formula."""
SILENT = names("""
    include toctree index default-role role highlight currentmodule module py:module py:currentmodule
    sectnum contents only ifconfig class rst-class container compound cssclass tabularcolumns image
    figure video youtube title-reference unicode date meta self autosummary automodule autoclass
    autofunction automethod list-table-row div grid tab-set grid-item sectionauthor codeauthor
    target-notes header footer literalinclude raw
    """)
"""Directives whose argument is a path, a class or a condition, no text."""
OPTIONS = {
    "alt": "caption",
    "caption": "caption",
    "title": "heading",
    "header": "table-cell",
    "subtitle": "heading",
}
"""Options that readers see, and the kind of their text."""
ADMONITIONS = names("""
    note warning tip hint important caution danger attention error seealso epigraph highlights
    pull-quote topic-note todo centered rubric-note
    """)
"""Directives whose argument is the beginning of their text."""
_SIGNATURES = names("""
    function class method attribute data exception staticmethod classmethod property decorator option
    envvar program cmdoption macro type member var enum enumerator struct describe object c:function
    js:function
    """)


def kind_of_argument(name: str) -> str:
    """Return the kind of a directive's argument: a signature is code, a version text, a title a heading."""
    if name.startswith(("version", "deprecated")):
        return "paragraph"
    if name.split(":")[-1] in _SIGNATURES:
        return "code"
    return "heading"


def whole_argument(argument: str, body: list[str], name: str) -> tuple[str, list[str]]:
    """Return an argument that goes on in the next lines, and the rest of the body."""
    if not argument or name in ADMONITIONS:
        return argument, body
    number = 0
    while number < len(body) and body[number].strip() and not FIELD.match(body[number]):
        number += 1
    if name.startswith(("version", "deprecated")) or name in (
        "admonition",
        "topic",
        "rubric",
        "table",
        "sidebar",
    ):
        return " ".join((argument, *map(str.strip, body[:number]))), body[number:]
    return argument, body
