"""`synoptic check`: any file of translations in, findings out."""

import csv
import io
import json

import pytest
from click.testing import CliRunner
from sarif_pydantic import Sarif

from pipeline.checks.rules import RULES
from pipeline.checks.selection import VECTOR_RULES, select
from pipeline.cli.commands import main
from pipeline.errors import SettingError
from pipeline.output.columns import FINDING_COLUMNS
from tests.bitexts.test_bitexts import TMX, XLIFF_1, XLIFF_2

TABLE = (
    "id,it,ko,pl\n"
    "a,Costa 3.000 euro.,가격은 4만 유로입니다.,Kosztuje 3000 euro.\n"
    "b,Il museo è chiuso.,박물관은 문을 닫았다.,Muzeum jest  zamknięte.\n"
)


@pytest.fixture
def check(tmp_path):
    def run(content, *options, name="t.csv"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return CliRunner().invoke(main, ["check", str(path), *map(str, options)])

    return run


def rules(result):
    return [row["rule"] for row in csv.DictReader(io.StringIO(result.stdout))]


def test_findings_are_printed_with_the_ids_of_the_table(check):
    result = check(TABLE)
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert result.exit_code == 0
    assert list(rows[0]) == [column.name for column in FINDING_COLUMNS]
    assert [(row["row_id"], row["rule"]) for row in rows] == [
        ("a", "numbers.changed"),
        ("b", "typography.spacing"),
    ]
    assert "2 rows in Italian, Korean, Polish; findings in 2: 1 major, 1 minor" in result.stderr


@pytest.mark.parametrize(("severity", "code"), [("critical", 0), ("major", 3), ("minor", 3), ("neutral", 3)])
def test_grave_findings_fail_a_build(check, severity, code):
    assert check(TABLE, "--fail-on", severity, "--no-similarity").exit_code == code


def test_rules_and_families_can_be_chosen(check):
    assert rules(check(TABLE, "--only", "numbers")) == ["numbers.changed"]
    assert rules(check(TABLE, "--skip", "numbers.changed,meaning")) == ["typography.spacing"]
    assert rules(check(TABLE, "--only", "numbers", "--skip", "numbers.changed")) == []


def test_only_what_needs_vectors_loads_an_encoder():
    assert select().needs_vectors()
    assert not select(skip=VECTOR_RULES).needs_vectors()
    assert select(only=["meaning.neighbour"]).needs_vectors()
    with pytest.raises(SettingError, match="unknown rule 'number'"):
        select(only=["number"])


def test_json_has_every_column(check):
    found = json.loads(check(TABLE, "--format", "json").stdout)
    assert [set(finding) for finding in found] == [{column.name for column in FINDING_COLUMNS}] * 2


def test_sarif_is_valid_and_points_into_the_file(check):
    log = json.loads(check(TABLE, "--format", "sarif").stdout)
    (run,) = Sarif.model_validate(log).runs
    assert [rule.id for rule in run.tool.driver.rules] == ["numbers.changed", "typography.spacing"]
    assert [result.level.value for result in run.results] == ["error", "warning"]
    for result, line in zip(run.results, (2, 3), strict=True):
        assert run.tool.driver.rules[result.rule_index].id == result.rule_id
        place = result.locations[0].physical_location
        assert (place.artifact_location.uri, place.region.start_line) == ("t.csv", line)
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    assert log["version"] == "2.1.0"


def test_every_severity_has_a_level_in_sarif(check):
    log = json.loads(check("it,pl\nPerch\ufffd XNUMX?,Bo  tak.\n", "--format", "sarif").stdout)
    levels = {
        r["properties"]["severity"]: r["defaultConfiguration"]["level"]
        for r in log["runs"][0]["tool"]["driver"]["rules"]
    }
    assert levels["critical"] == levels["major"] == "error"
    assert levels["minor"] == "warning"


@pytest.mark.parametrize(("name", "content"), [("m.tmx", TMX), ("a.xlf", XLIFF_1), ("b.xliff", XLIFF_2)])
def test_every_format_is_checked(check, name, content):
    result = check(content, name=name)
    assert result.exit_code == 0, result.stderr
    assert "rows in" in result.stderr


def test_a_text_that_was_not_translated_is_an_omission(check):
    result = check(XLIFF_1, name="a.xlf")
    assert rules(result) == ["characters.placeholder", "completeness.omission"]  # and `x` was lost


def test_an_article_lacks_nothing_in_a_language_that_it_does_not_have(check):
    table = (
        "article,it,ko,pl\n"
        "uno,Il museo è chiuso oggi.,박물관은 오늘 닫혀 있다.,\n"
        "uno,Apre domani alle nove.,내일 아홉 시에 연다.,\n"
        "due,Il forno è acceso da ieri.,오븐은 어제부터 켜져 있다.,Piec pali się od wczoraj.\n"
        "due,Il pane è quasi pronto.,빵이 거의 다 됐다.,\n"
    )
    omissions = [rule for rule in rules(check(table, "--no-similarity")) if "completeness" in rule]
    assert omissions == ["completeness.omission"]


def test_the_languages_and_the_source_can_be_chosen(check):
    result = check(TABLE, "--languages", "pl,ko")
    (number,) = [r for r in csv.DictReader(io.StringIO(result.stdout)) if r["rule"] == "numbers.changed"]
    assert (number["source_language"], number["target_language"]) == ("pl", "ko")
    assert "has no 'de'" in check(TABLE, "--languages", "pl,de").stderr


def test_findings_go_into_a_file(check, tmp_path):
    out = tmp_path / "findings.csv"
    result = check(TABLE, "--out", out, "--quiet")
    assert (result.stdout, result.stderr) == ("", "")
    assert out.read_text(encoding="utf-8").startswith('"id","row_id"')
    assert check(TABLE, "--out", tmp_path / "no" / "f.csv").exit_code == 2


def test_the_corpus_of_a_run_can_be_checked_again(check):
    corpus = (
        '"article","row","id","it","pl","it_paragraphs","pl_paragraphs","confidence","status","findings"\n'
        '"x1","1","r1","Ha 45 anni.\n\nPiove.","Ma 54 lata.\n\nPada.","1-2","1-2","0.9","aligned",""\n'
        '"x1","2","r2","Ha 45 anni.","Ma 54 lata.","3","3","0.2","aligned",""\n'
    )
    rows = list(csv.DictReader(io.StringIO(check(corpus).stdout)))
    assert [(row["article"], row["row_id"], row["rule"]) for row in rows] == [
        ("x1", "r1", "numbers.changed"),
        ("x1", "r2", "meaning.alignment"),
    ]


def test_the_same_rows_have_different_ids(check):
    rows = list(
        csv.DictReader(io.StringIO(check("it,pl\nHa 45 anni.,Ma 54 lata.\nHa 45 anni.,Ma 54 lata.\n").stdout))
    )
    assert len({row["row_id"] for row in rows}) == len({row["id"] for row in rows}) == 2


@pytest.mark.parametrize(
    "arguments", [["none.csv"], ["t.csv", "--only", "nothing"], ["t.csv", "--glossary", "none.csv"]]
)
def test_what_cannot_be_used_is_one_line(tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    result = CliRunner().invoke(main, ["check", *arguments])
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)


def test_many_rows_give_the_same_findings_as_few(check, monkeypatch):
    from pipeline import engines
    from pipeline.checks import row_level

    alone = check(TABLE, "--no-similarity").stdout
    monkeypatch.setattr(row_level, "MANY", 2)
    monkeypatch.setattr(row_level, "CHUNK", 2)
    monkeypatch.setattr(engines, "processors", lambda: 2)
    assert check(TABLE, "--no-similarity").stdout == alone


def test_every_rule_that_needs_vectors_exists():
    assert set(VECTOR_RULES) <= set(RULES)
