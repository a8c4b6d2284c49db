"""Writes the output files atomically: a reader sees the complete previous set or the complete new one.

The files are first written to the hidden folder `.synoptic-stage` inside the output folder and synced to
disk. Renaming that folder to `.synoptic-commit` commits the set: before it, the previous output is
untouched; after it, the new files are moved into place. If a run is killed during these moves,
`.synoptic-commit` remains, and the next call of `recover` or `write_outputs` finishes them. Until then,
readers can detect the mixture by the checksums in `run.json`, which is moved last.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.output.tables import FORMATS, Table, write_table

OUTPUT_TABLES = ("corpus.csv", "articles.csv", "findings.csv")
RUN_RECORD = "run.json"
REVIEW_PAGE = "review.html"

_TABLE_NAMES = ("corpus", "articles", "repairs", "findings")

_STAGE = ".synoptic-stage"
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
    for name in (*OUTPUT_TABLES, REVIEW_PAGE, RUN_RECORD):
        if (out / name).is_dir():
            raise OutputError(f"cannot write {out / name}: it is a folder")


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
    if not (out / _COMMIT).is_dir():
        return
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
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise


def _sync_and_hash(stage: Path, path: Path) -> dict[str, str]:
    """Sync a file, or a folder of files, and return the SHA-256 of each file by its name in `stage`."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    for each in {path, *files}:
        sync(each)
    return {file.relative_to(stage).as_posix(): _sha256(file) for file in files}


def _new_stage(out: Path) -> Path:
    """Return an empty stage folder; leftovers of a killed run are removed."""
    stage = out / _STAGE
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir()
    return stage


def _publish(out: Path) -> None:
    try:
        sync(out)
        _roll_forward(out)
    except KeyboardInterrupt:  # finish first, because little is left to do
        _roll_forward(out)
        raise


def _roll_forward(out: Path) -> None:
    """Move the files of a committed set into place, `run.json` last."""
    commit = out / _COMMIT
    if not commit.is_dir():
        return
    for path in sorted(commit.iterdir(), key=lambda path: (path.name == RUN_RECORD, path.name)):
        _clear_target(out / path.name)
        path.replace(out / path.name)
    sync(out)
    commit.rmdir()


def _clear_target(path: Path) -> None:
    """Remove an existing Parquet folder at the path, and the same table in the other format."""
    for other in {path, *(path.with_suffix(f".{form}") for form in FORMATS)}:
        if other.suffix == ".parquet" and other.is_dir():
            shutil.rmtree(other)
        elif other != path and path.stem in _TABLE_NAMES:
            other.unlink(missing_ok=True)


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
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
