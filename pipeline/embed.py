"""Embed: every sentence of every article gets its vector.

Vectors are centred by the mean of their article, which takes away what only tells the language, the kind of
text or the topic, and are kept times the sentence's length, so that the vectors of neighbours add up to the
vector of both. The mean is the article's own, and not its collection's, so that what is known of an
article stays as it is when others come and go. A short article's mean is drawn towards the language's mean
in other texts, as far as the model brings one (`Encoder.centres`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.datatypes import Article
from pipeline.encoders import Encoder

_CLOSED = re.compile(r"[.!?…。:;][^\w\s]*$")  # closing quotes and brackets may follow

_GLOSS = re.compile(r"(?<=[^\W\d_a-zA-Z])\([A-Za-z][A-Za-z0-9 .,'’&-]{0,80}\)")
"""A name repeated in Latin script right behind a word in another one, as in 존슨(Johnson)."""

CENTRE_WEIGHT = 30
"""Sentences that it takes for an article's own mean to count as much as its language's in other texts."""


class Gist(NamedTuple):
    """An article in one vector."""

    language: str
    total: NDArray[np.float32]  # [d]: sum of the sentences' vectors times their length, not centred
    characters: float  # sum of the lengths
    sentences: int


@dataclass(frozen=True)
class Text:
    """An article as matching and alignment see it: n sentences in order, paragraphs counted from 0."""

    language: str
    sums: NDArray[np.float32]  # [n, d]: centred sentence vectors times their length
    lengths: NDArray[np.float32]  # [n]: characters that are not space
    paragraph: NDArray[np.int64]  # [n]: the paragraph that holds the sentence
    closed: NDArray[np.bool_]  # [n]: the sentence ends in a full stop or the like
    paragraphs: int  # how many there are
    total: NDArray[np.float32] | None = None  # [d]: the sum of `sums` before they were centred, if they were

    @property
    def gist(self) -> Gist:
        """The article in one vector."""
        total = self.sums.sum(axis=0) if self.total is None else self.total
        return Gist(self.language, total, float(self.lengths.sum()), len(self.lengths))

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
    articles: Iterable[Article], encoder: Encoder, advance: Callable[[int], None] = lambda done: None
) -> list[Text]:
    """Return the texts of the articles, in their order."""
    texts = []
    for article in articles:
        texts.append(embed_article(article, encoder))
        advance(len(texts[-1].lengths))
    return texts


def embed_article(article: Article, encoder: Encoder) -> Text:
    """Return the text of one article, which depends on nothing else; a repeated sentence is encoded once.

    Articles are encoded one by one because the rounding of many models depends on what is in the batch.
    """
    sentences = list(_sentences(article))
    place = {text: k for k, text in enumerate(dict.fromkeys(text for _, text in sentences))}
    vectors = encoder.encode(list(place))[[place[text] for _, text in sentences]]
    lengths = np.array([_length(text) for _, text in sentences], dtype=np.float32)
    return Text(
        language=article.language,
        sums=(vectors - _centre(vectors, encoder.centres.get(article.language))) * lengths[:, None],
        lengths=lengths,
        paragraph=np.array([k for k, _ in sentences], dtype=np.int64),
        closed=np.array([_CLOSED.search(text) is not None for _, text in sentences], dtype=np.bool_),
        paragraphs=len(article.paragraphs),
        total=lengths @ vectors,
    )


def _centre(vectors: NDArray[np.float32], elsewhere: NDArray[np.float32] | None) -> NDArray[np.float32]:
    """Return the mean of an article's vectors, drawn towards that of its language elsewhere."""
    total = vectors.sum(axis=0)
    if elsewhere is not None:
        total = total + np.float32(CENTRE_WEIGHT) * elsewhere
    centre: NDArray[np.float32] = total / np.float32(CENTRE_WEIGHT + len(vectors))
    return centre


def _sentences(article: Article) -> Iterable[tuple[int, str]]:
    for k, paragraph in enumerate(article.paragraphs):
        for start, end in paragraph.sentences:
            yield k, paragraph.text[start:end]


def _length(text: str) -> int:
    """Return the characters of a sentence that a translation would have too, at least 1."""
    if "(" in text:
        text = _GLOSS.sub("", text)
    return max(1, len("".join(text.split())))
