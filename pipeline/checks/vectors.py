"""The sentence vectors that a run has made already, as the checks by meaning ask for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment.likeness import Likeness
from pipeline.calibration.figures import calibration_for
from pipeline.checks.cells import Cells
from pipeline.datatypes import Article, Paragraph, Row
from pipeline.embedding.encoders import Encoder
from pipeline.embedding.vectors import Text, embed
from pipeline.languages.codes import MAX_LANGUAGES


class SentenceVectors:
    """The vectors of the sentences of articles, found again by article, language and text.

    A vector is centred and times its sentence's length, as `pipeline.embedding.vectors` makes them, so that
    the vectors of the sentences of a cell add up to the cell's.
    """

    def __init__(
        self,
        members: Mapping[tuple[str, str], int],
        articles: Sequence[Article],
        texts: Sequence[Text],
        encoder: Encoder,
        likeness: Likeness,
    ) -> None:
        """`members` are the numbers of the articles that a row's `article` has in each language."""
        self.encoder, self.likeness = encoder, likeness
        self._members, self._articles, self._texts = members, articles, texts
        self._last = lru_cache(maxsize=MAX_LANGUAGES)(self._read)

    def sums(self, cells: Cells, language: str) -> NDArray[np.float32]:
        """The vectors of a cell's sentences times their lengths, `float32[sentences, d]`.

        Raises `ValueError` where the text is not that of the article's sentences.
        """
        places, sums = self._last(cells.row.article, language)
        found = [places.get(text, -1) for text in _sentences(cells.paragraphs(language))]
        return sums.take(np.array(found, dtype=np.intp), axis=0, mode="wrap")

    def cell(self, cells: Cells, language: str) -> NDArray[np.float32]:
        """The vector of a cell, `float32[d]`, of length 1."""
        sums = self.sums(cells, language)
        total: NDArray[np.float32] = sums[0] if len(sums) == 1 else np.add.reduce(sums)
        unit: NDArray[np.float32] = total / max(length_of(total), 1e-9)
        return unit

    def _read(self, article: str, language: str) -> tuple[Mapping[str, int], NDArray[np.float32]]:
        number = self._members[article, language]
        sentences, text = _sentences(self._articles[number].paragraphs), self._texts[number]
        if len(sentences) != len(text.lengths):
            name = self._articles[number].file
            raise ValueError(f"the vectors of {name} are not those of its sentences")
        # The last place is for sentences of boilerplate, which have no vector.
        sums = np.concatenate([text.sums, np.zeros((1, text.sums.shape[1]), dtype=np.float32)])
        return {sentence: place for place, sentence in enumerate(sentences)}, sums


def length_of(vector: NDArray[np.float32]) -> float:
    """Euclidean norm, the same as `numpy.linalg.norm` of one vector and faster."""
    return float(np.sqrt(vector.dot(vector)))


def vectors_of_rows(rows: Sequence[Row], encoder: Encoder) -> SentenceVectors:
    """The vectors of rows that come from no run: the texts of each language are taken as one article."""
    languages = dict.fromkeys(language for row in rows for language in row.languages)
    articles = [
        Article(language, language, 1.0, tuple(_column(rows, language)), (), "") for language in languages
    ]
    articles = [article for article in articles if any(p.sentences for p in article.paragraphs)]
    texts = embed(articles, encoder)
    number = {article.language: k for k, article in enumerate(articles)}
    members = {
        (row.article, language): number[language]
        for row in rows
        for language in row.languages
        if language in number
    }
    return SentenceVectors(members, articles, texts, encoder, calibration_for(encoder, texts).likeness)


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
