"""Output tables as DataFrames with declared types, whatever the format of the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.errors import InputError
from pipeline.output.sheet import Column
from pipeline.output.tables import DIGITS, check_format
from pipeline.store.plain_files import is_file, is_folder, opened, read_bytes

_TYPES: Mapping[type, str] = {int: "int64", float: "float64"}


def read_frame(out: Path, name: str, columns: Sequence[Column]) -> pd.DataFrame:
    """Return these columns of the table `name`, such as "corpus", of the run in the folder `out`.

    Texts are exactly as written by the run; a missing number is NaN. Raises `InputError`, and `SettingError`
    if Parquet files cannot be read because the extra is not installed.
    """
    path = table_path(out, name)
    try:
        found = read_parquet(path) if path.suffix == ".parquet" else _read_csv(path)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}; is {out} a corpus?") from error
    except ValueError as error:  # includes the errors of pandas, Arrow and the decoder
        raise InputError(f"{path} is not a table of a run: {error}") from error
    missing = [column.name for column in columns if column.name not in found]
    if missing:
        raise InputError(f"{path} has no column {missing[0]!r}; run `synoptic align` again")
    try:
        return typed(columns, {column.name: found[column.name] for column in columns})
    except ValueError as error:
        raise InputError(f"{path} is damaged: {error}") from error


def table_path(out: Path, name: str) -> Path:
    """Return the path of the table `name` of a run: the file `NAME.csv` or the folder `NAME.parquet`."""
    folder = out / f"{name}.parquet"
    return folder if is_folder(folder) and not is_file(out / f"{name}.csv") else out / f"{name}.csv"


def read_parquet(folder: Path) -> pd.DataFrame:
    """Return a table of several files, in order; raises `ValueError`, `OSError` and `SettingError`."""
    check_format("parquet")
    import pyarrow as pa
    import pyarrow.parquet as pq

    parts = []
    for path in sorted(folder.glob("*.parquet")):
        with opened(path) as stream:
            parts.append(pq.read_table(stream))
    if not parts:
        raise InputError(f"{folder} holds no Parquet file")
    frame: pd.DataFrame = pa.concat_tables(parts).to_pandas()
    return frame


def written_lines(folder: Path) -> list[dict[str, str]]:
    """Return the rows of a Parquet table as a CSV file would contain them, by column name.

    Raises `ValueError`, `OSError` and `SettingError`.
    """
    frame = read_parquet(folder)
    texts = {name: [_written(value) for value in frame[name].tolist()] for name in frame}
    return [dict(zip(texts, cells, strict=True)) for cells in zip(*texts.values(), strict=True)]


def typed(columns: Sequence[Column], values: Mapping[str, Any]) -> pd.DataFrame:
    """Return a DataFrame of these columns with their declared types.

    Raises `ValueError` if a value does not fit.
    """
    return pd.DataFrame({column.name: _typed(column, values[column.name]) for column in columns})


def _typed(column: Column, values: Any) -> pd.Series[Any]:  # noqa: ANN401 (any sequence)
    if column.type is str:
        return pd.Series(values, dtype=str)
    found = pd.Series(values, dtype=object)
    if column.optional:
        found = found.mask(found == "")
    return found.astype(_TYPES[column.type])


def _read_csv(path: Path) -> pd.DataFrame:
    data = read_bytes(path)
    if b"\0" in data and int(pd.__version__.partition(".")[0]) < 3:
        raise InputError(f"{path} contains a NUL character, where pandas before version 3 cuts off texts")
    return pd.read_csv(BytesIO(data), dtype=str, keep_default_na=False, index_col=False)


def _written(value: object) -> str:
    """Return a value as the text of a field; NaN, a missing number, is the only value unequal to itself."""
    if isinstance(value, float):
        return "" if value != value else f"{value:.{DIGITS}f}"
    return str(value)
