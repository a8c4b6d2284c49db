"""`python -m training DATA`: from parallel text to the model folder, in one command."""

import json
import sys
from pathlib import Path

import click

from pipeline.errors import SynopticError
from training.settings import Settings


@click.command()
@click.argument("data", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("pipeline/encoder"),
    show_default=True,
    help="Folder of the finished model.",
)
@click.option(
    "--work",
    type=click.Path(path_type=Path),
    default=Path("build/encoder"),
    show_default=True,
    help="Folder for checkpoints; a run that was broken off goes on from the last one.",
)
@click.option(
    "--news",
    type=click.Path(path_type=Path),
    default=None,
    help="A gold file (JSON Lines of documents) to measure retrieval on, never to train on.",
)
@click.option("--epochs", type=int, default=Settings.epochs, show_default=True)
@click.option("--minutes", type=float, default=None, help="Stop training after so long, whatever the epochs.")
@click.option(
    "--pieces", type=int, default=Settings.pieces, show_default=True, help="Size of the vocabulary."
)
@click.option("--dimensions", type=int, default=Settings.dimensions, show_default=True)
@click.option("--seed", type=int, default=Settings.seed, show_default=True)
@click.option("--device", default=None, help="cpu or cuda; by default a GPU where there is one.")
def main(
    data: Path,
    out: Path,
    work: Path,
    news: Path | None,
    minutes: float | None,
    device: str | None,
    **chosen: int,
) -> None:
    """Train the embedded sentence encoder on DATA, parallel text as JSON Lines (see training/README.md)."""
    from training.train import train

    try:
        report = train(
            data, out, work, Settings(**chosen), news=news, minutes=minutes, device=device, say=click.echo
        )
    except SynopticError as error:
        click.echo(f"training: {error}", err=True)
        sys.exit(2)
    click.echo(json.dumps(report["retrieval"]))


if __name__ == "__main__":
    main()
