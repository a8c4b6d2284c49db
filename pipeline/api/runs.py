"""Run the pipeline on a folder of articles, or open the output of a run."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from pipeline.api.corpus import Corpus, TemporaryFolder
from pipeline.api.state import unchanged_process
from pipeline.config import Config
from pipeline.output.commit import recover
from pipeline.run.flow import run
from pipeline.run.progress import progress_for

if TYPE_CHECKING:
    import pandas as pd


class Settings(TypedDict, total=False):
    """Settings of a run other than its folders, documented in docs/settings.md; None means the default."""

    languages: str | tuple[str, ...] | list[str] | None
    model: str | None
    level: str | None
    max_file_bytes: int | None
    skip_repairs: tuple[str, ...] | list[str] | None
    field_names: dict[str, str] | None
    keep_boilerplate: bool | None
    quiet: bool | None
    glossary: str | Path | None
    rules: str | Path | None
    only: str | list[str] | tuple[str, ...] | None
    skip: str | list[str] | tuple[str, ...] | None
    fail_on: str | None
    pairs: str | PathLike[str] | pd.DataFrame | Iterable[Mapping[str, object]] | None
    format: str | None
    engine: str | None
    address: str | None
    jobs: int | None
    cache: bool | None
    cache_bytes: int | None


def align(
    raw: str | PathLike[str],
    out: str | PathLike[str] | None = None,
    *,
    progress: bool = False,
    **settings: Unpack[Settings],
) -> Corpus:
    """Align the articles in the folder `raw`, write the corpus to the folder `out` and return it.

    Without `out`, the corpus is in a temporary folder that is removed with the `Corpus`. `settings` are those
    in docs/settings.md; None means the default. `pairs` may also be the rows of such a table: a DataFrame, or
    a list of dicts. With `progress`, progress is shown on standard error. Raises `SynopticError`.

    >>> corpus = align("data/raw", languages=["it", "ko", "pl"])
    >>> corpus
    <Corpus of 3 articles in it, ko, pl: 51 rows, 10 findings>
    """
    folder = TemporaryFolder() if out is None else None
    path = folder.path if folder else Path(out or "")
    pairs = settings.pop("pairs", None)
    file = Path(pairs) if isinstance(pairs, str | PathLike) else None
    given = {"quiet": not progress, **settings}
    config = Config.load(None, None, raw=Path(raw), out=path, pairs=file, **given)
    statements = None
    if pairs is not None and file is None:
        from pipeline.api.pairs import given_pairs  # imported late because it needs pandas

        statements = given_pairs(pairs, config.languages)
    with unchanged_process():
        run(config, progress_for(sys.stderr, config.quiet), statements)
    return Corpus(path.absolute(), folder)


def load(out: str | PathLike[str]) -> Corpus:
    """Open the corpus that a run wrote to the folder `out`, as CSV or Parquet.

    Raises `InputError` if there is none.

    >>> load("data/raw")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    pipeline.errors.InputError: cannot read .../run.json: No such file or directory; is ... a corpus?
    """
    path = Path(out).absolute()
    recover(path)
    return Corpus(path)
