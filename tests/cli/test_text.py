from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.api.stages import Normalised
from pipeline.cli.stage_output import change_lines
from pipeline.cli.text import MAX_LISTED, printable, summary_lines
from pipeline.datatypes import Change, Verdict
from pipeline.decisions.log import Log
from pipeline.decisions.resolve import resolve
from pipeline.run.summary import summarise


def verdict(name, verdict="parallel", article="a1", reason="because"):
    return Verdict(name, article, "it", 1.0, 4, verdict, 0.9, reason)


def summary(verdicts):
    return summarise(verdicts, {}, [], resolve([], {}, "paragraph"), Log(), Path("out"), 1.25)


def test_every_file_is_in_exactly_one_count():
    files = [
        verdict("a"), verdict("b", "partial"), verdict("c", "alone", ""),
        verdict("d", "duplicate"), verdict("e", "rejected", ""),
    ]  # fmt: skip
    first, *_ = summary_lines(summary(files))
    assert first == "5 files: 2 in 1 article, 1 alone, 1 duplicate, 1 rejected"


def test_a_run_over_nothing():
    lines = list(summary_lines(summary([])))
    assert lines[:3] == ["0 files: none", "0 rows: none", "0 findings: none"]


def test_rejected_files_are_named_with_the_reason_and_many_are_counted():
    files = [verdict(f"{n}.txt", "rejected", "", "is empty") for n in range(MAX_LISTED + 3)]
    text = "\n".join(summary_lines(summary(files)))
    assert "0.txt: is empty" in text
    assert f"{MAX_LISTED}.txt" not in text
    assert "3 more, see articles.csv" in text


def test_rejected_paragraphs_do_not_count():
    assert summary([verdict("a"), verdict("b", "rejected", "")]).paragraphs == 4


@pytest.mark.parametrize(
    ("fates", "words"),
    [
        ({"stands": 9}, "9 decisions in effect"),
        ({"stands": 1}, "1 decision in effect"),
        (
            {"stale": 1, "stands": 7, "superseded": 2},
            "10 decisions: 1 stale, 7 in effect, 2 overruled by later ones",
        ),
    ],
)
def test_what_became_of_the_decisions(fates, words):
    assert words in list(summary_lines(replace(summary([]), decisions=fates)))


def test_files_without_a_translation_are_named_with_the_next_step():
    lines = list(summary_lines(summary([verdict("a"), verdict("c.txt", "alone", "", "nothing is near it")])))
    k = lines.index("  alone: c.txt: nothing is near it")
    assert "pairs.csv" in lines[k + 1]
    assert not any("pairs.csv" in line for line in summary_lines(summary([verdict("a")])))


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_results_are_named_as_they_are(tmp_path, form):
    out = tmp_path / "mio corpus"
    out.mkdir()
    for name in ("corpus", "articles", "findings"):
        path = out / f"{name}.{form}"
        path.mkdir() if form == "parquet" else path.write_text("")
    (out / "review.html").write_text("")
    made = summarise([verdict("a")], {}, [], resolve([], {}, "paragraph"), Log(), out, 1.25)
    *paths, command = list(summary_lines(made))[-5:]
    assert all(Path(line.split("  ")[0]).exists() for line in paths)
    assert f"review '{out}'" in command


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("caffè 한글", "caffè 한글"),
        ("a\x1b[31m", "a\\x1b[31m"),
        ("a\nb\tc", "a\\nb\\tc"),
        ("\udcff\u202e", "\\udcff\\u202e"),
    ],
)
def test_printable(text, shown):
    assert printable(text) == shown


def test_a_repair_shows_what_cannot_be_seen():
    changes = [Change("zero_width", 12, "\u200b", "", 2), Change("composed_letters", 3, "e\u0300", "è", 1)]
    assert list(change_lines(Normalised((), tuple(changes), (), "f.txt"))) == [
        'f.txt:1:3\tcomposed_letters\t"e\\u0300" -> "è"',
        'f.txt:2:12\tzero_width\t"\\u200b" -> ""',
    ]
