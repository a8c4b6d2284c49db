"""Which checks run for which language, made from what is known of each so that it cannot fall behind."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.checks.quantities.calendar import names_weekdays
from pipeline.languages import Language, known_languages
from pipeline.languages.codes import language_name

NEEDS: tuple[tuple[str, tuple[str, ...], Callable[[Language], bool]], ...] = (
    (
        "length",
        ("completeness.length", "completeness.omitted-part", "completeness.added-part"),
        lambda known: known.length is not None,
    ),
    ("number words", ("numbers.missing", "numbers.added"), lambda known: known.number_words is not None),
    ("units and money", ("numbers.unit",), lambda known: bool(known.units and known.currencies)),
    ("dates", ("numbers.date",), lambda known: names_weekdays(known.code)),
    ("order of numbers", ("numbers.order",), lambda known: not known.script),
    ("grammar or script", ("language.mixed",), lambda known: bool(known.grammar_words or known.script)),
    ("names", ("entities.name",), lambda known: known.native_word is not None),
    ("spaces", ("typography.spacing",), lambda known: known.spaced),
    ("narrow marks", ("writing.full-width",), lambda known: not known.full_width),
    ("capitals", ("writing.capitals",), lambda known: known.cased),
    ("particles", ("writing.particle",), lambda known: known.wrong_particles is not None),
    ("accents", ("writing.accent",), lambda known: known.wrong_accents is not None),
    ("own letters", ("writing.letters",), lambda known: known.is_bare is not None),
    ("levels of speech", ("writing.speech-level",), lambda known: known.speech_levels is not None),
)
"""What some rules need to know of a language, those rules, and whether it is known."""


def languages_reference() -> str:
    """A table in Markdown: a line for what must be known, with the rules that need it and the languages."""
    lines = ["| needed | by | known of |", "|---|---|---|"]
    for name, rules, is_known in NEEDS:
        marked = ", ".join(f"`{rule}`" for rule in rules)
        lines.append(f"| {name} | {marked} | {_names(is_known)} |")
    return "\n".join(lines) + "\n"


def _names(is_known: Callable[[Language], bool]) -> str:
    languages = [known for known in known_languages() if known.length is not None]
    found = sorted(language_name(known.code) for known in languages if is_known(known))
    missing = sorted(language_name(known.code) for known in languages if not is_known(known))
    if not missing:
        return "all"
    return ", ".join(found) if len(found) <= len(missing) else f"all but {', '.join(missing)}"
