"""The records that travel between the stages, in the order in which a run makes them.

They are immutable and hold text and numbers only. Sentence vectors travel beside them as one
`float32[n, d]` array (see `pipeline.embedding.vectors.SentenceVectors`), never inside a record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

PARAGRAPH_JOINER = "\n\n"
"""What stands between two paragraphs that share a cell of the corpus."""

SEVERITIES = ("critical", "major", "minor", "neutral")
"""The severities of a finding, the gravest first."""

LEVELS = ("paragraph", "sentence")
"""What the corpus can be aligned by."""

APPROVED, REJECTED, REPAIRED = "approved", "rejected", "repaired"
"""What a reviewer can have said of a row."""

BOILERPLATE, OTHER_LANGUAGE = "boilerplate", "other language"
"""Why a paragraph may have no counterpart although nothing was left out."""

Span = tuple[int, int]
"""Half-open range `(start, end)` of code points."""

Node = tuple[int, int]
"""A unit of an article, as (language, unit), counted from 0."""

Nodes = frozenset[Node]
"""The units of a row."""


class Metadata(NamedTuple):
    """What a file says about an article; "" where it does not."""

    title: str = ""
    author: str = ""
    date: str = ""  # as the file writes it
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

    name: str  # the repair's name, which is also its function's and its option's
    position: int  # offset in the paragraph's normalised text
    before: str
    after: str
    paragraph: int = 0  # its number; 0 where the text is not cut into paragraphs


@dataclass(frozen=True, slots=True)
class RawText:
    """An article as it was read: decoded, otherwise untouched."""

    file: str  # path below the raw folder, with "/" between its parts; of one among several, with "#3" behind
    text: str
    encoding: str  # the Python codec that decoded it
    format: str  # "txt", "md" or "html"; "blocks" if the file's own paragraphs are known
    metadata: Metadata = NO_METADATA
    blocks: tuple[Block, ...] = ()  # instead of `text`
    changes: tuple[Change, ...] = ()  # what was repaired while reading


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file that the run leaves out, and why, in words for the user."""

    file: str
    reason: str


class Suspicion(NamedTuple):
    """Something that looks wrong and that no repair can put right."""

    name: str
    paragraph: int
    position: int  # offset in the paragraph's text
    text: str  # what stands there


class Paragraph(NamedTuple):
    """A paragraph of one file."""

    number: int  # 1, 2, ... in the raw file
    kind: str  # "title", "heading", "paragraph", "list-item", "quote", "table-cell", "caption", "boilerplate"
    text: str  # normalised
    sentences: tuple[Span, ...]  # spans of `text`; together they hold all that is not space
    language: str  # language code; "" where there is too little text to tell


@dataclass(frozen=True, slots=True)
class Article:
    """A raw file, cleaned, told its language and cut into paragraphs."""

    file: str
    language: str
    language_confidence: float  # 0..1
    paragraphs: tuple[Paragraph, ...]
    changes: tuple[Change, ...]
    encoding: str
    metadata: Metadata = NO_METADATA
    suspicions: tuple[Suspicion, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleGroup:
    """Files that are one article: at most one file a language."""

    id: str
    articles: tuple[Article, ...]  # in configured language order
    beliefs: tuple[tuple[float, str, str], ...] = ()  # probability that two languages' files are the same

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the article has, in configured order."""
        return tuple(article.language for article in self.articles)


class Verdict(NamedTuple):
    """What became of one raw file."""

    file: str
    article: str  # id of its `ArticleGroup`, or ""
    language: str
    language_confidence: float
    paragraphs: int
    verdict: str  # "parallel", "partial", "alone", "duplicate" or "rejected"
    score: float  # 0..1
    reason: str
    penalty: float | None = None  # points for errors per 1,000 words; None outside of articles
    repairs: str = ""  # what was repaired and how often, as in "odd_spaces 12, mojibake 1"
    suspicions: str = ""  # what looks wrong and how often, in the same form
    boilerplate: str = ""  # numbers of the paragraphs that belong to the page around the article
    metadata: Metadata = NO_METADATA


class Rival(NamedTuple):
    """A paragraph outside a row that may belong to it as well: the alternative to show a reviewer."""

    language: str
    paragraph: int  # its number in the raw file
    probability: float


@dataclass(frozen=True, slots=True)
class Row:
    """Paragraphs that translate each other.

    `cells[k]` holds the paragraphs in `languages[k]`; `languages` are those of the article, so an
    empty cell means that the language has this article, but not this row.
    """

    article: str
    number: int  # 1, 2, ... in reading order inside the article
    id: str  # made from the texts, the same in every run
    languages: tuple[str, ...]
    cells: tuple[tuple[Paragraph, ...], ...]
    confidence: float  # 0..1, the probability that exactly these paragraphs belong together
    status: str  # "aligned", "partial" or "unmatched"
    moved: bool = False  # it stands elsewhere in the reading order of some language
    rival: Rival | None = None  # the likeliest alternative, if there is any
    alone: str = ""  # why an unmatched row is neither omission nor addition (`pipeline.rows.unmatched`)
    review: str = ""  # what a reviewer said of it: "approved", "rejected", "repaired" or ""

    def text(self, language: str) -> str:
        """The text in one language, paragraphs joined by a blank line; "" if it has none."""
        if language not in self.languages:
            return ""
        cell = self.cells[self.languages.index(language)]
        return PARAGRAPH_JOINER.join(paragraph.text for paragraph in cell)


class Finding(NamedTuple):
    """Something in a row that a reviewer should look at; the fields are findings.csv's columns."""

    id: str  # fingerprint: the same for the same rule, place and texts
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
    """Return 12 hexadecimal digits made from a paragraph's text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def units_of(paragraphs: Sequence[Paragraph], level: str) -> Sequence[Paragraph]:
    """Return what is aligned: the paragraphs, or each sentence under its paragraph's number."""
    if level == "paragraph":
        return paragraphs
    return [
        paragraph._replace(text=paragraph.text[start:end], sentences=((0, end - start),))
        for paragraph in paragraphs
        for start, end in paragraph.sentences
    ]
