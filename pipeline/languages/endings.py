"""Forms of words by rule: endings that take the place of others, and letters that change before them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping


def with_endings(
    vowels: str,
    longest: int,
    softened: Mapping[str, str] | None = None,
    umlauts: Mapping[str, str] | None = None,
) -> Callable[[str], str]:
    """Return a function from a word to a pattern for it with any ending.

    `vowels` are the letters of which a word loses one at its end, `longest` the letters of an ending.
    `softened` are what last consonants of a stem become, as "g" for "k", and `umlauts` what its last vowel
    becomes.

    >>> re.fullmatch(with_endings("ао", 3)("река"), "реками") is not None
    True
    """

    def inflected(word: str) -> str:
        stem = word[:-1] if len(word) > 3 and word[-1].lower() in vowels else word
        last = stem[-1]
        others = (softened or {}).get(last.lower(), "")
        head = _with_umlaut(stem[:-1], umlauts or {})
        end = f"[{re.escape(last)}{others}]" if others else re.escape(last)
        return rf"(?:{re.escape(word)}|{head}{end}\w{{0,{longest}}})"

    return inflected


def _with_umlaut(stem: str, umlauts: Mapping[str, str]) -> str:
    """A pattern for a stem whose last vowel may change."""
    for place in range(len(stem) - 1, -1, -1):
        if stem[place].lower() in umlauts:
            place -= stem[max(0, place - 1) : place + 1].lower() == "au"  # "Haus", "Häuser"
            changed = umlauts[stem[place].lower()]
            vowels = f"[{stem[place]}{changed}{changed.upper()}]"
            return re.escape(stem[:place]) + vowels + re.escape(stem[place + 1 :])
    return re.escape(stem)
