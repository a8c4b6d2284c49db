"""The files of several people, merged by person: what does not contradict is taken in."""

import pytest
from click.testing import CliRunner

from pipeline.cli.commands import main
from pipeline.decisions.log import DECISIONS, add_decisions, read_decisions
from pipeline.decisions.people import active, verdicts, work_of
from pipeline.decisions.record import COLUMNS, decision_fields, parse_decision
from pipeline.errors import InputError, SettingError
from pipeline.exports.content import read_content
from pipeline.exports.selection import condition, selected
from pipeline.output.csv_text import csv_text
from pipeline.returned.apply import apply_files
from tests.browser import needs_chromium, open_rows, watching
from tests.written import references, rows_of, write_corpus


@pytest.fixture
def rows():
    cells = [("uno", "하나", "jeden"), ("due", "둘", "dwa"), ("tre", "셋", "trzy"), ("sei", "", "sześć")]
    return rows_of(cells)


@pytest.fixture
def out(tmp_path, rows):
    write_corpus(tmp_path / "out", rows)
    return tmp_path / "out"


def said(row, kind, id, reviewer="", **fields):
    about = {"article": row.article, "target": row.id, "paragraphs": references(row)}
    return parse_decision({"id": id, "kind": kind, "reviewer": reviewer} | about | fields)


def file_of(tmp_path, name, *decisions):
    path = tmp_path / f"{name}.csv"
    lines = [list(decision_fields(decision).values()) for decision in decisions]
    path.write_text(csv_text([COLUMNS, *lines]), newline="", encoding="utf-8")
    return path


@pytest.fixture
def files(tmp_path, rows):
    """Ewa and Jan differ on row 2 and on a text of row 3, and agree on row 1."""
    return [
        file_of(
            tmp_path,
            "ewa",
            said(rows[0], "approve", "e1", "Ewa"),
            said(rows[1], "approve", "e2", "Ewa"),
            said(rows[2], "propose", "e3", "Ewa", language="pl", text="Trzy."),
            said(rows[3], "comment", "e4", "Ewa", text="?"),
        ),
        file_of(
            tmp_path,
            "jan",
            said(rows[0], "approve", "j1", "Jan"),
            said(rows[1], "reject", "j2", "Jan"),
            said(rows[2], "propose", "j3", "Jan", language="pl", text="Trójka."),
            said(rows[3], "approve", "j4", "Jan"),
        ),
    ]


def test_what_does_not_contradict_is_taken_in(out, files):
    incoming = apply_files(files, out)
    assert [d.id for d in read_decisions(out).decisions] == ["e1", "e4", "j1", "j4"]
    assert [conflict.text.partition(":")[0] for conflict in incoming.conflicts] == [
        "Jan and Ewa, row 2 of a1",
        "Jan and Ewa, row 3 of a1",
    ]
    assert [d.id for d in apply_files(files, out).decisions] == []


def test_conflicts_with_the_log_name_who_decided_and_leave_the_rest(out, files, rows):
    add_decisions(out, [said(rows[3], "reject", "o1", "Ola")], backup=False)
    incoming = apply_files(files, out)
    assert [d.id for d in incoming.decisions] == ["e1", "e4", "j1"]
    assert "Jan and Ola, row 4 of a1: approve j4" in "\n".join(map(str, incoming.conflicts))


def test_overruling_lets_the_last_file_win(out, files, rows):
    apply_files(files, out, overrule=True)
    assert len(read_decisions(out).decisions) == 8
    by_id = {row.id: row for row in read_content(out).rows}
    assert by_id[rows[1].id].review == "rejected"
    assert by_id[rows[2].id].remarks[-1].text == "Trójka."


def test_who_takes_back_in_the_same_file_contradicts_nobody(tmp_path, out, files, rows):
    mine = [said(rows[1], "approve", "m1", "Mia"), said(rows[1], "withdraw", "m2", "Mia", target="m1")]
    incoming = apply_files([file_of(tmp_path, "mia", *mine), files[1]], out)
    assert incoming.conflicts == []


def test_nothing_is_written_if_a_file_cannot_be_read(tmp_path, out, files):
    (tmp_path / "bad.xlf").write_text("<xliff", encoding="utf-8")
    with pytest.raises(InputError):
        apply_files([*files, tmp_path / "bad.xlf"], out)
    assert not (out / DECISIONS).exists()


def test_the_command_lists_conflicts_and_says_so_by_its_exit_code(out, files):
    arguments = ["apply", *map(str, files), str(out)]
    dry = CliRunner().invoke(main, [*arguments, "--dry-run"])
    assert (dry.exit_code, not (out / DECISIONS).exists()) == (3, True)
    assert dry.stdout.count("conflict: Jan and Ewa, row") == 2
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 3
    assert done.stdout.splitlines()[0] == "4 decisions imported: 3 approve, 1 comment"
    assert CliRunner().invoke(main, [*arguments, "--overrule"]).exit_code == 0


def test_agreement_stands_twice_and_ends_with_one_of_them(out, rows):
    log = [said(rows[0], "approve", "e1", "Ewa"), said(rows[0], "approve", "j1", "Jan")]
    assert [each.agree() for each in verdicts(active(log)).values()] == [True]
    log.append(said(rows[0], "withdraw", "e2", "Ewa", target="e1"))
    assert [each.agree() for each in verdicts(active(log)).values()] == [False]
    assert list(work_of(log)) == ["Jan"]
    add_decisions(out, log, backup=False)
    assert read_content(out).rows[0].review == "approved"
    add_decisions(out, [said(rows[0], "reject", "o1", "Ola")], backup=False)
    assert read_content(out).rows[0].review == "rejected"
    assert [each.differ() for each in verdicts(active(read_decisions(out).decisions)).values()] == [True]


def test_rows_by_person(out, files):
    apply_files(files, out)
    rows = read_content(out).rows

    def numbers(text):
        return [row.number for row in selected(rows, [text])]

    assert numbers("reviewer=Ewa") == [1, 4]
    assert numbers("reviewer=Ewa,Jan") == [1, 4]
    assert numbers("reviewer!=Ewa") == [2, 3]
    assert numbers("reviewer=none") == [2, 3]
    with pytest.raises(SettingError):
        condition("reviewer>=Ewa")


@needs_chromium
def test_the_page_agrees_and_shows_the_rows_of_a_person(browser, out, rows):
    add_decisions(
        out,
        [
            said(rows[0], "approve", "e1", "Ewa", time="2026-01-31T09:30:00Z"),
            said(rows[1], "approve", "j1", "Jan", time="2026-01-31T09:31:00Z"),
        ],
        backup=False,
    )
    write_corpus(out, rows)
    with watching(browser, (out / "review.html").as_uri()) as watched:
        page = open_rows(watched, out)
        page.fill("#reviewer", "Jan")
        page.locator("#reviewer").press("Tab")
        first, second = page.locator(".row").nth(0), page.locator(".row").nth(1)
        first.click()
        assert "Approved by Ewa (Jan 31, 2026, 9:30" in first.text_content()
        page.keyboard.press("a")
        page.wait_for_function("document.querySelector('.row').textContent.includes('and Jan (')")
        assert first.get_attribute("data-state") == "approved"
        second.click()
        page.keyboard.press("a")
        page.wait_for_function("!document.querySelectorAll('.row')[1].dataset.state")
        page.select_option("#person", "Ewa")
        page.wait_for_function("document.querySelectorAll('.row').length === 1")
        page.select_option("#person", "")
        page.wait_for_function("document.querySelectorAll('.row').length === 4")
