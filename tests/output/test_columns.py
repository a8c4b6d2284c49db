import math

import pytest

from pipeline.datatypes import Finding, Paragraph, Row, Verdict
from pipeline.output.columns import articles_sheet, corpus_sheet, findings_sheet


def paragraphs(*numbered):
    return tuple(Paragraph(number, "paragraph", text, ((0, len(text)),), "") for number, text in numbered)


def row(number=1, id_="r1", languages=("it", "pl"), cells=None, confidence=0.9, status="aligned"):
    if cells is None:
        cells = tuple(paragraphs((number, f"{code} {number}")) for code in languages)
    return Row("a1", number, id_, languages, cells, confidence, status)


def finding(row_id="r1", rule="numbers.missing", severity="major", **fields):
    values = dict.fromkeys(Finding._fields, "")
    return Finding(
        **(values | {"row_id": row_id, "article": "a1", "rule": rule, "severity": severity} | fields)
    )


def verdict(**fields):
    values = {
        "file": "x.txt", "article": "", "language": "it", "language_confidence": 1.0, "paragraphs": 3,
        "verdict": "alone", "score": 0.5, "reason": "no other file is its translation",
    }  # fmt: skip
    return Verdict(**(values | fields))


def test_columns_follow_the_languages_of_the_run():
    table = corpus_sheet([], [], ("pl", "ko")).frame()
    assert list(table.columns) == [
        "article", "row", "id", "pl", "ko", "pl_paragraphs", "ko_paragraphs",
        "confidence", "status", "findings", "review",
    ]  # fmt: skip
    assert len(table) == 0


def test_indonesian_does_not_collide_with_the_row_id():
    table = corpus_sheet([row(languages=("id", "it"))], [], ("id", "it")).frame()
    assert len(set(table.columns)) == len(table.columns)
    assert table["id"][0] == "r1"
    assert table["id_text"][0] == "id 1"


def test_a_merged_cell_a_gap_and_a_missing_language():
    cells = (paragraphs((4, "uno"), (5, "due"), (7, "tre")), paragraphs((3, "raz")))
    table = corpus_sheet([row(cells=cells)], [], ("it", "ko", "pl")).frame()
    only = table.iloc[0]
    assert (only["it"], only["it_paragraphs"]) == ("uno\n\ndue\n\ntre", "4-5,7")
    assert (only["ko"], only["ko_paragraphs"]) == ("", "")
    assert (only["pl"], only["pl_paragraphs"]) == ("raz", "3")


def test_findings_of_a_row_each_rule_once_in_their_order():
    findings = [
        finding("r2", "length.unusual"),
        finding("r1", "numbers.missing"),
        finding("r2", "copy.same"),
        finding("r2", "length.unusual", target_language="ko"),
    ]
    table = corpus_sheet([row(1, "r1"), row(2, "r2"), row(3, "r3")], findings, ("it", "pl")).frame()
    assert list(table["findings"]) == ["numbers.missing", "length.unusual copy.same", ""]


def test_order_of_the_records_is_kept():
    files = ["b.txt", "a.txt", "ą.txt"]
    assert list(articles_sheet([verdict(file=name) for name in files]).frame()["file"]) == files


@pytest.mark.parametrize("confidence", [-0.01, 1.01, math.nan, math.inf])
def test_a_confidence_is_a_probability(confidence):
    with pytest.raises(ValueError, match="confidence"):
        corpus_sheet([row(confidence=confidence)], [], ("it", "pl"))


@pytest.mark.parametrize(
    ("make", "column"),
    [
        (lambda: corpus_sheet([row(status="guessed")], [], ("it", "pl")), "status"),
        (lambda: articles_sheet([verdict(verdict="maybe")]), "verdict"),
        (lambda: articles_sheet([verdict(paragraphs=-1)]), "paragraphs"),
        (lambda: articles_sheet([verdict(file=None)]), "file"),
        (lambda: findings_sheet([finding(severity="bad")]), "severity"),
        (lambda: findings_sheet([finding(message="lone \ud800 surrogate")]), "message"),
    ],
)
def test_what_breaks_the_contract_is_named(make, column):
    with pytest.raises(ValueError, match=column):
        make()
