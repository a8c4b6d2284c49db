"""Czech, as far as it is told from Polish."""

from __future__ import annotations

from pipeline.languages import Language
from pipeline.languages.numbers import spell

LANGUAGE = Language(
    code="cs",
    letters="ěřůťďňčšžýáí",
    grammar_words=frozenset(
        spell(
            "jsou že který která které kteří ve při také už když kde ještě jeho jejich může není před jsem "
            "jsme mají než nebo podle bude budou však mezi protože pouze"
        )
    ),
)
