"""What the texts mean: rows whose texts belong to each other crosswise, or hardly at all.

These checks need sentence vectors, so that they run only where there is an encoder. Similarities are
cosines of vectors from which the mean of their language is taken away; what is usual is learned from
the corpus itself, by comparing every text with texts of other rows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pipeline.checks.completeness import relative_length
from pipeline.checks.names import language_name
from pipeline.checks.records import Cells, Draft
from pipeline.datatypes import Span

if TYPE_CHECKING:
    from pipeline.encoders import Encoder

_NEIGHBOURS = 5
"""Rows on either side that a row is compared with."""

_GAIN = 0.1
"""What two rows must gain in similarity when their texts are exchanged. On professionally translated
sentences, 1 in 1,000 neighbours gain as much by chance."""

_FEWEST = 30
"""Rows from which it can be told how similar texts of different rows are."""

_UNRELATED = 1.0
"""Spreads above the mean of texts that are no translations, below which a row is as unrelated as these."""

_SHORTEST = 40
"""Characters from which a text means enough to be compared by its vector."""


_SHORTER = 1.0
"""Spreads of length by which a text must be short of the other before parts of that are looked at."""

_PART_WEIGHT, _PART_LIMIT = 10.0, 3.0
"""A part is missing where the spreads of length missing, and ten times what similarity gains when the other
text is cut to this one's length, come to more than the limit. On professionally translated sentences
they do in 0.4 to 0.9 % in either direction, and in eight of ten with a half left out."""


def doubtful_meaning(rows: Sequence[Cells], encoder: Encoder) -> Iterator[tuple[int, Draft]]:
    """`meaning.swapped`, `meaning.unrelated` and `completeness.partial`, with the number of the row."""
    means = _means(rows, encoder)
    vectors = _vectors(rows, encoder, means)
    for source, target in combinations(vectors, 2):
        both = [n for n, cells in enumerate(rows) if source in cells.texts and target in cells.texts]
        if both:
            one, two = vectors[source][both], vectors[target][both]
            numbered = [(number, rows[number]) for number in both]
            swapped = dict(_swapped(numbered, one, two))
            for place, partner in swapped.items():
                yield both[place], _swap_draft(numbered[place][1], numbered[partner][1], source, target)
            for place in _unrelated(numbered, one, two, source, target):
                if place not in swapped:
                    message = f"{language_name(source)} and {language_name(target)} hardly mean the same here"
                    yield both[place], Draft("meaning.unrelated", source, target, message)
            for longer, shorter in ((source, target), (target, source)):
                parts = [n for n in both if _is_short(rows[n], longer, shorter)]
                yield from _missing_parts(rows, parts, vectors, means, encoder, longer, shorter)


def _is_short(cells: Cells, longer: str, shorter: str) -> bool:
    deviation, spread = relative_length(cells, longer, shorter)
    return deviation < -_SHORTER * spread


def _missing_parts(
    rows: Sequence[Cells],
    numbers: list[int],
    vectors: dict[str, NDArray[np.float32]],
    means: dict[str, NDArray[np.float32]],
    encoder: Encoder,
    longer: str,
    shorter: str,
) -> Iterator[tuple[int, Draft]]:
    """Rows whose shorter text says what the beginning or the end of the longer one says."""
    if not numbers:
        return
    cuts = [
        _cut(rows[n].texts[longer], math.exp(relative_length(rows[n], longer, shorter)[0])) for n in numbers
    ]
    heads = _unit(
        encoder.encode([rows[n].texts[longer][:end] for n, (end, _) in zip(numbers, cuts, strict=True)])
        - means[longer]
    )
    tails = _unit(
        encoder.encode([rows[n].texts[longer][start:] for n, (_, start) in zip(numbers, cuts, strict=True)])
        - means[longer]
    )
    other = vectors[shorter][numbers]
    whole = np.einsum("nd,nd->n", vectors[longer][numbers], other)
    by_head, by_tail = np.einsum("nd,nd->n", heads, other), np.einsum("nd,nd->n", tails, other)
    gains = (np.maximum(by_head, by_tail) - whole).tolist()
    for number, gain, (end, start), at_end in zip(
        numbers, gains, cuts, (by_head >= by_tail).tolist(), strict=True
    ):
        deviation, spread = relative_length(rows[number], longer, shorter)
        if _PART_WEIGHT * gain - deviation / spread > _PART_LIMIT:
            span = (end, len(rows[number].texts[longer])) if at_end else (0, start)
            yield number, _part_draft(rows[number], longer, shorter, span)


def _cut(text: str, share: float) -> tuple[int, int]:
    """Where the first words that make up a share of a text end, and where the last such words begin."""
    words = [match.span() for match in re.finditer(r"\S+", text)]
    count = max(1, min(len(words) - 1, round(len(words) * share)))
    return words[count - 1][1], words[-count][0]


def _part_draft(cells: Cells, longer: str, shorter: str, span: Span) -> Draft:
    message = (
        f"Part of the {language_name(longer)} text seems to have no counterpart in {language_name(shorter)}"
    )
    if list(cells.texts).index(longer) < list(cells.texts).index(shorter):
        return Draft("completeness.partial", longer, shorter, message, span)
    return Draft("completeness.partial", shorter, longer, message, None, span)


def _means(rows: Sequence[Cells], encoder: Encoder) -> dict[str, NDArray[np.float32]]:
    """The mean vector of each language, in the order in which the rows have them."""
    languages = dict.fromkeys(language for cells in rows for language in cells.texts)
    return {
        language: encoder.encode([cells.texts[language] for cells in rows if language in cells.texts]).mean(
            axis=0
        )
        for language in languages
    }


def _vectors(
    rows: Sequence[Cells], encoder: Encoder, means: dict[str, NDArray[np.float32]]
) -> dict[str, NDArray[np.float32]]:
    """Unit vectors `float32[rows, d]` of each language, zeros where a row lacks it."""
    found: dict[str, NDArray[np.float32]] = {}
    for language, mean in means.items():
        present = [number for number, cells in enumerate(rows) if language in cells.texts]
        found[language] = np.zeros((len(rows), len(mean)), dtype=np.float32)
        found[language][present] = _unit(encoder.encode([rows[n].texts[language] for n in present]) - mean)
    return found


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: NDArray[np.float32] = vectors / np.maximum(norms, 1e-9)
    return unit


def _swapped(
    rows: list[tuple[int, Cells]], one: NDArray[np.float32], two: NDArray[np.float32]
) -> Iterator[tuple[int, int]]:
    """Rows whose targets fit better the other way round: `(row, its partner)`, each row once."""
    own = np.einsum("nd,nd->n", one, two)
    best: dict[int, tuple[float, int]] = {}
    for step in range(1, _NEIGHBOURS + 1):
        across = np.einsum("nd,nd->n", one[:-step], two[step:]) + np.einsum(
            "nd,nd->n", one[step:], two[:-step]
        )
        gain = across - own[:-step] - own[step:]
        for place in np.flatnonzero(gain > _GAIN).tolist():
            if rows[place][1].row.article == rows[place + step][1].row.article:
                for this, other in ((place, place + step), (place + step, place)):
                    best[this] = max(best.get(this, (0.0, -1)), (float(gain[place]), other))
    for place, (_, partner) in sorted(best.items()):
        if best[partner][1] == place:
            yield place, partner


def _swap_draft(cells: Cells, partner: Cells, source: str, target: str) -> Draft:
    message = (
        f"Alignment error? The {language_name(target)} text of row {partner.row.number} "
        f"fits this {language_name(source)} text better, and the other way round"
    )
    return Draft("meaning.swapped", source, target, message)


def _unrelated(
    rows: list[tuple[int, Cells]],
    one: NDArray[np.float32],
    two: NDArray[np.float32],
    source: str,
    target: str,
) -> Iterator[int]:
    """Rows no more similar than texts of different rows are."""
    if len(rows) < _FEWEST:
        return
    steps = [len(rows) // 2 + step for step in range(3)]
    foreign = np.concatenate([np.einsum("nd,nd->n", one, np.roll(two, step, axis=0)) for step in steps])
    limit = float(foreign.mean() + _UNRELATED * foreign.std())
    own = np.einsum("nd,nd->n", one, two)
    for place in np.flatnonzero(own < limit).tolist():
        texts = rows[place][1].texts
        if len(texts[source]) >= _SHORTEST <= len(texts[target]):
            yield place
