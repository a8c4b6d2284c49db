"""The checks by meaning, on a story in three languages and under the embedded encoder."""

import json
from pathlib import Path

import pytest

from pipeline.checks.check import check
from pipeline.checks.vectors import SentenceVectors, vectors_of_rows
from pipeline.datatypes import RawText
from pipeline.detection.detector import LanguageDetector
from pipeline.embedding.embedded import EMBEDDED_MODEL
from pipeline.embedding.encoders import load_encoder
from pipeline.embedding.vectors import embed
from pipeline.segmentation.prepare import prepare
from tests.making_rows import make_row

STORY = json.loads((Path(__file__).parent.parent / "cases/checks/story.json").read_text(encoding="utf-8"))
PAIRS = (("it", "ko"), ("it", "pl"), ("ko", "pl"), ("pl", "it"), ("ko", "it"), ("pl", "ko"))
BY_MEANING = ("meaning.", "completeness.")


@pytest.fixture(scope="module")
def encoder():
    return load_encoder(str(EMBEDDED_MODEL))


def found(units, languages, encoder):
    rows = [
        make_row({language: unit[language] for language in languages}, number=number)
        for number, unit in enumerate(units, 1)
    ]
    return [
        finding
        for finding in check(rows, vectors_of_rows(rows, encoder))
        if finding.rule.startswith(BY_MEANING)
    ]


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_right_rows_raise_nothing(pair, encoder):
    assert found(STORY, pair, encoder) == []


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_texts_of_two_rows_exchanged_are_an_error_of_alignment(pair, encoder):
    units = [dict(unit) for unit in STORY]
    target = pair[1]
    units[3][target], units[4][target] = units[4][target], units[3][target]
    findings = found(units, pair, encoder)
    assert [(f.row_id, f.rule) for f in findings] == [
        ("row4", "meaning.neighbour"),
        ("row5", "meaning.neighbour"),
    ]
    assert "of row 5" in findings[0].message
    assert "other way round" in findings[0].message


def test_texts_that_all_moved_on_by_a_row_are_errors_of_alignment(encoder):
    units = [dict(unit) for unit in STORY]
    for number in range(2, 8):
        units[number]["pl"] = STORY[number + 1]["pl"]
    findings = found(units, ("it", "pl"), encoder)
    rows = {f.row_id for f in findings if f.rule == "meaning.neighbour"}
    assert {f"row{number + 1}" for number in range(3, 8)} <= rows


def test_the_language_that_differs_from_the_other_two_is_named_once(encoder):
    units = [dict(unit) for unit in STORY]
    units[3]["pl"], units[4]["pl"] = units[4]["pl"], units[3]["pl"]
    findings = found(units, ("it", "ko", "pl"), encoder)
    assert [f.row_id for f in findings] == ["row4", "row5"]
    assert {f.target_language for f in findings} == {"pl"}


def test_a_text_that_belongs_nowhere_is_an_error_of_translation(encoder):
    units = [dict(unit) for unit in STORY]
    units[5]["ko"] = "주식 시장은 금리 인상 소식에 크게 떨어졌고 투자자들은 불안해했다."
    (finding,) = found(units, ("it", "ko"), encoder)
    assert (finding.row_id, finding.rule) == ("row6", "meaning.similarity")


def test_a_misplaced_text_is_not_compared_number_by_number(encoder):
    units = [{**unit} for unit in STORY]
    units[3]["it"] += " Erano le 17."
    units[3]["pl"] += " Była 17."
    units[3]["pl"], units[4]["pl"] = units[4]["pl"], units[3]["pl"]
    rows = [make_row({c: unit[c] for c in ("it", "pl")}, number=n) for n, unit in enumerate(units, 1)]
    assert not [f for f in check(rows, vectors_of_rows(rows, encoder)) if f.rule.startswith("numbers.")]


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_a_sentence_left_out_is_found_with_its_place(pair, encoder):
    one, two = STORY[1], STORY[6]
    source, target = pair
    unit = {source: f"{one[source]} {two[source]}", target: one[target]}
    (finding,) = found([unit, *STORY[2:6], *STORY[7:]], pair, encoder)
    assert finding.rule in ("completeness.omitted-part", "completeness.doubtful-part")
    start, end = map(int, finding.source_span.split("-"))
    assert unit[source][start:end] == two[source]


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_a_sentence_put_in_is_found_with_its_place(pair, encoder):
    one, two = STORY[1], STORY[6]
    source, target = pair
    unit = {source: one[source], target: f"{two[target]} {one[target]}"}
    (finding,) = found([unit, *STORY[2:6], *STORY[7:]], pair, encoder)
    assert finding.rule in ("completeness.added-part", "completeness.doubtful-part")
    start, end = map(int, finding.target_span.split("-"))
    assert unit[target][start:end] == two[target]


def test_the_vectors_of_a_run_are_found_again(encoder):
    """Both ways to the vectors of a row give the same: from a run's articles, and from the row alone."""
    detector = LanguageDetector(("it", "pl"))
    articles = [
        prepare(RawText(code, "\n\n".join(unit[code] for unit in STORY), "utf-8", "txt"), detector)
        for code in ("it", "pl")
    ]
    texts = embed(articles, encoder)
    likeness = vectors_of_rows([make_row({"it": "Uno.", "pl": "Jeden."})], encoder).likeness
    members = {("a", "it"): 0, ("a", "pl"): 1}
    vectors = SentenceVectors(members, articles, texts, encoder, likeness)
    from pipeline.checks.cells import read_cells

    cells = read_cells(make_row({code: STORY[2][code] for code in ("it", "pl")}))
    assert vectors.sums(cells, "it").shape[0] == len(cells.sentences("it"))
    assert float(vectors.cell(cells, "it") @ vectors.cell(cells, "pl")) > 0.3
    unknown = read_cells(make_row({"it": "Mai vista prima.", "pl": "Nigdy."}))
    assert not vectors.cell(unknown, "it").any()
