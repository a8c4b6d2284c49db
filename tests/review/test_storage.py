"""Where the review page keeps decisions: in the browser and with the server, whatever is killed."""

import contextlib
import csv
import io
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from playwright.sync_api import Error

from pipeline.config import Config
from pipeline.decisions.log import read_decisions
from pipeline.decisions.record import COLUMNS
from pipeline.review.server import review_server
from pipeline.run.flow import run
from pipeline.run.progress import Silent
from tests.browser import (
    ARGUMENTS,
    CHROMIUM,
    ROOT,
    ROWS,
    needs_chromium,
    open_rows,
    read,
    read_log,
    saved_decisions,
    settled,
    watching,
)

pytestmark = needs_chromium


def test_two_tabs_without_a_server_lose_no_decision(browser, samples):
    """Both write at once; each sees what the other does, and either saves all of it."""
    out = samples / "out"
    with watching(browser, (out / "review.html").as_uri()) as watched:
        one, two = open_rows(watched, out), open_rows(watched, out)
        two.keyboard.press("End")
        for _ in range(8):
            one.keyboard.press("a")
            one.keyboard.press("j")
            two.keyboard.press("x")
            two.keyboard.press("k")
        for page in (one, two):
            page.wait_for_selector("#stored:text-is('16 decisions in this browser')")
            settled(page)
        late = open_rows(watched, out)
        saved = [read_log(saved_decisions(page, samples / "saved.csv")) for page in (one, two, late)]
        assert saved[0] == saved[1] == saved[2]
        assert sorted(d.kind for d in saved[0]) == ["approve"] * 8 + ["reject"] * 8
        one.keyboard.press("u")  # what the other tab did last
        late.wait_for_selector("#stored:text-is('15 decisions in this browser')")
        states = []
        for page in (one, two, late):
            page.bring_to_front()
            states.append(page.evaluate(ROWS))
        assert states[0] == states[1] == states[2]
        assert sum(row[0] == "rejected" for row in states[0]) == 7


def processes_of(folder):
    """The processes that were started with this folder."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if f"--user-data-dir={folder}".encode() in words:
            yield int(path.parent.name)


@pytest.mark.skipif(not Path("/proc").exists(), reason="processes are found in /proc")
def test_a_browser_that_is_killed_has_kept_what_it_said_it_has(playwright, samples, tmp_path):
    address = (samples / "out" / "review.html").as_uri()
    profile = tmp_path / "profile"
    options = {"executable_path": CHROMIUM, "args": ARGUMENTS}
    for turn in range(3):
        context = playwright.chromium.launch_persistent_context(str(profile), **options)
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("html[data-ready]")
        page.click("#to-rows")
        assert page.locator(".row[data-state=approved]").count() == min(turn, 2)
        for _ in range(turn):
            page.keyboard.press("j")
        page.keyboard.press("a")
        settled(page)
        for process in processes_of(profile):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        with contextlib.suppress(Error):
            context.close()


@pytest.fixture
def served(samples):
    server = review_server(samples / "out", None)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def test_the_server_stores_each_decision_and_tabs_see_each_other(browser, served, samples):
    out = samples / "out"
    own = f"http://127.0.0.1:{served.server_port}/"
    with watching(browser, own) as watched:
        one, two = watched.open(served.url), watched.open(served.url)
        one.click("#to-rows")
        two.click("#to-rows")
        one.keyboard.press("a")
        one.wait_for_selector("#stored:has-text('all stored')")
        assert [d.kind for d in read_decisions(out).decisions] == ["approve"]
        two.wait_for_selector(".row[data-state=approved]", timeout=10_000)
        two.keyboard.press("j")
        two.keyboard.press("m")
        two.wait_for_selector("#stored:has-text('all stored')")
        one.wait_for_selector(".row[data-state=repaired]", timeout=10_000)
        one.reload()
        one.wait_for_selector("html[data-ready]")
        one.click("#to-rows")
        assert one.locator(".row[data-state=repaired]").count() == 1
    run(Config(raw=samples / "raw", out=out), Silent())
    assert sorted(row["review"] for row in read(out / "corpus.csv") if row["review"]) == [
        "approved",
        "repaired",
    ]


def start(out, port):
    """A server in a process of its own, and the address that it prints."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "review", str(out), "--no-open", "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    return process, process.stdout.readline().split()[-1]


def end(process):
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_server_that_is_killed_loses_nothing(browser, samples):
    """What is decided while it is gone stays in the browser and is sent when the page is opened again."""
    out = samples / "out"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    context = browser.new_context()
    page = context.new_page()
    process, address = start(out, port)
    page.goto(address)
    page.wait_for_selector("html[data-ready]")
    page.click("#to-rows")
    end(process)
    page.keyboard.press("a")
    page.wait_for_selector("#failure:not([hidden])")
    assert page.text_content("#stored") == "1 not stored yet"
    assert not (out / "decisions.csv").exists()
    process, address = start(out, port)
    page.goto(address)
    page.wait_for_selector("#stored:has-text('all stored')")
    assert [d.kind for d in read_decisions(out).decisions] == ["approve"]
    end(process)
    context.close()


def test_the_saved_file_has_the_columns_of_the_log(watched, samples):
    page = open_rows(watched, samples / "out")
    page.keyboard.press("a")
    settled(page)
    with page.expect_download() as download:
        page.click("#save")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert next(csv.reader(io.StringIO(text))) == list(COLUMNS)
