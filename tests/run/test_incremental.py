"""Runs after the first one: what is known is not worked on again, and nobody can tell from the output."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.commands import main
from pipeline.config import Config
from pipeline.errors import OutputError
from pipeline.matching import neighbours
from pipeline.run.flow import run
from pipeline.run.progress import Silent
from pipeline.run.steps import file_keys
from pipeline.store.cache import FOLDER
from pipeline.store.lock import OWNER_FILE

SAMPLES = Path(__file__).parent.parent.parent / "data" / "raw"


@pytest.fixture
def raw(tmp_path):
    """The samples, to be changed."""
    folder = tmp_path / "raw"
    shutil.copytree(SAMPLES, folder)
    return folder


def align(raw, out, **settings):
    return run(Config(raw=raw, out=out, **settings), Silent())


def tables(out):
    return {path.name: path.read_bytes() for path in sorted(out.glob("*.csv"))}


def made(out):
    return json.loads((out / "run.json").read_text(encoding="utf-8"))["made"]


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def a_word(path):
    """A longer word that stands in a file."""
    return max(path.read_text(encoding="utf-8").split(), key=len)


@pytest.fixture
def long_there(monkeypatch):
    """As if all files had been there for long."""
    monkeypatch.setattr(file_keys, "_GRAIN", -(10**9))


@pytest.fixture
def out(raw, tmp_path, long_there):
    align(raw, tmp_path / "out")
    return tmp_path / "out"


def is_as_fresh(raw, out, **settings):
    """Whether a run that goes on from what is kept makes what one without it makes."""
    align(raw, out, **settings)
    fresh = out.parent / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    align(raw, fresh, cache=False, **settings)
    return tables(out) == tables(fresh)


def grouped(raw, out):
    """A file in UTF-8 that belongs to an article."""
    with (out / "articles.csv").open(encoding="utf-8", newline="") as stream:
        paths = [raw / line["file"] for line in csv.DictReader(stream) if line["article"]]
    return next(path for path in paths if path.suffix == ".txt" and is_utf8(path.read_bytes()))


def is_utf8(data):
    try:
        return bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def test_nothing_is_made_twice(raw, out):
    before = tables(out)
    for path in raw.rglob("*"):
        os.utime(path, (1, 1))
    align(raw, out)
    assert made(out) == {}
    assert tables(out) == before


def test_a_changed_paragraph_aligns_one_article_again(raw, out):
    path = grouped(raw, out)
    edit(path, a_word(path), "Tiramisù")
    assert is_as_fresh(raw, out)
    align(raw, out)
    assert made(out) == {}
    path.write_bytes(path.read_bytes() + b" ")
    edit(path, "Tiramisù", "Panettone")
    align(raw, out)
    assert made(out)["rows"] == 1
    assert made(out)["vectors"] == 4  # a text, its article vector, one more vector and its literals


def test_renamed_and_deleted_files_are_known(raw, out):
    path = grouped(raw, out)
    path.rename(path.with_name("zz" + path.suffix))
    assert is_as_fresh(raw, out)
    align(raw, out)
    assert made(out) == {}
    path.with_name("zz" + path.suffix).unlink()
    assert is_as_fresh(raw, out)
    assert "vectors" not in made(out)


def test_a_new_file_and_a_copy(raw, out):
    path = grouped(raw, out)
    (raw / "new.txt").write_text("Un testo nuovo di zecca.\n\nParla di niente in particolare, ma a lungo.\n")
    shutil.copy(path, raw / ("copy" + path.suffix))
    assert is_as_fresh(raw, out)
    align(raw, out)
    assert made(out) == {}


@pytest.mark.parametrize("settings", [{"level": "sentence"}, {"languages": ("pl", "it")}, {"jobs": 2}])
def test_settings_do_not_mix(raw, out, settings):
    assert is_as_fresh(raw, out, **settings)
    assert is_as_fresh(raw, out)


def test_jobs_and_chunks_change_nothing(raw, tmp_path, monkeypatch):
    from pipeline.run.steps import align as align_step
    from pipeline.run.steps import compose as compose_step
    from pipeline.run.steps import embed as embed_step
    from pipeline.run.steps import match as match_step
    from pipeline.run.steps import read as read_step

    align(raw, tmp_path / "whole", jobs=1)
    for step in (align_step, compose_step, embed_step, match_step, read_step):
        monkeypatch.setattr(step, "CHUNK", 1)
    align(raw, tmp_path / "pieces", jobs=2)
    assert tables(tmp_path / "pieces") == tables(tmp_path / "whole")


@pytest.fixture
def read_files(monkeypatch):
    """The files whose bytes were read to find their keys."""
    read = []

    def content(raw, file, limit):
        read.append(file)
        return whole(raw, file, limit)

    whole = file_keys.content
    monkeypatch.setattr(file_keys, "content", content)
    return read


def test_a_file_that_nobody_has_touched_is_not_read(raw, out, read_files):
    align(raw, out)
    assert read_files == []
    path = grouped(raw, out)
    times, word = path.stat(), a_word(path)
    edit(path, word, word[::-1])  # as long as before
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert path.stat().st_size == times.st_size
    align(raw, out)
    assert set(read_files) == {path}
    assert is_as_fresh(raw, out)


def test_a_file_that_could_not_be_read_is_tried_again(raw, out, monkeypatch):
    path = grouped(raw, out)
    before = tables(out)

    def content(folder, file, limit):
        return "cannot be read: Input/output error" if file == path else whole(folder, file, limit)

    whole = file_keys.content
    path.touch()
    with monkeypatch.context() as patch:
        patch.setattr(file_keys, "content", content)
        patch.setattr("pipeline.ingestion.ingest._read", lambda *where: "cannot be read: Input/output error")
        assert align(raw, out).verdicts["rejected"] == 1
    align(raw, out)
    assert tables(out) == before


def test_a_file_that_has_just_been_written_is_read_again(raw, tmp_path, read_files):
    for path in raw.iterdir():
        path.touch()
    align(raw, tmp_path / "out")
    read_files.clear()
    align(raw, tmp_path / "out")
    assert {path.name for path in read_files} == {path.name for path in raw.iterdir()}


def test_what_was_read_with_other_settings_is_read_again(raw, out, read_files):
    align(raw, out, max_file_bytes=10**6)
    assert read_files


@pytest.mark.parametrize("damage", ["cut", "flip", "foreign", "empty"])
def test_damage_is_noticed_mended_and_reported(raw, out, damage):
    before = tables(out)
    packs = sorted((out / FOLDER).glob("*.pack"))
    packs += (out / FOLDER).glob("*.note")
    for pack in packs:
        data = bytearray(pack.read_bytes())
        if damage == "cut":
            data = data[: len(data) // 2]
        elif damage == "flip":
            for place in range(8, len(data) // 2, 100):  # in what is not looked at nobody would notice it
                data[place] ^= 1
        elif damage == "foreign":
            data = bytearray(os.urandom(len(data)))
        else:
            data = bytearray()
        pack.write_bytes(data)
    summary = align(raw, out)
    assert tables(out) == before
    unread = [pack for pack in packs if pack.name == "sources.note"]  # it is for `synoptic review`
    assert len(summary.notes) == len(packs) - len(unread)
    assert all("damaged" in note for note in summary.notes)
    assert align(raw, out).notes == ()


def test_no_cache_leaves_nothing(raw, tmp_path):
    align(raw, tmp_path / "out", cache=False)
    assert [path.name for path in (tmp_path / "out" / FOLDER).iterdir()] == ["lock"]


def test_the_cache_keeps_to_its_size(raw, out):
    align(raw, out, cache_bytes=1000)
    result = CliRunner().invoke(main, ["cache", "info", str(out)])
    assert result.exit_code == 0
    assert " bytes in" in result.stdout
    assert is_as_fresh(raw, out)


def test_cache_commands(raw, out, tmp_path):
    info = CliRunner().invoke(main, ["cache", "info", str(out)]).stdout
    assert "vectors" in info
    assert CliRunner().invoke(main, ["cache", "clear", str(out)]).stdout.endswith("KB removed\n")
    assert "0 bytes in 0 files" in CliRunner().invoke(main, ["cache", "info", str(out)]).stdout
    assert CliRunner().invoke(main, ["cache", "clear", str(tmp_path / "none")]).stdout == "0 bytes removed\n"
    assert tables(out)


COMMAND = [sys.executable, "-m", "pipeline", "align", "--jobs", "2"]


def start(raw, out, *options):
    return subprocess.Popen(
        [*COMMAND, *options, str(raw), str(out)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def wait_for_lock(out):
    deadline = time.monotonic() + 60
    while not (out / FOLDER / OWNER_FILE).exists() and time.monotonic() < deadline:
        time.sleep(0.01)


def test_a_second_run_into_the_same_folder_says_who_is_there(raw, out):
    running = start(raw, out, "--no-cache")
    try:
        wait_for_lock(out)
        with pytest.raises(OutputError, match=f"process {running.pid}"):
            align(raw, out)
    finally:
        running.kill()
        running.communicate()
    align(raw, out)


@pytest.mark.parametrize("options", [(), ("--no-cache",)])
def test_a_killed_run_leaves_the_last_output_and_the_next_goes_on(raw, out, options):
    before = tables(out)
    path = grouped(raw, out)
    edit(path, a_word(path), "Tiramisù")
    expected = out.parent / "expected"
    align(raw, expected, cache=False)
    for tenths in (4, 9, 14, 19, 24):
        running = start(raw, out, *options)
        time.sleep(tenths / 10)
        running.kill()
        running.communicate()
        assert tables(out) in (before, tables(expected))
    align(raw, out)
    assert tables(out) == tables(expected)
    assert not list((out / FOLDER).glob("*.tmp"))
    assert not list((out / FOLDER).glob("scratch-*"))


@pytest.mark.parametrize("seconds", [0, 0.3, 1, 2])
def test_ctrl_c_ends_soon_with_one_line(raw, out, seconds):
    running = start(raw, out, "--no-cache", "--quiet")
    wait_for_lock(out)
    time.sleep(seconds)
    running.send_signal(signal.SIGINT)
    begin = time.monotonic()
    output, errors = running.communicate()
    if running.returncode in (0, -signal.SIGINT) and not errors:
        return  # it had ended, or was just about to
    assert running.returncode == 130
    assert errors == "synoptic: stopped; no output is left half-written\n"
    assert output == ""
    assert time.monotonic() - begin < 4  # two, on a machine that does nothing else


def test_an_interrupt_inside_code_that_a_library_makes_ends_with_130(tmp_path):
    (tmp_path / "interrupted.py").write_text(
        """
import pipeline.run.flow
from pipeline.cli.commands import main

def run(*rest):
    exec("raise KeyboardInterrupt")

pipeline.run.flow.run = run
main(["align", "--quiet"])
"""
    )
    command = [sys.executable, "-m", "interrupted"]  # as a module, as `python -m pipeline` is
    paths = os.pathsep.join([str(tmp_path), str(Path(__file__).parent.parent.parent)])
    ended = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": paths}
    )
    assert ended.returncode == 130
    assert ended.stderr == "synoptic: stopped; no output is left half-written\n"


def test_neighbours_are_not_looked_for_again(raw, out, monkeypatch):
    monkeypatch.setattr(neighbours, "exact", None)
    monkeypatch.setattr(neighbours, "near_pairs", None)
    before = tables(out)
    align(raw, out)
    assert tables(out) == before


def test_lines_that_files_share_are_set_aside_in_a_run(raw, out):
    for path in raw.glob("*"):
        path.write_bytes(path.read_bytes().rstrip(b"\n") + b"\n\nGazzetta 24\n\nNews 24\n")
    files = list(csv.DictReader((out / "articles.csv").open(encoding="utf-8")))
    align(raw, out)
    now = list(csv.DictReader((out / "articles.csv").open(encoding="utf-8")))
    more = [
        a["file"] for a, b in zip(now, files, strict=True) if len(a["boilerplate"]) > len(b["boilerplate"])
    ]
    assert len(more) >= 3


@pytest.mark.parametrize("content", [None, b""])
def test_a_run_without_a_single_article_ends_well_again_and_again(tmp_path, content):
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    if content is not None:
        (raw / "a.txt").write_bytes(content)
    for _ in range(2):
        assert align(raw, out).articles == 0
