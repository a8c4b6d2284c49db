"""Embed: every sentence of every article gets its vector.

Vectors are centred by the mean of their article, which takes away what only tells the language, the kind of
text or the topic, and are kept times the sentence's length, so that the vectors of neighbours add up to the
vector of both. The mean is the article's own, and not its collection's, so that what is known of an
article stays as it is when others come and go. A short article's mean is drawn towards the language's mean
in other texts, which comes with the model (`Encoder.centres`); if it does not, it is that of the collection.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from pipeline.datatypes import Article
from pipeline.embedding.encoders import Encoder
from pipeline.languages.marks import ends_sentence, without_glosses

_CLOSING = ":;"  # marks that end a sentence too where texts are compared

CENTRE_WEIGHT = 30
"""Sentences that it takes for an article's own mean to count as much as its language's in other texts."""

LEAST_LEFT = 1e-3
"""The least norm of a sum of vectors, as a share of what it would be if they were at right angles."""


class ArticleVector(NamedTuple):
    """An article in one vector."""

    language: str
    total: NDArray[np.float32]  # [d]: sum of the sentences' vectors times their length, not centred
    plain: NDArray[np.float32]  # [d]: sum of the same vectors, not times their length
    characters: float  # sum of the lengths
    sentences: int


class ArticleVectors(NamedTuple):
    """n articles in one vector each, in columns; as far as they are matched by it."""

    languages: Sequence[str]  # [n]
    totals: NDArray[np.float32]  # [n, d]
    characters: NDArray[np.float64]  # [n]
    sentences: NDArray[np.int64]  # [n]

    @classmethod
    def of(cls, texts: Iterable[Text]) -> Self:
        """Return the article_vectors of texts, of which there is at least one."""
        article_vectors = [article_vector_of(text) for text in texts]
        return cls(
            [article_vector.language for article_vector in article_vectors],
            np.array([article_vector.total for article_vector in article_vectors], dtype=np.float32),
            np.array([article_vector.characters for article_vector in article_vectors]),
            np.array([article_vector.sentences for article_vector in article_vectors]),
        )


@dataclass(frozen=True)
class Text:
    """An article as matching and alignment see it: n sentences in order, paragraphs counted from 0."""

    language: str
    sums: NDArray[np.float32]  # [n, d]: sentence vectors times their length
    lengths: NDArray[np.float32]  # [n]: characters that are not space
    paragraph: NDArray[np.int64]  # [n]: the paragraph that holds the sentence
    closed: NDArray[np.bool_]  # [n]: the sentence ends in a full stop or the like
    paragraphs: int  # how many there are
    article_vector: ArticleVector | None = None  # of the text before it was centred

    @cached_property
    def starts(self) -> NDArray[np.bool_]:
        """The sentences that begin a paragraph, `bool[n]`."""
        starts = np.ones(len(self.paragraph), dtype=np.bool_)
        np.greater(self.paragraph[1:], self.paragraph[:-1], out=starts[1:])
        return starts

    @cached_property
    def firm_starts(self) -> NDArray[np.bool_]:
        """Those before which the text had come to a full stop, not just to a heading's end, `bool[n]`."""
        firm = self.starts.copy()
        firm[1:] &= self.closed[:-1]
        return firm

    @cached_property
    def block_norms(self) -> NDArray[np.float32]:
        """Euclidean norms of the vectors of 1, 2 and 3 neighbouring sentences, `float32[3, n]`."""
        return block_norms(self.sums)

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


def block_norms(vectors: NDArray[np.float32], size: int = 3) -> NDArray[np.float32]:
    """Return the norms of sums of 1 .. `size` neighbours, `[size, n]`: entry [k, i] of vectors i .. i + k.

    `vectors` is `[n, d]`; 0 stands where a block would reach beyond the end. The square of a sum is that of
    its parts and twice their products. Where little is left of the parts, that is no more than rounding:
    the norm is at least `LEAST_LEFT` of what it would be at right angles.
    """
    n = len(vectors)
    squares = np.zeros((size, n), dtype=np.float32)
    squares[0] = apart = np.einsum("ij,ij->i", vectors, vectors)
    products = np.zeros(n, dtype=np.float32)  # of the last vector of a block with all others
    for k in range(1, min(size, n)):
        apart = apart[:-1] + squares[0, k:]
        products = products[1:]
        products = np.einsum("ij,ij->i", vectors[:-k], vectors[k:]) + products
        together = squares[k - 1, : n - k] + squares[0, k:] + 2 * products
        squares[k, : n - k] = np.maximum(together, LEAST_LEFT**2 * apart)
    return np.sqrt(squares)


def embed(articles: Iterable[Article], encoder: Encoder) -> list[Text]:
    """Return the texts of the articles, in their order, centred."""
    texts = [embed_article(article, encoder) for article in articles]
    article_vectors = [article_vector_of(text) for text in texts]
    centres = encoder.centres or language_means(
        [article_vector.language for article_vector in article_vectors],
        [article_vector.plain for article_vector in article_vectors],
        [article_vector.sentences for article_vector in article_vectors],
    )
    return [centred(text, centres) for text in texts]


def embed_article(article: Article, encoder: Encoder) -> Text:
    """Return the text of one article, not centred; a repeated sentence is encoded once.

    Articles are encoded one by one because the rounding of many models depends on what is in the batch.
    """
    sentences = list(_sentences(article))
    place = {text: k for k, text in enumerate(dict.fromkeys(text for _, text in sentences))}
    vectors = encoder.encode(list(place))[[place[text] for _, text in sentences]]
    lengths = np.array([_length(text) for _, text in sentences], dtype=np.float32)
    return Text(
        language=article.language,
        sums=vectors * lengths[:, None],
        lengths=lengths,
        paragraph=np.array([k for k, _ in sentences], dtype=np.int64),
        closed=np.array([ends_sentence(text, _CLOSING) for _, text in sentences], dtype=np.bool_),
        paragraphs=len(article.paragraphs),
    )


def article_vector_of(text: Text) -> ArticleVector:
    """Return a text in one vector; if it has been centred, as it was before."""
    if text.article_vector is not None:
        return text.article_vector
    plain = (text.sums / text.lengths[:, None]).sum(axis=0)
    characters = float(text.lengths.sum())
    return ArticleVector(text.language, text.sums.sum(axis=0), plain, characters, len(text.lengths))


def language_means(
    languages: Iterable[str], plain: Iterable[NDArray[np.float32]], sentences: Iterable[int]
) -> Mapping[str, NDArray[np.float32]]:
    """Return the mean vector of each language, `float32[d]`, drawn towards zero where there is little.

    `plain` and `sentences` are those of each article's `ArticleVector`.
    """
    total: dict[str, NDArray[np.float64]] = {}
    count: dict[str, int] = {}
    for language, vector, own in zip(languages, plain, sentences, strict=True):
        total[language] = total.get(language, 0.0) + vector.astype(np.float64)
        count[language] = count.get(language, 0) + own
    return {code: (total[code] / (count[code] + CENTRE_WEIGHT)).astype(np.float32) for code in total}


def centred(text: Text, centres: Mapping[str, NDArray[np.float32]]) -> Text:
    """Return a text centred by its own mean, drawn towards that of its language in `centres`."""
    article_vector = article_vector_of(text)
    elsewhere = centres.get(text.language, np.zeros_like(article_vector.plain))
    weight = np.float32(CENTRE_WEIGHT)
    centre = (article_vector.plain + weight * elsewhere) / (weight + np.float32(article_vector.sentences))
    sums: NDArray[np.float32] = centre.astype(np.float32) * text.lengths[:, None]
    np.subtract(text.sums, sums, out=sums)
    return replace(text, sums=sums, article_vector=article_vector)


def _sentences(article: Article) -> Iterable[tuple[int, str]]:
    for k, paragraph in enumerate(article.paragraphs):
        for start, end in paragraph.sentences:
            yield k, paragraph.text[start:end]


def _length(text: str) -> int:
    """Return the characters of a sentence that a translation would have too, at least 1."""
    return max(1, len("".join(without_glosses(text).split())))
