"""Reads the tables and `run.json` of a finished run."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.languages.codes import MAX_LANGUAGES, is_language
from pipeline.output.commit import RUN_RECORD
from pipeline.output.sheet import Column, fits, parsed
from pipeline.store.plain_files import is_folder, read_bytes


def record_of(out: Path) -> dict[str, Any]:
    """Return the record of the run in the folder `out`, whose parts may be anything; raises `InputError`."""
    path = out / RUN_RECORD
    try:
        record = json.loads(read_bytes(path))
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}; is {out} a corpus?") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path} is not the record of a run: {error}") from error
    if not isinstance(record, dict):
        raise InputError(f"{path} is not the record of a run: it holds no object")
    return record


def languages_of(out: Path) -> tuple[str, ...]:
    """Return the languages of the run in the folder `out`, in order; raises `InputError`.

    They become names of files and columns, so they have to be languages that a run can have.
    """
    settings = record_of(out).get("settings")
    codes = settings.get("languages") if isinstance(settings, dict) else None
    if (
        not isinstance(codes, list)
        or not 0 < len(codes) <= MAX_LANGUAGES
        or not all(isinstance(code, str) and is_language(code) for code in codes)
        or len(set(codes)) < len(codes)
    ):
        raise InputError(f"{out / RUN_RECORD} does not list the languages of the run")
    return tuple(codes)


def table_of(path: Path, columns: Iterable[Column]) -> list[dict[str, str]]:
    """Return the lines of an output table, by column name; raises `InputError`.

    `path` is the CSV file; if the run wrote Parquet instead, that is read. People may have edited it, so
    these columns have to be there, with values that a run could have written.
    """
    folder = path.with_suffix(".parquet")
    lines = parquet_lines(folder) if is_folder(folder) and not os.path.lexists(path) else _csv_lines(path)
    for column in columns if lines else ():
        if column.name not in lines[0]:
            raise InputError(f"{path} has no column {column.name!r}; run `synoptic align` again")
        if column.type is str and not column.allowed:
            continue
        for number, line in enumerate(lines, start=1):
            if not fits(column, parsed(column, line[column.name])):
                value = line[column.name]
                raise InputError(f"{path} is damaged: line {number} has {value[:40]!r} for {column.name}")
    return lines


def _csv_lines(path: Path) -> list[dict[str, str]]:
    try:
        header, lines = read_table(read_bytes(path), str(path))
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}; run `synoptic align` first") from error
    if any(len(line) != len(header) for _, line in lines):
        raise InputError(f"{path} is damaged: its lines differ in their number of columns")
    if len(set(header)) < len(header):
        raise InputError(f"{path} is damaged: two of its columns have one name")
    return [dict(zip(header, line, strict=True)) for _, line in lines]


def parquet_lines(folder: Path) -> list[dict[str, str]]:
    """Return the lines of a Parquet table as its CSV file would contain them; raises `InputError`."""
    from pipeline.output.frames import written_lines

    try:
        return written_lines(folder)
    except (OSError, ValueError) as error:
        raise InputError(f"{folder} is not a table of a run: {error}") from error


def read_table(data: bytes, name: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the header of a CSV table and its lines with their numbers; raises `InputError`.

    Spreadsheets add a byte order mark, use semicolons where the comma is the decimal mark, and write tabs
    where text is asked for.
    """
    csv.field_size_limit(sys.maxsize)  # texts may exceed the default limit of 128 kB
    try:
        text = data.decode("utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
        header = next(reader, [])
        return header, [(reader.line_num, line) for line in reader if any(line)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{name} is not a CSV table in UTF-8: {error}") from error


def delimiter_of(text: str) -> str:
    """Return the delimiter of a table, a comma, a semicolon or a tab."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)
