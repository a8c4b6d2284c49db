"""The review page in a real browser: what a reviewer does, with the keyboard and without."""

import contextlib
import csv
import io
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from playwright.sync_api import Error, sync_playwright

from pipeline.config import Config
from pipeline.datatypes import Finding, Metadata, Verdict
from pipeline.decisions.apply import apply_file
from pipeline.decisions.record import COLUMNS, fingerprint, parse_decision
from pipeline.decisions.settled import article_groups, read_rows
from pipeline.decisions.standing import find_standing
from pipeline.decisions.store import add_decisions, parse_decisions, read_decisions
from pipeline.progress import Silent
from pipeline.review.page import page_data_of, page_of, review_page
from pipeline.review.server import review_server
from pipeline.run import run
from tests.browser import ARGUMENTS, AXE, CHROMIUM, needs_axe, needs_chromium, watching
from tests.written import rows_of, write_corpus

pytestmark = needs_chromium

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(playwright):
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def aligned(tmp_path_factory):
    """A run over the sample articles."""
    folder = tmp_path_factory.mktemp("samples")
    raw = folder / "raw"
    shutil.copytree(ROOT / "data" / "raw", raw)
    run(Config(raw=raw, out=folder / "out"), Silent())
    return folder


@pytest.fixture
def samples(aligned, tmp_path):
    """A copy of that run that a test may change."""
    shutil.copytree(aligned, tmp_path / "run")
    return tmp_path / "run"


@pytest.fixture
def watched(browser, samples):
    with watching(browser, (samples / "out" / "review.html").as_uri()) as watched:
        yield watched


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
    assert tiles["rows"] == str(len(rows))
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
    assert shown(page) == f"{len(rows)} rows"
    partial = [row for row in rows if row["status"] == "partial"]
    page.check("[data-filter=status][data-value=partial]")
    assert shown(page) in (f"{len(partial)} rows found", f"{len(partial)} row found")
    page.check("[data-filter=status][data-value=unmatched]")
    assert page.locator(".choice.aligned .value").text_content() == str(
        sum(r["status"] == "aligned" for r in rows)
    )
    page.click("[data-do=clear] >> nth=0")
    assert shown(page) == f"{len(rows)} rows"
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
    assert visited == [f"Row {row['row']}" for row in problems]
    page.keyboard.press("p")
    assert current(page).startswith(f"Row {problems[-2]['row']} of ")
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
    assert page.get_attribute("#writing-text", "lang") == "ko"
    page.fill("#writing-text", "더 나은 글")
    page.click("#writing-save")
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
    before = page.input_value("#writing-text")
    words = before.split()
    words[5:7] = ["tutt'altro"]
    page.fill("#writing-text", " ".join(words))
    page.click("#writing-save")
    assert page.text_content(".proposed .changed") == "tutt'altro"
    assert page.text_content(".proposed .removed") == " ".join(before.split()[5:7])
    page.keyboard.press("e")
    page.fill("#writing-text", f"{before} E poi.")
    page.click("#writing-save")
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
    assert shown(page) == f"{rows - 1} rows"
    assert paragraphs(page) == [2, 2, 2]
    assert "repaired" in current(page)
    page.keyboard.press("s")
    page.wait_for_selector("#splitting[open]")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#found:text-is('{rows} rows')")
    assert paragraphs(page) == [1, 1, 1]
    page.keyboard.press("l")
    page.keyboard.press("]")
    assert paragraphs(page) == [1, 1]
    assert page.text_content("#current-row .cell.empty").strip().startswith("Korean")
    for _ in range(3):
        page.keyboard.press("u")
    assert shown(page) == f"{rows} rows"
    assert page.locator(".row[data-state=repaired]").count() == 0


def cell_text(page, column):
    """The text of a cell of the current row, as the corpus has it."""
    return page.locator(f"#current-row .cell[data-column='{column}'] .paragraph").evaluate_all(
        "all => all.map(e => [...e.childNodes].filter(n => !n.matches?.('.place, .kind'))"
        ".map(n => n.textContent).join('')).join('\\n\\n')"
    )


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


def make_next_run(samples, saved):
    """Take the saved decisions in and run again; return the rows that are approved or repaired then."""
    incoming = apply_file(saved, samples / "out")
    assert (incoming.warnings, incoming.conflicts) == ([], [])
    summary = run(Config(raw=samples / "raw", out=samples / "out"), Silent())
    assert not summary.stale
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


def random_log(chance, rows, length):
    """Decisions about neighbouring rows of one article and parts of them, as no reviewer would make them."""
    made = []
    for turn in range(length):
        at = chance.randrange(len(rows))
        near = [r for row in rows[at : at + chance.randint(1, 3)] for r in row.references]
        kind = chance.choice(["approve", "reject", "repair", "withdraw" if made else "repair"])
        some = near if chance.random() < 0.6 else chance.sample(near, chance.randint(1, len(near)))
        target = chance.choice(made).id if kind == "withdraw" else ""
        places = "" if kind == "withdraw" else " ".join(map(str, some))
        made.append(
            parse_decision(
                {
                    "id": f"d{turn}", "kind": kind, "article": rows[0].article,
                    "paragraphs": places, "target": target,
                }
            )
        )  # fmt: skip
    return made


def read_log(path):
    return parse_decisions(path.read_bytes(), str(path)).decisions


def test_the_page_and_a_run_read_every_log_alike(browser, samples):
    """The two readings of a log, in the page's script and in Python, come to the same."""
    out = samples / "out"
    rows = read_rows(out, ("it", "ko", "pl"))
    data = page_data_of((out / "review.html").read_text(encoding="utf-8"), "review.html")
    few = [row for row in rows if row.article == rows[0].article][:6]
    with watching(browser, out.as_uri()) as watched:
        for seed in range(15):
            log = random_log(random.Random(seed), few, 12)
            (out / "log.html").write_text(page_of(data, log, served=False), encoding="utf-8")
            page = open_rows(watched, out, "log.html")
            page.click("#articles button >> nth=1")
            assert decided(page) == planned(log, rows), f"log {seed}"
            page.close()


def planned(log, rows):
    """State and texts of the rows that a run would make because of a log."""
    texts = {
        (row.article, (k, unit)): text
        for row in rows
        for k, code in enumerate(row.texts)
        for (_, unit), text in zip(
            sorted(node for node in row.nodes if node[0] == k), row.texts[code].split("\n\n"), strict=False
        )
    }
    made = []
    for article, plan in find_standing(log, article_groups(rows), "paragraph").plans.items():
        for nodes, state in plan.reviews.items():
            cells = [[texts[article, node] for node in sorted(nodes) if node[0] == k] for k in range(3)]
            made.append([state, *map("\n\n".join, cells)])
    return sorted(row for row in made if row[0] in ("approved", "repaired"))


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
        late.wait_for_selector("#stored:text-is('17 decisions in this browser')")
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


HOSTILE = (
    "<script>window.pwned=1</script>",
    '</textarea><img src=x onerror="window.pwned=1">',
    '"onload="window.pwned=1" x="',
    "=cmd|' /C calc'!A0",
    "\u202egnirts\u202c \u2067abc\u2069",
    "</script><script>window.pwned=1</script>",
    "<!--<script>",
    "javascript:window.pwned=1",
    "{{constructor.constructor('window.pwned=1')()}} @@SCRIPT@@ ${window.pwned=1}",
    "🎈" + "w" * 50_000,
)


@pytest.fixture
def hostile(tmp_path):
    """A corpus with hostile text in every field that text can reach."""
    out = tmp_path / "out"
    lines = [(text, HOSTILE[(k + 1) % 10], HOSTILE[(k + 2) % 10]) for k, text in enumerate(HOSTILE)]
    rows = rows_of(lines, article=HOSTILE[0])
    findings = [
        Finding(
            f"f{k}<b>", row.id, row.article, "numbers.changed", "numbers", "x", "major", "it", "pl",
            "0-5", "1-4", text, text, "open",
        )
        for k, (row, text) in enumerate(zip(rows, HOSTILE, strict=True))
    ]  # fmt: skip
    files = [
        Verdict(
            f"{code}{HOSTILE[1]}", HOSTILE[0], code, 1.0, 10, "parallel", 1.0, HOSTILE[2], 1.0,
            HOSTILE[3], HOSTILE[5], HOSTILE[6], Metadata(*HOSTILE[k : k + 6]),
        )
        for k, code in enumerate(("it", "ko", "pl"))
    ]  # fmt: skip
    write_corpus(out, rows, findings, files=files)
    made = [
        parse_decision(
            {
                "id": f"d{k}", "kind": "propose" if k % 2 else "comment", "language": "it",
                "reviewer": text[:80], "article": HOSTILE[0], "target": rows[k].id,
                "paragraphs": f"it:{k + 1}:{fingerprint(HOSTILE[k])}", "text": text,
            }
        )
        for k, text in enumerate(HOSTILE)
    ]  # fmt: skip
    gone = {"kind": "comment", "article": HOSTILE[1], "paragraphs": "it:1:0a1b2c3d4e5f"}
    made += [
        parse_decision({"id": f"s{k}", "text": text, "reviewer": text[:80]} | gone)
        for k, text in enumerate(HOSTILE)
    ]
    add_decisions(out, made, backup=False)
    write_corpus(out, rows, findings, files=files)
    return out


def test_hostile_text_does_nothing(browser, hostile):
    with watching(browser, (hostile / "review.html").as_uri()) as watched:
        page = watched.open((hostile / "review.html").as_uri())
        page.click("summary")
        assert page.locator(".stale li").count() == len(HOSTILE)
        cells = set(page.locator("td").all_text_contents())
        assert {HOSTILE[k] for k in (0, 2, 3, 4, 5, 6)} <= cells  # titles, authors, reasons and so on
        page.click("#to-rows")
        seen = set()
        for _ in HOSTILE:
            seen.add(cell_text(page, 0))
            page.keyboard.press("e")
            page.keyboard.press("Escape")
            page.keyboard.press("a")
            page.keyboard.press("j")
        assert seen == set(HOSTILE)
        assert page.evaluate("window.pwned") is None
        assert page.locator("img, iframe, object, embed").count() == 0
        assert page.locator("script").count() == 3
        for text in HOSTILE[:6]:
            page.fill("#search", text)
            page.wait_for_timeout(250)
            assert int(shown(page).split()[0]) >= 3
        settled(page)
        page.reload()
        page.wait_for_selector("html[data-ready]")
        assert page.evaluate("window.pwned") is None


def test_inline_code_cannot_run(browser, hostile):
    """The policy itself holds: a script or a style that is put in does nothing."""
    context = browser.new_context()
    page = context.new_page()
    page.goto((hostile / "review.html").as_uri())
    page.wait_for_selector("html[data-ready]")
    page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'window.pwned = 1';
        document.body.append(script);
        const image = document.createElement('img');
        image.setAttribute('onerror', 'window.pwned = 1');
        image.src = 'http://127.0.0.1:9/x.png';
        document.body.append(image);
    }""")
    page.wait_for_timeout(200)
    assert page.evaluate("window.pwned") is None
    context.close()


def test_the_page_is_one_file_that_asks_for_nothing(aligned):
    html = (aligned / "out" / "review.html").read_text(encoding="utf-8")
    assert "connect-src 'none'" in html
    assert "unsafe-" not in html
    outside = ('<link rel="stylesheet', " src=", "@import", "url(", "innerHTML", "eval(")
    assert not [word for word in outside if word in html]


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
        assert shown(page) == "20,000 rows"
        page.keyboard.press("End")
        assert current(page).startswith("Row 1000 of 1000")
        assert page.locator("#current-row").is_visible()
        assert page.locator(".row").count() < 60
        box = page.locator("#current-row").bounding_box()
        assert box["y"] + box["height"] > 100
        assert box["y"] < 900
        page.keyboard.press("Home")
        for _ in range(30):
            page.keyboard.press("j")
        assert current(page).startswith("Row 31 of 1000")
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
        page.wait_for_selector("#found:has-text('1 row found')")


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


def test_the_saved_file_has_the_columns_of_the_log(watched, samples):
    page = open_rows(watched, samples / "out")
    page.keyboard.press("a")
    settled(page)
    with page.expect_download() as download:
        page.click("#save")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert next(csv.reader(io.StringIO(text))) == list(COLUMNS)


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


def test_a_page_of_too_many_rows_has_those_with_the_most_to_look_at(browser, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.review.data.MOST_ROWS", 5)
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


def test_data_cannot_end_its_element():
    data = {"x": "</script><!--<script>&\u2028"}
    html = review_page(data, [])
    assert html.count("</script>") == 3
    assert "\\u003c/script\\u003e" in html
