"""The queue of doubts on the page: the forecast that a run gives, and rows in the order of their harm."""

import random
from dataclasses import replace

import pytest

from pipeline.decisions.doubts import chance_wrong, forecast, harms
from pipeline.decisions.log import add_decisions
from pipeline.decisions.record import Decision
from pipeline.decisions.replay import read_rows
from pipeline.exports.content import read_content
from pipeline.exports.doubts import doubts_of
from pipeline.review.page import decision_records, messages
from tests.browser import needs_chromium, watching
from tests.review.test_model import MODEL, page_data, pytestmark, under_node  # noqa: F401 (skips without Node)
from tests.written import LANGUAGES, rows_of, write_corpus

DOUBTS = """
import { readCorpus } from "MODEL/corpus.js";
import { chanceWrong, forecast, harms, sentence } from "MODEL/doubts.js";
import { Log } from "MODEL/log.js";
import { Messages } from "MODEL/messages.js";
import { replay } from "MODEL/replay.js";
import { readFileSync } from "node:fs";

const { data, logs, confidences, texts } = JSON.parse(readFileSync(0, "utf-8"));
const english = new Messages("en", texts);
const say = (key, values) => english.say(key, values);
const corpus = readCorpus(data);
const states = logs.map((decisions) => {
  const log = new Log();
  for (const decision of decisions) log.enter(decision);
  replay(corpus, log);
  const found = forecast(corpus);
  const harm = [...harms(corpus).values()].reduce((a, b) => a + b, 0);
  return { ...found, words: sentence(found, say), harm };
});
console.log(JSON.stringify({ states, chances: confidences.map(chanceWrong) }));
"""


NUMBERS = """rows => rows
    .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
    .map((row) => Number(row.querySelector(".number").textContent))"""


@pytest.fixture
def corpus(tmp_path):
    """Two articles with rows of all confidences, some with findings."""
    chance = random.Random(3)
    cells = [(f"Riga {k} XNUMX.", f"{k}번째 줄 9.", f"Wiersz {k}.") for k in range(24)]
    rows = [
        row
        for article, some in (("a1", cells[:12]), ("a2", cells[12:]))
        for line in rows_of(some, article)
        for row in [replace(line, confidence=round(chance.random() ** 0.2, 4))]
    ]
    write_corpus(tmp_path / "out", rows)
    return tmp_path / "out", rows


def review_of(rows, seed):
    """Verdicts on some rows, and a repair that joins two of the others."""
    chance = random.Random(seed)
    chosen = chance.sample(rows, 6)
    said = [(chance.choice(["approve", "reject"]), row.references) for row in chosen[:4]]
    said.append(("repair", chosen[4].references + chosen[5].references))
    chance.shuffle(said)
    article = rows[0].article
    return [
        Decision(f"d{seed}-{k}", "", "", kind, article, "", some, "", "")
        for k, (kind, some) in enumerate(said)
    ]


def seen_by_python(out):
    content = read_content(out)
    doubts = doubts_of(content)
    paragraphs = [sum(map(bool, row.texts.values())) for row in content.rows]
    total = sum(value * n for value, n in zip(harms(doubts), paragraphs, strict=True))
    return forecast(doubts), total


def test_page_and_run_forecast_alike(corpus):
    out, _ = corpus
    known = read_rows(out, LANGUAGES)[:12]
    logs = [[], *(review_of(known, seed) for seed in range(25))]
    confidences = [0.0, 0.3, 0.9, 0.99, 0.9999, 1.0]
    given = {
        "data": page_data(out),
        "logs": [decision_records(log) for log in logs],
        "confidences": confidences,
        "texts": messages("en"),
    }
    found = under_node(DOUBTS, given)
    assert found["chances"] == pytest.approx([chance_wrong(c) for c in confidences])
    for log, state in zip(logs, found["states"], strict=True):
        (out / "decisions.csv").unlink(missing_ok=True)
        add_decisions(out, log, backup=False)
        expected, harm = seen_by_python(out)
        assert (state["rows"], state["toLookAt"]) == (expected.rows, expected.to_look_at)
        assert (state["now"], state["after"]) == pytest.approx((expected.now, expected.after))
        assert state["words"] == as_said(expected)
        if not log:
            assert state["harm"] == pytest.approx(harm)


def as_said(found):
    """A forecast as the page says it: what is a row elsewhere is a segment there."""
    return found.sentence().replace("row", "segment") + "."


def until(page, expression, holds):
    """Wait up to ten seconds until the value of an expression on the page is as wanted."""
    for _ in range(200):
        if holds(page.evaluate(expression)):
            return
        page.wait_for_timeout(50)
    assert holds(page.evaluate(expression))


@needs_chromium
def test_the_head_says_what_is_left_and_moves(browser, corpus):
    out, _ = corpus
    page_address = (out / "review.html").as_uri()
    with watching(browser, page_address) as watched:
        page = watched.open(page_address)
        start = forecast(doubts_of(read_content(out)))
        page.wait_for_selector("#forecast:not(:empty)")
        assert page.text_content("#forecast") == as_said(start)
        page.click("#to-rows")
        page.keyboard.press("a")
        said = "document.querySelector('#forecast').textContent"
        until(page, said, lambda text: text != as_said(start))


@needs_chromium
def test_rows_in_the_order_of_their_harm_stay_while_they_are_decided(browser, corpus):
    out, _ = corpus
    content = read_content(out)
    harm = harms(doubts_of(content))
    sums = {}
    for row, value in zip(content.rows, harm, strict=True):
        sums[row.article] = sums.get(row.article, 0) + value
    page_address = (out / "review.html").as_uri()
    with watching(browser, page_address) as watched:
        page = watched.open(page_address)
        page.click("#to-rows")
        page.select_option("#order", "rows")
        worst = max(sums, key=sums.get)
        inside = sorted(
            (k for k, row in enumerate(content.rows) if row.article == worst), key=lambda k: -harm[k]
        )
        wanted = [content.rows[k].number for k in inside]
        first = f"String(({NUMBERS})([...document.querySelectorAll('.row')]).slice(0, 5))"
        until(page, first, lambda numbers: numbers == ",".join(map(str, wanted[:5])))
        page.locator(".row").first.click()
        page.keyboard.press("a")
        page.wait_for_timeout(300)
        again = page.eval_on_selector_all(".row", NUMBERS)
        assert again[:5] == wanted[:5]
