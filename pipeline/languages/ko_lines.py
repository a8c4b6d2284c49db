"""Where lines of Korean break inside words, as browsers break them, and what stands between two such lines.

Word processors break Korean lines at spaces, browsers between any two syllables, and neither a PDF nor plain
text keeps which it was. The syllables on both sides tell: particles and endings begin no word, and most
syllables end few (`ko_syllables` has how few, counted in free texts). In a text that breaks lines anywhere
six breaks of ten are inside a word, and in any other text hardly one seems to be.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise

from pipeline.languages import ko_syllables as syllables

EVIDENCE = 3.0
"""Nats that the breaks of a text have to speak for lines that break anywhere.

Of 993 texts of six paragraphs in Korean, wrapped anywhere at 40 to 80 columns, 92 % of the breaks are right
(37 % with a space at each); of as many that were wrapped at spaces, none is taken for such."""

_LAST = re.compile(r"(?<![가-힣])[가-힣]+\Z")
_FIRST = re.compile(r"[가-힣]+")


def breaks_inside_words(lines: Iterable[str]) -> bool:
    """Return whether lines of Korean break between any two syllables."""
    spaces = 1 / (1 + math.exp(-syllables.PRIOR))
    evidence = 0.0
    for one, other in pairwise(lines):
        odds = _odds_of_space(one, other)
        if odds is not None:
            evidence += math.log(spaces + (1 - spaces) * math.exp(syllables.PRIOR - odds))
    return evidence > EVIDENCE


def is_inside_word(before: str, after: str) -> bool:
    """Return whether a break between two lines is inside a word, in a text that is broken anywhere.

    >>> is_inside_word("모든 주민을 초대하겠다고 약속했으", "며 어린이를")
    True
    >>> is_inside_word("도서관으로 쓰이게", "되었다.")
    False
    """
    odds = _odds_of_space(before, after)
    return odds is not None and odds < 0


def _odds_of_space(before: str, after: str) -> float | None:
    """Return the log-odds that a space was where a line ends; None if it is not between two syllables."""
    last, first = _LAST.search(before), _FIRST.match(after)
    if last is None or first is None:
        return None
    ends, begins = _weights()
    alone = len(last[0]) == 1 and (last.start() == 0 or before[last.start() - 1].isspace())
    whole = len(first[0]) == 1
    return syllables.PRIOR + ends[alone].get(last[0][-1], 0.0) + begins[whole].get(first[0][0], 0.0)


@cache
def _weights() -> tuple[tuple[Mapping[str, float], ...], tuple[Mapping[str, float], ...]]:
    def by_syllable(groups: Mapping[float, str]) -> Mapping[str, float]:
        return {syllable: weight for weight, group in groups.items() for syllable in group}

    ends = by_syllable(syllables.LAST), by_syllable(syllables.ALONE)
    return ends, (by_syllable(syllables.FIRST), by_syllable(syllables.WHOLE))
