"""Synoptic for scripts and notebooks: the names of `pipeline`, under the name of the program.

Each is loaded when it is first used.
"""

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


def __getattr__(name: str) -> Any:  # noqa: ANN401 (whatever the name stands for)
    """Load a name of `__all__` when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(pipeline, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
