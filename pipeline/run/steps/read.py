"""Reads and prepares all files; files with cached bytes are skipped, whatever their names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pipeline.datatypes import Advance, Article, RawText, Rejection
from pipeline.errors import InputError, SynopticError
from pipeline.ingestion.ingest import RawFile, is_streamed, name_below, stream_below
from pipeline.matching.profiles import profile_of
from pipeline.run.steps.chunks import Context, fill, fill_sized, larger
from pipeline.run.steps.file_keys import FileKeys, Languages, Settings, file_key, key_as_stated
from pipeline.run.steps.library import (
    ArticleMeta,
    FileEntry,
    Library,
    article_digest,
    article_key,
    changes_key,
    part_key,
)
from pipeline.segmentation.boilerplate import body
from pipeline.segmentation.repetition import outline
from pipeline.store.codecs import encode, reader_of
from pipeline.store.packs import Entry

if TYPE_CHECKING:
    from pipeline.detection.detector import LanguageDetector

CHUNK = 64
"""Files read per chunk."""

ATTEMPTS = 5
"""Maximum attempts to read a file that changes while it is read."""


class _Source(NamedTuple):
    """A file to read."""

    path: str
    stated: Languages = ()


def read_library(
    raw: Path,
    files: Sequence[RawFile],
    settings: Settings,
    context: Context,
    advance: Advance,
    stated: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> Library:
    """Return the articles in the files that `list_files(raw)` found. Raises `SynopticError`.

    `stated` are the languages that somebody stated, by file and by the address of the article in it. A file
    is read again only if it seems to be in another one.
    """
    reader = _Reader(raw, files, settings, context)
    reader.read(range(len(files)), advance)
    library = Library(context.cache)
    for k, file in enumerate(files):
        if file.name in stated:
            seeming = reader.read_as_stated(k, stated[file.name])
            library.told_otherwise.update((file.name + suffix, words) for suffix, words in seeming.items())
    reader.read(reader.stated, lambda done: None)
    keys = reader.keys
    for file, key, entry in zip(files, keys, context.cache.read_all(keys, reader_of(FileEntry)), strict=True):
        library.add(file.name, key, entry)
        for number in range(entry.parts):
            part = part_key(key, number)
            library.add(file.name, part, context.cache.read(part, reader_of(FileEntry)))
    library.mark_repetition()
    return library


class _Reader:
    """Reads the files that are not in the cache."""

    def __init__(self, raw: Path, files: Sequence[RawFile], settings: Settings, context: Context) -> None:
        self._raw, self._files, self._settings, self._context = raw, files, settings, context
        self._file_keys = FileKeys(raw, settings, context.cache)
        self.keys = self._file_keys.find(files)
        self.stated: dict[int, Languages] = {}  # of files that are not in the language they seem to be in

    def read(self, which: Collection[int], advance: Advance) -> None:
        """Read those of the files that are missing; the keys change with files that do so meanwhile."""
        cache, keys = self._context.cache, self.keys
        missing = [k for k in which if keys[k] not in cache]
        advance(len(which) - len(missing))
        for _ in range(ATTEMPTS):
            firsts: dict[bytes, _Source] = {}  # one file for each key, because equal files are read once
            for k in missing:
                firsts.setdefault(keys[k], _Source(self._files[k].path, self.stated.get(k, ())))
            self._fill(firsts, advance)
            missing = [k for k in missing if keys[k] not in cache]
            if not missing:
                break
            for k in missing:
                keys[k] = key_as_stated(self._file_keys.read(self._files[k]), self.stated.get(k, ()))
            advance = lambda done: None  # noqa: E731 (already counted)
        if missing:
            path = self._files[missing[0]].path
            raise InputError(f"{path} keeps changing while it is read; try again later")

    def _fill(self, sources: Mapping[bytes, _Source], advance: Advance) -> None:
        """Read files into the cache, large ones of many articles in batches."""
        raw, settings = self._raw, self._settings
        limit = settings.reading.max_bytes
        large = {key: source for key, source in sources.items() if is_streamed(Path(source.path), limit)}
        small = [source for key, source in sources.items() if key not in large]
        fill(self._context, "files", partial(_read, raw, settings), small, larger(CHUNK, len(small)), advance)
        if large:
            batches = (
                batch for key, source in large.items() for batch in _batches(raw, settings, key, source)
            )
            fill_sized(self._context, "parts", partial(_read_batch, settings), batches, advance)

    def read_as_stated(self, k: int, stated: Mapping[str, str]) -> dict[str, str]:
        """Have articles of a file taken in these languages, by address, where they seem to be in others.

        Return what these seem to be, in words.
        """
        cache, key = self._context.cache, self.keys[k]
        known = cache.read(key, reader_of(FileEntry))
        parts = [cache.read(part_key(key, number), reader_of(FileEntry)) for number in range(known.parts)]
        wrong: dict[str, str] = {}
        for suffix, language in sorted(stated.items()):
            for entry in (known, *parts):
                seeming, words = entry.seeming(suffix)
                if words and seeming != language:
                    wrong[suffix] = words
        if wrong:
            self.stated[k] = tuple((suffix, stated[suffix]) for suffix in wrong)
            self.keys[k] = key_as_stated(key, self.stated[k])
        return wrong


class _Batch(NamedTuple):
    """Some articles of a file that is read as a stream; the last batch has none and says that it is all."""

    key: bytes
    name: str
    number: int
    articles: tuple[RawText | Rejection, ...]
    stated: Languages = ()
    ends: bool = False

    def __len__(self) -> int:
        return len(self.articles)


def _batches(raw: Path, settings: Settings, key: bytes, source: _Source) -> Iterator[_Batch]:
    """Yield the articles of a file in batches, so that their texts are never all in memory.

    A file that changed meanwhile gets no end, and is read again.
    """
    file = Path(source.path)
    name = name_below(raw, file)
    number = 0
    stream = stream_below(raw, file, settings.reading)
    while articles := tuple(islice(stream, CHUNK)):
        yield _Batch(key, name, number, articles, source.stated)
        number += 1
    if key_as_stated(file_key(raw, file, settings), source.stated) == key:
        yield _Batch(key, name, number, (), ends=True)


def _read_batch(settings: Settings, folder: Path, batch: _Batch) -> list[Entry]:
    """Return the entries of a batch, under the key of a part of its file."""
    if batch.ends:
        return [(batch.key, encode(FileEntry((), (), batch.number)))]
    detector, skip, stated = detector_of(settings.languages), settings.reading.skip, dict(batch.stated)
    results = [
        _safely(article, detector, skip, stated.get(article.file.removeprefix(batch.name), ""))
        for article in batch.articles
    ]
    return _entries_of(part_key(batch.key, batch.number), batch.name, results)


def _safely(
    article: RawText | Rejection, detector: LanguageDetector, skip: Set[str], stated: str
) -> Article | Rejection:
    """Return what became of an article; a bug in the program rejects only it."""
    from pipeline.segmentation.prepare import prepare

    try:
        return prepare(article, detector, skip, stated)
    except SynopticError:
        raise
    except Exception as error:
        return Rejection(article.file, _bug(error))


def _bug(error: Exception) -> str:
    return f"cannot be read because of an error in Synoptic, please report it ({error!r})"


def _read(raw: Path, settings: Settings, folder: Path, source: _Source) -> list[Entry]:
    """Return the entries of a file and its articles under the key of its bytes; none if they changed."""
    file = Path(source.path)
    before = file_key(raw, file, settings)
    results = _prepared(raw, settings, file, source.stated)
    if file_key(raw, file, settings) != before:
        return []
    return _entries_of(key_as_stated(before, source.stated), name_below(raw, file), results)


def _entries_of(key: bytes, name: str, results: Sequence[Article | Rejection]) -> list[Entry]:
    """Return the entries of articles that were read together, and one that names them."""
    articles = [each for each in results if isinstance(each, Article)]
    entry = FileEntry(
        tuple(_meta(article, name) for article in articles),
        tuple(
            replace(each, file=each.file.removeprefix(name))
            for each in results
            if isinstance(each, Rejection)
        ),
    )
    entries = [entry for k, article in enumerate(articles) for entry in _entries(key, k, article)]
    return [(key, encode(entry)), *entries]


def _prepared(raw: Path, settings: Settings, file: Path, stated: Languages) -> list[Article | Rejection]:
    """Return the contents of a file; a bug in the program rejects only this file."""
    from pipeline.segmentation.prepare import prepare_file  # only needed by processes that read files

    try:
        return prepare_file(raw, file, detector_of(settings.languages), settings.reading, dict(stated))
    except SynopticError:
        raise
    except Exception as error:
        return [Rejection(name_below(raw, file), _bug(error))]


def _entries(file: bytes, number: int, article: Article) -> Iterator[Entry]:
    """Yield the entries of an article and, separately, of its repairs, which are many and rarely read."""
    key = article_key(file, number)
    yield key, encode(replace(article, changes=()))
    if article.changes:
        yield changes_key(key), encode(article.changes)


def _meta(article: Article, name: str) -> ArticleMeta:
    suffix, own = article.file.removeprefix(name), article_digest(body(article))
    profile = profile_of(replace(article, file=""))
    return ArticleMeta(
        suffix, profile, own, article_digest(article), outline(article), bool(article.doubtful)
    )


@lru_cache(maxsize=1)
def detector_of(languages: tuple[str, ...]) -> LanguageDetector:
    """Return the detector for these languages, loaded once per process."""
    from pipeline.detection.detector import LanguageDetector

    return LanguageDetector(languages)
