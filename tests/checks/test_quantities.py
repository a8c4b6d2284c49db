"""Numbers read out of text as values."""

import json
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.quantities import read_digits, read_words
from pipeline.checks.quantities.units import Measure, agree, read_measures
from pipeline.languages.ko_numbers import sino_value

CASES = json.loads(
    (Path(__file__).parent.parent / "cases/checks/quantities.json").read_text(encoding="utf-8")
)


def _reading(values):
    return tuple(Decimal(value) for value in (values if isinstance(values, list) else [values]))


@pytest.mark.parametrize(("text", "expected"), CASES["digits"], ids=lambda value: str(value)[:30])
def test_digits_are_read_as_the_values_they_can_mean(text, expected):
    readings = {reading for mention in read_digits(text) for reading in mention.readings}
    for values in expected:
        assert _reading(values) in readings
    assert expected or not readings


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [(language, text, values) for language, cases in CASES["words"].items() for text, values in cases],
)
def test_words_are_read_as_values(language, text, values):
    found = {
        value for mention in read_words(text, language) for reading in mention.readings for value in reading
    }
    assert found >= set(_reading(values))


@pytest.mark.parametrize(
    ("language", "text"),
    [(language, text) for language, texts in CASES["no_words"].items() for text in texts],
)
def test_words_that_only_begin_like_a_number_are_none(language, text):
    assert read_words(text, language) == ()


def test_a_compound_is_one_number_and_not_its_parts():
    (mention,) = read_words("dwadzieścia pięć", "pl")
    assert mention.readings == ((25,),)
    (mention,) = read_digits("1억 2500만")
    assert mention.readings == ((125000000,),)


def test_numbers_of_the_page_are_not_binding():
    assert [
        mention.binding for mention in read_digits("1. Il primo caso\n  2) Il secondo, del 1999 [3]")
    ] == [
        False,
        False,
        True,
        False,
    ]


def test_spans_cover_the_number():
    text = "Oltre 1.000 persone e 2,5 milioni di euro"
    assert [text[mention.start : mention.end] for mention in read_digits(text)] == ["1.000", "2,5 milioni"]


@given(st.integers(0, 10**12))
def test_any_grouping_of_an_integer_can_be_read_back(number):
    for mark in (".", ",", "\u00a0", "\u202f", ""):
        text = f"{number:,}".replace(",", mark)
        assert any((number,) in mention.readings for mention in read_digits(text))


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_korean_myriads_add_up(large, small):
    text = f"{large}억 {small}만"
    assert read_digits(text)[0].readings[0] == (large * 10**8 + small * 10**4,)


@pytest.mark.parametrize(
    ("numeral", "value"), [("십", 10), ("삼백오십만", 3500000), ("이천십구", 2019), ("천만", 10**7)]
)
def test_sino_korean_numerals(numeral, value):
    assert sino_value(numeral) == value


@given(st.text(max_size=80), st.sampled_from(["en", "it", "ko", "pl", "xx"]))
def test_any_text_can_be_read_and_spans_stay_inside(text, language):
    for mention in [*read_digits(text), *read_words(text, language)]:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.readings


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("30 iarde", "27 metrów", True),
        ("30 iarde", "40 metrów", False),
        ("85mph의 바람", "137 km/h", True),
        ("250 kg", "550 파운드", True),
        ("6피트 6인치", "198 cm", True),
        ("80도", "27 gradi", True),
        ("10인치", "25 cm", True),
        ("a 6-foot-6 forward", "198 cm", True),
        ("a 6-foot-6 forward", "150 cm", False),
        ("3 square miles", "7.8 km²", True),
        ("12 ounces", "340 g", True),
        ("100 km", "105 kg", False),
        ("5 km", "6 km", False),
        ("2,5 cm", "2 cm", True),
    ],
)
def test_measures_agree_across_units(one, two, same):
    (first,) = set(read_measures(one, read_digits(one)).values())
    (second,) = set(read_measures(two, read_digits(two)).values())
    assert agree(first, second) is same
    assert agree(second, first) is same


def test_half_of_a_unit_is_measured():
    text = "More than half an inch fell."
    assert Measure("length", 0.5, 0.0254) in read_measures(text, read_words(text, "en")).values()


def test_the_first_number_of_a_range_has_the_unit_of_the_second():
    text = "da 2 a 4 pollici"
    assert Measure("length", 2.0, 0.0254) in read_measures(text, read_digits(text)).values()


@pytest.mark.parametrize(
    "text",
    ["9" * 50_000, "1," * 25_000, "1 " * 25_000, "1만" * 25_000, "1 000" * 10_000, "due" * 16_000,
     "a@" * 25_000, "двести " * 7_000, "dwadzieścia " * 4_000, "hundred and " * 4_000, "열" * 50_000,
     "XVI" * 16_000, "@" * 50_000, "1-" * 25_000],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_hostile_text_is_read_in_linear_time(text):
    start = time.process_time()
    mentions = list(read_digits(text))
    for language in ("en", "it", "ko", "pl"):
        mentions += read_words(text, language)
    read_measures(text, mentions)
    assert time.process_time() - start < 10
