"""Time of live realignment: `python -m benchmarks.realign news.jsonl.gz --rows 12,40,200,1000`.

An article of about so many rows is made of DOCUMENTS with noise and run; then rows are merged one after the
other, each repair undone before the next. Times are medians in milliseconds: of `Realigner.rows` alone, and
on the page under `synoptic review` from the key until it shows the rest aligned anew. Requires Debian's
chromium and Playwright.
"""

from __future__ import annotations

import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import click
from playwright.sync_api import Browser, sync_playwright

from benchmarks.desk import opened
from benchmarks.documents import Document, Noise, NoisyArticle, add_noise, read_documents, strangers_of
from pipeline.config import Config
from pipeline.decisions.record import Decision, parse_decision
from pipeline.decisions.replay import read_rows
from pipeline.run.flow import run
from pipeline.run.progress import Silent
from pipeline.run.realignment import Realigner
from tests.browser import ARGUMENTS

LANGUAGES = ("it", "ko", "pl")

_REPAIRED = """async (key) => {
    const root = document.documentElement;
    const start = performance.now();
    const event = new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true});
    document.activeElement.dispatchEvent(event);
    while (root.dataset.realigning) await new Promise((go) => setTimeout(go, 1));
    return performance.now() - start;
}"""


@click.command()
@click.argument("documents", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--rows", default="12,40,200,1000", show_default=True, help="Rows of the article.")
@click.option("--repairs", default=9, show_default=True, help="Repairs for each.")
@click.option("--seed", default=1, show_default=True, help="Seed of order and noise.")
def main(documents: Path, rows: str, repairs: int, seed: int) -> None:
    """Repair articles made of DOCUMENTS and print a line for each length."""
    whole = [each for each in read_documents(documents) if set(LANGUAGES) <= set(each.languages)]
    click.echo("| rows | first | server | longest | page | longest |")
    click.echo("|---|---|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for count in map(int, rows.split(",")):
            with tempfile.TemporaryDirectory() as folder:
                cells = measured(whole, count, repairs, random.Random(seed), Path(folder), browser)
                click.echo(f"| {' | '.join(cells)} |")
        browser.close()


def measured(
    documents: Sequence[Document],
    count: int,
    repairs: int,
    rng: random.Random,
    folder: Path,
    browser: Browser,
) -> list[str]:
    """Return the cells of a line, for an article of about `count` rows."""
    raw, out = folder / "raw", folder / "out"
    raw.mkdir()
    for code, paragraphs in article_of(documents, count, rng).items():
        text = "\n\n".join(paragraph.text for paragraph in paragraphs)
        (raw / f"long.{code}.txt").write_text(text, encoding="utf-8")
    run(Config(raw=raw, out=out, languages=LANGUAGES), Silent())
    realigner = Realigner(out)
    realigner.warm_up()
    server = on_server(realigner, out, repairs)
    page = on_page(realigner, out, repairs, browser)
    rows = len(read_rows(out, LANGUAGES))
    return [
        f"{rows:,}",
        *(f"{t:.0f}" for t in (server[0], statistics.median(server[1:]), max(server[1:]))),
        *(f"{t:.0f}" for t in (statistics.median(page), max(page))),
    ]


def article_of(documents: Sequence[Document], count: int, rng: random.Random) -> NoisyArticle:
    """Return an article of about `count` paragraphs in each language."""
    chosen: list[Document] = []
    while sum(len(document.units) for document in chosen) < 2.2 * count:
        chosen += rng.sample(list(documents), len(documents))
    units = [unit for document in chosen for unit in document.units][: round(2.2 * count)]
    return add_noise(Document("long", units), LANGUAGES, Noise(), strangers_of(documents), rng)


def on_server(realigner: Realigner, out: Path, repairs: int) -> list[float]:
    """Return the times of repairs that each merge two rows, in milliseconds; the first is a cold one."""
    rows = [row for row in read_rows(out, LANGUAGES) if row.references]
    article = rows[0].article
    took = []
    for k in range(repairs + 1):
        at = (k * len(rows) // (repairs + 1)) % (len(rows) - 1)
        merged = [*rows[at].references, *rows[at + 1].references]
        start = time.perf_counter()
        realigner.rows(article, [_repair(k, article, merged)])
        took.append(1000 * (time.perf_counter() - start))
    return took


def _repair(number: int, article: str, references: Sequence[object]) -> Decision:
    places = " ".join(map(str, references))
    record = {"id": f"d{number}", "kind": "repair", "article": article, "paragraphs": places, "target": ""}
    return parse_decision(record)


def on_page(realigner: Realigner, out: Path, repairs: int, browser: Browser) -> list[float]:
    """Return the times of repairs on the page, in milliseconds."""
    with opened(out, browser, realigner) as page:
        took: list[float] = []
        for _ in range(repairs):
            page.keyboard.press("j")
            took.append(page.evaluate(_REPAIRED, "m"))
            page.wait_for_selector("#stored:text-is('all stored')")
            page.evaluate(_REPAIRED, "u")
            page.wait_for_selector("#stored:text-is('all stored')")
    return took


if __name__ == "__main__":
    main()
