"""Sheets: tables as columns of plain values, checked to be such as their columns can hold.

They are written as CSV without pandas, whose import takes longer than the writing, and become DataFrames for
everything else.
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
    allowed: tuple[str, ...] = ()  # the only values it can have, if there are few
    most: float = 1.0  # a float is a probability or a score, 0..1, if nothing else is said
    optional: bool = False  # a float may be missing


class Sheet:
    """A table, or a part of one."""

    def __init__(self, columns: Sequence[Column], values: Mapping[str, Sequence[object]]) -> None:
        """`values` are by column. Raises `ValueError` where one cannot stand in its column."""
        for column in columns:
            validate(column, values[column.name])
        self.names = [column.name for column in columns]
        self._columns, self._values = columns, values

    def frame(self) -> pd.DataFrame:
        """Return the table as a DataFrame."""
        import pandas as pd

        kinds = {str: object, int: "int64", float: "float64"}
        # The type object and not pandas' own string type, which may be backed by Arrow and then differs.
        return pd.DataFrame(
            {c.name: pd.Series(self._values[c.name], dtype=kinds[c.type]) for c in self._columns},
            columns=pd.Index(self.names, dtype=object),
        )

    def cells(self) -> Iterator[tuple[str, ...]]:
        """Yield the rows as a CSV file has them."""
        return zip(*(_texts(column, self._values[column.name]) for column in self._columns), strict=True)

    def text(self, header: bool = True) -> str:
        """Return the table as the text of a CSV file."""
        return csv_text(chain([self.names] if header else [], self.cells()))


def validate(column: Column, values: Sequence[object]) -> None:
    """Raise `ValueError` where a value cannot stand in a column."""
    if column.type is str and _are_texts(values) and (not column.allowed or {*values} <= {*column.allowed}):
        return  # quick, and true of most
    for number, value in enumerate(values):
        if not fits(column, value):
            raise ValueError(f"column {column.name!r} cannot hold {value!r} (row {number})")


def fits(column: Column, value: object) -> bool:
    """Whether a value can stand in a column."""
    if isinstance(value, str):
        return column.type is str and (not column.allowed or value in column.allowed) and is_encodable(value)
    if column.type is float:
        if value is None:
            return column.optional
        return isinstance(value, float | int) and 0.0 <= value <= column.most and value != math.inf  # no NaN
    return column.type is int and isinstance(value, int) and value >= 0


def writable(text: str) -> str:
    r"""Return a text with the halves of characters, which no file can hold, written `\\udcff`."""
    return text if is_encodable(text) else text.encode("utf-8", "backslashreplace").decode()


def is_encodable(text: str) -> bool:
    """Return whether UTF-8 can hold the text: lone surrogates, which normalising takes out, it cannot."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _are_texts(values: Sequence[object]) -> bool:
    try:
        return is_encodable("".join(values))  # type: ignore[arg-type]  # which raises `TypeError`
    except TypeError:
        return False


def _texts(column: Column, values: Sequence[object]) -> Sequence[str]:
    if column.type is str:
        return values  # type: ignore[return-value]
    return list(map(str, values)) if column.type is int else list(map(cell, values))


def cell(value: object) -> str:
    """Return a value as it is written: a number with a fraction with four decimals."""
    return "" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)
