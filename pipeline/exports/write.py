"""Write an export atomically."""

from __future__ import annotations

import importlib
import re
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from pipeline.errors import OutputError, SettingError, needs_extra
from pipeline.exports import FORMATS
from pipeline.exports.content import read_content, with_languages
from pipeline.exports.selection import selected
from pipeline.output.commit import sync
from pipeline.store.plain_files import make_folder

SINGLE_LANGUAGE_FORMATS = ("xlsx", "csv")
"""Formats that allow a single language."""

PAIR_FORMATS = ("xliff", "xliff12", "moses")
"""Formats with separate files for every language pair."""

_CODE = r"[a-z]{2,3}(?:-[a-z]{2,4})?"
_PAIR = re.compile(rf"({_CODE})-({_CODE})\.(?:xlf|ids|\1|\2)")


class Export(NamedTuple):
    """The result of an export."""

    files: tuple[Path, ...]
    rows: int  # in the files
    notes: tuple[str, ...]  # for the user


def export(
    out: Path, form: str, to: Path | None, only: Sequence[str] = (), languages: Sequence[str] = ()
) -> Export:
    """Export the corpus in `out` to the file or folder `to`, by default `out`/exports/`form`.

    Raises `SettingError`, `InputError` or `OutputError` and then leaves an earlier export unchanged.
    """
    module = load_format(form)
    _check_languages(form, languages)
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
        if to is None:
            make_folder(folder.parent)
            make_folder(folder)
        else:
            folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".synoptic-", dir=folder) as name:
            stage = Path(name)
            rows, more = module.write(content, stage)
            files = _move_into_place(stage, folder, target.name if single else None)
    except OSError as error:
        raise OutputError(f"cannot write to {target}: {error.strerror or error}") from error
    notes += more
    if form in PAIR_FORMATS and not single:
        notes += _other_pairs_note(folder, {path.name for path in files})
    return Export(tuple(files), rows, tuple(notes))


def _check_languages(form: str, languages: Sequence[str]) -> None:
    if len(set(languages)) != len(languages):
        raise SettingError(f"--languages repeats a language: {','.join(languages)}")
    if len(languages) == 1 and form not in SINGLE_LANGUAGE_FORMATS:
        raise SettingError(f"the format {form} needs at least two languages, not only {languages[0]}")


def _other_pairs_note(folder: Path, made: set[str]) -> list[str]:
    """Return a note on files of other language pairs; they are kept because people may have edited them."""
    names = sorted(path.name for path in folder.iterdir() if _PAIR.fullmatch(path.name))
    left = [name for name in names if name not in made]
    return [f"files of other language pairs are unchanged: {', '.join(left)}"] if left else []


def load_format(form: str) -> ModuleType:
    """Return the module of a format; raises `SettingError` if it is unknown or its extra is missing."""
    if form not in FORMATS:
        raise SettingError(f"unknown format {form!r}; the formats are {', '.join(FORMATS)}")
    name, extra = FORMATS[form]
    with needs_extra(f"the format {form}", extra) if extra else nullcontext():
        return importlib.import_module(name)


def _move_into_place(stage: Path, folder: Path, name: str | None) -> list[Path]:
    """Move the files of `stage` into `folder` once all are on disk; return their paths."""
    made = sorted(path for path in stage.rglob("*") if path.is_file())
    if name is not None and len(made) != 1:
        raise SettingError(
            f"the export has {len(made)} files ({', '.join(path.name for path in made[:3])}, ...); "
            "--to must be a folder"
        )
    for path in made:
        sync(path)
    places = []
    for path in made:
        place = folder / (name or path.relative_to(stage))
        if place.parent != folder:
            make_folder(place.parent)
        path.replace(place)
        places.append(place)
    sync(folder)
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir()  # TemporaryDirectory expects it
    return places
