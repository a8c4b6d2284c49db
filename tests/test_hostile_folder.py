"""An output folder that somebody else has filled: no command touches anything outside of it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.commands import main
from pipeline.decisions.record import COLUMNS
from pipeline.review.server import ReviewServer

ROOT = Path(__file__).parent.parent
TAG = "0" * 32

pytestmark = pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="needs links that are not followed")


def link(place, target):
    """Return what plants a link to something outside at a place in the folder."""

    def plant(out, outside):
        remove(out / place)
        (out / place).parent.mkdir(parents=True, exist_ok=True)
        (out / place).symlink_to(outside / target)

    return plant


def remove(path):
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def hard_journal(out, outside):
    (out / "decisions-backup").mkdir()
    (out / "decisions-backup" / "journal.csv").hardlink_to(outside / "notes.txt")


def pipe(place):
    def plant(out, outside):
        remove(out / place)
        (out / place).parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(out / place)

    return plant


def folder_with(place, name):
    """Return what plants a folder in the place of a result, with a file that no run has written."""

    def plant(out, outside):
        remove(out / place)
        (out / place).mkdir()
        (out / place / name).write_text("mine", encoding="utf-8")

    return plant


def commit_of(names):
    """Return what plants an output that seems to be interrupted, with the right checksums."""

    def plant(out, outside):
        folder = out / ".synoptic-commit"
        folder.mkdir()
        files = {}
        for name in names:
            (folder / name).write_text("id,kind\nplanted,approve\n", encoding="utf-8")
            files[name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        record = {"settings": {"languages": ["it", "ko"]}, "files": files}
        (folder / "run.json").write_text(json.dumps(record), encoding="utf-8")

    return plant


def commit_with_link(out, outside):
    commit_of([])(out, outside)
    (out / ".synoptic-commit" / "corpus.csv").symlink_to(outside / "notes.txt")


def languages_that_are_paths(out, outside):
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    record["settings"]["languages"] = [f"{outside}/it", "ko", "pl"]
    (out / "run.json").write_text(json.dumps(record), encoding="utf-8")


PLANTED = {
    "cache": link(".synoptic", "papers"),
    "lock": link(".synoptic/lock", "notes.txt"),
    "lease": link(".synoptic/lease", "notes.txt"),
    "owner": link(".synoptic/owner.json", "notes.txt"),
    "owner pipe": pipe(".synoptic/owner.json"),
    "pack": link(f".synoptic/files-00000000-{TAG}.pack", "notes.txt"),
    "pack pipe": pipe(f".synoptic/files-00000000-{TAG}.pack"),
    "note": link(".synoptic/untouched.note", "notes.txt"),
    "scratch": link(".synoptic/scratch-abcdefgh", "papers"),
    "temporary": link(f".synoptic/a.pack-{TAG}.tmp", "notes.txt"),
    "stage": link(".synoptic-stage", "papers"),
    "commit": link(".synoptic-commit", "papers"),
    "commit of decisions": commit_of(["decisions.csv"]),
    "commit of another file": commit_of(["corpus.csv", ".bashrc"]),
    "commit with a link": commit_with_link,
    "decisions": link("decisions.csv", "notes.txt"),
    "decisions empty": link("decisions.csv", "empty"),
    "decisions nowhere": link("decisions.csv", "nowhere"),
    "decisions pipe": pipe("decisions.csv"),
    "decisions beside": link(".decisions.csv.new", "notes.txt"),
    "backups": link("decisions-backup", "papers"),
    "journal": link("decisions-backup/journal.csv", "notes.txt"),
    "journal hard": hard_journal,
    "journal pipe": pipe("decisions-backup/journal.csv"),
    "backup": link("decisions-backup/decisions-2020-01-01T000000.000000Z.csv", "notes.txt"),
    "exports": link("exports", "papers"),
    "export": link("exports/xliff", "papers"),
    "export data": link("exports/jsonl/data", "papers"),
    "report": link("report.html", "notes.txt"),
    "report beside": link(".report.html.new", "notes.txt"),
    "findings beside": link(".report.csv.part", "notes.txt"),
    "corpus": link("corpus.csv", "notes.txt"),
    "corpus pipe": pipe("corpus.csv"),
    "corpus parquet": link("corpus.parquet", "papers"),
    "papers parquet": folder_with("articles.parquet", "thesis.docx"),
    "record": link("run.json", "notes.txt"),
    "page": link("review.html", "notes.txt"),
    "languages": languages_that_are_paths,
}
TOGETHER = (
    "lease", "owner", "pack", "note", "scratch", "temporary", "stage", "decisions beside", "journal hard",
    "exports", "report", "report beside", "findings beside", "corpus parquet", "record", "page",
)  # fmt: skip


def a_decision(number):
    """Return a decision that fits any corpus, by column."""
    said = {"id": f"d{number}", "time": "2026-01-31T09:30:00Z", "kind": "dismiss", "target": f"f{number}"}
    return dict.fromkeys(COLUMNS, "") | said


def fingerprint(folder):
    """Return all that can be told of what is in a folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        content = path.read_bytes() if path.is_file() else b""
        found[str(path)] = content, status.st_mode, status.st_mtime_ns, status.st_ino
    return found


@pytest.fixture
def outside(tmp_path):
    folder = tmp_path / "home"
    (folder / "papers" / "drafts").mkdir(parents=True)
    for name in ("thesis.docx", "corpus.csv", "lock", "a-1.pack", f"b-{TAG}.tmp", "drafts/one.txt"):
        (folder / "papers" / name).write_text(f"the only copy of {name}", encoding="utf-8")
    (folder / "notes.txt").write_text("the only copy of the notes", encoding="utf-8")
    (folder / "empty").touch()
    return folder


def a_decision_is_made(server, *_):
    """Serve one request that decides something."""
    thread = threading.Thread(target=super(ReviewServer, server).serve_forever, daemon=True)
    thread.start()
    origin = f"http://127.0.0.1:{server.server_port}"
    request = urllib.request.Request(
        f"{origin}/decisions",
        json.dumps({"decisions": [a_decision(1)]}).encode(),
        {"X-Synoptic-Token": server.token, "Origin": origin, "Content-Type": "application/json"},
    )
    refused = None
    try:
        urllib.request.urlopen(request, timeout=20).read()
    except urllib.error.HTTPError as error:
        refused = error.code, len(error.read().decode().splitlines())
    finally:
        server.shutdown()
        server.server_close()
    assert refused in (None, (500, 1))


@pytest.fixture
def commands(aligned, tmp_path, monkeypatch):
    monkeypatch.setattr(webbrowser, "open", lambda url: True)
    monkeypatch.setattr(ReviewServer, "serve_forever", a_decision_is_made)
    table = tmp_path / "sent-back.csv"
    lines = [COLUMNS, a_decision(2).values()]
    table.write_text("".join(f"{','.join(line)}\n" for line in lines), encoding="utf-8")
    out = tmp_path / "out"
    return {
        "align": ["align", aligned / "raw", out, "--jobs", "1"],
        "align without a cache": ["align", aligned / "raw", out, "--no-cache", "--jobs", "1"],
        "check": ["check", out / "corpus.csv", "--no-similarity", "--out", out / "report.csv"],
        "export xliff": ["export", out, "--format", "xliff"],
        "export jsonl": ["export", out, "--format", "jsonl"],
        "evaluate": ["evaluate", ROOT / "tests" / "sample_gold.json", out],
        "review": ["review", out],
        "report": ["report", out],
        "apply": ["apply", table, out],
        "cache info": ["cache", "info", out],
        "cache clear": ["cache", "clear", out],
    }


def ends_well(result):
    """Check that a command is done, or ends with one line that says why not."""
    assert result.exit_code in (0, 2), result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    lines = [line for line in result.stderr.splitlines() if line.startswith("synoptic: ")]
    assert len(lines) == (result.exit_code == 2)


@pytest.mark.parametrize("name", [*PLANTED, "everything"])
def test_nothing_outside_is_touched(name, commands, outside, aligned, tmp_path):
    out = tmp_path / "out"
    for arguments in commands.values():
        shutil.copytree(aligned / "out", out)
        for each in TOGETHER if name == "everything" else [name]:
            PLANTED[each](out, outside)
        before = fingerprint(outside)
        result = CliRunner().invoke(main, list(map(str, arguments)))
        assert fingerprint(outside) == before
        ends_well(result)
        decisions = out / "decisions.csv"
        assert decisions.is_fifo() or not decisions.exists() or "planted" not in decisions.read_text("utf-8")
        shutil.rmtree(out)


def test_an_honest_folder_passes_every_command(commands, outside, aligned, tmp_path):
    shutil.copytree(aligned / "out", tmp_path / "out")
    for arguments in commands.values():
        assert CliRunner().invoke(main, list(map(str, arguments))).exit_code == 0


def test_an_output_folder_that_is_a_link_is_the_users_choice(commands, aligned, tmp_path):
    shutil.copytree(aligned / "out", tmp_path / "disk")
    (tmp_path / "out").symlink_to(tmp_path / "disk")
    for arguments in commands.values():
        assert CliRunner().invoke(main, list(map(str, arguments))).exit_code == 0
    assert (tmp_path / "disk" / "exports" / "xliff").is_dir()


def test_the_folder_of_papers_in_place_of_a_table_stays(commands, outside, aligned, tmp_path):
    shutil.copytree(aligned / "out", tmp_path / "out")
    PLANTED["papers parquet"](tmp_path / "out", outside)
    result = CliRunner().invoke(main, list(map(str, commands["align"])))
    assert "thesis.docx, which no run writes" in result.stderr
    assert (tmp_path / "out" / "articles.parquet" / "thesis.docx").read_text(encoding="utf-8") == "mine"
