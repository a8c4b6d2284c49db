"""Groups: articles that were matched become one article with an id."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import combinations

from pipeline.datatypes import Article, ArticleGroup
from pipeline.match import Matching


def article_groups(
    articles: Sequence[Article], matching: Matching, languages: Sequence[str]
) -> list[tuple[ArticleGroup, tuple[int, ...]]]:
    """Return the groups by file name, each with the numbers of its articles in configured language order."""
    place = {language: k for k, language in enumerate(languages)}
    out = []
    for members in matching.groups:
        ordered = tuple(sorted(members, key=lambda k: place[articles[k].language]))
        group = tuple(articles[k] for k in ordered)
        out.append((ArticleGroup(group_id(group), group, _beliefs(articles, ordered, matching)), ordered))
    return sorted(out, key=lambda item: item[0].articles[0].file)


def _beliefs(
    articles: Sequence[Article], members: Sequence[int], matching: Matching
) -> tuple[tuple[float, str, str], ...]:
    return tuple(
        (matching.belief[min(a, b), max(a, b)], articles[a].language, articles[b].language)
        for a, b in combinations(members, 2)
    )


def group_id(articles: Sequence[Article]) -> str:
    """Return the article's id: a digest of its first file's name.

    It stays when texts are edited, and a file is in one article only. It changes with that file's name, or
    where a translation into an earlier language is added.
    """
    name = articles[0].file.encode("utf-8", "surrogateescape")
    return "a" + hashlib.blake2b(name, digest_size=5).hexdigest()
