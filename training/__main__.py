"""`python -m training DATA`: from parallel text to the model folder, in one command."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import click

from pipeline.errors import SynopticError
from training.corpus import CORE, LANGUAGES
from training.settings import CORE_SETTINGS, WIDE_SETTINGS


@click.command()
@click.argument("data", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--wide", is_flag=True, help="Train the model of sixteen languages instead of that of four.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help="Folder of the finished model.  [default: pipeline/encoder or, with --wide, pipeline/encoder_wide]",
)
@click.option(
    "--work",
    type=click.Path(path_type=Path),
    default=None,
    help="Folder for checkpoints (by default under build/); a run that was broken off goes on from there.",
)
@click.option(
    "--news",
    type=click.Path(path_type=Path),
    default=None,
    help="A gold file (JSON Lines of documents) to measure retrieval on, never to train on.",
)
@click.option("--epochs", type=int, default=None, help="[default: 40 or, with --wide, 12]")
@click.option("--minutes", type=float, default=None, help="Stop training after so long, whatever the epochs.")
@click.option(
    "--pieces", type=int, default=None, help="Size of the vocabulary.  [default: 56000; --wide 92000]"
)
@click.option("--dimensions", type=int, default=None, help="[default: 400 or, with --wide, 352]")
@click.option("--seed", type=int, default=None, help="[default: 20]")
@click.option("--device", default=None, help="cpu or cuda; by default a GPU where there is one.")
def main(
    data: tuple[Path, ...],
    wide: bool,
    out: Path | None,
    work: Path | None,
    news: Path | None,
    minutes: float | None,
    device: str | None,
    **chosen: int | None,
) -> None:
    """Train an embedded encoder on DATA, files of parallel text as JSON Lines (see training/README.md)."""
    from training.train import train

    name = "encoder_wide" if wide else "encoder"
    settings = replace(
        WIDE_SETTINGS if wide else CORE_SETTINGS,
        **{key: value for key, value in chosen.items() if value is not None},
    )
    try:
        report = train(
            data,
            out or Path("pipeline", name),
            work or Path("build", name),
            settings,
            languages=LANGUAGES if wide else CORE,
            news=news,
            minutes=minutes,
            device=device,
            say=lambda text: click.echo(text),
        )
    except SynopticError as error:
        click.echo(f"training: {error}", err=True)
        sys.exit(2)
    click.echo(json.dumps(report["retrieval"]))


if __name__ == "__main__":
    main()
