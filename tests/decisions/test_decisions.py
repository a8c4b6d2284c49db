"""The log of decisions: its file, and what holds of it for changed texts."""

import csv
import io
import os
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.checks.check import check
from pipeline.checks.finding_ids import Alike, id_of_turn
from pipeline.datatypes import Article, ArticleGroup, Finding, Paragraph, fingerprint
from pipeline.decisions import log
from pipeline.decisions import resolve as standings
from pipeline.decisions.log import BACKUPS, DECISIONS, add_decisions, parse_decisions, read_decisions
from pipeline.decisions.record import (
    COLUMNS,
    Decision,
    decision_fields,
    is_number,
    join_references,
    parse_decision,
    parse_references,
)
from pipeline.errors import InputError
from pipeline.rows.from_alignment import number_repeats
from tests.written import rows_of

TEXTS = st.text(
    st.sampled_from(list("\r\n\",;'=+\t \u2028\ufeff\u202e한ł<"))
    | st.characters(exclude_categories=["Cs", "Cc"]),
    max_size=30,
)


def decision(id="d1", kind="approve", paragraphs="it:1:0a1b2c3d4e5f", **others):
    fields = {"time": "2026-01-31T09:30:00Z", "article": "a1", "target": "r1"} | others
    return parse_decision({"id": id, "kind": kind, "paragraphs": paragraphs} | fields)


def group(*languages, id="a1"):
    """An article whose paragraphs in each language are these texts."""
    articles = []
    for code, texts in zip(("it", "ko", "pl"), languages, strict=False):
        paragraphs = tuple(
            Paragraph(n, "paragraph", text, ((0, len(text)),), code) for n, text in enumerate(texts, start=1)
        )
        articles.append(Article(f"{code}.txt", code, 1.0, paragraphs, (), "utf-8"))
    return ArticleGroup(id, tuple(articles))


def resolve(decisions, groups, level):
    return standings.resolve(decisions, {group.id: group for group in groups}, level)


def about(id, kind, *places, **others):
    """A decision about paragraphs given as `it4=text`."""
    references = []
    for place in places:
        head, _, text = place.partition("=")
        references.append(f"{head[:2]}:{head[2:]}:{fingerprint(text)}")
    return decision(id, kind, " ".join(references), **others)


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_every_text_comes_back(tmp_path_factory, texts):
    out = tmp_path_factory.mktemp("out")
    made = [
        decision(f"d{k}", "propose", language="it", reviewer=reviewer, text=text)
        for k, (reviewer, text) in enumerate(texts)
    ]
    for each in made:
        assert add_decisions(out, [each], backup=False) == [each]
    assert read_decisions(out).decisions == tuple(made)
    with (out / DECISIONS).open(encoding="utf-8", newline="") as stream:
        assert [line["text"] for line in csv.DictReader(stream)] == [text for _, text in texts]


def test_the_same_decision_is_stored_once(tmp_path):
    one, two = decision("d1"), decision("d2")
    assert add_decisions(tmp_path, [one, one], backup=True) == [one]
    assert add_decisions(tmp_path, [one, two], backup=True) == [two]
    assert [d.id for d in read_decisions(tmp_path).decisions] == ["d1", "d2"]


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_file_that_a_spreadsheet_has_saved_is_added_to_and_not_rewritten(tmp_path, delimiter, end):
    header = ["note", *reversed(COLUMNS)]
    fields = decision_fields(decision("d1"))
    lines = [
        header,
        ["ask Ewa", *(fields[name] for name in reversed(COLUMNS))],
        ["", "", "?", *[""] * 6, "x"],
    ]
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(lines)
    old = ("\ufeff" + stream.getvalue().removesuffix("\r\n") + end).encode()
    (tmp_path / DECISIONS).write_bytes(old)
    add_decisions(tmp_path, [decision("d2")], backup=True)
    new = (tmp_path / DECISIONS).read_bytes()
    assert new.startswith(old)
    log = read_decisions(tmp_path)
    assert log.decisions == (decision("d1"), decision("d2"))
    assert [u.line for u in log.unreadable] == [3]
    (backup,) = (tmp_path / BACKUPS).glob("decisions-*.csv")
    assert backup.read_bytes() == old


def test_ten_dated_backups_are_kept(tmp_path):
    states = []
    for k in range(14):
        add_decisions(tmp_path, [decision(f"d{k}")], backup=True)
        states.append((tmp_path / DECISIONS).read_bytes())
    kept = sorted((tmp_path / BACKUPS).glob("decisions-*.csv"))
    assert [path.read_bytes() for path in kept] == states[3:13]
    assert all(path.name.startswith("decisions-20") for path in kept)


def test_a_write_that_fails_leaves_the_file(tmp_path, monkeypatch):
    add_decisions(tmp_path, [decision("d1")], backup=False)
    before = (tmp_path / DECISIONS).read_bytes()

    def fail(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(log.OutputError, match="No space left"):
        add_decisions(tmp_path, [decision("d2")], backup=False)
    assert (tmp_path / DECISIONS).read_bytes() == before


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"kind": "aprove"}, "unknown"),
        ({"id": "a b"}, "id"),
        ({"time": "yesterday"}, "time"),
        ({"paragraphs": ""}, "needs paragraphs"),
        ({"paragraphs": "it:0:0a1b2c3d4e5f"}, "not a paragraph"),
        ({"paragraphs": "it:1:xyz"}, "not a paragraph"),
        ({"kind": "propose"}, "language"),
        ({"kind": "comment", "text": " "}, "text"),
        ({"kind": "dismiss", "target": ""}, "target"),
        ({"text": "\x1b[2J"}, "control"),
    ],
)
def test_a_line_that_makes_no_sense_is_reported(fields, problem):
    with pytest.raises(ValueError, match=problem):
        decision(**({"id": "d1"} | fields))


def test_what_is_no_table_of_decisions_is_an_error():
    for data in (b"\xff\xfe\x00", b"a,b\n1,2\n", b'"id","kind"\n"x'):
        with pytest.raises(InputError):
            parse_decisions(data, "x.csv")


def test_references_are_read_as_they_are_written():
    cell = "it:4:0a1b2c3d4e5f zh-cn:12:5f4e3d2c1b0a ko pl"
    assert join_references(*parse_references(cell)) == cell
    assert decision_fields(decision(paragraphs=cell))["paragraphs"] == cell


TEXT = (["Titolo", "uno", "due", "tre"], ["제목", "하나", "둘", "셋"])


def test_a_decision_finds_its_text_after_edits_elsewhere():
    repair = about("d1", "repair", "it3=due", "ko2=하나")
    moved = group(["Titolo", "nuovo", "uno!", "due", "tre"], ["하나", "둘"])
    resolved = resolve([repair], [moved], "paragraph")
    assert resolved.plan("a1").anchors == (frozenset({(0, 3), (1, 0)}),)
    assert resolved.plan("a1").reviews == {frozenset({(0, 3), (1, 0)}): "repaired"}


def test_a_changed_text_makes_a_decision_stale():
    approve = about("d1", "approve", "it3=due", "ko2=하나")
    resolved = resolve([approve], [group(["due."], ["하나"])], "paragraph")
    assert resolved.plans == {}
    assert [(d.id, why) for d, why in resolved.stale()] == [("d1", "the text has changed: it 3")]
    lost = resolve([approve], [group(["x"], ["y"], id="a2")], "paragraph")
    assert lost.stale()[0][1] == "its article is not in this run"


def test_an_article_that_goes_by_another_id_keeps_its_decisions():
    approve = about("d1", "approve", "it3=due", "ko3=둘")
    resolved = resolve([approve], [group(["x"], ["y"], id="a0"), group(*TEXT, id="a2")], "paragraph")
    assert resolved.plan("a2").anchors == (frozenset({(0, 2), (1, 2)}),)


def test_decisions_of_an_article_that_is_gone_do_not_go_to_one_with_a_sentence_in_common():
    decisions = [
        about("d1", "approve", "it1=Leggi anche", "ko1=읽기"),
        about("d2", "approve", "it2=uno", "ko2=하나"),
        about("d3", "approve", "it3=due", "ko3=둘"),
    ]
    other = group(["Leggi anche", "altro"], ["읽기", "다른"], id="a2")
    resolved = resolve(decisions, [other], "paragraph")
    assert resolved.plans == {}
    assert {why for _, why in resolved.stale()} == {"its article is not in this run"}
    renamed = group(["Leggi anche", "uno", "due!"], ["읽기", "하나", "둘"], id="a3")
    resolved = resolve(decisions, [other, renamed], "paragraph")
    assert set(resolved.plans) == {"a3"}
    assert [(d.id, why) for d, why in resolved.stale()] == [("d3", "the text has changed: it 3")]
    both = resolve(decisions[:1], [other, renamed], "paragraph")
    [(_, why)] = both.stale()
    assert why == "its article is not in this run, and several others have as much of its text"


def test_a_decision_of_another_level_or_language_says_so():
    approve = about("d1", "approve", "it1=Uno. Due.", "ko1=하나")
    two = Paragraph(1, "paragraph", "Uno. Due.", ((0, 4), (5, 9)), "it")
    korean = Paragraph(1, "paragraph", "하나", ((0, 2),), "ko")
    whole = ArticleGroup("a1", tuple(
        Article(f"{p.language}.txt", p.language, 1.0, (p,), (), "utf-8") for p in (two, korean)
    ))  # fmt: skip
    [(_, why)] = resolve([approve], [whole], "sentence").stale()
    assert why == "it is about paragraphs, and this run aligns sentences"
    sentence = about("d2", "approve", "it1=Uno.", "ko1=하나")
    [(_, why)] = resolve([sentence], [whole], "paragraph").stale()
    assert why == "it is about sentences, and this run aligns paragraphs"
    [(_, why)] = resolve([approve], [group(["Uno. Due."])], "paragraph").stale()
    assert why == "its article has no text in ko in this run"


def test_of_equal_paragraphs_each_decision_keeps_its_own():
    texts = ["Intro", "***", "uno", "***", "due", "***"]
    decisions = [about(f"d{n}", "repair", f"it{n}=***", f"ko{n}=***") for n in (2, 4)]
    decisions.append(about("d3", "approve", "it3=uno", "ko3=uno"))
    same = resolve(decisions, [group(texts, texts)], "paragraph")
    assert len(same.plan("a1").anchors) == 3
    shifted = resolve(decisions, [group(["+", "+", *texts], texts)], "paragraph")
    assert frozenset({(0, 3), (1, 1)}) in shifted.plan("a1").anchors
    assert frozenset({(0, 5), (1, 3)}) in shifted.plan("a1").anchors


def test_the_later_of_two_contradicting_decisions_holds():
    decisions = [
        about("d1", "approve", "it2=uno", "ko2=하나"),
        about("d2", "repair", "it2=uno", "it3=due", "ko2=하나"),
        about("d3", "repair", "it3=due", "ko3=둘"),
        about("d4", "reject", "it3=due", "ko3=둘"),
    ]
    resolved = resolve(decisions, [group(*TEXT)], "paragraph")
    rows = {"a1": {frozenset({(0, 2), (1, 2)})}}
    fates = resolved.with_result(rows, []).fates
    assert [fates[f"d{k}"].state for k in (1, 2, 3, 4)] == ["superseded", "superseded", "stands", "stands"]
    assert resolved.plan("a1").reviews == {frozenset({(0, 2), (1, 2)}): "rejected"}


def test_a_rejected_row_is_no_anchor_and_stale_when_it_is_gone():
    decisions = [about("d1", "approve", "it2=uno"), about("d2", "reject", "it2=uno")]
    resolved = resolve(decisions, [group(*TEXT)], "paragraph")
    assert resolved.plan("a1").anchors == ()
    after = resolved.with_result({"a1": {frozenset({(0, 1), (1, 1)})}}, [])
    assert after.fates["d2"].reason == "its paragraphs are no longer one row"
    assert after.counts() == {"stale": 1, "superseded": 1}


def test_taking_back_and_taking_that_back():
    decisions = [
        about("d1", "approve", "it2=uno"),
        decision("d2", "withdraw", "", target="d1"),
        decision("d3", "withdraw", "", target="d2"),
    ]
    group_ = [group(*TEXT)]
    assert resolve(decisions[:2], group_, "paragraph").plan("a1").anchors == ()
    assert resolve(decisions[:2], group_, "paragraph").fates["d1"].state == "withdrawn"
    assert len(resolve(decisions, group_, "paragraph").plan("a1").anchors) == 1


def finding_ids(texts, *articles):
    """The findings of a check over articles that have these Italian paragraphs in a row each."""
    rows = [row for id in articles for row in rows_of([(t, "", "") for t in texts], id)]
    ids = number_repeats(row.id for row in rows)
    rows = [row if row.id == id else replace(row, id=id) for row, id in zip(rows, ids, strict=True)]
    return rows, [f for f in check(rows) if f.rule == "characters.placeholder"]


def test_a_dismissed_finding_stays_dismissed_until_its_text_changes():
    text = ["Ha XNUMX anni.", "due", "Ha XNUMX anni."]
    rows, found = finding_ids(text, "a1")
    dismiss = about("d1", "dismiss", "it3=Ha XNUMX anni.", target=found[1].id)
    resolved = resolve([dismiss], [group(text)], "paragraph")
    assert resolved.dismissed(found, rows) == {"d1": found[1].id}
    assert resolve([dismiss], [group(["x"])], "paragraph").dismissed(found, rows) == {}
    assert resolved.with_result({}, {}).fates["d1"].state == "idle"
    assert resolved.with_result({}, {"d1": found[1].id}).fates["d1"].state == "stands"


def test_a_dismissal_keeps_its_finding_when_others_like_it_come_and_go():
    text = ["Ha XNUMX anni.", "due", "Ha XNUMX anni."]
    _, alone = finding_ids(text, "a1")
    dismiss = about("d1", "dismiss", "it3=Ha XNUMX anni.", target=alone[1].id)
    rows, more = finding_ids(text, "a0", "a1")  # the ids of a1 are now those of a0
    resolved = resolve([dismiss], [group(text, id="a0"), group(text)], "paragraph")
    assert alone[1].id == more[1].id
    assert resolved.dismissed(more, rows) == {"d1": more[3].id}
    fewer = ["x", *text[1:]]  # the second of them is the only one now
    rows, rest = finding_ids(fewer, "a1")
    resolved = resolve([dismiss], [group(fewer)], "paragraph")
    assert resolved.dismissed(rest, rows) == {"d1": rest[0].id}


def test_no_finding_has_a_number_for_its_id_and_dismissals_of_older_ids_still_count():
    """One id in 700 is a number in a spreadsheet, with 16 digits or an exponent."""
    digest = "12345678901234e5"
    id = id_of_turn(digest, 1)
    assert not is_number(id)
    assert all(not is_number(id_of_turn(digest, turn)) for turn in range(2, 5000))
    assert Alike([id, id_of_turn(id, 2)]).are(id_of_turn(id, 2), id)
    dismissal = decision("d1", "dismiss", "", target=digest, article="")
    assert dismissal.target == id == decision("d2", "dismiss", "", target=id, article="").target
    finding = Finding(id, "b7", "a1", "r", "", "", "minor", "it", "pl", "", "", "", "", "open")
    assert resolve([dismissal], [group(["x"])], "paragraph").dismissed([finding], []) == {"d1": id}


def test_a_dismissal_without_paragraphs_goes_by_the_id():
    rows, found = finding_ids(["Ha XNUMX anni."], "a1")
    dismiss = decision("d1", "dismiss", "", target=found[0].id, article="")
    assert resolve([dismiss], [group(["x"])], "paragraph").dismissed(found, rows) == {"d1": found[0].id}


def test_a_decision_is_a_line_of_all_columns():
    assert Decision._fields == (*COLUMNS, "seen")
    assert tuple(decision_fields(decision())) == COLUMNS


def test_who_makes_a_rejected_row_again_holds_it_for_right():
    decisions = [
        about("d1", "reject", "it2=uno", "ko2=하나"),
        about("d2", "repair", "it2=uno", "ko2=하나"),
        about("d3", "approve", "it3=due"),
        about("d4", "repair", "it3=due"),
    ]
    resolved = resolve(decisions, [group(*TEXT)], "paragraph")
    assert resolved.fates["d1"].state == "superseded"
    assert resolved.plan("a1").reviews == {
        frozenset({(0, 1), (1, 1)}): "repaired",
        frozenset({(0, 2)}): "approved",
    }


NEXT_WEEK = (["Altro titolo", "quattro", "cinque", "sei"], ["다른 제목", "넷", "다섯", "여섯"])


def test_an_article_is_what_it_says_when_the_name_of_its_file_is_used_again():
    decisions = [
        about("d1", "approve", "it2=uno", "ko2=하나"),
        about("d2", "reject", "it3=due", "ko3=둘"),
        about("d3", "comment", "it1=Titolo", "ko1=제목", text="bene"),
    ]
    reused = [group(*NEXT_WEEK, id="a1"), group(*TEXT, id="a2")]
    resolved = resolve(decisions, reused, "paragraph")
    assert {id: article for id, (article, _) in resolved.found.items()} == dict.fromkeys(
        ["d1", "d2", "d3"], "a2"
    )
    about_the_new_one = about("d4", "approve", "it2=quattro", "ko2=넷")
    resolved = resolve([*decisions, about_the_new_one], reused, "paragraph")
    assert {id: article for id, (article, _) in resolved.found.items()} == {
        "d1": "a2", "d2": "a2", "d3": "a2", "d4": "a1",
    }  # fmt: skip


def test_articles_whose_names_are_swapped_keep_their_decisions():
    decisions = [
        about("d1", "approve", "it2=uno", "ko2=하나"),
        about("d2", "approve", "it2=quattro", "ko2=넷", article="a2"),
    ]
    swapped = [group(*NEXT_WEEK, id="a1"), group(*TEXT, id="a2")]
    assert {id: place[0] for id, place in resolve(decisions, swapped, "paragraph").found.items()} == {
        "d1": "a2", "d2": "a1",
    }  # fmt: skip


def test_an_article_that_was_edited_keeps_what_another_has_too():
    boilerplate = about("d1", "approve", "it4=Leggi anche", "ko4=읽기")
    others = [about(f"d{k}", "approve", f"it{k}={it}", f"ko{k}={ko}") for k, it, ko in
              ((2, "uno", "하나"), (3, "due", "둘"))]  # fmt: skip
    edited = group(["Titolo", "uno", "due", "Leggi!"], ["제목", "하나", "둘", "읽기!"])
    other = group(["x", "Leggi anche"], ["y", "읽기"], id="a2")
    resolved = resolve([boilerplate, *others], [edited, other], "paragraph")
    assert [d.id for d, _ in resolved.stale()] == ["d1"]


def test_standing_decisions_move_with_an_article_of_which_most_has_changed():
    decisions = [
        about(f"d{k}", "approve", f"it{k}={text}", f"ko{k}={text}.") for k, text in enumerate("abcdefgh", 1)
    ]
    moved = group(["a", "b", *"CDEFGH"], ["a.", "b.", *"cdefgh"], id="a7")
    resolved = resolve(decisions, [moved], "paragraph")
    assert sorted(resolved.found) == ["d1", "d2"]
    assert {why[:20] for _, why in resolved.stale()} == {"the text has changed"}


def test_a_proposal_that_was_carried_out_is_fulfilled():
    texts = (["Titolo", "uno più", "due"], ["제목", "하나", "둘"])
    done = about("d1", "propose", "it2=uno", "ko2=하나", language="it", text="uno  più")
    other = about("d2", "propose", "it3=Due", "ko3=둘", language="it", text="due volte")
    elsewhere = about("d3", "propose", "it2=uno", "ko2=하나", language="ko", text="uno più")
    comment = about("d4", "comment", "it2=uno", text="uno più")
    resolved = resolve([done, other, elsewhere, comment], [group(*texts)], "paragraph").with_result({}, {})
    assert resolved.fulfilled() == ["d1"]
    assert [d.id for d, _ in resolved.stale()] == ["d2", "d3", "d4"]
    assert resolved.counts() == {"fulfilled": 1, "stale": 3}


def test_a_proposal_of_several_paragraphs_is_fulfilled_however_they_are_parted():
    said = about("d1", "propose", "it2=uno", "ko2=하나", language="it", text="uno.\n\ndue.")
    for texts in (["Titolo", "uno.", "due."], ["Titolo", "uno. due."]):
        resolved = resolve([said], [group(texts, ["제목", "하나"])], "paragraph").with_result({}, {})
        assert resolved.fulfilled() == ["d1"]


def test_a_sentence_added_to_a_paragraph_is_a_change_of_its_text():
    """What was the paragraph is a sentence of it now, which does not make the decision one on sentences."""
    decisions = [about(f"d{k}", "approve", f"it{k}={it}", f"ko{k}={ko}") for k, it, ko in
                 ((1, "Uno.", "하나"), (2, "Due.", "둘"), (3, "Tre. E poi.", "셋"))]  # fmt: skip

    def article(language, *texts):
        paragraphs = tuple(
            Paragraph(
                n, "paragraph", text, ((0, text.find(".") + 1), (text.find(".") + 2, len(text))), language
            )
            if ". " in text
            else Paragraph(n, "paragraph", text, ((0, len(text)),), language)
            for n, text in enumerate(texts, start=1)
        )
        return Article(f"{language}.txt", language, 1.0, paragraphs, (), "utf-8")

    now = article("it", "Uno. Ma anche due.", "Due.", "Tre. E poi."), article("ko", "하나", "둘", "셋")
    [(_, why)] = resolve(decisions, [ArticleGroup("a1", now)], "paragraph").stale()
    assert why == "the text has changed: it 1"


@pytest.mark.parametrize(("target", "kept"), [("1.23457E+11", ""), ("123456789012", "123456789012")])
def test_a_row_id_that_a_spreadsheet_has_turned_into_a_number_loses_no_decision(target, kept):
    assert decision("d1", target=target).target == kept


@pytest.mark.parametrize("fields", [{"id": "1.2E+17"}, {"id": "d1", "kind": "withdraw", "target": "1,2E+17"}])
def test_an_id_that_is_needed_and_was_turned_into_a_number_is_named(fields):
    with pytest.raises(ValueError, match="a spreadsheet has turned it into a number"):
        decision(**({"paragraphs": ""} | fields))
