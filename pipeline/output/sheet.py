"""Sheets: tables as columns of plain values that are valid for their columns.

They are written as CSV without pandas, because importing it takes longer than writing. `Sheet.frame`
converts them to DataFrames.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pipeline.output.csv_text import csv_text

if TYPE_CHECKING:
    import pandas as pd


class Column(NamedTuple):
    """A column of an output table."""

    name: str
    type: type[str] | type[int] | type[float]
    allowed: tuple[str, ...] = ()  # the allowed values; empty means any
    most: float = 1.0  # maximum of a float; most are probabilities or scores
    optional: bool = False  # whether a float may be missing


class Sheet:
    """A table or a part of one."""

    def __init__(self, columns: Sequence[Column], values: Mapping[str, Sequence[object]]) -> None:
        """`values` are by column. Raises `ValueError` if a value is not valid for its column."""
        for column in columns:
            validate(column, values[column.name])
        self.names = [column.name for column in columns]
        self._columns, self._values = columns, values

    def frame(self) -> pd.DataFrame:
        """Return the table as a DataFrame."""
        import pandas as pd

        kinds = {str: object, int: "int64", float: "float64"}
        # `object`, because pandas' string type behaves differently when backed by Arrow.
        return pd.DataFrame(
            {c.name: pd.Series(self._values[c.name], dtype=kinds[c.type]) for c in self._columns},
            columns=pd.Index(self.names, dtype=object),
        )

    def cells(self) -> Iterator[tuple[str, ...]]:
        """Yield the rows as the fields of a CSV file."""
        return zip(*(_texts(column, self._values[column.name]) for column in self._columns), strict=True)

    def text(self, header: bool = True) -> str:
        """Return the table as the text of a CSV file."""
        return csv_text(chain([self.names] if header else [], self.cells()))


def validate(column: Column, values: Sequence[object]) -> None:
    """Raise `ValueError` if a value is not valid for the column."""
    if column.type is str and _are_texts(values) and (not column.allowed or {*values} <= {*column.allowed}):
        return  # fast path for most columns
    for number, value in enumerate(values):
        if not fits(column, value):
            raise ValueError(f"column {column.name!r} cannot hold {value!r} (row {number})")


def fits(column: Column, value: object) -> bool:
    """Return whether a value is valid for the column."""
    if isinstance(value, str):
        return column.type is str and (not column.allowed or value in column.allowed) and is_encodable(value)
    if column.type is float:
        if value is None:
            return column.optional
        return isinstance(value, float | int) and 0.0 <= value <= column.most and value != math.inf  # no NaN
    return column.type is int and isinstance(value, int) and value >= 0


def parsed(column: Column, text: str) -> object:
    """Return the value that a field of a CSV file holds; a text that is none of the column stays one."""
    if column.type is str:
        return text
    if not text and column.optional:
        return None
    try:
        return column.type(text)
    except ValueError:
        return text


def writable(text: str) -> str:
    r"""Return a text with lone surrogates, which UTF-8 cannot encode, escaped as `\\udcff`."""
    return text if is_encodable(text) else text.encode("utf-8", "backslashreplace").decode()


def is_encodable(text: str) -> bool:
    """Return whether UTF-8 can encode the text; it cannot encode lone surrogates."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _are_texts(values: Sequence[object]) -> bool:
    try:
        return is_encodable("".join(values))  # type: ignore[arg-type]  # may raise `TypeError`
    except TypeError:
        return False


def _texts(column: Column, values: Sequence[object]) -> Sequence[str]:
    if column.type is str:
        return values  # type: ignore[return-value]
    return list(map(str, values)) if column.type is int else list(map(cell, values))


def cell(value: object) -> str:
    """Return a value as a CSV field; floats get four decimals."""
    return "" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)
