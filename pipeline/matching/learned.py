"""What it means for a run that its model has not learned a language, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from pipeline.datatypes import Verdict
from pipeline.languages.codes import in_words, language_label

RECOMMENDED = "sentence-transformers/LaBSE"
"""A model that has learned every language that a run can have."""


class Learned(NamedTuple):
    """The languages of a run that its model has learned, and those that it has not."""

    model: str  # in words
    known: tuple[str, ...]
    unknown: tuple[str, ...]


def learned_of(model: str | None, learned: Collection[str], languages: Sequence[str]) -> Learned:
    """Return which of these languages a model has learned: all, if `learned` is empty because nobody says."""
    known = tuple(code for code in languages if code in learned or not learned)
    unknown = tuple(code for code in languages if code not in known)
    return Learned("the embedded model" if model is None else f"the model {model!r}", known, unknown)


def warning_of(learned: Learned) -> str:
    """Return what people should know before a run begins; "" if the model has learned all languages."""
    if not learned.unknown:
        return ""
    known = f"only {_labels(learned.known)}" if learned.known else "nor any other language of this run"
    files, them = "files in these", "them"
    if len(learned.unknown) == 1:
        files, them = f"files in {_labels(learned.unknown)}", _labels(learned.unknown)
    return (
        f"{learned.model} has not learned {_labels(learned.unknown)}, {known}: {files} can hardly be matched "
        f"or aligned; choose a model that has learned {them} with --model{_such_as(learned)}"
    )


def with_causes(verdicts: Iterable[Verdict], learned: Learned) -> list[Verdict]:
    """Return the verdicts with the reason why a file may be alone, or in part, because of the model."""
    judged = list(verdicts)
    there = {verdict.language for verdict in judged if verdict.language}
    if not there.intersection(learned.unknown) or len(there) == 1:
        return judged
    of_article: dict[str, set[str]] = {}
    for verdict in judged:
        if verdict.article:
            of_article.setdefault(verdict.article, set()).add(verdict.language)
    return [_with_cause(v, learned, of_article.get(v.article, there)) for v in judged]


def _with_cause(verdict: Verdict, learned: Learned, others: Collection[str]) -> Verdict:
    """Add the cause to a verdict; `others` are the languages of the files that it could go with."""
    if verdict.verdict not in ("alone", "partial"):
        return verdict
    if verdict.language in learned.unknown:
        what = f"{language_label(verdict.language)}, the language of this file"
    else:
        unknown = [code for code in learned.unknown if code in others]
        if not unknown:
            return verdict
        what = f"{_labels(unknown)}, in which its translation may be"
    cause = f"{learned.model} has not learned {what}; choose another with --model"
    return verdict._replace(reason=f"{verdict.reason}; {cause}")


def _labels(codes: Sequence[str]) -> str:
    return in_words(list(map(language_label, codes)))


def _such_as(learned: Learned) -> str:
    return "" if repr(RECOMMENDED) in learned.model else f", such as {RECOMMENDED}"
