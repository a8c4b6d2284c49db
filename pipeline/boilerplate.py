"""Lines of the page around an article: share and cookie lines, credits, dates, comment forms, copyright.

A line needs two kinds of evidence. Its shape: a label is short and ends in no full stop. And its place and
what it says (`pipeline.boilerplate_lines`): in the middle of an article only a credit or a link to another
article is boilerplate, at the head a date as well, at the foot also forms, tags and rights. What stands at
the same edge of several files needs no words at all. An article's own paragraph taken for boilerplate does
more harm than a menu line missed, so in doubt a line stays. The parts of HTML pages tell themselves
(`pipeline.formats.html_regions`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from pipeline.boilerplate_lines import (
    is_author_heading,
    is_comment_heading,
    is_form_heading,
    is_page_line,
    is_pointer,
    is_related_heading,
    is_rights_line,
    is_share_line,
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
        if _is_label(text) and _ends_the_article(text, [blocks[other].text for other in own[k + 1 :]]):
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


class Repetition:
    """The lines that stand at the edges of several files in one language."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._files = Counter(article.language for article in articles)
        seen: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for article in _without_versions(articles):
            for paragraph in _edges(article.paragraphs):
                seen[article.language, paragraph.text].add(article.file)
        self._counts = {key: len(files) for key, files in seen.items() if len(files) >= MIN_FILES}

    def mark(self, articles: Sequence[Article]) -> list[Article]:
        """Return the articles, with the lines that repeat at the very head or foot marked as boilerplate."""
        return [self._marked(article) for article in articles] if self._counts else list(articles)

    def _marked(self, article: Article) -> Article:
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
        return replace(
            article, paragraphs=tuple(p._replace(kind=KIND) if p.number in marked else p for p in paragraphs)
        )

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
        return self._counts.get((language, text), 0) >= least and self._share(language, text) >= share

    def _share(self, language: str, text: str) -> float:
        return self._counts.get((language, text), 0) / self._files[language]


def _without_versions(articles: Sequence[Article]) -> list[Article]:
    """Return the articles whose running text is their own; versions of one article repeat each other."""
    texts = [
        [p.text for p in article.paragraphs if p.kind != KIND and _is_running(p.text)] for article in articles
    ]
    counts = Counter(
        (article.language, text) for article, own in zip(articles, texts, strict=True) for text in set(own)
    )
    found = []
    for article, own in zip(articles, texts, strict=True):
        repeated = sum(len(text) for text in own if counts[article.language, text] > 1)
        if repeated <= VERSION_SHARE * sum(map(len, own)):
            found.append(article)
    return found


def _edges(paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
    if len(paragraphs) <= 2 * MAX_EDGE:
        return paragraphs
    return (*paragraphs[:MAX_EDGE], *paragraphs[-MAX_EDGE:])
