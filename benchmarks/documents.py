"""Documents with known alignment, and noise to make raw articles of them.

A document file, plain or gzipped, has one document per line, `{"doc": id, "units": [{"it": text, "ko": text,
...}, ...]}`. A unit is a sentence or a paragraph. A language may be missing from a whole document.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

KEPT_WHOLE = 4
"""Texts of at most this many paragraphs lose none; too little would be left."""


@dataclass(frozen=True)
class Noise:
    """Probabilities of differences between the languages of an article."""

    density: float = 0.45  # a paragraph ends after a unit in all languages
    merge: float = 0.1  # one language lacks such a paragraph end
    split: float = 0.05  # one language has an extra paragraph end
    drop: float = 0.04  # one language lacks a paragraph
    add: float = 0.03  # one language has a paragraph of another document after one of its own


class Document(NamedTuple):
    """A text in several languages, unit by unit."""

    name: str
    units: Sequence[Mapping[str, str]]

    @property
    def languages(self) -> tuple[str, ...]:
        """Its languages, sorted."""
        return tuple(sorted(self.units[0]))


class NoisyParagraph(NamedTuple):
    """A paragraph and its units; none if it comes from another document."""

    units: tuple[int, ...]
    text: str


NoisyArticle = Mapping[str, Sequence[NoisyParagraph]]
"""The paragraphs by language."""

Strangers = Mapping[str, Sequence[tuple[str, str]]]
"""Units by language, as (name of the document, text)."""


def read_documents(path: Path) -> list[Document]:
    """Read a document file; runs of white space inside a unit become single spaces."""
    documents = []
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        for line in lines:
            if line.strip():
                record = json.loads(line)
                units = [{code: " ".join(text.split()) for code, text in u.items()} for u in record["units"]]
                documents.append(Document(record["doc"], units))
    return documents


def strangers_of(documents: Iterable[Document]) -> Strangers:
    """Return the units of all documents, to add to other documents."""
    units: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for document in documents:
        for unit in document.units:
            for language, text in unit.items():
                units[language].append((document.name, text))
    return units


def add_noise(
    document: Document, languages: Sequence[str], noise: Noise, strangers: Strangers, rng: random.Random
) -> NoisyArticle:
    """Return the paragraphs of a document with noise, in the given languages that it has."""
    common_ends = {k for k in range(len(document.units) - 1) if rng.random() < noise.density}
    article = {}
    for language in languages:
        if language not in document.languages:
            continue
        paragraphs: list[NoisyParagraph] = []
        cut = _cut(len(document.units), common_ends, noise, rng)
        for units in cut:
            if len(cut) <= KEPT_WHOLE or rng.random() >= noise.drop:
                text = " ".join(document.units[unit][language] for unit in units)
                paragraphs.append(NoisyParagraph(tuple(units), text))
            if rng.random() < noise.add:
                name, text = rng.choice(strangers[language])
                if name != document.name:
                    paragraphs.append(NoisyParagraph((), text))
        article[language] = paragraphs
    return {language: paragraphs for language, paragraphs in article.items() if paragraphs}


def known_rows(article: NoisyArticle) -> list[dict[str, list[int]]]:
    """Return the rows of an article as paragraph numbers from 1 by language, linked by shared units.

    A row ends after a unit if no language has a paragraph that continues.
    """
    paragraphs = [paragraph for of_language in article.values() for paragraph in of_language]
    goes_on = {unit for paragraph in paragraphs for unit in paragraph.units[:-1]}
    row_of: dict[int, int] = {}
    for unit in range(1 + max((unit for paragraph in paragraphs for unit in paragraph.units), default=-1)):
        row_of[unit] = row_of[unit - 1] if unit - 1 in goes_on else unit
    rows: defaultdict[int, dict[str, list[int]]] = defaultdict(dict)
    alone: list[dict[str, list[int]]] = []
    for language, of_language in article.items():
        for number, paragraph in enumerate(of_language, start=1):
            if paragraph.units:
                rows[row_of[paragraph.units[0]]].setdefault(language, []).append(number)
            else:
                alone.append({language: [number]})
    return [rows[first] for first in sorted(rows)] + alone


def _cut(units: int, common_ends: set[int], noise: Noise, rng: random.Random) -> list[list[int]]:
    """Return the paragraphs of one language as lists of units."""
    paragraphs: list[list[int]] = [[]]
    for unit in range(units):
        paragraphs[-1].append(unit)
        common = unit in common_ends
        if unit < units - 1 and rng.random() < (1 - noise.merge if common else noise.split):
            paragraphs.append([])
    return paragraphs
