"""Profiles: what is known of an article without its text, for a run that has the texts on disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.datatypes import NO_METADATA, Article, Metadata
from pipeline.languages import comparable_letters
from pipeline.segmentation.paragraph_numbers import format_paragraph_numbers


class Profile(NamedTuple):
    """An article without its text."""

    file: str
    language: str
    language_confidence: float = 1.0  # 0..1
    paragraphs: int = 0
    repairs: str = ""  # what was repaired and how often, as in "odd_spaces 12, mojibake 1"
    suspicions: str = ""  # what looks wrong and how often, in the same form
    boilerplate: str = ""  # numbers of the paragraphs that belong to the page around the article
    metadata: Metadata = NO_METADATA
    foreign: str = (
        ""  # how much of the text is in another language, as in "46 % of this text is in another language"
    )
    suspicious: str = ""  # the paragraphs that look wrong, as in "missing_characters 3,7; truncated_end 9"


FOREIGN = 0.1
"""Share of a text in another language from which it is told."""


def profile_of(article: Article) -> Profile:
    """Return the profile of an article."""
    return Profile(
        file=article.file,
        language=article.language,
        language_confidence=article.language_confidence,
        paragraphs=len(article.paragraphs),
        repairs=_tally(change.name for change in article.changes),
        suspicions=_tally(suspicion.name for suspicion in article.suspicions),
        boilerplate=boilerplate_of(article),
        metadata=article.metadata,
        foreign=_foreign(article),
        suspicious=_places(article),
    )


def _places(article: Article) -> str:
    """Return the suspicions of an article with the numbers of their paragraphs."""
    names = dict.fromkeys(suspicion.name for suspicion in article.suspicions)
    numbers = {
        name: {suspicion.paragraph for suspicion in article.suspicions if suspicion.name == name}
        for name in names
    }
    return "; ".join(
        f"{name} {format_paragraph_numbers(p for p in article.paragraphs if p.number in numbers[name])}"
        for name in names
    )


def _foreign(article: Article) -> str:
    own = other = 0.0
    for paragraph in article.paragraphs:
        if paragraph.kind != "boilerplate" and paragraph.language:
            size = comparable_letters(paragraph.text, paragraph.language)
            own, other = (
                (own + size, other) if paragraph.language == article.language else (own, other + size)
            )
    share = other / max(1.0, own + other)
    return f"{100 * share:.0f} % of this text is in another language" if share >= FOREIGN else ""


def boilerplate_of(article: Article) -> str:
    """Return the numbers of an article's boilerplate, as `format_paragraph_numbers` writes them."""
    return format_paragraph_numbers(p for p in article.paragraphs if p.kind == "boilerplate")


def _tally(names: Iterable[str]) -> str:
    """Return how often each name occurs, the commonest first."""
    return ", ".join(f"{name} {count}" for name, count in Counter(names).most_common())
