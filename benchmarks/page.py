"""Responsiveness of the review page with many rows: `python -m benchmarks.page [--rows 20000]`.

Requires Debian's chromium and Playwright. Times are medians in milliseconds. With `--articles`, an
approval is also measured with the same rows in so many articles, alternating with those of 500 rows, at full
speed and at a quarter of it.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser import ARGUMENTS
from tests.written import rows_of, write_corpus

_KEY = """(key) => new Promise((resolve) => {
    const start = performance.now();
    const event = new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true});
    document.activeElement.dispatchEvent(event);
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
})"""

_SCROLL = """() => new Promise((resolve) => {
    const view = document.getElementById('viewport');
    const frames = [];
    let last = performance.now();
    const step = (now) => {
        frames.push(now - last);
        last = now;
        view.scrollTop += 1500;
        if (frames.length < 120) requestAnimationFrame(step); else resolve(frames.slice(2));
    };
    requestAnimationFrame(step);
})"""


def corpus(out: Path, count: int, size: int = 500) -> None:
    """Write a corpus of `count` rows in articles of `size`."""
    lines = [
        (f"parola {k} " * (10 + k % 60), f"낱말 {k} " * (6 + k % 40), f"słowo {k} " * (10 + k % 55))
        for k in range(count)
    ]
    rows = [r for at in range(0, count, size) for r in rows_of(lines[at : at + size], f"a{at:06}")]
    write_corpus(out, rows, findings=[])


def approvals(browser: Browser, folder: Path, count: int, articles: int) -> None:
    """Print the time of an approval in articles of 500 rows and in so many articles, measured in turns."""
    corpus(folder / "many", count, count // articles)
    pages = [browser.new_page(viewport={"width": 1360, "height": 900}) for _ in range(2)]
    for page, where in zip(pages, (folder, folder / "many"), strict=True):
        page.goto((where / "review.html").as_uri())
        page.wait_for_selector("html[data-ready]", timeout=60_000)
        page.click("#to-rows")
    for rate in (1, 4):
        times: list[list[float]] = [[], []]
        for page in pages:
            session = page.context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
        for _ in range(25):
            for page, found in zip(pages, times, strict=True):
                page.bring_to_front()
                page.keyboard.press("j")
                found.append(page.evaluate(_KEY, "a"))
        few, many = map(statistics.median, times)
        speed = "full speed" if rate == 1 else f"a {rate}th of the speed"
        ratio = f"{few:.0f} ms, in {articles:,} articles {many:.0f} ms, ratio {many / few:.2f}"
        print(f"approve at {speed}: {ratio}")


def main() -> None:
    """Measure loading, key presses and scrolling, and print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--articles", type=int, default=0)
    options = parser.parse_args()
    count = options.rows
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        corpus(Path(folder), count)
        size = (Path(folder) / "review.html").stat().st_size / 1e6
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1360, "height": 900})
        page.goto((Path(folder) / "review.html").as_uri())
        page.wait_for_selector("html[data-ready]", timeout=60_000)
        ready = page.evaluate("performance.now()")
        page.click("#to-rows")
        print(f"{count:,} rows, {size:.1f} MB; ready after {ready:.0f} ms")
        for key, name in (("j", "next row"), ("a", "approve"), ("m", "merge"), ("u", "undo")):
            page.keyboard.press("j")
            times = [page.evaluate(_KEY, key) for _ in range(15)]
            print(f"{name:<10} {statistics.median(times):6.0f} ms, worst {max(times):.0f}")
        frames = page.evaluate(_SCROLL)
        print(f"{'scrolling':<10} {statistics.median(frames):6.0f} ms a frame, worst {max(frames):.0f}")
        if options.articles:
            approvals(browser, Path(folder), count, options.articles)
        browser.close()


if __name__ == "__main__":
    main()
