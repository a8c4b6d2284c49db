"""The demonstration shows every verdict, every family of findings and a review in progress."""

import csv
import subprocess
import sys

import pytest

from demo.raw import articles
from pipeline.checks.rules import RULES
from pipeline.output.columns import VERDICTS
from synoptic import load
from tests.browser import ROOT

ARTICLES = list(articles())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "made"
    command = [sys.executable, "-m", "demo", str(folder)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return folder


@pytest.fixture(scope="module")
def corpus(folder):
    return load(folder / "corpus")


def rules_of(corpus, article):
    verdicts = corpus.articles.to_dict("records")
    first = article.versions[0].file
    (id,) = {v["article"] for v in verdicts if v["file"].partition("#")[0] == first}
    return {f["rule"] for f in corpus.findings.to_dict("records") if id and f["article"] == id}


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
def test_each_planted_fault_is_found(corpus, article):
    assert set(article.expects) <= rules_of(corpus, article)


def test_a_translation_without_a_fault_has_no_finding(corpus):
    (garden,) = (article for article in ARTICLES if article.name == "garden")
    assert rules_of(corpus, garden) == set()


def test_every_verdict_and_every_family_is_there(corpus):
    assert set(corpus.articles["verdict"]) == set(VERDICTS)
    families = {rule.partition(".")[0] for rule in RULES}
    assert {rule.partition(".")[0] for rule in corpus.findings["rule"]} == families


def test_the_review_is_half_done(corpus):
    assert set(corpus.rows["review"]) == {"", "approved", "rejected"}
    assert "dismissed" in set(corpus.findings["status"])
    with (corpus.path / "decisions.csv").open(encoding="utf-8", newline="") as file:
        assert {line["reviewer"] for line in csv.DictReader(file)} == {"Marta", "Jun"}


def test_the_same_again(folder, tmp_path):
    again = tmp_path / "again"
    subprocess.run([sys.executable, "-m", "demo", str(again)], cwd=ROOT, capture_output=True, check=True)
    for name in ("corpus.csv", "articles.csv", "findings.csv", "repairs.csv"):
        assert (again / "corpus" / name).read_bytes() == (folder / "corpus" / name).read_bytes()


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("twelve years of work")
    command = [sys.executable, "-m", "demo", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert "not a demonstration" in done.stderr
    assert (tmp_path / "thesis.txt").read_text() == "twelve years of work"
