"""The mean vector of each language, which short articles are centred by.

    python -m training.centres pipeline/encoder ../shared/data/parallel.jsonl.gz

Every source of the parallel texts counts the same, whatever its size, so that no kind of text prevails.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from pathlib import Path

import click
import numpy as np
from safetensors.numpy import save_file

from pipeline.embedding.encoders import CENTRES_FILE, load_encoder

MOST, FEWEST = 10_000, 1_000
"""Texts of a source and language that are looked at, and those that it must have."""


@click.command()
@click.argument("model", type=click.Path(path_type=Path))
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--languages", default="it,ko,pl", show_default=True)
def main(model: Path, data: Path, languages: str) -> None:
    """Write the mean vectors of the languages in DATA into the folder of MODEL."""
    texts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    with gzip.open(data, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            for code in languages.split(","):
                if code in record and len(texts[code, record["source"]]) < MOST:
                    texts[code, record["source"]].append(record[code])
    encoder = load_encoder(str(model))
    means: defaultdict[str, list[np.ndarray]] = defaultdict(list)
    for (code, _), some in sorted(texts.items()):
        if len(some) >= FEWEST:
            means[code].append(encoder.encode(some).mean(axis=0))
    save_file({code: np.mean(some, axis=0) for code, some in means.items()}, model / CENTRES_FILE)


if __name__ == "__main__":
    main()
