"""The score of an article: how many errors a translation has, weighted by how grave they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pipeline.datatypes import CODE, Article, Finding
from pipeline.languages import facts

POINTS = {"neutral": 0, "minor": 1, "major": 5, "critical": 25}
"""Penalty points of a finding by severity: the weights of the MQM scorecard."""


def penalties(
    words: Mapping[str, Mapping[str, int]], findings: Iterable[Finding]
) -> dict[str, dict[str, float]]:
    """Penalty points per 1,000 words, by article and language; `words` are by the same.

    A finding counts for its target language, the translation; one about a single language for that one.
    """
    points: defaultdict[tuple[str, str], int] = defaultdict(int)
    for finding in findings:
        language = finding.target_language or finding.source_language
        points[finding.article, language] += POINTS[finding.severity]
    return {
        article: {
            language: 1000 * points[article, language] / max(1, count) for language, count in counts.items()
        }
        for article, counts in words.items()
    }


def word_count(article: Article) -> int:
    """The words of an article, told by spaces; in a language without these, two characters are one.

    Code is not translated, so it does not count.
    """
    return words_in(
        [paragraph.text for paragraph in article.paragraphs if paragraph.kind != CODE], article.language
    )


def words_in(texts: Iterable[str], language: str) -> int:
    """The words of texts in one language, counted as those of an article."""
    if not facts(language).spaced:
        return sum(len("".join(text.split())) for text in texts) // 2
    return sum(len(text.split()) for text in texts)
