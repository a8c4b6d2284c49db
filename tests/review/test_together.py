"""Several people on one corpus: the server's order decides, all see it, and conflicts are named."""

import random
import threading
from contextlib import ExitStack, contextmanager

import pytest

from pipeline.decisions.log import read_decisions
from pipeline.decisions.replay import read_rows
from pipeline.review.server import review_server
from tests.browser import AXE, ROWS, current, decided, needs_axe, needs_chromium, watching
from tests.review.logs import planned
from tests.review.test_page import check
from tests.written import LANGUAGES, rows_of, write_corpus

pytestmark = needs_chromium

NAMES = ("Anna", "Piotr", "민수")

WALK = """async ({keys, seed}) => {
    window.done = false;
    let state = seed;
    const chance = () => (state = (state * 48271) % 2147483647) / 2147483647;
    const press = (key) => document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
    (async () => {
        for (const key of keys) {
            press(key);
            const dialog = document.getElementById('splitting');
            if (dialog.open) {
                const save = document.getElementById('split-save');
                if (save.disabled) dialog.close(''); else save.click();
            }
            if (chance() < 0.5) await new Promise((resolve) => setTimeout(resolve, 60 * chance()));
        }
        window.done = true;
    })();
}"""
"""Presses keys with pauses of chance, while other pages do the same."""


@pytest.fixture
def out(tmp_path):
    lines = [
        (f"Ha {k} anni XNUMX.", f"{k + 2} 살이다.", f"Ma {k} lat.") if k % 3 else (f"a{k}", f"가{k}", f"b{k}")
        for k in range(14)
    ]
    write_corpus(tmp_path / "out", rows_of(lines))
    return tmp_path / "out"


@pytest.fixture
def served(out):
    server = review_server(out, None)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@contextmanager
def people(browser, served, number):
    """Pages of several people, each in a browser of their own."""
    with ExitStack() as stack:
        pages = []
        for name in NAMES[:number]:
            watched = stack.enter_context(watching(browser, f"http://127.0.0.1:{served.server_port}/"))
            page = watched.open(served.url)
            page.fill("#reviewer", name)
            page.click("#to-rows")
            pages.append(page)
        yield pages


def agree(pages, out):
    """Wait until nothing is left to be stored and every page has all decisions of the file."""
    for _ in range(200):
        stored = [page.text_content("#stored") for page in pages]
        there = [page.evaluate("document.documentElement.dataset.sequence") for page in pages]
        total = len(read_decisions(out).decisions)
        if set(stored) == {"all stored"} and set(there) == {str(total)}:
            return
        pages[0].wait_for_timeout(50)
    raise AssertionError(f"{stored}, {there}, {total} decisions in the file")


@pytest.mark.parametrize("number", [2, 3])
def test_many_actions_at_once_end_in_one_state(browser, served, out, number):
    with people(browser, served, number) as pages:
        for seed, page in enumerate(pages):
            keys = random.Random(10 * number + seed).choices("jjjkkkaaxxmsd[]uhl", k=200)
            page.evaluate(WALK, {"keys": keys, "seed": seed + 7})
        for page in pages:
            while not page.evaluate("window.done"):
                page.wait_for_timeout(50)
        agree(pages, out)
        states = [page.evaluate(ROWS) for page in pages]
        dismissed = [page.locator(".finding.dismissed").count() for page in pages]
        fresh = pages[0].context.browser.new_page(viewport={"width": 1360, "height": 900})
        fresh.goto(served.url)
        fresh.wait_for_selector("html[data-ready]")
        fresh.click("#to-rows")
        states.append(fresh.evaluate(ROWS))
        dismissed.append(fresh.locator(".finding.dismissed").count())
        assert all(state == states[0] for state in states)
        assert len(set(dismissed)) == 1
        log = read_decisions(out)
        assert not log.unreadable
        assert {d.reviewer for d in log.decisions} == set(NAMES[:number])
        assert planned(log.decisions, read_rows(out, LANGUAGES)) == decided(fresh)
        fresh.close()


@contextmanager
def held(page):
    """Hold back what a page sends until the block ends."""
    waiting, open_now = [], []
    page.route("**/decisions**", lambda route: route.continue_() if open_now else waiting.append(route))
    yield
    open_now.append(True)
    for route in waiting:
        route.continue_()


def test_a_conflict_is_named_on_both_pages(browser, served, out):
    with people(browser, served, 2) as (anna, piotr):
        with held(piotr):
            piotr.keyboard.press("x")
            assert piotr.text_content("#stored") == "1 not stored yet"
            anna.keyboard.press("a")
            anna.wait_for_selector("#stored:text-is('all stored')")
        agree((anna, piotr), out)
        assert [d.kind for d in read_decisions(out).decisions] == ["approve", "reject"]
        for page in (anna, piotr):
            page.wait_for_selector("#conflicts:not([hidden])")
            assert ", rejected" in current(page)
        end = "without knowing. It is rejected now, by"
        assert anna.locator("#conflict-list li > span").all_text_contents() == [
            f"Segment 1 of “a0”: you (Anna) approved it, and Piotr rejected it {end} Piotr."
        ]
        assert piotr.locator("#conflict-list li > span").all_text_contents() == [
            f"Segment 1 of “a0”: Anna approved it, and you (Piotr) rejected it {end} you."
        ]
        anna.reload()  # a conflict stays until somebody has settled it
        anna.wait_for_selector("html[data-ready]")
        assert anna.is_visible("#conflicts")
        piotr.keyboard.press("x")
        piotr.wait_for_selector("#conflicts", state="hidden")
        anna.wait_for_selector("#conflicts", state="hidden")
        agree((anna, piotr), out)
        with held(piotr):
            piotr.keyboard.press("x")
            anna.keyboard.press("m")
            anna.wait_for_selector("#stored:text-is('all stored')")
        agree((anna, piotr), out)
        for page in (anna, piotr):
            page.wait_for_selector("#conflicts:not([hidden])")
        anna.keyboard.press("a")  # whoever decides again knows of both
        for page in (anna, piotr):
            page.wait_for_selector("#conflicts", state="hidden")
        agree((anna, piotr), out)


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility_of_a_conflict(browser, served, scheme):
    own = f"http://127.0.0.1:{served.server_port}/"
    settings = {"color_scheme": scheme, "bypass_csp": True}
    with watching(browser, own, **settings) as watched, watching(browser, own) as others:
        page, other = watched.open(served.url), others.open(served.url)
        page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
        for each in (page, other):
            each.click("#to-rows")
        with held(page):
            page.keyboard.press("x")
            other.keyboard.press("a")
            other.wait_for_selector("#stored:text-is('all stored')")
        page.wait_for_selector("#conflicts:not([hidden])")
        check(page, "conflict")
        assert "you rejected it" in page.text_content("#conflict-list")
        assert "someone without a name approved it" in page.text_content("#conflict-list")
        page.click("#conflict-list [data-do=go-to-row]")
        assert current(page).startswith("Segment 1 of")
        page.click("#conflict-list [data-do=put-away]")
        assert page.is_hidden("#conflicts")


@pytest.mark.parametrize(("first", "second"), [("a", "a"), ("c", "a"), ("a", "ax")])
def test_what_goes_together_is_no_conflict(browser, served, out, first, second):
    """The same verdict, a comment, and a decision of somebody who has seen the other."""
    with people(browser, served, 2) as (anna, piotr):
        with held(piotr):
            piotr.keyboard.press(first)
            if first == "c":
                piotr.fill("#writing-text", "Ale kto?")
                piotr.click("#writing-save")
            anna.keyboard.press(second[0])
            anna.wait_for_selector("#stored:text-is('all stored')")
        agree((anna, piotr), out)
        for key in second[1:]:
            anna.keyboard.press(key)
            agree((anna, piotr), out)
        for page in (anna, piotr):
            assert page.is_hidden("#conflicts")


def test_a_log_that_was_changed_by_hand_is_taken_over(browser, served, out):
    """The file is the truth: what is not in it any more is not on the page either."""
    with people(browser, served, 1) as (page,):
        for key in "ajxja":
            page.keyboard.press(key)
        agree([page], out)
        path = out / "decisions.csv"
        lines = path.read_bytes().splitlines(keepends=True)
        path.with_suffix(".new").write_bytes(b"".join([lines[0], lines[3], lines[1]]))
        path.with_suffix(".new").replace(path)
        agree([page], out)
        states = [row[0] for row in page.evaluate(ROWS)]
        assert [k for k, state in enumerate(states) if state == "approved"] == [0, 2]
        assert "rejected" not in states
