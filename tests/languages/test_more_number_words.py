"""Numbers in words in Czech, Russian, Ukrainian and Turkish, and hours told by halves."""

from __future__ import annotations

import pytest

from pipeline.checks.quantities import read_words

READ = [
    ("cs", "dvacet pět", [25]),
    ("cs", "před pětadvacátým", [25]),
    ("cs", "jednačtyřicetiletý", [41]),
    ("cs", "tisíc devět set padesát", [1950]),
    ("cs", "v půl sedmé", [0.5, 7]),
    ("ru", "о двадцати пяти", [25]),
    ("ru", "двадцатипятилетний", [25]),
    ("ru", "пять миллионов двести тысяч", [5_200_000]),
    ("ru", "тысяча девятьсот сорок первого", [1941]),
    ("ru", "его семью", []),
    ("uk", "тридцять п'ять", [35]),
    ("uk", "дев’ятьма", [9]),
    ("uk", "трирічний", [3]),
    ("tr", "yirmi beş", [25]),
    ("tr", "iki yüz elli", [250]),
    ("tr", "bin dokuz yüz on dokuz", [1919]),
    ("tr", "Dördüncü", [4]),
    ("tr", "İki", [2]),
    ("tr", "ona ondan", []),
]


@pytest.mark.parametrize(("language", "text", "values"), READ)
def test_reads_number_words(language: str, text: str, values: list[float]) -> None:
    assert [float(mention.readings[0][0]) for mention in read_words(text, language)] == values


@pytest.mark.parametrize(
    ("language", "text", "hour"),
    [
        ("de", "um halb sieben", 6),
        ("cs", "v půl sedmé", 6),
        ("uk", "о пів на дев'яту", 8),
        ("es", "a las dos de la tarde", 14),
    ],
)
def test_an_hour_in_words_is_also_what_another_clock_shows(language: str, text: str, hour: int) -> None:
    assert (hour,) in [reading for mention in read_words(text, language) for reading in mention.readings]


@pytest.mark.parametrize(
    ("language", "text", "months"),
    [
        ("cs", "5. července", [7]),
        ("ru", "в мае", [5]),
        ("uk", "12 квітня", [4]),
        ("tr", "23 Nisan'da", [4]),
        ("tr", "ekim zamanı", []),
    ],
)
def test_months_are_read_in_their_cases(language: str, text: str, months: list[int]) -> None:
    assert [mention.readings[0][0] for mention in read_words(text, language) if mention.month] == months


@pytest.mark.parametrize(
    ("text", "values"),
    [("每周四天", [4]), ("周四天气晴朗", []), ("数百家", [100]), ("亿万富翁", [])],
)
def test_chinese_weeks_hundreds_and_billionaires(text: str, values: list[int]) -> None:
    assert [mention.readings[0][0] for mention in read_words(text, "zh-cn")] == values
