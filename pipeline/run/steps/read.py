"""Reads and prepares all files; files with cached bytes are skipped, whatever their names."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pipeline.datatypes import CODE, Advance, Article, Change, Paragraph, RawText, Rejection
from pipeline.errors import InputError, SynopticError
from pipeline.ingestion.ingest import RawFile, is_streamed, name_below, stream_below
from pipeline.languages.codes import language_label
from pipeline.matching.profiles import Profile, boilerplate_of, profile_of
from pipeline.run.steps.chunks import Context, fill, fill_sized
from pipeline.run.steps.file_keys import FileKeys, Languages, Settings, file_key, key_as_stated
from pipeline.run.steps.ondisk import OnDisk
from pipeline.segmentation.boilerplate import KIND, as_boilerplate, body
from pipeline.segmentation.paragraph_numbers import format_paragraph_numbers
from pipeline.segmentation.repetition import Outline, Repetition, outline
from pipeline.store.cache import Cache, key_of
from pipeline.store.codecs import encode, reader_of
from pipeline.store.packs import Entry

if TYPE_CHECKING:
    from pipeline.detection.detector import LanguageDetector

CHUNK = 64
"""Files read per chunk."""

ATTEMPTS = 5
"""Maximum attempts to read a file that changes while it is read."""


class ArticleMeta(NamedTuple):
    """Facts about an article, without its text."""

    suffix: str  # appended to the name of the file
    profile: Profile
    digest: bytes  # of the body: its sentences and paragraph starts (`pipeline.rows.setaside`)
    whole: bytes  # the same including boilerplate
    outline: Outline
    doubtful: bool  # whether some of its boilerplate is doubtful


class FileEntry(NamedTuple):
    """The result of reading a file."""

    articles: tuple[ArticleMeta, ...]
    rejections: tuple[tuple[str, str], ...]  # suffix and reason
    parts: int = 0  # of a file that is read as a stream: so many entries of its own

    def seeming(self, suffix: str) -> tuple[str, str]:
        """Return the language of one of the articles, and in words what it seems to be."""
        for meta in self.articles:
            if meta.suffix == suffix:
                language = meta.profile.language
                return language, f"its text looks like {language_label(language)}"
        reason = next((reason for where, reason in self.rejections if where == suffix), "")
        return "", f"otherwise it would be rejected: {reason}" if reason else ""


class _Source(NamedTuple):
    """A file to read."""

    path: str
    stated: Languages = ()


class Library(OnDisk[Article]):
    """The articles of a run, read from disk on demand."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self.profiles: list[Profile] = []
        self.metas: list[ArticleMeta] = []
        self.keys: list[bytes] = []
        self.rejections: list[Rejection] = []
        self.repeated: dict[int, frozenset[int]] = {}  # paragraphs that other files repeat, by article
        self.told_otherwise: dict[str, str] = {}  # what files in a stated language seem to be, in words

    def add(self, name: str, key: bytes, entry: FileEntry) -> None:
        """Add the articles and rejections of a file."""
        for number, meta in enumerate(entry.articles):
            self.profiles.append(meta.profile._replace(file=name + meta.suffix))
            self.metas.append(meta)
            self.keys.append(_article_key(key, number))
        self.rejections += (Rejection(name + suffix, reason) for suffix, reason in entry.rejections)

    def mark_repetition(self) -> None:
        """Mark lines that several files share at their edges as boilerplate."""
        repetition = Repetition([meta.outline for meta in self.metas])
        for k in repetition.concerned:
            article = self[k]
            marked = repetition.marked(article)
            if marked is not article:
                self.repeated[k] = frozenset(p.number for p in marked.paragraphs if p.kind == KIND)
                self.profiles[k] = self.profiles[k]._replace(boilerplate=boilerplate_of(marked))

    def own_paragraphs(self, version_of: Mapping[int, int]) -> dict[int, str]:
        """Return the numbers of each version's paragraphs that the one used in its place does not have."""
        found: dict[int, str] = {}
        for version, kept in version_of.items():
            if self.metas[version].whole != self.metas[kept].whole:
                there = {_folded(paragraph) for paragraph in self[kept].paragraphs}
                own = [p for p in self[version].paragraphs if p.kind != KIND and _folded(p) not in there]
                found[version] = format_paragraph_numbers(own)
        return found

    def changes(self) -> Iterator[tuple[str, Sequence[Change]]]:
        """Yield the name and the repairs of each article that was repaired."""
        for key, profile in zip(self.keys, self.profiles, strict=True):
            if profile.repairs:
                yield profile.file, self.cache.read(_changes_key(key), reader_of(tuple[Change, ...]))

    def __len__(self) -> int:
        return len(self.keys)

    def read(self, k: int) -> Article:
        """Return article `k`; raises `pipeline.store.packs.Damaged`."""
        article = replace(self.cache.read(self.keys[k], reader_of(Article)), file=self.profiles[k].file)
        return as_boilerplate(article, self.repeated[k]) if k in self.repeated else article


def _folded(paragraph: Paragraph) -> str:
    return "".join(filter(str.isalnum, paragraph.text.casefold()))


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
            part = _part_key(key, number)
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
        fill(self._context, "files", partial(_read, raw, settings), small, CHUNK, advance)
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
        parts = [cache.read(_part_key(key, number), reader_of(FileEntry)) for number in range(known.parts)]
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
    """Yield the articles of a file in batches, which bounds the memory for files of any size.

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
    return _entries_of(_part_key(batch.key, batch.number), batch.name, results)


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
        tuple((each.file.removeprefix(name), each.reason) for each in results if isinstance(each, Rejection)),
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
    key = _article_key(file, number)
    yield key, encode(replace(article, changes=()))
    if article.changes:
        yield _changes_key(key), encode(article.changes)


def _meta(article: Article, name: str) -> ArticleMeta:
    suffix, own = article.file.removeprefix(name), article_digest(body(article))
    profile = profile_of(replace(article, file=""))
    return ArticleMeta(
        suffix, profile, own, article_digest(article), outline(article), bool(article.doubtful)
    )


def article_digest(article: Article) -> bytes:
    """Return a digest of an article's sentences and paragraph starts, and of which are code."""
    digest = hashlib.blake2b(digest_size=16)
    for paragraph in article.paragraphs:
        for start, end in paragraph.sentences:
            digest.update(paragraph.text[start:end].encode("utf-8", "surrogatepass") + b"\0")
        digest.update(b"\2" if paragraph.kind == CODE else b"\1")
    return digest.digest()


def _changes_key(article: bytes) -> bytes:
    return key_of("changes", article)


def _part_key(file: bytes, number: int) -> bytes:
    return key_of("part", file, number)


def _article_key(file: bytes, number: int) -> bytes:
    return key_of("article", file, number)


@lru_cache(maxsize=1)
def detector_of(languages: tuple[str, ...]) -> LanguageDetector:
    """Return the detector for these languages, loaded once per process."""
    from pipeline.detection.detector import LanguageDetector

    return LanguageDetector(languages)
