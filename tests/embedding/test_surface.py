"""What sentences show besides their meaning."""

import pytest

from pipeline.embedding.surface import size_of, size_of_code, wording_of


@pytest.mark.parametrize(
    ("one", "two"),
    [("Wi-Fi 6", "wifi 6"), ("«NOTA»", "nota"), ("ｅ２", "E2"), ("a  b", "a b"), ("---", "---")],
)
def test_wordings_are_equal_but_for_case_signs_and_space(one, two):
    assert wording_of(one) == wording_of(two)


@pytest.mark.parametrize(("one", "two"), [("1.10", "11.1"), ("---", "***"), ("è", "e"), ("v1", "v2")])
def test_other_wordings_differ(one, two):
    assert wording_of(one) != wording_of(two)


def test_in_code_signs_count():
    assert wording_of("a - b", code=True) != wording_of("a + b", code=True)
    assert wording_of("f(x)\n  y", code=True) == wording_of("f(x) y", code=True)


def test_latin_letters_are_as_long_in_every_language():
    assert size_of("PostgreSQL", "ko") == size_of("PostgreSQL", "it") == 10
    assert size_of("서울특별시", "ko") > 2 * len("서울특별시")
    assert size_of("", "ko") == size_of("", "it") == size_of("가", "it") == 1


def test_words_of_code_count_as_in_a_text():
    assert size_of_code("let x = 1;", "ko") == size_of_code("let x = 1;", "it") == 7
    assert size_of_code("# 이름", "ko") > size_of_code("# 이름", "it")


def test_addresses_do_not_count():
    assert size_of("vedi https://esempio.example/a/b?c=d qui", "it") == size_of("vedi  qui", "it")


def test_spaces_count_as_in_the_usual_lengths():
    assert size_of("una rosa", "it") == 8
    assert size_of("장미 한 송이", "ko") > size_of("장미한송이", "ko")
