"""Puts an export in place: whole, or not at all."""

from __future__ import annotations

import importlib
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from pipeline.errors import OutputError, SettingError
from pipeline.exports import FORMATS
from pipeline.exports.content import read_content, with_languages
from pipeline.exports.selection import selected
from pipeline.write import sync


class Export(NamedTuple):
    """What an export came to."""

    files: tuple[Path, ...]
    rows: int  # that were wanted
    notes: tuple[str, ...]  # what a person should know about it


def export(
    out: Path, form: str, to: Path | None, only: Sequence[str] = (), languages: Sequence[str] = ()
) -> Export:
    """Write the corpus in `out` in a format, to the file or folder `to` or below `out`/exports.

    Raises `SettingError`, `InputError` or `OutputError`; an earlier export then is as it was.
    """
    module = load_format(form)
    content = read_content(out)
    content = with_languages(content, languages) if languages else content
    content = replace(content, rows=selected(content.rows, only))
    target = to or out / "exports" / form
    single = to is not None and to.suffix == module.SUFFIX
    folder = target.parent if single else target
    notes = []
    if content.unapplied:
        notes.append(
            f"{content.unapplied} repaired rows are not in the corpus yet: run `synoptic align` first"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".synoptic-", dir=folder) as name:
            stage = Path(name)
            notes += module.write(content, stage)
            files = _put(stage, folder, target.name if single else None)
    except OSError as error:
        raise OutputError(f"cannot write to {target}: {error.strerror or error}") from error
    return Export(tuple(files), len(content.rows), tuple(notes))


def load_format(form: str) -> ModuleType:
    """Return the module of a format; raises `SettingError` if it is unknown or needs something installed."""
    if form not in FORMATS:
        raise SettingError(f"unknown format {form!r}; the formats are {', '.join(FORMATS)}")
    name, extra = FORMATS[form]
    try:
        return importlib.import_module(name)
    except ImportError as error:
        if not extra:
            raise
        raise SettingError(
            f"the format {form} needs {error.name}: pip install 'synoptic[{extra}]'"
        ) from error


def _put(stage: Path, folder: Path, name: str | None) -> list[Path]:
    """Move the files of `stage` to their places, when all of them are on disk; return the places."""
    made = sorted(path for path in stage.rglob("*") if path.is_file())
    if name is not None and len(made) != 1:
        raise SettingError(
            f"this makes {len(made)} files ({', '.join(path.name for path in made[:3])}, ...), "
            "so --to has to be a folder"
        )
    for path in made:
        sync(path)
    places = []
    for path in made:
        place = folder / (name or path.relative_to(stage))
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)
        places.append(place)
    sync(folder)
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir()  # for the temporary folder to take away
    return places
