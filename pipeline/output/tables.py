"""Writes tables that arrive in parts, as a CSV file or a folder of Parquet files with the same columns."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import needs_extra
from pipeline.output.sheet import Sheet

if TYPE_CHECKING:
    import pandas as pd

FORMATS = ("csv", "parquet")

DIGITS = 4
"""Decimal places of probabilities and scores."""


def check_format(form: str) -> None:
    """Raise `SettingError` if the packages for a format are not installed."""
    if form == "parquet":
        with needs_extra("the format parquet", "parquet"):
            import pyarrow.parquet  # noqa: F401


Table = Iterable[Sheet | bytes]
"""The parts of a table: at least one, possibly without rows, all with the same columns.

Parts of a CSV file may be raw bytes.
"""


def write_table(path: Path, parts: Table) -> None:
    """Write a table to the file `NAME.csv` or, one file per part, to the new folder `NAME.parquet`."""
    if path.suffix == ".parquet":
        _write_parquet(path, parts)
        return
    with path.open("xb") as stream:
        for number, part in enumerate(parts):
            stream.write(part if isinstance(part, bytes) else part.text(header=number == 0).encode())


def _write_parquet(folder: Path, parts: Table) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir()
    for number, part in enumerate(parts):
        assert isinstance(part, Sheet)
        frame = part.frame()
        table = pa.Table.from_arrays([_column(frame[name]) for name in frame], names=part.names)
        pq.write_table(table, folder / f"part-{number:05}.parquet", compression="zstd")


def _column(values: pd.Series[Any]) -> Any:  # noqa: ANN401
    import pyarrow as pa

    if values.dtype == object:
        return pa.array(values.tolist(), type=pa.string())
    return pa.array(values.round(DIGITS) if values.dtype.kind == "f" else values, from_pandas=True)
