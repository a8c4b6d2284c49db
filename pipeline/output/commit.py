"""Writes the output files atomically: a reader sees the complete previous set or the complete new one.

The files are first written to a hidden folder `.synoptic-stage-...` inside the output folder and synced to
disk. Renaming that folder to `.synoptic-commit` commits the set: before it, the previous output is
untouched; after it, the new files are moved into place. If a run is killed during these moves,
`.synoptic-commit` remains, and the next call of `recover` or `write_outputs` finishes them. Until then,
readers can detect the mixture by the checksums in `run.json`, which is moved last.

A `.synoptic-commit` that somebody else has put there is finished only if it holds what a run writes and
nothing else: these names, none of them a link, with the checksums of its `run.json`. Only files with these
names are ever moved, replaced or removed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from errno import EINVAL
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.output.tables import Table, write_table
from pipeline.store.plain_files import check_folder, is_file, is_folder, opened, read_bytes

RUN_RECORD = "run.json"
REVIEW_PAGE = "review.html"

_TABLE_NAMES = ("corpus", "articles", "repairs", "findings")
_FILES = (*(f"{name}.csv" for name in _TABLE_NAMES), REVIEW_PAGE, RUN_RECORD)
_FOLDERS = tuple(f"{name}.parquet" for name in _TABLE_NAMES)
_PART = re.compile(r"part-[0-9]{5,9}\.parquet")

_STAGE = ".synoptic-stage"
_LEFT_STAGE = re.compile(rf"{re.escape(_STAGE)}(?:-[0-9a-f]{{16}})?")
_COMMIT = ".synoptic-commit"


def check_writable(out: Path) -> None:
    """Raise `OutputError` if the output cannot be written to `out`; leave nothing behind.

    A missing folder is fine if it can be created.
    """
    folder = out
    try:
        while not os.path.lexists(folder) and folder != folder.parent:
            folder = folder.parent
        with tempfile.TemporaryDirectory(prefix=".synoptic-", dir=folder):
            pass
    except (OSError, ValueError) as error:
        raise OutputError(f"cannot write to {out}: {_reason(error)}") from error
    _check_targets(out)


def _check_targets(out: Path) -> None:
    """Raise `OutputError` if something stands in the place of a result that no run has put there."""
    for name in _FILES:
        if is_folder(out / name):
            raise OutputError(f"cannot write {out / name}: it is a folder")
    for name in _FOLDERS:
        others = [path for path in _inside(out / name) if not _PART.fullmatch(path.name)]
        if others:
            raise OutputError(f"cannot replace {out / name}: it holds {others[0].name}, which no run writes")


def write_outputs(
    out: Path,
    tables: Mapping[str, Table],
    record: Mapping[str, object],
    page: bytes | None = None,
) -> None:
    """Write the tables, the review page and `run.json` as one set; raises `OutputError`.

    `tables` are by file name. `run.json` is `record` with the SHA-256 of every other file under `"files"`.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with only_writer(out):
            _roll_forward(out)
            stage = _new_stage(out)
            _write_stage(stage, tables, record, page)
            stage.rename(out / _COMMIT)
            _publish(out)
    except OSError as error:
        raise OutputError(f"cannot write to {out}: {_reason(error)}") from error


def recover(out: Path) -> None:
    """Finish moving the files of a killed run into place, if any; raises `OutputError`."""
    if not os.path.lexists(out / _COMMIT):
        return
    _check_targets(out)
    try:
        with only_writer(out):
            _roll_forward(out)
    except OSError as error:
        raise OutputError(f"cannot finish the interrupted output in {out}: {_reason(error)}") from error


def _write_stage(
    stage: Path,
    tables: Mapping[str, Table],
    record: Mapping[str, object],
    page: bytes | None,
) -> None:
    """Write all files to the folder `stage` and sync them; on any error or signal, remove the folder."""
    try:
        with ThreadPoolExecutor(max_workers=1) as pool:  # syncs one file while the next is made
            futures = []
            if page is not None:
                (stage / REVIEW_PAGE).write_bytes(page)
                futures.append(pool.submit(_sync_and_hash, stage, stage / REVIEW_PAGE))
            for name, table in tables.items():
                write_table(stage / name, table)
                futures.append(pool.submit(_sync_and_hash, stage, stage / name))
            checksums = dict(sorted(item for future in futures for item in future.result().items()))
        text = json.dumps({**record, "files": checksums}, ensure_ascii=False, indent=2)
        # Lone surrogates, as in a folder name that is not UTF-8, become JSON escapes.
        (stage / RUN_RECORD).write_text(text + "\n", "utf-8", "backslashreplace", "\n")
        sync(stage / RUN_RECORD)
        sync(stage)
        _check_targets(stage.parent)  # again, because after this there is no way back
    except BaseException:
        _remove_set(stage)
        raise


def _sync_and_hash(stage: Path, path: Path) -> dict[str, str]:
    """Sync a file, or a folder of files, and return the SHA-256 of each file by its name in `stage`."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    for each in {path, *files}:
        sync(each)
    return {file.relative_to(stage).as_posix(): _sha256(file) for file in files}


def _new_stage(out: Path) -> Path:
    """Return an empty stage folder; leftovers of a killed run are removed."""
    for left in out.iterdir():
        if _LEFT_STAGE.fullmatch(left.name) and is_folder(left):
            _remove_set(left)
    stage = out / f"{_STAGE}-{secrets.token_hex(8)}"
    stage.mkdir()
    return stage


def _remove_set(folder: Path) -> None:
    """Remove a folder of results; anything else in it stays, and so does the folder then."""
    with suppress(OSError):
        for name in _FILES:
            (folder / name).unlink(missing_ok=True)
        for name in _FOLDERS:
            _remove_parts(folder / name)
        folder.rmdir()


def _remove_parts(folder: Path) -> None:
    """Remove a folder of Parquet files, or whatever else stands in its place; raises `OSError`."""
    if not is_folder(folder):
        folder.unlink(missing_ok=True)
        return
    for path in _inside(folder):
        if _PART.fullmatch(path.name):
            path.unlink()
    folder.rmdir()


def _inside(folder: Path) -> list[Path]:
    """Return what is in a folder, in order; nothing for anything that is no folder."""
    return sorted(folder.iterdir()) if is_folder(folder) else []


def _publish(out: Path) -> None:
    try:
        sync(out)
        _roll_forward(out, own=True)
    except KeyboardInterrupt:  # finish first, because little is left to do
        _roll_forward(out, own=True)
        raise


def _roll_forward(out: Path, own: bool = False) -> None:
    """Move the files of a committed set into place, `run.json` last; one that is not `own` is checked."""
    commit = out / _COMMIT
    if not os.path.lexists(commit):
        return
    check_folder(commit)
    paths = sorted(commit.iterdir(), key=lambda path: (path.name == RUN_RECORD, path.name))
    if not own:
        _check_set(commit, paths)
    for path in paths:
        _clear_target(out / path.name)
        path.replace(out / path.name)
    sync(out)
    commit.rmdir()


def _check_set(commit: Path, paths: Iterable[Path]) -> None:
    """Raise `OSError` unless these are results of a run, as the `run.json` among them says.

    Those that are already in their place are not among them, but `run.json` is, because it goes last.
    """
    files: list[Path] = []
    for path in paths:
        if path.name in _FILES and is_file(path):
            files.append(path)
        elif path.name in _FOLDERS and is_folder(path):
            files += _inside(path)
        else:
            raise OSError(EINVAL, f"{path} is not the result of a run; remove {_COMMIT}")
    known = _checksums(commit / RUN_RECORD) if files else {}
    for path in files:
        name = path.relative_to(commit).as_posix()
        if name != RUN_RECORD and (not is_file(path) or known.get(name) != _sha256(path)):
            raise OSError(EINVAL, f"{path} is not what its {RUN_RECORD} names; remove {_COMMIT}")


def _checksums(path: Path) -> dict[str, object]:
    """Return the checksums in a `run.json`; raises `OSError`."""
    try:
        return dict(json.loads(read_bytes(path))["files"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise OSError(EINVAL, f"{path} is not the record of a run; remove {_COMMIT}") from error


def _clear_target(path: Path) -> None:
    """Remove an existing Parquet folder at the path, and the same table in the other format."""
    if path.stem in _TABLE_NAMES:
        _remove_parts(path.with_suffix(".parquet"))
    if path.name in _FOLDERS:
        path.with_suffix(".csv").unlink(missing_ok=True)


@contextmanager
def only_writer(out: Path) -> Iterator[None]:
    """Wait until no other run is writing to `out`, on systems that support file locks."""
    try:
        import fcntl
    except ImportError:  # Windows: concurrent runs into one folder are not prevented
        yield
        return
    folder = os.open(out, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems have no locks
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def sync(path: Path) -> None:
    """Sync a file, or the list of names in a folder, to disk."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sha256(path: Path) -> str:
    with opened(path) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
