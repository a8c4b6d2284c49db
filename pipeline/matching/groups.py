"""Groups: articles that were matched become one article with an id."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from pipeline.datatypes import Article, ArticleGroup
from pipeline.matching.match import Matching
from pipeline.matching.profiles import Profile

_DIGITS = 2
"""Decimal places of the belief in a pair. It moves a little with every file that comes or goes; what was made
of an article stays as it is unless more than that has changed."""


class Group(NamedTuple):
    """Files that are one article, without their texts: at most one file a language."""

    id: str
    members: tuple[int, ...]  # their numbers, in configured language order
    languages: tuple[str, ...]
    files: tuple[str, ...]
    beliefs: tuple[tuple[float, str, str], ...]  # probability that two languages' files are the same

    def with_texts(self, articles: Sequence[Article]) -> ArticleGroup:
        """Return the group with its articles, which are found by their numbers."""
        return ArticleGroup(self.id, tuple(articles[k] for k in self.members), self.beliefs)


def article_groups(profiles: Sequence[Profile], matching: Matching, languages: Sequence[str]) -> list[Group]:
    """Return the groups in the order of their first files' names."""
    place = {language: k for k, language in enumerate(languages)}
    out = []
    for members in matching.groups:
        ordered = tuple(sorted(members, key=lambda k: place[profiles[k].language]))
        codes = tuple(profiles[k].language for k in ordered)
        files = tuple(profiles[k].file for k in ordered)
        out.append(Group(group_id(files[0]), ordered, codes, files, _beliefs(ordered, codes, matching)))
    return sorted(out, key=lambda group: group.files[0])


def _beliefs(
    members: Sequence[int], languages: Sequence[str], matching: Matching
) -> tuple[tuple[float, str, str], ...]:
    return tuple(
        (round(matching.belief[min(a, b), max(a, b)], _DIGITS), one, two)
        for (a, one), (b, two) in combinations(zip(members, languages, strict=True), 2)
    )


def group_id(file: str) -> str:
    """Return the article's id: a digest of its first file's name.

    It stays when texts are edited, and a file is in one article only. It changes with that file's name, or
    where a translation into an earlier language is added.
    """
    return "a" + hashlib.blake2b(file.encode("utf-8", "surrogateescape"), digest_size=5).hexdigest()
