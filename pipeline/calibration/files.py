"""Stores the figures of encoders, one JSON file per encoder."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import msgspec

from pipeline.alignment.likeness import Likeness
from pipeline.errors import OutputError


def kept_file(digest: str) -> Path:
    """Return the file in which `synoptic calibrate` keeps the figures of the encoder with this digest."""
    return store_folder() / f"{digest}.json"


def store_folder() -> Path:
    """Return the folder of this user's calibrations, following the XDG base directory specification."""
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        cache = Path(base) if base else Path.home() / ".cache"
    except RuntimeError:  # a user without a home
        cache = Path(tempfile.gettempdir())
    return cache / "synoptic" / "calibrations"


def save(likeness: Likeness, path: Path) -> None:
    """Write figures to a file atomically. Raises `OutputError`."""
    text = json.dumps({name: round(value, 4) for name, value in likeness._asdict().items()}, indent=2)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(text + "\n", encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}") from error


def load(path: Path) -> Likeness | None:
    """Return the figures in a file; None if the file is missing or holds anything else."""
    try:
        found = Likeness(**msgspec.json.decode(path.read_bytes(), type=dict[str, float]))
    except (OSError, TypeError, ValueError, msgspec.MsgspecError):
        return None
    return found if found.same_sd > 0 and found.other_sd > 0 else None
