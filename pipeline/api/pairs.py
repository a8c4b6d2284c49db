"""Statements about which files belong together, given as values instead of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.api.arguments import checked_text
from pipeline.errors import InputError
from pipeline.matching.statements import Statements, statements_of

SOURCE = "pairs"
"""What they are called in reasons and messages."""


def given_pairs(pairs: object, languages: Sequence[str]) -> Statements:
    """Return what a DataFrame, or mappings from columns to cells, says; raises `InputError`.

    A missing value is an empty cell, and a truth value is yes or no.
    """
    if isinstance(pairs, pd.DataFrame):
        lines = pairs.itertuples(index=False, name=None)
        rows: list[object] = [dict(zip(pairs.columns, line, strict=True)) for line in lines]
    elif isinstance(pairs, Iterable) and not isinstance(pairs, Mapping):
        rows = list(pairs)
    else:
        kind = type(pairs).__name__
        raise InputError(f"{SOURCE} is of type {kind}: give a file, a DataFrame or a list of dicts")
    return statements_of([_row(number, row) for number, row in enumerate(rows, 1)], SOURCE, languages)


def _row(number: int, row: object) -> dict[str, str]:
    if not isinstance(row, Mapping):
        raise InputError(f"row {number} of {SOURCE} is of type {type(row).__name__}, not a dict")
    return {
        checked_text(column, f"a column in row {number} of {SOURCE}"): _cell(number, column, value)
        for column, value in row.items()
    }


def _cell(number: int, column: str, value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, PathLike):
        return Path(value).as_posix()
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return ""
    return checked_text(value, f"{column} in row {number} of {SOURCE}")
