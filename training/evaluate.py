"""Retrieval: how often the nearest sentence of the other language is the translation."""

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from pipeline.errors import InputError
from training.corpus import LANGUAGES, Line

Encode = Callable[[Sequence[str]], np.ndarray]
CHUNK = 1024


def retrieval(left: np.ndarray, right: np.ndarray) -> float:
    """P@1 in percent, mean of both directions, by cosine; row n of float32[n, d] translates row n."""
    if not len(left):
        raise ValueError("retrieval among no sentences")
    left, right = _unit(left), _unit(right)
    return 50 * (_hits(left, right) + _hits(right, left))


def _hits(queries: np.ndarray, candidates: np.ndarray) -> float:
    best = [
        (queries[start : start + CHUNK] @ candidates.T).argmax(axis=1)
        for start in range(0, len(queries), CHUNK)
    ]
    return float((np.concatenate(best) == np.arange(len(queries))).mean())


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def read_gold(path: Path) -> list[dict[str, str]]:
    """The units of a gold file (a document a line, `units` in reading order) as one list."""
    if not path.is_file():
        raise InputError(f"no gold file at {path}")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [unit for row in file for unit in json.loads(row)["units"]]


def parallel(
    units: Sequence[Mapping[str, str]], a: str, b: str, *, distinct: bool = False
) -> tuple[list[str], list[str]]:
    """The texts of the units that have both languages; `distinct` takes only the first of equal texts."""
    seen: set[tuple[str, str]] = set()
    lefts, rights = [], []
    for unit in units:
        if not (unit.get(a) and unit.get(b)):
            continue
        keys = {(a, unit[a].casefold()), (b, unit[b].casefold())}
        if not (distinct and keys & seen):
            seen |= keys
            lefts.append(unit[a])
            rights.append(unit[b])
    return lefts, rights


def pair_retrieval(
    encode: Encode,
    units: Sequence[Mapping[str, str]],
    *,
    distinct: bool = False,
    languages: Sequence[str] = LANGUAGES,
) -> dict[str, float]:
    """P@1 of every pair of languages that the units have, as `{"it-ko": 93.1, ...}`."""
    result = {}
    for a, b in combinations(languages, 2):
        left, right = parallel(units, a, b, distinct=distinct)
        if left:
            result[f"{a}-{b}"] = round(retrieval(encode(left), encode(right)), 2)
    return result


def load(folder: Path | str) -> Encode:
    """Any sentence-transformers model as a function from texts to float32[n, d], on the CPU."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")
    return lambda texts: model.encode(list(texts), batch_size=256, show_progress_bar=False)


def measure(
    folder: Path, dev: Sequence[Line], news: Path | None, languages: Sequence[str]
) -> dict[str, dict[str, float]]:
    """Retrieval of the finished model: on the dev lines set apart against English, and on a gold file."""
    encode = load(folder)
    everyday = pair_retrieval(encode, [line.texts for line in dev], distinct=True, languages=languages)
    result = {"everyday": {pair: value for pair, value in everyday.items() if "en" in pair.split("-")}}
    if news is not None:
        result["news"] = pair_retrieval(encode, read_gold(news), languages=languages)
    return result
