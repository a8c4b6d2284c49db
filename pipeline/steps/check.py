"""Check the articles one by one; those whose rows were checked before are not checked again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from pipeline.align.evidence import Likeness
from pipeline.cache import Entry, Place, key_of
from pipeline.checks import Checked, check_article
from pipeline.checks.rowwise import SURE_ENOUGH
from pipeline.checks.vectors import SentenceVectors
from pipeline.datatypes import Row
from pipeline.records import decode, encode, reader_of
from pipeline.steps import Advance, Workshop, code_version, fill
from pipeline.steps.embed import Bodies, Centres, Texts, body_at, encoder_of, text_at

CHUNK = 16
"""Articles whose rows are checked at a time."""


class _Item(NamedTuple):
    key: bytes
    rows: bytes
    languages: tuple[str, ...]
    articles: tuple[tuple[Place, frozenset[int] | None], ...]  # in each language
    texts: tuple[tuple[Place, str], ...]


def check_articles(
    rows: Sequence[Row],
    members: Mapping[tuple[str, str], int],
    bodies: Bodies,
    texts: Texts,
    likeness: Likeness,
    model: str | None,
    shop: Workshop,
    advance: Advance,
) -> list[Checked]:
    """Return what can be said of the rows of each article; `advance` counts rows.

    `members` are the numbers of the articles that a row's `article` has in each language.
    """
    keys = []

    def missing() -> Iterator[_Item]:
        for article, of_article in groupby(rows, key=lambda row: row.article):
            some = list(of_article)
            languages = some[0].languages
            known = encode([_anonymous(row) for row in some])
            numbers = [members[article, language] for language in languages]
            vectors = [texts.key(k) for k in numbers]
            keys.append(key_of("checks", code_version(), *likeness, known, *vectors))
            if shop.cache.find(keys[-1]) is None:
                yield _Item(
                    keys[-1],
                    known,
                    languages,
                    tuple(bodies.place(k) for k in numbers),
                    tuple(texts.place(k) for k in numbers),
                )

    work = partial(_check, model, texts.centres, likeness)
    fill(shop, "checks", work, missing(), CHUNK, lambda done: None)
    checked = [shop.cache.read(key, reader_of(Checked)) for key in keys]
    advance(len(rows))
    return checked


def _anonymous(row: Row) -> Row:
    """Return a row with nothing in it that no check of an article asks for, so that more rows are known.

    What matching believes of a row's files moves a little with every file that comes or goes.
    """
    # Two digits are what a finding says of it; what is not sure enough must not become so.
    confidence = min(round(row.confidence, 2), SURE_ENOUGH - 1e-4) if row.confidence < SURE_ENOUGH else 1.0
    return replace(row, article="", id="", review="", confidence=confidence)


def _check(
    model: str | None,
    centres: Centres,
    likeness: Likeness,
    folder: Path,
    item: _Item,
) -> list[Entry]:
    articles = [body_at(folder, *place) for place in item.articles]
    texts = [text_at(folder, centres, *place) for place in item.texts]
    members = {("", language): k for k, language in enumerate(item.languages)}
    vectors = SentenceVectors(members, articles, texts, encoder_of(model), likeness)
    return [(item.key, encode(check_article(decode(item.rows, list[Row]), vectors)))]
