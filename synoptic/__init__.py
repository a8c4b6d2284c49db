"""Synoptic for scripts and notebooks: the public names of `pipeline`, each loaded on first use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pipeline
from pipeline import __version__

if TYPE_CHECKING:
    from pipeline import (
        Corpus,
        SynopticError,
        align,
        align_texts,
        check,
        detect,
        load,
        normalise,
        segment,
    )

__all__ = [
    "Corpus",
    "SynopticError",
    "__version__",
    "align",
    "align_texts",
    "check",
    "detect",
    "load",
    "normalise",
    "segment",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 (any public object)
    """Load a public name on first use."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(pipeline, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
