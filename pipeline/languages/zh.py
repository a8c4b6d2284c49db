"""Chinese, in either script."""

from __future__ import annotations

from pipeline.languages import Language

LANGUAGE = Language(code="zh", spaced=False, full_width=True, letters="㐀-䶿一-鿿")
