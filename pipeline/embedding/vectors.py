"""Sentence vectors of articles.

Vectors are centred by their article's mean, which removes what only reflects the language, the genre or the
topic. They are stored multiplied by the sentence's length, so the vectors of adjacent sentences add up to the
vector of both. The mean is the article's own rather than the collection's, so an article's vectors do not
change when others are added or removed. A short article's mean is shrunk towards the mean of its language,
which ships with the model (`Encoder.centres`) or else is computed from the collection.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from pipeline.datatypes import CODE, Article, Paragraph
from pipeline.embedding.encoders import Encoder
from pipeline.embedding.surface import CODE_KIND, Surface, characters
from pipeline.languages.marks import ends_sentence, without_glosses, without_tags

_CLOSING = ":;"  # marks that end a sentence too where texts are compared

CENTRE_WEIGHT = 30
"""Number of sentences at which an article's own mean and its language's mean have equal weight."""

MAX_WEIGHT = 300.0
"""Maximum weight of a sentence in its article's vector, in characters.

Without it a long table that some articles have in common would outweigh all else in them.
"""

MIN_RELATIVE_NORM = 1e-3
"""Lower bound for the norm of a sum of vectors, relative to its norm if they were orthogonal."""


class ArticleVector(NamedTuple):
    """An article summarised as one vector."""

    language: str
    total: NDArray[np.float32]  # [d]: sum of the sentence vectors times their weight, not centred
    plain: NDArray[np.float32]  # [d]: the same sum without the weights
    characters: float  # sum of the weights
    sentences: int


class ArticleVectors(NamedTuple):
    """The vectors of n articles in columns, with only the fields that matching needs."""

    languages: Sequence[str]  # [n]
    totals: NDArray[np.float32]  # [n, d]
    characters: NDArray[np.float64]  # [n]
    sentences: NDArray[np.int64]  # [n]

    @classmethod
    def of(cls, texts: Iterable[Text]) -> Self:
        """Return the article vectors of one or more texts."""
        vectors = [article_vector_of(text) for text in texts]
        return cls(
            [vector.language for vector in vectors],
            np.array([vector.total for vector in vectors], dtype=np.float32),
            np.array([vector.characters for vector in vectors]),
            np.array([vector.sentences for vector in vectors]),
        )


@dataclass(frozen=True)
class Text:
    """An article as input for matching and alignment: n sentences in order, paragraphs counted from 0."""

    language: str
    sums: NDArray[np.float32]  # [n, d]: sentence vectors times their length
    lengths: NDArray[np.float32]  # [n]: characters other than whitespace
    paragraph: NDArray[np.int64]  # [n]: the sentence's paragraph
    closed: NDArray[np.bool_]  # [n]: the sentence ends in a full stop or similar
    paragraphs: int  # number of paragraphs
    surface: Surface
    article_vector: ArticleVector | None = None  # of the text before centring

    @cached_property
    def starts(self) -> NDArray[np.bool_]:
        """A mask of the sentences that begin a paragraph, `bool[n]`."""
        starts = np.ones(len(self.paragraph), dtype=np.bool_)
        np.greater(self.paragraph[1:], self.paragraph[:-1], out=starts[1:])
        return starts

    @cached_property
    def firm_starts(self) -> NDArray[np.bool_]:
        """A mask of the `starts` that follow a closed sentence, not just the end of a heading, `bool[n]`."""
        firm = self.starts.copy()
        firm[1:] &= self.closed[:-1]
        return firm

    @cached_property
    def copies(self) -> NDArray[np.bool_]:
        """A mask of the sentences in paragraphs that are the same as the previous one, `bool[n]`."""
        copies = np.zeros(len(self.lengths), dtype=np.bool_)
        first = np.flatnonzero(self.starts)
        counts = np.diff(np.append(first, len(self.lengths)))
        sizes, wordings, _ = self.surface
        here, before = first[1:], first[:-1]
        alike = (counts[1:] == counts[:-1]) & (sizes[here] == sizes[before])
        alike &= wordings[here] == wordings[before]
        for k in np.flatnonzero(alike).tolist():
            one, other = (slice(begin, begin + counts[k]) for begin in (here[k], before[k]))
            copies[one] = np.array_equal(wordings[one], wordings[other]) and np.array_equal(
                self.sums[one], self.sums[other]
            )
        return copies

    @cached_property
    def has_meaning(self) -> NDArray[np.bool_]:
        """A mask of the sentences whose vector says something, `bool[n]`; that of code does not."""
        code = self.surface.kinds == CODE_KIND
        return np.asarray(self.sums.any(axis=1)) if code.any() else ~code

    @cached_property
    def block_norms(self) -> NDArray[np.float32]:
        """Euclidean norms of the summed vectors of 1, 2 and 3 adjacent sentences, `float32[3, n]`."""
        return block_norms(self.sums)

    def beginning(self, sentences: int) -> Text:
        """Return the text cut to its first `sentences` sentences."""
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
            surface=self.surface.beginning(sentences),
        )

    def prose(self) -> Text:
        """Return the text without its code; all of it if it has nothing else."""
        if self.has_meaning.all():
            return self
        own = self.has_meaning
        return Text(
            language=self.language,
            sums=self.sums[own],
            lengths=self.lengths[own],
            paragraph=self.paragraph[own],
            closed=self.closed[own],
            paragraphs=self.paragraphs,
            surface=self.surface.where(own),
        )


def block_norms(vectors: NDArray[np.float32], size: int = 3) -> NDArray[np.float32]:
    """Return the norms of sums of 1 .. `size` adjacent vectors, `[size, n]`.

    `vectors` is `[n, d]`. Entry [k, i] is the norm of the sum of vectors i .. i + k, 0 if i + k is out of
    range. The squares are updated by |a + b|² = |a|² + |b|² + 2ab. If the vectors nearly cancel, the result
    is rounding noise, so the norm is at least `MIN_RELATIVE_NORM` times that of orthogonal vectors.
    """
    n = len(vectors)
    squares = np.zeros((size, n), dtype=np.float32)
    squares[0] = apart = np.einsum("ij,ij->i", vectors, vectors)
    products = np.zeros(n, dtype=np.float32)  # dot products of a block's last vector with all others
    for k in range(1, min(size, n)):
        apart = apart[:-1] + squares[0, k:]
        products = products[1:]
        products = np.einsum("ij,ij->i", vectors[:-k], vectors[k:]) + products
        together = squares[k - 1, : n - k] + squares[0, k:] + 2 * products
        squares[k, : n - k] = np.maximum(together, MIN_RELATIVE_NORM**2 * apart)
    return np.sqrt(squares)


_PART = 65_536
"""Sentences whose vectors are added up at once; limits memory."""


def embed(articles: Iterable[Article], encoder: Encoder) -> list[Text]:
    """Return the centred texts of the articles, in order."""
    texts = [embed_article(article, encoder) for article in articles]
    vectors = [article_vector_of(text) for text in texts]
    centres = encoder.centres or language_means(
        [vector.language for vector in vectors],
        [vector.plain for vector in vectors],
        [vector.sentences for vector in vectors],
    )
    return [centred(text, centres) for text in texts]


def embed_article(article: Article, encoder: Encoder) -> Text:
    """Return the text of one article, not centred; repeated sentences are encoded once.

    Code has no meaning: its vectors are zero, unless the article is nothing but code. Articles are encoded
    one by one because the rounding of many models depends on the rest of the batch.
    """
    sentences = list(_sentences(article))
    lengths = np.array([_length(text) for *_, text in sentences], dtype=np.float32)
    sums = _encoded(sentences, encoder)
    sums *= lengths[:, None]
    return Text(
        language=article.language,
        sums=sums,
        lengths=lengths,
        paragraph=np.array([k for k, *_ in sentences], dtype=np.int64),
        closed=np.array([ends_sentence(text, _CLOSING) for *_, text in sentences], dtype=np.bool_),
        paragraphs=len(article.paragraphs),
        surface=Surface.of([(paragraph, text) for _, paragraph, text in sentences], article.language),
    )


def _encoded(sentences: Sequence[tuple[int, Paragraph, str]], encoder: Encoder) -> NDArray[np.float32]:
    written = [without_tags(text) for *_, text in sentences]
    code = np.array([paragraph.kind == CODE for _, paragraph, _ in sentences], dtype=np.bool_)
    if code.all():
        code[:] = False
    said = [text for text, is_code in zip(written, code, strict=True) if not is_code]
    place = {text: k for k, text in enumerate(dict.fromkeys(said))}
    vectors = encoder.encode(list(place))
    if len(place) < len(sentences):
        vectors = vectors[[place.get(text, 0) for text in written]]
    vectors[code] = 0.0
    return vectors


def article_vector_of(text: Text) -> ArticleVector:
    """Return the article vector of a text, as it was before centring."""
    if text.article_vector is not None:
        return text.article_vector
    weights = np.minimum(text.lengths, MAX_WEIGHT) * text.has_meaning
    whole = bool((weights == text.lengths).all())
    total, plain = np.zeros((2, text.sums.shape[1]), dtype=np.float32)
    for start in range(0, len(weights), _PART):
        here = slice(start, start + _PART)
        vectors = text.sums[here] / text.lengths[here, None]
        plain = plain + vectors.sum(axis=0)
        total = total + (text.sums[here] if whole else vectors * weights[here, None]).sum(axis=0)
    sentences = int(np.count_nonzero(text.has_meaning))
    return ArticleVector(text.language, total, plain, float(weights.sum()), sentences)


def language_means(
    languages: Iterable[str], plain: Iterable[NDArray[np.float32]], sentences: Iterable[int]
) -> Mapping[str, NDArray[np.float32]]:
    """Return the mean vector of each language, `float32[d]`, shrunk towards zero if there is little text.

    `plain` and `sentences` are the fields of each article's `ArticleVector`.
    """
    total: dict[str, NDArray[np.float64]] = {}
    count: dict[str, int] = {}
    for language, vector, own in zip(languages, plain, sentences, strict=True):
        total[language] = total.get(language, 0.0) + vector.astype(np.float64)
        count[language] = count.get(language, 0) + own
    return {code: (total[code] / (count[code] + CENTRE_WEIGHT)).astype(np.float32) for code in total}


def centred(text: Text, centres: Mapping[str, NDArray[np.float32]], with_vector: bool = True) -> Text:
    """Return a text centred by its own mean, shrunk towards its language's mean in `centres`.

    Without its article vector, which comparisons do not need, it takes half of the time.
    """
    vector = article_vector_of(text) if with_vector else None
    plain = vector.plain if vector else (text.sums / text.lengths[:, None]).sum(axis=0)
    elsewhere = centres.get(text.language, np.zeros_like(plain))
    weight, said = np.float32(CENTRE_WEIGHT), text.has_meaning
    centre = (plain + weight * elsewhere) / (weight + np.float32(np.count_nonzero(said)))
    sums: NDArray[np.float32] = centre.astype(np.float32) * text.lengths[:, None]
    np.subtract(text.sums, sums, out=sums)
    if not said.all():
        sums[~said] = 0.0
    return replace(text, sums=sums, article_vector=vector)


def _sentences(article: Article) -> Iterable[tuple[int, Paragraph, str]]:
    for k, paragraph in enumerate(article.paragraphs):
        for start, end in paragraph.sentences:
            yield k, paragraph, paragraph.text[start:end]


def _length(text: str) -> int:
    """Return a sentence's length without whitespace, tags and glosses, which may be lost; at least 1."""
    return characters(without_glosses(without_tags(text)))
