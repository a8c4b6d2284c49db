"""Editing a text in its cell: drafts, the keys of an input method, the checks, and several people."""

import json
import shutil
import subprocess
import threading
from importlib.resources import files

import pytest

from pipeline.checks.check import check
from pipeline.decisions.log import read_decisions
from pipeline.review.checking import PRESENCE, Draft, Editors, RunRulesOf, findings_of, parse_draft
from pipeline.review.server import review_server
from tests.browser import AXE, current, needs_axe, needs_chromium, open_rows, watching
from tests.review.test_page import check as check_access
from tests.written import rows_of, write_corpus

ROWS = [
    ("Il forno apre alle 6 e vende 240 pani.", "빵집은 6시에 열고 빵 240개를 판다.",
     "Piekarnia otwiera o 6 i sprzedaje 420 chlebów."),
    ("Il cane dorme.", "개가 잔다.", "Pies śpi."),
    ("Servono 15 uova.", "달걀 15개가 필요하다.", "Potrzeba 51 jaj."),
]  # fmt: skip


OWN_RULES = """[[rule]]
name = 'plant'
target = 'Zakład'
languages = 'it-pl'
message = 'A bakery is no plant'
severity = 'major'
category = 'terminology/wrong-term'
issue_type = 'terminology'
"""


def draft(text, **fields):
    texts = dict(zip(("it", "ko", "pl"), ROWS[0], strict=True))
    known = {"confidence": 0.97, "place": "r pl", "editor": "e1", "name": "Ewa"}
    return Draft(**({"texts": texts, "language": "pl", "text": text} | known | fields))


def test_the_checks_tell_a_number_that_was_put_right_and_one_that_was_lost():
    found = findings_of(draft("Piekarnia otwiera o 6 i sprzedaje 240 chlebów."))
    assert [each[0] for each in found["before"]] == ["numbers.changed"]
    assert found["after"] == []
    assert [each[0] for each in findings_of(draft("Piekarnia otwiera o 6."))["after"]] == ["numbers.missing"]


def test_the_terms_and_rules_of_the_run_count_and_what_is_lost_of_them_is_told(tmp_path):
    terms, own = tmp_path / "terms.csv", tmp_path / "own.toml"
    terms.write_text("it,pl\nforno,piekarnia\n", encoding="utf-8")
    own.write_text(OWN_RULES, encoding="utf-8")
    settings = {"glossary": str(terms), "rules": str(own), "skip": ["numbers"]}
    (tmp_path / "run.json").write_text(json.dumps({"settings": settings}), encoding="utf-8")
    known = RunRulesOf(tmp_path)
    found = findings_of(draft("Zakład otwiera o 6."), known.read())["after"]
    assert [each[0] for each in found] == ["entities.term", "own.plant"]
    terms.unlink()
    found = findings_of(draft("Zakład otwiera o 6."), known.read())["after"]
    assert [each[0] for each in found] == ["own.plant"]
    assert "terms.csv" in known.read().lacking


def test_an_empty_row_has_no_findings_and_an_emptied_cell_lacks_a_translation():
    nothing = {"it": "", "ko": "", "pl": ""}
    assert findings_of(draft("", texts=nothing)) == {"before": [], "after": []}
    assert [each[0] for each in findings_of(draft(""))["after"]] == ["completeness.omission"]


@pytest.mark.parametrize(
    "change",
    [{"texts": {"it": 1}}, {"texts": {"nowhere!": "a"}}, {"language": "de"}, {"name": "n" * 201},
     {"more": ""}, {"text": "x" * 1_000_001}, {"confidence": "high"}],
)  # fmt: skip
def test_a_draft_that_makes_no_sense_is_refused(change):
    fields = {"texts": {"it": "a"}, "confidence": 1, "language": "it", "text": "b", "place": "", "editor": "",
              "name": ""}  # fmt: skip
    assert parse_draft(json.dumps(fields).encode()).text == "b"
    with pytest.raises(ValueError, match=r"draft|language|name|text"):
        parse_draft(json.dumps(fields | change).encode())
    with pytest.raises(ValueError, match="draft"):
        parse_draft(b"\xff[")


def test_who_has_not_asked_for_a_while_does_not_edit_any_more():
    now = 0.0
    editors = Editors(lambda: now)
    assert editors.others(draft("a")) == []
    assert editors.others(draft("a", editor="e2", name="")) == ["Ewa"]
    assert editors.others(draft("a", editor="e2", place="r it")) == []
    assert editors.others(draft("a")) == [""]
    now = PRESENCE + 1
    assert editors.others(draft("a", editor="e2")) == []


DIFFERENCE = """
import { differences } from "MODEL/difference.js";
console.log(JSON.stringify(CASES.map(([a, b]) => differences(a, b).map(({ kind, text }) => [kind, text]))));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_differences_are_whole_words_and_keep_both_texts():
    long = " ".join(f"w{k}" for k in range(900))
    pairs = [
        ["uno due tre", "uno sei tre"],
        ["uno due", "uno due tre"],
        ["a b c d", "b c x d"],
        ["", "nuovo"],
        ["개가 잔다.", "고양이가 잔다."],
        [long, long.replace("w", "v")],
    ]
    model = files("pipeline.review").joinpath("assets", "script", "model")
    code = DIFFERENCE.replace("MODEL", str(model)).replace("CASES", json.dumps(pairs))
    done = subprocess.run(
        ["node", "--input-type=module", "-e", code], capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    assert found[0] == [["same", "uno "], ["removed", "due"], ["added", "sei"], ["same", " tre"]]
    assert found[1] == [["same", "uno due"], ["added", " tre"]]
    assert [kind for kind, _ in found[5]] == ["removed", "added"]
    for (before, after), pieces in zip(pairs, found, strict=True):
        assert "".join(text for kind, text in pieces if kind != "added") == before
        assert "".join(text for kind, text in pieces if kind != "removed") == after


FOLDED = """
import { folded } from "MODEL/text.js";
console.log(JSON.stringify(CASES.map(folded)));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_the_search_knows_neither_case_nor_accents_and_keeps_every_place():
    cases = {
        "Wyłożył": "wylozyl",
        "PERCHÉ così": "perche cosi",
        "달이 높다": "달이 높다",
        "smørrebrød": "smorrebrod",
        "été\u0301": "ete\u0301",
        "Straße ÷ 𝄞": "straße ÷ 𝄞",
    }
    model = files("pipeline.review").joinpath("assets", "script", "model")
    code = FOLDED.replace("MODEL", str(model)).replace("CASES", json.dumps(list(cases)))
    done = subprocess.run(
        ["node", "--input-type=module", "-e", code], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == list(cases.values())
    assert all(len(before) == len(after) for before, after in cases.items())


@pytest.fixture
def out(tmp_path):
    rows = rows_of(ROWS)
    write_corpus(tmp_path / "out", rows, check(rows))
    return tmp_path / "out"


@pytest.fixture
def served(out):
    server = review_server(out, None)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def begin(watched, served, name=""):
    page = watched.open(served.url)
    page.fill("#reviewer", name)
    page.click("#to-rows")
    page.locator("#current-row").focus()
    page.keyboard.press("l")
    page.keyboard.press("l")
    page.keyboard.press("e")
    return page


def address(served):
    return f"http://127.0.0.1:{served.server_port}/"


def proposed(out):
    return [(d.reviewer, d.language, d.text) for d in read_decisions(out).decisions if d.kind == "propose"]


@needs_chromium
def test_a_text_is_edited_checked_and_saved_with_two_keys(browser, served, out):
    better = "Piekarnia otwiera o 6 i sprzedaje 240 chlebów."
    with watching(browser, address(served)) as watched:
        page = begin(watched, served, "Ewa")
        assert page.get_attribute("#editing-text", "lang") == "pl"
        assert page.input_value("#editing-text") == ROWS[0][2]
        page.fill("#editing-text", better)
        page.wait_for_selector(".check.gone:has-text('numbers.changed')")
        assert page.text_content("#editing-said") == "1 finding gone, 0 findings new, 0 findings left."
        assert page.text_content("#editing-difference .removed") == "420"
        page.fill("#editing-text", better.replace("6", "9"))
        page.wait_for_selector(".check.new")
        page.reload()
        page.wait_for_selector("html[data-ready]")
        assert page.input_value("#editing-text") == better.replace("6", "9")
        page.keyboard.press("Escape")
        assert page.text_content(".draft .proposed") == better.replace("6", "9")
        page.keyboard.press("e")
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(better)
        page.keyboard.press("Control+Enter")
        assert current(page).startswith("Segment 3 of")
        assert page.text_content("#status") == "Polish text suggested; now at segment 3"
        page.wait_for_selector("#stored:text-is('all stored')")
        assert proposed(out) == [("Ewa", "pl", better)]
        assert page.locator(".draft").count() == 0
        page.keyboard.press("u")
        assert page.locator(".proposed").count() == 0


COMPOSE = """(step) => {
    const area = document.getElementById('editing-text');
    const key = (init) => area.dispatchEvent(new KeyboardEvent('keydown',
        {bubbles: true, cancelable: true, ...init}));
    if (step === 'start') {
        area.dispatchEvent(new CompositionEvent('compositionstart', {bubbles: true}));
        area.setRangeText('가', 0, area.value.length, 'end');
        area.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true}));
        key({key: 'Enter', ctrlKey: true, isComposing: true});
        key({key: 'Process', code: 'Escape'});
    } else area.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true, data: '가'}));
}"""


@needs_chromium
def test_nothing_is_saved_or_left_while_an_input_method_composes(browser, served, out):
    with watching(browser, address(served)) as watched:
        page = begin(watched, served)
        page.keyboard.press("Escape")
        page.keyboard.press("h")
        page.keyboard.press("e")
        page.evaluate(COMPOSE, "start")
        assert page.is_visible("#editing-text")
        page.evaluate(COMPOSE, "end")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("#stored:text-is('all stored')")
        assert proposed(out) == [("", "ko", "가")]


@needs_chromium
def test_two_people_at_one_text_know_of_each_other_and_nothing_that_is_typed_is_lost(browser, served, out):
    with watching(browser, address(served)) as one, watching(browser, address(served)) as two:
        ewa, jan = begin(one, served, "Ewa"), begin(two, served, "Jan")
        jan.wait_for_selector("#editing-said:has-text('Ewa edits this text too.')")
        jan.fill("#editing-text", "Jan pisze")
        ewa.fill("#editing-text", "Ewa pisze")
        ewa.keyboard.press("Control+Enter")
        jan.wait_for_selector("#editing-said:has-text('Ewa has suggested another text meanwhile')")
        assert jan.text_content("#current-row .note .proposed") == "Ewa pisze"
        assert jan.evaluate("document.activeElement.id") == "editing-text"
        jan.keyboard.type(" dalej")
        jan.keyboard.press("Control+Enter")
        jan.wait_for_selector("#stored:text-is('all stored')")
        assert proposed(out) == [("Ewa", "pl", "Ewa pisze"), ("Jan", "pl", "Jan pisze dalej")]


@needs_chromium
def test_a_draft_outlives_the_server_and_a_row_that_is_taken_apart(browser, served, out):
    with watching(browser, address(served)) as watched:
        page = begin(watched, served)
        page.route("**/check", lambda route: route.abort())
        page.fill("#editing-text", "Zdanie bez serwera")
        page.wait_for_selector("#editing-said:has-text('The draft is kept.')")
        watched.messages.clear()  # the browser tells of the aborted request
        page.keyboard.press("Escape")
        page.keyboard.press("m")
        assert page.locator("#current-row .draft").count() == 0
        page.click("#to-overview")
        assert "Zdanie bez serwera" in page.text_content("#drafts")
        page.click("#drafts [data-do=discard-draft]")
        assert page.locator("#drafts").count() == 0
        watched.messages.clear()


@needs_chromium
def test_a_page_without_a_server_keeps_and_saves_what_is_written(browser, out):
    with watching(browser, (out / "review.html").as_uri()) as watched:
        page = open_rows(watched, out)
        page.locator("#current-row").focus()
        page.keyboard.press("e")
        page.keyboard.type(" E poi chiude.")
        assert "synoptic review checks while you type" in page.text_content("#editing-said")
        page.click(".row >> nth=1")
        assert page.text_content("#status") == "what you wrote in Italian is kept as a draft"
        page.click(".draft [data-do=edit-draft]")
        page.keyboard.press("Control+Enter")
        assert page.text_content(".proposed .changed") == " E poi chiude."


@needs_axe
@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility_of_the_editor(browser, served, scheme):
    with watching(browser, address(served), color_scheme=scheme, bypass_csp=True) as watched:
        page = begin(watched, served)
        page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
        page.fill("#editing-text", "Piekarnia otwiera o 9.")
        page.wait_for_selector(".check.new")
        check_access(page, "editor")
