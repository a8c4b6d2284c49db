"""Japanese."""

from __future__ import annotations

from pipeline.languages import Language

LANGUAGE = Language(code="ja", spaced=False, full_width=True, letters="ぁ-ゖァ-ヺ")
