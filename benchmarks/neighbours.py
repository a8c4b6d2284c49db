"""Recall and speed of the neighbour index against exact search.

    python -m benchmarks.neighbours RAW OUT --mixed 0,50000

The articles are those in RAW; results cached in OUT are reused. `--mixed` adds synthetic articles to each
language, each halfway between two, to create near neighbours. For the two largest languages it prints the
recall of the four nearest articles and of the nearest one, and the seconds of both methods for both
directions.
"""

from __future__ import annotations

import time
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from pipeline.config import Config
from pipeline.engines import load_engine
from pipeline.ingestion.ingest import list_files
from pipeline.matching.candidates import CANDIDATES, article_directions, by_language
from pipeline.matching.index import indexed
from pipeline.matching.nearest import Rows, exact
from pipeline.run.steps.chunks import Context, code_tag
from pipeline.run.steps.embed import Bodies, embed_bodies, encoder_of
from pipeline.run.steps.file_keys import Settings
from pipeline.run.steps.read import read_library
from pipeline.store.cache import FOLDER, Cache

Vectors = NDArray[np.float32]


@click.command()
@click.argument("raw", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--mixed", default="0", show_default=True, help="Comma-separated numbers of articles to add.")
@click.option("--seed", default=1, show_default=True)
def main(raw: Path, out: Path, mixed: str, seed: int) -> None:
    """Print a line of a Markdown table for each number of articles."""
    one, two = largest(raw, out)
    for count in map(int, mixed.split(",")):
        rng = np.random.default_rng(seed)
        print(cost_line(with_mixed(one, count, rng), with_mixed(two, count, rng)), flush=True)


def largest(raw: Path, out: Path) -> tuple[Vectors, Vectors]:
    """Return the vectors of the articles in the two largest languages, each `float32[n, d]`."""
    config, files = Config(raw=raw, out=out), list_files(raw.absolute())
    (out / FOLDER).mkdir(parents=True, exist_ok=True)
    with load_engine("local") as engine:
        context = Context(Cache(out.absolute() / FOLDER, code_tag()), engine)
        settings = Settings(config.languages, config.reading)
        library = read_library(raw.absolute(), files, settings, context, lambda done: None)
        bodies = Bodies(library, keep_boilerplate=False, level="paragraph")
        texts = embed_bodies(bodies, None, encoder_of(None), context, lambda done: None)
    article_vectors = texts.article_vectors()
    vectors = article_directions(article_vectors).vectors
    members = sorted(by_language(article_vectors.languages).values(), key=len)
    return vectors[members[-1]], vectors[members[-2]]


def with_mixed(vectors: Vectors, count: int, rng: np.random.Generator) -> Vectors:
    """Return the vectors and `count` more, each the normalised sum of two."""
    a, b = rng.integers(len(vectors), size=(2, count))
    between = vectors[a] + vectors[b]
    between /= np.maximum(np.linalg.norm(between, axis=1, keepdims=True), 1e-12)
    return np.concatenate([vectors, between])


def cost_line(one: Vectors, two: Vectors) -> str:
    """Return the recall of neighbours in `two` for each of `one`, and the seconds for both directions."""
    begin = time.perf_counter()
    (_, right), _ = exact(Rows.of(one), Rows.of(two), CANDIDATES)
    middle = time.perf_counter()
    (_, found), _ = indexed(one, two, CANDIDATES), indexed(two, one, CANDIDATES)
    end = time.perf_counter()
    hits = (right[:, :, None] == found[:, None, :]).any(axis=2)
    return (
        f"| {len(one):,} × {len(two):,} | {hits.mean():.4f} | {hits[:, 0].mean():.4f} "
        f"| {middle - begin:.1f} | {end - middle:.1f} |"
    )


if __name__ == "__main__":
    main()
