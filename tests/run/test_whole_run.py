"""The whole run over the sample articles in `data/raw`, against what belongs together in them.

`sample_gold.json` is a gold file as `synoptic evaluate` reads it. The samples have, on purpose, merged,
omitted and added paragraphs and the defects of `sample_defects.json`: a mistranslated number, an untranslated
paragraph, an `XNUMX`.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from pipeline.config import Config
from pipeline.evaluation.evaluate import evaluate, read_run
from pipeline.evaluation.gold import read_gold
from pipeline.run.flow import run
from pipeline.run.progress import Silent

ROOT = Path(__file__).parent.parent.parent
SAMPLE_GOLD = Path(__file__).parent.parent / "sample_gold.json"
GOLD = json.loads(SAMPLE_GOLD.read_text(encoding="utf-8"))
DEFECTS = json.loads((Path(__file__).parent.parent / "sample_defects.json").read_text(encoding="utf-8"))
LANGUAGES = ("it", "ko", "pl")
TABLES = ("corpus.csv", "articles.csv", "findings.csv")


def read(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    """The sample articles alone, whatever else was dropped into `data/raw`."""
    folder = tmp_path_factory.mktemp("samples")
    for name in [name for article in GOLD["articles"] for name in article["files"].values()] + GOLD["alone"]:
        shutil.copy(ROOT / "data" / "raw" / name, folder)
    return folder


@pytest.fixture(scope="module")
def out(raw, tmp_path_factory):
    folder = tmp_path_factory.mktemp("aligned")
    run(Config(raw=raw, out=folder), Silent())
    return folder


@pytest.fixture(scope="module")
def corpus(out):
    return read(out / "corpus.csv")


@pytest.fixture(scope="module")
def verdicts(out):
    return {line["file"]: line for line in read(out / "articles.csv")}


def rows_of(corpus, article):
    """The rows of an article as paragraph numbers, one list for each row."""
    lines = [line for line in corpus if line["article"] == article]
    return [[line[f"{language}_paragraphs"] for language in LANGUAGES] for line in lines]


def test_every_file_has_a_verdict_and_its_language(verdicts):
    files = {name: language for article in GOLD["articles"] for language, name in article["files"].items()}
    assert {name: verdicts[name]["language"] for name in files} == files
    assert set(verdicts) == set(files) | set(GOLD["alone"])


@pytest.mark.parametrize("article", GOLD["articles"], ids=lambda article: article["files"]["it"])
def test_files_of_an_article_are_found(verdicts, article):
    ids = {verdicts[name]["article"] for name in article["files"].values()}
    assert len(ids) == 1
    assert "" not in ids
    assert [name for name, line in verdicts.items() if line["article"] in ids] == sorted(
        article["files"].values()
    )


def test_an_article_without_translation_is_alone(verdicts):
    assert [verdicts[name]["verdict"] for name in GOLD["alone"]] == ["alone"]
    assert [verdicts[name]["article"] for name in GOLD["alone"]] == [""]


@pytest.mark.parametrize("article", GOLD["articles"], ids=lambda article: article["files"]["it"])
def test_rows_are_those_of_the_gold(corpus, verdicts, article):
    found = rows_of(corpus, verdicts[article["files"]["it"]]["article"])
    rows = [[row.get(language, "") for language in LANGUAGES] for row in article["rows"]]
    right = [row for row in rows if row in found]
    f1 = 2 * len(right) / (len(found) + len(rows))
    wrong = [row for row in found if row not in rows]
    assert f1 >= 0.9, f"F1 {f1:.2f}; wrong rows {wrong}"


def test_the_scores_of_the_run_are_high(out):
    scores = evaluate(read_gold(SAMPLE_GOLD), read_run(out))
    assert scores.articles.f1 == 1.0
    assert scores.lost == 0
    assert scores.rows.f1 >= 0.9
    assert all(pair.strict.f1 >= 0.9 and pair.lax.f1 >= pair.strict.f1 for pair in scores.pairs.values())


@pytest.mark.parametrize("article", GOLD["articles"], ids=lambda article: article["files"]["it"])
def test_no_paragraph_is_lost_or_doubled(corpus, verdicts, article):
    found = rows_of(corpus, verdicts[article["files"]["it"]]["article"])
    for k, name in enumerate(article["files"].values()):
        numbers = [number for row in found for number in numbered(row[k])]
        assert numbers == list(range(1, int(verdicts[name]["paragraphs"]) + 1))


def numbered(cell):
    parts = [part.split("-") for part in cell.split(",") if part]
    return [number for part in parts for number in range(int(part[0]), int(part[-1]) + 1)]


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect["what"])
def test_a_planted_defect_is_found(corpus, verdicts, defect):
    where = verdicts[defect["file"]]
    column = f"{where['language']}_paragraphs"
    (row,) = [
        line for line in corpus
        if line["article"] == where["article"] and defect["paragraph"] in numbered(line[column])
    ]  # fmt: skip
    assert any(rule.startswith(defect["family"] + ".") for rule in row["findings"].split()), row["findings"]


def test_findings_refer_to_rows(out, corpus):
    findings = read(out / "findings.csv")
    rows = {line["id"]: line for line in corpus}
    assert all(finding["rule"] in rows[finding["row_id"]]["findings"].split() for finding in findings)


def test_there_are_few_findings_where_nothing_is_wrong(corpus, verdicts):
    planted = {(verdicts[defect["file"]]["article"], defect["paragraph"]) for defect in DEFECTS}
    sound = [
        line for line in corpus
        if line["status"] == "aligned"
        and not planted & {(line["article"], number) for number in numbered(line["pl_paragraphs"])}
    ]  # fmt: skip
    flagged = [line["findings"] for line in sound if line["findings"]]
    assert len(flagged) <= 0.15 * len(sound), flagged


def test_status_follows_the_cells(corpus):
    for line in corpus:
        filled = sum(line[language] != "" for language in LANGUAGES)
        assert line["status"] == {1: "unmatched", 2: "partial", 3: "aligned"}[filled]
        assert 0 <= float(line["confidence"]) <= 1


def test_pandas_reads_back_the_texts_as_they_are(out, corpus):
    table = pd.read_csv(out / "corpus.csv", dtype=str, keep_default_na=False)
    assert table.to_dict("records") == corpus


def test_two_runs_write_the_same_bytes(raw, out, tmp_path):
    command = [sys.executable, "-m", "pipeline", "align", "--quiet", str(raw), str(tmp_path)]
    environment = os.environ | {
        "PYTHONHASHSEED": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "TOKENIZERS_PARALLELISM": "false",
    }
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    for name in TABLES:
        assert (tmp_path / name).read_bytes() == (out / name).read_bytes()


def test_bad_files_beside_good_ones_change_nothing(raw, out, tmp_path):
    messy = tmp_path / "raw"
    shutil.copytree(raw, messy)
    (messy / "empty.txt").write_bytes(b"")
    (messy / "blank.txt").write_bytes(b" \n\n\t\n")
    (messy / "noise.txt").write_bytes(bytes(range(256)) * 20)
    (messy / "digits.txt").write_bytes(b"12 345\n\n67 890\n")
    (messy / "=HYPERLINK(1).txt").write_text(
        "Ich bin auf Deutsch geschrieben, und das nicht zu knapp.\n" * 9, "utf-8"
    )
    (messy / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    summary = run(Config(raw=messy, out=tmp_path / "out"), Silent())
    rejected = {rejection.file for rejection in summary.rejections}
    assert rejected == {"empty.txt", "blank.txt", "noise.txt", "digits.txt", "=HYPERLINK(1).txt", "gone.txt"}
    assert all(rejection.reason for rejection in summary.rejections)
    assert (tmp_path / "out" / "corpus.csv").read_bytes() == (out / "corpus.csv").read_bytes()


def test_a_file_at_which_the_program_fails_is_left_out_and_named(raw, out, tmp_path, monkeypatch):
    from pipeline.segmentation import prepare

    bad = GOLD["alone"][0]

    def prepare_file(folder, file, *rest):
        if file.name == bad:
            raise IndexError("beyond the end")
        return whole(folder, file, *rest)

    whole = prepare.prepare_file
    monkeypatch.setattr(prepare, "prepare_file", prepare_file)
    run(Config(raw=raw, out=tmp_path), Silent())
    [line] = [line for line in read(tmp_path / "articles.csv") if line["file"] == bad]
    assert line["verdict"] == "rejected"
    assert "beyond the end" in line["reason"]
    assert [row["id"] for row in read(tmp_path / "corpus.csv")] == [
        row["id"] for row in read(out / "corpus.csv")
    ]


def test_what_only_an_unused_version_says_is_named(tmp_path):
    (tmp_path / "raw").mkdir()
    italian = [f"Il capitolo {name} parla di {thing} e di chi lo cura." for name, thing in ITALIAN_CHAPTERS]
    polish = [f"Rozdział {name} mówi o tym, jak dbać o {thing}." for name, thing in POLISH_CHAPTERS]
    longer = [*italian[:4], "Gli attrezzi si lavano sempre a sera.", *italian[4:]]
    for name, texts in (("a", italian), ("b", longer), ("c", polish)):
        (tmp_path / "raw" / f"{name}.txt").write_text("\n\n".join(texts), encoding="utf-8")
    run(Config(raw=tmp_path / "raw", out=tmp_path / "out", languages=("it", "pl")), Silent())
    told = {row["file"]: row for row in read(tmp_path / "out" / "articles.csv")}
    assert [told[f"{name}.txt"]["verdict"] for name in "abc"] == ["parallel", "duplicate", "parallel"]
    assert told["b.txt"]["reason"] == (
        "another version of a.txt, which is used in its place; what only this one says is in its paragraph 5"
    )


ITALIAN_CHAPTERS = [
    *(("primo", "roseto"), ("secondo", "prato"), ("terzo", "frutteto"), ("quarto", "fossato")),
    *(("quinto", "cancello"), ("sesto", "pozzo"), ("settimo", "vialetto"), ("ottavo", "pollaio")),
    *(("nono", "muretto"), ("decimo", "vigneto"), ("undicesimo", "orto"), ("dodicesimo", "uliveto")),
]
POLISH_CHAPTERS = [
    *(("pierwszy", "różany ogród"), ("drugi", "łąkę"), ("trzeci", "sad"), ("czwarty", "rów")),
    *(("piąty", "bramę"), ("szósty", "studnię"), ("siódmy", "ścieżkę"), ("ósmy", "kurnik")),
    *(
        ("dziewiąty", "murek"),
        ("dziesiąty", "winnicę"),
        ("jedenasty", "warzywnik"),
        ("dwunasty", "gaj oliwny"),
    ),
]
