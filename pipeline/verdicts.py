"""Verdicts: what became of each raw file, with the evidence in words, for `articles.csv`."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from pipeline.align.evidence import VERBOSITY
from pipeline.corpus import paragraph_numbers
from pipeline.datatypes import Article, ArticleGroup, Rejection, Row, Verdict
from pipeline.match import Matching

PARALLEL = 0.6
"""Share of the text of both files that must have a counterpart in the other for a whole translation."""

LONGEST = 1.5
"""How many times its usual length a translation can have.

Of two paragraphs of news that translate each other the logarithm of the ratio of their lengths has a standard
deviation of 0.14 to 0.18: this is more than twice that.
"""

RIVAL = 0.05
"""Probability from which another file that might be the same article is named."""

NOTHING_TO_COMPARE = "no file in another language to compare"

Shares = dict[tuple[str, str], float]
"""Share of the characters of the first file that stand in a row with paragraphs of the second."""


def verdicts(
    articles: Sequence[Article],
    rejections: Sequence[Rejection],
    matching: Matching,
    groups: Sequence[ArticleGroup],
    rows: Iterable[Row],
    penalties: Mapping[str, float] = MappingProxyType({}),
) -> list[Verdict]:
    """Return a verdict for every raw file, in the order of the file names.

    `penalties` are those of the files that belong to an article (`pipeline.quality`).
    """
    group_of = {article.file: group for group in groups for article in group.articles}
    shares = shared_text(groups, rows)
    judged = [_rejected(rejection) for rejection in rejections]
    languages: set[str] = set()
    for k, article in enumerate(articles):
        languages.add(article.language)
        if article.file in group_of:
            judged.append(_matched(article, group_of[article.file], shares, _rival(matching, k, articles)))
        elif k in matching.version_of:
            judged.append(_version(article, articles[matching.version_of[k]]))
        else:
            judged.append(_alone(article, _nearest(matching, k, articles)))
    if len(languages) == 1:
        judged = [replace(v, reason=NOTHING_TO_COMPARE) if v.verdict == "alone" else v for v in judged]
    scored = [replace(verdict, penalty=penalties.get(verdict.file)) for verdict in judged]
    return sorted(scored, key=lambda verdict: verdict.file)


def shared_text(groups: Sequence[ArticleGroup], rows: Iterable[Row]) -> Shares:
    """Return how much of each file of a group has a counterpart in each other one."""
    files = {group.id: [article.file for article in group.articles] for group in groups}
    shared: defaultdict[tuple[str, str], float] = defaultdict(float)
    total: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        sides = [
            (name, language, sum(len(p.text) for p in cell if p.kind != "boilerplate"))
            for name, language, cell in zip(files[row.article], row.languages, row.cells, strict=True)
        ]
        for name, language, size in sides:
            total[name] += size
            for other, their_language, there in sides:
                if there and other != name:
                    shared[name, other] += min(float(size), most_covered(language, their_language, there))
    return {(name, other): size / max(1, total[name]) for (name, other), size in shared.items()}


def most_covered(language: str, other: str, size: int) -> float:
    """Return how many characters of a text so many of another language can translate.

    One sentence may stand in a row with a long paragraph that it sums up: that covers it in part. Nothing is
    known of how languages relate that are not in `VERBOSITY`.
    """
    if language not in VERBOSITY or other not in VERBOSITY:
        return math.inf
    return LONGEST * size * math.exp(VERBOSITY[language] - VERBOSITY[other])


def _nearest(matching: Matching, k: int, articles: Sequence[Article]) -> str:
    """Return the best candidate outside an article's group, in words; "" if there is none."""
    if k not in matching.nearest:
        return ""
    found, probability = matching.nearest[k]
    return f"{articles[found].file} (probability {probability:.2f})"


def _rival(matching: Matching, k: int, articles: Sequence[Article]) -> str:
    """Return the same if it might be the right one."""
    likely = k in matching.nearest and matching.nearest[k].probability >= RIVAL
    return _nearest(matching, k, articles) if likely else ""


def _matched(article: Article, group: ArticleGroup, shares: Shares, rival: str) -> Verdict:
    """Judge a file of a group: parallel if it and one of its partners hold the same, partial otherwise."""
    others = [other.file for other in group.articles if other.file != article.file]
    both = {
        other: min(_share(shares, article.file, other), _share(shares, other, article.file))
        for other in others
    }
    best = max(others, key=lambda other: (both[other], other))
    parts = [
        f"{other}: {_percent(_share(shares, article.file, other))} of this text is there, "
        f"{_percent(_share(shares, other, article.file))} of that text here"
        for other in others
    ]
    verdict = "parallel" if both[best] >= PARALLEL else "partial"
    reason = ("same article as " if verdict == "parallel" else "shares a part with ") + "; ".join(parts)
    if rival:
        reason += f"; a rival is {rival}"
    return _verdict(article, group.id, verdict, both[best], reason)


def _share(shares: Shares, file: str, other: str) -> float:
    return shares.get((file, other), 0.0)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _version(article: Article, original: Article) -> Verdict:
    """Judge a second version: it belongs to no article, because its paragraphs stand in no row."""
    return _verdict(
        article, "", "duplicate", 0.0, f"another version of {original.file}, which is used in its place"
    )


def _alone(article: Article, nearest: str) -> Verdict:
    reason = "no translation found; " + (
        f"the nearest is {nearest}" if nearest else "no file in another language is near it"
    )
    return _verdict(article, "", "alone", 0.0, reason)


def _rejected(rejection: Rejection) -> Verdict:
    return Verdict(rejection.file, "", "", 0.0, 0, "rejected", 0.0, rejection.reason)


def _verdict(article: Article, group: str, verdict: str, score: float, reason: str) -> Verdict:
    return Verdict(
        file=article.file,
        article=group,
        language=article.language,
        language_confidence=article.language_confidence,
        paragraphs=len(article.paragraphs),
        verdict=verdict,
        score=score,
        reason=reason,
        repairs=_tally(change.name for change in article.changes),
        suspicions=_tally(suspicion.name for suspicion in article.suspicions),
        boilerplate=paragraph_numbers(p for p in article.paragraphs if p.kind == "boilerplate"),
        metadata=article.metadata,
    )


def _tally(names: Iterable[str]) -> str:
    """Return how often each name occurs, the commonest first, as in `odd_spaces 12, mojibake 1`."""
    return ", ".join(f"{name} {count}" for name, count in Counter(names).most_common())
