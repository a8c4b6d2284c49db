"""Carrying a paragraph to another row, by pointer and by key, and approving a block that was moved."""

from dataclasses import replace

import pytest

from pipeline.checks.check import check
from pipeline.decisions.replay import read_rows
from tests.browser import ROWS, decided, needs_chromium, open_rows, read_log, saved_decisions, watching
from tests.review.logs import planned
from tests.written import LANGUAGES, rows_of, write_corpus

pytestmark = needs_chromium

TEXTS = [
    (f"Riga {word}.", f"줄 {word}.", f"Wiersz {word}.") for word in ("uno", "due", "tre", "quattro", "cinque")
]


def table(page):
    return [texts for _, *texts in page.evaluate(ROWS)]


@pytest.fixture
def out(tmp_path):
    write_corpus(tmp_path / "out", rows_of(TEXTS), [])
    return tmp_path / "out"


@pytest.fixture
def page(browser, out):
    with watching(browser, (out / "review.html").as_uri()) as watched:
        yield open_rows(watched, out)


def carried():
    rows = [list(texts) for texts in TEXTS]
    rows[1][2] += f"\n\n{rows[3][2]}"
    rows[3][2] = ""
    return rows


def test_a_paragraph_is_dragged_to_another_row_by_its_number(page, out, tmp_path):
    before = table(page)
    handle = page.locator(".row >> nth=3").locator(".cell[data-column='2'] .place")
    handle.drag_to(page.locator(".row >> nth=1"))
    assert table(page) == carried()
    assert page.text_content("#status") == "Polish ¶ 4 put into segment 2"
    assert page.locator(".dropping").count() == 0
    log = read_log(saved_decisions(page, tmp_path / "d.csv"))
    assert decided(page) == planned(log, read_rows(out, LANGUAGES))
    page.keyboard.press("u")
    assert table(page) == before
    page.locator(".row >> nth=2").locator(".cell[data-column='1'] .place").drag_to(page.locator("#heads"))
    assert table(page) == before


def test_keys_take_a_text_up_and_put_it_down(page):
    for key in ("j", "j", "j", "l", "l", "v", "k", "k", "v"):
        page.keyboard.press(key)
    assert table(page) == carried()
    page.keyboard.press("u")
    for key in ("v", "Escape", "j", "v", "v"):
        page.keyboard.press(key)
    assert page.text_content("#status") == "it stays where it was"
    assert table(page) == [list(texts) for texts in TEXTS]


def test_enter_approves_a_moved_block_as_one_action(browser, tmp_path):
    rows = [replace(row, moved=n in (1, 2, 3), block={1: 3}.get(n, 0 if n in (2, 3) else 1))
            for n, row in enumerate(rows_of(TEXTS))]  # fmt: skip
    findings = [each for each in check(rows) if each.rule == "completeness.moved"]
    assert [f.message for f in findings] == [
        "This text and the 2 that follow it stand in different places in Italian, Korean and Polish"
    ]
    write_corpus(tmp_path / "out", rows, findings)
    with watching(browser, (tmp_path / "out" / "review.html").as_uri()) as watched:
        page = open_rows(watched, tmp_path / "out")
        page.keyboard.press("j")
        assert page.text_content("#current-row [data-do=approve-block]") == "All 3 belong here"
        page.keyboard.press("Enter")
        assert page.locator(".row").evaluate_all("all => all.map(e => e.dataset.state)") == [
            "", "approved", "approved", "approved", "",
        ]  # fmt: skip
        assert page.locator("[data-do=approve-block]").count() == 0
        page.keyboard.press("u")
        assert page.locator(".row[data-state=approved]").count() == 0
        page.click(".row >> nth=1 >> [data-do=approve-block]")
        assert page.locator(".row[data-state=approved]").count() == 3
