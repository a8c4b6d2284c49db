"""From lines to batches of numbers: tokenised once, then drawn, varied and relabelled for each step."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numba
import numpy as np
from tokenizers import Tokenizer

from training.corpus import Line
from training.sources import LEXICA
from training.tokenizer import WORD_START

BUNDLE = 4  # entries that are joined to a dictionary entry, at most
Ragged = tuple[np.ndarray, np.ndarray]  # offsets[n + 1], values[offsets[n]]


@dataclass(frozen=True)
class Tokenised:
    """Every text of the lines as piece ids; `text[line, language]` numbers the texts, -1 where none."""

    languages: tuple[str, ...]
    text: np.ndarray
    offsets: np.ndarray
    ids: np.ndarray
    key: np.ndarray  # equal texts have equal keys
    weight: np.ndarray
    lexicon: np.ndarray  # whether the line is an entry of a dictionary
    doc: np.ndarray  # lines of one document have one number, lines without have -1


ARRAYS = [one.name for one in fields(Tokenised) if one.name != "languages"]


@dataclass(frozen=True)
class Batch:
    """The texts of some lines: `text[line, language]` is a row of (`offsets`, `ids`), -1 where none."""

    text: np.ndarray
    offsets: np.ndarray
    ids: np.ndarray
    key: np.ndarray
    pairs: list[tuple[int, int]]  # of languages, which are to be told apart


def tokenise(lines: Sequence[Line], tokenizer: Tokenizer, languages: Sequence[str]) -> Tokenised:
    """All texts of the lines as ids, in the order of `languages` within each line."""
    text = np.full((len(lines), len(languages)), -1, dtype=np.int64)
    texts: list[str] = []
    for row, line in enumerate(lines):
        for column, language in enumerate(languages):
            if language in line.texts:
                text[row, column] = len(texts)
                texts.append(line.texts[language])
    offsets, ids = encode(tokenizer, texts)
    docs: dict[tuple[str, str], int] = {}
    doc = [docs.setdefault((line.source, line.doc), len(docs)) if line.doc else -1 for line in lines]
    keys: dict[bytes, int] = {}
    key = [keys.setdefault(ids[a:b].tobytes(), len(keys)) for a, b in itertools.pairwise(offsets)]
    weight = np.array([line.weight for line in lines])
    lexicon = np.array([line.source in LEXICA for line in lines])
    return Tokenised(tuple(languages), text, offsets, ids, np.array(key), weight, lexicon, np.array(doc))


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> Ragged:
    """Texts as piece ids, in one ragged array."""
    rows = []
    for start in range(0, len(texts), 20_000):
        encoded = tokenizer.encode_batch_fast(texts[start : start + 20_000], add_special_tokens=False)
        rows += [np.array(one.ids, dtype=np.int32) for one in encoded]
    offsets = np.cumsum([0] + [len(row) for row in rows])
    return offsets, np.concatenate(rows) if rows else np.zeros(0, dtype=np.int32)


def splits(tokenizer: Tokenizer) -> Ragged:
    """For each piece its best division into two known pieces; the piece itself where there is none."""
    vocabulary = tokenizer.get_vocab()
    score = dict(_scores(tokenizer))
    rows = [[0]] * len(vocabulary)
    for piece, number in vocabulary.items():
        pairs = [
            (score[piece[:at]] + score[piece[at:]], at)
            for at in range(1, len(piece))
            if piece[:at] in score and piece[at:] in score and piece[:at] != WORD_START
        ]
        at = max(pairs)[1] if pairs else len(piece)
        rows[number] = [vocabulary[part] for part in (piece[:at], piece[at:]) if part]
    offsets = np.cumsum([0] + [len(row) for row in rows])
    return offsets, np.array([i for row in rows for i in row], dtype=np.int32)


def _scores(tokenizer: Tokenizer) -> list[tuple[str, float]]:
    import json

    return [(piece, value) for piece, value in json.loads(tokenizer.to_str())["model"]["vocab"]]


@dataclass(frozen=True)
class Variation:
    """How texts are varied: shares of pieces left out, of pieces split, and of lines joined to the next.

    `pairs` is the share of the pairs of languages that a batch compares.
    """

    dropout: float = 0.1
    split: float = 0.1
    joined: float = 0.1
    bundled: float = 0.5
    run: int = 4
    pairs: float = 1.0


def draw(data: Tokenised, size: int, variation: Variation, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """One epoch of line numbers, `size` at a time: shuffled runs of neighbouring lines of a document."""
    counts = np.floor(data.weight + rng.random(len(data.weight))).astype(np.int64)
    chosen = np.repeat(np.arange(len(counts)), counts)
    # A line drawn twice must not stand beside itself, so each repetition is an order of its own.
    repetition = np.concatenate([np.arange(n) for n in counts]) if len(counts) else counts
    chosen = chosen[np.argsort(repetition, kind="stable")]
    runs = np.cumsum(_run_starts(data.doc[chosen], variation.run))
    order = rng.permutation(runs[-1] + 1)[runs]
    chosen = chosen[np.argsort(order, kind="stable")]
    for start in range(0, len(chosen) - size // 2, size):
        yield chosen[start : start + size]


def _run_starts(doc: np.ndarray, run: int) -> np.ndarray:
    position = np.arange(len(doc))
    starts = np.ones(len(doc), dtype=np.int64)
    starts[1:] = (doc[1:] != doc[:-1]) | (doc[1:] < 0) | (position[1:] % run == 0)
    return starts


def make_batch(
    data: Tokenised, lines: np.ndarray, other: Ragged, variation: Variation, rng: np.random.Generator
) -> Batch:
    """The texts of the lines, some of them joined to others, with pieces left out or split."""
    rows = data.text[lines]
    present = rows >= 0
    extra = np.concatenate(
        [
            _following(data, lines, present, variation, rng)[:, None],
            _bundled(data, lines, present, variation, rng),
        ],
        axis=1,
    )
    parts = np.where((extra >= 0)[:, :, None], rows[extra], -1)
    parts = np.concatenate([rows[:, None], parts], axis=1).transpose(0, 2, 1)[present]
    text = np.full_like(rows, -1)
    text[present] = np.arange(present.sum())
    seed = int(rng.integers(2**31))
    offsets, ids = _vary(data.offsets, data.ids, parts, *other, variation.dropout, variation.split, seed)
    alone = (parts[:, 1:] < 0).all(axis=1)
    key = np.where(alone, data.key[parts[:, 0]], -1 - np.arange(len(parts)))
    pairs = list(itertools.combinations(range(len(data.languages)), 2))
    if variation.pairs < 1:
        pairs = [pair for pair in pairs if rng.random() < variation.pairs]
    return Batch(text, offsets, ids, key, pairs)


def _following(
    data: Tokenised, lines: np.ndarray, present: np.ndarray, variation: Variation, rng: np.random.Generator
) -> np.ndarray:
    """For each line the place of the line of its document to join to it, -1 where none."""
    doc, places = data.doc[lines], np.arange(len(lines))
    follows = (doc[:-1] == doc[1:]) & (doc[:-1] >= 0) & (present[:-1] == present[1:]).all(axis=1)
    follows &= rng.random(len(lines) - 1) < variation.joined
    return np.append(np.where(follows, places[1:], -1), -1)


def _bundled(
    data: Tokenised, lines: np.ndarray, present: np.ndarray, variation: Variation, rng: np.random.Generator
) -> np.ndarray:
    """For each line the places of up to `BUNDLE` lexicon entries in the same languages, -1 where none.

    Words alone are easy to tell apart; in a bundle they have to share a vector as they do in sentences.
    """
    result = np.full((len(lines), BUNDLE), -1)
    kinds = present @ (1 << np.arange(present.shape[1]))
    for kind in np.unique(kinds[data.lexicon[lines]]):
        places = np.flatnonzero((kinds == kind) & data.lexicon[lines])
        chosen = rng.choice(places, (len(places), BUNDLE))
        wanted = np.where(
            rng.random(len(places)) < variation.bundled, rng.integers(1, BUNDLE + 1, len(places)), 0
        )
        keep = (np.arange(BUNDLE) < wanted[:, None]) & (chosen != places[:, None])
        result[places] = np.where(keep, chosen, -1)
    return result


@numba.njit(cache=True)
def _vary(offsets, ids, parts, split_offsets, split_ids, dropout, split, seed):  # noqa: ANN001, ANN202
    np.random.seed(seed)
    total = 0
    for text in parts.ravel():
        if text >= 0:
            total += offsets[text + 1] - offsets[text]
    out = np.empty(2 * total + len(parts), dtype=np.int64)
    bounds = np.zeros(len(parts) + 1, dtype=np.int64)
    at = 0
    for i in range(len(parts)):
        for text in parts[i]:
            if text < 0:
                continue
            for position in range(offsets[text], offsets[text + 1]):
                if np.random.random() < dropout:
                    continue
                piece = ids[position]
                if np.random.random() < split:
                    for part in range(split_offsets[piece], split_offsets[piece + 1]):
                        out[at] = split_ids[part]
                        at += 1
                else:
                    out[at] = piece
                    at += 1
        if at == bounds[i]:  # nothing is left: keep the first piece, or the unknown one
            text = parts[i, 0]
            out[at] = ids[offsets[text]] if offsets[text + 1] > offsets[text] else 0
            at += 1
        bounds[i + 1] = at
    return bounds, out[:at].copy()


@numba.njit(cache=True)
def relabel(values, last):  # noqa: ANN001, ANN201
    """The distinct values in order of appearance, and each value's number; `last` is scratch, all -1."""
    distinct = np.empty(len(values), dtype=np.int64)
    numbers = np.empty(len(values), dtype=np.int64)
    count = 0
    for i in range(len(values)):
        value = values[i]
        if last[value] < 0:
            last[value] = count
            distinct[count] = value
            count += 1
        numbers[i] = last[value]
    for i in range(count):
        last[distinct[i]] = -1
    return distinct[:count].copy(), numbers


@numba.njit(cache=True)
def take_rows(offsets, values, rows):  # noqa: ANN001, ANN201
    """The given rows of a ragged array as a ragged array."""
    bounds = np.zeros(len(rows) + 1, dtype=np.int64)
    for i in range(len(rows)):
        bounds[i + 1] = bounds[i] + offsets[rows[i] + 1] - offsets[rows[i]]
    out = np.empty(bounds[-1], dtype=np.int64)
    for i in range(len(rows)):
        out[bounds[i] : bounds[i + 1]] = values[offsets[rows[i]] : offsets[rows[i] + 1]]
    return bounds, out
