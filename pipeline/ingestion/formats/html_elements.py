"""The elements of HTML by what they do to the text: hide it, part it into paragraphs, keep its line ends."""

from __future__ import annotations


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CONTROLS = frozenset(_names("button input select textarea"))
"""Elements that a reader operates."""

SPARE = frozenset(_names("noscript template"))
"""Elements that hold a page's text in case that, or until, a script does."""

DROPPED = SPARE | frozenset(
    _names(
        """
        script style svg canvas iframe object embed audio video map head select
        datalist input textarea link meta
        """
    )
)
"""Elements whose text is not visible on the page."""

_CONTAINERS = _names(
    """
    p div section article main header footer aside address body html form fieldset figure details ul ol dl
    nav dialog button menu table thead tbody tfoot tr colgroup hr center hgroup search option optgroup
    """
)
PREFORMATTED = frozenset(_names("pre listing xmp plaintext"))
"""Elements whose text keeps its line ends."""

CODE = frozenset(_names("code samp kbd listing xmp"))
"""Elements that say that their text is not prose."""

BLOCKS = {
    **dict.fromkeys(_names("h1 h2 h3 h4 h5 h6 legend summary"), "heading"),
    **dict.fromkeys(_names("li dt dd"), "list-item"),
    **dict.fromkeys(_names("td th"), "table-cell"),
    **dict.fromkeys(_names("caption figcaption"), "caption"),
    "blockquote": "quote",
    **dict.fromkeys((*_CONTAINERS, *PREFORMATTED), ""),
}
"""Block elements and the kind of the text inside; "" inherits the outer kind."""

VOID = frozenset(
    _names("area base br col embed hr img input link meta param source track wbr basefont bgsound frame")
)
"""Elements that have no content and no end tag."""

UNNESTED = VOID | frozenset(
    _names(
        """
        p li dt dd td th tr tbody thead tfoot colgroup caption option optgroup a rp rt map html body title
        h1 h2 h3 h4 h5 h6
        """
    )
)
"""Elements that are void or that close implicitly, so they do not add depth."""
