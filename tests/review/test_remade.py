"""A page that is open while a run makes the corpus again says so; a comment is saved by keys."""

import threading
from contextlib import contextmanager

import pytest

from pipeline.review.server import review_server
from tests.browser import needs_chromium, watching
from tests.written import rows_of, write_corpus


@pytest.fixture
def out(tmp_path):
    write_corpus(tmp_path / "out", rows_of([("uno", "하나", "jeden"), ("due", "둘", "dwa")]), [])
    return tmp_path / "out"


@contextmanager
def served(browser, out):
    server = review_server(out, None)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with watching(browser, f"http://127.0.0.1:{server.server_port}/") as watched:
            page = watched.open(server.url)
            page.click("#to-rows")
            page.locator("#current-row").focus()
            yield page
    finally:
        server.shutdown()
        server.server_close()


@needs_chromium
def test_a_page_says_that_the_corpus_was_made_again(browser, out):
    with served(browser, out) as page:
        page.keyboard.press("a")
        page.wait_for_selector("#stored:text-is('all stored')")
        assert page.is_hidden("#remade")
        more = [("uno", "하나", "jeden"), ("due", "둘", "dwa"), ("tre", "셋", "trzy")]
        write_corpus(out, rows_of(more), [])
        page.wait_for_selector("#remade:not([hidden])")
        with page.expect_navigation():
            page.click("[data-do=reload]")
        page.wait_for_selector("#stored:text-is('all stored')")
        assert page.is_hidden("#remade")


@needs_chromium
def test_a_comment_is_saved_with_control_and_enter(browser, out):
    with served(browser, out) as page:
        page.keyboard.press("c")
        page.keyboard.type("Da vedere.")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("#current-row:has-text('Da vedere.')")
        assert page.is_hidden("#writing")
