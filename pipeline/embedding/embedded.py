"""The models that ship inside the package, and which of them a run takes.

The first knows four languages and the second sixteen, in a table that is half as large again: Italian,
Korean and Polish are aligned better by the first, and all others only by the second.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from pipeline.embedding.card import languages_of_card

_PACKAGE = Path(__file__).parent.parent

EMBEDDED_MODEL = _PACKAGE / "encoder"
"""The model of Italian, Korean, Polish and English."""

WIDE_MODEL = _PACKAGE / "encoder_wide"
"""The model of sixteen languages."""

EMBEDDED_NAMES: Mapping[str, str] = {str(EMBEDDED_MODEL): "embedded", str(WIDE_MODEL): "embedded wide"}
"""What each of them is called in `run.json`, by its folder."""


def model_for(model: str | None, languages: Collection[str]) -> str:
    """Return the model that was asked for; if it is None, the embedded one that knows most of the languages.

    Of two that know as many, it is the smaller one.
    """
    if model is not None:
        return model
    known = {
        folder: len(languages_of_card(Path(folder)).intersection(languages)) for folder in EMBEDDED_NAMES
    }
    return max(known, key=lambda folder: known[folder])
