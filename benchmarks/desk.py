"""Keys and time to finish an article of 60 findings on the review page: `python -m benchmarks.desk`.

A third of the findings have a suggestion, a third need another text, a third are false alarms of one rule.
Requires Debian's chromium and Playwright. The time is that of the page alone: keys follow each other at once.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from pipeline.checks.cells import Draft
from pipeline.checks.check import check
from pipeline.checks.findings import finding_of, with_fingerprint
from pipeline.datatypes import Finding, Row
from pipeline.review.server import review_server
from tests.browser import ARGUMENTS
from tests.written import rows_of, write_corpus

_THIRD = 20
_RULE = "entities.name"


def corpus(out: Path) -> None:
    """Write an article of 70 rows with 60 findings."""
    numbers = [
        (f"Il conto è di {k}47 euro.", f"계산서는 {k}47유로이다.", f"Rachunek wynosi {k}74 euro.")
        for k in range(1, _THIRD + 1)
    ]
    words = [a + b for a in "bcdfg" for b in ("ala", "ero", "ino", "uta", "ome", "eda")]
    marks = [
        (f"Arriva {word} oggi.", f"오늘 {word} 온다.", f"Przyjeżdża XNUMX {word} dzisiaj.")
        for word in words[:_THIRD]
    ]
    clean = [(f"La porta {word}.", f"문 {word}.", f"Drzwi {word}.") for word in words]
    rows = rows_of([*clean, *numbers, *marks])
    found = [
        each
        for each in check(rows[len(clean) :])
        if each.rule in ("numbers.changed", "characters.placeholder")
    ]
    kept = {each.row_id: each for each in found}
    write_corpus(out, rows, [*(_false_alarm(row) for row in rows[:_THIRD]), *kept.values()])


def _false_alarm(row: Row) -> Finding:
    draft = Draft(_RULE, "it", "pl", "A name differs")
    texts = {code: row.text(code) for code in row.languages}
    return finding_of(row.id, row.article, with_fingerprint(texts, draft), Counter())


class Typist:
    """Presses keys, and counts them without the texts."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys = page, 0

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1


def finish(page: Page) -> int:
    """Finish the article; return the number of keys besides the texts."""
    typist = Typist(page)
    typist.press("Shift+D", "Enter")  # all false alarms
    while True:
        row = page.locator("#current-row")
        if row.locator(".suggestion").count():
            typist.press("Enter", "n")
        elif row.locator(".finding:not(.dismissed)").count():
            typist.press("e")
            page.keyboard.press("Control+a")
            page.keyboard.insert_text("Przyjeżdża do nas dzisiaj.")
            typist.press("Control+Enter")
        else:
            typist.press("n")
        if "no problem further down" in (page.text_content("#status") or ""):
            break
    typist.press("Shift+A")
    return typist.keys


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        out = Path(folder) / "out"
        corpus(out)
        server = review_server(out, None)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1360, "height": 900})
        page.goto(server.url)
        page.wait_for_selector("html[data-ready]")
        page.click("#to-rows")
        page.locator("#current-row").focus()
        page.keyboard.press("l")
        page.keyboard.press("l")
        start = time.perf_counter()
        keys = finish(page)
        page.wait_for_selector("#stored:text-is('all stored')")
        seconds = time.perf_counter() - start
        print(f"{keys} keys, {seconds:.1f} s; {page.text_content('#progress')}")
        browser.close()
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    main()
