import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.matching.literals import Literals, literals_of, pairs_by_literals


def shared(one, two):
    return len(np.intersect1d(literals_of([one]), literals_of([two])))


@pytest.mark.parametrize(
    ("one", "two", "count"),
    [
        ("Versione 4.5.199, 7.395.637 byte", "버전 4.5.199, 7,395,637바이트", 2),
        ("Waga 7 395 637 bajtów", "7,395,637바이트", 1),
        ("Vedi https://example.org/a1.", "https://example.org/a1 참조", 1),
        ("SHA256 196dca53FF", "sha256 196dca53ff", 2),
        ("Costa 3,5 euro in 2 giorni", "3.5유로, 2일", 1),
        ("Nel 2015", "2016년에", 0),
        ("tre gatti", "고양이 세 마리", 0),
    ],
)
def test_what_both_have_is_found_in_whatever_form(one, two, count):
    assert shared(one, two) == count


@given(st.text(), st.text())
def test_any_text_has_literals_each_once(one, two):
    found = literals_of([one, two])
    assert (np.diff(found.astype(object)) > 0).all()


def test_a_long_row_of_anything_takes_no_time():
    for sign in "a1.:-/_ ,'":
        literals_of([sign * 200_000, ("1" + sign) * 100_000])


def notices(count):
    texts = [f"Release 3.{k}.17, {4_000_000 + 7919 * k} bytes, 2024" for k in range(count)]
    return [literals_of([text]) for text in texts for _ in "ab"], ["it", "ko"] * count


def test_the_right_notice_is_told_by_its_literals():
    literals, languages = notices(30)
    pairs = np.array([(0, 1), (0, 3)])
    right, wrong = Literals(literals, languages, np.full(60, 5)).log_odds(pairs)
    assert right > 3
    assert wrong < -3


def test_texts_without_literals_say_nothing():
    literals = [literals_of(["nulla"]), literals_of(["2024 4711"])]
    assert Literals(literals, ["it", "ko"], np.array([3, 9])).log_odds(np.array([(0, 1)])).tolist() == [0.0]


def test_rare_literals_make_candidates():
    literals, languages = notices(30)
    found = pairs_by_literals(literals, languages).tolist()
    assert found == [[2 * k, 2 * k + 1] for k in range(30)]


def test_no_texts_make_none():
    assert pairs_by_literals([], []).tolist() == []
