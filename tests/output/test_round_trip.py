"""Run, review with repairs, edit a raw file elsewhere in the article, run again."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from pipeline.config import Config
from pipeline.datatypes import fingerprint
from pipeline.decisions.log import add_decisions
from pipeline.decisions.record import parse_decision
from pipeline.run.flow import run
from pipeline.run.progress import Silent

ROOT = Path(__file__).parent.parent.parent
FILES = ("a41f.txt", "0c92.txt", "nocna-biblioteka.txt")
LANGUAGES = ("it", "ko", "pl")


def read(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def corpus(tmp_path):
    """A folder with the samples of one article, and the function that runs over it."""
    raw = tmp_path / "raw"
    raw.mkdir()
    for name in FILES:
        shutil.copy(ROOT / "data" / "raw" / name, raw)

    def rerun():
        summary = run(Config(raw=raw, out=tmp_path / "out"), Silent())
        return summary, read(tmp_path / "out" / "corpus.csv")

    rerun.raw, rerun.out = raw, tmp_path / "out"
    return rerun


def references(row, languages=LANGUAGES):
    """What names the paragraphs of a row that has one in each language."""
    return " ".join(
        f"{code}:{row[f'{code}_paragraphs']}:{fingerprint(row[code])}" for code in languages if row[code]
    )


def decide(out, *decisions):
    made = [
        parse_decision({"id": f"d{k}", "time": "2026-01-31T09:30:00Z"} | fields)
        for k, fields in enumerate(decisions)
    ]
    add_decisions(out, made, backup=True)


def test_repaired_rows_stand_and_only_what_changed_is_aligned_anew(corpus):
    _, before = corpus()
    article = before[0]["article"]
    first, second, third, fourth = before[1:5]
    [omitted] = [row for row in before if row["status"] == "partial"]
    findings = read(corpus.out / "findings.csv")
    false_alarm = next(f for f in findings if f["rule"] == "completeness.omission")
    added = next(f for f in findings if f["rule"] == "completeness.addition")
    shifted = references(first, ["it", "ko"])  # the Polish paragraph goes to the row below
    joined = references(second) + " " + references(first, ["pl"])
    decide(
        corpus.out,
        {"kind": "repair", "article": article, "paragraphs": shifted},
        {"kind": "repair", "article": article, "paragraphs": joined},
        {"kind": "approve", "article": article, "target": third["id"], "paragraphs": references(third)},
        {"kind": "approve", "article": article, "target": fourth["id"], "paragraphs": references(fourth)},
        {
            "kind": "dismiss",
            "article": article,
            "target": false_alarm["id"],
            "paragraphs": references(omitted),
        },
    )
    log = (corpus.out / "decisions.csv").read_bytes()

    raw = corpus.raw / "a41f.txt"
    text = raw.read_text(encoding="cp1252" if b"\xe8" in raw.read_bytes() else "utf-8")
    changed = text.replace(fourth["it"], fourth["it"] + " E non solo.")
    assert changed != text
    raw.write_text("Ultimo aggiornamento di questa pagina.\n\n" + changed, encoding="utf-8")
    summary, after = corpus()

    by_it = {row["it"]: row for row in after}
    assert (by_it[first["it"]]["ko"], by_it[first["it"]]["pl"]) == (first["ko"], "")
    assert by_it[second["it"]]["pl"] == first["pl"] + "\n\n" + second["pl"]
    assert [by_it[row["it"]]["review"] for row in (first, second, third)] == [
        "repaired",
        "repaired",
        "approved",
    ]
    assert by_it[first["it"]]["confidence"] == by_it[third["it"]]["confidence"] == "0.9900"
    rest = [row["id"] for row in before[5:]]
    assert [row["id"] for row in after if row["id"] in rest] == rest
    assert by_it[fourth["it"] + " E non solo."]["review"] == ""

    [stale] = summary.stale
    assert (stale.id, stale.kind, stale.reason) == ("d3", "approve", "the text has changed: it 5")
    record = json.loads((corpus.out / "run.json").read_text(encoding="utf-8"))
    assert [each["id"] for each in record["stale_decisions"]] == ["d3"]
    assert record["counts"]["decisions"] == {"stale": 1, "stands": 4}

    status = {f["id"]: f["status"] for f in read(corpus.out / "findings.csv")}
    assert (status[false_alarm["id"]], status[added["id"]]) == ("dismissed", "open")
    [row] = [row for row in after if row["id"] == false_alarm["row_id"]]
    assert "completeness.omission" not in row["findings"].split()
    assert (corpus.out / "decisions.csv").read_bytes() == log


def test_other_settings_are_named_and_not_called_another_text(corpus):
    _, before = corpus()
    row = before[2]
    assert ". " in row["it"]
    decide(corpus.out, {"kind": "approve", "article": row["article"], "paragraphs": references(row)})

    def reason(**settings):
        [stale] = run(Config(raw=corpus.raw, out=corpus.out, **settings), Silent()).stale
        return stale.reason

    assert reason(level="sentence") == "it is about paragraphs, and this run aligns sentences"
    assert reason(languages=("it", "ko")) == "its article has no text in pl in this run"
    assert corpus()[0].stale == ()


def test_a_log_that_is_no_table_stops_the_run_before_it_begins(corpus):
    from pipeline.errors import InputError

    corpus()
    before = (corpus.out / "corpus.csv").read_bytes()
    (corpus.out / "decisions.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"decisions\.csv"):
        corpus()
    assert (corpus.out / "corpus.csv").read_bytes() == before
    assert (corpus.out / "decisions.csv").read_bytes() == b"\xff\xfe\x00"


def test_sentences_are_repaired_too(corpus):
    out = corpus.out
    run(Config(raw=corpus.raw, out=out, level="sentence"), Silent())
    rows = read(out / "corpus.csv")
    single = [row for row in rows if row["pl"] and not any("\n\n" in row[code] for code in LANGUAGES)]
    row, below = single[3:5]
    decide(
        out,
        {
            "kind": "repair",
            "article": row["article"],
            "paragraphs": references(row, ["it", "ko"]) + " " + references(below, ["pl"]),
        },
    )
    run(Config(raw=corpus.raw, out=out, level="sentence"), Silent())
    [repaired] = [line for line in read(out / "corpus.csv") if line["review"] == "repaired"]
    assert (repaired["it"], repaired["pl"]) == (row["it"], below["pl"])
