"""What the cosines of encoders mean: figures that come with them, or are measured (`.measure`)."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline.alignment.evidence import Likeness
from pipeline.embedding.encoders import EMBEDDED_MODEL, LIKENESS_FILE, Encoder
from pipeline.embedding.vectors import Text
from pipeline.errors import InputError, ModelError, OutputError

_FIELDS = Likeness._fields


class Calibration(NamedTuple):
    """The figures of an encoder and where they come from."""

    likeness: Likeness
    source: str  # in words, for `run.json`


def calibration_for(encoder: Encoder, texts: Sequence[Text]) -> Calibration:
    """Return the figures of an encoder: its own, those kept of it, or those that the texts at hand show.

    Where the texts show too little, those of the embedded encoder have to do, and the source says so.
    """
    files = {"calibrated before": kept_file(encoder.digest), "comes with the model": encoder.likeness_file}
    for source, path in files.items():
        known = load(path) if path else None
        if known:
            return Calibration(known, source)
    from pipeline.calibration.measure import calibrate  # which needs the whole aligner, and few runs do

    try:
        return Calibration(calibrate(texts), "measured on the articles of this run")
    except InputError as error:
        embedded = load(EMBEDDED_MODEL / LIKENESS_FILE)
        if embedded is None:
            raise ModelError("the embedded model is not whole") from error
        return Calibration(embedded, f"that of the embedded model, because {error}")


def kept_file(digest: str) -> Path:
    """Return where `synoptic calibrate` keeps the figures of the encoder with this digest."""
    return store_folder() / f"{digest}.json"


def store_folder() -> Path:
    """Return the folder of this user's calibrations, by the XDG base directory specification."""
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        cache = Path(base) if base else Path.home() / ".cache"
    except RuntimeError:  # a user without a home
        cache = Path(tempfile.gettempdir())
    return cache / "synoptic" / "calibrations"


def save(likeness: Likeness, path: Path) -> None:
    """Write figures into a file, at once or not at all. Raises `OutputError`."""
    text = json.dumps({name: round(value, 4) for name, value in likeness._asdict().items()}, indent=2)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(text + "\n", encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}") from error


def load(path: Path) -> Likeness | None:
    """Return the figures in a file; None if there is no such file or it holds something else."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        found = Likeness(*(float(values[name]) for name in _FIELDS))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    usable = np.isfinite(found).all() and found.same_sd > 0 and found.other_sd > 0
    return found if usable else None
