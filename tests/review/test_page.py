"""The review page in a real browser: what a reviewer does, with the keyboard and without."""

import pytest

from pipeline.config import Config
from pipeline.run.flow import run
from pipeline.run.progress import Silent
from tests.browser import (
    AXE,
    current,
    needs_axe,
    needs_chromium,
    open_rows,
    read,
    settled,
    shown,
    watching,
)
from tests.written import rows_of, write_corpus

pytestmark = needs_chromium


def test_the_overview_tells_what_the_run_made(watched, samples):
    page = watched.open((samples / "out" / "review.html").as_uri())
    rows = read(samples / "out" / "corpus.csv")
    findings = read(samples / "out" / "findings.csv")
    tiles = dict(
        zip(
            page.locator(".tile dt").all_text_contents(),
            page.locator(".tile dd").all_text_contents(),
            strict=True,
        )
    )
    assert tiles["segments"] == str(len(rows))
    assert tiles["open findings"] == str(len(findings))
    assert page.locator("svg.strip").count() == len({row["article"] for row in rows})
    rules = page.locator(".rules button").all_text_contents()
    assert sorted(rules) == sorted({finding["rule"] for finding in findings})
    assert page.locator("svg.columns .pick").count() >= 1
    page.click(".rules button >> nth=0")
    assert page.is_visible("#rows")
    assert rules[0] in page.text_content("#current-row")
    assert "null" not in page.text_content("#overview")
    assert "undefined" not in page.text_content("#overview")


def test_columns_say_their_language(watched, samples):
    page = open_rows(watched, samples / "out")
    languages = page.locator(".row >> nth=0").locator(".text").evaluate_all("all => all.map(e => e.lang)")
    assert languages == ["it", "ko", "pl"]


def test_filters_count_and_choose(watched, samples):
    rows = read(samples / "out" / "corpus.csv")
    page = open_rows(watched, samples / "out")
    assert shown(page) == f"{len(rows)} segments"
    partial = [row for row in rows if row["status"] == "partial"]
    page.check("[data-filter=status][data-value=partial]")
    assert shown(page) in (f"{len(partial)} segments found", f"{len(partial)} segment found")
    page.check("[data-filter=status][data-value=unmatched]")
    assert page.locator(".choice.aligned .value").text_content() == str(
        sum(r["status"] == "aligned" for r in rows)
    )
    page.click("[data-do=clear] >> nth=0")
    assert shown(page) == f"{len(rows)} segments"
    rule = next(row["findings"].split()[0] for row in rows if row["findings"])
    page.select_option("#rule", rule)
    assert shown(page).split()[0] == str(sum(rule in row["findings"].split() for row in rows))
    page.click("[data-do=clear] >> nth=0")
    page.click("#articles button >> nth=1")
    assert shown(page).split()[0] == str(sum(row["article"] == rows[0]["article"] for row in rows))


def test_search_looks_into_the_texts_and_marks_what_it_finds(watched, samples):
    page = open_rows(watched, samples / "out")
    page.keyboard.press("/")
    page.keyboard.type("ZOPPAS")
    page.wait_for_selector("#found:has-text('found')")
    hits = page.locator("mark.hit").all_text_contents()
    assert hits
    assert {hit.lower() for hit in hits} == {"zoppas"}
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "current-row"


def test_problems_by_keyboard(watched, samples):
    rows = read(samples / "out" / "corpus.csv")
    severities = {f["row_id"]: f["severity"] for f in read(samples / "out" / "findings.csv")}
    problems = [
        r for r in rows if severities.get(r["id"], "neutral") != "neutral" or float(r["confidence"]) < 0.9
    ]
    page = open_rows(watched, samples / "out")
    visited = []
    for _ in problems:
        page.keyboard.press("n")
        visited.append(current(page).split(" of ")[0])
    assert visited == [f"Segment {row['row']}" for row in problems]
    page.keyboard.press("p")
    assert current(page).startswith(f"Segment {problems[-2]['row']} of ")
    assert page.evaluate("document.activeElement.id") == "current-row"


def test_decide_undo_and_find_it_again_after_a_reload(watched, samples):
    page = open_rows(watched, samples / "out")
    page.keyboard.press("a")
    assert ", approved" in current(page)
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert ", rejected" in current(page)
    page.keyboard.press("u")
    assert "rejected" not in current(page)
    page.keyboard.press("U")
    assert ", rejected" in current(page)
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.keyboard.type("Chi lo dice?")
    page.click("#writing-save")
    page.keyboard.press("l")
    page.keyboard.press("e")
    assert page.get_attribute("#editing-text", "lang") == "ko"
    page.fill("#editing-text", "더 나은 글")
    page.click("[data-do=save-edit]")
    page.wait_for_selector(".proposed")
    settled(page)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    page.click("#to-rows")
    assert page.locator(".row[data-state=approved]").count() == 1
    assert page.locator(".row[data-state=rejected]").count() == 1
    assert page.text_content(".remark .message") == "Chi lo dice?"
    assert page.text_content(".proposed") == "더 나은 글"
    assert "2 of" in page.text_content("#progress")
    page.keyboard.press("u")
    assert page.locator(".proposed").count() == 0


def test_a_proposal_shows_what_it_changes(watched, samples):
    page = open_rows(watched, samples / "out")
    page.keyboard.press("j")
    page.keyboard.press("e")
    before = page.input_value("#editing-text")
    words = before.split()
    words[5:7] = ["tutt'altro"]
    page.fill("#editing-text", " ".join(words))
    page.click("[data-do=save-edit]")  # goes to the next problem
    page.keyboard.press("Home")
    page.keyboard.press("j")
    assert page.text_content(".proposed .changed") == "tutt'altro"
    assert page.text_content(".proposed .removed") == " ".join(before.split()[5:7])
    page.keyboard.press("e")
    page.fill("#editing-text", f"{before} E poi.")
    page.click("[data-do=save-edit]")
    page.keyboard.press("Home")
    page.keyboard.press("j")
    assert page.locator(".proposed").nth(1).locator(".removed").count() == 0
    assert page.locator(".proposed").nth(1).locator(".changed").text_content() == " E poi."
    assert page.locator(".proposed").nth(1).text_content() == f"{before} E poi."


def test_dismiss_and_open_again(watched, samples):
    page = open_rows(watched, samples / "out")
    page.keyboard.press("n")
    before = page.locator("#current-row .finding:not(.dismissed)").count()
    page.keyboard.press("d")
    assert page.locator("#current-row .finding.dismissed").count() == 1
    page.click("#current-row [data-do=undismiss]")
    assert page.locator("#current-row .finding:not(.dismissed)").count() == before


def paragraphs(page):
    """How many paragraphs the current row has in each language that it has."""
    return page.locator("#current-row .text").evaluate_all("all => all.map(e => e.children.length)")


def test_merge_split_and_move_with_undo(watched, samples):
    out = samples / "out"
    rows = len(read(out / "corpus.csv"))
    page = open_rows(watched, out)
    page.keyboard.press("j")
    page.keyboard.press("m")
    assert shown(page) == f"{rows - 1} segments"
    assert paragraphs(page) == [2, 2, 2]
    assert "realigned" in current(page)
    page.keyboard.press("s")
    page.wait_for_selector("#splitting[open]")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#found:text-is('{rows} segments')")
    assert paragraphs(page) == [1, 1, 1]
    page.keyboard.press("l")
    page.keyboard.press("]")
    assert paragraphs(page) == [1, 1]
    assert page.text_content("#current-row .cell.empty").strip().startswith("Korean")
    for _ in range(3):
        page.keyboard.press("u")
    assert shown(page) == f"{rows} segments"
    assert page.locator(".row[data-state=repaired]").count() == 0


def test_a_single_paragraph_can_be_parted_from_its_row(watched, samples):
    page = open_rows(watched, samples / "out")
    page.keyboard.press("l")
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    page.wait_for_selector("#current-row .cell.empty")
    assert page.locator("#current-row .cell.empty").count() == 1
    page.keyboard.press("j")
    assert page.locator("#current-row .cell.empty").count() == 2
    assert page.locator("#current-row .text").get_attribute("lang") == "ko"


def test_two_runs_write_the_same_page(aligned, tmp_path):
    run(Config(raw=aligned / "raw", out=tmp_path), Silent())
    assert (tmp_path / "review.html").read_bytes() == (aligned / "out" / "review.html").read_bytes()


def test_twenty_thousand_rows(browser, tmp_path):
    words = ["parola", "testo", "riga", "prova", "lunga", "breve"]
    lines = [
        (f"{words[k % 6]} {k} " * (3 + k % 17), f"글 {k} " * (2 + k % 9), f"słowo {k} " * (3 + k % 13))
        for k in range(20_000)
    ]
    rows = [row for part in range(20) for row in rows_of(lines[1000 * part : 1000 * part + 1000], f"a{part}")]
    write_corpus(tmp_path / "out", rows, findings=[])
    with watching(browser, (tmp_path / "out" / "review.html").as_uri()) as watched:
        page = open_rows(watched, tmp_path / "out")
        assert shown(page) == "20,000 segments"
        page.keyboard.press("End")
        assert current(page).startswith("Segment 1000 of 1000")
        assert page.locator("#current-row").is_visible()
        assert page.locator(".row").count() < 60
        box = page.locator("#current-row").bounding_box()
        assert box["y"] + box["height"] > 100
        assert box["y"] < 900
        page.keyboard.press("Home")
        for _ in range(30):
            page.keyboard.press("j")
        assert current(page).startswith("Segment 31 of 1000")
        frames = page.evaluate("""() => new Promise((resolve) => {
            const view = document.getElementById('viewport');
            let longest = 0, last = performance.now(), n = 0;
            const step = (now) => {
                longest = Math.max(longest, now - last);
                last = now;
                view.scrollTop += 4000;
                if (++n < 60) requestAnimationFrame(step);
                else resolve({longest, rows: document.querySelectorAll('.row').length, top: view.scrollTop});
            };
            requestAnimationFrame(step);
        })""")
        assert frames["rows"] < 60
        assert frames["top"] > 100_000
        visible = page.locator(".row").evaluate_all(
            "all => all.map(e => e.getBoundingClientRect()).filter(b => b.bottom > 150 && b.top < 850).length"
        )
        assert visible >= 2
        page.fill("#search", "prova 19995")
        page.wait_for_selector("#found:has-text('1 segment found')")


def overlaps(page):
    """Pairs of neighbouring rows on screen that lie over each other."""
    return page.evaluate("""() => {
        const boxes = [...document.querySelectorAll('#canvas > *')].map((e) => e.getBoundingClientRect());
        return boxes.slice(1).filter((box, k) => box.top < boxes[k].bottom - 1).length;
    }""")


@pytest.mark.parametrize("width", [1440, 900, 390])
def test_rows_do_not_lie_over_each_other(browser, samples, width):
    out = samples / "out"
    with watching(
        browser, (out / "review.html").as_uri(), viewport={"width": width, "height": 800}
    ) as watched:
        page = open_rows(watched, out)
        for _ in range(12):
            page.keyboard.press("j")
            page.wait_for_timeout(30)
            assert overlaps(page) == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        row = page.locator("#current-row").bounding_box()
        assert row["y"] < 800


def test_a_phone_has_everything(browser, samples):
    out = samples / "out"
    with watching(
        browser,
        (out / "review.html").as_uri(),
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
    ) as watched:
        page = open_rows(watched, out)
        page.tap(".row >> nth=1 >> .cell >> nth=0")
        page.tap("#current-row [data-do=approve]")
        assert ", approved" in current(page)
        page.tap("#undo")
        assert "approved" not in current(page)
        page.tap("#to-side")
        page.tap("#articles button >> nth=1")
        assert not page.is_visible("#side")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1360, 390])
def test_accessibility(browser, samples, scheme, width):
    out = samples / "out"
    with watching(
        browser, (out / "review.html").as_uri(), viewport={"width": width, "height": 900},
        color_scheme=scheme, bypass_csp=True,
    ) as watched:  # fmt: skip
        page = watched.open((out / "review.html").as_uri())
        page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
        check(page, "overview")
        page.click("#to-rows")
        page.keyboard.press("n")
        page.keyboard.press("d")
        page.keyboard.press("a")
        page.keyboard.press("m")
        page.wait_for_timeout(200)
        check(page, "rows")
        page.keyboard.press("?")
        check(page, "help")
        page.keyboard.press("Escape")
        page.keyboard.press("s")
        check(page, "split")
        page.keyboard.press("Escape")
        page.keyboard.press("c")
        check(page, "comment")


def check(page, where):
    found = page.evaluate("""async () => (await axe.run(document, {resultTypes: ['violations']})).violations
        .map((v) => [v.id, v.impact, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160))])""")
    assert [each for each in found if each[1] in ("serious", "critical")] == [], where


def test_help_lists_every_key(watched, samples):
    page = open_rows(watched, samples / "out")
    page.keyboard.press("?")
    keys = set(" ".join(page.locator("#help kbd").all_text_contents()).split())
    assert {"j", "k", "n", "p", "a", "x", "c", "e", "d", "u", "U", "m", "s", "[", "]", "/", "?"} <= keys
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    assert not page.is_visible("#help")
    page.keyboard.press("a")
    assert page.locator(".row[data-state=approved]").count() == 0
    page.keyboard.press("?")
    page.check("#keys-on")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    assert page.locator(".row[data-state=approved]").count() == 1


def test_theme_is_remembered(watched, samples):
    page = open_rows(watched, samples / "out")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.keyboard.press("t")
    page.keyboard.press("t")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert light != dark
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_a_page_of_too_many_rows_has_those_with_the_most_to_look_at(browser, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.review.data.MAX_ROWS", 5)
    rows = [
        *rows_of([("uno", "하나", "jeden")] * 3, "a1"),
        *rows_of([("due", "둘", "dwa")] * 3, "a2", confidence=0.6),
        *rows_of([("tre", "셋", "trzy")] * 2, "a3"),
    ]
    write_corpus(tmp_path / "out", rows, findings=[])
    with watching(browser, (tmp_path / "out" / "review.html").as_uri()) as watched:
        page = watched.open((tmp_path / "out" / "review.html").as_uri())
        assert "1 more article" in page.text_content("#overview")
        assert page.locator("#articles button .title").all_text_contents() == ["All articles", "due", "tre"]
    assert len(read(tmp_path / "out" / "corpus.csv")) == 8


def test_families_with_hangul_are_for_korean_alone(watched, samples):
    page = open_rows(watched, samples / "out")
    family = "getComputedStyle(document.querySelector('.text:lang({})')).fontFamily"
    assert "CJK" in page.evaluate(family.format("ko"))
    for language in (
        "it",
        "pl",
    ):  # their marked letters would come from such a family, drawn beside the letter
        assert "CJK" not in page.evaluate(family.format(language))
