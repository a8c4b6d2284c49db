"""`check`: the findings of `synoptic check`, for tables that are at hand."""

import io

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from pipeline import check
from pipeline.cli.commands import main
from pipeline.errors import InputError, SettingError
from pipeline.output.columns import FINDING_COLUMNS

ROWS = [
    {"id": "a", "it": "Costa 3.000 euro.", "ko": "가격은 4만 유로입니다.", "pl": "Kosztuje 3000 euro."},
    {"id": "b", "it": "Il museo è chiuso.", "ko": "박물관은 문을 닫았다.", "pl": "Muzeum jest  zamknięte."},
]
OPTIONS = [
    ({}, []),
    ({"similarity": False}, ["--no-similarity"]),
    (
        {"only": "numbers,typography", "skip": ["typography.spacing"]},
        ["--only", "numbers", "--skip", "typography"],
    ),
    ({"languages": "pl,it"}, ["--languages", "pl,it"]),
]


@pytest.mark.parametrize(("keywords", "flags"), OPTIONS)
def test_it_finds_what_the_command_finds(tmp_path, keywords, flags):
    path = tmp_path / "t.csv"
    pd.DataFrame(ROWS).to_csv(path, index=False)
    done = CliRunner().invoke(main, ["check", str(path), *flags])
    expected = pd.read_csv(io.StringIO(done.stdout), dtype=str, keep_default_na=False)
    found = check(ROWS, **keywords)
    assert list(found.columns) == [column.name for column in FINDING_COLUMNS]
    file = ["article", "source_file", "target_file"]  # rows in memory come from none
    assert found.drop(columns=file).equals(expected.drop(columns=file))
    assert set(found[file].to_numpy().ravel()) <= {""}
    assert set(found.dtypes.map(lambda kind: kind.kind)) == {"O"}


def test_a_frame_and_mappings_are_the_same():
    expected = check(ROWS)
    assert expected["rule"].tolist() == ["numbers.changed", "typography.spacing"]
    assert check(pd.DataFrame(ROWS)).equals(expected)
    assert check(pd.DataFrame(ROWS, index=[7, 7]).assign(other=[1, None])).equals(expected)
    assert check(iter(ROWS)).equals(expected)


def test_nothing_found_is_a_table_without_rows():
    found = check([{"it": "Il museo è chiuso.", "pl": "Muzeum jest zamknięte."}], similarity=False)
    assert (len(found), list(found.columns)) == (0, [column.name for column in FINDING_COLUMNS])


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, np.nan, ""])
def test_a_missing_text_is_none(missing):
    found = check([{**ROWS[1], "pl": missing}, {"id": "c", "it": "Uno.", "ko": "하나."}], similarity=False)
    assert set(found["rule"]) == {"completeness.omission"}
    assert set(found["row_id"]) == {"b", "c"}


def test_the_rows_of_a_corpus_can_be_checked(aligned):
    from pipeline import load

    corpus = load(aligned / "out")
    found = check(corpus.rows, similarity=False)
    assert set(found["article"]) <= set(corpus.rows["article"])
    assert set(found["row_id"]) <= set(corpus.rows["id"])
    assert "numbers.changed" in set(found["rule"])


def test_a_glossary_holds(tmp_path):
    (tmp_path / "terms.csv").write_text("it,pl\nmuseo,galeria\n", encoding="utf-8")
    found = check(ROWS, only="entities.term", glossary=tmp_path / "terms.csv")
    assert found["row_id"].tolist() == ["b"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "the column names must include two language codes"),
        ([{"it": "Uno."}], "the column names must include two language codes"),
        ([{"it": "", "pl": None}], "no row with text in two languages"),
        ([{"it": "Uno.", "pl": 1}], "column 'pl' of row 1 is of type int, not str"),
        ([{"it": "Uno.", "pl": "\ud800"}], "column 'pl' of row 1 has a lone surrogate"),
        (["it", "pl"], "DataFrame or mappings"),
    ],
)
def test_rows_that_cannot_be_checked(rows, message):
    with pytest.raises(InputError, match=message):
        check(rows)


@pytest.mark.parametrize(
    "options", [{"only": "spelling"}, {"languages": "it,xx"}, {"languages": "it,en"}, {"skip": ["x"]}]
)
def test_options_that_make_no_sense(options):
    with pytest.raises(SettingError):
        check(ROWS, **options)
