"""Many rows at a time: closing an article, selected rows, and findings that are alike."""

import pytest

from pipeline.datatypes import Finding
from tests.browser import current, needs_chromium, open_rows, settled, shown, watching
from tests.written import rows_of, write_corpus

pytestmark = needs_chromium

ROWS, WORSE, BEST = 14, 6, 5


def finding(row, number, rule, severity="major"):
    return Finding(
        f"{row.id}-{number}", row.id, row.article, rule, "x", "x", severity, "it", "pl", "0-3", "0-3",
        f"{rule} is wrong", "", "open",
    )  # fmt: skip


def texts(name, number):
    return [(f"uno {name} {k}", f"하나 {name} {k}", f"jeden {name} {k}") for k in range(number)]


@pytest.fixture
def out(tmp_path):
    """A clean article of 14 rows, one without problems, and one with a major finding in every row but one."""
    clean, best = rows_of(texts("a", ROWS), "a1"), rows_of(texts("b", BEST), "a2")
    worse = rows_of(texts("c", WORSE), "a3")
    findings = [finding(row, 1, "numbers.changed") for row in worse[1:]]
    findings += [finding(worse[2], 2, "entities.name"), finding(clean[3], 3, "characters.control", "neutral")]
    write_corpus(tmp_path / "out", clean + best + worse, findings)
    return tmp_path / "out"


@pytest.fixture
def page(browser, out):
    with watching(browser, (out / "review.html").as_uri()) as watched:
        yield open_rows(watched, out)


def said(page):
    return page.text_content("#status")


def decided(page):
    return page.text_content("#progress").split(" ")[0]


def test_one_key_closes_a_clean_article_and_opens_the_worst(page):
    page.keyboard.press("Shift+A")
    assert decided(page) == str(ROWS)
    assert said(page) == "14 segments of “uno a 0” approved; next: “uno c 0”"
    assert current(page).startswith("Segment 1 of 6")
    page.keyboard.press("u")
    assert decided(page) == "0"
    assert said(page) == "undone: approval, 14 decisions"
    page.keyboard.press("Shift+U")
    assert decided(page) == str(ROWS)


def test_rows_with_findings_stay_open_and_come_next(page):
    page.click("#articles button >> nth=3")
    page.keyboard.press("j")
    page.keyboard.press("Shift+A")
    assert decided(page) == "1"
    assert said(page) == "1 segment of “uno c 0” approved; 5 segments with a finding left"
    assert current(page).startswith("Segment 2 of 6")
    page.keyboard.press("Shift+D")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+A")
    assert decided(page) == "5"
    assert current(page).startswith("Segment 3 of 6")


def test_only_rows_that_the_filter_shows_are_approved(page):
    page.keyboard.press("/")
    page.keyboard.type("uno a 1")
    page.wait_for_selector("#found:has-text('found')")
    page.keyboard.press("Enter")
    assert shown(page) == "5 segments found"  # 1 and 10 to 13
    page.keyboard.press("Shift+A")
    assert decided(page) == "5"


def test_approve_up_to_here(page):
    for _ in range(4):
        page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("b")
    assert decided(page) == "5"
    assert said(page) == "4 segments approved"
    page.keyboard.press("u")
    assert decided(page) == "1"


def test_two_keys_dismiss_all_findings_of_a_rule_and_one_takes_it_back(page):
    page.select_option("#rule", "numbers.changed")
    page.locator("#current-row").focus()
    page.keyboard.press("Shift+D")
    assert page.text_content("#confirm-title") == "Dismiss 5 findings of numbers.changed?"
    assert "1 article" in page.text_content("#confirm-words")
    page.keyboard.press("Escape")
    assert shown(page) == "5 segments found"
    page.keyboard.press("Shift+D")
    page.keyboard.press("Enter")
    assert said(page) == "5 findings of numbers.changed dismissed"
    page.click("#clear")
    assert page.locator("#rule option[value='entities.name']").text_content() == "entities.name (1)"
    assert page.locator("#rule option[value='numbers.changed']").is_hidden()
    page.keyboard.press("u")
    assert page.locator("#rule option[value='numbers.changed']").text_content() == "numbers.changed (5)"


def test_selected_rows_are_decided_together_after_a_question(page):
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+J")
    assert page.text_content("#selected") == " · 3 segments selected"
    assert ", selected" in current(page)
    page.keyboard.press("Shift+K")
    assert page.text_content("#selected") == " · 2 segments selected"
    page.keyboard.press("x")
    assert page.text_content("#confirm-title") == "Reject 2 segments?"
    page.keyboard.press("Enter")
    assert said(page) == "2 segments rejected"
    assert page.text_content("#selected") == ""
    assert page.locator(".row[data-state=rejected]").count() == 2
    page.keyboard.press("u")
    assert decided(page) == "0"


def test_rows_are_selected_by_clicks_and_none_by_escape(page):
    rows = page.locator(".row .cells")
    rows.nth(1).click()
    rows.nth(3).click(modifiers=["Shift"])
    assert page.text_content("#selected") == " · 3 segments selected"
    rows.nth(2).click(modifiers=["Control"])
    assert page.text_content("#selected") == " · 2 segments selected"
    page.keyboard.press("m")
    page.keyboard.press("Enter")
    assert said(page) == "only segments that stand one behind the other can be merged"
    page.keyboard.press("Escape")
    assert page.text_content("#selected") == ""


def test_neighbours_are_merged_into_one_row(page):
    for _ in range(2):
        page.keyboard.press("Shift+J")
    page.keyboard.press("m")
    page.keyboard.press("Enter")
    assert said(page) == "3 segments merged"
    assert current(page).startswith("Segment 1 of 12")
    page.keyboard.press("u")
    assert current(page).endswith("Segment 1 of 14, aligned, confidence 97%")


def test_the_filter_can_be_selected_and_its_findings_dismissed(page):
    page.select_option("#rule", "numbers.changed")
    page.locator("#current-row").focus()
    page.keyboard.press("Control+a")
    assert page.text_content("#selected") == " · 5 segments selected"
    page.keyboard.press("d")
    assert page.text_content("#confirm-title") == "Dismiss 5 findings?"
    page.keyboard.press("Enter")
    assert shown(page) == "0 segments found"
    page.click("#clear")
    assert page.locator("#rule option[value='entities.name']").text_content() == "entities.name (1)"


def test_a_closed_article_is_found_again_after_a_reload(page):
    page.click(".article-head button >> nth=0")
    settled(page)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert decided(page) == str(ROWS)
