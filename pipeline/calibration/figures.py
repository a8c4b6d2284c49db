"""Finds the calibration of an encoder: shipped with it, kept from before, or measured (`.measure`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.alignment.likeness import Likeness
from pipeline.calibration.files import kept_file, load
from pipeline.embedding.embedded import EMBEDDED_MODEL
from pipeline.embedding.encoders import LIKENESS_FILE, Encoder
from pipeline.embedding.vectors import Text
from pipeline.errors import InputError, ModelError


class Calibration(NamedTuple):
    """The figures of an encoder and their source."""

    likeness: Likeness
    source: str  # described for `run.json`
    warning: str = ""  # for people, if the figures may not be those of the encoder


def calibration_for(encoder: Encoder, texts: Sequence[Text]) -> Calibration:
    """Return the kept figures of an encoder, those shipped with it, or figures measured on these texts.

    If the texts show too little, the figures of the embedded encoder are used and `source` says why.
    """
    files = {"calibrated before": kept_file(encoder.digest), "comes with the model": encoder.likeness_file}
    for source, path in files.items():
        known = load(path) if path else None
        if known:
            return Calibration(known, source)
    from pipeline.calibration.measure import calibrate  # loads the whole aligner; few runs need it

    try:
        measured = calibrate(texts)
        doubt = measured.doubt()
        warning = f"do not rely on the confidences of {encoder.name}: {doubt}" if doubt else ""
        return Calibration(measured.likeness, "measured on the articles of this run", warning)
    except InputError as error:
        embedded = load(EMBEDDED_MODEL / LIKENESS_FILE)
        if embedded is None:
            raise ModelError("the embedded model is incomplete; reinstall Synoptic") from error
        return Calibration(
            embedded,
            f"that of the embedded model, because {error}",
            f"do not rely on the confidences of {encoder.name}: they are those of another model, because "
            f"{error}; `synoptic calibrate` measures it on articles that are translations",
        )
