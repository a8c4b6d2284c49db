"""The review page and the run after it: what one shows is what the other makes."""

import random

import pytest

from pipeline.config import Config
from pipeline.decisions.log import add_decisions
from pipeline.decisions.record import parse_decision
from pipeline.decisions.replay import read_rows
from pipeline.returned.apply import apply_file
from pipeline.review.page import page_data_of, review_page
from pipeline.run.flow import run
from pipeline.run.progress import Silent
from tests.browser import (
    cell_text,
    decided,
    needs_chromium,
    open_rows,
    read,
    read_log,
    saved_decisions,
    settled,
    watching,
)
from tests.review.logs import planned, random_log
from tests.written import rows_of, write_corpus

pytestmark = needs_chromium


def test_the_saved_file_is_honoured_by_the_next_run(watched, samples):
    out = samples / "out"
    before = read(out / "corpus.csv")
    page = open_rows(watched, out)
    page.fill("#reviewer", 'Ewa "=1+1"')
    page.keyboard.press("Tab")
    page.click("#viewport .row >> nth=1")
    page.keyboard.press("m")
    merged = [cell_text(page, k) for k in range(3)]
    page.keyboard.press("n")
    page.keyboard.press("d")
    page.keyboard.press("End")
    page.keyboard.press("a")
    settled(page)
    with page.expect_download() as download:
        page.keyboard.press("Control+s")
    saved = samples / "decisions.csv"
    download.value.save_as(saved)
    assert [line["kind"] for line in read(saved)] == ["repair", "dismiss", "approve"]
    assert {line["reviewer"] for line in read(saved)} == {'Ewa "=1+1"'}
    incoming = apply_file(saved, out)
    assert (len(incoming.decisions), incoming.warnings, incoming.conflicts) == (3, [], [])
    summary = run(Config(raw=samples / "raw", out=out), Silent())
    assert summary.decisions == {"stands": 3}
    after = read(out / "corpus.csv")
    [repaired] = [row for row in after if row["review"] == "repaired"]
    assert len(after) == len(before) - 1
    assert [repaired[code] for code in ("it", "ko", "pl")] == merged
    assert repaired["id"] == next(line["target"] for line in read(saved) if line["kind"] == "repair")
    assert [row["review"] for row in after if row["id"] == before[-1]["id"]] == ["approved"]
    assert [f["status"] for f in read(out / "findings.csv")].count("dismissed") == 1
    page.reload()
    page.wait_for_selector("html[data-ready]")
    page.click("#to-rows")
    assert page.locator(".row[data-state=repaired]").count() == 1


NO_ROW = "its paragraphs are no longer one row"


def make_next_run(samples, saved):
    """Take the saved decisions in and run again; return the rows that are approved or repaired then."""
    incoming = apply_file(saved, samples / "out")
    assert (incoming.warnings, incoming.conflicts) == ([], [])
    summary = run(Config(raw=samples / "raw", out=samples / "out"), Silent())
    # What a paragraph leaves behind is not decided; if it is rejected, the run need not make it.
    assert {(stale.kind, stale.reason) for stale in summary.stale} <= {("reject", NO_ROW)}
    made = [[row["review"], row["it"], row["ko"], row["pl"]] for row in read(samples / "out" / "corpus.csv")]
    return sorted(row for row in made if row[0] in ("approved", "repaired"))


KEYS_OF_A_WALK = "jjjjkkhlaaxmms[]u"


@pytest.mark.parametrize("seed", range(3))
def test_what_the_page_shows_is_what_the_next_run_makes(browser, samples, seed):
    """Whatever a reviewer does, in whatever order: the rows that are decided are those of the next run."""
    out = samples / "out"
    chance = random.Random(seed)
    with watching(browser, (out / "review.html").as_uri()) as watched:
        page = open_rows(watched, out)
        for _ in range(60):
            key = chance.choice(KEYS_OF_A_WALK)
            page.keyboard.press(key)
            if key == "s" and page.is_visible("#splitting"):
                for _ in range(chance.randrange(3)):
                    page.keyboard.press(chance.choice(["ArrowUp", "ArrowDown", "ArrowRight"]))
                page.keyboard.press("Enter" if page.is_enabled("#split-save") else "Escape")
        saved = saved_decisions(page, samples / "saved.csv")
        seen = decided(page)
    assert seen
    assert make_next_run(samples, saved) == seen
    with watching(browser, (out / "review.html").as_uri()) as watched:
        assert decided(open_rows(watched, out)) == seen


HURRIED = """(keys) => {
    const press = (target, key) =>
        target.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
    for (const key of keys) {
        press(document.activeElement, key);
        const dialog = document.getElementById('splitting');
        if (!dialog.open) continue;
        const save = document.getElementById('split-save');
        if (save.disabled) dialog.close(''); else save.click();
    }
}"""
"""Presses keys without a pause, so that no event of the browser comes in between."""


@pytest.mark.parametrize("seed", range(3))
def test_keys_that_come_faster_than_the_page_can_answer(browser, samples, seed):
    keys = random.Random(seed).choices(KEYS_OF_A_WALK, k=80)
    with watching(browser, (samples / "out" / "review.html").as_uri()) as watched:
        page = open_rows(watched, samples / "out")
        page.evaluate(HURRIED, keys)
        saved = saved_decisions(page, samples / "saved.csv")
        seen = decided(page)
    assert seen
    assert make_next_run(samples, saved) == seen


def test_the_page_and_a_run_read_every_log_alike(browser, samples):
    """The two readings of a log, in the page's script and in Python, come to the same."""
    out = samples / "out"
    rows = read_rows(out, ("it", "ko", "pl"))
    data = page_data_of((out / "review.html").read_bytes(), "review.html")
    few = [row for row in rows if row.article == rows[0].article][:6]
    with watching(browser, out.as_uri()) as watched:
        for seed in range(15):
            log = random_log(random.Random(seed), few, 12)
            (out / "log.html").write_bytes(review_page(data, log))
            page = open_rows(watched, out, "log.html")
            page.click("#articles button >> nth=1")
            assert decided(page) == planned(log, rows), f"log {seed}"
            page.close()


def test_decisions_of_another_text_are_shown_as_stale(browser, samples):
    out = samples / "out"
    add_decisions(
        out,
        [parse_decision({"id": "d1", "kind": "approve", "article": "a0", "paragraphs": "it:1:0a1b2c3d4e5f"})],
        backup=False,
    )
    run(Config(raw=samples / "raw", out=out), Silent())
    with watching(browser, (out / "review.html").as_uri()) as watched:
        page = watched.open((out / "review.html").as_uri())
        assert "its article is not in this run" in page.text_content(".stale")


def test_decisions_stay_with_their_article_where_texts_repeat(browser, tmp_path):
    """Ids of rows and findings of the same texts shift when files come and go; decisions do not."""
    out = tmp_path / "out"
    lines = [("Ha XNUMX anni.", "그는 열 살이다.", "Ma dziesięć lat."), ("due", "둘", "dwa")]
    articles = [rows_of(lines, article) for article in ("a1", "a2", "a3")]
    write_corpus(out, articles[1] + articles[2])
    with watching(browser, (out / "review.html").as_uri()) as watched:
        page = open_rows(watched, out)
        page.keyboard.press("End")
        page.keyboard.press("k")  # the first row of a3, whose id ends with -2
        page.keyboard.press("a")
        page.keyboard.press("d")
        add_decisions(out, read_log(saved_decisions(page, tmp_path / "saved.csv")), backup=False)
    for turn, (articles_now, place) in enumerate([(articles, 4), (articles[2:], 0)]):
        write_corpus(out, [row for rows in articles_now for row in rows])
        (out / "review.html").rename(out / f"review-{turn}.html")  # another page, with nothing in the browser
        with watching(browser, out.as_uri()) as watched:
            page = open_rows(watched, out, f"review-{turn}.html")
            states = page.locator(".row").evaluate_all("all => all.map(row => row.dataset.state)")
            assert [k for k, state in enumerate(states) if state] == [place]
            assert page.locator(".row").nth(place).locator(".finding.dismissed").count() == 1
            assert page.locator(".finding.dismissed").count() == 1
            page.click(f".row >> nth={place}")
            page.click("#current-row [data-do=undismiss]")
            page.keyboard.press("a")
            assert page.locator(".finding.dismissed").count() == 0
            assert page.locator(".row[data-state=approved]").count() == 0
