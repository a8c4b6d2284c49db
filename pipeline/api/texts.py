"""Align lists of paragraphs or sentences in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from os import PathLike
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.alignment.align import AlignedRow, small_matrices
from pipeline.alignment.align import align_texts as aligned_rows
from pipeline.alignment.likeness import Likeness
from pipeline.alignment.posterior import Prior
from pipeline.api.arguments import checked_text, language_codes
from pipeline.api.state import unchanged_process
from pipeline.calibration.figures import calibration_for
from pipeline.checks.check import check
from pipeline.checks.families.terms import Glossary
from pipeline.checks.glossary import read_glossary
from pipeline.checks.vectors import SentenceVectors
from pipeline.datatypes import LEVELS, Article, ArticleGroup, Finding, Paragraph, Row
from pipeline.detection.detector import LanguageDetector
from pipeline.embedding.embedded import model_for
from pipeline.embedding.encoders import Encoder
from pipeline.embedding.vectors import Text, embed
from pipeline.errors import InputError, SettingError
from pipeline.languages.codes import MAX_LANGUAGES, MIN_LANGUAGES
from pipeline.output.columns import corpus_columns, corpus_sheet
from pipeline.output.frames import typed
from pipeline.output.tables import DIGITS
from pipeline.rows.from_alignment import group_rows, number_repeats
from pipeline.rows.setaside import SetAside
from pipeline.run.steps.embed import encoder_of
from pipeline.segmentation.prepare import MAX_PARAGRAPH
from pipeline.segmentation.sentences import split_sentences

_LEFT_OUT = ("article", "review")
"""Columns of the corpus that mean nothing for a single, unreviewed article."""

_ALONE = 0.05
"""Prior probability that a sentence has no counterpart when paragraph boundaries are unknown.

On news with 2 to 8 % of the sentences dropped and 5 to 10 % joined to the previous one, row F1 is 0.90 to
0.97. It is 0.86 to 0.96 with 0.01, the prior within a paragraph, and 0.89 to 0.94 with every sentence as a
paragraph.
"""


def align_texts(
    texts: Mapping[str, Iterable[str]],
    level: str = "paragraph",
    model: str | None = None,
    glossary: str | PathLike[str] | None = None,
) -> pd.DataFrame:
    """Align texts in two or more languages that are translations of each other.

    `texts` maps language codes to lists of paragraphs, or of sentences if `level` is "sentence". The
    DataFrame has one column per language and the columns `row`, `id`, `confidence`, `status`, `findings`
    and `it_paragraphs` etc. of corpus.csv; paragraph numbers count list items from 1. Every item is in
    exactly one row, unchanged; items in the same cell are joined by a blank line. Raises `SettingError` for
    an unknown language, level or glossary, `InputError` for texts that cannot be aligned, and `ModelError`.

    >>> rows = align_texts({"it": ["Piove.", "Il museo è chiuso."], "pl": ["Muzeum jest zamknięte."]})
    >>> rows[["it", "pl", "status"]].values.tolist()
    [['Piove.', '', 'unmatched'], ['Il museo è chiuso.', 'Muzeum jest zamknięte.', 'aligned']]
    """
    if level not in LEVELS:
        raise SettingError(f"level is {level!r}; it can be {' or '.join(LEVELS)}")
    given = _given(texts)
    terms = read_glossary(Path(glossary)) if glossary is not None else None
    with unchanged_process(), small_matrices():
        rows, findings = _aligned(_group(given, level), encoder_of(model_for(model, given)), level, terms)
    columns = [column for column in corpus_columns(tuple(given)) if column.name not in _LEFT_OUT]
    frame = corpus_sheet(rows, findings, tuple(given)).frame().round(DIGITS)
    return typed(columns, {column.name: frame[column.name] for column in columns})


def _given(texts: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Return the texts as lists; raises `SettingError` and `InputError`."""
    if not isinstance(texts, Mapping):
        raise InputError(f"texts must map language codes to lists, not be of type {type(texts).__name__}")
    codes = language_codes(texts)
    named = dict(zip(codes, texts.values(), strict=True))
    if not MIN_LANGUAGES <= len(codes) <= MAX_LANGUAGES:
        raise SettingError(f"{MIN_LANGUAGES} to {MAX_LANGUAGES} languages can be aligned, not {len(codes)}")
    return {code: _items(code, named[code]) for code in codes}


def _items(code: str, items: Iterable[str]) -> list[str]:
    if isinstance(items, str) or not isinstance(items, Iterable):
        raise InputError(f"the texts in {code!r} are of type {type(items).__name__}, not a list of str")
    found = [checked_text(item, f"text {number} in {code!r}") for number, item in enumerate(items, 1)]
    if not any(map(str.strip, found)):
        raise InputError(f"there is no text in {code!r}")
    for number, item in enumerate(found, 1):
        if len(item) > MAX_PARAGRAPH:
            limit = f"the limit is {MAX_PARAGRAPH:,}"
            raise InputError(f"text {number} in {code!r} has {len(item):,} characters, {limit}")
    return found


def _group(texts: Mapping[str, Sequence[str]], level: str) -> ArticleGroup:
    """Return the texts as one article whose files match with probability 1."""
    detector = LanguageDetector(tuple(texts))
    articles = tuple(_article(code, items, level, detector) for code, items in texts.items())
    return ArticleGroup("", articles, tuple((1.0, one, two) for one, two in combinations(texts, 2)))


def _article(code: str, items: Sequence[str], level: str, detector: LanguageDetector) -> Article:
    """Return a list as an article with one paragraph per item; blank items have no sentences."""
    paragraphs = tuple(
        Paragraph(number, "paragraph", item, _sentences(item, code, level), language)
        for number, (item, language) in enumerate(
            zip(items, detector.paragraphs(items, code), strict=True), 1
        )
    )
    return Article(code, code, 1.0, paragraphs, (), "")


def _sentences(item: str, code: str, level: str) -> tuple[tuple[int, int], ...]:
    if level == "paragraph":
        return split_sentences(item, code)
    start, end = len(item) - len(item.lstrip()), len(item.rstrip())
    return ((start, end),) if start < end else ()


def _aligned(
    whole: ArticleGroup, encoder: Encoder, level: str, glossary: Glossary | None
) -> tuple[list[Row], list[Finding]]:
    """Return the rows, blank items included in place, and the findings on the other rows."""
    group = replace(whole, articles=tuple(map(_without_blanks, whole.articles)))
    texts = embed(group.articles, encoder)
    likeness = calibration_for(encoder, texts).likeness
    alignment = _alignment(texts, likeness, level)
    found = SetAside.of(group, whole, "paragraph").put_back(
        group_rows(group, alignment), [row.nodes for row in alignment]
    )
    ids = number_repeats(row.id for row, _ in found)
    rows = [replace(row, id=id) for (row, _), id in zip(found, ids, strict=True)]
    members = {(group.id, code): k for k, code in enumerate(group.languages)}
    vectors = SentenceVectors(members, group.articles, texts, encoder, likeness)
    return rows, check([row for row in rows if not _is_blank(row)], vectors, glossary)


def _alignment(texts: Sequence[Text], likeness: Likeness, level: str) -> list[AlignedRow]:
    """Return the aligned items as (language, item).

    Sentences come without paragraph boundaries, so each text counts as one paragraph.
    """
    if level == "paragraph":
        return aligned_rows(texts, likeness)
    joined = [replace(text, paragraph=np.zeros_like(text.paragraph), paragraphs=1) for text in texts]
    return aligned_rows(joined, likeness, level, Prior(sentence_alone=_ALONE))


def _without_blanks(article: Article) -> Article:
    return replace(article, paragraphs=tuple(filter(lambda p: p.sentences, article.paragraphs)))


def _is_blank(row: Row) -> bool:
    return not any(paragraph.sentences for cell in row.cells for paragraph in cell)
