"""Composes and checks the rows of all articles, except those with cached results.

The rows themselves are not cached. The cache holds the facts about an article's rows that do not depend on
other articles (`RowFacts`) and their written form (`Lines`). Rows are recomputed when they are needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from pipeline.alignment.align import AlignedRow
from pipeline.alignment.likeness import Likeness
from pipeline.checks.cells import Numbered, not_empty
from pipeline.checks.checked import Checked
from pipeline.checks.families.terms import Glossary
from pipeline.checks.own_rules import OwnRules
from pipeline.checks.quality import word_count
from pipeline.datatypes import BOILERPLATE, Advance, ArticleGroup, Nodes, Row
from pipeline.decisions.doubts import LOW_CONFIDENCE
from pipeline.decisions.resolve import Plan
from pipeline.matching.groups import Group
from pipeline.matching.verdicts import shared_text
from pipeline.rows.compose import compose
from pipeline.run.steps.chunks import Context, code_version, fill
from pipeline.run.steps.embed import (
    Bodies,
    BodyPlace,
    Centres,
    Texts,
    encoder_of,
    text_at,
    whole_at,
    without_aside,
)
from pipeline.run.steps.lines import lines_of
from pipeline.segmentation.boilerplate import as_boilerplate
from pipeline.segmentation.paragraph_numbers import format_paragraph_numbers
from pipeline.store.cache import Cache, keys_after
from pipeline.store.codecs import encode, reader_of
from pipeline.store.packs import Entry, Place, read_entry

CHUNK = 16
"""Articles composed per chunk."""

_TEXTS_IN_MEMORY = 64
"""Articles whose texts are kept in memory after use."""


class RowFacts(NamedTuple):
    """Facts about an article's rows, without their texts."""

    ids: list[str]  # content ids, not yet unique
    statuses: dict[str, int]  # number of rows by status
    low: int  # number of rows below `LOW_CONFIDENCE`
    reviews: dict[int, str]  # of reviewed rows, by row number
    shares: list[tuple[str, str, float]]  # share of one language's text aligned with another's
    words: dict[str, int]  # by language
    boilerplate: dict[str, str]  # numbers of its paragraphs by language, where the run has judged them
    checked: Checked


class Member(NamedTuple):
    """Where the article of one language is stored."""

    body: BodyPlace
    repeated: frozenset[int]  # paragraphs that are boilerplate because other files repeat them
    doubtful: frozenset[int]  # as for `pipeline.rows.compose.compose`
    text: tuple[Place, str]


class _Item(NamedTuple):
    key: bytes
    group: Group
    members: tuple[Member, ...]
    alignment: Place
    plan: Plan


class RowSettings(NamedTuple):
    """Settings that rows depend on, besides their articles."""

    languages: tuple[str, ...]
    level: str
    likeness: Likeness
    model: str
    glossary: Glossary | None
    rules: OwnRules | None


class _Articles:
    """The inputs of each article's rows, and the cache keys of the results."""

    def __init__(
        self,
        groups: Sequence[Group],
        alignments: Sequence[bytes],
        plans: Mapping[str, Plan],
        bodies: Bodies,
        texts: Texts,
        settings: RowSettings,
        cache: Cache,
    ) -> None:
        self.groups, self._alignments, self._plans = groups, alignments, plans
        self._bodies, self._texts, self._cache = bodies, texts, cache
        glossary = settings.glossary.digest if settings.glossary else b""
        rules = settings.rules.digest if settings.rules else b""
        # The alignment's key already covers level, model and likeness.
        key_after = keys_after("article", code_version(), ",".join(settings.languages), glossary, rules)
        self.keys = [
            key_after(
                alignment,
                group.id,
                str(group.beliefs),
                _reviews_key_part(plans.get(group.id, Plan())),
                *(bodies.library.keys[k] for k in group.members),
                *(self._set_aside(k) for k in group.members),
            )
            for group, alignment in zip(groups, alignments, strict=True)
        ]

    def __getitem__(self, k: int) -> _Item:
        group, alignment = self.groups[k], self._cache.find(self._alignments[k])
        assert alignment is not None
        members = tuple(
            Member(self._bodies.place(m), self._repeated(m), self._doubtful(m), self._texts.place(m))
            for m in group.members
        )
        return _Item(self.keys[k], group, members, alignment, self._plans.get(group.id, Plan()))

    def _doubtful(self, member: int) -> frozenset[int]:
        return self._bodies.doubtful.get(member, frozenset())

    def _repeated(self, member: int) -> frozenset[int]:
        return self._bodies.library.repeated.get(member, frozenset())

    def _set_aside(self, member: int) -> str:
        """Return a key part for boilerplate and splits of a file, "" if the file itself marks them all."""
        aside, repeated = self._bodies.aside(member), self._repeated(member)
        splits = self._bodies.library.splits.get(member, ())
        if aside is None and not repeated and not splits:
            return ""
        left_out = None if aside is None else sorted(aside)
        parts = [left_out, sorted(repeated), sorted(self._doubtful(member))]
        return str([*parts, *splits] if splits else parts)


def _reviews_key_part(plan: Plan) -> str:
    """Return a key part for the reviews of an article's rows, "" if there are none."""
    said = sorted(
        (sorted(nodes), sorted(plan.later.get(nodes, ())), state) for nodes, state in plan.reviews.items()
    )
    return str(said) if said else ""


class Composed:
    """The rows of each article, computed on demand."""

    def __init__(self, articles: _Articles, settings: RowSettings, context: Context) -> None:
        self._articles, self._settings, self._cache = articles, settings, context.cache
        self.groups = articles.groups
        self.languages, self.rules_of_user = settings.languages, settings.rules
        self.facts = list(self._cache.read_all(articles.keys, reader_of(RowFacts)))

    def rows(self, k: int) -> list[Row]:
        """Return the rows of article `k`; raises `pipeline.store.packs.Damaged`."""
        return self._compose(k)[0]

    def nodes(self, k: int) -> list[Nodes]:
        """Return the units of each row of article `k`; raises `pipeline.store.packs.Damaged`."""
        return self._compose(k)[1]

    def texts(self, k: int) -> list[list[bytes]]:
        """Return `Lines.texts` of article `k`; raises `pipeline.store.packs.Damaged`."""
        return self._cache.read(_texts_key(self._articles.keys[k]), reader_of(list[list[bytes]]))

    def corpus(self) -> Iterator[list[bytes]]:
        """Yield `Lines.corpus` of every article; raises `pipeline.store.packs.Damaged`."""
        return self._cache.read_all(map(_corpus_key, self._articles.keys), reader_of(list[bytes]))

    def page(self, k: int) -> list[bytes]:
        """Return `Lines.page` of article `k`; raises `pipeline.store.packs.Damaged`."""
        return self._cache.read(_page_key(self._articles.keys[k]), reader_of(list[bytes]))

    def units(self, articles: Container[str]) -> dict[str, set[Nodes]]:
        """Return the units of the rows of these articles; raises `pipeline.store.packs.Damaged`."""
        return {group.id: set(self.nodes(k)) for k, group in enumerate(self.groups) if group.id in articles}

    def _compose(self, k: int) -> tuple[list[Row], list[Nodes]]:
        return _rows_of(self._cache.folder, self._settings.level, self._articles[k])[:2]


class TextsOf:
    """The texts of each article's rows by language, in the form that checks need."""

    def __init__(self, articles: Composed) -> None:
        self._articles = articles
        self._texts = lru_cache(maxsize=_TEXTS_IN_MEMORY)(self._read)

    def __getitem__(self, k: int) -> Numbered[dict[str, str]]:
        return self._texts(k)

    def _read(self, k: int) -> Numbered[dict[str, str]]:
        return _RowTexts(self._articles.languages, self._articles.texts(k))


class _RowTexts:
    """The texts of an article's rows."""

    def __init__(self, languages: Sequence[str], rows: Sequence[Sequence[bytes]]) -> None:
        self._languages, self._rows = languages, rows

    def __getitem__(self, number: int) -> dict[str, str]:
        texts = map(bytes.decode, self._rows[number])
        return not_empty(dict(zip(self._languages, texts, strict=True)))


def compose_articles(
    groups: Sequence[Group],
    alignments: Sequence[bytes],
    plans: Mapping[str, Plan],
    bodies: Bodies,
    texts: Texts,
    settings: RowSettings,
    context: Context,
    advance: Advance,
) -> Composed:
    """Return the rows of each group; `alignments` are the cache keys of their alignments.

    `plans` have the reviews of rows, by group. `advance` counts groups.
    """
    articles = _Articles(groups, alignments, plans, bodies, texts, settings, context.cache)
    # All entries of an article are in one pack, so one key is enough to test.
    missing = [k for k, key in enumerate(articles.keys) if context.cache.find(key) is None]
    advance(len(groups) - len(missing))
    items = (articles[k] for k in missing)
    fill(context, "articles", partial(_compose, settings, texts.centres), items, CHUNK, advance)
    return Composed(articles, settings, context)


_texts_key, _corpus_key, _page_key = keys_after("texts"), keys_after("corpus"), keys_after("page")


def _keys_of(item: _Item) -> tuple[bytes, ...]:
    """Return the keys of all entries of an article."""
    return item.key, _texts_key(item.key), _corpus_key(item.key), _page_key(item.key)


def _compose(settings: RowSettings, centres: Centres, folder: Path, item: _Item) -> list[Entry]:
    from pipeline.checks.article import check_article  # only needed by processes that check rows
    from pipeline.checks.vectors import SentenceVectors

    rows, _, group = _rows_of(folder, settings.level, item)
    texts = [text_at(folder, centres, *member.text) for member in item.members]
    members = {(group.id, language): k for k, language in enumerate(group.languages)}
    vectors = SentenceVectors(members, group.articles, texts, encoder_of(settings.model), settings.likeness)
    facts = RowFacts(
        ids=[row.id for row in rows],
        statuses=dict(Counter(row.status for row in rows)),
        low=sum(row.confidence < LOW_CONFIDENCE for row in rows),
        reviews={row.number: row.review for row in rows if row.review},
        shares=[(*pair, share) for pair, share in shared_text(rows).items()],
        words={article.language: word_count(article) for article in group.articles},
        boilerplate={
            language: _boilerplate(rows, language)
            for language, member in zip(group.languages, item.members, strict=True)
            if member.doubtful
        },
        checked=check_article(rows, vectors, settings.glossary, settings.rules),
    )
    made = facts, *lines_of(rows, settings.languages)
    return list(zip(_keys_of(item), map(encode, made), strict=True))


def _boilerplate(rows: Iterable[Row], language: str) -> str:
    """Return the numbers of a file's paragraphs that are boilerplate."""
    own = (row.cells[row.languages.index(language)] for row in rows if row.alone == BOILERPLATE)
    found = [p for cell in own for p in cell if p.kind == BOILERPLATE]
    return format_paragraph_numbers(sorted(found, key=attrgetter("number")))


def _rows_of(folder: Path, level: str, item: _Item) -> tuple[list[Row], list[Nodes], ArticleGroup]:
    """Return the rows of an article, the units of each, and the article without its boilerplate."""
    found = [(member, whole_at(folder, member.body)) for member in item.members]
    own = tuple(without_aside(article, member.body.aside) for member, article in found)
    whole = tuple(
        as_boilerplate(article, member.repeated) if member.repeated else article for member, article in found
    )
    group = ArticleGroup(item.group.id, own, item.group.beliefs)
    every = ArticleGroup(item.group.id, whole, item.group.beliefs)
    alignment = read_entry(folder, item.alignment, reader_of(list[AlignedRow]))
    doubtful = [member.doubtful for member in item.members]
    return *compose(group, every, alignment, level, item.plan.review_of, doubtful), group
