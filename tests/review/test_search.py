"""Searching for words, whole words and expressions; what is new since the last run; rows closer together."""

import re

import pytest

from pipeline.config import Config
from pipeline.datatypes import Finding
from pipeline.review.news import Shown, news_since, shown_before
from pipeline.run.flow import run
from pipeline.run.progress import Silent
from tests.browser import current, needs_chromium, open_rows, shown, watching
from tests.review.test_model import under_node
from tests.written import rows_of, write_corpus

SEARCH = """
import { newFilter } from "MODEL/filter.js";
import { expressionOf, foundWith, scanned, searchOf } from "MODEL/search.js";
import { readFileSync } from "node:fs";
const { cases, expressions } = JSON.parse(readFileSync(0, "utf-8"));
console.log(JSON.stringify({
  words: cases.map(([search, way, text]) => searchOf({ ...newFilter(), search, way })?.hits(text) ?? null),
  expressions: expressions.map(([source, text]) => {
    const expression = expressionOf(source);
    if (!expression) return null;
    const found = foundWith(null, source, [text], scanned(expression, [text], 3));
    return searchOf({ ...newFilter(), search: source, way: "expression", found }).hits(text);
  }),
}));
"""


def test_words_whole_words_and_expressions():
    words = [
        ("casa", "", "La casa, le case, Casale", ["casa", "Casa"]),
        ("casa", "words", "La casa, le case, Casale", ["casa"]),
        ("wylozyl", "words", "wyłożył, wyłożyłem", ["wyłożył"]),
        ("la casa", "words", "quella casa, la casa", ["la casa"]),
        ("집", "words", "집 집에서", ["집"]),
        ("12", "words", "112 12 12.5 123", ["12", "12"]),
        ("a", "words", "𝐀a a", ["a"]),
        ("(", "words", "uno (due)", ["("]),
        (" ", "", "uno", None),
    ]
    expressions = [
        (r"\d{2,}", "1 22 333", ["22", "333"]),
        (r"^due$", "uno\n\nDUE\n\ntre", ["DUE"]),
        (r"ł+", "Łał", ["Ł", "ł"]),
        (r"a|", "banana ananas", ["a", "a", "a"]),  # three at most, and none is empty
        (r"x*", "uno", []),
        (r"\-", "uno-due", ["-"]),  # not allowed in every kind of expression
        ("(", "uno", None),
        (r"\p{Lu}", "Ab 각", ["A", "b"]),  # in both cases
    ]
    given = {"cases": [case[:3] for case in words], "expressions": [case[:2] for case in expressions]}
    found = under_node(SEARCH, given)
    for (*case, text, wanted), spans in zip(words, found["words"], strict=True):
        assert (spans if spans is None else hits16(text, spans)) == wanted, case
    for (source, text, wanted), spans in zip(expressions, found["expressions"], strict=True):
        assert (spans if spans is None else hits16(text, spans)) == wanted, source


def hits16(text, spans):
    """The parts of a text at offsets in UTF-16 units."""
    units = text.encode("utf-16-le")
    return [units[2 * start : 2 * end].decode("utf-16-le") for start, end in spans]


@pytest.fixture
def out(tmp_path):
    lines = [(f"Riga {k} e casa", f"줄 {k}", f"wiersz {k}") for k in range(30)]
    lines[4] = ("Le caselle sono 4", "칸 넷", "Cztery pola " + "ab" * 40)
    write_corpus(tmp_path / "out", rows_of(lines), [])
    return tmp_path / "out"


@needs_chromium
def test_ways_of_searching_on_the_page(browser, out):
    with watching(browser, (out / "review.html").as_uri()) as watched:
        page = open_rows(watched, out)
        page.keyboard.press("/")
        page.keyboard.type("casa")
        page.wait_for_selector("#found:text-is('29 segments found')")
        page.fill("#search", "cas")
        page.wait_for_selector("#found:text-is('30 segments found')")
        page.click("#search-words")
        page.wait_for_selector("#found:text-is('0 segments found')")
        page.click("#search-expression")
        assert page.get_attribute("#search-words", "aria-pressed") == "false"
        page.fill("#search", r"cas\w{2,}|wiersz 2\d")
        page.wait_for_selector("#found:text-is('11 segments found')")
        assert page.locator("mark.hit").all_text_contents()[:2] == ["caselle", "wiersz 20"]
        # A row that a repair has made is searched too, and a place that is left is found again.
        page.keyboard.press("Enter")
        page.keyboard.press("m")
        page.wait_for_selector("#found:text-is('11 segments found')")
        assert current(page).startswith("Segment 5 of 29")
        page.reload()
        page.wait_for_selector("html[data-ready]")
        page.wait_for_selector("#found:text-is('11 segments found')")
        page.fill("#search", "cas(")
        page.wait_for_selector("#search-wrong:text-is('This is not a valid expression.')")
        assert page.get_attribute("#search", "aria-invalid") == "true"
        assert shown(page) == "11 segments found"
        page.fill("#search", "")
        page.wait_for_selector("#found:text-is('29 segments')")
        assert page.get_attribute("#search", "aria-invalid") == "false"


@needs_chromium
def test_a_slow_expression_is_stopped_and_nothing_waits_for_it(browser, out):
    with watching(browser, (out / "review.html").as_uri()) as watched:
        page = open_rows(watched, out)
        page.click("#search-expression")
        page.fill("#search", r"(a|b|ab)*c")
        page.wait_for_timeout(600)
        page.evaluate("window.began = performance.now()")
        page.click(".row >> nth=1")
        page.keyboard.press("a")
        assert "approved" in current(page)
        assert page.evaluate("performance.now() - window.began") < 1500
        page.wait_for_selector("#search-wrong:has-text('was stopped')", timeout=10_000)
        assert shown(page) == "30 segments"
        page.fill("#search", r"pola\b")
        page.wait_for_selector("#found:text-is('1 segment found')")


def test_news_between_two_pages(out):
    rows = rows_of([("uno", "하나", "jeden"), ("due", "둘", "dwa"), ("tre", "셋", "trzy")])
    found = [
        Finding(
            f"f{k}",
            rows[0].id,
            "a1",
            "numbers.changed",
            "x",
            "x",
            "major",
            "it",
            "pl",
            "",
            "",
            "m",
            "",
            "open",
        )
        for k in range(3)
    ]
    assert shown_before(out / "nowhere") is None
    write_corpus(out, rows[:2], found[:2])
    before = shown_before(out)
    assert before == Shown(frozenset(row.id for row in rows[:2]), frozenset({"f0", "f1"}))
    news = news_since(before, [row.id for row in rows[1:]], ["f1", "f2"])
    assert news == ({rows[2].id}, {"f2"}, 1, 1)
    assert news.notes() == ["since the last run: 1 row new, 1 gone; 1 finding new, 1 gone"]
    assert news_since(before, before.rows, before.findings).notes() == []
    assert news_since(None, ["r"], ["f"]) == (set(), set(), 0, 0)
    (out / "review.html").write_text("no page", encoding="utf-8")
    assert shown_before(out) is None


@needs_chromium
def test_what_a_run_adds_is_a_filter_on_the_page(browser, samples):
    out = samples / "out"
    first = (out / "review.html").read_bytes()
    summary = run(Config(raw=samples / "raw", out=out), Silent())
    assert not any("since the last run" in note for note in summary.notes)
    assert (out / "review.html").read_bytes() == first
    with (samples / "raw" / "detka.html").open("rb") as stream:
        html = stream.read()
    (samples / "raw" / "detka.html").write_bytes(html.replace(b"</p>", b" Jeszcze 4711 zdanie.</p>", 1))
    summary = run(Config(raw=samples / "raw", out=out), Silent())
    [note] = [note for note in summary.notes if note.startswith("since the last run")]
    new, _, findings, _ = map(int, re.findall(r"\d+", note))
    assert new >= 1
    with watching(browser, (out / "review.html").as_uri()) as watched:
        page = open_rows(watched, out)
        page.check("[data-filter=news][data-value=segments]")
        assert shown(page).startswith(f"{new} segment")
        assert ", new since the last run" in current(page)
        assert page.locator(".fresh").count() == new
        page.uncheck("[data-filter=news][data-value=segments]")
        counts = page.locator(".choice:has([data-filter=news]) .value").all_text_contents()
        assert counts[0] == str(new)
        assert (counts[1] != "0") == (findings > 0)


@needs_chromium
def test_compact_rows_are_more_on_a_screen_and_remembered(browser, samples):
    out = samples / "out"
    seen = "document.querySelectorAll('.row').length && [...document.querySelectorAll('.row')]" \
        ".filter(e => e.getBoundingClientRect().bottom <= innerHeight).length"  # fmt: skip
    with watching(browser, (out / "review.html").as_uri()) as watched:
        page = open_rows(watched, out)
        before = page.evaluate(seen)
        page.check("#compact")
        page.wait_for_timeout(300)
        after = page.evaluate(seen)
        assert after >= 1.4 * before
        gaps = page.locator(".row").evaluate_all(
            "all => all.map(e => e.getBoundingClientRect()).map((b, k, at) => k ? b.top - at[k-1].bottom : 0)"
        )
        assert min(gaps) > -1  # none lies over another
        page.reload()
        page.wait_for_selector("html[data-ready]")
        assert page.is_checked("#compact")
        page.wait_for_timeout(300)
        assert page.evaluate(seen) == after
        page.uncheck("#compact")
        page.wait_for_timeout(300)
        assert page.evaluate(seen) == before
