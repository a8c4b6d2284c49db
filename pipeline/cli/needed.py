"""What make installs before `align`, from its options: `python -m pipeline.cli.needed OPTIONS`.

Exit code 3 if they name a model that needs torch, 0 if they do not, 2 with one line on standard error if the
model cannot be used.
"""

from __future__ import annotations

import sys

import click

from pipeline.embedding.sources import source_of
from pipeline.errors import SynopticError

NEEDS_TORCH = 3


@click.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.option("--model")
@click.argument("others", nargs=-1, type=click.UNPROCESSED)
def needed(model: str | None, others: tuple[str, ...]) -> None:
    """Exit with a code that says what the model needs; `others` are for `align` to judge."""
    try:
        torch = model is not None and source_of(model) != "static"
    except SynopticError as error:
        click.echo(f"synoptic: {error}", err=True)
        sys.exit(2)
    sys.exit(NEEDS_TORCH if torch else 0)


if __name__ == "__main__":
    needed()
