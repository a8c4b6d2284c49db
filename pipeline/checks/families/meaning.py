"""What the texts of a row mean: whether they translate each other, told by the vectors of their sentences.

Two questions, kept apart. Does another row fit better? Then the texts are right and their places are
wrong, an error of alignment. Does none, and the texts are far less alike than is usual for the two
languages in this corpus? Then it is rather an error of translation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment.likeness import Likeness
from pipeline.checks.cells import Cells, Draft, Numbered, Texts
from pipeline.checks.families.completeness import measured_length, without_repeats
from pipeline.languages.codes import language_name

if TYPE_CHECKING:
    from pipeline.checks.vectors import SentenceVectors

_BLOCK = 4096
"""Rows of one article that are held against each other; in a longer one, those this near."""

_KEPT = 4 * _BLOCK
"""Vectors of cells that are kept, because each is in several pairs of languages."""

_GAIN = 0.2
"""What cosines must gain when the texts of two rows are exchanged. Of neighbouring sentences of
professionally translated news not one pair gains anything; lists of nearly the same lines do, a little."""

_NEAR = 10
"""Rows between which a mistake is likely: beyond them the texts must fit each other as well as is usual."""

_DOUBTFUL = 0.5
"""Standard deviations below the usual cosine of translations from which a row is held against others."""

_FAR = 2.8
"""Spreads below the median at which a cosine is unusual: 0.3 to 0.8 % of professionally translated
sentences are."""

_PRIOR_ROWS = 30
"""Rows of the corpus that count as much as what is known of the encoder from elsewhere."""

_SHORTEST_TO_PLACE, _SHORTEST_TO_JUDGE = 12, 25
"""Characters that Italian needs for a text from which its vector says where it belongs, and from which
it says how well it was translated."""


class Match(NamedTuple):
    """A row whose text has a better partner in another row."""

    row: int
    other: int
    mutual: bool  # the other row's text fits here
    number: int = 0  # of the other row, as a reviewer knows it


class Likenesses(NamedTuple):
    """The rows that two languages share, and how alike their texts are there, in columns."""

    pair: tuple[str, str]
    numbers: bytes  # int32[rows], little-endian
    cosines: bytes  # float32[rows]


class Measured(NamedTuple):
    """What the vectors say of the rows of one article, numbered from 0."""

    likenesses: list[Likenesses]
    misplaced: list[tuple[tuple[str, str], Match]]


def measure(rows: Sequence[Cells], vectors: SentenceVectors) -> Measured:
    """Return how alike the texts of an article's rows are, and which fit elsewhere."""
    found = Measured([], [])
    unit = lru_cache(_KEPT)(lambda number, language: vectors.cell(rows[number], language))
    languages = dict.fromkeys(code for cells in rows for code in cells.row.languages)
    telling = {language: _telling_rows(rows, language) for language in languages}
    for pair in combinations(languages, 2):
        for block in _blocks(telling[pair[0]], telling[pair[1]]):
            one, two = (np.stack([unit(number, language) for number in block]) for language in pair)
            _compare(block, pair, one, two, vectors.likeness, found)
    misplaced = [
        (pair, match._replace(number=rows[match.other].row.number)) for pair, match in found.misplaced
    ]
    return Measured(found.likenesses, misplaced)


def doubtful(
    rows: Numbered[Texts], measured: Sequence[tuple[int, Measured]], likeness: Likeness
) -> Iterator[tuple[int, Draft]]:
    """`meaning.neighbour` and `meaning.similarity`, with the number of the row; each row once.

    `measured` is what `measure` says of each article, with the number of its first row.
    """
    misplaced: dict[int, dict[tuple[str, str], Match]] = {}
    unlike: dict[int, dict[tuple[str, str], tuple[float, float]]] = {}
    by_pair: dict[tuple[str, str], list[tuple[int, Likenesses]]] = {}
    for first, (likenesses, matches) in measured:
        for each in likenesses:
            by_pair.setdefault(each.pair, []).append((first, each))
        for pair, match in matches:
            here = misplaced.setdefault(first + match.row, {})
            here[pair] = match._replace(row=first + match.row, other=first + match.other)
    for pair, found in sorted(by_pair.items()):
        for number, cosine, usual in _far_below(rows, found, pair, likeness):
            unlike.setdefault(number, {})[pair] = cosine, usual
    for number, pairs in sorted(misplaced.items()):
        for pair in without_repeats(list(pairs)):
            yield number, _neighbour_draft(pair, pairs[pair])
    for number, distances in sorted(unlike.items()):
        if number not in misplaced:
            for pair in without_repeats(list(distances)):
                yield number, _similarity_draft(pair, *distances[pair])


def _telling_rows(rows: Sequence[Cells], language: str) -> list[int]:
    """The rows whose text in a language is long enough to say where it belongs."""
    return [
        number
        for number, cells in enumerate(rows)
        if language in cells.texts and measured_length(cells.texts[language], language) >= _SHORTEST_TO_PLACE
    ]


def _blocks(one: Sequence[int], two: Sequence[int]) -> Iterator[list[int]]:
    """The rows of an article that have both languages, those of a long one in pieces."""
    others = set(two)
    both = [number for number in one if number in others]
    return (both[start : start + _BLOCK] for start in range(0, len(both), _BLOCK))


def _is_telling(texts: Texts, pair: tuple[str, str]) -> bool:
    """Whether two texts are long enough to say how well they translate each other."""
    return all(measured_length(texts[language], language) >= _SHORTEST_TO_JUDGE for language in pair)


def _compare(
    block: list[int],
    pair: tuple[str, str],
    one: NDArray[np.float32],
    two: NDArray[np.float32],
    likeness: Likeness,
    found: Measured,
) -> None:
    """Add to `found` how alike the two texts of each row are, and which fit elsewhere."""
    cosines: NDArray[np.float32] = np.einsum("nd,nd->n", one, two)
    doubtful = np.flatnonzero(cosines < likeness.same - _DOUBTFUL * likeness.same_sd)
    across = one[doubtful] @ two[doubtful].T
    for match in _better_partners(across, doubtful, likeness):
        this, other = (block[doubtful[place]] for place in (match.row, match.other))
        found.misplaced.append((pair, Match(this, other, match.mutual)))
    numbers = np.array(block, dtype="<i4")
    found.likenesses.append(Likenesses(pair, numbers.tobytes(), cosines.astype("<f4").tobytes()))


def _better_partners(
    across: NDArray[np.float32], places: NDArray[np.int64], likeness: Likeness
) -> Iterator[Match]:
    """Rows whose source text fits the target text of another row better, `across` being `[n, n]` cosines.

    Either two rows gain by exchanging their texts, or the text is clearly the translation of one
    that has itself no better partner, as where all texts moved on by a row.
    """
    if len(across) < 2:
        return
    own = np.diag(across)
    gain = across + across.T - own[:, None] - own[None, :]
    np.fill_diagonal(gain, -np.inf)
    middle, like = 0.5 * (likeness.same + likeness.other), likeness.same - likeness.same_sd
    far = np.abs(places[:, None] - places[None, :]) > _NEAR
    gain[0.5 * (across + across.T) < np.where(far, like, middle)] = -np.inf
    partner = gain.argmax(axis=1)
    best_target = across.argmax(axis=1)
    best_source = across.argmax(axis=0)
    for row in range(len(across)):
        other, target = int(partner[row]), int(best_target[row])
        if gain[row, other] > _GAIN and partner[other] == row:
            yield Match(row, other, True)
        elif (
            best_source[target] == row
            and across[row, target] > (like if far[row, target] else middle)
            and across[row, target] - max(own[row], own[target]) > _GAIN
        ):
            yield Match(row, target, False)


def _far_below(
    rows: Numbered[Texts],
    found: Sequence[tuple[int, Likenesses]],
    pair: tuple[str, str],
    likeness: Likeness,
) -> Iterator[tuple[int, float, float]]:
    """`(row, its cosine, the usual one)` of rows that are far less alike than usual.

    What is usual is the median of the corpus and its spread (the median deviation, which bad rows hardly
    move), together with a number of rows that are as the encoder's figures say.
    """
    if not found:
        return
    sizes = [len(part.numbers) // 4 for _, part in found]
    numbers = np.frombuffer(b"".join(part.numbers for _, part in found), dtype="<i4")
    numbers = numbers + np.repeat(np.array([first for first, _ in found], dtype=np.int64), sizes)
    cosines = np.frombuffer(b"".join(part.cosines for _, part in found), dtype="<f4")
    weight = len(cosines) / (len(cosines) + _PRIOR_ROWS)
    median = float(np.median(cosines))
    spread = 1.4826 * float(np.median(np.abs(cosines - median)))
    usual = weight * median + (1 - weight) * likeness.same
    limit = usual - _FAR * (weight * spread + (1 - weight) * likeness.same_sd)
    limit = min(limit, 0.5 * (likeness.same + likeness.other))
    below = np.flatnonzero(cosines < limit)
    for number, cosine in zip(numbers[below].tolist(), cosines[below].tolist(), strict=True):
        if _is_telling(rows[number], pair):
            yield number, cosine, usual


def _neighbour_draft(pair: tuple[str, str], match: Match) -> Draft:
    source, target = pair
    message = (
        f"Alignment error? The {language_name(target)} text of row {match.number} "
        f"fits this {language_name(source)} text better" + (", and the other way round" * match.mutual)
    )
    return Draft("meaning.neighbour", source, target, message)


def _similarity_draft(pair: tuple[str, str], cosine: float, usual: float) -> Draft:
    source, target = pair
    message = (
        f"Translation error? {language_name(source)} and {language_name(target)} hardly mean the same here: "
        f"their similarity is {cosine:.2f}, {usual:.2f} is usual, and no other row fits better"
    )
    return Draft("meaning.similarity", source, target, message)
