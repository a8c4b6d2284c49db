"""Japanese."""

from __future__ import annotations

from pipeline.languages import Language

LANGUAGE = Language(code="ja", spaced=False)
