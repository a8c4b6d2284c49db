"""Collections of any size, made from parallel documents.

The documents come from a file of parallel texts with one object per line: `source`, `doc` and a text for each
language. The lines of a document are in reading order. If there are too few documents, more are made by
joining the beginning of one with the end of another from the same source.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

LANGUAGES = ("it", "ko", "pl")

MIN_PARAGRAPHS = 6
"""Minimum paragraphs of a file."""

MAX_PARAGRAPHS = 60
"""Maximum paragraphs of a file; longer documents are split."""

Unit = Mapping[str, str]


def documents(path: Path) -> dict[str, list[list[Unit]]]:
    """Return the documents by source, with long ones split, each in all of its languages."""
    found: defaultdict[tuple[str, str], list[Unit]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if "doc" in record:
                unit = {code: " ".join(record[code].split()) for code in LANGUAGES if code in record}
                found[record["source"], record["doc"]].append(unit)
    by_source: defaultdict[str, list[list[Unit]]] = defaultdict(list)
    for (source, _), units in sorted(found.items()):
        pieces = -(-len(units) // MAX_PARAGRAPHS)
        size = -(-len(units) // pieces)
        by_source[source] += [
            units[start : start + size]
            for start in range(0, len(units), size)
            if len(units[start : start + size]) >= MIN_PARAGRAPHS
        ]
    return dict(by_source)


def articles(by_source: Mapping[str, Sequence[Sequence[Unit]]], seed: int = 1) -> Iterator[Sequence[Unit]]:
    """Yield all documents in random order, then endless mixtures of two."""
    rng = random.Random(seed)
    whole = [document for _, some in sorted(by_source.items()) for document in some]
    rng.shuffle(whole)
    yield from whole
    sources = sorted(by_source)
    weights = [len(by_source[source]) for source in sources]
    while True:
        one, two = rng.choices(by_source[rng.choices(sources, weights)[0]], k=2)
        yield [*one[: rng.randint(len(one) // 3, 2 * len(one) // 3)], *two[len(two) // 2 :]]


def write_collection(data: Path, folder: Path, paragraphs: int, seed: int = 1) -> int:
    """Write raw articles with at least `paragraphs` paragraphs in total; return the number of files.

    File names reveal neither the language nor the article.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = written = 0
    for number, units in enumerate(articles(documents(data), seed)):
        for code in LANGUAGES:
            texts = [unit[code] for unit in units if code in unit]
            if len(texts) >= MIN_PARAGRAPHS:
                digest = hashlib.blake2b(f"{seed} {number} {code}".encode(), digest_size=6).hexdigest()
                path = folder / digest[:2] / f"{digest}.txt"
                path.parent.mkdir(exist_ok=True)
                path.write_text("\n\n".join(texts) + "\n", encoding="utf-8")
                files, written = files + 1, written + len(texts)
        if written >= paragraphs:
            return files
    raise AssertionError("unreachable: articles() is endless")
