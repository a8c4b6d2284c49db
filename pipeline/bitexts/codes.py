"""Compare the inline codes of a text with those of its translation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from pipeline.bitexts.segments import Code, Segment
from pipeline.checks.cells import Draft
from pipeline.languages.codes import language_name

_RULE = "characters.placeholder"
_MOST = 10
"""Findings in one row; beyond these the markup is another one altogether."""


def differing_codes(segment: Segment, languages: Sequence[str]) -> list[Draft]:
    """Drafts for the codes that a translation lacks, has in excess, or closes before they open.

    Where more than two languages differ, the first that has a text is the one that the others follow.
    """
    present = [code for code in languages if segment.texts.get(code, "").strip()]
    drafts: list[Draft] = []
    for source, target in combinations(present, 2):
        if source == present[0]:
            drafts += _differences(segment.codes, source, target)
    return drafts[:_MOST]


def _differences(codes: Mapping[str, tuple[Code, ...]], source: str, target: str) -> Iterator[Draft]:
    ours, theirs = codes.get(source, ()), codes.get(target, ())
    lost, added = _unmatched(ours, theirs), _unmatched(theirs, ours)
    for code in list(lost):  # tools number codes anew: what stands for the same thing is the same code
        same = next((other for other in added if _is_same(code, other)), None)
        if same:
            lost.remove(code)
            added.remove(same)
    for code in lost:
        yield _draft(source, target, f"The code “{code.shown}” of the {language_name(source)} text", target)
    for code in added:
        yield _draft(source, target, f"The code “{code.shown}” of the {language_name(target)} text", source)
    for code in _inverted(theirs):
        if code not in _inverted(ours):
            message = f"The code “{code.shown}” ends before it begins in {language_name(target)}"
            yield Draft(_RULE, source, target, message)


def _draft(source: str, target: str, code: str, lacker: str) -> Draft:
    return Draft(_RULE, source, target, f"{code} is missing in {language_name(lacker)}")


def _unmatched(codes: Sequence[Code], others: Sequence[Code]) -> list[Code]:
    """The codes of which the other side has not as many, by what identifies them."""
    left = Counter(map(_identity, others))
    found = []
    for code in codes:
        if left[_identity(code)]:
            left[_identity(code)] -= 1
        else:
            found.append(code)
    return found


def _identity(code: Code) -> tuple[str, str]:
    return code.role, f"#{code.id}" if code.id else code.content


def _is_same(one: Code, two: Code) -> bool:
    return one.role == two.role and one.content == two.content and bool(one.content or one.id == two.id)


def _inverted(codes: Sequence[Code]) -> list[Code]:
    """The codes that end a pair before its start."""
    starts = {code.id: place for place, code in reversed(list(enumerate(codes))) if code.role == "start"}
    return [
        code
        for place, code in enumerate(codes)
        if code.role == "end" and code.id and starts.get(code.id, -1) > place
    ]
