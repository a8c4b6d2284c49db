"""Portuguese, as far as it is told from Italian and Spanish."""

from __future__ import annotations

from pipeline.languages import Language
from pipeline.languages.numbers import spell

LANGUAGE = Language(
    code="pt",
    grammar_words=frozenset(
        spell("não uma são foi pelo pela também você isso muito dos em os ao seu dizer já até")
    ),
)
