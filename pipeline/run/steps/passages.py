"""What the rows say for the other tables: where the texts of a finding are, and what an article is called."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.datatypes import PARAGRAPH_JOINER, Metadata
from pipeline.matching.groups import Group
from pipeline.output.columns import Passage

LONGEST_NAME = 60
"""Characters of an article's name."""

_AFTER_PARAGRAPHS = 4
"""Columns of corpus.csv behind those with the numbers of paragraphs."""


def passages_of(
    group: Group,
    ids: Sequence[str],
    wanted: Collection[str],
    texts: Sequence[Sequence[bytes]],
    lines: Sequence[bytes],
    languages: Sequence[str],
) -> dict[str, dict[str, Passage]]:
    """Return the passages of the wanted rows of an article, by row id and language.

    `texts` and `lines` are those of `pipeline.run.steps.lines.Lines`, `ids` those of the rows.
    """
    files = dict(zip(group.languages, group.files, strict=True))
    found: dict[str, dict[str, Passage]] = {}
    for id, row, line in zip(ids, texts, lines, strict=True):
        if id in wanted:
            numbers = _paragraph_numbers(line, len(languages))
            found[id] = {
                code: Passage(files[code], number, text.decode())
                for code, number, text in zip(languages, numbers, row, strict=True)
                if code in files
            }
    return found


def _paragraph_numbers(line: bytes, languages: int) -> list[str]:
    """Return the cells of a line of corpus.csv with the numbers of paragraphs; none of them has a quote."""
    last = languages + _AFTER_PARAGRAPHS
    return [cell.decode() for cell in line[:-2].rsplit(b'","', last)[-last:-_AFTER_PARAGRAPHS]]


def name_of(metadata: Sequence[Metadata], texts: Sequence[Sequence[bytes]]) -> str:
    """Return the title of the first file that has one, or else the first words of the first row."""
    title = next((said.title for said in metadata if said.title.strip()), "")
    first = next((text for row in texts for text in row if text), b"").decode()
    words = (title or first.partition(PARAGRAPH_JOINER)[0]).split()
    name = " ".join(words)
    if len(name) <= LONGEST_NAME:
        return name
    short = name[:LONGEST_NAME]
    return (short.rpartition(" ")[0] or short).rstrip(" ,;:.–-") + " …"
