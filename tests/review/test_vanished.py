"""Stored decisions that an old copy of the file took away are offered back; the server ends with a word."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from pipeline.decisions.log import read_decisions
from pipeline.review.server import review_server
from tests.browser import ROOT, needs_chromium, open_rows, watching
from tests.written import rows_of, write_corpus


@pytest.fixture
def out(tmp_path):
    rows = rows_of([("uno", "하나", "jeden"), ("due", "둘", "dwa"), ("tre", "셋", "trzy")], confidence=0.999)
    write_corpus(tmp_path / "out", rows, [])
    return tmp_path / "out"


@needs_chromium
def test_vanished_decisions_are_offered_and_taken_back(browser, out):
    server = review_server(out, None)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with watching(browser, f"http://127.0.0.1:{server.server_port}/") as watched:
            page = watched.open(server.url)
            page.fill("#reviewer", "Ewa")
            page.click("#to-rows")
            page.locator("#current-row").focus()
            assert page.is_hidden("#vanished")
            page.keyboard.press("a")
            page.wait_for_selector("#stored:text-is('all stored')")
            old = (out / "decisions.csv").read_bytes()
            page.keyboard.press("j")
            page.keyboard.press("x")
            page.wait_for_selector("#stored:text-is('all stored')")
            (out / "decisions.csv").write_bytes(old)
            page.wait_for_selector("#vanished:not([hidden])")
            words = "1 stored decision (by Ewa) is not in decisions.csv any more."
            assert page.text_content("#vanished-words").startswith(words)
            page.reload()
            page.wait_for_selector("#vanished:not([hidden])")
            page.click("[data-do=take-vanished-back]")
            page.wait_for_selector("#status:has-text('1 decision taken back')")
            assert page.is_hidden("#vanished")
            assert [d.kind for d in read_decisions(out).decisions] == ["approve", "reject"]
            assert page.locator(".row[data-state=rejected]").count() == 1
    finally:
        server.shutdown()
        server.server_close()


@needs_chromium
@pytest.mark.parametrize("width", [320, 400, 600, 700, 1000])
def test_the_confidence_is_not_cut_at_any_width(browser, out, width):
    with watching(
        browser, (out / "review.html").as_uri(), viewport={"width": width, "height": 800}
    ) as watched:
        page = open_rows(watched, out)
        text = page.locator("#current-row .confidence")
        assert text.text_content() == "99+"
        box = text.bounding_box()
        row = page.locator("#current-row").bounding_box()
        assert box["x"] >= row["x"] + 4  # the mark of the current row is 4 pixels wide
        assert text.evaluate("e => e.scrollWidth <= e.clientWidth")


@pytest.mark.parametrize("decided", [False, True])
def test_control_c_tells_where_the_decisions_are(out, decided):
    if decided:
        (out / "decisions.csv").write_text("id,kind\n", encoding="utf-8")
    command = [sys.executable, "-u", "-m", "pipeline", "review", str(out), "--no-open"]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ
    )
    running.stdout.readline()
    running.stdout.readline()
    running.send_signal(signal.SIGINT)
    said, errors = running.communicate(timeout=30)
    assert errors == ""
    where = f"what was stored is in {out / 'decisions.csv'}" if decided else "nothing was decided"
    assert said == f"stopped; {where}\n"
    assert running.returncode == 0
