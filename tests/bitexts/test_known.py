"""What is known of findings from earlier: baselines, and dismissals in every kind of report."""

import csv
import io
import json

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from pipeline.bitexts.known import read_known
from pipeline.cli.commands import main
from pipeline.datatypes import unlike_number

HEAD = "id,it,pl\n"
OLD = "1,Costa 30 euro.,Kosztuje 40 euro.\n2,Il museo è chiuso.,Muzeum jest  zamknięte.\n"
NEW = "3,Ha 20 anni.,Ma 25 lat.\n"


@pytest.fixture
def check(tmp_path):
    def run(rows, *options):
        path = tmp_path / "t.csv"
        path.write_text(HEAD + rows, encoding="utf-8")
        done = CliRunner().invoke(main, ["check", str(path), "--no-similarity", *map(str, options)])
        assert done.exit_code in (0, 3), done.stderr
        return done

    return run


def findings(done):
    return [(f["row_id"], f["rule"], f["status"]) for f in csv.DictReader(io.StringIO(done.stdout))]


OF_OLD = [("1", "numbers.changed", "open"), ("2", "typography.spacing", "open")]


@pytest.mark.parametrize("form", ["csv", "json", "sarif", "xlsx"])
def test_a_baseline_leaves_what_is_new_wherever_its_rows_have_moved(check, tmp_path, form):
    base = tmp_path / f"base.{form}"
    check(OLD, "--out", base)
    assert findings(check(OLD, "--baseline", base)) == []
    rows = (NEW + OLD).splitlines()
    moved = "".join(f"{number}{row[1:]}\n" for number, row in zip("789", rows, strict=True))
    done = check(moved, "--baseline", base, "--fail-on", "major")
    assert findings(done) == [("7", "numbers.changed", "open")]
    assert "not counted: 2 in the baseline" in done.stderr
    assert done.exit_code == 3
    assert check(OLD, "--baseline", base, "--fail-on", "minor").exit_code == 0


def test_of_findings_alike_the_baseline_covers_as_many_as_it_has(check, tmp_path):
    row = "{},Costa 30 euro.,Kosztuje 40 euro.\n"
    base = tmp_path / "base.csv"
    check(row.format(1), "--out", base)
    assert len(findings(check(row.format(1) + row.format(2), "--baseline", base))) == 1


def test_ids_of_older_reports_that_were_numbers_are_known(tmp_path):
    table = tmp_path / "old.csv"
    table.write_text("id,rule,status\n1234567890123456,numbers.changed,dismissed\n", encoding="utf-8")
    assert read_known([table]).dismissed == {unlike_number("1234567890123456")}


def test_a_text_that_has_changed_is_new(check, tmp_path):
    base = tmp_path / "base.csv"
    check(OLD, "--out", base)
    done = check(OLD.replace("40 euro", "41 euro"), "--baseline", base)
    assert findings(done) == [("1", "numbers.changed", "open")]


def test_a_status_edited_in_the_table_is_kept_from_report_to_report(check, tmp_path):
    first, second = tmp_path / "f.csv", tmp_path / "g.csv"
    check(OLD, "--out", first)
    first.write_text(first.read_text("utf-8").replace('"open"', '"dismissed"', 1), encoding="utf-8")
    done = check(NEW + OLD, "--dismissed", first, "--out", second, "--fail-on", "major")
    assert "not counted: 1 dismissed" in done.stderr
    assert done.exit_code == 3  # because of the new row
    expected = [("3", "numbers.changed", "open"), ("1", "numbers.changed", "dismissed"), OF_OLD[1]]
    assert findings(check(NEW + OLD, "--dismissed", second)) == expected
    assert check(OLD, "--dismissed", second, "--fail-on", "major").exit_code == 0


def fill_in(path, **cells):
    book = load_workbook(path)
    sheet = book["findings"]
    names = [cell.value for cell in sheet[1]]
    for name, value in cells.items():
        sheet.cell(2, names.index(name) + 1, value)
    book.save(path)


@pytest.mark.parametrize(
    ("said", "status"), [("yes", "dismissed"), ("x", "dismissed"), ("no", "open"), ("", "open")]
)
def test_the_column_dismiss_of_a_spreadsheet_is_read_back(check, tmp_path, said, status):
    path = tmp_path / "r.xlsx"
    check(OLD, "--out", path)
    fill_in(path, dismiss=said, comment="price of 2024")
    assert findings(check(OLD, "--dismissed", path)) == [(*OF_OLD[0][:2], status), OF_OLD[1]]
    again = tmp_path / "s.xlsx"
    check(OLD, "--dismissed", path, "--out", again)
    values = list(load_workbook(again)["findings"].iter_rows(values_only=True))
    line = dict(zip(values[0], values[1], strict=True))
    assert (line["dismiss"] == "yes", line["comment"]) == (status == "dismissed", "price of 2024")


def test_dismissals_survive_every_format(check, tmp_path):
    first = tmp_path / "r.xlsx"
    check(OLD, "--out", first)
    fill_in(first, dismiss="yes", comment="as agreed")
    for form in ("json", "sarif", "csv", "xlsx"):
        path = tmp_path / f"r.{form}"
        if form != "xlsx":
            check(OLD, "--dismissed", first, "--out", path)
        assert findings(check(OLD, "--dismissed", path))[0] == ("1", "numbers.changed", "dismissed")
    log = json.loads((tmp_path / "r.sarif").read_text("utf-8"))
    one, other = log["runs"][0]["results"]
    assert one["suppressions"] == [{"kind": "external", "justification": "as agreed"}]
    assert "suppressions" not in other


def test_decisions_of_a_run_and_small_tables_dismiss_too(check, tmp_path):
    (first, second) = csv.DictReader(io.StringIO(check(OLD).stdout))
    decisions = tmp_path / "decisions.csv"
    decisions.write_text(
        "id,time,reviewer,kind,article,target,paragraphs,language,text\n"
        f"d1,,,dismiss,t,{first['id']},,,\nd2,,,dismiss,t,{second['id']},,,\nd3,,,withdraw,t,d1,,,\n",
        encoding="utf-8",
    )
    statuses = [status for *_, status in findings(check(OLD, "--dismissed", decisions))]
    assert statuses == ["open", "dismissed"]
    small = tmp_path / "small.csv"
    small.write_text(f"id;dismiss\n{first['id']};x\n{second['id']};no\n", encoding="utf-8")
    done = check(OLD, "--dismissed", decisions, "--dismissed", small)
    assert [status for *_, status in findings(done)] == ["dismissed", "open"]


@pytest.mark.parametrize(
    "content", ["a,b\n1,2\n", "", "{}", "[1]", '{"runs": 3}', "{", "PK\x03\x04broken", "\x00\x01\x02"]
)
def test_a_file_that_has_no_findings_is_an_error_in_one_line(tmp_path, content):
    table, path = tmp_path / "t.csv", tmp_path / "known"
    table.write_text(HEAD + OLD, encoding="utf-8")
    path.write_text(content, encoding="utf-8")
    for option in ("--baseline", "--dismissed"):
        done = CliRunner().invoke(main, ["check", str(table), "--no-similarity", option, str(path)])
        assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert CliRunner().invoke(main, ["check", str(table), "--baseline", str(tmp_path / "no")]).exit_code == 2
