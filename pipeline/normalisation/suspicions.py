"""Detects damage that cannot be repaired; it is reported and left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.datatypes import Paragraph, Suspicion
from pipeline.languages import facts
from pipeline.normalisation.misreadings import ODD_LETTERS, stand_ins

MIN_TRUNCATED = 60  # length of a paragraph that should end like a sentence, in characters
END = 12  # characters examined at the end of a paragraph
MIN_OTHERS, CLOSED_SHARE = 3, 0.9  # how many other paragraphs there must be, and the share that must end so

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
"""For each suspicion, strings of which one must occur, and the pattern to report."""
_CLOSED = re.compile(r"[^\w\s]$")
_CUT = re.compile(r"(?:\[…\]|\[\.\.\.\]|\(…\))$")
_DANGLING = re.compile(r"[,(\[„«“–—-]$")
_BEFORE, _AFTER = re.compile(r"\S*\Z"), re.compile(r"\S+")
MAX_WORD = 30  # characters shown on each side of an odd letter
_RUNNING = ("paragraph", "quote")


def suspicions(paragraphs: Sequence[Paragraph]) -> tuple[Suspicion, ...]:
    """Return the traces of machine translation, missing characters and a truncated end in an article,
    and its words with letters that were read with a wrong table.
    """
    return (*_marks(paragraphs), *_misread(paragraphs), *_truncated(paragraphs))


def _marks(paragraphs: Sequence[Paragraph]) -> Iterator[Suspicion]:
    texts = "\n".join(paragraph.text for paragraph in paragraphs)
    marks = [(name, *each) for name, each in _MARKS.items() if any(map(texts.__contains__, each[0]))]
    for paragraph in paragraphs if marks else ():
        for name, signs, pattern in marks:
            if any(map(paragraph.text.__contains__, signs)):  # far cheaper than the pattern
                for match in pattern.finditer(paragraph.text):
                    yield Suspicion(name, paragraph.number, match.start(), match[0])


def _misread(paragraphs: Sequence[Paragraph]) -> Iterator[Suspicion]:
    """Yield the words with letters that no author writes there."""
    whole = "\n".join(paragraph.text for paragraph in paragraphs)
    if whole.isascii() or (not ODD_LETTERS.search(whole) and next(stand_ins(whole), None) is None):
        return  # quick, and true of most
    for paragraph in paragraphs:
        if not paragraph.text.isascii():
            seen = -1
            places = [match.start() for match in ODD_LETTERS.finditer(paragraph.text)]
            own = facts(paragraph.language)
            places += (
                k for k in stand_ins(paragraph.text) if paragraph.text[k] not in own.letters + own.accented
            )
            for place in sorted(places):
                start, end = _word(paragraph.text, place)
                if start > seen:  # once for a word
                    yield Suspicion("misread_letters", paragraph.number, start, paragraph.text[start:end])
                    seen = start


def _word(text: str, position: int) -> tuple[int, int]:
    """Return the span of the word around a position."""
    before = _BEFORE.search(text, max(0, position - MAX_WORD), position)
    after = _AFTER.match(text, position, position + MAX_WORD)
    return before.start() if before else position, after.end() if after else position + 1


def _truncated(paragraphs: Sequence[Paragraph]) -> Iterator[Suspicion]:
    """Yield a suspicion if the last running text ends in the middle of a sentence."""
    own = [paragraph for paragraph in paragraphs if paragraph.kind != "boilerplate"]
    if not own or own[-1].kind not in _RUNNING:
        return
    text = own[-1].text
    others = [p.text for p in own[:-1] if p.kind in _RUNNING and len(p.text) >= MIN_TRUNCATED]
    closed = sum(_CLOSED.search(other[-END:]) is not None for other in others)
    habit = len(others) >= MIN_OTHERS and closed >= CLOSED_SHARE * len(others)
    lone = len(own[-1].sentences) < 2  # may be a title or a link
    open_end = habit and not lone and not _CLOSED.search(text[-END:])
    closing = text.endswith("“") and any("„" in paragraph.text for paragraph in own)  # as in „so“
    if open_end or (_DANGLING.search(text) and not closing) or _CUT.search(text):
        place = max(0, len(text) - 20)
        yield Suspicion("truncated_end", own[-1].number, place, text[place:])
