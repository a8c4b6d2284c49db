"""Spanish."""

from __future__ import annotations

from pipeline.languages import Language
from pipeline.languages.numbers import spell

LANGUAGE = Language(
    code="es",
    accented="áéíñóúü",
    grammar_words=frozenset(
        spell(
            "el los las una es en por con para que del como más pero sus este esta fue ser son muy también y "
            "está están han había hasta desde cuando donde porque según años eso esos"
        )
    ),
)
