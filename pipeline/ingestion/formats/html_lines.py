"""Parts lines that are links and nothing else: a `br` between two of them parts them as a paragraph would."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise


def parted_links(pieces: Sequence[str], links: Sequence[tuple[int, int]]) -> list[str]:
    """Return the pieces of a run with a blank line in place of each line end between lines of links.

    `links` are the pieces that are in links, as half-open ranges. A line that leads up to links, ending in a
    colon, is parted from them too.
    """
    in_link = [False] * len(pieces)
    for start, end in links:
        in_link[start:end] = [True] * len(in_link[start:end])
    breaks = [place for place, piece in enumerate(pieces) if piece == "\n" and not in_link[place]]
    edges = [-1, *breaks, len(pieces)]
    are_links = [_is_links(pieces[a + 1 : b], in_link[a + 1 : b]) for a, b in pairwise(edges)]
    found = list(pieces)
    for number, place in enumerate(breaks):
        if not are_links[number + 1]:
            continue
        before = "".join(pieces[edges[number] + 1 : place]).rstrip()
        if are_links[number] or before.endswith((":", "：")):
            found[place] = "\n\n"
    return found


def _is_links(pieces: Sequence[str], in_link: Sequence[bool]) -> bool:
    """Return whether all letters and digits of a line are in links, and there are some."""
    outside = any(any(map(str.isalnum, p)) for p, linked in zip(pieces, in_link, strict=True) if not linked)
    return not outside and any(
        any(map(str.isalnum, p)) for p, linked in zip(pieces, in_link, strict=True) if linked
    )
