"""What a finding suggests is proposed with one key."""

import json
import shutil
import subprocess
from importlib.resources import files

import pytest

from pipeline.checks.check import check
from tests.browser import needs_chromium, open_rows, read_log, saved_decisions, watching
from tests.written import rows_of, write_corpus

pytestmark = needs_chromium

ROWS = [
    ("Il museo ha 11.250 quadri e 37 sale.", "미술관에는 그림 11,250점과 방 37개가 있다.",
     "Muzeum ma 11\u00a0720 obrazów i 31 sal."),
    ("Il museo è molto bello ma chiuso.", "미술관은 아주 아름답지만 닫혀 있다.",
     "Muzeum jest bardzo piękne jest bardzo piękne, ale zamknięte."),
    ("È nuova.", "새것이다.", "Jest jest nowa i ładna."),
    ("Il sole sorge alle sette.", "해는 일곱 시에 뜬다.", "Słońce wschodzi o siódmej."),
]


@pytest.fixture
def findings(tmp_path):
    rows = rows_of(ROWS)
    found = check(rows)
    write_corpus(tmp_path / "out", rows, found)
    return found


@pytest.fixture
def page(browser, findings, tmp_path):
    with watching(browser, (tmp_path / "out" / "review.html").as_uri()) as watched:
        page = open_rows(watched, tmp_path / "out")
        page.locator("#current-row").focus()  # Enter on the button that was clicked would press it
        yield page


def proposals(page, path):
    return [(d.language, d.text) for d in read_log(saved_decisions(page, path)) if d.kind == "propose"]


def test_enter_writes_the_number_of_the_source_as_the_target_writes_it(page, findings, tmp_path):
    assert [f.rule for f in findings][:2] == ["numbers.changed"] * 2
    assert page.locator("#current-row .suggestion").all_text_contents() == [
        "→ suggestion: 11\u00a0250", "→ suggestion: 37",
    ]  # fmt: skip
    page.keyboard.press("Enter")
    assert page.text_content("#status") == "“11\u00a0250” suggested in Polish"
    page.keyboard.press("Enter")
    assert proposals(page, tmp_path / "d.csv") == [
        ("pl", "Muzeum ma 11\u00a0250 obrazów i 31 sal."),
        ("pl", "Muzeum ma 11\u00a0250 obrazów i 37 sal."),
    ]
    page.locator("#current-row").press("Enter")
    assert page.text_content("#status") == "nothing is suggested here"
    page.keyboard.press("u")
    page.keyboard.press("u")
    assert page.locator(".proposed").count() == 0


def test_enter_takes_the_finding_that_was_clicked(page, tmp_path):
    page.click("#current-row mark:has-text('31')")
    page.keyboard.press("Enter")
    assert proposals(page, tmp_path / "d.csv") == [("pl", "Muzeum ma 11\u00a0720 obrazów i 37 sal.")]


def test_enter_takes_out_a_doubled_phrase(page, tmp_path):
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    assert page.text_content("#status") == "said once in Polish"
    assert proposals(page, tmp_path / "d.csv") == [("pl", "Muzeum jest bardzo piękne, ale zamknięte.")]


def test_enter_takes_out_what_is_said_twice(page, tmp_path):
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    assert proposals(page, tmp_path / "d.csv") == [("pl", "Jest nowa i ładna.")]


def test_enter_does_nothing_where_nothing_is_suggested(page):
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    assert page.text_content("#status") == "nothing is suggested here"
    assert page.locator(".proposed").count() == 0


NUMBERS = """
import { rewritten } from "MODEL/numbers.js";
console.log(JSON.stringify(CASES.map((each) => rewritten(...each))));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_numbers_are_written_as_each_language_does():
    cases = {
        ("1.250", "it", "ko", "7"): "1,250",
        ("1,250", "ko", "it", "1.720"): "1.250",
        ("12.345,6", "it", "pl", "1\u00a0000"): "12\u00a0345,6",
        ("12 345,6", "pl", "en", "1"): "12,345.6",
        ("1250", "it", "pl", "12"): "1250",
        ("12\u202f345", "pl", "it", "9999"): "12345",  # as the number there has no marks
        ("3,5", "pl", "ko", "3"): "3.5",
        ("3.5", "ko", "xx", "3"): "3.5",
        ("1.2.3", "it", "ko", "1"): "",
        ("37만", "ko", "it", "37"): "",
        ("1.25", "it", "pl", "1"): "",  # neither thousands nor a fraction in Italian
        ("", "it", "pl", "1"): "",
    }  # fmt: skip
    model = files("pipeline.review").joinpath("assets", "script", "model")
    code = NUMBERS.replace("MODEL", str(model)).replace("CASES", json.dumps(list(cases)))
    done = subprocess.run(
        ["node", "--input-type=module", "-e", code], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == list(cases.values())
