"""Which files belong together, decided on the page."""

import pytest

from pipeline.datatypes import Verdict
from pipeline.decisions.pairings import pairings_of
from tests.browser import AXE, needs_axe, needs_chromium, open_rows, read_log, saved_decisions, watching
from tests.review.test_page import check
from tests.written import rows_of, write_corpus

pytestmark = needs_chromium


@pytest.fixture
def out(tmp_path):
    files = [
        Verdict("it/a.txt", "a1", "it", 1.0, 1, "parallel", 1.0, "same article"),
        Verdict("ko/a.txt", "a1", "ko", 1.0, 1, "parallel", 1.0, "same article"),
        Verdict("pl/b.txt", "", "pl", 1.0, 1, "alone", 0.0, "no other file is like it"),
        Verdict("ko/c.txt", "", "ko", 1.0, 1, "alone", 0.0, "no other file is like it"),
    ]
    rows = rows_of([("uno due", "하나 둘", ""), ("tre quattro", "셋 넷", "")])
    write_corpus(tmp_path / "out", rows, [], files=files)
    return tmp_path / "out"


def test_files_are_taken_out_and_joined_and_one_undo_takes_each_back(browser, out, tmp_path):
    with watching(browser, (out / "review.html").as_uri()) as watched:
        page = open_rows(watched, out)
        page.click(".own-files summary")
        page.click(".own-files [data-do=part-file][data-file='ko/a.txt']")
        assert page.text_content("#status") == "the next run takes ko/a.txt out of its article"
        page.click("[data-do=join-file][data-file='it/a.txt']")
        page.keyboard.insert_text("ko/c.txt")
        page.keyboard.press("Enter")
        words = "the next run puts it/a.txt together with ko/c.txt"
        page.wait_for_selector(f"#status:has-text('{words}')")
        page.click("#to-overview")
        lines = page.locator("#pairings li span").all_text_contents()
        assert lines == ["ko/a.txt does not belong with it/a.txt ", "ko/c.txt, it/a.txt are one article "]
        assert page.locator(".stale-decision:has-text('not there any more')").count() == 0
        said = pairings_of(read_log(saved_decisions(page, tmp_path / "d.csv")))
        assert [(p.together, {name for _, name in p.files}) for p in said] == [
            (True, {"ko/c.txt", "it/a.txt"}),
            (False, {"ko/a.txt", "it/a.txt"}),
        ]
        page.keyboard.press("u")
        page.keyboard.press("u")
        assert page.locator("#pairings").count() == 0


def test_files_of_one_language_are_not_joined(browser, out):
    with watching(browser, (out / "review.html").as_uri()) as watched:
        page = open_rows(watched, out)
        page.click(".own-files summary")
        for name, said in (
            ("ko/c.txt", "they are of one language"),
            ("nowhere.txt", "there is no file nowhere.txt"),
        ):
            page.click(".own-files [data-do=join-file][data-file='ko/a.txt']")
            page.keyboard.insert_text(name)
            page.keyboard.press("Enter")
            page.wait_for_selector(f"#status:has-text('{said}')")


@needs_axe
def test_accessibility_of_joining(browser, out):
    with watching(browser, (out / "review.html").as_uri(), bypass_csp=True) as watched:
        page = open_rows(watched, out)
        page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
        page.click(".own-files summary")
        check(page, "files")
        page.click("[data-do=join-file][data-file='it/a.txt']")
        check(page, "joining")
