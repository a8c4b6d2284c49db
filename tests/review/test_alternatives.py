"""The runner-up of a row, and a text that fits another row better, are put right with one key."""

from collections import Counter
from dataclasses import replace

import pytest

from pipeline.checks.families.meaning import Match, _neighbour_draft
from pipeline.checks.findings import finding_of, with_fingerprint
from pipeline.datatypes import Rival
from tests.browser import ROWS, needs_chromium, open_rows, watching
from tests.written import rows_of, write_corpus

pytestmark = needs_chromium

CELLS = [
    ("Piove.", "비가 온다.", "Pada."),
    ("La luna è alta.", "달이 높다.", "Kot pije mleko."),
    ("Il gatto beve il latte.", "고양이가 우유를 마신다.", "Księżyc jest wysoko."),
    ("Il treno parte.", "기차가 떠난다.", ""),
    ("Fa freddo.", "춥다.", ["Jest zimno.", "Pociąg odjeżdża."]),
]


def texts(page):
    return [row[1:] for row in page.evaluate(ROWS)]


@pytest.fixture
def opened(browser, tmp_path):
    pages = []

    def open_(rows, findings):
        write_corpus(tmp_path / "out", rows, findings)
        page = open_rows(watched, tmp_path / "out")
        page.locator("#current-row").focus()
        pages.append(page)
        return page

    with watching(browser, (tmp_path / "out" / "review.html").as_uri()) as watched:
        yield open_


def neighbour(rows, match):
    row = rows[match.row]
    draft = _neighbour_draft(("it", "pl"), match)
    draft = with_fingerprint({code: row.text(code) for code in row.languages}, draft)
    return finding_of(row.id, row.article, draft, Counter())


def test_texts_that_fit_each_others_rows_are_exchanged(opened):
    rows = rows_of(CELLS)
    page = opened(rows, [neighbour(rows, Match(1, 2, True, 3))])
    page.keyboard.press("n")
    assert "Księżyc jest wysoko." in page.text_content("#current-row .alternative")
    page.keyboard.press("Enter")
    assert page.text_content("#status") == "Polish exchanged with segment 3"
    assert [row[2] for row in texts(page)][:3] == ["Pada.", "Księżyc jest wysoko.", "Kot pije mleko."]
    page.keyboard.press("u")
    assert [row[2] for row in texts(page)][:3] == ["Pada.", "Kot pije mleko.", "Księżyc jest wysoko."]


def test_a_text_that_fits_better_brings_those_behind_it(opened):
    shifted = [CELLS[0], ("Nevica.", "눈이 온다.", "Wtrącenie."), ("Tuona.", "천둥이 친다.", "Śnieży."),
               ("Grandina.", "우박이 온다.", "Grzmi."), ("Albeggia.", "동이 튼다.", "")]  # fmt: skip
    rows = rows_of(shifted)
    page = opened(rows, [neighbour(rows, Match(1, 2, False, 3))])
    page.keyboard.press("n")
    page.click("#current-row [data-do=realign]")
    found = texts(page)
    assert ["Nevica.", "눈이 온다.", "Śnieży."] in found
    assert ["Tuona.", "천둥이 친다.", "Grzmi."] in found
    assert ["", "", "Wtrącenie."] in found


def test_the_runner_up_of_a_row_in_doubt_is_put_there(opened):
    rows = rows_of(CELLS)
    rows[3] = replace(rows[3], confidence=0.4, rival=Rival("pl", 5, 0.35))
    rows[0] = replace(rows[0], rival=Rival("pl", 2, 0.01))  # sure enough: nothing is offered
    page = opened(rows, [])
    assert page.locator(".alternative").count() == 1
    page.keyboard.press("Enter")
    assert page.text_content("#status") == "nothing is suggested here"
    page.keyboard.press("n")
    assert "35% probable" in page.text_content("#current-row .alternative")
    page.keyboard.press("Enter")
    assert ["Il treno parte.", "기차가 떠난다.", "Pociąg odjeżdża."] in texts(page)
    assert ["Fa freddo.", "춥다.", "Jest zimno."] in texts(page)
    assert page.locator(".alternative").count() == 0
