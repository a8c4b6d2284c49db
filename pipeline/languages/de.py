"""German."""

from __future__ import annotations

from pipeline.languages import Language
from pipeline.languages.numbers import spell

LANGUAGE = Language(
    code="de",
    accented="äöüß",
    grammar_words=frozenset(
        spell(
            "der die das und ist nicht ein eine einen dem den "
            " des mit von für auf sich auch wird wurde sind war zu als nach bei oder aber wenn dass haben"
            " werden wir noch nur über"
        )
    ),
)
