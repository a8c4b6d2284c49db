"""Keys and time on the review page: `python -m benchmarks.desk`.

An article of 60 findings is finished: a third have a suggestion, a third need another text, a third are false
alarms of one rule. The time is that of the page alone: keys follow each other at once. Then come the keys of
single repairs, besides those that go to the row and language, and how long an article of data/raw takes to be
aligned anew after one, with the request. Requires Debian's chromium and Playwright.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from pipeline.checks.cells import Draft
from pipeline.checks.check import check
from pipeline.checks.findings import finding_of, with_fingerprint
from pipeline.config import Config
from pipeline.datatypes import Finding, Row
from pipeline.review.server import review_server
from pipeline.run.flow import run
from pipeline.run.progress import Silent
from pipeline.run.realignment import Realigner
from tests.browser import ARGUMENTS, ROWS
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


def shifted(page: Page) -> int:
    """Shift a language over twenty rows; return the keys."""
    typist = Typist(page)
    typist.press("{")
    _expect(page, [[f"uno {k}", f"hana {k}", f"jeden {k}"] for k in range(_THIRD + 1)])
    return typist.keys


def split_inside(page: Page) -> int:
    """Split a row inside a paragraph; return the keys."""
    typist = Typist(page)
    typist.press("s", "Enter")
    _expect(page, [["Piove.", "Vento.", "Pada."], ["Nevica.", "Sole.", "Sypie."]])
    return typist.keys


def _expect(page: Page, texts: list[list[str]]) -> None:
    found = [cells for _, *cells in page.evaluate(ROWS)]
    if found != texts:
        raise AssertionError(f"the page shows {found}")


_LOW = [["uno 0", "hana 0", "jeden 0"], ["uno 1", "hana 1", ""]] + [
    [f"uno {k + 1}", f"hana {k + 1}", f"jeden {k}"] for k in range(1, _THIRD)
] + [["", "", f"jeden {_THIRD}"]]  # fmt: skip

_REPAIRS: list[tuple[str, list[list[str | list[str]]], list[str], Callable[[Page], int]]] = [
    ("shift a column over 20 rows", _LOW, ["j", "l", "l"], shifted),  # type: ignore[list-item]
    (
        "split inside a paragraph",
        [[["Piove.", "Nevica."], ["Vento.", "Sole."], "Pada. Sypie."]],
        [],
        split_inside,
    ),
]


def repairs(folder: Path, browser: Browser) -> None:
    """Print the keys of single repairs."""
    for k, (name, texts, moves, repair) in enumerate(_REPAIRS):
        out = folder / f"repair-{k}"
        write_corpus(out, rows_of(texts), [])
        with opened(out, browser) as page:
            for key in moves:
                page.keyboard.press(key)
            print(f"{name}: keys: {repair(page)}")


def realignment(folder: Path, browser: Browser) -> None:
    """Print how long a repaired article takes until the page shows it aligned anew."""
    out = folder / "aligned"
    run(Config(raw=Path(__file__).parent.parent / "data" / "raw", out=out), Silent())
    realigner = Realigner(out)
    realigner.warm_up()
    with opened(out, browser, realigner) as page:
        took = []
        for _ in range(11):
            took.append(page.evaluate(_REPAIRED, "m"))
            page.evaluate(_REPAIRED, "u")
        print(f"aligned anew: median {sorted(took)[5]:.0f} ms, longest {max(took):.0f} ms")


_REPAIRED = """async (key) => {
    const start = performance.now();
    const event = new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true});
    document.activeElement.dispatchEvent(event);
    while (document.documentElement.dataset.realigning) await new Promise((go) => setTimeout(go, 1));
    return performance.now() - start;
}"""


@contextmanager
def opened(out: Path, browser: Browser, realigner: Realigner | None = None) -> Iterator[Page]:
    """Yield a served page with the focus on its first row; at the end, all is stored."""
    server = review_server(out, None, realigner)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page(viewport={"width": 1360, "height": 900})
    try:
        page.goto(server.url)
        page.wait_for_selector("html[data-ready]")
        page.click("#to-rows")
        page.locator("#current-row").focus()
        yield page
        page.wait_for_selector("#stored:text-is('all stored')")
    finally:
        page.close()
        server.shutdown()
        server.server_close()


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        out = Path(folder) / "out"
        corpus(out)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        with opened(out, browser) as page:
            page.keyboard.press("l")
            page.keyboard.press("l")
            start = time.perf_counter()
            keys = finish(page)
            page.wait_for_selector("#stored:text-is('all stored')")
            seconds = time.perf_counter() - start
            print(f"{keys} keys, {seconds:.1f} s; {page.text_content('#progress')}")
        repairs(Path(folder), browser)
        realignment(Path(folder), browser)
        browser.close()


if __name__ == "__main__":
    main()
