"""Run the whole flow over a folder of articles, or open what a run has written."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any, TypedDict, Unpack

from pipeline.api.corpus import Corpus, TemporaryFolder
from pipeline.api.state import unchanged_process
from pipeline.config import Config
from pipeline.output.write import recover
from pipeline.run.flow import run
from pipeline.run.progress import progress_for


class Settings(TypedDict, total=False):
    """The settings of a run besides its folders; docs/settings.md explains them."""

    languages: str | tuple[str, ...] | list[str]
    model: str
    level: str
    max_file_bytes: int
    skip_repairs: tuple[str, ...] | list[str]
    field_names: dict[str, str]
    keep_boilerplate: bool
    quiet: bool
    glossary: str | Path
    format: str
    engine: str
    address: str
    jobs: int
    cache: bool
    cache_bytes: int


def align(
    raw: str | PathLike[str],
    out: str | PathLike[str] | None = None,
    *,
    progress: bool = False,
    **settings: Unpack[Settings],
) -> Corpus:
    """Align the articles in the folder `raw`, write the corpus to the folder `out` and return it.

    Without `out` the corpus is in a temporary folder that is removed with the `Corpus`. `settings` are those
    of a run, by their names; one that is None has its default. With `progress` standard error shows how far
    the run is. Raises `SynopticError`.

    >>> corpus = align("data/raw", languages=["it", "ko", "pl"])
    >>> corpus
    <Corpus of 3 articles in it, ko, pl: 51 rows, 12 findings>
    """
    given = {"quiet": not progress, **settings}
    if out is not None:
        return _align(Path(raw), Path(out), given)
    folder = TemporaryFolder()
    corpus = _align(Path(raw), folder.path, given)
    corpus.keep(folder)
    return corpus


def load(out: str | PathLike[str]) -> Corpus:
    """Return the corpus that a run has written to the folder `out`, whatever the format of its tables.

    Raises `InputError` where there is none.

    >>> load("data/raw")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    pipeline.errors.InputError: cannot read .../run.json: No such file or directory; is ... a corpus?
    """
    path = Path(out).absolute()
    recover(path)
    return Corpus(path)


def _align(raw: Path, out: Path, settings: Mapping[str, Any]) -> Corpus:
    config = Config.load(None, raw=raw, out=out, **settings)
    with unchanged_process():
        run(config, progress_for(sys.stderr, config.quiet))
    return Corpus(out.absolute())
