"""`python -m demo FOLDER`: write the raw files, align them, enter the decisions, and align again."""

import shutil
import sys
from pathlib import Path

import click

from demo.raw import write_raw
from demo.review import write_decisions
from pipeline.cli.commands import main as synoptic_command
from pipeline.errors import SynopticError

MARK = ".synoptic-demo"
"""A file in each folder that this made, and may replace."""

GLOSSARY = Path(__file__).parent / "glossary.csv"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def main(folder: Path) -> None:
    """Make the demonstration corpus in FOLDER, which is replaced."""
    import synoptic as package

    raw, out, decisions = folder / "raw", folder / "corpus", folder / "decisions-of-two-reviewers.csv"
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise click.UsageError(f"{folder} is not a demonstration; name another folder")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARK).touch()
    write_raw(raw)
    try:
        corpus = package.align(raw, out, glossary=GLOSSARY)
        write_decisions(corpus, decisions)
    except SynopticError as error:
        click.echo(f"demo: {error}", err=True)
        sys.exit(2)
    synoptic_command(["apply", str(decisions), str(out)], standalone_mode=False)
    synoptic_command(["align", "--glossary", str(GLOSSARY), "--", str(raw), str(out)], standalone_mode=False)


if __name__ == "__main__":
    main()
