"""The sentence vectors that a run has made already, as the checks by meaning ask for them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.align.evidence import Likeness
from pipeline.calibrate import calibration_for
from pipeline.checks.records import Cells
from pipeline.datatypes import Article, Paragraph, Row
from pipeline.embed import Text, embed
from pipeline.encoders import Encoder


class SentenceVectors:
    """The vectors of all sentences of a run, found again by language and text.

    A vector is centred and times its sentence's length, as `pipeline.embed` makes them, so that the
    vectors of the sentences of a cell add up to the cell's.
    """

    def __init__(
        self, articles: Sequence[Article], texts: Sequence[Text], encoder: Encoder, likeness: Likeness
    ) -> None:
        """`texts` are the articles as they were embedded, in order; raises `ValueError` where they differ."""
        self.encoder, self.likeness = encoder, likeness
        for article, text in zip(articles, texts, strict=True):
            if sum(len(paragraph.sentences) for paragraph in article.paragraphs) != len(text.lengths):
                raise ValueError(f"the vectors of {article.file} are not those of its sentences")
        self._sums = [text.sums for text in texts]
        self._dimensions = next((sums.shape[1] for sums in self._sums if sums.ndim == 2), 0)
        self._place = {
            (article.language, sentence): (number, place)
            for number, article in enumerate(articles)
            for place, sentence in enumerate(_sentences(article.paragraphs))
        }

    def sums(self, cells: Cells, language: str) -> NDArray[np.float32]:
        """The vectors of a cell's sentences times their lengths, `float32[sentences, d]`."""
        sums = np.zeros((0, self._dimensions), dtype=np.float32)
        places = [self._place.get((language, text)) for text in _sentences(cells.paragraphs(language))]
        if places:
            nothing = np.zeros(self._dimensions, dtype=np.float32)
            sums = np.stack([self._sums[place[0]][place[1]] if place else nothing for place in places])
        return sums

    def cell(self, cells: Cells, language: str) -> NDArray[np.float32]:
        """The vector of a cell, `float32[d]`, of length 1."""
        total = self.sums(cells, language).sum(axis=0)
        unit: NDArray[np.float32] = total / max(float(np.linalg.norm(total)), 1e-9)
        return unit


def vectors_of_rows(rows: Sequence[Row], encoder: Encoder) -> SentenceVectors:
    """The vectors of rows that come from no run: the texts of each language are taken as one article."""
    languages = dict.fromkeys(language for row in rows for language in row.languages)
    articles = [
        Article(language, language, 1.0, tuple(_column(rows, language)), (), "") for language in languages
    ]
    articles = [article for article in articles if any(p.sentences for p in article.paragraphs)]
    texts = embed(articles, encoder)
    return SentenceVectors(articles, texts, encoder, calibration_for(encoder, texts).likeness)


def _column(rows: Sequence[Row], language: str) -> list[Paragraph]:
    return [
        paragraph
        for row in rows
        for code, cell in zip(row.languages, row.cells, strict=True)
        if code == language
        for paragraph in cell
    ]


def _sentences(paragraphs: Sequence[Paragraph]) -> list[str]:
    return [paragraph.text[start:end] for paragraph in paragraphs for start, end in paragraph.sentences]
