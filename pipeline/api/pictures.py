"""A corpus as a picture in a notebook: one band per article, coloured by the confidence of its rows.

It is a single piece of HTML with inline SVG, without scripts, style sheets or external resources.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from pipeline.decisions.doubts import LOW_CONFIDENCE
from pipeline.languages.codes import name_list
from pipeline.output.columns import OPEN, text_column

if TYPE_CHECKING:
    import pandas as pd

MAX_BANDS = 30
"""Articles shown, those with the most to review first."""

MAX_PIECES = 400
"""Maximum pieces per band; in an article with more rows, each piece shows the worst of several."""

_KINDS = {
    "unsure": ("#c2434f", f"confidence below {LOW_CONFIDENCE}"),
    "unmatched": ("#b9816f", "one language"),
    "partial": ("#d9b36c", "some languages"),
    "aligned": ("#87aeb0", "all languages"),
}
"""Colour and meaning of each kind of row, the worst first; the review page uses the same."""

_WORST = list(_KINDS)


class _Piece(NamedTuple):
    kind: str
    rows: tuple[int, int]  # numbers of the first and the last row
    size: int  # characters in the longest language


class _Band(NamedTuple):
    article: str
    pieces: list[_Piece]
    rows: int
    to_review: int


def corpus_html(
    rows: pd.DataFrame, articles: pd.DataFrame, findings: pd.DataFrame, languages: Sequence[str]
) -> str:
    """Return the picture of a run as HTML; all texts are escaped."""
    titles = _titles(articles)
    flagged = set(findings.loc[(findings["status"] == OPEN) & (findings["severity"] != "neutral"), "row_id"])
    bands = sorted(_bands(rows, languages, flagged), key=lambda band: -band.to_review)
    more = len(bands) - MAX_BANDS
    found = counted(int((findings["status"] == OPEN).sum()), "open finding")
    head = (
        f"{counted(len(bands), 'article')} in {name_list(list(languages))}, "
        f"{counted(len(rows), 'row')}, {found}"
    )
    parts = [f'<div style="max-width:60em"><div><b>{escape(head)}</b></div>', _legend()]
    parts += [_band_html(band, titles.get(band.article, band.article)) for band in bands[:MAX_BANDS]]
    if more > 0:
        parts.append(f"<div>and {counted(more, 'more article')} with less to look at</div>")
    return "".join([*parts, "</div>"])


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, as in "1 row" or "2,000 rows"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _bands(rows: pd.DataFrame, languages: Sequence[str], flagged: set[str]) -> Iterator[_Band]:
    """Yield one band per article, in table order."""
    columns = ["article", "row", "id", "status", "confidence", *map(text_column, languages)]
    table = rows[columns].itertuples(index=False, name=None)
    for article, group in groupby(table, key=lambda row: row[0]):
        some = list(group)
        kinds = [_kind(status, confidence) for _, _, _, status, confidence, *_ in some]
        to_review = sum(kind == "unsure" or row[2] in flagged for kind, row in zip(kinds, some, strict=True))
        pieces = [
            _Piece(kind, (row[1], row[1]), max(map(len, row[5:])))
            for kind, row in zip(kinds, some, strict=True)
        ]
        yield _Band(article, _merged_pieces(pieces), len(some), to_review)


def _kind(status: str, confidence: float) -> str:
    return "unsure" if confidence < LOW_CONFIDENCE and status != "unmatched" else status


def _merged_pieces(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Merge neighbours into at most `MAX_PIECES` pieces, each of the worst kind among them."""
    step = -(-len(pieces) // MAX_PIECES)
    return [_merged(pieces[at : at + step]) for at in range(0, len(pieces), step)]


def _merged(pieces: Sequence[_Piece]) -> _Piece:
    return _Piece(
        min((piece.kind for piece in pieces), key=_WORST.index),
        (pieces[0].rows[0], pieces[-1].rows[1]),
        sum(piece.size for piece in pieces),
    )


def _band_html(band: _Band, title: str) -> str:
    """Return an article's title and its band; the width of a row grows with its longest text."""
    sizes = [12 + piece.size for piece in band.pieces]
    total = sum(sizes)
    at = 0.0
    parts = []
    for piece, size in zip(band.pieces, sizes, strict=True):
        width = 1000 * size / total
        first, last = piece.rows
        label = f"row {first}" if first == last else f"rows {first} to {last}"
        parts.append(
            f'<rect x="{at:.1f}" width="{max(0.5, width - 1):.1f}" height="14" '
            f'fill="{_KINDS[piece.kind][0]}"><title>{label}: {_KINDS[piece.kind][1]}</title></rect>'
        )
        at += width
    words = f"{counted(band.rows, 'row')}, {band.to_review:,} to look at"
    return (
        f'<div style="margin-top:.6em">{escape(title)} <small>{words}</small></div>'
        f'<svg viewBox="0 0 1000 14" preserveAspectRatio="none" role="img" aria-label="{words}" '
        f'style="display:block;width:100%;height:14px">{"".join(parts)}</svg>'
    )


def _legend() -> str:
    marks = (
        f'<span style="background:{colour};display:inline-block;width:.7em;height:.7em;'
        f'margin:0 .35em 0 .9em"></span>{escape(meaning)}'
        for colour, meaning in reversed(_KINDS.values())
    )
    return f"<small>A band for each article, a piece for each row:{''.join(marks)}</small>"


def _titles(articles: pd.DataFrame) -> dict[str, str]:
    """Return the name of each article: its first title, or else its first file."""
    names: dict[str, str] = {}
    titles: dict[str, str] = {}
    for article, file, title in articles[["article", "file", "title"]].itertuples(index=False, name=None):
        if article:
            names.setdefault(article, file)
            if title:
                titles.setdefault(article, title)
    return names | titles
