"""The review page in a real browser: what looks damaged is told where it is read."""

import pytest

from pipeline.datatypes import Verdict
from tests.browser import current, needs_chromium, open_rows, shown, watching
from tests.written import rows_of, write_corpus

pytestmark = needs_chromium


@pytest.fixture
def damaged(browser, tmp_path):
    """The rows of two articles; in the first, two languages look damaged, also in a paragraph of no row."""
    rows = [
        *rows_of(
            [("Il ponte \ufffd chiuso.", "다리", "Most"), ("La via.", "길", "Droga"), ("Fine", "끝", "Kon")]
        ),
        *rows_of([("Il pane.", "빵", "Chleb")], "a2"),
    ]
    places = {"it": "missing_characters 1,40", "pl": "truncated_end 3; mystery 2-3"}
    files = [
        Verdict(f"{article}-{code}.txt", article, code, 1.0, 3, "parallel", 1.0, "same article",
                suspicious=places.get(code, "") if article == "a1" else "")
        for article in ("a1", "a2")
        for code in ("it", "ko", "pl")
    ]  # fmt: skip
    write_corpus(tmp_path / "out", rows, findings=[], files=files)
    with watching(browser, (tmp_path / "out" / "review.html").as_uri()) as watched:
        yield open_rows(watched, tmp_path / "out")


def test_a_paragraph_that_looks_damaged_says_so_where_it_is_read(damaged):
    marked = damaged.locator(".paragraph:has(.kind)").evaluate_all("all => all.map(e => e.textContent)")
    assert [text.strip("123") for text in marked] == [
        "damaged?Il ponte \ufffd chiuso.", "damaged?Droga", "damaged?Kon",
    ]  # fmt: skip
    assert damaged.locator(".note.quiet").all_text_contents() == [
        "Damaged? Italian ¶ 1: letters are missing; look them up in the original",
        "Damaged? Polish ¶ 2: mystery",
        "Damaged? Polish ¶ 3: the text breaks off; see whether the original goes on",
        "Damaged? Polish ¶ 3: mystery",
    ]
    labels = damaged.locator(".row").evaluate_all("all => all.map(e => e.ariaLabel)")
    assert [label.endswith(", looks damaged") for label in labels] == [True, True, True, False]


def test_the_head_of_an_article_leads_to_what_looks_damaged(damaged):
    page = damaged
    lines = page.locator(".article-head >> nth=0").locator(".meta").all_text_contents()[1:]
    assert [line.partition(":")[0] for line in lines] == [
        "Damaged? a1-it.txt ¶ 1, 40", "Damaged? a1-pl.txt ¶ 3", "Damaged? a1-pl.txt ¶ 2–3",
    ]  # fmt: skip
    assert page.locator(".article-head >> nth=1").locator("[data-do=next-damage]").count() == 0
    page.locator(".article-head [data-do=next-damage]").nth(2).focus()
    page.keyboard.press("Enter")
    assert current(page).startswith("Segment 2 of 3")
    assert page.evaluate("document.activeElement.id") == "current-row"
    page.locator(".article-head [data-do=next-damage]").nth(2).press("Enter")
    assert current(page).startswith("Segment 3 of 3")
    page.locator(".article-head [data-do=next-damage]").nth(2).press("Enter")
    assert current(page).startswith("Segment 2 of 3")
    page.fill("#search", "chiuso")
    page.wait_for_selector("#found:has-text('1 segment found')")
    page.locator(".article-head [data-do=next-damage]").nth(1).press("Enter")
    assert current(page).startswith("Segment 3 of 3")
    assert shown(page) == "4 segments"
