"""One raw article into paragraphs of clean text, what was repaired, and what the file says about itself."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from typing import TYPE_CHECKING

from pipeline.datatypes import CODE, PARAGRAPH_JOINER, Block, Change, Metadata, RawText
from pipeline.ingestion.formats import text_page
from pipeline.languages.scripts import on_one_line
from pipeline.normalisation.normalise import normalise
from pipeline.normalisation.repairs import PLAIN_TEXT_REPAIRS

if TYPE_CHECKING:
    from pipeline.ingestion.formats.txt import Cut

_LINE_ENDS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")

PROSE_REPAIRS = frozenset({"space_runs"})
"""Repairs that code is spared: its columns may stand below each other."""


def clean_blocks(
    raw: RawText, skip: Set[str] = frozenset()
) -> tuple[list[Block], tuple[Change, ...], Metadata]:
    """Return the paragraphs of an article, normalised, what was changed, and what the file says about it.

    Plain text is cleaned before it is cut, because line ends and spaces say where paragraphs are. Markup is
    cut first: indentation means something in Markdown, and entities become characters only there.
    """
    if raw.format == "txt":
        blocks, changes = _clean_plain(raw.text, skip)
        return blocks, changes, raw.metadata
    found, metadata = _cut(raw)
    blocks, changes = _clean_marked_up(found, PLAIN_TEXT_REPAIRS | skip)
    return blocks, (*raw.changes, *changes), metadata


def _cut(raw: RawText) -> tuple[Sequence[Block], Metadata]:
    """Return the paragraphs of an article that is marked up, and what is said about it."""
    if raw.format == "blocks":
        title = raw.metadata.title or next((block.text for block in raw.blocks if block.kind == "title"), "")
        return raw.blocks, raw.metadata._replace(title=title)
    blocks, said = text_page(raw.format)(raw.text)
    if not said.title:
        said = said._replace(title=next((block.text for block in blocks if block.kind == "title"), ""))
    return blocks, Metadata(*(own or other for own, other in zip(raw.metadata, said, strict=True)))


def _clean_marked_up(found: Sequence[Block], skip: Set[str]) -> tuple[list[Block], tuple[Change, ...]]:
    """Normalise paragraphs; inside one a line end is a space, but in code lines stay as they are."""
    prose = [k for k, block in enumerate(found) if block.kind != CODE]
    code = [k for k, block in enumerate(found) if block.kind == CODE]
    texts = [block.text for block in found]
    changes: list[Change] = []
    for places, one_text, left_out in (
        (prose, _on_one_line, skip),
        (code, code_lines, skip | PROSE_REPAIRS),
    ):
        if places:
            clean, made = _normalised([one_text(texts[k]) for k in places], left_out)
            changes += (change._replace(paragraph=places[change.paragraph]) for change in made)
            for k, text in zip(places, clean, strict=True):
                texts[k] = code_lines(text) if left_out is not skip else text.strip()
    kept = [k for k, text in enumerate(texts) if text]
    placed = (
        change._replace(paragraph=min(bisect_left(kept, change.paragraph) + 1, max(len(kept), 1)))
        for change in changes
    )
    return [found[k]._replace(text=texts[k]) for k in kept], tuple(placed)


def _on_one_line(text: str) -> str:
    return on_one_line(_LINE_ENDS.split(text)).strip()


def code_lines(text: str) -> str:
    """Return code with its lines and their indentation, but no blank line, since one ends a paragraph."""
    return "\n".join(line for line in map(str.rstrip, _LINE_ENDS.split(text)) if line)


def _normalised(texts: Sequence[str], skip: Set[str]) -> tuple[list[str], list[Change]]:
    """Return the texts, normalised in one go, and the changes, with the index of the text as paragraph."""
    text, changes = normalise(PARAGRAPH_JOINER.join(texts), skip)
    clean = text.split(PARAGRAPH_JOINER)
    if len(clean) != len(texts):  # no repair should touch a blank line; if one did, each is done alone
        clean, changes = [normalise(text, skip)[0] for text in texts], ()
    lines = []
    start = 0
    for k, part in enumerate(clean):
        lines.append((start + len(part) - len(part.lstrip()), k, 0))
        start += len(part) + len(PARAGRAPH_JOINER)
    return clean, list(_placed(changes, lines))


def _clean_plain(text: str, skip: Set[str]) -> tuple[list[Block], tuple[Change, ...]]:
    from pipeline.ingestion.formats.txt import cut

    text, changes = normalise(text, skip)
    cuts = cut(text, skip)
    log = list(_placed(changes, _lines(cuts))) if changes else []
    for number, part in enumerate(cuts, start=1):
        if part.changes:
            log += (change._replace(paragraph=number) for change in part.changes)
    return [part.block for part in cuts], tuple(log)


def _lines(cuts: Sequence[Cut]) -> list[tuple[int, int, int]]:
    return [
        (start, number, place) for number, part in enumerate(cuts, start=1) for start, place in part.lines
    ]


def _placed(changes: Sequence[Change], lines: Sequence[tuple[int, int, int]]) -> Iterator[Change]:
    """Yield the changes to a text with the paragraph that each is in, and its position there.

    `lines` has, for each line, where it begins in the text, its paragraph, and where it begins in that one.
    """
    starts = [start for start, _, _ in lines]
    for change in changes:
        k = bisect_right(starts, change.position) - 1
        if k < 0:
            yield change._replace(position=0, paragraph=lines[0][1] if lines else 1)
        else:
            start, number, place = lines[k]
            yield Change(change.name, place + change.position - start, change.before, change.after, number)
