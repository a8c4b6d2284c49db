"""Live realignment: after a repair, the page shows what the next run will make of the rest of the article."""

import random
import shutil
import threading
import time
from contextlib import contextmanager

import pytest

from pipeline.config import Config
from pipeline.decisions.log import add_decisions, read_decisions
from pipeline.decisions.record import parse_decision
from pipeline.decisions.replay import read_rows
from pipeline.review.server import review_server
from pipeline.run.flow import run
from pipeline.run.progress import Silent
from pipeline.run.realignment import Realigner
from tests.browser import ROWS, needs_chromium, read, watching

CODES = ("it", "ko", "pl")


def decision(number, kind, *references, **fields):
    places = " ".join(map(str, references))
    return parse_decision({"id": f"d{number}", "kind": kind, "paragraphs": places, "target": ""} | fields)


def texts(rows):
    return [tuple("\n\n".join(p.text for p in cell) for cell in row.cells) for row in rows]


def of_corpus(out, article):
    return [row for row in read_rows(out, CODES) if row.article == article]


def repairs_of(rows):
    """Decisions that take a paragraph out of one row and put it into the next, and settle two further on."""
    at = next(
        k for k in range(3, len(rows)) if all(rows[k].texts.values()) and all(rows[k + 1].texts.values())
    )
    one, other, sure = rows[at], rows[at + 1], rows[at + 3]
    *stay, going = one.references
    named = {"article": one.article}
    return [
        decision(1, "approve", *sure.references, **named),
        decision(2, "repair", *stay, **named),
        decision(3, "repair", *other.references, going, **named),
        decision(4, "reject", *rows[1].references, **named),
    ]


@pytest.mark.parametrize("place", range(3))
def test_it_is_what_the_next_run_makes(samples, place):
    out = samples / "out"
    article = list(dict.fromkeys(row.article for row in read_rows(out, CODES)))[place]
    log = repairs_of(of_corpus(out, article))
    realigner = Realigner(out)
    before = [tuple(row.texts.values()) for row in of_corpus(out, article)]
    assert texts(realigner.rows(article, []).rows) == before
    rows = realigner.rows(article, log).rows
    add_decisions(out, log, backup=False)
    run(Config(raw=samples / "raw", out=out), Silent())
    made = of_corpus(out, article)
    assert texts(rows) == [tuple(row.texts.values()) for row in made]
    assert [row.review for row in rows] == [row.fields["review"] for row in made]
    assert [f"{row.confidence:.4f}" for row in rows] == [f"{float(r.fields['confidence']):.4f}" for r in made]
    assert texts(realigner.rows(article, log).rows) == texts(rows)  # the run after it has another note


def test_with_a_split_the_vectors_are_made_anew(samples):
    out = samples / "out"
    row = next(r for r in read_rows(out, CODES) if all(r.texts.values()) and r.texts["pl"].count(". "))
    whole = row.references[-1]
    log = [
        decision(1, "split", whole, article=row.article, text=row.texts["pl"].split(". ")[0] + "."),
    ]
    rows = Realigner(out).rows(row.article, log).rows
    add_decisions(out, log, backup=False)
    run(Config(raw=samples / "raw", out=out), Silent())
    assert texts(rows) == [tuple(each.texts.values()) for each in of_corpus(out, row.article)]


def test_a_run_without_cache_or_of_another_corpus_leaves_nothing_to_align(samples):
    out = samples / "out"
    assert Realigner(out).is_ready()
    (samples / "raw" / "new.it.txt").write_text("Un file nuovo.\n\nSenza traduzione.")
    run(Config(raw=samples / "raw", out=out, cache=False), Silent())
    assert not Realigner(out).is_ready()
    shutil.rmtree(out / ".synoptic")
    assert not Realigner(out).is_ready()


def test_an_ordinary_article_takes_less_than_three_tenths_of_a_second(samples):
    out = samples / "out"
    realigner = Realigner(out)
    realigner.warm_up()
    rows = max((of_corpus(out, r.article) for r in read_rows(out, CODES)), key=len)
    log = repairs_of(rows)
    took = []
    for _ in range(5):
        start = time.perf_counter()
        realigner.rows(rows[0].article, log)
        took.append(time.perf_counter() - start)
    assert min(took) < 0.3


@contextmanager
def served(out, realigner):
    server = review_server(out, None, realigner)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def opened(watched, server):
    page = watched.open(server.url)
    page.click("#to-rows")
    return page


def rested(page):
    page.wait_for_selector("#stored:text-is('all stored')")
    page.wait_for_selector("html:not([data-realigning=yes])")


def table(page):
    return [texts for _, *texts in page.evaluate(ROWS)]


TEXTS = {
    "it": ("La biblioteca resta aperta di notte.", "Premi il pulsante e aspetta.", 5, "Grazie al comune."),
    "ko": ("도서관은 밤에도 문을 연다.", "버튼을 누르고 기다리세요.", 5, "시청에 감사한다."),
    "pl": ("Biblioteka jest otwarta w nocy.", "Naciśnij przycisk i poczekaj.", 4, "Dzięki miastu."),
}
"""The same line five times, and once less in Polish: the last is taken to be missing."""


@pytest.fixture
def repeating(tmp_path):
    (tmp_path / "raw").mkdir()
    for code, (first, line, times, last) in TEXTS.items():
        text = "\n\n".join([first, *times * [line], last])
        (tmp_path / "raw" / f"porta.{code}.txt").write_text(text, encoding="utf-8")
    run(Config(raw=tmp_path / "raw", out=tmp_path / "out"), Silent())
    return tmp_path


@needs_chromium
def test_a_repair_realigns_the_rest_on_every_page_and_one_undo_takes_all_back(browser, repeating):
    out, raw = repeating / "out", repeating / "raw"
    with served(out, Realigner(out)) as server, watching(browser, server.url.split("?")[0]) as watched:
        page = opened(watched, server)
        before = table(page)
        assert [bool(pl) for _, _, pl in before[1:6]] == [True, True, True, True, False]
        for key in ("Home", "j", "l", "l", "s", "Enter"):  # the first of them has no Polish
            page.keyboard.press(key)
        rested(page)
        assert page.text_content("#status") == "segment 2 split; 4 other segments aligned anew"
        assert page.locator(".row[data-anew=yes]").count() == 4
        after = table(page)
        assert [bool(pl) for _, _, pl in after[1:6]] == [False, True, True, True, True]
        fresh = opened(watched, server)
        rested(fresh)
        assert table(fresh) == after
        (repeating / "next").mkdir()
        add_decisions(repeating / "next", read_decisions(out).decisions, backup=False)
        run(Config(raw=raw, out=repeating / "next"), Silent())
        assert [[row[code] for code in CODES] for row in read(repeating / "next" / "corpus.csv")] == after
        page.keyboard.press("u")
        rested(page)
        assert table(page) == before
        assert page.text_content("#status") == "undone: realignment"
        fresh.wait_for_selector(".row[data-anew=yes]", state="detached")
        rested(fresh)
        assert table(fresh) == before
        page.keyboard.press("U")
        rested(page)
        assert table(page) == after
        run(Config(raw=raw, out=out), Silent())
    with served(out, Realigner(out)) as server, watching(browser, server.url.split("?")[0]) as watched:
        page = opened(watched, server)
        assert table(page) == after
        assert page.locator(".row[data-anew=yes]").count() == 0
        withdrawn = [
            decision(f"w{k}", "withdraw", target=d.id)
            for k, d in enumerate(read_decisions(out).decisions) if d.kind == "repair"
        ]  # fmt: skip
        add_decisions(out, withdrawn, backup=False)
        page.wait_for_selector(".row[data-anew=yes]")
        rested(page)
        assert table(page) == before


@needs_chromium
@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_repaired_the_page_shows_the_rows_of_the_next_run(browser, samples, seed):
    out, chance = samples / "out", random.Random(seed)
    with served(out, Realigner(out)) as server, watching(browser, server.url.split("?")[0]) as watched:
        page = opened(watched, server)
        for _ in range(40):
            page.keyboard.press(key := chance.choice("jjjkhllmss[]vvu{}"))
            if key == "s" and page.is_visible("#splitting"):
                for _ in range(chance.randrange(3)):
                    page.keyboard.press(
                        chance.choice(["ArrowUp", "ArrowDown", "Shift+ArrowRight", "ArrowLeft"])
                    )
                page.keyboard.press("Enter" if page.is_enabled("#split-save") else "Escape")
        page.keyboard.press("Home")
        page.keyboard.press("m")  # verdicts after the last repair align nothing anew
        rested(page)
        seen = table(page)
        fresh = opened(watched, server)
        rested(fresh)
        assert table(fresh) == seen
    assert not run(Config(raw=samples / "raw", out=out), Silent()).stale
    made = [[row[code] for code in CODES] for row in read(out / "corpus.csv")]
    assert made == seen
