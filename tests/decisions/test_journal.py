"""What was stored survives an old copy that is saved over the decisions file."""

import os

import pytest
from click.testing import CliRunner

from pipeline import align
from pipeline.cli.commands import main
from pipeline.decisions.journal import BACKUPS, JOURNAL
from pipeline.decisions.log import DECISIONS, add_decisions, read_decisions, vanished_decisions
from pipeline.decisions.record import Decision, Reference
from pipeline.errors import InputError, OutputError
from tests.browser import ROOT


def decision(number):
    about = (Reference("it", number, "0a1b2c3d4e5f"),)
    return Decision(f"d{number}", "2026-02-03T10:00:00Z", "Anna", "comment", "a1", "r1", about, "", "sì")


def store(out, *numbers):
    add_decisions(out, map(decision, numbers), backup=True)


def missing(out):
    return [each.id for each in vanished_decisions(out, read_decisions(out))]


def test_an_old_copy_saved_over_the_file_is_noticed(tmp_path):
    store(tmp_path, 1)
    old = (tmp_path / DECISIONS).read_bytes()
    store(tmp_path, 2, 3)
    assert missing(tmp_path) == []
    (tmp_path / DECISIONS).write_bytes(old)
    assert missing(tmp_path) == ["d2", "d3"]
    (tmp_path / DECISIONS).unlink()
    assert missing(tmp_path) == ["d1", "d2", "d3"]


def test_the_first_session_is_in_the_journal_too(tmp_path):
    store(tmp_path, 1)
    assert b"d1" in (tmp_path / BACKUPS / JOURNAL).read_bytes()


def test_a_line_that_was_cut_short_costs_only_itself(tmp_path):
    store(tmp_path, 1, 2)
    path = tmp_path / BACKUPS / JOURNAL
    path.write_bytes(path.read_bytes()[:-30])
    store(tmp_path, 3)
    (tmp_path / DECISIONS).unlink()
    assert missing(tmp_path) == ["d1", "d3"]


def test_a_run_says_what_has_vanished_and_the_command_gets_it_back(tmp_path):
    out = tmp_path / "il corpus"
    corpus = align(ROOT / "data" / "raw", out, languages=["it", "ko", "pl"])
    row = corpus.rows.iloc[0]
    table = tmp_path / "edited.csv"
    line = f'{row["id"]},{row["article"]},"{row["it"]}","da rivedere"'
    table.write_text(f"id,article,it,comment\n{line}\n", encoding="utf-8")
    run = CliRunner().invoke
    assert run(main, ["apply", str(table), str(out)]).exit_code == 0
    (out / DECISIONS).unlink()
    done = run(main, ["align", str(ROOT / "data" / "raw"), str(out)])
    (note,) = [line for line in done.stdout.splitlines() if "not in decisions.csv any more" in line]
    assert f"apply '{out / BACKUPS / JOURNAL}' '{out}'" in note
    back = run(main, ["apply", str(out / BACKUPS / JOURNAL), str(out)])
    assert back.stdout == "1 decision imported: 1 comment\n"
    assert "any more" not in run(main, ["align", str(ROOT / "data" / "raw"), str(out)]).stdout


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="needs links that are not followed")
@pytest.mark.parametrize("planted", [".decisions.csv.new", f"{BACKUPS}/{JOURNAL}", BACKUPS])
def test_planted_links_are_not_followed(tmp_path, planted):
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    (out / planted).parent.mkdir(parents=True)
    target = elsewhere
    if planted == BACKUPS:
        elsewhere.mkdir()
    else:
        elsewhere.write_text("not yours")
    (out / planted).symlink_to(target)
    if planted.startswith("."):
        store(out, 1)
        assert read_decisions(out).decisions
    else:
        with pytest.raises(OutputError):
            store(out, 1)
    assert elsewhere.read_text() == "not yours" if elsewhere.is_file() else not list(elsewhere.iterdir())


def test_the_file_keeps_its_mode_and_a_link_that_its_owner_made(tmp_path):
    store(tmp_path, 1)
    kept = tmp_path / "kept.csv"
    (tmp_path / DECISIONS).rename(kept)
    kept.chmod(0o640)
    (tmp_path / DECISIONS).symlink_to(kept)
    store(tmp_path, 2)
    assert (tmp_path / DECISIONS).is_symlink()
    assert kept.stat().st_mode & 0o777 == 0o640
    assert [each.id for each in read_decisions(tmp_path).decisions] == ["d1", "d2"]


@pytest.mark.parametrize("content", [None, "", "\ufeff\n"])
def test_a_link_to_what_holds_no_decisions_is_refused(tmp_path, content):
    target = tmp_path / "somewhere.csv"
    if content is not None:
        target.write_text(content, encoding="utf-8")
    (tmp_path / DECISIONS).symlink_to(target)
    with pytest.raises(OutputError, match="no file of decisions"):
        store(tmp_path, 1)
    assert content == (target.read_text(encoding="utf-8") if target.exists() else None)


def test_a_link_that_another_user_has_made_is_not_followed(tmp_path, monkeypatch):
    store(tmp_path, 1)
    (tmp_path / DECISIONS).rename(tmp_path / "kept.csv")
    (tmp_path / DECISIONS).symlink_to(tmp_path / "kept.csv")
    try:
        os.chown(tmp_path / DECISIONS, 4321, -1, follow_symlinks=False)
    except (PermissionError, NotImplementedError):
        pytest.skip("only root can give a link away")
    with pytest.raises(InputError, match="another user"):
        store(tmp_path, 2)
    with pytest.raises(InputError, match="another user"):
        read_decisions(tmp_path)


def test_only_backups_are_removed(tmp_path):
    (tmp_path / BACKUPS).mkdir()
    kept = tmp_path / BACKUPS / "decisions-final.csv"
    kept.write_text("mine", encoding="utf-8")
    for number in range(14):
        store(tmp_path, number + 1)
    assert kept.read_text(encoding="utf-8") == "mine"
    assert len(list((tmp_path / BACKUPS).glob("decisions-2*.csv"))) == 10


@pytest.mark.parametrize("begun", ["", "id,time,revi"])
def test_a_journal_that_was_killed_before_its_first_line_is_begun_again(tmp_path, begun):
    (tmp_path / BACKUPS).mkdir()
    (tmp_path / BACKUPS / JOURNAL).write_text(begun, encoding="utf-8")
    assert missing(tmp_path) == []
    store(tmp_path, 1)
    assert missing(tmp_path) == []
    (tmp_path / DECISIONS).unlink()
    assert missing(tmp_path) == ["d1"]
