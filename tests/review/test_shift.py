"""Shifting a language by a row: by keyboard, as the next run takes it, and without losing a text."""

import random

import pytest

from pipeline.decisions.replay import read_rows
from tests.browser import ROWS, decided, needs_chromium, open_rows, read_log, saved_decisions, watching
from tests.review.logs import planned
from tests.written import LANGUAGES, rows_of, write_corpus

pytestmark = needs_chromium

LENGTH = 20


@pytest.fixture
def out(tmp_path):
    """An article whose Polish stands a row too low from the second of 22 rows on."""
    italian = [f"uno {k}" for k in range(LENGTH + 1)] + [""]
    polish = ["jeden 0", ""] + [f"jeden {k}" for k in range(1, LENGTH + 1)]
    rows = [(it, it.replace("uno", "하나"), pl) for it, pl in zip(italian, polish, strict=True)]
    write_corpus(tmp_path / "out", rows_of(rows), [])
    return tmp_path / "out"


@pytest.fixture
def page(browser, out):
    with watching(browser, (out / "review.html").as_uri()) as watched:
        yield open_rows(watched, out)


def table(page):
    return [texts for _, *texts in page.evaluate(ROWS)]


def go_to(page, row, column):
    for key, times in (("j", row), ("l", column)):
        for _ in range(times):
            page.keyboard.press(key)


def test_one_key_shifts_a_column_over_twenty_rows_and_the_run_does_the_same(page, out, tmp_path):
    before = table(page)
    go_to(page, 1, 2)
    page.keyboard.press("{")
    assert table(page) == [[f"uno {k}", f"하나 {k}", f"jeden {k}"] for k in range(LENGTH + 1)]
    assert page.text_content("#status") == "Polish shifted up: 20 segments changed"
    log = read_log(saved_decisions(page, tmp_path / "d.csv"))
    assert decided(page) == planned(log, read_rows(out, LANGUAGES))
    page.keyboard.press("u")
    assert table(page) == before


def test_a_shift_stops_at_the_next_gap(page):
    page.keyboard.press("l")
    page.keyboard.press("l")
    page.keyboard.press("}")
    rows = table(page)
    assert [pl for _, _, pl in rows[:4]] == ["", "jeden 0", "jeden 1", "jeden 2"]
    assert len(rows) == LENGTH + 2
    page.keyboard.press("{")
    assert [pl for _, _, pl in table(page)[:3]] == ["jeden 0", "jeden 1", "jeden 2"]


def test_there_is_nothing_above_the_first_row(page):
    go_to(page, 0, 2)
    page.keyboard.press("{")
    assert page.text_content("#status") == "not possible here"


def test_random_shifts_lose_no_text_and_the_run_obeys(page, out, tmp_path):
    chance = random.Random(8)
    before = table(page)
    for _ in range(25):
        page.keyboard.press(chance.choice(["j", "j", "k", "h", "l", "{", "}", "{", "}", "m", "]"]))
    after = table(page)
    for column in range(3):
        texts = [part for row in after for part in row[column].split("\n\n") if part]
        assert sorted(texts) == sorted(row[column] for row in before if row[column])
    log = read_log(saved_decisions(page, tmp_path / "d.csv"))
    assert log
    assert decided(page) == planned(log, read_rows(out, LANGUAGES))
