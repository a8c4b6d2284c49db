"""French."""

from __future__ import annotations

from pipeline.languages import Language
from pipeline.languages.numbers import spell

LANGUAGE = Language(
    code="fr",
    spaced_marks=";:?!",
    accented="àâæçéèêëîïôœùûü",
    grammar_words=frozenset(
        spell(
            "le les des une est dans pour pas sur qui que avec plus cette ce ses sont été aux du nous vous "
            "et elle ils leur leurs était selon après avant donc très"
        )
    ),
)
