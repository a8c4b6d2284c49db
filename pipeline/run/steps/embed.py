"""Embeds all articles; the vectors are stored on disk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.datatypes import Advance, Article
from pipeline.decisions.splits import Split, split_article
from pipeline.embedding.codecs import (
    checked_article_vector,
    decode_article_vectors,
    decode_literals,
    decode_text,
    decode_vector,
    encode_article_vector,
    encode_literals,
    encode_text,
    encode_vector,
)
from pipeline.embedding.encoders import Encoder, load_encoder
from pipeline.embedding.vectors import (
    ArticleVectors,
    Text,
    article_vector_of,
    centred,
    embed_article,
    language_means,
)
from pipeline.matching.literals import HashesOfTexts, literals_of
from pipeline.run.steps.chunks import Context, code_version, fill, larger
from pipeline.run.steps.library import Library, article_digest
from pipeline.run.steps.ondisk import OnDisk
from pipeline.segmentation.boilerplate import body
from pipeline.store.cache import Cache, keys_after
from pipeline.store.codecs import reader_of
from pipeline.store.packs import Entry, Place, read_entry

CHUNK = 64
"""Articles embedded per chunk."""


class BodyPlace(NamedTuple):
    """Where the body of an article is."""

    place: Place  # of the whole article
    aside: frozenset[int] | None  # as for `without_aside`
    splits: tuple[Split, ...]  # paragraphs that people have split
    level: str  # at which they are split


class _Item(NamedTuple):
    key: bytes
    body: BodyPlace


Centres = Mapping[str, NDArray[np.float32]]

article_vector_key, _plain_key = keys_after("article vector"), keys_after("plain")
"""Return the keys of a text's article vector, and of its `plain` vector, which few models need."""

_literals_key = keys_after("literals")


class Texts(OnDisk[Text]):
    """The centred texts of a library, read from disk on demand."""

    def __init__(
        self, cache: Cache, languages: Sequence[str], keys: Sequence[bytes], centres: Centres | None
    ) -> None:
        """`centres` are the given means of the languages; None computes those of this library."""
        self._cache, self._languages, self.keys = cache, languages, keys
        self.centres = centres or language_means(
            languages,
            cache.read_all(map(_plain_key, keys), decode_vector),
            self.article_vectors().sentences.tolist(),
        )
        key_after = {
            code: keys_after("centred", code, centre.tobytes()) for code, centre in self.centres.items()
        }
        key_after |= {code: keys_after("centred", code) for code in set(languages) - key_after.keys()}
        self._centred_keys = [key_after[code](key) for key, code in zip(keys, languages, strict=True)]

    def __len__(self) -> int:
        return len(self.keys)

    def article_vectors(self) -> ArticleVectors:
        """Return the vectors of all articles; raises `pipeline.store.packs.Damaged`."""
        data = self._cache.read_all(map(article_vector_key, self.keys), checked_article_vector)
        return decode_article_vectors(data, self._languages)

    def literals(self) -> HashesOfTexts:
        """Return the literals of all texts; raises `pipeline.store.packs.Damaged`."""
        return HashesOfTexts(self._cache.read_all(map(_literals_key, self.keys), decode_literals))

    def read(self, k: int) -> Text:
        """Return text `k`; raises `pipeline.store.packs.Damaged`."""
        return centred(_text_at(self._cache.folder, *self.place(k)), self.centres)

    def key(self, k: int) -> bytes:
        """Return the key of text `k`, which covers everything that the text depends on."""
        return self._centred_keys[k]

    def place(self, k: int) -> tuple[Place, str]:
        """Return the place and language of text `k`, for `text_at` in another process."""
        place = self._cache.find(self.keys[k])
        assert place is not None
        return place, self._languages[k]


def text_at(folder: Path, centres: Centres, place: Place, language: str) -> Text:
    """Return the text at a place, centred, without vector; raises `pipeline.store.packs.Damaged`."""
    return centred(_text_at(folder, place, language), centres, with_vector=False)


def _text_at(folder: Path, place: Place, language: str) -> Text:
    return read_entry(folder, place, partial(decode_text, language=language))


class Bodies(OnDisk[Article]):
    """The articles of a library as embedded and aligned: without boilerplate."""

    def __init__(
        self,
        library: Library,
        keep_boilerplate: bool,
        level: str,
        joined: Mapping[int, Collection[tuple[str, str]]] = MappingProxyType({}),
        with_doubtful: Collection[int] = frozenset(),
    ) -> None:
        """`level` and, for some articles, `joined` and `with_doubtful` are those of `boilerplate.body`."""
        self.library = library
        self.keep_boilerplate, self.level = keep_boilerplate, level
        self.digests: list[bytes] = []
        self._aside: dict[int, frozenset[int]] = {}  # excluded paragraphs, if not just the marked ones
        self.doubtful: dict[int, frozenset[int]] = {}
        """The doubtful paragraphs that are included, by article."""
        for k, meta in enumerate(library.metas):
            self.digests.append(meta.whole if keep_boilerplate else meta.digest)
            if keep_boilerplate:
                self._aside[k] = frozenset()
                if k in library.splits:
                    self.digests[k] = article_digest(library[k])
            elif (
                k in library.repeated
                or k in library.splits
                or k in with_doubtful
                or (k in joined and meta.digest != meta.whole)
            ):
                article = library[k]
                own = body(article, level, joined.get(k, ()), k in with_doubtful)
                if k in with_doubtful:
                    self.doubtful[k] = frozenset(article.doubtful)
                self.digests[k] = article_digest(own)
                left = {paragraph.number for paragraph in own.paragraphs}
                self._aside[k] = frozenset(p.number for p in article.paragraphs) - left

    def with_lines(self, joined: Mapping[int, Collection[tuple[str, str]]], members: Iterable[int]) -> Bodies:
        """Return the bodies with boilerplate that may be text: joined lines, and doubtful ones of members."""
        doubtful = {k for k in members if self.library.metas[k].doubtful and not self.keep_boilerplate}
        changed = joined or doubtful or self.library.splits
        return Bodies(self.library, self.keep_boilerplate, self.level, joined, doubtful) if changed else self

    def __len__(self) -> int:
        return len(self.library)

    def read(self, k: int) -> Article:
        """Return the body of article `k`; raises `pipeline.store.packs.Damaged`."""
        return without_aside(self.library[k], self._aside.get(k))

    def place(self, k: int) -> BodyPlace:
        """Return where to find the body of article `k`, for `whole_at`."""
        place = self.library.cache.find(self.library.keys[k])
        assert place is not None
        return BodyPlace(place, self.aside(k), self.library.splits.get(k, ()), self.level)

    def aside(self, k: int) -> frozenset[int] | None:
        """Return the excluded paragraphs of article `k`; None: those marked in the article itself."""
        return self._aside.get(k)


def whole_at(folder: Path, body: BodyPlace) -> Article:
    """Return the article at a place, its paragraphs split; raises `pipeline.store.packs.Damaged`."""
    article = read_entry(folder, body.place, reader_of(Article))
    return split_article(article, body.splits, body.level)


def without_aside(article: Article, aside: frozenset[int] | None) -> Article:
    """Return an article without the paragraphs of these numbers; None: those marked in the article."""
    if aside is None:
        return body(article)
    own = tuple(paragraph for paragraph in article.paragraphs if paragraph.number not in aside)
    return replace(article, paragraphs=own)


def embed_bodies(bodies: Bodies, model: str, encoder: Encoder, context: Context, advance: Advance) -> Texts:
    """Return the texts of all articles; `encoder` belongs to `model`. `advance` counts articles."""
    key_of_vectors = keys_after("vectors", code_version(), encoder.digest)
    keys = [key_of_vectors(digest) for digest in bodies.digests]
    items: dict[bytes, _Item] = {}
    for k, key in enumerate(keys):
        if key not in items and (key not in context.cache or article_vector_key(key) not in context.cache):
            items[key] = _Item(key, bodies.place(k))
    advance(len(keys) - len(items))
    fill(context, "vectors", partial(_embed, model), items.values(), larger(CHUNK, len(items)), advance)
    languages = [profile.language for profile in bodies.library.profiles]
    return Texts(context.cache, languages, keys, encoder.centres or None)


@lru_cache(maxsize=1)
def encoder_of(model: str) -> Encoder:
    """Return the encoder of a model, loaded once per process. Raises `ModelError`."""
    return load_encoder(model)


def _embed(model: str, folder: Path, item: _Item) -> list[Entry]:
    article = without_aside(whole_at(folder, item.body), item.body.aside)
    literals = literals_of(p.text for p in article.paragraphs)
    text = embed_article(article, encoder_of(model))
    del article  # an article may be as large as its vectors
    article_vector = article_vector_of(text)
    return [
        (item.key, encode_text(text)),
        (article_vector_key(item.key), encode_article_vector(article_vector)),
        (_plain_key(item.key), encode_vector(article_vector.plain)),
        (_literals_key(item.key), encode_literals(literals)),
    ]
