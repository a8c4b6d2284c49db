"""Own rules, selections and profiles in a run: in the tables, on the page, in exports, and with the cache."""

import csv
import json

import pytest
from click.testing import CliRunner

from pipeline.cli.commands import main

ITALIAN = [
    "Il ponte sul fiume è chiuso perché ci vivono le lontre.",
    "Fino a settembre chi cammina deve fare un giro di 3 chilometri.",
    "Il comune ha messo una panchina nuova davanti alla scuola.",
]
POLISH = [
    "Most na rzece jest zamknięty, bo mieszkają tam wydry.",
    "Do września piesi muszą nadkładać 4 kilometry drogi.",
    "Gmina ustawiła nową ławkę przed szkołą.",
]
RULES = (
    "[[rule]]\nname = 'town'\nsource = 'comune'\ntarget = 'Gmina'\nlanguages = 'it-pl'\n"
    "message = 'This client says “miasto”'\nsuggestion = 'miasto'\nseverity = 'major'\n"
    "category = 'terminology/wrong-term'\nissue_type = 'terminology'\n"
)


@pytest.fixture
def align(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.it.txt").write_text("\n\n".join(ITALIAN), encoding="utf-8")
    (raw / "a.pl.txt").write_text("\n\n".join(POLISH), encoding="utf-8")
    (tmp_path / "r.toml").write_text(RULES, encoding="utf-8")
    (tmp_path / "s.toml").write_text(
        '[tool.synoptic]\nlanguages = "ita,pol"\njobs = 1\n'
        '[tool.synoptic.profiles.client]\nrules = "r.toml"\nonly = ["own"]\nfail_on = "major"\n',
        encoding="utf-8",
    )

    def run(*options, code=0):
        arguments = ["align", str(raw), str(tmp_path / "out"), "--config", str(tmp_path / "s.toml"), *options]
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == code, done.stderr
        with (tmp_path / "out" / "findings.csv").open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    run.folder = tmp_path
    return run


def test_own_rules_work_in_a_run_and_come_and_go_with_the_file(align):
    rules = str(align.folder / "r.toml")
    assert [finding["rule"] for finding in align()] == ["numbers.changed"]
    found = align("--rules", rules)
    assert [finding["rule"] for finding in found] == ["numbers.changed", "own.town"]
    assert (found[1]["severity"], found[1]["category"], found[1]["suggestion"]) == (
        "major", "terminology/wrong-term", "miasto",
    )  # fmt: skip
    corpus = (align.folder / "out" / "corpus.csv").read_text("utf-8")
    page = (align.folder / "out" / "review.html").read_text("utf-8")
    assert "own.town" in corpus
    assert "own.town" in page
    assert "This client says “miasto”" in page
    (align.folder / "r.toml").write_text(RULES.replace("'Gmina'", "'Miasto'"), encoding="utf-8")
    assert [finding["rule"] for finding in align("--rules", rules)] == ["numbers.changed"]


def test_a_profile_of_a_run_selects_rules_and_fails_it(align):
    assert [finding["rule"] for finding in align("--profile", "client", code=3)] == ["own.town"]
    assert [finding["rule"] for finding in align("--profile", "client", "--only", "numbers", code=3)] == [
        "numbers.changed"
    ]
    assert align("--profile", "client", "--skip", "own") == []
    record = json.loads((align.folder / "out" / "run.json").read_text("utf-8"))
    assert record["settings"]["only"] == ["own"]


def test_a_dismissed_finding_fails_nothing_and_is_known_to_a_check(align):
    (finding,) = align("--profile", "client", code=3)
    (align.folder / "out" / "decisions.csv").write_text(
        "id,time,reviewer,kind,article,target,paragraphs,language,text\n"
        f"d1,,,dismiss,{finding['article']},{finding['id']},,,\n",
        encoding="utf-8",
    )
    (finding,) = align("--profile", "client")
    assert finding["status"] == "dismissed"
    out = align.folder / "out"
    check = ["check", str(out / "corpus.csv"), "--no-similarity", "--rules", str(align.folder / "r.toml")]
    for option in (["--dismissed", str(out / "findings.csv")], ["--dismissed", str(out / "decisions.csv")]):
        done = CliRunner().invoke(main, [*check, *option, "--only", "own", "--fail-on", "major"])
        assert done.exit_code == 0, done.stderr
        assert "not counted: 1 dismissed" in done.stderr
    done = CliRunner().invoke(main, [*check, "--only", "own", "--baseline", str(out / "findings.csv")])
    assert len(done.stdout.splitlines()) == 1


def test_a_bad_rule_ends_a_run_before_it_reads_anything(align):
    (align.folder / "r.toml").write_text("[[rule]]\nname = 'x'\n", encoding="utf-8")
    arguments = ["align", str(align.folder / "raw"), str(align.folder / "out"), "--rules"]
    done = CliRunner().invoke(main, [*arguments, str(align.folder / "r.toml")])
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert not (align.folder / "out" / "corpus.csv").exists()


def test_exports_carry_findings_of_own_rules(align):
    align("--rules", str(align.folder / "r.toml"))
    for form in ("xliff", "xlsx", "jsonl"):
        done = CliRunner().invoke(main, ["export", str(align.folder / "out"), "--format", form])
        assert done.exit_code == 0, done.stderr
    exports = align.folder / "out" / "exports"
    texts = [path.read_bytes() for path in exports.rglob("*") if path.suffix in (".xlf", ".xliff", ".jsonl")]
    assert any(b"own.town" in text for text in texts)


def test_a_check_takes_the_languages_of_a_profile_that_its_file_has(align):
    (align.folder / "s.toml").write_text(
        '[tool.synoptic.profiles.client]\nlanguages = ["pl", "it", "ko"]\n', encoding="utf-8"
    )
    table = align.folder / "t.csv"
    table.write_text("en,it,pl\nYes.,Sì.,Tak.\n", encoding="utf-8")
    options = ["--config", str(align.folder / "s.toml"), "--profile", "client", "--no-similarity"]
    done = CliRunner().invoke(main, ["check", str(table), *options])
    assert "1 rows in Polish, Italian;" in done.stderr
    done = CliRunner().invoke(main, ["check", str(table), *options, "--languages", "eng,ita"])
    assert "1 rows in English, Italian;" in done.stderr
