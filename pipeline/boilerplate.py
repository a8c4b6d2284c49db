"""Lines of the page around an article: share and cookie lines, credits, dates, comment forms, copyright.

A line needs two kinds of evidence. Its shape: a label is short and ends in no full stop. And its place and
what it says (`pipeline.boilerplate_lines`): in the middle of an article only a credit or a link to another
article is boilerplate, at the head a date as well, at the foot also forms, tags and rights. What stands at
the same edge of several files needs no words at all. An article's own paragraph taken for boilerplate does
more harm than a menu line missed, so in doubt a line stays. The parts of HTML pages tell themselves
(`pipeline.formats.html_regions`).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain, takewhile
from typing import NamedTuple

from pipeline.boilerplate_lines import (
    is_author_heading,
    is_comment_heading,
    is_form_heading,
    is_page_line,
    is_pointer,
    is_related_heading,
    is_rights_line,
    is_share_line,
    is_tail_heading,
    speaks_of_forms,
)
from pipeline.datatypes import Article, Block, Paragraph

KIND = "boilerplate"

# The figures are set so that no paragraph of the development gold (news, help, manuals; 21,000 paragraphs of
# professional and machine translation) is marked; `benchmarks/front.py` prints how many are.
RUNNING = 60  # characters from which a line that ends a sentence is running text; Hangul counts twice
HEAD_RUNNING = 150  # and from which it ends the head of a file, where headlines may end like sentences
LABEL_WORDS, LABEL = 8, 90  # words and characters of a label at most
LONGEST = 180  # characters of a line that points elsewhere or reserves rights, at most
MAX_SHARE = 0.4  # of an article's characters: more is no boilerplate, the rules are wrong about it
FORM, AUTHOR_LINES = 800, 3  # characters of a comment form or of lines about the author, and lines of these
# What repeats is boilerplate at the edge of so many files and of such a share of a language's files.
MIN_FILES, FILE_SHARE = 3, 0.2  # a label
SENTENCE_FILES, SENTENCE_SHARE = 4, 0.6  # a sentence
VERSION_SHARE = (
    0.3  # of a file's running text: one that shares more with others is a version of the same article
)
MIN_ROW = 2  # such lines in a row
MAX_EDGE = 12  # lines at the head and foot of a file that repetition is looked for in

_HANGUL = re.compile("[가-힣]")
_SENTENCE_END = re.compile(r"[.!?…。？！][^\w\s]*$")


def mark_boilerplate(blocks: Sequence[Block]) -> list[Block]:
    """Return the paragraphs of an article, those that belong to the page around it with that kind."""
    own = [place for place, block in enumerate(blocks) if block.kind != KIND]
    running = [place for place in own if _is_running(blocks[place].text)]
    if not running:
        return list(blocks)
    head = next((place for place in running if _is_running(blocks[place].text, HEAD_RUNNING)), running[0])
    marked = set(_labels(blocks, own, head, running[-1])) | _tail(blocks, own)
    size = sum(len(blocks[place].text) for place in marked)
    if not marked or size > MAX_SHARE * sum(len(blocks[place].text) for place in own):
        return list(blocks)
    return [block._replace(kind=KIND) if place in marked else block for place, block in enumerate(blocks)]


def _is_running(text: str, least: int = RUNNING) -> bool:
    long = len(text) >= least or (2 * len(text) >= least and len(text) + len(_HANGUL.findall(text)) >= least)
    return long and _SENTENCE_END.search(text, len(text) - 6) is not None


def _is_label(text: str) -> bool:
    return len(text) <= LABEL and len(text.split()) <= LABEL_WORDS


def _labels(blocks: Sequence[Block], own: Sequence[int], first: int, last: int) -> Iterator[int]:
    """Yield the places of lines that by shape, words and place are not the article's own."""
    for place in own:
        kind, text = blocks[place]
        if (kind in ("title", "table-cell") and place != own[-1]) or len(text) > LONGEST:
            continue
        where = "head" if place < first else "foot" if place > last else "middle"
        if where == "foot" and is_rights_line(text):
            yield place
        elif kind == "list-item":
            if where == "foot" and is_share_line(text):
                yield place
        elif (_is_label(text) or is_pointer(text)) and is_page_line(text, where):
            yield place


def _tail(blocks: Sequence[Block], own: Sequence[int]) -> set[int]:
    """Return the places of what comes under a heading that stands below articles, to the end of the file.

    That is a comment form, about the author in a few lines, or titles of other articles.
    """
    for k, place in enumerate(own[1:], start=1):
        text = blocks[place].text
        if not (_is_label(text) and is_tail_heading(text)):
            continue
        if _ends_the_article(text, [blocks[other].text for other in own[k + 1 :]]):
            return set(own[k:])
    return set()


def _ends_the_article(heading: str, below: Sequence[str]) -> bool:
    size = sum(map(len, below))
    if is_comment_heading(heading):
        form = is_form_heading(heading) and speaks_of_forms(below) and size <= FORM
        return form or all(map(is_comment_heading, below))
    if is_author_heading(heading):
        return 0 < size <= FORM and len(below) <= AUTHOR_LINES
    return is_related_heading(heading) and not any(map(_is_running, below))


class Outline(NamedTuple):
    """What must be known of an article to tell which of its lines other files have as well.

    Lines are known by digests of their text, so that those of a large collection are not held in memory.
    """

    language: str
    running: tuple[tuple[bytes, int], ...]  # its own running text: digests and lengths
    edges: tuple[bytes, ...]  # digests of the lines at its head and foot


def outline(article: Article) -> Outline:
    """Return what `Repetition` needs of an article."""
    own = [p.text for p in article.paragraphs if p.kind != KIND and _is_running(p.text)]
    return Outline(
        article.language,
        tuple((_digest(text), len(text)) for text in own),
        tuple(_digest(paragraph.text) for paragraph in _edges(article.paragraphs)),
    )


class Repetition:
    """The lines that stand at the edges of several files in one language."""

    def __init__(self, outlines: Sequence[Outline]) -> None:
        by_language: defaultdict[str, list[Outline]] = defaultdict(list)
        for article in outlines:
            by_language[article.language].append(article)
        self._files = {language: len(articles) for language, articles in by_language.items()}
        # How many files have a line, by language and the line's digest.
        self._counts = {language: _repeated_edges(articles) for language, articles in by_language.items()}

    def concerns(self, article: Outline) -> bool:
        """Return whether an article has any of the lines."""
        return not self._counts[article.language].keys().isdisjoint(article.edges)

    def marked(self, article: Article) -> Article:
        """Return an article with the lines that repeat at its very head or foot marked as boilerplate."""
        paragraphs = article.paragraphs
        marked = {
            number
            for order in (paragraphs, paragraphs[::-1])
            for number in self._repeated(article.language, list(order[:MAX_EDGE]))
        }
        new = [paragraph for paragraph in paragraphs if paragraph.number in marked and paragraph.kind != KIND]
        size = sum(len(paragraph.text) for paragraph in new)
        if not new or size > MAX_SHARE * sum(len(p.text) for p in paragraphs):
            return article
        return as_boilerplate(article, marked)

    def _repeated(self, language: str, edge: Sequence[Paragraph]) -> list[int]:
        """Return the numbers of the first paragraphs as long as they are found in other files as well.

        A line on its own may be a heading that many articles have, so it has to be in most of them.
        """
        found = list(takewhile(lambda p: p.kind == KIND or self._is_common(language, p.text), edge))
        if len(found) < MIN_ROW:
            found = [p for p in found if p.kind == KIND or self._share(language, p.text) >= SENTENCE_SHARE]
        return [paragraph.number for paragraph in found]

    def _is_common(self, language: str, text: str) -> bool:
        sentence = _SENTENCE_END.search(text) is not None or not _is_label(text)
        least, share = (SENTENCE_FILES, SENTENCE_SHARE) if sentence else (MIN_FILES, FILE_SHARE)
        return self._count(language, text) >= least and self._share(language, text) >= share

    def _share(self, language: str, text: str) -> float:
        return self._count(language, text) / self._files[language]

    def _count(self, language: str, text: str) -> int:
        return self._counts[language].get(_digest(text), 0)


def as_boilerplate(article: Article, numbers: Collection[int]) -> Article:
    """Return an article with the paragraphs of these numbers marked as boilerplate."""
    paragraphs = tuple(p._replace(kind=KIND) if p.number in numbers else p for p in article.paragraphs)
    return replace(article, paragraphs=paragraphs)


def _repeated_edges(outlines: Sequence[Outline]) -> dict[bytes, int]:
    """Return in how many of the files, all in one language, the lines stand that repeat at their edges."""
    edges = (set(article.edges) for article in _without_versions(outlines))
    seen = Counter(chain.from_iterable(edges))
    return {digest: files for digest, files in seen.items() if files >= MIN_FILES}


def _without_versions(outlines: Sequence[Outline]) -> list[Outline]:
    """Return the articles whose running text is their own; versions of one article repeat each other.

    All are in one language.
    """
    lines = ({digest for digest, _ in article.running} for article in outlines)
    counts = Counter(chain.from_iterable(lines))
    repeated = {digest for digest, files in counts.items() if files > 1}
    found = []
    for article in outlines:
        size = sum(size for _, size in article.running)
        if sum(size for digest, size in article.running if digest in repeated) <= VERSION_SHARE * size:
            found.append(article)
    return found


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _edges(paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
    if len(paragraphs) <= 2 * MAX_EDGE:
        return paragraphs
    return (*paragraphs[:MAX_EDGE], *paragraphs[-MAX_EDGE:])
