"""Check translations in memory, as `synoptic check` does for a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.api.arguments import checked_text, language_codes
from pipeline.api.state import unchanged_process
from pipeline.bitexts.check import check_segments, chosen
from pipeline.bitexts.reports import passages
from pipeline.bitexts.segments import Bitext
from pipeline.bitexts.table import bitext_of, language_columns
from pipeline.checks.glossary import read_glossary
from pipeline.checks.rules_file import read_rules
from pipeline.checks.selection import select
from pipeline.embedding.embedded import model_for
from pipeline.errors import InputError
from pipeline.output.columns import FINDING_COLUMNS, findings_sheet
from pipeline.output.frames import typed
from pipeline.run.steps.embed import encoder_of


def check(
    rows: pd.DataFrame | Iterable[Mapping[str, Any]],
    languages: str | Sequence[str] = (),
    *,
    model: str | None = None,
    glossary: str | PathLike[str] | None = None,
    rules: str | PathLike[str] | None = None,
    only: str | Sequence[str] = (),
    skip: str | Sequence[str] = (),
    similarity: bool = True,
) -> pd.DataFrame:
    """Check translations and return the findings, with the columns of findings.csv.

    `rows` is a DataFrame (such as the `rows` of a corpus) or an iterable of mappings. It has one column per
    language, named by its code, and optionally `id`, `article` and `confidence`; without `id`, rows get ids
    made from their texts. `languages` selects languages, the source first. `only` and `skip` name rules or
    families of rules; `rules` is a file with rules of your own. Without `similarity`, checks that compare
    meaning are skipped and no model is loaded.
    Raises `SynopticError`.

    >>> found = check([{"it": "Costa 3.000 euro.", "pl": "Kosztuje 300 euro."}], similarity=False)
    >>> found["rule"].tolist()
    ['numbers.changed']
    """
    own = read_rules(Path(rules)) if rules is not None else None
    selection = select(_names(only), _names(skip), own.known if own else ())
    bitext = _bitext(rows)
    picked = chosen(bitext, language_codes(languages), "the table")
    terms = read_glossary(Path(glossary)) if glossary is not None else None
    with unchanged_process():
        encoder = encoder_of(model_for(model, picked)) if similarity and selection.needs_vectors() else None
        report = check_segments(bitext, picked, "the table", "", encoder, selection, terms, own)
    sheet = findings_sheet(report.findings, passages(report._replace(file="")))
    return typed(FINDING_COLUMNS, sheet.frame())


def _bitext(rows: pd.DataFrame | Iterable[Mapping[str, Any]]) -> Bitext:
    frame = rows if isinstance(rows, pd.DataFrame) else _frame(rows)
    header = list(map(str, frame.columns))
    texts = set(language_columns(header).values())
    return bitext_of(header, _lines(frame, header, texts), "the column names")


def _frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return mappings as a table; missing values are None."""
    records = list(rows)
    if not all(isinstance(record, Mapping) for record in records):
        raise InputError("rows must be a pandas DataFrame or mappings from column names to values")
    names = dict.fromkeys(name for record in records for name in record)
    return pd.DataFrame({name: pd.Series([r.get(name) for r in records], dtype=object) for name in names})


def _lines(frame: pd.DataFrame, header: Sequence[str], texts: set[int]) -> Iterator[tuple[int, list[str]]]:
    """Yield numbered rows with every cell as text; raises `InputError` if a text is not a str."""
    for number, cells in enumerate(frame.itertuples(index=False, name=None), 1):
        yield number, [_cell(cell, place in texts, number, header[place]) for place, cell in enumerate(cells)]


def _cell(cell: object, is_text: bool, number: int, column: str) -> str:
    if cell is None or cell is pd.NA or cell != cell:  # NaN
        return ""
    return checked_text(cell, f"column {column!r} of row {number}") if is_text else str(cell)


def _names(names: str | Sequence[str]) -> Sequence[str]:
    return [name.strip() for name in names.split(",")] if isinstance(names, str) and names else names
