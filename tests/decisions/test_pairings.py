"""Decisions about files: what they say in the end, and that the next run obeys."""

from pathlib import Path

import pytest

from pipeline.config import Config
from pipeline.decisions.pairings import NamedFile, pairings_of
from pipeline.decisions.record import parse_decision
from pipeline.matching.statements import NOTHING_STATED, statements_of
from pipeline.run.steps.pairs import Pairing, with_decided

LANGUAGES = ("it", "ko", "pl")


def decided(*said):
    fields = [
        {"id": f"d{k}", "kind": kind, "article": "a", "text": "\n".join(files)} | (
            {"target": files[0], "text": ""} if kind == "withdraw" else {}
        )
        for k, (kind, *files) in enumerate(said)
    ]  # fmt: skip
    return [parse_decision(each) for each in fields]


def said(*decisions):
    return [(each.together, [name for _, name in each.files]) for each in pairings_of(decided(*decisions))]


def test_the_later_decision_counts():
    join, part = ("join", "it:a", "ko:b"), ("part", "ko:b", "it:a")
    assert said(join) == [(True, ["a", "b"])]
    assert said(join, part) == [(False, ["b", "a"])]
    assert said(join, part, join) == [(True, ["a", "b"])]
    assert said(join, ("join", "ko:b", "pl:c")) == [(True, ["b", "c"])]
    assert said(("join", "it:a", "ko:b", "pl:c"), ("part", "ko:b", "it:a", "pl:c")) == [
        (True, ["a", "c"]), (False, ["b", "a"]), (False, ["b", "c"]),
    ]  # fmt: skip
    assert said(join, ("withdraw", "d0")) == []


def test_what_makes_no_article_says_nothing():
    assert said(("join", "it:a", "it:b")) == []
    assert said(("join", "no language", "it:b")) == []
    for text in ("", "it:a"):
        with pytest.raises(ValueError, match="at least two"):
            parse_decision({"id": "d", "kind": "join", "text": text})


def obeyed(table, *decisions):
    statements = statements_of(table, "pairs.csv", LANGUAGES) if table else NOTHING_STATED
    pairing = with_decided(Pairing(statements), pairings_of(decided(*decisions)), LANGUAGES)
    return pairing.statements, pairing.overruled


def test_decisions_stand_beside_the_table_which_overrules_them():
    statements, overruled = obeyed([], ("join", "it:a", "ko:b", "de:x"))
    assert [row.files for row in statements.rows] == [(("it", "a"), ("ko", "b"))]
    assert statements.place(statements.rows[0]) == "decisions.csv, decision d0"
    assert not overruled
    table = [{"it": "a", "ko": "b"}, {"it": "e", "ko": "f", "together": "no"}]
    for decision in (
        ("join", "it:a", "pl:c"), ("part", "it:a", "ko:b"),
        ("join", "it:e", "ko:f"), ("join", "ko:a", "pl:c"),
    ):  # fmt: skip
        statements, overruled = obeyed(table, decision)
        assert len(statements.rows) == 2
        assert len(overruled) == 1
        assert "pairs.csv overrules the decision" in overruled[0]
    assert obeyed(table)[0].sha256 == statements.sha256
    assert obeyed(table, ("join", "it:g", "ko:h"))[0].sha256 != statements.sha256


def test_files_are_named_with_their_language():
    (pairing,) = pairings_of(decided(("join", "it:sub/a: b.txt", "zh-tw:c.txt#3")))
    assert pairing.files == (NamedFile("it", "sub/a: b.txt"), NamedFile("zh-tw", "c.txt#3"))


TEXTS = {
    "it/fiume.txt": "Il fiume scorre verso il mare.\n\nD'inverno gela per due mesi e i bambini pattinano.",
    "pl/rzeka.txt": "Rzeka płynie do morza.\n\nZimą zamarza na dwa miesiące i dzieci jeżdżą na łyżwach.",
    "pl/targ.txt": "Na targu sprzedaje się dziś jabłka.\n\nJutro przyjadą rolnicy z gór ze swoim serem.",
}


def test_the_next_run_obeys(tmp_path):
    from pipeline.api.runs import align

    raw, out = tmp_path / "raw", tmp_path / "out"
    for name, text in TEXTS.items():
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
        (raw / name).write_text(text, encoding="utf-8")

    def company():
        corpus = align(raw, out, languages="it,pl")
        files = corpus.articles
        together = files[files["article"].notna() & (files["article"] != "")]
        return sorted(together["file"]), " ".join(files["reason"].astype(str))

    assert company()[0] == ["it/fiume.txt", "pl/rzeka.txt"]
    lines = [
        'id,time,reviewer,kind,article,target,paragraphs,language,text',
        'd1,,Ewa,part,,,,,"it:it/fiume.txt\npl:pl/rzeka.txt"',
        'd2,,Ewa,join,,,,,"it:it/fiume.txt\npl:pl/targ.txt"',
    ]  # fmt: skip
    (out / "decisions.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    files, reasons = company()
    assert files == ["it/fiume.txt", "pl/targ.txt"]
    assert "decisions.csv, decision d2" in reasons
    assert Path(Config().raw) != raw  # the settings of the checkout were not used
