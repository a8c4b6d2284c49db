"""Part of a text without counterpart: told by its length, and by what its vector gains without that part.

A text that is too long for its counterpart is tried without its last words, without its first ones, and
without some of its sentences. If that brings its vector nearer to the counterpart's, what was left out
is probably what the counterpart lacks.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.checks.cells import Cells, Draft
from pipeline.checks.families.completeness import (
    Centres,
    are_the_same,
    measured_length,
    relative_length,
    without_repeats,
)
from pipeline.checks.vectors import SentenceVectors, length_of
from pipeline.datatypes import Span
from pipeline.languages.codes import language_name

_SHORTER = 1.2
"""Spreads of length by which a text must be short of the other before parts of that are looked at."""

_LENGTH, _CUT, _SENTENCES, _SIZE, _LIMIT = 3.1, 10.0, 50.0, -0.6, 5.1
"""Weights of the spreads of length that are missing, of what similarity gains without words and without
whole sentences, and of the logarithm of the characters; and the sum from which a part counts as missing.
Found by logistic regression on professionally translated news, with halves of sentences left out and
sentences of other articles added, the documents divided into five parts of which each was judged by the
other four."""

_SURE = 8.0
"""Sum from which hardly any part is a mere difference of style; below it, to look is enough."""

_BEST_COSINE = 1.001
"""What no cosine exceeds, its rounding included."""

_SHORTEST, _SMALLEST = 40, 12
"""Characters that Italian needs for a text that may lack a part, and for the part."""

_SURE_SIZE = 80
"""Characters that Italian needs for a text about which more than a question is asked. In a heading or in the
cell of a table another wording alone may take twice as long."""

_WORD = re.compile(r"\S+")


class _Case(NamedTuple):
    """A text that is too long beside another, and the texts that must be encoded to judge it."""

    number: int
    longer: str
    shorter: str
    short_by: float  # spreads of length
    spans: Sequence[Span]  # the sentences of the longer text
    head: Span  # its first words, as many as the shorter text seems to cover; and its last ones
    tail: Span


class _Part(NamedTuple):
    """A part that seems to have no counterpart."""

    span: Span
    sure: bool


class _Hope(NamedTuple):
    """What the vectors say of a case without further encoding."""

    sums: NDArray[np.float32]  # of the longer text's sentences
    other: NDArray[np.float32]  # of the shorter text
    own: float  # their cosine
    sentences: Span | None  # those without which it gains most, and what it gains
    gain: float


def missing_parts(
    rows: Sequence[Cells], vectors: SentenceVectors, centres: Centres
) -> Iterator[tuple[int, Draft]]:
    """`completeness.omitted-part`, `added-part` and `doubtful-part`, with the number of the row."""
    cases = [case for number, cells in enumerate(rows) for case in _cases(number, cells, centres)]
    found: dict[int, dict[tuple[str, str], Draft]] = {}
    for case, part in zip(cases, _judged(rows, cases, vectors), strict=True):
        if part:
            pair = (case.longer, case.shorter)
            found.setdefault(case.number, {})[pair] = _draft(rows[case.number], *pair, part)
    for number, drafts in found.items():
        for pair in without_repeats(list(drafts)):
            yield number, drafts[pair]


def _cases(number: int, cells: Cells, centres: Centres) -> Iterator[_Case]:
    for source, target in cells.pairs:
        deviation, spread = relative_length(cells, source, target, centres.get((source, target), 0.0))
        if abs(deviation) <= _SHORTER * spread or are_the_same(cells, source, target):
            continue
        longer, shorter = (source, target) if deviation < 0 else (target, source)
        size = measured_length(cells.texts[longer], longer)
        enough = size >= _SHORTEST and size - measured_length(cells.texts[shorter], shorter) >= _SMALLEST
        spans = cells.sentences(longer) if enough else []
        words = [match.span() for match in _WORD.finditer(cells.texts[longer])] if spans else []
        if len(words) > 1:
            count = max(1, min(len(words) - 1, round(len(words) * math.exp(-abs(deviation)))))
            head, tail = (words[0][0], words[count - 1][1]), (words[-count][0], words[-1][1])
            yield _Case(number, longer, shorter, abs(deviation) / spread, spans, head, tail)


def _judged(
    rows: Sequence[Cells], cases: Sequence[_Case], vectors: SentenceVectors
) -> Iterator[_Part | None]:
    """The part of each longer text that seems to have no counterpart, or None."""
    hopes = [_hope(rows[case.number], case, vectors) for case in cases]
    parts = [
        text
        for case, hope in zip(cases, hopes, strict=True)
        if hope
        for text in _cut_sentences(rows[case.number], case)
    ]
    unique = {text: place for place, text in enumerate(dict.fromkeys(parts))}
    encoded = vectors.encoder.encode(list(unique)) if unique else np.zeros((0, 0), dtype=np.float32)
    for case, hope in zip(cases, hopes, strict=True):
        yield _judge(rows[case.number], case, hope, encoded, unique) if hope else None


def _hope(cells: Cells, case: _Case, vectors: SentenceVectors) -> _Hope | None:
    """What is known before anything is encoded; None if not even the best words could be evidence enough."""
    sums, other = vectors.sums(cells, case.longer), vectors.cell(cells, case.shorter)
    own = _cosine(sums.sum(axis=0), other)
    by_sentences = dict(_without_sentences(sums, case.spans, other))
    sentences = max(by_sentences, key=lambda span: by_sentences[span], default=None)
    gain = by_sentences[sentences] - own if sentences else 0.0
    rest = _LENGTH * case.short_by + _SIZE * math.log(len(cells.texts[case.longer]))
    if rest + _CUT * (_BEST_COSINE - own) + _SENTENCES * gain < _LIMIT:
        return None
    return _Hope(sums, other, own, sentences, gain)


def _judge(
    cells: Cells, case: _Case, hope: _Hope, encoded: NDArray[np.float32], places: dict[str, int]
) -> _Part | None:
    sums, other, own, sentences, gain = hope
    text = cells.texts[case.longer]
    by_words = {
        (case.head[1], len(text)): _cosine(_part_sum(text, case, case.head, sums, encoded, places), other),
        (0, case.tail[0]): _cosine(_part_sum(text, case, case.tail, sums, encoded, places), other),
    }
    words = max(by_words, key=lambda span: by_words[span])
    evidence = (
        _LENGTH * case.short_by
        + _CUT * (by_words[words] - own)
        + _SENTENCES * gain
        + _SIZE * math.log(len(text))
    )
    if evidence < _LIMIT:
        return None
    sure = evidence >= _SURE and measured_length(text, case.longer) >= _SURE_SIZE
    return _Part(sentences if sentences and gain > 0 else words, sure)


def _cut_sentences(cells: Cells, case: _Case) -> Iterator[str]:
    """The sentences that the head's end and the tail's beginning cut, whole and in part."""
    text = cells.texts[case.longer]
    for part in (case.head, case.tail):
        for start, end in case.spans:
            inside = max(start, part[0]), min(end, part[1])
            if inside[0] < inside[1] and inside != (start, end):
                yield text[start:end]
                yield text[slice(*inside)]


def _part_sum(
    text: str,
    case: _Case,
    part: Span,
    sums: NDArray[np.float32],
    encoded: NDArray[np.float32],
    places: dict[str, int],
) -> NDArray[np.float32]:
    """The vector of part of a text: its sentences, and of the one that is cut what was encoded of it.

    A sentence's own vector is centred; so becomes that of its part by adding the difference of the two.
    """
    total = np.zeros(sums.shape[1], dtype=np.float32)
    for (start, end), vector in zip(case.spans, sums, strict=True):
        inside = max(start, part[0]), min(end, part[1])
        if inside == (start, end):
            total += vector
        elif inside[0] < inside[1]:
            difference = encoded[places[text[slice(*inside)]]] - encoded[places[text[start:end]]]
            size = inside[1] - inside[0]
            total += vector * np.float32(size / (end - start)) + difference * np.float32(size)
    return total


def _without_sentences(
    sums: NDArray[np.float32], spans: Sequence[Span], other: NDArray[np.float32]
) -> Iterator[tuple[Span, float]]:
    """The cosine without the first sentences, without the last ones, and without one in the middle."""
    count = len(spans)
    total = sums.sum(axis=0)
    running = np.concatenate([np.zeros((1, sums.shape[1]), dtype=np.float32), np.cumsum(sums, axis=0)])
    runs = [(0, k) for k in range(1, count)] + [(k, count) for k in range(1, count)]
    runs += [(k, k + 1) for k in range(1, count - 1)]
    for first, last in runs:
        yield (
            (spans[first][0], spans[last - 1][1]),
            _cosine(total - (running[last] - running[first]), other),
        )


def _cosine(vector: NDArray[np.float32], unit: NDArray[np.float32]) -> float:
    return float(vector @ unit) / max(length_of(vector), 1e-9)


def _draft(cells: Cells, longer: str, shorter: str, part: _Part) -> Draft:
    omitted = list(cells.texts).index(longer) < list(cells.texts).index(shorter)
    names = f"{language_name(longer)} text", language_name(shorter)
    if part.sure:
        rule = "completeness.omitted-part" if omitted else "completeness.added-part"
        message = f"Part of the {names[0]} seems to have no counterpart in {names[1]}"
    else:
        rule = "completeness.doubtful-part"
        message = f"Does part of the {names[0]} have no counterpart in {names[1]}?"
    if omitted:
        return Draft(rule, longer, shorter, message, part.span)
    return Draft(rule, shorter, longer, message, None, part.span)
