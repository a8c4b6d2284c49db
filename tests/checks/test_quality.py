"""The score of an article."""

import json

import pandas as pd
import pytest
from click.testing import CliRunner

from pipeline.checks.quality import penalties, word_count
from pipeline.cli.commands import main
from pipeline.datatypes import Article, Finding, Paragraph


def finding(severity, source, target, article="x"):
    return Finding("f", "r", article, "a.b", "other", "c", severity, source, target, "", "", "", "", "open")


WORDS = {"x": {"it": 500, "pl": 250}}


def test_points_are_weighted_and_counted_per_thousand_words():
    found = [finding(severity, "it", "pl") for severity in ("neutral", "minor", "major", "critical")]
    assert penalties(WORDS, found) == {"x": {"it": 0.0, "pl": pytest.approx(1000 * 31 / 250)}}


def test_a_finding_about_one_language_counts_for_it():
    found = [
        finding("major", "", "it"),
        finding("minor", "pl", ""),
        finding("major", "it", "pl", article="y"),
    ]
    assert penalties(WORDS, found) == {"x": {"it": 10.0, "pl": 4.0}}


def test_languages_without_spaces_have_words_too():
    text = "猫は屋根の上で眠る"
    paragraph = Paragraph(1, "paragraph", text, ((0, len(text)),), "ja")
    assert word_count(Article("a", "ja", 1.0, (paragraph,), (), "utf-8")) == 4


def test_a_run_writes_the_scores(tmp_path):
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    story = json.loads(
        (__import__("pathlib").Path(__file__).parent.parent / "cases/checks/story.json").read_text(
            encoding="utf-8"
        )
    )
    for code in ("it", "pl"):
        texts = [unit[code] for unit in story]
        if code == "pl":
            texts[2] = texts[2].replace("wiśnię", "XNUMX wiśnię")
        (raw / f"{code}.txt").write_text("\n\n".join(texts), encoding="utf-8")
    (raw / "z.txt").write_text(
        "Un testo che nessuno ha tradotto, ma che sta nella cartella.", encoding="utf-8"
    )
    assert CliRunner().invoke(main, ["align", str(raw), str(out), "-q"]).exit_code == 0
    table = pd.read_csv(out / "articles.csv", dtype=str, keep_default_na=False).set_index("file")
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    words = sum(len(unit["pl"].split()) for unit in story) + 1
    assert list(table["penalty"]) == ["0.0000", f"{25000 / words:.4f}", ""]
    (known,) = record["penalties"].values()
    assert known == {"it": 0.0, "pl": pytest.approx(25000 / words, abs=1e-4)}
