"""Splitting a row inside a paragraph: at a sentence, at a character, and as the next run takes it."""

import pytest

from pipeline.config import Config
from pipeline.decisions.replay import read_rows
from pipeline.returned.apply import apply_file
from pipeline.review.page import page_data_of, review_page
from pipeline.run.flow import run
from pipeline.run.progress import Silent
from tests.browser import ROWS, decided, needs_chromium, open_rows, read, read_log, saved_decisions, watching
from tests.review.logs import planned
from tests.written import LANGUAGES, rows_of, write_corpus

pytestmark = needs_chromium

TEXTS = [
    ("Piove.", "비가 온다.", "Pada."),
    (
        ["Il museo è chiuso.", "Riapre domani."],
        ["박물관은 닫혔다.", "내일 연다."],
        "Muzeum jest zamknięte. Otwiera się jutro.",
    ),
]


@pytest.fixture
def out(tmp_path):
    """An article whose second row should be two, and has one paragraph in Polish."""
    write_corpus(tmp_path / "out", rows_of(TEXTS), [])
    return tmp_path / "out"


@pytest.fixture
def page(browser, out):
    with watching(browser, (out / "review.html").as_uri()) as watched:
        yield open_rows(watched, out)


def table(page):
    return [texts for _, *texts in page.evaluate(ROWS)]


def letters(rows):
    return sorted("".join(text for row in rows for text in row).replace(" ", "").replace("\n", ""))


def test_two_keys_split_at_the_sentence_that_the_other_languages_show(page, out, tmp_path):
    before = table(page)
    page.keyboard.press("j")
    for key in ("s", "Enter"):
        page.keyboard.press(key)
    assert table(page)[1:] == [
        ["Il museo è chiuso.", "박물관은 닫혔다.", "Muzeum jest zamknięte."],
        ["Riapre domani.", "내일 연다.", "Otwiera się jutro."],
    ]
    log = read_log(saved_decisions(page, tmp_path / "d.csv"))
    assert [d.kind for d in log] == ["split", "repair", "repair"]
    assert decided(page) == planned(log, read_rows(out, LANGUAGES))
    assert letters(table(page)) == letters(before)
    data = page_data_of((out / "review.html").read_bytes(), "review.html")
    (out / "fresh.html").write_bytes(review_page(data, log))
    fresh = page.context.new_page()
    fresh.goto((out / "fresh.html").as_uri())
    fresh.click("#to-rows")
    assert decided(fresh) == decided(page)
    page.keyboard.press("u")
    assert table(page) == before
    page.keyboard.press("U")
    assert decided(page) == decided(fresh)


def test_a_cut_anywhere_by_keys_and_by_click(page, out, tmp_path):
    before = letters(table(page))
    for key in ("j", "l", "l", "s", "Shift+ArrowLeft", "Control+ArrowLeft", "Control+ArrowLeft", "Enter"):
        page.keyboard.press(key)
    assert [row[2] for row in table(page)] == ["Pada.", "Muzeum jest", "zamknięte. Otwiera się jutro."]
    page.keyboard.press("j")
    page.keyboard.press("s")
    column = page.locator(".split-column[data-column='2'] [data-part]").first
    box = column.bounding_box()
    page.mouse.click(box["x"] + 30, box["y"] + box["height"] / 2)
    page.click("#split-save")
    assert page.locator(".row").count() == 4
    assert letters(table(page)) == before
    log = read_log(saved_decisions(page, tmp_path / "d.csv"))
    assert [d.kind for d in log].count("split") == 2
    assert decided(page) == planned(log, read_rows(out, LANGUAGES))


def test_the_next_run_puts_the_parts_into_their_rows(browser, samples):
    out = samples / "out"
    place = next(
        k for k, row in enumerate(read(out / "corpus.csv"))
        if row["pl"].count(". ") and row["pl"].count("\n") == 0 and row["it"] and row["ko"]
    )  # fmt: skip
    with watching(browser, (out / "review.html").as_uri()) as watched:
        page = open_rows(watched, out)
        for key in ("l", "l", *("j" for _ in range(place)), "s", "ArrowDown", "Enter"):
            page.keyboard.press(key)
        saved = saved_decisions(page, samples / "saved.csv")
        seen = decided(page)
    assert [d.kind for d in read_log(saved)].count("split") == 1
    incoming = apply_file(saved, out)
    assert (incoming.warnings, incoming.conflicts) == ([], [])
    assert not run(Config(raw=samples / "raw", out=out), Silent()).stale
    lines = read(out / "corpus.csv")
    assert (
        sorted([r["review"], r["it"], r["ko"], r["pl"]] for r in lines if r["review"] == "repaired") == seen
    )
    with watching(browser, (out / "review.html").as_uri()) as watched:
        page = open_rows(watched, out)
        assert decided(page) == seen
        assert page.locator(".stale").count() == 0
