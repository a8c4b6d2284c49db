"""Reports for people: the page, the spreadsheet and the list on the terminal."""

import csv
import io
import re

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser

from pipeline.bitexts import reports
from pipeline.bitexts.check import BitextReport
from pipeline.bitexts.html_report import html_report
from pipeline.bitexts.passages import pieces
from pipeline.checks.rules import RULES
from pipeline.cli import commands
from pipeline.cli.commands import main
from pipeline.datatypes import Finding
from tests.browser import AXE, needs_axe, needs_chromium
from tests.making_rows import make_row

TABLE = (
    "id,it,ko,pl\n"
    "a,Costa 3.000 euro.,가격은 4만 유로입니다.,Kosztuje 3000 euro.\n"
    "b,Il museo è chiuso.,박물관은 문을 닫았다.,Muzeum jest  zamknięte.\n"
    "c,La porta.,,Drzwi.\n"
    "d,Bene.,좋다.,Dobrze.\n"
)
HOSTILE = (
    "id,it,pl\n"
    '"</h3><script>x()</script>","=1+1 <img src=x onerror=x()> 30 ""quot"" &amp; \u202e evil.",'
    '"=2 </p></article><script>alert(1)</script> 40 \x07."\n'
)


@pytest.fixture
def check(tmp_path):
    def run(content, *options, name="t.csv"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        done = CliRunner().invoke(main, ["check", str(path), "--no-similarity", *map(str, options)])
        assert done.exit_code == 0, done.stderr
        return done

    return run


def page_of(check, content, *options):
    return LexborHTMLParser(check(content, "--format", "html", *options).stdout)


def test_the_page_has_a_summary_and_every_row_with_its_passages(check):
    page = page_of(check, TABLE)
    by_severity, by_rule = page.css("table")
    assert by_severity.text(separator=" ").split()[-4:] == ["major", "2", "minor", "1"]
    assert [cell.text() for cell in by_rule.css("code")] == [
        "completeness.omission", "numbers.changed", "typography.spacing",
    ]  # fmt: skip
    articles = page.css("article")
    assert [article.css_first("bdi").text() for article in articles] == ["a", "b", "c"]
    assert [mark.text() for mark in articles[0].css("mark")] == ["3.000", "4만"]
    assert [text.attributes["lang"] for text in articles[0].css(".texts p")] == ["it", "ko", "pl"]
    assert articles[2].css_first("p.empty").text() == "no text"
    assert RULES["numbers.changed"].meaning in by_rule.text()


def test_the_page_says_the_script_of_chinese(check):
    table = "en,zh-cn,zh-tw\nIt costs 20 euros.,它的价格是30欧元。,它的價格是30歐元。\n"
    article = page_of(check, table).css_first("article")
    assert [text.attributes["lang"] for text in article.css(".texts p")] == ["en", "zh-Hans", "zh-Hant"]


def test_the_page_needs_nothing_else_and_lets_nothing_run(check):
    html = check(HOSTILE, "--format", "html").stdout
    page = LexborHTMLParser(html)
    assert len(page.css("script")) == 1
    assert page.css("img, link, iframe, [src], [onerror]") == []
    policy = page.css_first("meta[http-equiv]").attributes["content"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "\x07" not in html
    assert "<script>x()" not in html
    assert "=1+1 <img src=x onerror=x()>" in page.css_first(".texts p").text()


def test_a_page_without_findings_says_so(check):
    page = page_of(check, "it,pl\nBene.,Dobrze.\n")
    assert "There are no open findings." in page.body.text()
    assert page.css("table, article, #save") == []


def test_a_large_page_shows_the_gravest_rows(monkeypatch):
    monkeypatch.setattr("pipeline.bitexts.html_report.MAX_ROWS", 2)
    rows = [make_row({"it": "Uno.", "pl": "Jeden."}, number=n) for n in range(4)]
    severities = ("neutral", "major", "minor", "critical")
    findings = [
        Finding(
            f"f{n}", row.id, "a", "numbers.changed", "", "", severity, "it", "pl", "", "", "x", "", "open"
        )
        for n, (row, severity) in enumerate(zip(rows, severities, strict=True))
    ]
    page = LexborHTMLParser(html_report(BitextReport("t.csv", rows, {}, findings, RULES)))
    assert [article.css_first("bdi").text() for article in page.css("article")] == ["a · row1", "a · row3"]
    assert "2 of 4 rows" in page.body.text()


@given(
    st.text(max_size=30),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda s: tuple(sorted(s))), max_size=4),
)
def test_a_text_cut_into_pieces_is_the_whole_text(text, spans):
    found = list(pieces(text, spans))
    assert "".join(piece.text for piece in found) == text
    for number, (start, end) in enumerate(spans, 1):
        inside = "".join(piece.text for piece in found if number in piece.inside)
        assert inside == text[start:end] or end > len(text)


@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_translator_reads_the_page_and_saves_dismissals(check, tmp_path, browser, scheme):
    out = tmp_path / "r.html"
    check(TABLE, "--out", out)
    context = browser.new_context(viewport={"width": 360, "height": 700}, color_scheme=scheme)
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(out.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.uncheck("#show-minor")
    assert [page.is_visible(f"article >> nth={k}") for k in range(3)] == [True, False, True]
    page.check("article >> nth=0 >> input[type=checkbox]")
    page.fill("article >> nth=0 >> input[type=text]", '=fine, "really"')
    with page.expect_download() as download:
        page.click("#save button")
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert said == []
    context.close()
    second = tmp_path / "s.html"
    done = check(TABLE, "--dismissed", saved, "--out", second)
    assert "not counted: 1 dismissed" in done.stderr
    page = LexborHTMLParser(second.read_text("utf-8"))
    assert page.css_first("details input[type=text]").attributes["value"] == '=fine, "really"'
    assert "checked" in page.css_first("details input[type=checkbox]").attributes


@needs_chromium
def test_the_page_is_readable_without_its_script(check, tmp_path, browser):
    out = tmp_path / "r.html"
    check(HOSTILE + "e,Ha 20 anni.,Ma 25 lat.\n", "--out", out)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(out.as_uri())
    assert page.is_visible("article mark")
    assert not page.is_visible("#save")
    assert not page.is_visible(".judge >> nth=0")
    context.close()


@needs_chromium
@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible(check, tmp_path, browser, scheme):
    out = tmp_path / "r.html"
    check(TABLE, "--out", out)
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(out.as_uri())
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run().then((result) => result.violations)")
    assert [(violation["id"], violation["nodes"][0]["html"]) for violation in found] == []
    context.close()


def test_the_spreadsheet_has_findings_and_a_summary(check, tmp_path):
    out = tmp_path / "r.xlsx"
    check(TABLE, "--out", out)
    book = load_workbook(out, rich_text=True)
    assert book.sheetnames == ["findings", "summary"]
    header, *lines = [[cell.value for cell in line] for line in book["findings"].iter_rows()]
    records = [dict(zip(header, line, strict=True)) for line in lines]
    assert [record["rule"] for record in records] == [
        "numbers.changed", "typography.spacing", "completeness.omission",
    ]  # fmt: skip
    assert str(records[0]["source"]) == "Costa 3.000 euro."
    assert str(records[0]["target"]) == "가격은 4만 유로입니다."
    assert [part.text for part in records[0]["source"] if hasattr(part, "text")] == ["3.000"]
    summary = [tuple(cell.value for cell in line[:3]) for line in book["summary"].iter_rows()]
    assert ("open findings", 3, None) in summary
    assert ("numbers.changed", "major", 1) in summary


def test_no_cell_of_the_spreadsheet_is_a_formula(check, tmp_path):
    out = tmp_path / "r.xlsx"
    check(HOSTILE, "--out", out, "-q")
    cells = [cell for sheet in load_workbook(out) for line in sheet.iter_rows() for cell in line]
    assert any(str(cell.value).startswith("=1+1") for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}


def test_texts_of_any_length_and_all_signs_fit_a_cell(check, tmp_path):
    out = tmp_path / "r.xlsx"
    check(f"it,pl\n\x0b{'😀a' * 20_000} 30,_x0041_ 40\n", "--out", out)
    assert load_workbook(out)["findings"].max_row > 1


def test_a_terminal_gets_a_list_and_a_pipe_csv(check, monkeypatch):
    assert [row["row_id"] for row in csv.DictReader(io.StringIO(check(TABLE).stdout))] == ["a", "b", "c"]
    monkeypatch.setattr(commands, "_is_terminal", lambda: True)
    listed = check(TABLE).stdout
    assert "a (line 2)\n  major: Italian has “3.000”, Korean has “4만” [numbers.changed]\n" in listed
    assert "    it: Costa [3.000] euro.\n    ko: 가격은 [4만] 유로입니다.\n" in listed
    assert "    ko: (no text)\n" in listed
    assert check(TABLE, "--format", "csv").stdout.startswith('"id","row_id"')


def test_the_list_shows_no_control_characters_and_cuts_long_texts(check):
    it, pl = "La casa è vicina al mare. " * 5, "Dom jest blisko morza. " * 5
    rows = f'"x\x1b[2J","{it}Ha 30 anni. {it}","{pl}\nMa 40 lat. {pl}"\n'
    listed = check(HOSTILE + rows, "--format", "text").stdout
    assert "\x1b" not in listed
    assert "\x07" not in listed
    assert re.search(r"it: ….{50,70}\[30\].{50,70}…$", listed, flags=re.MULTILINE)


def test_a_spreadsheet_is_not_printed_on_a_terminal(tmp_path, monkeypatch):
    path = tmp_path / "t.csv"
    path.write_text(TABLE, encoding="utf-8")
    monkeypatch.setattr(commands, "_is_terminal", lambda: True)
    done = CliRunner().invoke(main, ["check", str(path), "--no-similarity", "--format", "xlsx"])
    assert (done.exit_code, "--out FILE" in done.stderr) == (2, True)
    monkeypatch.setattr(commands, "_is_terminal", lambda: False)
    done = CliRunner().invoke(main, ["check", str(path), "--no-similarity", "--format", "xlsx"])
    assert done.stdout_bytes.startswith(b"PK")


@pytest.mark.parametrize(
    ("name", "start"),
    [("r.html", b"<!doctype html>"), ("r.HTM", b"<!doctype html>"), ("r.xlsx", b"PK"), ("r.json", b"["),
     ("r.sarif", b"{"), ("r.csv", b'"id"'), ("r.txt", b'"id"')],
)  # fmt: skip
def test_the_name_of_the_file_tells_the_format(check, tmp_path, name, start):
    check(TABLE, "--out", tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)


def test_a_name_that_asks_for_another_format_is_refused(tmp_path):
    table, out = tmp_path / "t.csv", tmp_path / "report.pdf"
    table.write_text(TABLE, encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(table), "--no-similarity", "--out", str(out)])
    assert done.exit_code == 2
    assert "no report as .pdf" in done.stderr
    assert not out.exists()


def test_every_format_of_the_command_is_written():
    assert {*reports.FORMS, "text"} == set(commands._REPORT.choices)


@pytest.mark.parametrize("languages", ["ita,pol", "IT,PL", "it-IT,pl_PL", "it , Pol"])
def test_languages_may_be_named_in_any_way(check, languages):
    done = check(TABLE, "--languages", languages)
    assert "rows in Italian, Polish;" in done.stderr


def test_languages_that_are_the_same_or_not_there_are_errors(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(TABLE, encoding="utf-8")
    for languages, reason in (("it,ita", "repeated"), ("it,deu", "has no 'de'"), ("it,zzz", "has no 'zzz'")):
        done = CliRunner().invoke(main, ["check", str(path), "--languages", languages])
        assert done.exit_code == 2
        assert reason in done.stderr
