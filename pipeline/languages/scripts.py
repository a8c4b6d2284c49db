"""Letters of scripts that several languages share, and what a script says about the language of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.languages import known_languages

CYRILLIC = "Ѐ-ӿ"
HAN = "㐀-䶿一-鿿"
KANA = "ぁ-ゖァ-ヺー"
"""Each as the inside of a class of a pattern."""


@cache
def uncased_letters() -> str:
    """Return the letters of scripts without capitals, of which one takes the room of two Latin letters."""
    return "".join(known.script for known in known_languages() if not known.cased)


@cache
def unspaced_letters() -> str:
    """Return the letters of scripts whose languages have no spaces between words."""
    return "".join(known.script for known in known_languages() if not known.spaced)


@cache
def _unspaced_seam() -> tuple[re.Pattern[str], re.Pattern[str]]:
    letters = unspaced_letters() + "⺀-⿕"  # with the radicals that some PDF files have in place of letters
    end, start = rf"[{letters}、。，．：；！？」』）】》…―]\Z", rf"[{letters}、。，「『（【《…―]"
    return re.compile(end), re.compile(start)


def between_lines(before: str, after: str) -> str:
    """Return what stands for a line end inside a paragraph: nothing between letters that need no spaces.

    >>> between_lines("図書館と", "して使う"), between_lines("come", "sempre")
    ('', ' ')
    """
    return "" if is_unspaced(before, after) else " "


def is_unspaced(before: str, after: str) -> bool:
    """Return whether a line ends between two characters of Chinese or Japanese."""
    if not before or not after or before[-1] < "\u2e80" or after[0] < "\u2e80":
        return False
    end, start = _unspaced_seam()
    return end.search(before) is not None and start.match(after) is not None


def on_one_line(lines: Sequence[str]) -> str:
    """Return the lines of a paragraph as one."""
    text = lines[0] if lines else ""
    for line in lines[1:]:
        text += between_lines(text, line) + line
    return text


@cache
def languages_of_script(code: str) -> frozenset[str]:
    """Return the languages with a script of their own that share letters with that of a language.

    >>> sorted(languages_of_script("ja"))
    ['ja', 'zh']
    """
    scripts = {known.code: known.script for known in known_languages() if known.script}
    own = scripts.get(code.partition("-")[0], "")
    return frozenset(other for other, script in scripts.items() if own and re.search(f"[{script}]", own))


def language_of_letters(text: str) -> str:
    """Return the language that the letters of a text in another script than Latin point to; "" without any.

    A letter that only one language has decides, as kana do among Han characters, and of languages that are
    left the one with the fewest letters.

    >>> language_of_letters("東京タワー"), language_of_letters("北京"), language_of_letters("їжак")
    ('ja', 'zh', 'uk')
    """
    written = [known for known in known_languages() if known.script]
    for known in written:
        if known.letters and re.search(f"[{known.letters}]", text):
            return known.code
    found = [known for known in written if re.search(f"[{known.script}]", text)]
    return min(found, key=lambda known: len(known.script)).code if found else ""
