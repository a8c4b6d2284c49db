"""Thai."""

from __future__ import annotations

from pipeline.languages import Language

LANGUAGE = Language(code="th", spaced=False)
