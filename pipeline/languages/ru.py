"""Russian."""

from __future__ import annotations

from pipeline.languages import Language

LANGUAGE = Language(code="ru", letters="а-яёА-ЯЁ")
