"""Read and prepare all files; what was prepared before is known by its bytes, whatever it is called now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.datatypes import Article, Change, Rejection
from pipeline.errors import InputError, SynopticError
from pipeline.ingestion.ingest import RawFile, name_below
from pipeline.matching.profiles import Profile, boilerplate_of, profile_of
from pipeline.run.steps.chunks import Advance, Context, fill
from pipeline.run.steps.file_keys import FileKeys, Settings, file_key
from pipeline.run.steps.ondisk import OnDisk
from pipeline.segmentation.boilerplate import KIND, as_boilerplate, body
from pipeline.segmentation.repetition import Outline, Repetition, outline
from pipeline.store.cache import Cache, key_of
from pipeline.store.codecs import encode, reader_of
from pipeline.store.packs import Entry

if TYPE_CHECKING:
    from pipeline.detection.language import LanguageDetector

CHUNK = 64
"""Files that are read at a time."""

ATTEMPTS = 5
"""Times that a file is read which changes while it is read."""


class ArticleMeta(NamedTuple):
    """What is known of an article without its text."""

    suffix: str  # behind the file's name
    profile: Profile
    digest: bytes  # of the sentences of its body and where paragraphs begin (`pipeline.rows.setaside`)
    whole: bytes  # the same with its boilerplate
    outline: Outline


class FileEntry(NamedTuple):
    """What a file came to."""

    articles: tuple[ArticleMeta, ...]
    rejections: tuple[tuple[str, str], ...]  # suffix and reason


class Library(OnDisk[Article]):
    """The articles of a run, which lie on disk; one is read when it is asked for."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self.profiles: list[Profile] = []
        self.metas: list[ArticleMeta] = []
        self.keys: list[bytes] = []
        self.rejections: list[Rejection] = []
        self.repeated: dict[int, frozenset[int]] = {}  # paragraphs that other files have as well, by article

    def add(self, name: str, key: bytes, entry: FileEntry) -> None:
        """Take in a file."""
        for number, meta in enumerate(entry.articles):
            self.profiles.append(meta.profile._replace(file=name + meta.suffix))
            self.metas.append(meta)
            self.keys.append(_article_key(key, number))
        self.rejections += (Rejection(name + suffix, reason) for suffix, reason in entry.rejections)

    def mark_repetition(self) -> None:
        """Find the lines that several files have at their edges: they are boilerplate from now on."""
        repetition = Repetition([meta.outline for meta in self.metas])
        for k in repetition.concerned:
            article = self[k]
            marked = repetition.marked(article)
            if marked is not article:
                self.repeated[k] = frozenset(p.number for p in marked.paragraphs if p.kind == KIND)
                self.profiles[k] = self.profiles[k]._replace(boilerplate=boilerplate_of(marked))

    def changes(self) -> Iterator[tuple[str, Sequence[Change]]]:
        """Yield what was repaired in each article that was not as it should be, with the article's name."""
        for key, profile in zip(self.keys, self.profiles, strict=True):
            if profile.repairs:
                yield profile.file, self.cache.read(_changes_key(key), reader_of(tuple[Change, ...]))

    def __len__(self) -> int:
        return len(self.keys)

    def read(self, k: int) -> Article:
        """Return article `k`; raises `pipeline.store.packs.Damaged`."""
        article = replace(self.cache.read(self.keys[k], reader_of(Article)), file=self.profiles[k].file)
        return as_boilerplate(article, self.repeated[k]) if k in self.repeated else article


def read_library(
    raw: Path, files: Sequence[RawFile], settings: Settings, context: Context, advance: Advance
) -> Library:
    """Return what the files that `list_files(raw)` found hold. Raises `SynopticError`."""
    file_keys = FileKeys(raw, settings, context.cache)
    keys = file_keys.find(files)
    missing = [k for k, key in enumerate(keys) if key not in context.cache]
    advance(len(files) - len(missing))
    for _ in range(ATTEMPTS):
        firsts: dict[bytes, str] = {}  # of equal files only one is read
        for k in missing:
            firsts.setdefault(keys[k], files[k].path)
        fill(context, "files", partial(_read, raw, settings), firsts.values(), CHUNK, advance)
        missing = [k for k in missing if keys[k] not in context.cache]
        if not missing:
            break
        for k in missing:
            keys[k] = file_keys.read(files[k])
        advance = lambda done: None  # noqa: E731 (they have been counted)
    if missing:
        raise InputError(f"{files[missing[0]].path} changes while it is read")
    library = Library(context.cache)
    for file, key, entry in zip(files, keys, context.cache.read_all(keys, reader_of(FileEntry)), strict=True):
        library.add(file.name, key, entry)
    library.mark_repetition()
    return library


def _read(raw: Path, settings: Settings, folder: Path, path: str) -> list[Entry]:
    """Return the entries of a file: its entry and its articles, under the key of what was read."""
    file = Path(path)
    key = file_key(raw, file, settings)
    results = _prepared(raw, settings, file)
    if file_key(raw, file, settings) != key:
        return []
    name = name_below(raw, file)
    articles = [each for each in results if isinstance(each, Article)]
    entry = FileEntry(
        tuple(_meta(article, name) for article in articles),
        tuple((each.file.removeprefix(name), each.reason) for each in results if isinstance(each, Rejection)),
    )
    entries = [entry for k, article in enumerate(articles) for entry in _entries(key, k, article)]
    return [(key, encode(entry)), *entries]


def _prepared(raw: Path, settings: Settings, file: Path) -> list[Article | Rejection]:
    """Return what a file holds; one that the program fails at is left out."""
    from pipeline.segmentation.prepare import prepare_file  # which only processes that read files need

    try:
        return prepare_file(raw, file, detector_of(settings.languages), settings.reading)
    except SynopticError:
        raise
    except Exception as error:
        reason = f"cannot be read because of an error in Synoptic, please report it ({error!r})"
        return [Rejection(name_below(raw, file), reason)]


def _entries(file: bytes, number: int, article: Article) -> Iterator[Entry]:
    """Yield an article and its repairs, which are many, rarely asked for, and never together with it."""
    key = _article_key(file, number)
    yield key, encode(replace(article, changes=()))
    if article.changes:
        yield _changes_key(key), encode(article.changes)


def _meta(article: Article, name: str) -> ArticleMeta:
    suffix, own = article.file.removeprefix(name), article_digest(body(article))
    profile = profile_of(replace(article, file=""))
    return ArticleMeta(suffix, profile, own, article_digest(article), outline(article))


def article_digest(article: Article) -> bytes:
    """Return a digest of the sentences of an article and where paragraphs begin."""
    digest = hashlib.blake2b(digest_size=16)
    for paragraph in article.paragraphs:
        for start, end in paragraph.sentences:
            digest.update(paragraph.text[start:end].encode("utf-8", "surrogatepass") + b"\0")
        digest.update(b"\1")
    return digest.digest()


def _changes_key(article: bytes) -> bytes:
    return key_of("changes", article)


def _article_key(file: bytes, number: int) -> bytes:
    return key_of("article", file, number)


@lru_cache(maxsize=1)
def detector_of(languages: tuple[str, ...]) -> LanguageDetector:
    """Return what tells these languages, made once a process."""
    from pipeline.detection.language import LanguageDetector

    return LanguageDetector(languages)
