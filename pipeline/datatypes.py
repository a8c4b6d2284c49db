"""The records that the stages exchange, in the order in which a run makes them.

They are immutable and hold only text and numbers. Sentence vectors are passed separately, as the
`float32[n, d]` array of `pipeline.embedding.vectors.Text`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

PARAGRAPH_JOINER = "\n\n"
"""Separator between paragraphs in the same cell of the corpus."""

SEVERITIES = ("critical", "major", "minor", "neutral")
"""The severities of a finding, gravest first."""

LEVELS = ("paragraph", "sentence")
"""The units that the corpus can be aligned by."""

APPROVED, REJECTED, REPAIRED = "approved", "rejected", "repaired"
"""A reviewer's verdicts on a row."""

BOILERPLATE, OTHER_LANGUAGE = "boilerplate", "other language"
"""Reasons other than an omission why a paragraph has no counterpart."""

CODE = "code"
"""The kind of paragraphs of code: their lines are kept, they are in no language, and no check reads them."""

Advance = Callable[[int], None]
"""A callback that progress is reported to: how many more items are done."""

Span = tuple[int, int]
"""Half-open range `(start, end)` of code points."""

Node = tuple[int, int]
"""A unit of an article as (language, unit), both counted from 0."""

Nodes = frozenset[Node]
"""The units of a row."""


class Metadata(NamedTuple):
    """What a file states about an article; "" for whatever is missing."""

    title: str = ""
    author: str = ""
    date: str = ""  # as written in the file
    url: str = ""
    id: str = ""
    language: str = ""


NO_METADATA = Metadata()


class Block(NamedTuple):
    """A paragraph before its language and sentences are known; its kinds are those of `Paragraph`."""

    kind: str
    text: str


class Change(NamedTuple):
    """One repair that the normaliser made."""

    name: str  # the repair's name, shared by its function and its option
    position: int  # offset in the paragraph's normalised text
    before: str
    after: str
    paragraph: int = 0  # its number; 0 if the text has not been split into paragraphs


@dataclass(frozen=True, slots=True)
class RawText:
    """An article as read: decoded, otherwise untouched."""

    file: str  # POSIX path relative to the raw folder; "#3" is appended if the file holds several articles
    text: str
    encoding: str  # the Python codec that decoded it
    format: str  # "txt", "md" or "html"; "blocks" if the file defines its own paragraphs
    metadata: Metadata = NO_METADATA
    blocks: tuple[Block, ...] = ()  # instead of `text`
    changes: tuple[Change, ...] = ()  # repairs made while reading


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file that the run skips, and the reason to show the user."""

    file: str
    reason: str
    language: str = ""  # code of the one that it is in, if the run skips it for that


class Suspicion(NamedTuple):
    """Something that looks wrong and cannot be repaired."""

    name: str
    paragraph: int
    position: int  # offset in the paragraph's text
    text: str  # the suspicious text


class Paragraph(NamedTuple):
    """A paragraph of one file."""

    number: int  # 1, 2, ... in the raw file
    kind: str  # "title", "heading", "paragraph", "list-item", "quote", "table-cell", "caption", "code" or
    # "boilerplate"
    text: str  # normalised
    sentences: tuple[Span, ...]  # spans of `text`; together they cover everything except whitespace
    language: str  # language code; "" if there is too little text to tell


@dataclass(frozen=True, slots=True)
class Article:
    """A raw article after normalisation, language detection and segmentation."""

    file: str
    language: str
    language_confidence: float  # 0..1
    paragraphs: tuple[Paragraph, ...]
    changes: tuple[Change, ...]
    encoding: str
    metadata: Metadata = NO_METADATA
    suspicions: tuple[Suspicion, ...] = ()
    doubtful: tuple[int, ...] = ()  # boilerplate by shape and words alone: it is text if it has a counterpart


@dataclass(frozen=True, slots=True)
class ArticleGroup:
    """The language versions of one article, at most one file for each language."""

    id: str
    articles: tuple[Article, ...]  # in configured language order
    beliefs: tuple[tuple[float, str, str], ...] = ()  # probability that two languages' files match

    @property
    def languages(self) -> tuple[str, ...]:
        """The article's languages, in configured order."""
        return tuple(article.language for article in self.articles)


class Verdict(NamedTuple):
    """The outcome for one raw file."""

    file: str
    article: str  # id of its `ArticleGroup`, or ""
    language: str
    language_confidence: float
    paragraphs: int
    verdict: str  # "parallel", "partial", "alone", "duplicate" or "rejected"
    score: float  # 0..1
    reason: str
    penalty: float | None = None  # error points per 1,000 words; None if the file is in no article
    repairs: str = ""  # the repairs with their counts, as in "odd_spaces 12, mojibake 1"
    suspicions: str = ""  # the suspicions with their counts, in the same form
    boilerplate: str = ""  # numbers of the boilerplate paragraphs
    metadata: Metadata = NO_METADATA
    suspicious: str = (
        ""  # the suspicions with their paragraphs, as in "missing_characters 3,7; truncated_end 9"
    )
    name: str = ""  # what people call the article: a title, or its first words


class Rival(NamedTuple):
    """The paragraph outside a row most likely to belong to it, shown to reviewers as the alternative."""

    language: str
    paragraph: int  # its number in the raw file
    probability: float


@dataclass(frozen=True, slots=True)
class Row:
    """Paragraphs that translate each other.

    `cells[k]` holds the paragraphs in `languages[k]`. `languages` lists the article's languages, so an
    empty cell means that the version in that language lacks this row.
    """

    article: str
    number: int  # 1, 2, ... in reading order within the article
    id: str  # derived from the texts, stable across runs
    languages: tuple[str, ...]
    cells: tuple[tuple[Paragraph, ...], ...]
    confidence: float  # 0..1, probability that exactly these paragraphs belong together
    status: str  # "aligned", "partial" or "unmatched"
    moved: bool = False  # some language has it at another place in the reading order
    rival: Rival | None = None  # the likeliest alternative, if any
    alone: str = ""  # why an unmatched row is neither omission nor addition (`pipeline.rows.unmatched`)
    review: str = ""  # the reviewer's verdict: "approved", "rejected", "repaired" or ""
    block: int = 1  # if moved: the rows of the block that this row heads; 0 if an earlier row heads it

    def text(self, language: str) -> str:
        """Return the text in one language, paragraphs joined by a blank line; "" if there is none."""
        if language not in self.languages:
            return ""
        cell = self.cells[self.languages.index(language)]
        return PARAGRAPH_JOINER.join(paragraph.text for paragraph in cell)


class Finding(NamedTuple):
    """A possible error in a row, for review; the fields are the first columns of findings.csv."""

    id: str  # fingerprint of the rule, place and texts
    row_id: str
    article: str
    rule: str  # "family.check"
    issue_type: str  # ITS 2.0 localisation-quality issue type
    category: str  # MQM
    severity: str  # "critical", "major", "minor" or "neutral"
    source_language: str
    target_language: str
    source_span: str  # "start-end", code points of the cell's text; "" for the whole cell
    target_span: str
    message: str
    suggestion: str
    status: str  # "open" or "dismissed"


def fingerprint(text: str) -> str:
    """Return a hash of a paragraph's text, 12 hexadecimal digits."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


_NUMBER = re.compile(r"[0-9]+(?:e[0-9]+)?")
_LETTERS = "ghijklmnop"
"""What stands for the first digit of an id that would otherwise be a number."""


def unlike_number(id: str) -> str:
    """Return an id that no spreadsheet takes for a number, as it takes `123456789012` and `1234e5678901`."""
    return _LETTERS[int(id[0])] + id[1:] if _NUMBER.fullmatch(id) else id


def digest_of_id(id: str) -> str:
    """Return the digest that `unlike_number` made this id of."""
    return f"{_LETTERS.index(id[0])}{id[1:]}" if id[:1] and id[0] in _LETTERS else id


def units_of(paragraphs: Sequence[Paragraph], level: str) -> Sequence[Paragraph]:
    """Return the units to align: the paragraphs, or their sentences under the paragraph's number."""
    if level == "paragraph":
        return paragraphs
    return [
        paragraph._replace(text=paragraph.text[start:end], sentences=((0, end - start),))
        for paragraph in paragraphs
        for start, end in paragraph.sentences
    ]
