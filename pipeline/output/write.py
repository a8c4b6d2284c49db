"""Writes the output files so that a reader finds either all of the previous run or all of this one.

The files are first written into the hidden folder `.synoptic-stage` inside the output folder and forced to
disk. Renaming that folder to `.synoptic-commit` is the one step that decides: before it, the previous output
is untouched; after it, the new files are moved to their places. A run that is killed between two of these
moves leaves `.synoptic-commit` behind, and the next call of `recover` or `write_outputs` finishes the job.
Until then a reader can tell the mixture by the checksums in `run.json`, which is moved last.
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

    A folder that does not exist yet is fine where it can be made.
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
            raise OutputError(f"cannot write {out / name}: a folder of that name is in the way")


def write_outputs(
    out: Path,
    tables: Mapping[str, Table],
    record: Mapping[str, object],
    page: bytes | None = None,
) -> None:
    """Write the tables, in parts, the review page and `run.json`, as a set; raises `OutputError`.

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
    """Finish what a killed run had begun to put in place, if there is any; raises `OutputError`."""
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
    """Fill the folder `stage` and force it to disk; on any error or signal it is removed."""
    try:
        with ThreadPoolExecutor(max_workers=1) as pool:  # so that the next file is made in the meantime
            sealed = []
            if page is not None:
                (stage / REVIEW_PAGE).write_bytes(page)
                sealed.append(pool.submit(_seal, stage, stage / REVIEW_PAGE))
            for name, table in tables.items():
                write_table(stage / name, table)
                sealed.append(pool.submit(_seal, stage, stage / name))
            checksums = dict(sorted(item for future in sealed for item in future.result().items()))
        text = json.dumps({**record, "files": checksums}, ensure_ascii=False, indent=2)
        # A lone surrogate, as in the name of a folder that is not UTF-8, becomes JSON's own escape.
        (stage / RUN_RECORD).write_text(text + "\n", "utf-8", "backslashreplace", "\n")
        sync(stage / RUN_RECORD)
        sync(stage)
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise


def _seal(stage: Path, path: Path) -> dict[str, str]:
    """Force a file, or a folder of files, to disk and return the SHA-256 of each by its name in `stage`."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    for each in {path, *files}:
        sync(each)
    return {file.relative_to(stage).as_posix(): _sha256(file) for file in files}


def _new_stage(out: Path) -> Path:
    """Return an empty folder for the new files; what a killed run left in it goes."""
    stage = out / _STAGE
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir()
    return stage


def _publish(out: Path) -> None:
    try:
        sync(out)
        _roll_forward(out)
    except KeyboardInterrupt:  # there is so little left to do that it is done
        _roll_forward(out)
        raise


def _roll_forward(out: Path) -> None:
    """Move the files of a decided set to their places, `run.json` last."""
    commit = out / _COMMIT
    if not commit.is_dir():
        return
    for path in sorted(commit.iterdir(), key=lambda path: (path.name == RUN_RECORD, path.name)):
        _make_way(out / path.name)
        path.replace(out / path.name)
    sync(out)
    commit.rmdir()


def _make_way(path: Path) -> None:
    """Remove a table that is a folder, and the same table in another format."""
    for other in {path, *(path.with_suffix(f".{form}") for form in FORMATS)}:
        if other.suffix == ".parquet" and other.is_dir():
            shutil.rmtree(other)
        elif other != path and path.stem in _TABLE_NAMES:
            other.unlink(missing_ok=True)


@contextmanager
def only_writer(out: Path) -> Iterator[None]:
    """Wait until no other run is writing to `out`, where the system can tell."""
    try:
        import fcntl
    except ImportError:  # Windows: two runs at once into one folder are not kept apart there
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
    """Force a file or a folder's list of names to disk."""
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
