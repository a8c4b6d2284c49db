"""A finished corpus as DataFrames: the columns of the contract, every text unchanged, numbers as numbers."""

import copy
import csv
import json
import shutil
from dataclasses import replace
from xml.etree import ElementTree

import pandas as pd
import pytest

from pipeline import Corpus, SynopticError, load
from pipeline.errors import InputError, OutputError, SettingError
from pipeline.evaluation.evaluate import evaluate, read_run
from pipeline.evaluation.gold import read_gold
from pipeline.output.columns import (
    ARTICLE_COLUMNS,
    FINDING_COLUMNS,
    REPAIR_COLUMNS,
    articles_sheet,
    corpus_columns,
    corpus_sheet,
    findings_sheet,
    repairs_sheet,
)
from pipeline.output.commit import write_outputs
from tests.browser import ROOT
from tests.written import LANGUAGES, rows_of, write_corpus

GOLD = ROOT / "tests" / "sample_gold.json"
TABLES = {
    "rows": ("corpus", corpus_columns(LANGUAGES)),
    "articles": ("articles", ARTICLE_COLUMNS),
    "findings": ("findings", FINDING_COLUMNS),
    "repairs": ("repairs", REPAIR_COLUMNS),
}
HOSTILE = [
    "NA", "null", "NaN", "1e5", "007", "-", "=1+1", "@sum(a1)", 'disse: "no"', '"', "a,b;c\td", "a\rb", "\r",
    "a\n\nb", " lead", "trail ", "\u00a0", "\u2028", "\ufeff", "a\x00b", "\x1b[31m", "😀🇮🇹", "e\u0301",
    "שלום", "<script>alert(1)</script>", "x" * 200_000,
]  # fmt: skip


@pytest.fixture(scope="module")
def corpus(aligned):
    return load(aligned / "out")


@pytest.fixture
def written(tmp_path):
    """A folder with the same run as CSV files and as Parquet files."""
    rows = rows_of([(text, text[::-1], [text, "x"]) for text in HOSTILE])
    rows[1] = replace(rows[1], confidence=0.12344)
    write_corpus(tmp_path / "csv", rows, findings=[])
    tables = {
        "corpus.parquet": [corpus_sheet(part, [], LANGUAGES) for part in (rows[:20], rows[20:])],
        "articles.parquet": [articles_sheet([])],
        "findings.parquet": [findings_sheet([])],
        "repairs.parquet": [repairs_sheet([])],
    }
    write_outputs(tmp_path / "parquet", tables, {"settings": {"languages": list(LANGUAGES)}})
    return tmp_path


@pytest.mark.parametrize("table", TABLES)
def test_tables_have_the_columns_of_the_contract_in_its_types(corpus, table):
    _, columns = TABLES[table]
    frame = getattr(corpus, table)
    assert list(frame.columns) == [column.name for column in columns]
    assert len(frame)
    for column in columns:
        kind = {str: "O", int: "i", float: "f"}[column.type]
        assert frame[column.name].dtype.kind == kind
    assert frame is getattr(corpus, table)  # it is read once


@pytest.mark.parametrize("table", TABLES)
def test_tables_say_what_the_files_say(corpus, table):
    name, columns = TABLES[table]
    with (corpus.path / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream))
    frame = getattr(corpus, table)
    assert len(frame) == len(lines)
    for column in columns:
        cells = [line[column.name] for line in lines]
        if column.type is str:
            assert frame[column.name].tolist() == cells
        else:
            said = [
                "" if pd.isna(n) else f"{n:.4f}" if column.type is float else str(n)
                for n in frame[column.name]
            ]
            assert said == cells


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_every_text_comes_back_unchanged(written, form):
    rows = load(written / form).rows
    assert rows["it"].tolist() == HOSTILE
    assert rows["ko"].tolist() == [text[::-1] for text in HOSTILE]
    assert rows["pl"].tolist() == [f"{text}\n\nx" for text in HOSTILE]
    assert rows["row"].tolist() == list(range(1, len(HOSTILE) + 1))
    assert rows["confidence"].tolist()[:3] == [0.97, 0.1234, 0.97]


def test_a_pandas_that_would_cut_texts_is_not_asked_to_read_them(written, monkeypatch):
    monkeypatch.setattr(pd, "__version__", "2.3.1")
    with pytest.raises(InputError, match="a NUL character, where pandas before version 3 cuts"):
        load(written / "csv").rows  # noqa: B018
    assert len(load(written / "csv").articles) == 3  # which has none
    assert load(written / "parquet").rows["it"].tolist() == HOSTILE


def test_a_missing_penalty_is_nan(corpus):
    outside = corpus.articles["article"] == ""
    assert outside.any()
    assert corpus.articles.loc[outside, "penalty"].isna().all()
    assert corpus.articles.loc[~outside, "penalty"].notna().all()


def test_parquet_and_csv_give_equal_tables(aligned, tmp_path):
    from pipeline import align

    corpus = align(aligned / "raw", tmp_path / "out", format="parquet")
    assert not list((tmp_path / "out").glob("corpus.csv"))
    other = load(aligned / "out")
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(corpus, table), getattr(other, table))
    assert corpus.evaluate(GOLD) == other.evaluate(GOLD)
    assert corpus.export("jsonl", tmp_path / "one").rows == other.export("jsonl", tmp_path / "two").rows
    one, two = (next((tmp_path / name).rglob("*.jsonl")).read_bytes() for name in ("one", "two"))
    assert one == two


def test_parquet_without_the_extra_names_it(written, monkeypatch):
    import sys

    for name in [name for name in sys.modules if name.split(".")[0] == "pyarrow"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(SettingError, match=r"pip install 'synoptic-corpus\[parquet\]'"):
        load(written / "parquet").rows  # noqa: B018


def test_load_finds_languages_and_path(aligned, monkeypatch, tmp_path):
    monkeypatch.chdir(aligned)
    corpus = load("out")
    monkeypatch.chdir(tmp_path)  # the folder is known wherever the notebook goes
    assert (corpus.languages, corpus.path) == (("it", "ko", "pl"), aligned / "out")
    assert len(corpus.rows)


def test_repr_is_one_line(corpus):
    assert repr(corpus) == "<Corpus of 3 articles in it, ko, pl: 51 rows, 10 findings>"


def test_load_of_no_corpus(tmp_path):
    with pytest.raises(InputError, match=r"is .*nowhere a corpus"):
        load(tmp_path / "nowhere")
    (tmp_path / "run.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="does not list the languages"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot read .*corpus.csv"),
        (b"\xff\xfe", "not a table of a run"),
        (b"", "not a table of a run"),
        (b'"article","row"\n', "no column 'id'; run `synoptic align` again"),
        (b'"article', "not a table of a run"),
    ],
)
def test_a_damaged_table_is_an_input_error(written, content, message):
    path = written / "csv" / "corpus.csv"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        load(written / "csv").rows  # noqa: B018


def test_a_number_that_is_none_is_an_input_error(written):
    path = written / "csv" / "corpus.csv"
    path.write_bytes(path.read_bytes().replace(b'"0.9700"', b'"sure"'))
    with pytest.raises(InputError, match=r"corpus\.csv is damaged"):
        load(written / "csv").rows  # noqa: B018


def test_changing_a_table_changes_no_file(samples):
    corpus = load(samples / "out")
    before = (samples / "out" / "corpus.csv").read_bytes()
    corpus.rows.loc[:, "it"] = "altro"
    assert (samples / "out" / "corpus.csv").read_bytes() == before
    assert "altro" not in load(samples / "out").rows["it"].tolist()


def test_evaluate_takes_a_file_or_its_content(corpus, samples):
    expected = evaluate(read_gold(GOLD), read_run(corpus.path))
    assert corpus.evaluate(GOLD) == corpus.evaluate(str(GOLD)) == expected
    assert corpus.evaluate(json.loads(GOLD.read_text(encoding="utf-8"))) == expected
    assert expected.rows.f1 > 0.9
    with pytest.raises(InputError):
        corpus.evaluate({"articles": []})


def test_export_writes_what_the_command_writes(corpus, tmp_path):
    from click.testing import CliRunner

    from pipeline.cli.commands import main

    one, two = tmp_path / "a.tmx", tmp_path / "b.tmx"
    made = corpus.export("tmx", one, only="status=aligned", languages="pl,it")
    options = ["--to", str(two), "--only", "status=aligned", "--languages", "pl,it"]
    command = ["export", str(corpus.path), "--format", "tmx", *options]
    assert CliRunner().invoke(main, command).exit_code == 0
    assert made.files == (one,)
    assert made.rows == len(ElementTree.parse(one).findall(".//tu")) > 10
    bodies = [ElementTree.tostring(ElementTree.parse(path).find("body")) for path in (one, two)]
    assert bodies[0] == bodies[1]
    as_lists = corpus.export("tmx", one, only=["status=aligned"], languages=["pl", "it"])
    assert as_lists.rows == made.rows


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("docx", "x"), SettingError),
        (("tmx", "x", "sure=yes"), SettingError),
        (("tmx", "x", (), "it,fr"), InputError),
        (("tmx", "x", (), ["it"]), SettingError),
        (("tmx", "file/x"), OutputError),
    ],
)
def test_an_export_that_cannot_be_made(corpus, tmp_path, monkeypatch, arguments, error):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(error) as raised:
        corpus.export(*arguments)
    assert isinstance(raised.value, SynopticError)


def test_a_copy_shows_the_same(corpus):
    assert repr(copy.copy(corpus)) == repr(corpus)
    assert repr(Corpus(str(corpus.path))) == repr(corpus)


def test_reading_a_corpus_leaves_the_folder_as_it_is(aligned, tmp_path):
    shutil.copytree(aligned / "out", tmp_path / "out")
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    corpus = load(tmp_path / "out")
    for table in TABLES:
        getattr(corpus, table)
    corpus._repr_html_()
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()} == before
