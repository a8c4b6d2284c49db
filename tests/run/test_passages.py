"""Findings show their texts and where they are; articles have a readable name."""

import csv

import pytest

from pipeline import align
from pipeline.datatypes import Metadata
from pipeline.run.steps.passages import LONGEST_NAME, name_of

ITALIAN = """Il "mulino" riapre

Il vecchio mulino, "quello sul fiume", riapre dopo 12 anni di lavori.

La farina si macina ancora con la pietra.
Ogni sacco pesa 25 chili.
"""
POLISH = """"Młyn" znów otwarty

Stary młyn, „ten nad rzeką”, otwiera się po 13 latach prac.

Mąkę nadal miele się kamieniem.
Każdy worek waży 25 kilogramów.
"""


def lines_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module", params=["csv", "parquet"])
def corpus(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("passages")
    raw = folder / "raw"
    raw.mkdir()
    for number in range(2):  # the same texts twice over, so that row ids are numbered
        for code, text in (("it", ITALIAN), ("pl", POLISH)):
            name = f"{number} {code}.txt"
            (raw / name).write_text(text.replace("25", f"{25 + number}"), encoding="utf-8")
    return align(raw, folder / "out", languages=["it", "pl"], format=request.param)


def test_each_finding_shows_the_cells_of_its_row(corpus):
    rows = {row["id"]: row for row in corpus.rows.to_dict("records")}
    files = {(a["article"], a["language"]): a["file"] for a in corpus.articles.to_dict("records")}
    findings = corpus.findings.to_dict("records")
    assert {f["rule"] for f in findings} >= {"numbers.changed"}
    for found in findings:
        row = rows[found["row_id"]]
        for side in ("source", "target"):
            code = found[f"{side}_language"]
            shown = tuple(found[f"{side}_{part}"] for part in ("file", "paragraphs", "text"))
            if code:
                assert shown == (files[found["article"], code], row[f"{code}_paragraphs"], row[code])
            else:
                assert shown == ("", "", "")


def test_an_article_is_called_by_its_first_words(corpus):
    names = {a["article"]: a["name"] for a in corpus.articles.to_dict("records") if a["article"]}
    assert set(names.values()) == {'Il "mulino" riapre'}


@pytest.mark.parametrize(
    ("titles", "texts", "name"),
    [
        (["", " Un titolo\n lungo "], [[b"Inizio"]], "Un titolo lungo"),
        ([""], [[b"", "첫 문단".encode()], [b"Secondo", b""]], "첫 문단"),
        ([""], [[b"Primo\n\nSecondo"]], "Primo"),
        ([""], [], ""),
        (["parola " * 20], [], "parola " * 8 + "…"),
        (["가" * 80], [], "가" * LONGEST_NAME + " …"),
    ],
)
def test_names(titles, texts, name):
    assert name_of([Metadata(title=title) for title in titles], texts) == name
