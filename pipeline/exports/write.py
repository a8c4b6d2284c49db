"""Puts an export in place: whole, or not at all."""

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
from pipeline.output.write import sync

TABLES = ("xlsx", "csv")
"""Formats in which one language makes sense."""

PAIR_FORMATS = ("xliff", "xliff12", "moses")
"""Formats with files for every pair of languages."""

_CODE = r"[a-z]{2,3}(?:-[a-z]{2,4})?"
_PAIR = re.compile(rf"({_CODE})-({_CODE})\.(?:xlf|ids|\1|\2)")


class Export(NamedTuple):
    """What an export came to."""

    files: tuple[Path, ...]
    rows: int  # that stand in the files
    notes: tuple[str, ...]  # what a person should know about it


def export(
    out: Path, form: str, to: Path | None, only: Sequence[str] = (), languages: Sequence[str] = ()
) -> Export:
    """Write the corpus in `out` in a format, to the file or folder `to` or below `out`/exports.

    Raises `SettingError`, `InputError` or `OutputError`; an earlier export then is as it was.
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
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".synoptic-", dir=folder) as name:
            stage = Path(name)
            rows, more = module.write(content, stage)
            files = _put(stage, folder, target.name if single else None)
    except OSError as error:
        raise OutputError(f"cannot write to {target}: {error.strerror or error}") from error
    notes += more
    if form in PAIR_FORMATS and not single:
        notes += _left_over(folder, {path.name for path in files})
    return Export(tuple(files), rows, tuple(notes))


def _check_languages(form: str, languages: Sequence[str]) -> None:
    if len(set(languages)) != len(languages):
        raise SettingError(f"--languages names a language twice: {','.join(languages)}")
    if len(languages) == 1 and form not in TABLES:
        raise SettingError(f"the format {form} needs two languages or more, not only {languages[0]}")


def _left_over(folder: Path, made: set[str]) -> list[str]:
    """Return a note on files of other pairs of languages: they may be somebody's work, so they stay."""
    names = sorted(path.name for path in folder.iterdir() if _PAIR.fullmatch(path.name))
    left = [name for name in names if name not in made]
    return [f"not written now, and left as they were: {', '.join(left)}"] if left else []


def load_format(form: str) -> ModuleType:
    """Return the module of a format; raises `SettingError` if it is unknown or needs something installed."""
    if form not in FORMATS:
        raise SettingError(f"unknown format {form!r}; the formats are {', '.join(FORMATS)}")
    name, extra = FORMATS[form]
    with needs_extra(f"the format {form}", extra) if extra else nullcontext():
        return importlib.import_module(name)


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
