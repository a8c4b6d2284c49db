"""Embed: every sentence of every article gets its vector.

Vectors are centred by the mean of their language, which takes away what only tells the language or
the kind of text, and are kept times the sentence's length, so that the vectors of neighbours add up
to the vector of both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.datatypes import Article
from pipeline.encoders import Encoder

_CLOSED = re.compile(r"[.!?…。:;][^\w\s]*$")  # closing quotes and brackets may follow

_GLOSS = re.compile(r"(?<=[^\W\d_a-zA-Z])\([A-Za-z][A-Za-z0-9 .,'’&-]{0,80}\)")
"""A name repeated in Latin script right behind a word in another one, as in 존슨(Johnson)."""

CENTRE_WEIGHT = 30
"""Sentences that it takes for a language's own mean to count as much as no centring at all."""


@dataclass(frozen=True)
class Text:
    """An article as matching and alignment see it: n sentences in order, paragraphs counted from 0."""

    language: str
    sums: NDArray[np.float32]  # [n, d]: centred sentence vectors times their length
    lengths: NDArray[np.float32]  # [n]: characters that are not space
    paragraph: NDArray[np.int64]  # [n]: the paragraph that holds the sentence
    closed: NDArray[np.bool_]  # [n]: the sentence ends in a full stop or the like
    paragraphs: int  # how many there are

    @cached_property
    def starts(self) -> NDArray[np.bool_]:
        """The sentences that begin a paragraph, `bool[n]`."""
        return np.diff(self.paragraph, prepend=-1) > 0

    @cached_property
    def firm_starts(self) -> NDArray[np.bool_]:
        """Those before which the text had come to a full stop, not just to a heading's end, `bool[n]`."""
        firm = self.starts.copy()
        firm[1:] &= self.closed[:-1]
        return firm

    @cached_property
    def block_norms(self) -> NDArray[np.float32]:
        """Euclidean norms of the vectors of 1, 2 and 3 neighbouring sentences, `float32[3, n]`."""
        return np.stack([np.linalg.norm(block, axis=1) for block in block_sums(self.sums)])

    @cached_property
    def block_lengths(self) -> NDArray[np.float32]:
        """Characters of 1, 2 and 3 neighbouring sentences, `float32[3, n]`."""
        return block_sums(self.lengths)

    def beginning(self, sentences: int) -> Text:
        """Return the text up to so many sentences."""
        if len(self.lengths) <= sentences:
            return self
        paragraph = self.paragraph[:sentences]
        return Text(
            language=self.language,
            sums=self.sums[:sentences],
            lengths=self.lengths[:sentences],
            paragraph=paragraph,
            closed=self.closed[:sentences],
            paragraphs=int(paragraph[-1]) + 1,
        )


def block_sums(values: NDArray[np.float32], size: int = 3) -> NDArray[np.float32]:
    """Return the sums of 1 .. `size` neighbours, `[size, n, ...]`: entry [k, i] sums values i .. i + k."""
    out = np.zeros((size, *values.shape), dtype=np.float32)
    for k in range(min(size, len(values))):
        out[k, : len(values) - k] = values[: len(values) - k]
        for step in range(1, k + 1):
            out[k, : len(values) - k] += values[step : len(values) - k + step]
    return out


def embed(
    articles: Sequence[Article], encoder: Encoder, advance: Callable[[int], None] = lambda done: None
) -> list[Text]:
    """The texts of the articles, in their order; a sentence that occurs twice is encoded once."""
    sentences = [list(_sentences(article)) for article in articles]
    unique = {text: k for k, text in enumerate(dict.fromkeys(text for part in sentences for _, text in part))}
    vectors = encoder.encode(list(unique), advance)
    rows = [np.array([unique[text] for _, text in part], dtype=np.int64) for part in sentences]
    centres = _centres([article.language for article in articles], rows, vectors)
    return [
        _text(article, part, vectors[index] - centres[article.language])
        for article, part, index in zip(articles, sentences, rows, strict=True)
    ]


def _sentences(article: Article) -> Iterable[tuple[int, str]]:
    for k, paragraph in enumerate(article.paragraphs):
        for start, end in paragraph.sentences:
            yield k, paragraph.text[start:end]


def _centres(
    languages: Sequence[str], rows: Sequence[NDArray[np.int64]], vectors: NDArray[np.float32]
) -> dict[str, NDArray[np.float32]]:
    """Mean vector of each language over all its sentences, drawn towards zero where there are few."""
    total: dict[str, NDArray[np.float32]] = {}
    count: dict[str, int] = {}
    for language, index in zip(languages, rows, strict=True):
        total[language] = total.get(language, np.float32(0)) + vectors[index].sum(axis=0)
        count[language] = count.get(language, 0) + len(index)
    return {language: total[language] / np.float32(count[language] + CENTRE_WEIGHT) for language in total}


def _length(text: str) -> int:
    """Return the characters of a sentence that a translation would have too, at least 1."""
    if "(" in text:
        text = _GLOSS.sub("", text)
    return max(1, len("".join(text.split())))


def _text(article: Article, sentences: Sequence[tuple[int, str]], vectors: NDArray[np.float32]) -> Text:
    lengths = np.array([_length(text) for _, text in sentences], dtype=np.float32)
    return Text(
        language=article.language,
        sums=vectors * lengths[:, None],
        lengths=lengths,
        paragraph=np.array([k for k, _ in sentences], dtype=np.int64),
        closed=np.array([_CLOSED.search(text) is not None for _, text in sentences], dtype=np.bool_),
        paragraphs=len(article.paragraphs),
    )
