"""The number words of Slavic languages, made from their cases: cardinals, ordinals, compounds, scales."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.languages.numbers import Senses, spread


def slavic_vocabulary(
    cardinals: Mapping[int, str],
    ordinals: Mapping[int, str],
    endings: str,
    others: Mapping[Senses, str],
    *,
    compound_tens: str = "",
    none: str = "",
) -> dict[str, Senses]:
    """The words with what they mean: cardinals in every form, ordinals by their stems and endings.

    `compound_tens` are the forms of tens that a unit is written together with in the genitive, as in
    "двадцатипятилетний": the tens from twenty on, in that order. `none` are forms that are another word.
    """
    words: dict[str, Senses] = {}
    for number, stems in ordinals.items():
        words |= {stem + ending: (number,) for stem in stems.split() for ending in endings.split()}
    for ten in range(20, 100, 10):  # the years and the decades: "восьмидесятые"
        decade_stems = ordinals.get(ten, "").split()
        words |= {
            stem + ending: (ten, 1900 + ten) for stem in decade_stems for ending in endings.split()[-4:]
        }
    for number, forms in cardinals.items():
        words |= dict.fromkeys(forms.split(), (number,))
    units = [(number, form) for number in range(1, 10) for form in cardinals[number].split()]
    for ten, stem in enumerate(compound_tens.split(), 2):
        words |= {stem + form: (10 * ten + number,) for number, form in units}
    words |= spread(others)
    return {word: senses for word, senses in words.items() if word not in none.split()}


def forms_of(groups: Mapping[int, str]) -> dict[str, int]:
    """The number of each word, from words by number: scales or months in their cases."""
    return {word: number for number, words in groups.items() for word in words.split()}
