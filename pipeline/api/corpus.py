"""A finished corpus: its tables as DataFrames, a picture for notebooks, exports and scores."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.api.pictures import corpus_html, counted
from pipeline.api.state import unchanged_process
from pipeline.config import parse_languages
from pipeline.output.columns import (
    ARTICLE_COLUMNS,
    FINDING_COLUMNS,
    OPEN,
    REPAIR_COLUMNS,
    corpus_columns,
)
from pipeline.output.frames import read_frame
from pipeline.output.reader import languages_of

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.evaluation.evaluate import Evaluation
    from pipeline.exports.write import Export


class TemporaryFolder:
    """An empty folder, removed with the last reference to this object or at process exit."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="synoptic-"))
        weakref.finalize(self, _remove, self.path, os.getpid())


class Corpus:
    """The output of a run in the folder `path`, in these `languages`.

    The tables have the columns documented in docs/output.md: texts as in the files; counts, probabilities
    and scores as numbers; NaN for a missing penalty. Each table is read on first use, and changing a
    DataFrame changes no file. In a notebook, a corpus shows its articles as bands of rows.

    `rows` holds the aligned paragraphs, `articles` the result for each raw file, `findings` what to review,
    and `repairs` each change to the text of a file. Reading a missing or damaged table raises `InputError`.
    """

    def __init__(self, path: str | PathLike[str], folder: TemporaryFolder | None = None) -> None:
        """Open the corpus in `path`, keeping a temporary `folder` alive; raise `InputError` if missing."""
        self.path = Path(path)
        self.languages = languages_of(self.path)
        self._folder = folder

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Aligned paragraphs, one row for each line of corpus.csv."""
        return read_frame(self.path, "corpus", corpus_columns(self.languages))

    @cached_property
    def articles(self) -> pd.DataFrame:
        """The result for each raw file, one row for each line of articles.csv."""
        return read_frame(self.path, "articles", ARTICLE_COLUMNS)

    @cached_property
    def findings(self) -> pd.DataFrame:
        """What to review, one row for each line of findings.csv."""
        return read_frame(self.path, "findings", FINDING_COLUMNS)

    @cached_property
    def repairs(self) -> pd.DataFrame:
        """The changes to the texts, one row for each line of repairs.csv."""
        return read_frame(self.path, "repairs", REPAIR_COLUMNS)

    def export(
        self,
        format: str,
        to: str | PathLike[str],
        only: str | Sequence[str] = (),
        languages: str | Sequence[str] = (),
    ) -> Export:
        """Write the corpus in the format of another tool, as `synoptic export` does; return what was written.

        `to` is the file or folder to write. `only` holds conditions that every row must meet, such as
        "status=aligned". `languages` selects languages, the source first (default: all). Raises
        `SynopticError` and then leaves an earlier export unchanged.
        """
        from pipeline.exports.write import export

        conditions = [only] if isinstance(only, str) else only
        codes = parse_languages(languages) if isinstance(languages, str) else languages
        with unchanged_process():
            return export(self.path, format, Path(to), conditions, codes)

    def report(self, to: str | PathLike[str] | None = None, format: str = "html") -> str:
        """Return a report to hand on, as `synoptic report` writes it; `to` is a file to write it to as well.

        `format` is "html", one printable page, or "md", Markdown. Raises `SynopticError`.
        """
        from pipeline.report.write import report_of, write_report

        with unchanged_process():
            if to is None:
                return report_of(self.path, format)
            return write_report(self.path, format, Path(to)).read_text(encoding="utf-8")

    def evaluate(self, gold: str | PathLike[str] | Mapping[str, Any]) -> Evaluation:
        """Score the corpus against gold, given as a JSON file or its parsed content.

        Raises `InputError` if the gold contradicts itself or does not match the files of this run.
        """
        from pipeline.evaluation.evaluate import evaluate, read_run
        from pipeline.evaluation.gold import parse_gold, read_gold

        known = parse_gold(dict(gold)) if isinstance(gold, Mapping) else read_gold(Path(gold))
        return evaluate(known, read_run(self.path))

    def __repr__(self) -> str:
        articles = counted(self.rows["article"].nunique(), "article")
        findings = counted(int((self.findings["status"] == OPEN).sum()), "finding")
        rows = counted(len(self.rows), "row")
        return f"<Corpus of {articles} in {', '.join(self.languages)}: {rows}, {findings}>"

    def _repr_html_(self) -> str:
        return corpus_html(self.rows, self.articles, self.findings, self.languages)


def _remove(path: Path, owner: int) -> None:
    """Remove a folder, unless this is a forked process that has inherited it."""
    if os.getpid() == owner:
        shutil.rmtree(path, ignore_errors=True)
