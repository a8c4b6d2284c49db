"""What the cosines of encoders mean: figures that come with them, or are measured (`.measure`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.alignment.likeness import Likeness
from pipeline.calibration.kept import kept_file, load
from pipeline.embedding.encoders import EMBEDDED_MODEL, LIKENESS_FILE, Encoder
from pipeline.embedding.vectors import Text
from pipeline.errors import InputError, ModelError


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
