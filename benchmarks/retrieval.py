"""Retrieval accuracy of any sentence-transformers model on a gold file: P@1, averaged over both directions.

    python -m benchmarks.retrieval pipeline/encoder ../shared/data/gold/news.jsonl.gz

Each sentence must retrieve its translation among all sentences of the other language by cosine.
"""

import time
from pathlib import Path

import click

from pipeline.errors import InputError
from training.evaluate import load, pair_retrieval, read_gold


@click.command()
@click.argument("model")
@click.argument("gold", type=click.Path(path_type=Path))
def main(model: str, gold: Path) -> None:
    """Print P@1 in percent for every language pair in GOLD, and the speed of MODEL."""
    try:
        units = read_gold(gold)
    except InputError as error:
        raise click.ClickException(str(error)) from error
    encode = load(model)
    for pair, value in pair_retrieval(encode, units).items():
        click.echo(f"{pair}  {value:5.1f}")
    texts = [text for unit in units for text in unit.values()]
    started = time.perf_counter()
    encode(texts)
    click.echo(f"{len(texts) / (time.perf_counter() - started):,.0f} sentences a second")


if __name__ == "__main__":
    main()
