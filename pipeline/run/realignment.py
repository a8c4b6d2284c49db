"""Aligns one article of a finished run anew, as the next run will with the decisions made since.

A run leaves a note of where the sentence vectors of its articles are in its cache (`note_sources`). With it,
one article takes the steps of a run from the decisions to the rows; nothing else is read or made again.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline.alignment.align import align_texts, small_matrices
from pipeline.alignment.likeness import Likeness
from pipeline.alignment.loops import compile_loops
from pipeline.datatypes import Article, ArticleGroup, Row
from pipeline.decisions.record import Decision
from pipeline.decisions.resolve import Resolved, resolve
from pipeline.decisions.splits import split_article
from pipeline.embedding.vectors import Text, centred, embed_article
from pipeline.errors import InputError
from pipeline.matching.groups import Group
from pipeline.output.commit import REVIEW_PAGE
from pipeline.review.page import page_data_of
from pipeline.rows.compose import compose
from pipeline.run.steps.decide import settled_rows
from pipeline.run.steps.embed import Bodies, Centres, Texts, encoder_of, text_at
from pipeline.run.steps.library import article_digest
from pipeline.segmentation.boilerplate import as_boilerplate, body
from pipeline.store.cache import FOLDER, Cache
from pipeline.store.codecs import encode, reader_of
from pipeline.store.packs import Damaged, Place, read_entry
from pipeline.store.plain_files import read_bytes

_NOTE = "sources"


class _Member(NamedTuple):
    """The file of one language."""

    article: Place
    repeated: frozenset[int]  # paragraphs that are boilerplate because other files repeat them
    has_doubtful: bool  # whether some of its boilerplate is text if it has a counterpart
    digest: bytes  # of what was embedded
    text: Place


class _Source(NamedTuple):
    languages: tuple[str, ...]
    beliefs: tuple[tuple[float, str, str], ...]
    members: tuple[_Member, ...]


class _Sources(NamedTuple):
    """What the articles of a run were aligned from."""

    page: bytes  # digest of the page's data, which tells the run
    languages: tuple[str, ...]
    level: str
    keep_boilerplate: bool
    model: str
    likeness: Likeness
    centres: dict[str, bytes]  # float32[d], by language
    articles: dict[str, _Source]


class Realigned(NamedTuple):
    """The rows that an article will have, and the languages of the run."""

    rows: list[Row]
    languages: tuple[str, ...]


def note_sources(
    cache: Cache,
    page: bytes,
    groups: Iterable[Group],
    bodies: Bodies,
    texts: Texts,
    likeness: Likeness,
    model: str,
    languages: tuple[str, ...],
) -> None:
    """Note what these articles were aligned from; `page` are the data of the page that shows them."""
    library = bodies.library

    def member(k: int) -> _Member:
        repeated = library.repeated.get(k, frozenset())
        place = bodies.place(k).place
        return _Member(place, repeated, library.metas[k].doubtful, bodies.digests[k], texts.place(k)[0])

    articles = {
        group.id: _Source(group.languages, group.beliefs, tuple(map(member, group.members)))
        for group in groups
    }
    centres = {code: centre.astype(np.float32).tobytes() for code, centre in texts.centres.items()}
    sources = _Sources(
        _digest(page),
        languages,
        bodies.level,
        bodies.keep_boilerplate,
        model,
        likeness,
        centres,
        articles,
    )
    cache.set_note(_NOTE, encode(sources))


def _digest(page: bytes) -> bytes:
    return hashlib.blake2b(page, digest_size=16).digest()


class Realigner:
    """Aligns articles of the corpus in a folder anew; safe to use from several threads."""

    def __init__(self, out: Path) -> None:
        self._out, self._lock = out, threading.Lock()
        self._known: tuple[float, _Sources] | None = None  # the page's time of change

    def warm_up(self) -> None:
        """Load what the first article would wait for; raises `InputError`."""
        with self._lock:
            compile_loops()
            sources = self._sources()
            first = next(iter(sources.articles.items()), None)
            if first:
                self._align(sources, *first, ())

    def is_ready(self) -> bool:
        """Return whether the run has left what it takes."""
        with self._lock:
            try:
                return bool(self._sources().articles)
            except InputError:
                return False

    def rows(self, article: str, decisions: Sequence[Decision]) -> Realigned:
        """Return the rows that the next run will give to an article with these decisions about it.

        Raises `InputError` if the run has left nothing to align it from.
        """
        with self._lock:
            sources = self._sources()
            source = sources.articles.get(article)
            if source is None:
                raise InputError("the run has left no vectors of this article")
            try:
                return Realigned(self._align(sources, article, source, decisions), sources.languages)
            except (Damaged, OSError) as error:
                raise InputError("the vectors of this article are not in the cache any more") from error

    def _sources(self) -> _Sources:
        """Return the note of the run that made the page; raises `InputError`."""
        path = self._out / REVIEW_PAGE
        try:
            changed = path.stat().st_mtime
        except OSError as error:
            raise InputError(f"cannot read {path}: {error.strerror}") from error
        if self._known is None or self._known[0] != changed:
            found = Cache(self._out / FOLDER, "-").note(_NOTE, reader_of(_Sources))
            if found is None or found.page != _digest(page_data_of(read_bytes(path), str(path))):
                raise InputError("the run has left no vectors; it may have been made without its cache")
            self._known = changed, found
        return self._known[1]

    def _align(self, sources: _Sources, id: str, source: _Source, decisions: Sequence[Decision]) -> list[Row]:
        folder, level = self._out / FOLDER, sources.level
        read = [_whole(folder, member) for member in source.members]
        raw = ArticleGroup(id, tuple(read), source.beliefs)
        resolved = resolve(decisions, {id: raw}, level)
        splits = resolved.splits.get(id, ())
        whole = replace(raw, articles=tuple(split_article(a, splits, level) for a in read))
        own, doubtful = _bodies(sources, source, whole, resolved)
        plan = resolved.plan(id)
        settled = settled_rows(plan, own, whole, level)
        anchors = [tuple(sorted(nodes)) for nodes in settled]
        centres = {code: np.frombuffer(data, np.float32) for code, data in sources.centres.items()}
        with small_matrices():
            texts = [
                _text(folder, sources.model, centres, member, article)
                for member, article in zip(source.members, own.articles, strict=True)
            ]
            open_to = [tuple(sorted(later)) for later in settled.values()]
            rows = align_texts(texts, sources.likeness, level, anchors=anchors, open_to=open_to)
        return compose(own, whole, rows, level, plan.review_of, doubtful)[0]


def _whole(folder: Path, member: _Member) -> Article:
    article = read_entry(folder, member.article, reader_of(Article))
    return as_boilerplate(article, member.repeated) if member.repeated else article


def _bodies(
    sources: _Sources, source: _Source, whole: ArticleGroup, resolved: Resolved
) -> tuple[ArticleGroup, list[frozenset[int]]]:
    """Return an article as it is aligned, and the doubtful paragraphs in it (`rows.compose`)."""
    if sources.keep_boilerplate:
        return whole, []
    joined = resolved.joined_texts().get(whole.id, set())
    own = [
        body(article, sources.level, joined, member.has_doubtful)
        for article, member in zip(whole.articles, source.members, strict=True)
    ]
    doubtful = [
        frozenset(article.doubtful) if member.has_doubtful else frozenset[int]()
        for article, member in zip(whole.articles, source.members, strict=True)
    ]
    return replace(whole, articles=tuple(own)), doubtful


def _text(folder: Path, model: str, centres: Centres, member: _Member, article: Article) -> Text:
    """Return the text of an article from the cache, or embedded anew if it is another one now."""
    if article_digest(article) == member.digest:
        return text_at(folder, centres, member.text, article.language)
    return centred(embed_article(article, encoder_of(model)), centres)
