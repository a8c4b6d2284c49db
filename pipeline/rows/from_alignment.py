"""Turns aligned paragraph numbers into rows with texts, ids and status."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from pipeline.alignment.align import AlignedRow
from pipeline.alignment.confidence import connection_probability
from pipeline.datatypes import ArticleGroup, Paragraph, Rival, Row, units_of, unlike_number

ID_DIGITS = 12
"""Hexadecimal digits of a row's id; with 48 bits, a million rows are distinct in 499 of 500 cases."""


def group_rows(group: ArticleGroup, alignment: Sequence[AlignedRow], level: str = "paragraph") -> list[Row]:
    """Return the rows of one article in reading order; `number_repeats` must still make their ids unique.

    `level` is the unit of the alignment, "paragraph" or "sentence".
    """
    units = [units_of(article.paragraphs, level) for article in group.articles]
    rows = []
    for number, aligned in enumerate(alignment, start=1):
        cells = tuple(
            tuple(units[k][unit] for language, unit in aligned.nodes if language == k)
            for k in range(len(units))
        )
        rows.append(
            Row(
                article=group.id,
                number=number,
                id=content_id(group.languages, cells),
                languages=group.languages,
                cells=cells,
                confidence=_confidence(group, aligned, cells),
                status=row_status(cells),
                moved=aligned.moved,
                rival=_rival(group, units, aligned),
                block=aligned.block,
            )
        )
    return rows


def _confidence(group: ArticleGroup, aligned: AlignedRow, cells: Sequence[Sequence[Paragraph]]) -> float:
    """Return the confidence of a row; a reviewer's row is not discounted for doubts about its files."""
    return aligned.confidence if aligned.decided else aligned.confidence * _same_article(group, cells)


def _same_article(group: ArticleGroup, cells: Sequence[Sequence[Paragraph]]) -> float:
    """Return the probability that the files in a row belong to the same article."""
    present = [language for language, cell in zip(group.languages, cells, strict=True) if cell]
    return connection_probability(present, (tie for tie in group.beliefs if set(tie[1:]) <= set(present)))


def _rival(group: ArticleGroup, units: Sequence[Sequence[Paragraph]], aligned: AlignedRow) -> Rival | None:
    if aligned.rival is None:
        return None
    [(k, unit)] = [node for node in aligned.rival[1:] if node not in aligned.nodes]
    return Rival(group.languages[k], units[k][unit].number, aligned.rival.probability)


def content_id(languages: Sequence[str], cells: Sequence[Sequence[Paragraph]]) -> str:
    """Return a digest of a row's texts and their languages, independent of article and position."""
    digest = hashlib.blake2b(digest_size=ID_DIGITS // 2)
    for language, cell in zip(languages, cells, strict=True):
        for paragraph in cell:
            digest.update(
                f"{language}\0{len(paragraph.text)}\0{paragraph.text}".encode("utf-8", "surrogatepass")
            )
    return unlike_number(digest.hexdigest())


def number_repeats(ids: Iterable[str]) -> Iterator[str]:
    """Yield the ids made unique: the second row with the same texts gets `-2`, and so on."""
    seen: Counter[str] = Counter()
    for id in ids:
        seen[id] += 1
        yield id if seen[id] == 1 else f"{id}-{seen[id]}"


def number_repeats_by_article(articles: Sequence[list[str]]) -> Iterator[list[str]]:
    """Yield the ids of each article's rows, made unique across all articles as in `number_repeats`."""
    counts = Counter(chain.from_iterable(articles))
    repeated = {id for id, rows in counts.items() if rows > 1}
    alike = number_repeats(id for ids in articles for id in ids if id in repeated)
    for ids in articles:
        yield ids if repeated.isdisjoint(ids) else [next(alike) if id in repeated else id for id in ids]


def row_status(cells: Sequence[Sequence[Paragraph]]) -> str:
    """Return "aligned", "partial" or "unmatched": text in all, in some or in one of the languages."""
    filled = sum(bool(cell) for cell in cells)
    return "unmatched" if filled == 1 else "aligned" if filled == len(cells) else "partial"
