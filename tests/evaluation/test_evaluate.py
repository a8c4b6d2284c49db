"""Scores of small runs that were worked out by hand, and gold files that cannot be used."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.commands import main
from pipeline.errors import InputError
from pipeline.evaluation.evaluate import Bin, calibration, evaluate, read_run
from pipeline.evaluation.gold import parse_gold, read_gold
from pipeline.segmentation.paragraph_numbers import parse_paragraph_numbers

COLUMNS = ("file", "article", "language", "paragraphs", "verdict")
LANGUAGES = ("it", "ko", "pl")

# One article of three languages: the Korean merges 2 and 3, the Polish lacks them and adds its own 3.
GOLD = {
    "articles": [
        {
            "files": {"it": "a.txt", "ko": "b.txt", "pl": "c.txt"},
            "rows": [
                {"it": "1", "ko": "1", "pl": "1"},
                {"it": "2-3", "ko": "2"},
                {"it": "4", "ko": "3", "pl": "2"},
                {"pl": "3"},
            ],
        }
    ],
    "alone": ["d.txt"],
}
FILES = [
    ("a.txt", "a1", "it", 4, "parallel"),
    ("b.txt", "a1", "ko", 3, "parallel"),
    ("c.txt", "a1", "pl", 3, "parallel"),
    ("d.txt", "", "it", 2, "alone"),
]
PERFECT = [
    ("a1", "1", "1", "1", 1.0),
    ("a1", "2-3", "2", "", 1.0),
    ("a1", "4", "3", "2", 1.0),
    ("a1", "", "", "3", 1.0),
]


@pytest.fixture
def finished(tmp_path):
    """Write a run's two tables and a gold file."""

    def write(rows=PERFECT, files=FILES, gold=GOLD):
        out = tmp_path / "out"
        out.mkdir(exist_ok=True)
        with (out / "articles.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([COLUMNS, *files])
        with (out / "corpus.csv").open("w", encoding="utf-8", newline="") as stream:
            numbers = [f"{language}_paragraphs" for language in LANGUAGES]
            writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
            writer.writerows([["article", "it", *numbers, "confidence"]])
            writer.writerows([[article, "NA\r\n", *rest] for article, *rest in rows])
        text = gold if isinstance(gold, str) else json.dumps(gold)
        (tmp_path / "gold.json").write_text(text, encoding="utf-8")
        return tmp_path / "gold.json", out

    return write


@pytest.fixture
def scored(finished):
    def score(*run):
        gold, out = finished(*run)
        return evaluate(read_gold(gold), read_run(out))

    return score


@pytest.fixture
def synoptic():
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])


def prf(score):
    return tuple(round(value, 4) for value in score[:3])


def test_a_perfect_run(scored):
    scores = scored()
    assert prf(scores.articles) == prf(scores.rows) == prf(scores.one_sided) == (1, 1, 1)
    assert list(scores.pairs) == [("it", "ko"), ("it", "pl"), ("ko", "pl")]
    for pair in scores.pairs.values():
        assert [prf(score) for score in pair] == [(1, 1, 1)] * 3
    assert (scores.lost, scores.paragraphs, scores.unknown_files) == (0, 10, 0)
    assert (scores.calibration.error, scores.calibration_unmatched.error) == (0, 0)
    assert (scores.calibration.rows, scores.calibration_unmatched.rows) == (3, 1)


def test_counts_of_a_perfect_run(scored):
    scores = scored()
    assert (scores.articles.gold, scores.rows.gold) == (3, 3)
    assert [pair.strict.gold for pair in scores.pairs.values()] == [3, 2, 2]
    # it-ko: none; it-pl: Italian 2, 3 and Polish 3; ko-pl: Korean 2 and Polish 3.
    assert [pair.one_sided.gold for pair in scores.pairs.values()] == [0, 3, 2]
    assert scores.one_sided.gold == 5


def test_a_merged_row(scored):
    """The run makes one row of the second and the third."""
    scores = scored([("a1", "1", "1", "1", 0.9), ("a1", "2-4", "2-3", "2", 0.9), ("a1", "", "", "3", 0.9)])
    assert prf(scores.rows) == (0.5, 0.3333, 0.4)
    it_ko, it_pl, ko_pl = scores.pairs.values()
    assert prf(it_ko.strict) == (0.5, 0.3333, 0.4)
    assert prf(it_ko.lax) == (1, 1, 1)
    assert prf(it_pl.strict) == (0.5, 0.5, 0.5)
    # The row of Italian 2-3 and Korean 2 has no Polish, so it is no bead to be found.
    assert prf(it_pl.lax) == prf(ko_pl.lax) == (1, 1, 1)
    assert prf(it_ko.one_sided) == (1, 1, 1)  # there is none, and none is said
    assert prf(it_pl.one_sided) == (1, 0.3333, 0.5)
    assert prf(scores.one_sided) == (1, 0.4, 0.5714)
    assert scores.lost == 0


def test_a_row_split_in_two_overlaps_the_gold_on_one_half_only(scored):
    scores = scored(
        [("a1", "1", "1", "1", 1), ("a1", "2", "2", "", 1), ("a1", "3", "", "", 1),
         ("a1", "4", "3", "2", 1), ("a1", "", "", "3", 1)]
    )  # fmt: skip
    it_ko = scores.pairs["it", "ko"]
    assert prf(it_ko.strict) == (0.6667, 0.6667, 0.6667)
    assert prf(it_ko.lax) == (1, 1, 1)
    assert (it_ko.one_sided.said, prf(it_ko.one_sided)) == (1, (0, 1, 0))


def test_a_bead_beside_the_gold_is_not_even_lax(scored):
    """Korean 2 and 3 stand one row too early and too late: both sides are in the gold, but not together."""
    rows = [
        ("a1", "1", "1", "1", 1),
        ("a1", "2-3", "3", "", 1),
        ("a1", "4", "2", "2", 1),
        ("a1", "", "", "3", 1),
    ]
    it_ko = scored(rows).pairs["it", "ko"]
    assert prf(it_ko.lax) == prf(it_ko.strict) == (0.3333, 0.3333, 0.3333)


def test_a_lost_paragraph(scored):
    scores = scored(PERFECT[:3])
    assert scores.lost == 1
    assert prf(scores.rows) == (1, 1, 1)
    assert prf(scores.one_sided) == (1, 0.6, 0.75)  # Polish 3 is missed beside Italian and beside Korean


def test_a_file_put_into_the_wrong_article(scored):
    """The run takes the lone Italian file for the translation and leaves the right one out."""
    files = [
        ("a.txt", "", "it", 4, "alone"), ("b.txt", "a1", "ko", 3, "partial"),
        ("c.txt", "a1", "pl", 3, "parallel"), ("d.txt", "a1", "it", 2, "partial"),
    ]  # fmt: skip
    rows = [("a1", "1", "1", "1", 0.8), ("a1", "2", "2", "", 0.8), ("a1", "", "3", "2-3", 0.8)]
    scores = scored(rows, files)
    assert prf(scores.articles) == (0.3333, 0.3333, 0.3333)  # ko-pl is right, both pairs with d.txt are not
    it_ko, it_pl, ko_pl = scores.pairs.values()
    assert prf(it_ko.strict) == prf(it_ko.lax) == (0, 0, 0)
    assert prf(it_pl.strict) == (0, 0, 0)
    assert prf(ko_pl.strict) == (0.5, 0.5, 0.5)
    assert prf(ko_pl.lax) == (1, 1, 1)
    assert prf(scores.rows) == (0, 0, 0)
    assert (scores.lost, scores.paragraphs) == (0, 8)


def test_a_run_that_finds_nothing(scored):
    files = [(name, "", language, count, "alone") for name, _, language, count, _ in FILES]
    scores = scored([], files)
    assert prf(scores.articles) == prf(scores.rows) == (1, 0, 0)
    assert prf(scores.pairs["it", "ko"].strict) == (1, 0, 0)
    assert (scores.lost, scores.calibration.error, scores.calibration.bins) == (0, 0, ())


def test_a_rejected_file_counts_as_not_found(scored):
    files = [*FILES[:2], ("c.txt", "", "", 0, "rejected"), FILES[3]]
    rows = [("a1", "1", "1", "", 1), ("a1", "2-3", "2", "", 1), ("a1", "4", "3", "", 1)]
    scores = scored(rows, files)
    assert prf(scores.articles) == (1, 0.3333, 0.5)
    assert prf(scores.rows) == (0.3333, 0.3333, 0.3333)
    assert prf(scores.pairs["it", "ko"].strict) == (1, 1, 1)


def test_files_that_the_gold_does_not_name_are_passed_over(scored):
    two = {"it": "a.txt", "ko": "b.txt"}
    rows = [{"it": "1", "ko": "1"}, {"it": "2-3", "ko": "2"}, {"it": "4", "ko": "3"}]
    scores = scored(PERFECT, FILES, {"articles": [{"files": two, "rows": rows}]})
    assert scores.unknown_files == 2
    assert prf(scores.articles) == prf(scores.rows) == prf(scores.pairs["it", "ko"].strict) == (1, 1, 1)
    assert (scores.paragraphs, scores.calibration.rows, scores.calibration_unmatched.rows) == (7, 3, 0)


def test_a_mistaken_language_does_not_hide_a_right_row(scored):
    """The run takes the Polish for Italian, in another article: the gold knows better."""
    gold = {"articles": [{"files": {"ko": "b.txt", "pl": "c.txt"}, "rows": [{"ko": "1", "pl": "1"}]}]}
    files = [("b.txt", "a1", "ko", 1, "parallel"), ("c.txt", "a1", "it", 1, "parallel")]
    scores = scored([("a1", "1", "1", "", 1)], files, gold)
    assert list(scores.pairs) == [("ko", "pl")]
    assert prf(scores.pairs["ko", "pl"].strict) == (1, 1, 1)


def test_two_files_of_one_language_are_no_pair_of_languages(scored):
    """The run takes one of two Italian files for Polish and puts them together."""
    gold = {"articles": [], "alone": ["d.txt"]}
    for name, other in (("a.txt", "b.txt"), ("e.txt", "f.txt")):
        files, rows = {"it": name, "ko": other}, [{"it": "1", "ko": "1"}]
        gold["articles"].append({"files": files, "rows": rows})
    files = [
        ("a.txt", "a1", "it", 1, "parallel"), ("e.txt", "a1", "pl", 1, "parallel"),
        ("b.txt", "", "ko", 1, "alone"), ("f.txt", "", "ko", 1, "alone"), ("d.txt", "", "it", 2, "alone"),
    ]  # fmt: skip
    scores = scored([("a1", "1", "", "1", 1)], files, gold)
    assert list(scores.pairs) == [("it", "ko")]
    assert prf(scores.articles) == prf(scores.rows) == (0, 0, 0)


def test_the_second_of_two_versions_is_in_no_article(scored):
    files = [*FILES[:3], ("d.txt", "a1", "it", 2, "duplicate")]
    scores = scored(PERFECT, files)
    assert prf(scores.articles) == (1, 1, 1)
    assert scores.lost == 0


def test_calibration():
    judged = [(0.95, True), (1.0, True), (0.91, False), (0.94, True), (0.2, False), (0.2, True)]
    found = calibration(judged)
    low, high = found.bins
    assert low == Bin(0.2, 0.3, 2, pytest.approx(0.2), 0.5)
    assert high == Bin(0.9, 1.0, 4, pytest.approx(0.95), 0.75)
    assert found.rows == 6
    assert found.error == pytest.approx((2 * 0.3 + 4 * 0.2) / 6)


def test_each_tenth_belongs_to_the_bin_that_it_opens():
    bins = calibration([(tenth / 10, True) for tenth in range(11)]).bins
    assert [part.rows for part in bins] == [1] * 9 + [2]


def test_a_confidence_just_below_a_tenth_is_below_it():
    assert [part.low for part in calibration([(0.4999, True), (0.67, True)]).bins] == [0.4, 0.6]


def test_rows_of_one_language_are_calibrated_apart(scored):
    rows = [("a1", "1", "1", "1", 0.6), *PERFECT[1:3], ("a1", "", "", "3", 0.7)]
    scores = scored(rows)
    assert scores.calibration.error == pytest.approx(0.4 / 3)
    assert scores.calibration_unmatched.error == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [("", []), ("4", [4]), ("4-5", [4, 5]), ("4-6,8", [4, 5, 6, 8]), ("1, 3", [1, 3]), ("7-7", [7])],
)
def test_paragraph_numbers(cell, numbers):
    assert parse_paragraph_numbers(cell) == numbers


@pytest.mark.parametrize("cell", ["0", "x", "4-", "-4", "5-4", "4,4", "5,4", "4;5", "٤", "1-99999999", "1.5"])
def test_what_is_no_paragraph_number(cell):
    with pytest.raises(ValueError, match="paragraph numbers"):
        parse_paragraph_numbers(cell)


def test_numbers_may_be_written_without_quotes():
    record = {"articles": [{"files": {"it": "a", "ko": "b"}, "rows": [{"it": 1, "ko": "1"}]}]}
    assert parse_gold(record).articles[0].rows == (frozenset({("a", 1), ("b", 1)}),)


def test_the_gold_file_in_the_documentation_is_one():
    text = (Path(__file__).parent.parent.parent / "docs" / "evaluation.md").read_text(encoding="utf-8")
    gold = parse_gold(json.loads(text.split("```json\n")[1].split("```")[0]))
    assert gold.paragraph_counts() == {"biblioteca.txt": 5, "library-ko.txt": 4, "biblioteka.html": 6}


def gold_with(rows=GOLD["articles"][0]["rows"], files=GOLD["articles"][0]["files"], **more):
    return {"articles": [{"files": files, "rows": rows}], **more}


ROWS = GOLD["articles"][0]["rows"]
BAD_GOLD = {
    "no JSON": ("{", "not JSON"),
    "deep": ("[" * 100_000, "not JSON"),
    "empty": ({}, "names no files"),
    "list": ([], "must be an object"),
    "unknown entry": (gold_with(single=["d.txt"]), "'single'"),
    "one file": (gold_with(files={"it": "a.txt"}, rows=[{"it": "1"}]), "fewer than two files"),
    "same file twice": (gold_with(alone=["a.txt"]), "a.txt appears 2 times"),
    "one file for two languages": (gold_with(files={"it": "a", "ko": "a"}, rows=[]), "two languages"),
    "no rows": (gold_with(rows=[]), "no row has a paragraph of a.txt"),
    "language of no file": (gold_with(rows=[*ROWS, {"de": "1"}]), "'de'"),
    "empty row": (gold_with(rows=[*ROWS, {"it": ""}]), "row 5 of article 1 is empty"),
    "bad numbers": (gold_with(rows=[*ROWS, {"it": "five"}]), "'five'"),
    "list as cell": (gold_with(rows=[*ROWS, {"it": [5]}]), "[5]"),
    "true as cell": (gold_with(rows=[*ROWS, {"it": True}]), "True"),
    "left out": (gold_with(rows=[*ROWS, {"it": "6"}]), "paragraph 5 of a.txt is in no row"),
    "used twice": (gold_with(rows=[*ROWS, {"it": "4"}]), "paragraph 4 of a.txt is in several rows"),
    "too many": (gold_with(rows=[*ROWS, {"it": "5"}]), "the gold has 5 paragraphs of a.txt, the run 4"),
    "too few": (gold_with(rows=ROWS[:3]), "the gold has 2 paragraphs of c.txt, the run 3"),
    "other run": (gold_with(alone=["e.txt"]), "e.txt"),
    "alone is no list": (gold_with(alone="d.txt"), "alone must be a list"),
    "alone is no name": (gold_with(alone=[4]), "4 is not a file name"),
    "twice in a row": ('{"articles": [{"files": {"it": "a", "it": "b"}}]}', "'it' is repeated"),
}


@pytest.mark.parametrize(("gold", "says"), BAD_GOLD.values(), ids=BAD_GOLD)
def test_bad_gold_is_one_line_and_exit_code_2(finished, synoptic, gold, says):
    path, out = finished(gold=gold)
    fails(synoptic("evaluate", path, out), says)


def fails(result, says):
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("synoptic: ")
    assert says in line


def test_missing_and_unreadable_gold(finished, synoptic, tmp_path):
    _, out = finished()
    fails(synoptic("evaluate", tmp_path / "none.json", out), "none.json")
    fails(synoptic("evaluate", tmp_path, out), "cannot read")
    (tmp_path / "latin.json").write_bytes(b'{"alone": ["caff\xe8.txt"]}')
    fails(synoptic("evaluate", tmp_path / "latin.json", out), "latin.json")


def test_an_output_folder_that_is_none(finished, synoptic, tmp_path):
    gold, out = finished()
    fails(synoptic("evaluate", gold, tmp_path / "none"), "articles.csv")
    (out / "corpus.csv").unlink()
    fails(synoptic("evaluate", gold, out), "corpus.csv")
    (out / "corpus.csv").write_bytes(b"")
    fails(synoptic("evaluate", gold, out), "corpus.csv")
    (out / "corpus.csv").write_bytes(b"article,confidence\n\xff,1\n")
    fails(synoptic("evaluate", gold, out), "corpus.csv")
    (out / "corpus.csv").write_text("article\na1\n", encoding="utf-8")
    fails(synoptic("evaluate", gold, out), "'confidence'")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("a2", "1", "", "", 1), "'a2'"),
        (("a1", "5", "", "", 1), "paragraph 5 of a.txt"),
        (("a1", "one", "", "", 1), "'one'"),
        (("a1", "1", "", "", ""), "float"),
        (("a1", "1", "", "", "nan"), "nan"),
        (("a1", "1", "", "", "1.5"), "1.5"),
    ],
)
def test_tables_that_contradict_each_other(finished, row, says):
    _, out = finished([row])
    with pytest.raises(InputError, match=says):
        read_run(out)


def test_the_command_prints_every_score(finished, synoptic):
    gold, out = finished([("a1", "1", "1", "1", 0.95), *PERFECT[1:3]])
    result = synoptic("evaluate", gold, out)
    assert result.exit_code == 0
    lines = {line[:16].strip(): line[16:].split() for line in result.stdout.splitlines()}
    assert lines["rows"] == ["1.0000", "1.0000", "1.0000", "3", "3"]
    assert lines["it-pl one-sided"] == ["1.0000", "0.6667", "0.8000", "2", "3"]
    assert "lost: 1 of 10 paragraphs" in result.stdout
    assert "0.9-1.0" in lines
    assert "expected calibration error 0.0167" in result.stdout


def test_the_command_gives_json(finished, synoptic):
    gold, out = finished()
    scores = json.loads(synoptic("evaluate", gold, out, "--format", "json").stdout)
    assert scores["pairs"]["it-ko"]["lax"] == {"precision": 1, "recall": 1, "f1": 1, "said": 3, "gold": 3}
    assert scores["calibration"]["bins"] == [
        {"low": 0.9, "high": 1.0, "rows": 3, "confidence": 1.0, "right": 1.0}
    ]
    assert scores["lost"] == 0
