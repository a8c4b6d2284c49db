"""The queue of doubts and the forecast: against gold, and as people decide."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.decisions.doubts import (
    PRIOR,
    Doubt,
    Forecast,
    chance_wrong,
    difficulty,
    forecast,
    harms,
    needs_look,
)

CONFIDENCES = st.floats(0, 1).map(lambda value: round(value, 4))


@given(CONFIDENCES, CONFIDENCES)
def test_less_confidence_is_more_doubt(one, other):
    low, high = sorted((one, other))
    assert 0 < chance_wrong(high) <= chance_wrong(low) < 1


def test_the_forecast_is_right_on_average_where_rows_are_wrong_as_often_as_it_says():
    """Made collections, harder and easier than the fit: what the review finds corrects the forecast."""
    rng = random.Random(7)
    for hardness in (0.5, 1.0, 1.8):
        before = after = real_before = real_after = 0.0
        for _ in range(40):
            confidences = [rng.choice((0.55, 0.7, 0.85, 0.95, 0.99, 0.9995)) for _ in range(400)]
            wrong = [rng.random() < min(1.0, hardness * chance_wrong(c)) for c in confidences]
            doubts = [Doubt(c) for c in confidences]
            before += forecast(doubts).now
            real_before += sum(wrong)
            doubts = [
                d._replace(review="rejected" if bad else "approved") if needs_look(d) else d
                for d, bad in zip(doubts, wrong, strict=True)
            ]
            after += forecast(doubts).now
            real_after += sum(bad for d, bad in zip(doubts, wrong, strict=True) if not d.review)
        assert after == pytest.approx(real_after, rel=0.15)
        if hardness == 1.0:
            assert before == pytest.approx(real_before, rel=0.05)


def test_decisions_move_the_forecast():
    doubts = [Doubt(0.6), Doubt(0.6), Doubt(0.95), Doubt(0.999)]
    start = forecast(doubts)
    assert (start.rows, start.to_look_at) == (4, 2)
    assert start.now > start.after > 0
    approved = forecast([doubts[0]._replace(review="approved"), *doubts[1:]])
    rejected = forecast([doubts[0]._replace(review="rejected"), *doubts[1:]])
    assert approved.to_look_at == rejected.to_look_at == 1
    assert approved.after < start.after < rejected.after
    done = forecast([doubt._replace(review="approved") for doubt in doubts])
    assert (done.to_look_at, done.now, done.after) == (0, 0, 0)


def test_rows_that_a_decision_made_teach_nothing():
    """A run gives them a confidence by convention."""
    assert difficulty([Doubt(0.99, review="approved", learned=False)] * 50) == 1
    assert difficulty([Doubt(0.99, review="approved")] * 50) < 0.6
    found = [Doubt(0.5, review="rejected")] * 10
    assert difficulty(found) == pytest.approx((PRIOR + 10) / (PRIOR + 10 * chance_wrong(0.5)))


def test_boilerplate_is_to_look_at_but_not_wrong():
    row = Doubt(0.5, compared=False)
    found = forecast([row])
    assert (found.rows, found.to_look_at, found.now) == (1, 1, 0)
    assert harms([row]) == [0]
    assert difficulty([row._replace(review="approved")] * 9) == 1


def test_harm_weighs_doubt_and_findings():
    sure, unsure = Doubt(0.9999), Doubt(0.5)
    critical, minor = Doubt(0.9999, 25, True), Doubt(0.9999, 1, True)
    decided = Doubt(0.1, 25, True, review="approved")
    assert [needs_look(doubt) for doubt in (sure, unsure, critical, decided)] == [False, True, True, False]
    by_harm = dict(zip("sucmd", harms([sure, unsure, critical, minor, decided]), strict=True))
    assert sorted(by_harm, key=by_harm.__getitem__) == ["d", "s", "m", "u", "c"]
    assert by_harm["d"] == 0


def test_dismissed_findings_count_less_and_confirmed_ones_more():
    row = Doubt(0.99, 5, True)
    plain = harms([row])[0]
    assert harms([row, Doubt(0.99, dismissed=8)])[0] < plain
    assert harms([row, Doubt(0.99, review="rejected", confirmed=8, learned=False)])[0] > plain


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Forecast(2005, 23, 30, 2.2), "23 rows to look at; after these about 2 errors remain in 2,005"),
        (Forecast(9, 1, 1, 0.7), "1 row to look at; after these about 1 error remains in 9"),
        (Forecast(9, 2, 1, 0.2), "2 rows to look at; after these less than one error remains in 9"),
        (Forecast(50, 0, 0.1, 0.1), "Nothing left to look at; less than one error remains in 50 rows"),
    ],
)
def test_the_sentence(given, words):
    assert given.sentence() == words
