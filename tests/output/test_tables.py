"""The same table as CSV and as Parquet, and what becomes of the one when the other is written."""

import json
import shutil
from pathlib import Path

import datasets
import duckdb
import pandas as pd
import polars
import pytest

from pipeline.config import Config
from pipeline.errors import SettingError
from pipeline.output.commit import recover, write_outputs
from pipeline.output.tables import check_format
from pipeline.run.flow import run
from pipeline.run.progress import Silent
from pipeline.run.steps import gather
from tests.written import sheet_of

SAMPLES = Path(__file__).parent.parent.parent / "data" / "raw"
NAMES = ("corpus", "articles", "repairs", "findings")


@pytest.fixture(scope="module")
def outs(tmp_path_factory):
    """The samples as CSV and, in parts of seven rows, as Parquet."""
    folder = tmp_path_factory.mktemp("formats")
    shutil.copytree(SAMPLES, folder / "raw")
    run(Config(raw=folder / "raw", out=folder / "csv"), Silent())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gather, "PART", 7)
        run(Config(raw=folder / "raw", out=folder / "parquet", format="parquet"), Silent())
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_parquet_holds_what_csv_holds(outs, name):
    expected = pd.read_csv(outs / "csv" / f"{name}.csv", dtype=str, keep_default_na=False)
    found = pd.read_parquet(outs / "parquet" / f"{name}.parquet")
    assert list(found.columns) == list(expected.columns)
    assert len(found) == len(expected)
    for column in expected:
        if found[column].dtype.kind == "f":
            assert (
                found[column].map("{:.4f}".format, na_action="ignore").fillna("").tolist()
                == expected[column].tolist()
            )
        else:
            assert found[column].astype(str).tolist() == expected[column].tolist()


def test_duckdb_polars_and_datasets_read_the_shards(outs, tmp_path):
    folder = outs / "parquet" / "corpus.parquet"
    shards = str(folder / "*.parquet")
    assert len(list(folder.iterdir())) > 1
    expected = pd.read_csv(outs / "csv" / "corpus.csv", dtype=str, keep_default_na=False)
    by_duckdb = duckdb.sql(f"select it, ko, pl from '{shards}' order by filename, file_row_number").fetchall()
    by_polars = polars.read_parquet(shards).select("it", "ko", "pl").rows()
    loaded = datasets.load_dataset("parquet", data_files=shards, split="train", cache_dir=str(tmp_path))
    by_datasets = [(line["it"], line["ko"], line["pl"]) for line in loaded]
    texts = list(expected[["it", "ko", "pl"]].itertuples(index=False, name=None))
    assert by_duckdb == by_polars == by_datasets == texts


def test_the_record_has_a_checksum_for_every_shard(outs):
    files = json.loads((outs / "parquet" / "run.json").read_text(encoding="utf-8"))["files"]
    shards = {
        path.relative_to(outs / "parquet").as_posix() for path in (outs / "parquet").glob("*.parquet/*")
    }
    assert shards == {name for name in files if name.endswith(".parquet")}


def parts(word):
    return [sheet_of(word=[word]), sheet_of(word=[word])]


def test_one_format_takes_the_place_of_the_other(tmp_path):
    write_outputs(tmp_path, {"corpus.csv": parts("a")}, {})
    (tmp_path / "decisions.csv").write_text("mine")
    write_outputs(tmp_path, {"corpus.parquet": parts("b")}, {})
    write_outputs(tmp_path, {"corpus.parquet": parts("c")[:1]}, {})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus.parquet", "decisions.csv", "run.json"]
    assert pd.read_parquet(tmp_path / "corpus.parquet")["word"].tolist() == ["c"]
    write_outputs(tmp_path, {"corpus.csv": parts("d")}, {})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus.csv", "decisions.csv", "run.json"]
    assert (tmp_path / "corpus.csv").read_text() == '"word"\n"d"\n"d"\n'


def test_a_set_with_a_folder_is_finished_by_the_next_run(tmp_path):
    write_outputs(tmp_path / "new", {"corpus.parquet": parts("new")}, {})
    write_outputs(tmp_path / "out", {"corpus.parquet": parts("old")}, {})
    (tmp_path / "new").rename(tmp_path / "out" / ".synoptic-commit")
    shutil.rmtree(tmp_path / "out" / "corpus.parquet")  # as far as the killed run had come
    recover(tmp_path / "out")
    assert pd.read_parquet(tmp_path / "out" / "corpus.parquet")["word"].tolist() == ["new", "new"]


def test_a_missing_extra_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    with pytest.raises(SettingError, match=r"synoptic-corpus\[parquet\]"):
        check_format("parquet")
    with pytest.raises(SettingError, match="format"):
        Config(format="xml")
