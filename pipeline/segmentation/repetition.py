"""Lines that stand at the edges of several files in one language: they need no words to be boilerplate.

They are known by digests of their text, so that those of a large collection are not held in memory.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from pipeline.datatypes import CODE, Article, Paragraph
from pipeline.languages.marks import ends_sentence
from pipeline.segmentation.boilerplate import (
    KIND,
    MAX_SHARE,
    as_boilerplate,
    is_label,
    is_running,
)

# What repeats is boilerplate at the edge of so many files and of such a share of a language's files.
MIN_FILES, FILE_SHARE = 3, 0.2  # a label
SENTENCE_FILES, SENTENCE_SHARE = 4, 0.6  # a sentence
VERSION_SHARE = (
    0.3  # of a file's running text: one that shares more with others is a version of the same article
)
MIN_ROW = 2  # such lines in a row
MAX_EDGE = 12  # lines at the head and foot of a file that repetition is looked for in

_DIGEST = 8
"""Bytes of the digest of a line."""


class Outline(NamedTuple):
    """What must be known of an article to tell which of its lines other files have as well."""

    language: str
    running: bytes  # digests of its own running text, line by line; of its sentences if it has none
    sizes: bytes  # uint32: their lengths in characters
    edges: bytes  # digests of the lines at its head and foot


def outline(article: Article) -> Outline:
    """Return what `Repetition` needs of an article."""
    texts = [p.text for p in article.paragraphs if p.kind not in (KIND, CODE)]
    own = list(filter(is_running, texts)) or list(filter(ends_sentence, texts))
    return Outline(
        article.language,
        b"".join(map(_digest, own)),
        np.array(list(map(len, own)), dtype="<u4").tobytes(),
        b"".join(_digest(paragraph.text) for paragraph in _edges(article.paragraphs)),
    )


class Repetition:
    """The lines that stand at the edges of several files in one language."""

    def __init__(self, outlines: Sequence[Outline]) -> None:
        by_language: defaultdict[str, list[int]] = defaultdict(list)
        for k, article in enumerate(outlines):
            by_language[article.language].append(k)
        self._files = {language: len(numbers) for language, numbers in by_language.items()}
        # How many files have a line, by language and the line's digest.
        self._counts: dict[str, dict[bytes, int]] = {}
        self.concerned: list[int] = []
        """The articles, as numbered in `outlines`, that have any of the lines."""
        for language, numbers in by_language.items():
            some = [outlines[k] for k in numbers]
            edges = _Lines.of([article.edges for article in some])
            files = edges.files(_is_own(some)[edges.article])
            repeated = files >= max(MIN_FILES, FILE_SHARE * len(numbers))  # of no fewer it is ever asked
            digests = edges.digest[repeated].tobytes()
            self._counts[language] = {
                digests[place : place + _DIGEST]: count
                for place, count in zip(
                    range(0, len(digests), _DIGEST), files[repeated].tolist(), strict=True
                )
            }
            self.concerned += [numbers[k] for k in np.unique(edges.article[repeated]).tolist()]
        self.concerned.sort()

    def marked(self, article: Article) -> Article:
        """Return an article with the lines that repeat at its very head or foot marked as boilerplate."""
        paragraphs = article.paragraphs
        marked = {
            number
            for order in (paragraphs, paragraphs[::-1])
            for number in self._repeated(article.language, list(order[:MAX_EDGE]))
        }
        new = [paragraph for paragraph in paragraphs if paragraph.number in marked and paragraph.kind != KIND]
        size = sum(len(paragraph.text) for paragraph in new)
        if not new or size > MAX_SHARE * sum(len(p.text) for p in paragraphs):
            return article
        return as_boilerplate(article, marked)

    def _repeated(self, language: str, edge: Sequence[Paragraph]) -> list[int]:
        """Return the numbers of the first paragraphs as long as they are found in other files as well.

        A line on its own may be a heading that many articles have, so it has to be in most of them.
        """
        found = list(takewhile(lambda p: p.kind == KIND or self._is_common(language, p), edge))
        if len(found) < MIN_ROW:
            found = [p for p in found if p.kind == KIND or self._share(language, p.text) >= SENTENCE_SHARE]
        return [paragraph.number for paragraph in found]

    def _is_common(self, language: str, paragraph: Paragraph) -> bool:
        if paragraph.kind == CODE:
            return False
        text = paragraph.text
        sentence = ends_sentence(text) or not is_label(text)
        least, share = (SENTENCE_FILES, SENTENCE_SHARE) if sentence else (MIN_FILES, FILE_SHARE)
        return self._count(language, text) >= least and self._share(language, text) >= share

    def _share(self, language: str, text: str) -> float:
        return self._count(language, text) / self._files[language]

    def _count(self, language: str, text: str) -> int:
        return self._counts[language].get(_digest(text), 0)


class _Lines(NamedTuple):
    """Lines of several articles, one after the other."""

    digest: NDArray[np.uint64]  # [lines]
    article: NDArray[np.int64]  # [lines]: the article that each is from
    articles: int

    @classmethod
    def of(cls, digests: Sequence[bytes]) -> Self:
        """Return the lines with these digests, article by article."""
        article = np.repeat(np.arange(len(digests)), [len(own) // _DIGEST for own in digests])
        return cls(np.frombuffer(b"".join(digests), dtype="<u8"), article, len(digests))

    def files(self, counted: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
        """Return for each line how many articles have it, `[lines]`; only of the `counted` lines if given."""
        distinct, line = np.unique(self.digest, return_inverse=True)
        place = line * self.articles + self.article
        place = np.sort(place if counted is None else place[counted])
        once = place[np.append(True, place[1:] != place[:-1])[: len(place)]]
        files: NDArray[np.int64] = np.bincount(once // max(1, self.articles), minlength=len(distinct))[line]
        return files


def _is_own(outlines: Sequence[Outline]) -> NDArray[np.bool_]:
    """Tell whose running text is the article's own, `[articles]`; versions of one article repeat each other.

    All are in one language.
    """
    lines = _Lines.of([article.running for article in outlines])
    sizes = np.frombuffer(b"".join(article.sizes for article in outlines), dtype="<u4")
    total = np.bincount(lines.article, sizes, len(outlines))
    repeated = np.bincount(lines.article, sizes * (lines.files() > 1), len(outlines))
    own: NDArray[np.bool_] = repeated <= VERSION_SHARE * total
    return own


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()


def _edges(paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
    if len(paragraphs) <= 2 * MAX_EDGE:
        return paragraphs
    return (*paragraphs[:MAX_EDGE], *paragraphs[-MAX_EDGE:])
