"""Decisions that come back in files: taken in as a whole, or not at all."""

import csv
import io

import pytest
from click.testing import CliRunner

from pipeline.cli.commands import main
from pipeline.datatypes import fingerprint
from pipeline.decisions.formula_guard import guarded, unguarded
from pipeline.decisions.log import DECISIONS, add_decisions, read_decisions
from pipeline.decisions.record import COLUMNS, decision_fields, parse_decision
from pipeline.errors import ConflictError, InputError
from pipeline.exports.content import read_content
from pipeline.output.csv_text import csv_text
from pipeline.returned.apply import apply_file
from tests.written import rows_of, write_corpus


@pytest.fixture
def rows():
    return rows_of([("uno", "하나", "jeden"), ("due", "둘", "dwa"), ("=3+4", "셋", ["trzy", "cztery"])])


@pytest.fixture
def out(tmp_path, rows):
    write_corpus(tmp_path / "out", rows)
    return tmp_path / "out"


def about(row, kind, id, **fields):
    paragraphs = " ".join(
        f"{code}:{p.number}:{fingerprint(p.text)}"
        for code, cell in zip(row.languages, row.cells, strict=True)
        for p in cell
    )
    return parse_decision(
        {"id": id, "kind": kind, "article": row.article, "target": row.id, "paragraphs": paragraphs} | fields
    )


def saved(tmp_path, *decisions):
    path = tmp_path / "saved.csv"
    path.write_text(csv_text([COLUMNS, *(list(decision_fields(d).values()) for d in decisions)]), newline="")
    return path


def edited(tmp_path, out, change, name="edited.csv", **form):
    with (out / "corpus.csv").open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream))
    change(lines)
    stream = io.StringIO(newline="")
    header = list(dict.fromkeys(name for line in lines for name in line))
    writer = csv.DictWriter(stream, header, **form)
    writer.writeheader()
    writer.writerows(lines)
    path = tmp_path / name
    path.write_text("\ufeff" + stream.getvalue(), encoding="utf-8", newline="")
    return path


def log(out):
    return [(d.kind, d.target, d.language, d.text) for d in read_decisions(out).decisions]


def test_a_saved_file_is_taken_in_once(tmp_path, out, rows):
    path = saved(tmp_path, about(rows[0], "approve", "d1"), about(rows[1], "comment", "d2", text="?"))
    assert len(apply_file(path, out).decisions) == 2
    assert apply_file(path, out).decisions == []
    assert [d.id for d in read_decisions(out).decisions] == ["d1", "d2"]


def test_a_dry_run_writes_nothing(tmp_path, out, rows):
    path = saved(tmp_path, about(rows[0], "approve", "d1"))
    before = sorted(path.name for path in out.iterdir())
    assert len(apply_file(path, out, dry_run=True).decisions) == 1
    assert sorted(path.name for path in out.iterdir()) == before


def test_unknown_ids_are_warnings(tmp_path, out, rows):
    [other] = rows_of([("altro", "", "inny")])
    path = saved(
        tmp_path,
        about(other, "approve", "d1"),
        about(rows[0], "dismiss", "d2", target="nothing"),
        about(rows[0], "withdraw", "d3", target="d0"),
        about(rows[0], "approve", "d4"),
        about(rows[0], "withdraw", "d5", target="d4"),
    )
    incoming = apply_file(path, out)
    assert [d.id for d in incoming.decisions] == ["d4", "d5"]
    assert [warning.split(":")[0] for warning in incoming.warnings] == [
        "approve d1",
        "dismiss d2",
        "withdraw d3",
    ]


def test_the_table_of_another_run_is_told_in_one_line(tmp_path, out, rows):
    write_corpus(tmp_path / "other", rows_of([("altro", "다른", "inny")] * 300, article="a9"))
    done = CliRunner().invoke(main, ["apply", str(tmp_path / "other" / "corpus.csv"), str(out)])
    assert done.exit_code == 2
    assert done.output.count("\n") == 1
    assert "another run" in done.output


def test_many_warnings_are_summed_up_and_a_dry_run_lists_them(tmp_path, out, rows):
    strange = rows_of([(f"altro {k}", "", "inny") for k in range(40)])
    path = saved(
        tmp_path,
        about(rows[0], "approve", "d"),
        *(about(row, "approve", f"d{k}") for k, row in enumerate(strange)),
    )
    dry = CliRunner().invoke(main, ["apply", str(path), str(out), "--dry-run"]).output
    assert dry.count("skipped: approve d") == 40
    done = CliRunner().invoke(main, ["apply", str(path), str(out)]).output
    assert done.splitlines()[0].startswith("1 decision imported")
    assert done.count("skipped: approve d") == 5
    assert "35 more; --dry-run lists them all" in done


def test_a_text_that_only_another_article_has_is_no_text_of_a_decision(tmp_path, out, rows):
    [other] = rows_of([("due", "다섯", "")], article="a2")
    write_corpus(out, [*rows, other])
    wrong = about(rows[1], "approve", "d1", article="a2")
    incoming = apply_file(saved(tmp_path, wrong, about(other, "approve", "d2")), out)
    assert [d.id for d in incoming.decisions] == ["d2"]
    assert incoming.warnings == ["approve d1: its article has no such text: ko 2, pl 2"]


def test_conflicts_are_listed_and_nothing_is_taken_in(tmp_path, out, rows):
    add_decisions(out, [about(rows[0], "approve", "d1", reviewer="Ewa")], backup=False)
    before = (out / DECISIONS).read_bytes()
    path = saved(tmp_path, about(rows[1], "approve", "d2"), about(rows[0], "reject", "d3"))
    with pytest.raises(ConflictError, match=r"reject d3.*approve d1.*by Ewa"):
        apply_file(path, out)
    assert (out / DECISIONS).read_bytes() == before
    assert len(apply_file(path, out, dry_run=True).conflicts) == 1
    apply_file(path, out, overrule=True)
    assert [d.id for d in read_decisions(out).decisions] == ["d1", "d2", "d3"]


def test_what_a_file_takes_back_is_no_conflict(tmp_path, out, rows):
    add_decisions(out, [about(rows[0], "approve", "d1")], backup=False)
    path = saved(tmp_path, about(rows[0], "withdraw", "d2", target="d1"), about(rows[0], "reject", "d3"))
    assert len(apply_file(path, out).decisions) == 2


def test_repairs_that_share_a_paragraph_contradict(tmp_path, out, rows):
    joined = f"it:1:{fingerprint('uno')} ko:2:{fingerprint('둘')}"
    other = f"it:1:{fingerprint('uno')} pl:2:{fingerprint('dwa')}"
    add_decisions(out, [about(rows[0], "repair", "d1", paragraphs=joined)], backup=False)
    with pytest.raises(ConflictError):
        apply_file(saved(tmp_path, about(rows[0], "repair", "d2", paragraphs=other)), out)
    apply_file(saved(tmp_path, about(rows[0], "repair", "d3", paragraphs=joined)), out)


@pytest.mark.parametrize("form", [{}, {"delimiter": ";", "lineterminator": "\r\n"}])
def test_an_edited_table_becomes_decisions(tmp_path, out, rows, form):
    def change(lines):
        lines[0]["pl"] = 'Jeden,\r\na nie "dwa"'
        lines[1]["review"] = "Approved"
        lines[1]["comment"] = "dobrze"
        lines[2]["review"] = "rejected"

    path = edited(tmp_path, out, change, **form)
    apply_file(path, out)
    assert log(out) == [
        ("propose", rows[0].id, "pl", 'Jeden,\na nie "dwa"'),
        ("approve", rows[1].id, "", ""),
        ("comment", rows[1].id, "", "dobrze"),
        ("reject", rows[2].id, "", ""),
    ]
    assert apply_file(path, out).decisions == []


def test_a_table_as_it_was_written_says_nothing(tmp_path, out):
    assert apply_file(out / "corpus.csv", out).decisions == []

    def guard(lines):
        for line in lines:
            line.update({code: guarded(line[code]) for code in ("it", "ko", "pl")})

    assert apply_file(edited(tmp_path, out, guard), out).decisions == []


def test_rows_that_are_not_there_and_rows_twice(tmp_path, out):
    def change(lines):
        lines[0]["id"] = "0000000000ff"
        lines[1]["it"] = "DUE"
        lines.append(dict(lines[1], it="Due"))
        del lines[2]

    path = edited(tmp_path, out, change)
    with pytest.raises(ConflictError, match="lines 3 and 4"):
        apply_file(path, out)
    assert log(out) == []
    assert apply_file(path, out, dry_run=True).warnings == [
        "line 2: there is no row '0000000000ff' in article 'a1'"
    ]


def test_an_edit_goes_to_the_article_of_its_line(tmp_path):
    """The ending of an id that repeats belongs to another row when a file has come or gone."""
    cells = [("Redazione", "편집부", "Redakcja"), ("Uno.", "하나.", "Jeden.")]
    first, second = rows_of(cells, "a1"), rows_of(cells, "a2")
    write_corpus(tmp_path / "out", [*first, *second], findings=[])

    def change(lines):
        assert lines[2]["id"].endswith("-2")
        lines[2]["review"] = "rejected"

    path = edited(tmp_path, tmp_path / "out", change)
    write_corpus(tmp_path / "out", [*rows_of(cells, "a0"), *first, *second], findings=[])
    apply_file(path, tmp_path / "out")
    [decision] = read_decisions(tmp_path / "out").decisions
    assert (decision.article, decision.target[-2:]) == ("a2", "-3")
    write_corpus(tmp_path / "fewer", first, findings=[])
    warnings = apply_file(path, tmp_path / "fewer").warnings
    assert [warning.partition(":")[0] for warning in warnings] == ["line 4", "line 5"]


def test_a_rejection_of_the_same_text_elsewhere_is_no_conflict(tmp_path):
    cells = [("Redazione", "편집부", "Redakcja")]
    first, second = rows_of(cells, "a1"), rows_of(cells, "a2")
    write_corpus(tmp_path / "out", [*first, *second], findings=[])
    add_decisions(tmp_path / "out", [about(first[0], "approve", "d1")], backup=False)

    def change(lines):
        lines[1]["review"] = "rejected"

    apply_file(edited(tmp_path, tmp_path / "out", change), tmp_path / "out")
    assert [(d.kind, d.article) for d in read_decisions(tmp_path / "out").decisions] == [
        ("approve", "a1"),
        ("reject", "a2"),
    ]


def test_who_changes_their_mind_twice_is_heard_twice(tmp_path, out):
    def say(review, text):
        def change(lines):
            lines[0] |= {"review": review, "pl": text}

        path = edited(tmp_path, out, change)
        return [(d.kind, d.text) for d in apply_file(path, out, overrule=True).decisions]

    for review, kind, text in (
        ("approved", "approve", "Jeden!"),
        ("rejected", "reject", "Jedna."),
        ("approved", "approve", "Jeden!"),
    ):
        assert say(review, text) == [("propose", text), (kind, "")]
        assert say(review, text) == []
    rows = read_content(out).rows
    assert (rows[0].review, rows[0].remarks[-1].text) == ("approved", "Jeden!")
    assert len({d.id for d in read_decisions(out).decisions}) == 6


def test_edits_that_are_no_decisions_are_warnings(tmp_path, out, rows):
    add_decisions(out, [about(rows[1], "approve", "d1")], backup=False)

    def change(lines):
        lines[0] |= {"review": "aproved", "pl": " "}
        lines[1]["review"] = ""
        lines[2]["review"] = "repaired"

    incoming = apply_file(edited(tmp_path, out, change), out)
    assert incoming.decisions == []
    assert [warning.partition(":")[0] for warning in incoming.warnings] == [
        "line 2",
        "line 2",
        "line 6",  # a text of three lines ends there
        "the review is empty where rows have been reviewed (line 3)",
    ]
    assert "text in pl is empty" in incoming.warnings[0]
    assert "'aproved' is not valid" in incoming.warnings[1]


def test_what_is_neither_is_an_error(tmp_path, out):
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="neither"):
        apply_file(path, out)
    with pytest.raises(InputError, match="cannot read"):
        apply_file(tmp_path / "none.csv", out)


def test_the_command(tmp_path, out, rows):
    run = CliRunner().invoke
    path = str(saved(tmp_path, about(rows[0], "approve", "d1")))
    done = run(main, ["apply", path, str(out), "--dry-run"])
    assert (done.exit_code, done.stdout) == (0, "1 decision would be imported: 1 approve\n")
    assert run(main, ["apply", path, str(out)]).stdout == "1 decision imported: 1 approve\n"
    path = str(saved(tmp_path, about(rows[0], "reject", "d2")))
    done = run(main, ["apply", path, str(out)])
    assert done.exit_code == 2
    assert "contradict" in done.stderr
    assert run(main, ["apply", path, str(out), "--overrule"]).exit_code == 0


@pytest.mark.parametrize("text", ["=1", "'=1", "''-x", "+", "@a", "-5 °C", "'quoted'", "'", "", "a=b", "＝x"])
def test_guarded_cells_are_no_formulas_and_come_back(text):
    assert guarded(text)[:1] not in tuple("=+-@\t\r＝＋－＠")
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("article", ["a1", "a9"])
def test_a_conflict_is_found_where_paragraphs_or_the_article_have_moved(tmp_path, article):
    old = rows_of([("uno", "하나", "jeden"), ("due", "둘", "dwa")])
    now = rows_of([("zero", "영", "zero"), ("uno", "하나", "jeden"), ("due", "둘", "dwa")], article=article)
    write_corpus(tmp_path / "out", now)
    add_decisions(tmp_path / "out", [about(old[0], "approve", "d1", reviewer="Ewa")], backup=False)
    path = saved(tmp_path, about(now[1], "reject", "d2", reviewer="Kim"))
    with pytest.raises(ConflictError, match=r"reject d2 .* contradicts approve d1"):
        apply_file(path, tmp_path / "out")
    other = saved(tmp_path, about(now[0], "reject", "d3"))
    assert [d.id for d in apply_file(other, tmp_path / "out").decisions] == ["d3"]


def withdrawal(target, time="2026-02-02T09:00:00Z"):
    return parse_decision({"id": f"w-{target}", "time": time, "kind": "withdraw", "target": target})


def test_a_table_sent_out_before_an_approval_was_withdrawn_does_not_approve_again(tmp_path, out, rows):
    add_decisions(out, [about(rows[0], "approve", "d1"), about(rows[1], "approve", "d2")], backup=False)
    path = edited(tmp_path, out, lambda lines: [line.update(review="approved") for line in lines])
    add_decisions(out, [withdrawal("d1")], backup=False)
    incoming = apply_file(path, out)
    assert [(d.kind, d.target) for d in incoming.decisions] == [("approve", rows[2].id)]
    [warning] = incoming.warnings
    assert "withdrawn since the file was sent out (line 2)" in warning


def test_another_review_of_a_row_whose_approval_was_withdrawn_is_taken_in(tmp_path, out, rows):
    add_decisions(out, [about(rows[0], "approve", "d1"), withdrawal("d1")], backup=False)
    path = edited(tmp_path, out, lambda lines: lines[0].update(review="rejected"))
    assert [d.kind for d in apply_file(path, out).decisions] == ["reject"]


def test_a_dismissal_is_taken_in_when_a_finding_like_it_has_gone_from_another_article(tmp_path):
    text = [("Ha XNUMX anni.", "", "")]
    rows = [row for article in ("a1", "a2") for row in rows_of(text, article=article)]
    found = [f for f in write_corpus(tmp_path / "both", rows) if f.rule == "characters.placeholder"]
    dismiss = about(rows[1], "dismiss", "d1", article="a2")._replace(target=found[1].id)
    [left] = [f for f in write_corpus(tmp_path / "one", rows[1:]) if f.rule == "characters.placeholder"]
    assert left.id != found[1].id
    assert [d.id for d in apply_file(saved(tmp_path, dismiss), tmp_path / "one").decisions] == ["d1"]
    [other] = rows_of([("Niente.", "", "")], article="a2")
    write_corpus(tmp_path / "none", [other])
    incoming = apply_file(saved(tmp_path, dismiss), tmp_path / "none")
    assert incoming.decisions == []
    assert "there is no finding" in incoming.warnings[0]


def approve_second(lines):
    lines[1]["review"] = "approved"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16"])
def test_a_table_with_tabs_is_taken_in(tmp_path, out, encoding):
    path = edited(tmp_path, out, approve_second, delimiter="\t")
    path.write_bytes(path.read_text("utf-8-sig").encode(encoding))
    incoming = apply_file(path, out)
    assert ([d.kind for d in incoming.decisions], incoming.warnings) == (["approve"], [])


def test_decisions_with_tabs_are_taken_in_and_kept_so(tmp_path, out, rows):
    path = saved(tmp_path, about(rows[0], "approve", "d1"))
    path.write_text(path.read_text("utf-8").replace('","', '"\t"'), "utf-8")
    assert [d.id for d in apply_file(path, out).decisions] == ["d1"]
    (out / DECISIONS).write_text((out / DECISIONS).read_text("utf-8").replace('","', '"\t"'), "utf-8")
    add_decisions(out, [about(rows[1], "approve", "d2")], backup=False)
    assert [d.id for d in read_decisions(out).decisions] == ["d1", "d2"]


@pytest.mark.parametrize("id", ["1.23457E+11", "1,23457E+11", "34567"])
def test_a_row_whose_id_became_a_number_is_found_by_its_paragraphs(tmp_path, out, rows, id):
    def change(lines):
        approve_second(lines)
        lines[1]["id"] = id

    [made] = apply_file(edited(tmp_path, out, change), out).decisions
    assert (made.kind, made.target) == ("approve", rows[1].id)


def test_a_number_is_no_row_whose_texts_are_all_others(tmp_path, out):
    def change(lines):
        approve_second(lines)
        lines[1] |= {"id": "1.23457E+11", "it": "a", "ko": "b", "pl": "c"}

    incoming = apply_file(edited(tmp_path, out, change), out)
    assert (incoming.decisions, len(incoming.warnings)) == ([], 1)


def test_a_row_whose_id_became_a_number_and_that_nothing_else_tells_is_named(tmp_path, out):
    def change(lines):
        approve_second(lines)
        lines[1]["id"] = "1.23457E+11"
        for line in lines:
            del line["it_paragraphs"]

    incoming = apply_file(edited(tmp_path, out, change), out)
    [warning] = incoming.warnings
    assert warning.endswith("a spreadsheet may have turned its id into a number")
    assert incoming.decisions == []
