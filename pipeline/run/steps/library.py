"""The articles of a run and what is known of them without their texts, which are read from disk on demand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from sys import intern
from typing import NamedTuple

from pipeline.datatypes import CODE, Article, Change, Paragraph, Rejection
from pipeline.decisions.splits import Split, split_article
from pipeline.languages.codes import language_label
from pipeline.matching.profiles import Profile, boilerplate_of
from pipeline.run.steps.ondisk import OnDisk
from pipeline.segmentation.boilerplate import KIND, as_boilerplate
from pipeline.segmentation.paragraph_numbers import format_paragraph_numbers
from pipeline.segmentation.repetition import Outline, Repetition
from pipeline.store.cache import Cache, key_of
from pipeline.store.codecs import reader_of


class ArticleMeta(NamedTuple):
    """Facts about an article, without its text."""

    suffix: str  # appended to the name of the file
    profile: Profile
    digest: bytes  # of the body: its sentences and paragraph starts (`pipeline.rows.setaside`)
    whole: bytes  # the same including boilerplate
    outline: Outline
    doubtful: bool  # whether some of its boilerplate is doubtful


class ArticleFacts(NamedTuple):
    """What a run keeps of an article's `ArticleMeta` beside its profile."""

    digest: bytes
    whole: bytes
    doubtful: bool


class FileEntry(NamedTuple):
    """The result of reading a file."""

    articles: tuple[ArticleMeta, ...]
    rejections: tuple[Rejection, ...]  # with the suffix of the file's name alone
    parts: int = 0  # of a file that is read as a stream: so many entries of its own

    def seeming(self, suffix: str) -> tuple[str, str]:
        """Return the language of one of the articles, and in words what it seems to be."""
        for meta in self.articles:
            if meta.suffix == suffix:
                language = meta.profile.language
                return language, f"its text looks like {language_label(language)}"
        reason = next((each.reason for each in self.rejections if each.file == suffix), "")
        return "", f"otherwise it would be rejected: {reason}" if reason else ""


class Library(OnDisk[Article]):
    """The articles of a run, read from disk on demand."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self.profiles: list[Profile] = []
        self.metas: list[ArticleFacts] = []
        self._outlines: list[Outline] = []
        self.keys: list[bytes] = []
        self.rejections: list[Rejection] = []
        self.repeated: dict[int, frozenset[int]] = {}  # paragraphs that other files repeat, by article
        self.splits: dict[int, tuple[Split, ...]] = {}  # paragraphs that people have split, by article
        self.level = ""  # at which they are split
        self.told_otherwise: dict[str, str] = {}  # what files in a stated language seem to be, in words

    def add(self, name: str, key: bytes, entry: FileEntry) -> None:
        """Add the articles and rejections of a file."""
        for number, meta in enumerate(entry.articles):
            language = intern(meta.profile.language)  # one text for all articles in it
            self.profiles.append(meta.profile._replace(file=name + meta.suffix, language=language))
            whole = meta.digest if meta.whole == meta.digest else meta.whole
            self.metas.append(ArticleFacts(meta.digest, whole, meta.doubtful))
            self._outlines.append(meta.outline._replace(language=language))
            self.keys.append(article_key(key, number))
        self.rejections += (replace(each, file=name + each.file) for each in entry.rejections)

    def mark_repetition(self) -> None:
        """Mark lines that several files share at their edges as boilerplate."""
        repetition = Repetition(self._outlines)
        self._outlines = []
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
                yield profile.file, self.cache.read(changes_key(key), reader_of(tuple[Change, ...]))

    def __len__(self) -> int:
        return len(self.keys)

    def read(self, k: int) -> Article:
        """Return article `k`; raises `pipeline.store.packs.Damaged`."""
        article = replace(self.cache.read(self.keys[k], reader_of(Article)), file=self.profiles[k].file)
        article = as_boilerplate(article, self.repeated[k]) if k in self.repeated else article
        return split_article(article, self.splits[k], self.level) if k in self.splits else article


def _folded(paragraph: Paragraph) -> str:
    return "".join(filter(str.isalnum, paragraph.text.casefold()))


def article_digest(article: Article) -> bytes:
    """Return a digest of an article's sentences and paragraph starts, and of which are code."""
    digest = hashlib.blake2b(digest_size=16)
    for paragraph in article.paragraphs:
        for start, end in paragraph.sentences:
            digest.update(paragraph.text[start:end].encode("utf-8", "surrogatepass") + b"\0")
        digest.update(b"\2" if paragraph.kind == CODE else b"\1")
    return digest.digest()


def changes_key(article: bytes) -> bytes:
    """Return the key of the repairs of an article."""
    return key_of("changes", article)


def part_key(file: bytes, number: int) -> bytes:
    """Return the key of a part of a file that is read as a stream."""
    return key_of("part", file, number)


def article_key(file: bytes, number: int) -> bytes:
    """Return the key of an article, from that of its file or of a part of it."""
    return key_of("article", file, number)
