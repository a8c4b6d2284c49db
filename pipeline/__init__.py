"""Synoptic: raw articles in several languages in, a parallel corpus out.

The public names are for scripts and notebooks; `import synoptic` offers the same ones. Each is loaded on
first use, so importing the package is cheap.

An article passes through the packages in this order::

    ingestion -> normalisation -> detection -> segmentation -> embedding -> matching -> alignment
    -> rows -> checks -> output

`run/flow.py` is this flow as one list of calls; `datatypes.py` defines the records that it passes on.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.api.check import check
    from pipeline.api.corpus import Corpus
    from pipeline.api.runs import align, load
    from pipeline.api.stages import detect, normalise, segment
    from pipeline.api.texts import align_texts
    from pipeline.errors import SynopticError

__version__ = "0.1.0"

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

_HOMES = {
    "Corpus": "pipeline.api.corpus",
    "SynopticError": "pipeline.errors",
    "align": "pipeline.api.runs",
    "align_texts": "pipeline.api.texts",
    "check": "pipeline.api.check",
    "detect": "pipeline.api.stages",
    "load": "pipeline.api.runs",
    "normalise": "pipeline.api.stages",
    "segment": "pipeline.api.stages",
}
"""The module that defines each public name."""


def __getattr__(name: str) -> Any:  # noqa: ANN401 (any public object)
    """Load a public name on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
