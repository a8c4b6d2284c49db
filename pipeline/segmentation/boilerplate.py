"""Lines of the page around an article: share and cookie lines, credits, dates, comment forms, copyright.

A line needs two kinds of evidence. Its shape: a label is short and ends in no full stop. And its place and
what it says (`pipeline.segmentation.boilerplate_lines`): in the middle of an article only a credit or a link
to another article is boilerplate, at the head a date as well, at the foot also forms, tags and rights. What
stands at the same edge of several files needs no words at all. An article's own paragraph taken for
boilerplate does more harm than a menu line missed, so in doubt a line stays. The parts of HTML pages tell
themselves (`pipeline.ingestion.formats.html_regions`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from pipeline.datatypes import CODE, Article, Block, Paragraph, fingerprint, units_of
from pipeline.languages.marks import ends_sentence
from pipeline.languages.scripts import uncased_letters
from pipeline.segmentation.boilerplate_lines import (
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

KIND = "boilerplate"

# The figures are set so that no paragraph of the development gold (news, help, manuals; 21,000 paragraphs of
# professional and machine translation) is marked; `benchmarks/front.py` prints how many are.
RUNNING = 60  # characters from which a line that ends a sentence is running text; Korean letters count twice
HEAD_RUNNING = 150  # and from which it ends the head of a file, where headlines may end like sentences
LABEL_WORDS, LABEL = 8, 90  # words and characters of a label at most
LONGEST = 180  # characters of a line that points elsewhere or reserves rights, at most
MAX_SHARE = 0.4  # of an article's characters: more is no boilerplate, the rules are wrong about it
FORM, AUTHOR_LINES = 800, 3  # characters of a comment form or of lines about the author, and lines of these

_WIDE = re.compile(f"[{uncased_letters()}]")


def mark_boilerplate(blocks: Sequence[Block]) -> list[Block]:
    """Return the paragraphs of an article, those that belong to the page around it with that kind."""
    own = [place for place, block in enumerate(blocks) if block.kind != KIND]
    running = [place for place in own if blocks[place].kind != CODE and is_running(blocks[place].text)]
    if not running:
        return list(blocks)
    head = next((place for place in running if is_running(blocks[place].text, HEAD_RUNNING)), running[0])
    marked = set(_labels(blocks, own, head, running[-1])) | _tail(blocks, own)
    size = sum(len(blocks[place].text) for place in marked)
    if not marked or size > MAX_SHARE * sum(len(blocks[place].text) for place in own):
        return list(blocks)
    return [block._replace(kind=KIND) if place in marked else block for place, block in enumerate(blocks)]


def is_running(text: str, least: int = RUNNING) -> bool:
    """Tell whether a line is running text: long, with the end of a sentence at its end."""
    long = len(text) >= least or (2 * len(text) >= least and len(text) + len(_WIDE.findall(text)) >= least)
    return long and ends_sentence(text)


def is_label(text: str) -> bool:
    """Tell whether a line is short enough for a label."""
    return len(text) <= LABEL and len(text.split()) <= LABEL_WORDS


def _labels(blocks: Sequence[Block], own: Sequence[int], first: int, last: int) -> Iterator[int]:
    """Yield the places of lines that by shape, words and place are not the article's own."""
    for place in own:
        kind, text = blocks[place]
        if kind == CODE or (kind in ("title", "table-cell") and place != own[-1]) or len(text) > LONGEST:
            continue
        where = "head" if place < first else "foot" if place > last else "middle"
        if where == "foot" and is_rights_line(text):
            yield place
        elif kind == "list-item":
            if where == "foot" and is_share_line(text):
                yield place
        elif (is_label(text) or is_pointer(text)) and is_page_line(text, where):
            yield place


def _tail(blocks: Sequence[Block], own: Sequence[int]) -> set[int]:
    """Return the places of what comes under a heading that stands below articles, to the end of the file.

    That is a comment form, about the author in a few lines, or titles of other articles.
    """
    for k, place in enumerate(own[1:], start=1):
        text = blocks[place].text
        if not (is_label(text) and is_tail_heading(text)):
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
    return is_related_heading(heading) and not any(map(is_running, below))


def as_boilerplate(article: Article, numbers: Collection[int]) -> Article:
    """Return an article with the paragraphs of these numbers marked as boilerplate."""
    paragraphs = tuple(p._replace(kind=KIND) if p.number in numbers else p for p in article.paragraphs)
    return replace(article, paragraphs=paragraphs)


def body(
    article: Article,
    level: str = "paragraph",
    joined: Collection[tuple[str, str]] = frozenset(),
    with_doubtful: bool = False,
) -> Article:
    """Return an article without its boilerplate; one that is nothing else is returned whole.

    `with_doubtful` keeps what is boilerplate by shape and words alone. `joined` are language and fingerprint
    of the units that people have put into rows with others.
    """
    if all(paragraph.kind != "boilerplate" for paragraph in article.paragraphs):
        return article
    doubtful = frozenset(article.doubtful)
    own = tuple(
        p
        for p in article.paragraphs
        if p.kind != KIND or (with_doubtful and p.number in doubtful) or _is_joined(p, article, level, joined)
    )
    return replace(article, paragraphs=own) if own else article


def _is_joined(
    paragraph: Paragraph, article: Article, level: str, joined: Collection[tuple[str, str]]
) -> bool:
    units = units_of([paragraph], level) if joined else ()
    return any((article.language, fingerprint(unit.text)) in joined for unit in units)
