"""Paragraphs that people have split in two, so that each part can be in a row of its own.

A decision of the kind `split` names a paragraph by its text and has the first part. The run splits the
paragraph before it aligns: both parts are then paragraphs with the number of the whole. The space between
them goes and nothing else. A part can be split again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.datatypes import Article, ArticleGroup, Paragraph, Span, fingerprint, units_of
from pipeline.decisions.places import Places
from pipeline.decisions.record import Decision, Reference

SPACE = "\t\n\r \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
"""What goes between the parts; the page has the same (`review/assets/script/model/parts.js`)."""


class Split(NamedTuple):
    """A paragraph, or a sentence where these are aligned, and the parts that it is split into."""

    language: str
    number: int  # of the paragraph in the raw file
    whole: str
    head: str
    tail: str


class Splits:
    """The splits of a log in the articles of a run, or of a finished corpus."""

    def __init__(self, decisions: Sequence[Decision], groups: Mapping[str, ArticleGroup], level: str) -> None:
        """`decisions` are the active ones, in order. In `groups`, nothing or everything is split."""
        self.by_article: dict[str, list[Split]] = {}
        self.lost: dict[str, str] = {}
        """Why decisions split nothing, by id."""
        self.homes: dict[str, str] = {}
        """The articles of the decisions, by id."""
        self._named: list[tuple[Decision, Split]] = []
        self._level = level
        own = [d for d in decisions if d.kind == "split"]
        places = Places(groups, level, own) if own else None
        units: dict[tuple[str, str], list[tuple[int, str]]] = {}
        homes = {id: id for id in groups} if own else {}
        for decision in own:
            assert places is not None
            # Of a part that is split again, the text is not in the article yet.
            article = places.article(decision) or homes.get(decision.article)
            if article is None:
                self.lost[decision.id] = places.why_not(decision)
                continue
            homes[decision.article] = self.homes[decision.id] = article
            [reference] = decision.paragraphs
            key = article, reference.language
            if key not in units:
                units[key] = list(_units(groups[article], reference.language, level))
            self._split(decision, reference, article, units[key])

    def _split(
        self, decision: Decision, reference: Reference, article: str, units: list[tuple[int, str]]
    ) -> None:
        head = decision.text.strip(SPACE)
        here = [k for k, (_, text) in enumerate(units) if fingerprint(text) == reference.fingerprint]
        here.sort(key=lambda k: (abs(units[k][0] - reference.number), k))
        is_done = any(text == head and number == reference.number for number, text in units)
        if here and not (is_done and units[here[0]][0] != reference.number):
            number, whole = units[here[0]]
            tail = whole[len(head) :].strip(SPACE)
            if not head or not tail or not whole.startswith(head):
                self.lost[decision.id] = "its text does not begin with the first part"
                return
            split = Split(reference.language, number, whole, head, tail)
            units[here[0] : here[0] + 1] = [(number, head), (number, tail)]
            self.by_article.setdefault(article, []).append(split)
            self._named.append((decision, split))
        elif not any(text == head for _, text in units):  # otherwise it is split in the corpus already
            self.lost[decision.id] = f"the text has changed: {reference.language} {reference.number}"

    def applied(self, groups: Mapping[str, ArticleGroup]) -> Mapping[str, ArticleGroup]:
        """Return the articles with their paragraphs split."""
        return _SplitGroups(groups, self.by_article, self._level) if self.by_article else groups

    def translated(self, decision: Decision) -> Decision:
        """Return a decision that refers to the parts where it referred to a paragraph that is split."""
        references = decision.paragraphs
        for by, split in self._named:
            if by.article != decision.article:
                continue
            [whole] = by.paragraphs
            if whole in references:
                parts = [whole._replace(fingerprint=fingerprint(text)) for text in (split.head, split.tail)]
                references = tuple(each for r in references for each in (parts if r == whole else (r,)))
        return decision if references is decision.paragraphs else decision._replace(paragraphs=references)


class _SplitGroups(Mapping[str, ArticleGroup]):
    """Articles of which some are split, read on demand."""

    def __init__(
        self, groups: Mapping[str, ArticleGroup], splits: Mapping[str, Sequence[Split]], level: str
    ) -> None:
        self._groups, self._splits, self._level = groups, splits, level

    def __getitem__(self, id: str) -> ArticleGroup:
        group = self._groups[id]
        splits = self._splits.get(id, ())
        articles = tuple(split_article(article, splits, self._level) for article in group.articles)
        return replace(group, articles=articles) if splits else group

    def __contains__(self, id: object) -> bool:
        return id in self._groups

    def __iter__(self) -> Iterator[str]:
        return iter(self._groups)

    def __len__(self) -> int:
        return len(self._groups)


def split_article(article: Article, splits: Iterable[Split], level: str) -> Article:
    """Return an article with those of the splits that are about its language, in their order."""
    own = [split for split in splits if split.language == article.language]
    if not own:
        return article
    paragraphs = list(article.paragraphs)
    for split in own:
        for k, paragraph in enumerate(paragraphs):
            parts = _parts(paragraph, split, level) if paragraph.number == split.number else None
            if parts:
                paragraphs[k : k + 1] = parts
                break
    return replace(article, paragraphs=tuple(paragraphs))


def split_cells(
    cells: Sequence[Sequence[tuple[Reference, str]]], splits: Iterable[Split]
) -> Iterator[list[tuple[Reference, str]]]:
    """Yield references and texts of the units of one language, row by row, with the splits of that."""
    found = [list(cell) for cell in cells]
    for split in splits:
        for cell in found:
            place = next(
                (k for k, (r, text) in enumerate(cell) if r.number == split.number and text == split.whole),
                None,
            )
            if place is not None:
                parts = split.head, split.tail
                reference = cell[place][0]
                cell[place : place + 1] = [
                    (reference._replace(fingerprint=fingerprint(part)), part) for part in parts
                ]
                break
    yield from found


def _units(group: ArticleGroup, language: str, level: str) -> Iterator[tuple[int, str]]:
    for article in group.articles:
        if article.language == language:
            yield from ((unit.number, unit.text) for unit in units_of(article.paragraphs, level))


def _parts(paragraph: Paragraph, split: Split, level: str) -> list[Paragraph] | None:
    """Return what a split makes of a paragraph, None if it is about another one of that number."""
    if level == "paragraph":
        if paragraph.text != split.whole:
            return None
        at = len(split.whole) - len(split.tail)
        head, tail = _divided(paragraph.sentences, len(split.head), at)
        return [
            paragraph._replace(text=split.head, sentences=head),
            paragraph._replace(text=split.tail, sentences=tuple((a - at, b - at) for a, b in tail)),
        ]
    for k, (start, end) in enumerate(paragraph.sentences):
        if paragraph.text[start:end] == split.whole:
            parts = (start, start + len(split.head)), (end - len(split.tail), end)
            return [
                paragraph._replace(
                    sentences=(*paragraph.sentences[:k], *parts, *paragraph.sentences[k + 1 :])
                )
            ]
    return None


def _divided(sentences: Sequence[Span], head: int, tail: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return the sentences up to the end of the head and those from the tail on; one across both is cut."""
    above = tuple((start, min(end, head)) for start, end in sentences if start < head)
    below = tuple((max(start, tail), end) for start, end in sentences if end > tail)
    return above, below
