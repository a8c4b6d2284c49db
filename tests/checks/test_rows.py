"""The checks on whole rows: golden cases, fingerprints, and what must not happen."""

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.checks.cells import read_cells
from pipeline.checks.check import check
from pipeline.checks.families.consistency import inconsistent, wordings, wordings_of
from pipeline.checks.families.foreign_names import article_names, lost_names, read_names
from pipeline.checks.quiet import QUIET
from pipeline.checks.reference import rules_reference
from pipeline.checks.row_level import CHECKS, COMPARISONS
from pipeline.checks.rules import RULES
from pipeline.checks.selection import VECTOR_RULES
from pipeline.datatypes import Paragraph, Row
from pipeline.segmentation.sentences import split_sentences
from tests.making_rows import make_row, rules_of_example

CASES = json.loads((Path(__file__).parent.parent / "cases/checks/rows.json").read_text(encoding="utf-8"))
LANGUAGES = ("it", "ko", "pl")


def rules_of(texts, **options):
    return [finding.rule for finding in check([make_row(texts, **options)])]


def _name(case):
    return " | ".join(case["texts"].values())[:60]


@pytest.mark.parametrize("case", CASES["positive"], ids=_name)
def test_wrong_rows_are_found_once_and_by_the_right_rule(case):
    assert rules_of(case["texts"]) == case["rules"]


@pytest.mark.parametrize("case", CASES["negative"], ids=_name)
def test_right_rows_raise_nothing(case):
    assert rules_of(case["texts"]) == []


@pytest.mark.parametrize("case", CASES["known_failures"], ids=_name)
def test_known_failures(case, request):
    request.applymarker(pytest.mark.xfail(strict=True, reason=case["why"]))
    assert rules_of(case["texts"]) == case["rules"]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_the_examples_of_a_rule_do_what_they_say(rule):
    confidence = 0.2 if rule.name == "meaning.alignment" else 0.97
    with_vectors = rule.name in VECTOR_RULES
    assert rule.name in rules_of_example(rule.fires, confidence, with_vectors)
    assert rules_of_example(rule.silent, 0.97, with_vectors) == []


def test_the_reference_shows_every_rule_with_both_examples():
    reference = rules_reference()
    for rule in RULES.values():
        section = reference.split(f"### {rule.name}\n")[1].split("###")[0]
        assert rule.meaning in section
        assert section.index("Fires:") < section.index("Does not fire:")
        assert section.index("Does not fire:") < section.index(QUIET[rule.name])
    assert QUIET.keys() == RULES.keys()


def test_every_rule_has_metadata_in_the_agreed_vocabulary():
    severities = {"critical", "major", "minor", "neutral"}
    for name, rule in RULES.items():
        assert name == rule.name
        assert name.count(".") == 1
        assert rule.severity in severities


def test_the_language_that_disagrees_with_the_others_is_named_once():
    (finding,) = check([make_row({"it": "Ha 45 anni.", "ko": "45세이다.", "pl": "Ma 54 lata."})])
    assert (finding.source_language, finding.target_language) == ("it", "pl")
    assert (finding.source_span, finding.target_span) == ("3-5", "3-5")
    assert "Polish" in finding.message


def test_two_wrong_numbers_are_two_findings():
    texts = {"it": "Dal 12 al 15 marzo.", "pl": "Od 13 do 16 marca."}
    assert rules_of(texts) == ["numbers.changed", "numbers.changed"]


def test_many_differing_numbers_are_one_finding():
    texts = {"it": "11, 22, 33, 44 e 55 punti.", "pl": "66, 77, 88, 99 i 12 punktów."}
    assert rules_of(texts) == ["numbers.changed"]


def test_a_mark_of_machine_translation_points_to_the_number_that_was_lost():
    texts = {"it": "Nel 2019 ha chiamato sei volte.", "ko": "2019년에 그녀는 XNUMX번 전화했다."}
    (finding,) = check([make_row(texts)])
    assert finding.source_language == "it"
    assert texts["it"][slice(*map(int, finding.source_span.split("-")))] == "sei"
    assert texts["ko"][slice(*map(int, finding.target_span.split("-")))] == "XNUMX"
    assert finding.suggestion == "6"


def test_an_unsure_row_says_so_instead_of_comparing():
    texts = {"it": "Ha 45 anni.", "pl": "Ma 54 lata."}
    assert rules_of(texts, confidence=0.3) == ["meaning.alignment"]


def test_an_unsure_row_is_still_read_for_what_needs_no_comparison():
    texts = {"it": "Perch\ufffd?", "pl": "Bo tak."}
    assert rules_of(texts, confidence=0.3) == ["characters.replacement", "meaning.alignment"]


def test_a_paragraph_in_another_language_is_found_with_its_place():
    italian = Paragraph(1, "paragraph", "Va bene.", ((0, 8),), "it")
    english = Paragraph(2, "paragraph", "Yes, it is.", ((0, 11),), "en")
    polish = Paragraph(1, "paragraph", "Dobrze. Tak.", ((0, 12),), "pl")
    row = Row("a", 1, "r", ("it", "pl"), ((italian, english), (polish,)), 0.9, "aligned")
    (finding,) = check([row])
    assert (finding.rule, finding.target_language, finding.target_span) == ("language.wrong", "it", "10-21")


@pytest.mark.parametrize("text", ["pytest per Python", "Min-heap", "Scratch 3 (online con offline)"])
def test_labels_of_technical_words_are_in_no_wrong_language(text):
    cells = (
        (Paragraph(1, "p", text, ((0, len(text)),), "en"),),
        (Paragraph(1, "p", "라벨", ((0, 2),), "ko"),),
    )
    found = check([Row("a", 1, "r", ("it", "ko"), cells, 0.9, "aligned")])
    assert not [finding for finding in found if finding.rule.startswith("language.")]


@pytest.mark.parametrize("text", ["Painting for Beginners", "The Tower by the sea in winter"])
def test_a_foreign_text_that_is_the_same_everywhere_is_untranslated_whatever_its_letters(text):
    cells = tuple((Paragraph(1, "p", text, ((0, len(text)),), "en"),) for _ in range(3))
    found = check([Row("a", 1, "r", ("it", "ko", "pl"), cells, 0.9, "aligned")])
    assert [(finding.rule, finding.source_language, finding.target_language) for finding in found] == [
        ("language.untranslated", "it", "ko"),
        ("language.untranslated", "it", "pl"),
    ]


def test_a_name_that_is_the_same_everywhere_may_stay():
    cells = tuple(
        (Paragraph(1, "p", "Fontana Editore Torino", ((0, 22),), language),) for language in ("it", "pl")
    )
    assert not check([Row("a", 1, "r", ("it", "pl"), cells, 0.9, "aligned")])


@pytest.mark.parametrize("more", ["", " Nulla et euismod nulla, curabitur feugiat et tortor non consequat."])
def test_text_that_holds_the_place_of_another_is_not_untranslated(more):
    text = f"Lorem ipsum dolor sit amet, consectetur adipiscing elit.{more}"
    spans = split_sentences(text, "it")
    cells = tuple((Paragraph(1, "p", text, spans, "en"),) for _ in range(2))
    assert not check([Row("a", 1, "r", ("it", "pl"), cells, 0.9, "aligned")])


def test_one_sentence_left_untranslated_is_found_with_its_place():
    it, pl = "Piove. La biblioteca resta chiusa.", "Pada. La biblioteca resta chiusa."
    cells = (
        (Paragraph(1, "p", it, ((0, 6), (7, 34)), "it"),),
        (Paragraph(1, "p", pl, ((0, 5), (6, 33)), "pl"),),
    )
    (finding,) = check([Row("a", 1, "r", ("it", "pl"), cells, 0.9, "aligned")])
    assert (finding.rule, finding.source_span, finding.target_span) == (
        "language.untranslated",
        "7-34",
        "6-33",
    )


def test_fingerprints_are_stable_and_go_stale_with_the_text():
    rows = [make_row({"it": "Ha 45 anni.", "pl": "Ma 54 lata."})]
    (once,), (again,) = check(rows), check(rows)
    (changed,) = check([make_row({"it": "Ha 45 anni!", "pl": "Ma 54 lata."})])
    assert once == again
    assert changed.id != once.id


def test_a_third_language_does_not_change_a_fingerprint():
    (two,) = check([make_row({"it": "Ha 45 anni.", "pl": "Ma 54 lata."})])
    (three,) = check([make_row({"it": "Ha 45 anni.", "ko": "45세이다.", "pl": "Ma 54 lata."})])
    assert two.id == three.id


def test_equal_rows_get_different_fingerprints():
    texts = {"it": "Ha 45 anni.", "pl": "Ma 54 lata."}
    findings = check([make_row(texts, number=1), make_row(texts, number=2)])
    assert len({finding.id for finding in findings}) == 2


@given(st.lists(st.text(max_size=60), min_size=3, max_size=3), st.floats(0, 1))
@settings(max_examples=200)
def test_any_text_can_be_checked_and_spans_fit_it(texts, confidence):
    row = make_row(dict(zip(LANGUAGES, texts, strict=True)), confidence=confidence)
    for finding in check([row]):
        for language, span in (
            (finding.source_language, finding.source_span),
            (finding.target_language, finding.target_span),
        ):
            if span:
                start, end = map(int, span.split("-"))
                assert 0 <= start <= end <= len(row.text(language))


HOSTILE = [
    "a" * 50_000, "9" * 50_000, "{" * 50_000, "<a " * 16_000, "%(" * 25_000, "&amp;" * 10_000, "Ã" * 50_000,
    "¾È³ç" * 12_000, "X" * 50_000, "XNUMX" * 10_000, "@" * 50_000, "(" * 50_000, "“" * 50_000,
    "a b " * 12_000, "한 " * 25_000, "1만 " * 16_000, "http://" * 7_000, "⟦" * 50_000, "a?" * 25_000,
    "\x07" * 50_000, "." * 50_000, "dwadzieścia " * 4_000, "a.b." * 12_000, "#" * 50_000, "a-" * 25_000,
    "'" * 50_000, "la la " * 8_000, " " * 50_000 + "a", "#tag " * 10_000, "A1-" * 16_000, "Abc " * 12_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:6]))
@pytest.mark.parametrize("row_check", [*CHECKS, *COMPARISONS], ids=lambda each: each.check.__name__)
def test_hostile_text_is_checked_in_linear_time(text, row_check):
    cells = read_cells(make_row({"it": text, "ko": text[::-1], "pl": "x" + text}))
    start = time.process_time()
    list(row_check.check(cells))
    assert time.process_time() - start < 10


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:6]))
def test_hostile_text_is_checked_in_linear_time_among_others(text):
    cells = read_cells(make_row({"it": text, "ko": text[::-1], "pl": "x" + text}))
    start = time.process_time()
    list(lost_names([cells.texts, cells.texts], [(0, article_names([read_names(cells)] * 2))]))
    found = wordings([cells, cells], [wordings_of(cells)] * 2)
    list(inconsistent([cells.texts, cells.texts], [(0, words) for words in found]))
    assert time.process_time() - start < 10


def _with_code(row, *languages):
    cells = tuple(
        tuple(p._replace(kind="code") if language in languages else p for p in cell)
        for language, cell in zip(row.languages, row.cells, strict=True)
    )
    return replace(row, cells=cells)


CODE = {
    "it": "bake --at 220 --for 12m # until it is brown",
    "ko": "bake --at 230 <b>now {name} https://example.org/a",
}


def test_no_check_compares_code():
    row = make_row(CODE)
    assert [finding.rule for finding in check([row])]  # as prose it would have findings
    assert check([_with_code(row, "it", "ko")]) == []


def test_code_that_a_language_lacks_is_an_omission():
    row = _with_code(make_row({"it": "bake --at 220", "ko": ""}), "it")
    assert [finding.rule for finding in check([row])] == ["completeness.omission"]


def test_spans_behind_code_point_into_the_whole_text():
    code, prose = "bake --at 220\n  --for 12m", "Le teglie sono 12 e stanno sul tavolo."
    cell = (
        Paragraph(1, "code", code, ((0, len(code)),), ""),
        Paragraph(2, "paragraph", prose, ((0, len(prose)),), ""),
    )
    other = make_row({"it": prose, "pl": "Blach jest 13 i stoją na stole."})
    row = replace(other, cells=(cell, other.cells[1]))
    [finding] = check([row])
    start, end = map(int, finding.source_span.split("-"))
    assert (finding.rule, row.text("it")[start:end]) == ("numbers.changed", "12")
