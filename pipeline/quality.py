"""The score of an article: how many errors a translation has, weighted by how grave they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pipeline.datatypes import Article, ArticleGroup, Finding

POINTS = {"neutral": 0, "minor": 1, "major": 5, "critical": 25}
"""Penalty points of a finding by severity: the weights of the MQM scorecard."""

_UNSPACED = ("ja", "zh-cn", "zh-tw", "th")
"""Languages without spaces between words; two of their characters are taken for a word."""


def penalties(groups: Sequence[ArticleGroup], findings: Iterable[Finding]) -> dict[str, float]:
    """Penalty points per 1,000 words of every file of an article, by file.

    A finding counts for its target language, the translation; one about a single language for that one.
    """
    points: defaultdict[tuple[str, str], int] = defaultdict(int)
    for finding in findings:
        language = finding.target_language or finding.source_language
        points[finding.article, language] += POINTS[finding.severity]
    return {
        article.file: 1000 * points[group.id, article.language] / max(1, word_count(article))
        for group in groups
        for article in group.articles
    }


def word_count(article: Article) -> int:
    """The words of an article, told by spaces."""
    texts = [paragraph.text for paragraph in article.paragraphs]
    if article.language in _UNSPACED:
        return sum(len("".join(text.split())) for text in texts) // 2
    return sum(len(text.split()) for text in texts)


def by_article(groups: Sequence[ArticleGroup], known: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """The penalties of each article's languages, for `run.json`."""
    return {
        group.id: {article.language: round(known[article.file], 4) for article in group.articles}
        for group in groups
    }
