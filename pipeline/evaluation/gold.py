"""Gold alignments, made by people to score runs against; `docs/evaluation.md` describes the format."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.segmentation.paragraph_numbers import parse_paragraph_numbers
from pipeline.store.plain_files import read_bytes

FileParagraph = tuple[str, int]
"""A paragraph: (file, its number in the raw file)."""


_GOLD_KEYS, _ARTICLE_KEYS = ("articles", "alone"), ("files", "rows")


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """The files of one article and the rows of their paragraphs, in gold or a run."""

    languages: Mapping[str, str]  # by file
    rows: tuple[frozenset[FileParagraph], ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold alignment; every paragraph of an article's files is in exactly one of its rows."""

    articles: tuple[KnownArticle, ...]
    alone: tuple[str, ...]  # files without translation

    def languages(self) -> dict[str, str]:
        """Return the language of every file, "" for those without translation."""
        matched = {file: code for article in self.articles for file, code in article.languages.items()}
        return matched | dict.fromkeys(self.alone, "")

    def paragraph_counts(self) -> Counter[str]:
        """Return the number of paragraphs of every file in an article."""
        return Counter(file for article in self.articles for row in article.rows for file, _ in row)


def read_gold(path: Path) -> Gold:
    """Read a gold file; raises `InputError` if it is inconsistent or incomplete."""
    try:
        record = json.loads(read_bytes(path, follow=True).decode("utf-8-sig"), object_pairs_hook=_unique)
    except OSError as error:
        raise InputError(f"cannot read the gold file {path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"the gold file {path} is not JSON: {error}") from error
    try:
        return parse_gold(record)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error


def parse_gold(record: object) -> Gold:
    """Return the gold in a parsed JSON value; raises `InputError`."""
    table = _object(record, "the gold", _GOLD_KEYS)
    articles = tuple(
        _article(value, f"article {number}")
        for number, value in enumerate(_list(table.get("articles", []), "articles"), start=1)
    )
    alone = tuple(_name(value, "alone") for value in _list(table.get("alone", []), "alone"))
    files = Counter([file for article in articles for file in article.languages] + list(alone))
    if not files:
        raise InputError("the gold names no files")
    for file, times in files.items():
        if times > 1:
            raise InputError(f"{file} appears {times} times")
    return Gold(articles, alone)


def _article(value: object, where: str) -> KnownArticle:
    table = _object(value, where, _ARTICLE_KEYS)
    files = {
        code: _name(name, where)
        for code, name in _object(table.get("files", {}), f"files of {where}").items()
    }
    if len(files) < 2:
        raise InputError(f"{where} has fewer than two files; list a file without translation under alone")
    rows = tuple(
        _row(row, files, f"row {number} of {where}")
        for number, row in enumerate(_list(table.get("rows", []), f"rows of {where}"), start=1)
    )
    article = KnownArticle({file: code for code, file in files.items()}, rows)
    if len(article.languages) < len(files):
        raise InputError(f"{where} has the same file for two languages")
    for problem in _gaps(article):
        raise InputError(f"{where}: {problem}")
    return article


def _row(value: object, files: Mapping[str, str], where: str) -> frozenset[FileParagraph]:
    nodes: list[FileParagraph] = []
    for code, cell in _object(value, where, tuple(files)).items():
        if not isinstance(cell, str | int):
            raise InputError(f"{where}: {code} is {cell!r}, not paragraph numbers such as 4-5")
        try:
            nodes += ((files[code], number) for number in parse_paragraph_numbers(str(cell)))
        except ValueError as error:
            raise InputError(f"{where}: {error}") from error
    if not nodes:
        raise InputError(f"{where} is empty")
    return frozenset(nodes)


def _gaps(article: KnownArticle) -> Iterator[str]:
    """Yield the paragraphs that are not in exactly one row, and files without any, as messages."""
    times = Counter(node for row in article.rows for node in row)
    for file in article.languages:
        numbers = [number for name, number in times if name == file]
        if not numbers:
            yield f"no row has a paragraph of {file}"
        for number in range(1, max(numbers, default=0) + 1):
            if times[file, number] != 1:
                how = "no row" if not times[file, number] else "several rows"
                yield f"paragraph {number} of {file} is in {how}; each has to be in exactly one"


def _unique(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Build a JSON object, refusing repeated names (`json` would silently keep the last)."""
    table = dict(pairs)
    if len(table) < len(pairs):
        name, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise ValueError(f"{name!r} is repeated in one object")
    return table


def _object(value: object, where: str, keys: Sequence[str] = ()) -> dict[str, Any]:
    """Return a JSON object; raises `InputError` otherwise, or for a name outside `keys` (if any)."""
    if not isinstance(value, dict):
        raise InputError(f"{where} must be an object {{...}}")
    for name in value:
        if keys and name not in keys:
            raise InputError(f"{where} has the unknown entry {name!r}; expected {', '.join(keys)}")
    return value


def _list(value: object, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise InputError(f"{where} must be a list [...]")
    return value


def _name(value: object, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise InputError(f"{where}: {value!r} is not a file name")
    return value
