"""What looks wrong in an article and cannot be put right here: it is reported and stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.datatypes import Paragraph, Suspicion

MIN_TRUNCATED = 60  # characters of a last paragraph from which it should end like a sentence
END = 12  # characters at a paragraph's end that are looked at
MIN_OTHERS, CLOSED_SHARE = 3, 0.9  # if so many others and such a share of them do

_MARKS = {
    "machine_translation": (
        ("NUMX", "{{", "<unk>", "▁"),
        re.compile(r"X{1,3}NUMX\w*|\{\{\s*\w+\s*\}\}|<unk>|▁"),
    ),
    "missing_characters": (
        ("\ufffd", "?"),
        re.compile(
            r"\ufffd+|(?<![\w/.=]{12})(?<=[a-zà-öø-ÿ])\?(?=[a-zà-öø-ÿ]{2,}(?![\w=]))|[가-힣]\?{2,}|\?{4,}"
        ),
    ),
}
"""For each name what has to be there, and the pattern of what is reported."""
_CLOSED = re.compile(r"[^\w\s]$")
_CUT = re.compile(r"(?:\[…\]|\[\.\.\.\]|\(…\))$")
_DANGLING = re.compile(r"[,(\[„«“–—-]$")
_RUNNING = ("paragraph", "quote")


def suspicions(paragraphs: Sequence[Paragraph]) -> tuple[Suspicion, ...]:
    """Return the marks of machine translation, the missing characters and the truncated end of an article."""
    return (*_marks(paragraphs), *_truncated(paragraphs))


def _marks(paragraphs: Sequence[Paragraph]) -> Iterator[Suspicion]:
    texts = "\n".join(paragraph.text for paragraph in paragraphs)
    marks = [(name, *each) for name, each in _MARKS.items() if any(map(texts.__contains__, each[0]))]
    for paragraph in paragraphs if marks else ():
        for name, signs, pattern in marks:
            if any(map(paragraph.text.__contains__, signs)):  # far cheaper than the pattern
                for match in pattern.finditer(paragraph.text):
                    yield Suspicion(name, paragraph.number, match.start(), match[0])


def _truncated(paragraphs: Sequence[Paragraph]) -> Iterator[Suspicion]:
    """The last running text ends in the middle of a sentence."""
    own = [paragraph for paragraph in paragraphs if paragraph.kind != "boilerplate"]
    if not own or own[-1].kind not in _RUNNING:
        return
    text = own[-1].text
    others = [p.text for p in own[:-1] if p.kind in _RUNNING and len(p.text) >= MIN_TRUNCATED]
    closed = sum(_CLOSED.search(other[-END:]) is not None for other in others)
    habit = len(others) >= MIN_OTHERS and closed >= CLOSED_SHARE * len(others)
    open_end = (
        habit and len(own[-1].sentences) > 1 and not _CLOSED.search(text[-END:])
    )  # not a lone title or link
    if open_end or _DANGLING.search(text) or _CUT.search(text):
        place = max(0, len(text) - 20)
        yield Suspicion("truncated_end", own[-1].number, place, text[place:])
