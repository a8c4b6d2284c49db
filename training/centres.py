"""The mean vector of each language, which short articles are centred by.

    python -m training.centres pipeline/encoder parallel.jsonl.gz wide.jsonl.gz

Every source of the parallel texts counts the same, whatever its size, so that no kind of text prevails.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import click
import numpy as np
from safetensors.numpy import save_file

from pipeline.embedding.card import learned_languages
from pipeline.embedding.encoders import CENTRES_FILE, load_encoder
from training.corpus import read_lines
from training.sources import SOURCES

MOST, FEWEST = 10_000, 1_000
"""Texts of a source and language that are looked at, and those that it must have."""


@click.command()
@click.argument("model", type=click.Path(path_type=Path))
@click.argument("data", nargs=-1, required=True, type=click.Path(path_type=Path))
def main(model: Path, data: tuple[Path, ...]) -> None:
    """Write the mean vectors of the languages that MODEL has learned, in DATA, into its folder."""
    languages = sorted(learned_languages(str(model)))
    texts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for path in data:
        for line in read_lines(path, languages):
            for code, text in line.texts.items() if line.source in SOURCES else ():
                if len(texts[code, line.source]) < MOST:
                    texts[code, line.source].append(text)
    encoder = load_encoder(str(model))
    means: defaultdict[str, list[np.ndarray]] = defaultdict(list)
    for (code, _), some in sorted(texts.items()):
        if len(some) >= FEWEST:
            means[code].append(encoder.encode(some).mean(axis=0))
    save_file({code: np.mean(some, axis=0) for code, some in means.items()}, model / CENTRES_FILE)


if __name__ == "__main__":
    main()
