"""Chromium for the tests of the review page: what every page must not do, and how to read one."""

import csv
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.decisions.log import parse_decisions

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
ROOT = Path(__file__).parent.parent
AXE = ROOT / ".venv" / "node" / "node_modules" / "axe-core" / "axe.min.js"

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")
needs_axe = pytest.mark.skipif(not AXE.exists(), reason="axe-core is not in .venv/node")


class Watched:
    """Opens pages and keeps what they say and ask for."""

    def __init__(self, context):
        self.context = context
        self.messages, self.requests = [], []

    def open(self, address):
        page = self.context.new_page()
        page.on("console", lambda message: self.messages.append(message.text))
        page.on("pageerror", lambda error: self.messages.append(str(error)))
        page.on("dialog", lambda dialog: self.messages.append(f"dialog {dialog.message}"))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(address)
        page.wait_for_selector("html[data-ready]", timeout=30_000)
        return page


@contextmanager
def watching(browser, own, **settings):
    """Give a `Watched`; fails if a page said anything or asked for what is not `own`."""
    context = browser.new_context(**({"viewport": {"width": 1360, "height": 900}} | settings))
    watched = Watched(context)
    try:
        yield watched
        assert watched.messages == []
        known = (own, "data:", f"blob:{own.rstrip('/')}", "blob:null")
        strange = [url for url in watched.requests if not url.startswith(known)]
        assert strange == []
    finally:
        context.close()


def open_rows(watched, out, name="review.html"):
    page = watched.open((out / name).as_uri())
    page.click("#to-rows")
    return page


def read(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def shown(page):
    return page.text_content("#found")


def current(page):
    return page.get_attribute("#current-row", "aria-label")


def settled(page):
    """Wait until what was decided is kept; nothing need have been."""
    page.wait_for_selector("#stored:not([data-pending]), #stored[data-pending='0']", state="attached")


def cell_text(page, column):
    """The text of a cell of the current row, as the corpus has it."""
    return page.locator(f"#current-row .cell[data-column='{column}'] .paragraph").evaluate_all(
        "all => all.map(e => [...e.childNodes].filter(n => !n.matches?.('.place, .kind'))"
        ".map(n => n.textContent).join('')).join('\\n\\n')"
    )


ROWS = """async () => {
    const view = document.getElementById('viewport');
    const found = new Map();
    const read = () => document.querySelectorAll('.row').forEach((row) => found.set(row.dataset.uid, [
        row.dataset.state,
        ...[0, 1, 2].map((k) => [...row.querySelectorAll(`.cell[data-column="${k}"] .paragraph`)].map((p) =>
            [...p.childNodes].filter((n) => !n.matches?.('.place, .kind'))
                .map((n) => n.textContent).join('')).join('\\n\\n')),
    ]));
    for (view.scrollTop = 0; ; view.scrollTop += view.clientHeight / 2) {
        for (let k = 0; k < 2; k += 1) await new Promise(requestAnimationFrame);
        read();
        if (view.scrollTop + view.clientHeight >= view.scrollHeight - 1) break;
    }
    const rows = parseInt(document.getElementById('found').textContent);
    if (found.size !== rows) throw Error('a row is missing');
    return [...found.values()];
}"""
"""The state and the texts of every row, of which only those in view are in the document."""


def decided(page):
    """State and texts of the rows on the page that are approved or repaired."""
    return sorted(row for row in page.evaluate(ROWS) if row[0] in ("approved", "repaired"))


def saved_decisions(page, path):
    settled(page)
    with page.expect_download() as download:
        page.click("#save")
    download.value.save_as(path)
    return path


def read_log(path):
    return parse_decisions(path.read_bytes(), str(path)).decisions
